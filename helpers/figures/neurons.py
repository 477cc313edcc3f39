"""The drawings of module 01: neurons, steps, lines and gates."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from helpers.figures.base import (
    BLACK,
    BLUE,
    GRAY,
    ONES,
    ONES_EDGE,
    PALE,
    VERMILLION,
    number,
    points,
    square,
)
from helpers.reference.activations import step
from helpers.reference.data import GATES, gate, gate_inputs
from helpers.reference.perceptron import Perceptron

_LOW, _HIGH = -0.6, 1.6
_BEHIND_TEXT = {"facecolor": "white", "edgecolor": "none", "pad": 2}


def neuron(ax: Axes, x: Sequence[float], w: Sequence[float], b: float) -> str:
    """Draw one artificial neuron with its numbers, from the inputs to the step.

    Parameters
    ----------
    ax : Axes
    x, w : sequence of float, (n,)
        Inputs and weights.
    b : float
        Bias.
    """
    products = [xi * wi for xi, wi in zip(x, w, strict=True)]
    z = sum(products) + b
    out = int(step(z))
    heights = np.linspace(1, -1, len(x))
    for i, (height, xi, wi) in enumerate(zip(heights, x, w, strict=True), start=1):
        _arrow(ax, (0.24, height), (1.62, 0.25 * height))
        _node(ax, (0, height), number(xi), f"$x_{i}$", BLUE)
        label = f"$w_{i}$ = {number(wi)}"
        ax.text(0.88, 0.65 * height, label, ha="center", va="center", bbox=_BEHIND_TEXT)
    _arrow(ax, (2, 0.95), (2, 0.42))
    ax.text(2, 1.0, f"bias $b$ = {number(b)}", ha="center", va="bottom")
    _node(ax, (2, 0), number(z, 3), "weighted sum $z$", BLACK, 0.36)
    _arrow(ax, (2.4, 0), (3.3, 0))
    ax.text(2.85, 0.08, "step", ha="center", va="bottom")
    _node(ax, (3.6, 0), str(out), "output", VERMILLION, 0.26)
    ax.set(xlim=(-0.4, 4), ylim=(-1.5, 1.35), aspect="equal")
    ax.axis("off")
    terms = " + ".join(f"{number(xi)}·{number(wi)}" for xi, wi in zip(x, w, strict=True))
    return (
        f"A neuron with {len(x)} inputs. Each input is multiplied by its weight, the products are "
        f"summed and the bias is added: {terms} + ({number(b)}) = {number(z, 3)}. "
        f"The step function turns this into the output {out}."
    )


def _node(
    ax: Axes, center: tuple[float, float], text: str, label: str, color: str, radius: float = 0.22
) -> None:
    ax.add_patch(Circle(center, radius, facecolor="white", edgecolor=color, linewidth=2, zorder=2))
    ax.text(*center, text, ha="center", va="center", zorder=3)
    ax.text(center[0], center[1] - radius - 0.06, label, ha="center", va="top")


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    arrow = {"arrowstyle": "->", "color": GRAY, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops=arrow)


def step_function(ax: Axes) -> str:
    """Draw the step function, with z = 0 on the lower half."""
    ax.plot([-3, 0], [0, 0], color=BLUE, linewidth=3)
    ax.plot([0, 3], [1, 1], color=BLUE, linewidth=3)
    ax.plot(0, 0, "o", color=BLUE, markersize=9)
    ax.plot(0, 1, "o", markerfacecolor="white", markeredgecolor=BLUE, markersize=9)
    ax.annotate("step(0) = 0", (0, 0), (0.25, 0.12))
    ax.set(xlabel="weighted sum z", ylabel="step(z)", ylim=(-0.2, 1.25), yticks=[0, 1])
    return (
        "The step function: 0 for every z up to and including 0, then a jump to 1 for every z "
        "above 0. A filled dot at (0, 0) and a hollow one at (0, 1) show which value z = 0 has."
    )


def decision_line(
    ax: Axes, w: Sequence[float], b: float, X: np.ndarray, y: np.ndarray, name: str = ""
) -> str:
    """Draw what a perceptron with two inputs decides, and which points it gets wrong.

    Parameters
    ----------
    ax : Axes
    w : sequence of float, (2,)
    b : float
    X : array, (m, 2)
    y : array, (m,)
        Targets, 0 or 1.
    name : str
        A title, such as the name of a gate.
    """
    w, y = np.asarray(w, dtype=float), np.ravel(y)
    low, high = min(_LOW, X.min() - 0.5), max(_HIGH, X.max() + 0.5)
    side = _positive_side(w, b, low, high)
    if len(side) > 2:
        ax.fill(*side.T, facecolor=ONES, edgecolor=ONES_EDGE, hatch="//", lw=0, label="predicted 1")
    line = _crossings(w, b, low, high)
    if len(line) == 2:
        ax.plot(*line.T, color=BLACK, linewidth=2, label="decision line")
    points(ax, X, y)
    wrong = step(X @ w + b) != y
    beside = ScaledTranslation(0.17, 0.17, ax.figure.dpi_scale_trans)
    ax.plot(
        *X[wrong].T,
        linestyle="none",
        marker="$✗$",
        color=BLACK,
        markersize=13,
        transform=ax.transData + beside,
        zorder=4,
        label="wrong",
    )
    square(ax, low, high)
    ticks = [0, 1] if X.min() >= 0 and X.max() <= 1 else None
    ax.set(xlabel="$x_1$", ylabel="$x_2$", title=name)
    if ticks:
        ax.set(xticks=ticks, yticks=ticks)
    return decision_text(w, b, X, y, name, (low, high))


def decision_text(
    w: Sequence[float],
    b: float,
    X: np.ndarray,
    y: np.ndarray,
    name: str = "",
    limits: tuple[float, float] = (_LOW, _HIGH),
) -> str:
    """Say what `decision_line` shows between these limits of both axes.

    >>> decision_text([1, 1], -1.5, *gate("AND"), "AND")
    'AND: prediction 1 where 1·x1 + 1·x2 − 1.5 > 0. All 4 points are on the right side.'
    """
    w = np.asarray(w, dtype=float)
    wrong = step(X @ w + b) != np.ravel(y)
    line = _crossings(w, b, *limits)
    outside = "" if len(line) or not w.any() else " The line lies outside the picture."
    return _say_line(w, b, X, wrong, name) + outside


def equation(w: Sequence[float], b: float) -> str:
    """Write the weighted sum of two inputs as a formula.

    >>> equation([1, -0.5], -1.5)
    '1·x1 − 0.5·x2 − 1.5'
    """
    signs = ["−" if value < 0 else "+" for value in (w[1], b)]
    return f"{number(w[0])}·x1 {signs[0]} {number(abs(w[1]))}·x2 {signs[1]} {number(abs(b))}"


def _say_line(w: np.ndarray, b: float, X: np.ndarray, wrong: np.ndarray, name: str) -> str:
    start = f"{name}: " if name else ""
    if not w.any():
        everything = (
            f"both weights are 0, so there is no line and every point is predicted {int(b > 0)}"
        )
    else:
        everything = f"prediction 1 where {equation(w, b)} > 0"
    if not wrong.any():
        return f"{start}{everything}. All {len(X)} points are on the right side."
    listed = ", ".join(f"({number(p[0])}, {number(p[1])})" for p in X[wrong])
    return f"{start}{everything}. {wrong.sum()} of {len(X)} points are wrong: {listed}."


def _corners(low: float, high: float) -> np.ndarray:
    return np.array([[low, low], [high, low], [high, high], [low, high]])


def _positive_side(w: np.ndarray, b: float, low: float, high: float) -> np.ndarray:
    """Clip the square to the half-plane where w·x + b > 0; corners (k, 2)."""
    corners, kept = _corners(low, high), []
    z = corners @ w + b
    for i, (corner, here) in enumerate(zip(corners, z, strict=True)):
        after, there = corners[(i + 1) % 4], z[(i + 1) % 4]
        if here > 0:
            kept.append(corner)
        if (here > 0) != (there > 0):
            kept.append(corner + (after - corner) * here / (here - there))
    return np.array(kept).reshape(-1, 2)


def _crossings(w: np.ndarray, b: float, low: float, high: float) -> np.ndarray:
    """Return the two points where the line w·x + b = 0 leaves the square."""
    if not w.any():
        return np.empty((0, 2))
    inside = _positive_side(w, b, low, high)
    largest = np.abs(_corners(low, high) @ w + b).max()
    return inside[np.abs(inside @ w + b) < 1e-9 * largest]


def learning_path(
    axes: np.ndarray, path: Sequence[tuple[np.ndarray, float]], X: np.ndarray, y: np.ndarray
) -> str:
    """Draw the decision line after each update, one small picture for each.

    Parameters
    ----------
    axes : array of Axes
        One for each update at least; further ones stay empty.
    path : sequence of (w, b)
        The start and the state after each update, as ``Perceptron.path_``.
    X : array, (m, 2)
    y : array, (m,)

    Raises
    ------
    ValueError
        If there are more updates than axes.
    """
    updates = path[1:]
    if len(updates) > axes.size:
        raise ValueError(f"axes must be at least {len(updates)}, one for each update")
    for i, (ax, (w, b)) in enumerate(zip(axes.flat, updates, strict=False), start=1):
        decision_line(ax, w, b, X, y)
        ax.set(xlabel="", ylabel="", xticks=[], yticks=[], title=f"update {i}")
    for ax in axes.flat[len(updates) :]:
        ax.axis("off")
    wrong = [int((step(X @ w + b) != y).sum()) for w, b in updates]
    w, b = path[-1]
    return (
        f"The decision line after each of {len(updates)} updates. Wrong points: "
        f"{', '.join(map(str, wrong))}. The last line is {equation(w, b)} = 0."
    )


def errors_per_epoch(ax: Axes, errors: Sequence[int]) -> str:
    """Draw how many rows were wrong in each epoch."""
    epochs = np.arange(1, len(errors) + 1)
    ax.plot(epochs, errors, "-o", color=VERMILLION)
    most = max(4, *errors)
    ax.set(xlabel="epoch", ylabel="wrong rows", title="errors per epoch", ylim=(-0.3, most + 0.3))
    ax.set_xticks(epochs if len(epochs) <= 12 else epochs[::5])
    ax.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    listed = ", ".join(map(str, errors))
    return f"Wrong rows in epochs 1 to {len(errors)}: {listed}."


def gate_grid(axes: np.ndarray) -> str:
    """Draw all 16 two-input gates, each with a line that a perceptron learned.

    Parameters
    ----------
    axes : array of Axes, (4, 4)
    """
    without_line = []
    for ax, name in zip(axes.flat, GATES, strict=True):
        X, y = gate(name)
        title = name.replace("X1", "x1").replace("X2", "x2")
        learned = Perceptron(epochs=50).fit(X, y)
        if learned.errors_per_epoch_[-1]:
            without_line.append(name)
            points(ax, X, y)
            square(ax, _LOW, _HIGH)
            ax.set_title(f"{title}: no line", fontweight="bold", fontsize=10)
            ax.set_facecolor(PALE)
        else:
            decision_line(ax, learned.w_, learned.b_, X, y)
            ax.set_title(title, fontsize=10)
        ax.set(xlabel="", ylabel="", xticks=[], yticks=[])
    for ax in axes[-1]:
        ax.set(xlabel="x1", xticks=[0, 1])
    for ax in axes[:, 0]:
        ax.set(ylabel="x2", yticks=[0, 1])
    return (
        f"The 16 gates with two inputs. A perceptron found a line for {16 - len(without_line)} of "
        f"them. It found none for {' and '.join(without_line)}."
    )


def xor_layers(axes: Sequence[Axes]) -> str:
    """Draw XOR in the plane of the inputs and in the plane of the hidden neurons.

    Parameters
    ----------
    axes : two Axes
    """
    before, after = axes
    X, y = gate("XOR")
    for w, b, name, where in (
        ([1, 1], -0.5, "OR", (0.62, -0.45)),
        ([-1, -1], 1.5, "NAND", (1.2, 0.42)),
    ):
        line = _crossings(np.array(w, dtype=float), b, _LOW, _HIGH)
        before.plot(*line.T, color=BLACK, linewidth=2, linestyle="-" if name == "OR" else "--")
        before.text(*where, name, ha="left")
    points(before, X, y)
    square(before, _LOW, _HIGH)
    ticks = {"xticks": [0, 1], "yticks": [0, 1]}
    before.set(xlabel="$x_1$", ylabel="$x_2$", title="inputs: two lines", **ticks)

    H = np.column_stack([step(gate_inputs() @ [1, 1] - 0.5), step(gate_inputs() @ [-1, -1] + 1.5)])
    decision_line(after, [1, 1], -1.5, H.astype(float), y)
    after.set(xlabel="$h_1$ (OR)", ylabel="$h_2$ (NAND)", title="hidden layer: one line", **ticks)
    arrow = {"arrowstyle": "->", "shrinkB": 9}
    after.annotate("01 and 10", (1, 1), (0.95, 1.4), ha="center", arrowprops=arrow)
    after.annotate("11", (1, 0), (1.3, -0.4), ha="center", arrowprops=arrow)
    after.annotate("00", (0, 1), (-0.35, 0.6), ha="center", arrowprops=arrow)
    return (
        "Left, the four inputs of XOR with two parallel lines: both points with target 1 lie "
        "between the OR line and the NAND line. Right, the same inputs as the hidden neurons see "
        "them: 01 and 10 both land on (1, 1), 00 on (0, 1), 11 on (1, 0), and the one line of AND "
        "separates the targets."
    )
