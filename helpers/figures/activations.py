"""The drawings of module 02: curves, slopes, softmax, depth, and neurons that die."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.figures.base import (
    BLACK,
    BLUE,
    GRAY,
    GREEN,
    ONES,
    ORANGE,
    PURPLE,
    SKY,
    VERMILLION,
    number,
    points,
    small,
)
from helpers.reference.activations import ACTIVATIONS, gradient_through_depth, softmax

LEAK = 0.1  # large enough to be seen; the usual one is 0.01
Z_RANGE = 5.0
FLOOR = 1e-20  # below this a gradient leaves the chart
_NOTHING = 1e-22  # where a logarithmic axis shows a gradient of exactly 0, in a strip of its own

# color, dash, marker: each alone tells the curves apart
_LOOKS = {
    "sigmoid": (BLUE, "-", "o"),
    "tanh": (VERMILLION, "--", "s"),
    "relu": (BLACK, "-", "^"),
    "leaky_relu": (GREEN, "-.", "D"),
    "elu": (PURPLE, (0, (1, 1)), "v"),
    "gelu": (ORANGE, (0, (6, 2)), "P"),
    "silu": (SKY, (0, (3, 1, 1, 1)), "X"),
}
_LABELS = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU", "leaky_relu": "leaky ReLU"}
_LABELS |= {"elu": "ELU", "gelu": "GELU", "silu": "SiLU"}
COMPARED = ("sigmoid", "tanh", "relu", "leaky_relu", "elu")


def activation_label(name: str, leak: float) -> str:
    """Label an activation, with its alpha where it has one.

    >>> activation_label("leaky_relu", 0.1), activation_label("tanh", 0.1)
    ('leaky ReLU (α = 0.1)', 'tanh')
    """
    alpha = {"leaky_relu": f" (α = {leak})", "elu": " (α = 1)"}
    return _LABELS[name] + alpha.get(name, "")


def activation_values(
    z: float, names: Sequence[str] = COMPARED, leak: float = LEAK
) -> list[tuple[str, float, float]]:
    """Return the label, value and slope at z of each activation.

    Parameters
    ----------
    z : float
    names : sequence of str
        Keys of ``helpers.reference.ACTIVATIONS``.
    leak : float
        The alpha of the leaky ReLU.

    Examples
    --------
    >>> activation_values(-2.0, ["relu", "leaky_relu"])
    [('ReLU', 0.0, 0.0), ('leaky ReLU', -0.2, 0.1)]
    """
    rows = []
    for name in names:
        function, slope = _functions(name, leak)
        rows.append((_LABELS[name], float(function(z)), float(slope(z))))
    return rows


def _functions(name: str, leak: float) -> tuple[Callable, Callable]:
    function, slope = ACTIVATIONS[name]
    if name != "leaky_relu":
        return function, slope
    return lambda z: function(z, leak), lambda z: slope(z, leak)


def activation_curves(axes: Sequence[Axes], z: float, names: Sequence[str] = COMPARED) -> str:
    """Draw activations and their slopes, with a mark on each at one input.

    Parameters
    ----------
    axes : two Axes
        For the values and for the slopes.
    z : float
        The input that is marked.
    names : sequence of str
        Which activations.
    """
    grid = np.linspace(-Z_RANGE, Z_RANGE, 401)
    for name in names:
        color, dash, _ = _LOOKS[name]
        look = {
            "color": color,
            "linestyle": dash,
            "linewidth": 2,
            "label": activation_label(name, LEAK),
        }
        for ax, function in zip(axes, _functions(name, LEAK), strict=True):
            ax.plot(grid, _without_jump(function(grid)), **look)
    _, *heights = zip(*activation_values(z, names), strict=True)
    for ax, column in zip(axes, heights, strict=True):
        _marks(ax, names, z, column)
    for ax, what in zip(axes, ("value", "slope"), strict=True):
        ax.axvline(z, color=GRAY, linewidth=1, zorder=0)
        ax.axhline(0, color=GRAY, linewidth=0.6, zorder=0)
        ax.set(xlabel="z", ylabel=what, xlim=(-Z_RANGE - 0.2, Z_RANGE + 0.2))
    low, high = axes[0].get_ylim()
    axes[0].set_ylim(min(low, -0.15), max(high, 1.1))
    low, top = axes[1].get_ylim()
    axes[1].set_ylim(min(low, -0.06 * top), 1.06 * top)  # room for a mark at the top
    leak = f" (leaky ReLU with α = {LEAK})" if "leaky_relu" in names else ""
    return f"Values and slopes for z from −5 to 5{leak}. {activation_text(z, names)}"


def activation_text(z: float, names: Sequence[str] = COMPARED) -> str:
    """Say what `activation_curves` shows at z.

    >>> activation_text(-2.0, ["relu", "leaky_relu"])
    'At z = −2: ReLU 0 with slope 0; leaky ReLU −0.2 with slope 0.1.'
    """
    said = "; ".join(
        f"{label} {number(value, 3)} with slope {small(slope)}"
        for label, value, slope in activation_values(z, names)
    )
    return f"At z = {number(z)}: {said}."


def _marks(ax: Axes, names: Sequence[str], x: float, heights: Sequence[float]) -> None:
    """Mark one point on each curve; marks that meet are hollow and stand inside each other."""
    low, high = ax.get_ylim()
    scale = np.log10 if ax.get_yscale() == "log" else np.asarray
    levels = scale(np.array(heights)) / (scale(high) - scale(low))
    for i, name in enumerate(names):
        color, _, marker = _LOOKS[name]
        meets = np.abs(levels - levels[i]) < _NEAR
        inside = int(meets[i + 1 :].sum())
        if inside:
            look = {"markerfacecolor": "none", "markeredgewidth": 1.8, "markersize": 7 + 4 * inside}
        else:
            look = {"markeredgecolor": "white", "markersize": 9 if meets.sum() == 1 else 7}
        ax.plot(x, heights[i], marker, color=color, zorder=4, **look)


_NEAR = 0.04  # of the height of the chart


def _without_jump(curve: np.ndarray) -> np.ndarray:
    """Break a curve where it jumps, so that no upright line is drawn there."""
    broken = np.array(curve, dtype=float)
    broken[1:][np.abs(np.diff(broken)) > 0.5] = np.nan
    return broken


def softmax_bars(ax: Axes, logits: Sequence[float], temperature: float = 1.0) -> str:
    """Draw the probabilities that softmax makes of some scores.

    Parameters
    ----------
    ax : Axes
    logits : sequence of float, (k,)
    temperature : float
    """
    probabilities = softmax(logits, temperature)
    names = [f"class {chr(ord('A') + i)}\nscore {number(z)}" for i, z in enumerate(logits)]
    bars = ax.bar(names, probabilities, color=SKY, edgecolor=BLUE, width=0.6)
    ax.bar_label(bars, [_share(p) for p in probabilities], padding=2)
    ax.set(ylim=(0, 1.12), ylabel="probability", title=f"temperature {number(temperature)}")
    ax.label_outer()
    return softmax_text(logits, temperature)


def softmax_text(logits: Sequence[float], temperature: float = 1.0) -> str:
    """Say what `softmax_bars` shows.

    >>> softmax_text([1.0, 1.0])
    'Softmax of the scores 1, 1 at temperature 1: A 0.5, B 0.5.'
    """
    shares = enumerate(softmax(logits, temperature))
    said = ", ".join(f"{chr(ord('A') + i)} {_share(p)}" for i, p in shares)
    scores = ", ".join(number(z) for z in logits)
    return f"Softmax of the scores {scores} at temperature {number(temperature)}: {said}."


def _share(p: float) -> str:
    """Write a probability; one that is almost 1 does not become 1."""
    return number(p, 5) if p > 0.9995 else small(p)


def gradient_by_depth(
    ax: Axes, z: float, depth: int, names: Sequence[str] = ("sigmoid", "tanh", "relu")
) -> str:
    """Draw what is left of a gradient of 1 after each of many layers.

    Parameters
    ----------
    ax : Axes
    z : float
        The pre-activation, the same in every layer.
    depth : int
        The number of layers that is marked.
    names : sequence of str
        Which activations.
    """
    ax.set(xlabel="layers", ylabel="what is left of the gradient", yscale="log")
    ax.set(ylim=(_NOTHING / 10, 30), xlim=(-0.5, 30.5), title=f"z = {number(z)} in every layer")
    lefts = []
    for name in names:
        color, dash, _ = _LOOKS[name]
        slope = float(ACTIVATIONS[name].slope(z))
        lefts.append(slope**depth)
        label = f"{activation_label(name, 0.01)}: slope {small(slope)}"
        layers = np.array(_seen_layers(slope))
        seen = slope**layers if slope else np.full(2, _NOTHING)
        ax.plot(layers, seen, color=color, linestyle=dash, linewidth=2, label=label)
    on_chart = {
        name: left or _NOTHING
        for name, left in zip(names, lefts, strict=True)
        if left == 0 or left >= FLOOR * 0.999
    }
    _marks(ax, list(on_chart), depth, list(on_chart.values()))
    ax.axvline(depth, color=GRAY, linewidth=1, zorder=0)
    ax.axhline(_NOTHING * 10, color=GRAY, linewidth=0.6, zorder=0)  # the strip of zero is apart
    powers = range(0, -21, -5)
    ax.set_yticks([_NOTHING, *(10.0**power for power in powers)])
    ax.set_yticklabels(["0", *(f"$10^{{{power}}}$" for power in powers)])
    ax.minorticks_off()
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), frameon=False)
    ax.label_outer()
    return gradient_text(z, depth, names)


def gradient_text(z: float, depth: int, names: Sequence[str] = ("sigmoid", "tanh", "relu")) -> str:
    """Say what `gradient_by_depth` shows.

    >>> gradient_text(0.0, 2, ["sigmoid"])
    'What is left of a gradient of 1 after 2 layers with z = 0 in each: sigmoid 0.062.'
    """
    lefts = ((name, gradient_through_depth(z, name, depth)) for name in names)
    said = ", ".join(f"{_LABELS[name]} {small(left)}" for name, left in lefts)
    layer_word = "layer" if depth == 1 else "layers"
    return (
        f"What is left of a gradient of 1 after {depth} {layer_word} with z = {number(z)} in each: "
        f"{said}."
    )


def _seen_layers(slope: float) -> tuple[float, float]:
    """Return the first and last layer of the straight line that a gradient draws.

    A slope of 0 leaves nothing from the first layer on; others may leave the chart.
    """
    if slope == 0:
        return 1, 30
    return 0, min(30, np.log(FLOOR) / np.log(slope)) if slope < 1 else 30


def gradient_by_layer(ax: Axes, sizes: Mapping[str, Sequence[float]]) -> str:
    """Draw how large the gradient of each layer's weights is, on a logarithmic axis.

    Parameters
    ----------
    ax : Axes
    sizes : mapping from the activation's name to the mean size of each layer's dW, first to last
    """
    said = []
    for name, means in sizes.items():
        color, dash, marker = _LOOKS[name]
        layers = np.arange(1, len(means) + 1)
        look = {"color": color, "linestyle": dash, "marker": marker, "linewidth": 2}
        ax.plot(layers, means, label=_LABELS[name], **look)
        ends = f"{small(means[0])} in layer 1, {small(means[-1])} in layer {len(means)}"
        said.append(f"{_LABELS[name]} {ends}")
    ax.set(xlabel="layer, counted from the input", ylabel="mean size of dW", yscale="log")
    ax.set_xticks(layers)
    ax.legend(loc="lower right", frameon=False)
    return f"Mean size of the entries of dW, layer by layer: {'; '.join(said)}."


def network_side(
    ax: Axes,
    probability: Callable[[np.ndarray], np.ndarray],
    X: np.ndarray,
    y: np.ndarray,
    name: str,
) -> str:
    """Draw which side a network predicts 1 on.

    Parameters
    ----------
    ax : Axes
    probability : function of X (m, 2), returns the probability of label 1, (m, 1)
    X : array, (m, 2)
    y : array, (m, 1)
    name : str
        The title.
    """
    low, high = X.min(axis=0) - 0.3, X.max(axis=0) + 0.3
    xs, ys = (np.linspace(a, b, 161) for a, b in zip(low, high, strict=True))
    plane = np.column_stack([grid.ravel() for grid in np.meshgrid(xs, ys)])
    p = np.reshape(probability(plane), (len(ys), len(xs)))
    if p.min() <= 0.5 < p.max():
        ax.contourf(xs, ys, p, levels=[0.5, 1.5], colors=[ONES])
        ax.contour(xs, ys, p, levels=[0.5], colors=[BLACK], linewidths=2)
    elif p.min() > 0.5:
        ax.set_facecolor(ONES)
    ax.fill_between([], [], color=ONES, label="predicted 1")
    points(ax, X, y, size=5, edge=1.2)
    wrong = int(((np.ravel(probability(X)) > 0.5) != np.ravel(y)).sum())
    ax.set(xlabel="$x_1$", ylabel="$x_2$", title=f"{name}: {wrong} of {len(X)} wrong")
    return f"{name}: {wrong} of {len(X)} points are on the wrong side."


def dying_neurons(axes: Sequence[Axes], runs: Mapping[str, tuple[list, list]], hidden: int) -> str:
    """Draw the loss of training runs, and how many hidden neurons are off for every row.

    Parameters
    ----------
    axes : two Axes
    runs : mapping from the activation's name to (losses, neurons off), one entry per epoch
    hidden : int
        How many hidden neurons there are.
    """
    said = []
    for name, (losses, off) in runs.items():
        color, dash, _ = _LOOKS[name]
        look = {"color": color, "linestyle": dash, "linewidth": 2}
        look["label"] = activation_label(name, 0.01)
        epochs = np.arange(1, len(losses) + 1)
        axes[0].plot(epochs, losses, **look)
        axes[1].step(epochs, off, where="post", **look)
        said.append(
            f"{_LABELS[name]}: {off[0]} of {hidden} off after the first epoch, {off[-1]} after the "
            f"last; last loss {number(losses[-1], 3)}"
        )
    axes[0].set(xlabel="epoch", ylabel="loss", title="loss")
    axes[0].set_ylim(bottom=0)
    axes[1].set(xlabel="epoch", ylabel="neurons", title="hidden neurons that are off for every row")
    axes[1].set(ylim=(-0.2, hidden + 0.4), yticks=range(hidden + 1))
    axes[0].legend(loc="upper right", frameon=False)
    return f"Loss and silent hidden neurons over {len(losses)} epochs. {'. '.join(said)}."
