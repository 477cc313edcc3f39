"""The drawings of module 05: measured slopes, computational graphs, gates, steps and slips."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.path import Path

from helpers.figures.base import (
    BLACK,
    BLUE,
    FAINT,
    GRAY,
    GREEN,
    SHADE,
    VERMILLION,
    YELLOW,
    number,
    scientific,
)

_COLUMN = 1.75  # from one column of a graph to the next
_BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
# What `slip_trail` says of a printed number, with its mark and its color.
STATES = {
    "right": ("✓", GREEN, "right"),
    "first": ("✗", VERMILLION, "the first slip"),
    "passed on": ("→", BLUE, "only passed on"),
    "new": ("✗", VERMILLION, "a slip of its own"),
}


def measured_slope(
    ax: Axes, f: Callable[[np.ndarray], np.ndarray], x: float, h: float, name: str = "f(x)"
) -> str:
    """Draw a curve and its slope at x, measured to one side and to both sides.

    Parameters
    ----------
    ax : Axes
    f : function that takes arrays
    x, h : float
        Where the slope is measured, and how far the nudge goes.
    name : str
        What the curve is called.

    Returns
    -------
    str
        The alt text, with both measured slopes.
    """
    xs = np.linspace(x - 1.6 * h, x + 1.6 * h, 200)
    ax.plot(xs, f(xs), color=BLACK, linewidth=1.5, label=name)
    forward = (f(x + h) - f(x)) / h
    central = (f(x + h) - f(x - h)) / (2 * h)
    for left, slope, color, dash, marker, label in (
        (x, forward, VERMILLION, "--", "s", "one side"),
        (x - h, central, BLUE, "-", "o", "both sides"),
    ):
        ends = np.array([left, x + h])
        text = f"{label}: slope {number(slope, 2)}"
        ax.plot(ends, f(ends), color=color, linestyle=dash, marker=marker, linewidth=2, label=text)
    tiny = 1e-5 * h
    true = float(f(x + tiny) - f(x - tiny)) / (2 * tiny)
    ends = np.array([x - h, x + h])
    text = f"true slope {number(true, 2)}"
    ax.plot(ends, f(x) + true * (ends - x), ":", color=BLACK, linewidth=1.5, label=text)
    ax.plot(x, f(x), "D", color=BLACK, markersize=7, zorder=4)
    ax.set(xlabel="x", ylabel=name, xticks=[x - h, x, x + h])
    ax.set_xticklabels(
        [f"x − h\n{number(x - h)}", f"x\n{number(x)}", f"x + h\n{number(x + h)}"], fontsize=10
    )
    ax.legend(loc="upper left", frameon=False)
    return (
        f"The curve {name} near x = {number(x)}, with chords of h = {number(h)}. "
        f"From x to x + h the slope is {number(forward, 3)}; "
        f"from x − h to x + h it is {number(central, 3)}. "
        f"A dotted line through x has the true slope, {number(true, 3)}."
    )


def measuring_errors(
    ax: Axes, steps: Sequence[float], errors: Mapping[str, Sequence[float]]
) -> str:
    """Draw how far measured slopes are off, for many sizes of the nudge.

    Parameters
    ----------
    ax : Axes
    steps : sequence of float
        The nudges h.
    errors : dict of a name to one error for each step
        An error of exactly 0 has no place on this axis and is left out.

    Returns
    -------
    str
        The alt text, with the best nudge of each.
    """
    said = []
    styles = ((VERMILLION, "--", "s"), (BLUE, "-", "o"))
    for (name, values), (color, dash, marker) in zip(errors.items(), styles, strict=False):
        shown = np.where(np.asarray(values) > 0, values, np.nan)
        ax.plot(steps, shown, color=color, linestyle=dash, marker=marker, label=name)
        best = int(np.nanargmin(shown))
        widest = int(np.argmax(steps))
        said.append(
            f"{name}: {scientific(shown[widest], 0)} at h = {number(steps[widest])}, smallest near "
            f"h = {scientific(steps[best], 0)}"
        )
    ax.set(xscale="log", yscale="log", xlabel="nudge h", ylabel="error of the measured slope")
    ax.grid(color=FAINT, linewidth=0.6)
    ax.legend(frameon=False)
    return (
        "Error of a measured slope against the nudge h, both axes in powers of ten. "
        f"{'; '.join(said)}. Larger nudges bend the curve, smaller ones lose digits."
    )


def computation(
    ax: Axes,
    nodes: Sequence[tuple[str, float]],
    edges: Sequence[tuple[int, int, float]],
    decimals: int = 3,
    backward: bool = True,
) -> str:
    """Draw a computation as a graph, with the numbers that go forward and the slopes coming back.

    Parameters
    ----------
    ax : Axes
        About 2 inches for each step of the longest way.
    nodes : sequence of (name, value)
        In the order in which they are computed; the last is the result.
    edges : sequence of (from, to, slope)
        Who uses whom, and the local slope of `to` with respect to `from`.
    decimals : int
        How many decimals are shown.
    backward : bool
        Whether the local slopes and what comes back are shown too.

    Returns
    -------
    str
        The alt text, with every number of the picture.
    """
    places = _columns(len(nodes), edges)
    back = np.zeros(len(nodes))
    back[-1] = 1.0
    for start, end, slope in sorted(edges, key=lambda edge: -edge[1]):
        back[start] += back[end] * slope
    for start, end, slope in edges:
        text = number(slope, decimals) if backward else ""
        use = _use_later if places[end][0] - places[start][0] > _COLUMN else _use
        use(ax, places[start], places[end], text)
    said = []
    for (name, value), (x, y), slope in zip(nodes, places, back, strict=True):
        _box(ax, x, y, number(value, decimals))
        ax.text(x, y + 0.36, name, ha="center", va="bottom", fontsize=10, bbox=_BEHIND, zorder=4)
        said.append(f"{name}: {number(value, decimals)}")
        if backward:
            text = f"← {number(slope, decimals)}"
            ax.text(
                x, y - 0.36, text, ha="center", va="top", color=BLUE, fontweight="bold",
                fontsize=10, bbox=_BEHIND, zorder=4,
            )  # fmt: skip
            said[-1] += f", and {number(slope, decimals)} comes back"
    xs, ys = zip(*places, strict=True)
    later = any(places[end][0] - places[start][0] > _COLUMN for start, end, _ in edges)
    room = 1.4 if later else 0.85
    ax.set(xlim=(min(xs) - 0.75, max(xs) + 0.75), ylim=(min(ys) - room, max(ys) + 0.85))
    ax.axis("off")
    slopes = "; ".join(
        f"{nodes[start][0]} to {nodes[end][0]}: {number(slope, decimals)}"
        for start, end, slope in edges
    )
    local = f" Local slopes: {slopes}." if backward else ""
    return f"A computational graph. {'; '.join(said)}.{local}"


def _columns(count: int, edges: Sequence[tuple[int, int, float]]) -> list[tuple[float, float]]:
    """Place each node one column right of the last that it uses; inputs next to their first use."""
    column = [0] * count
    for _ in range(count):
        for start, end, _slope in edges:
            column[end] = max(column[end], column[start] + 1)
    used = {end for _, end, _ in edges}
    for node in set(range(count)) - used:
        column[node] = min(column[end] for start, end, _ in edges if start == node) - 1
    places = []
    for node in range(count):
        same = [other for other in range(count) if column[other] == column[node]]
        middle = (len(same) - 1) / 2
        places.append((_COLUMN * column[node], 1.5 * (middle - same.index(node))))
    return places


def _box(ax: Axes, x: float, y: float, text: str) -> None:
    ax.add_patch(
        FancyBboxPatch(
            (x - 0.42, y - 0.24),
            0.84,
            0.48,
            boxstyle="round,pad=0.05",
            facecolor="white",
            edgecolor=BLACK,
            linewidth=1.5,
            zorder=3,
        )
    )
    ax.text(x, y, text, ha="center", va="center", zorder=4)


def _use(ax: Axes, start: tuple[float, float], end: tuple[float, float], slope: str) -> None:
    """Draw an arrow from a node to one that uses it, with its local slope."""
    (x0, y0), (x1, y1) = start, end
    arrow = {"arrowstyle": "->", "color": GRAY, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", (x1 - 0.5, y1 + 0.12 * np.sign(y0 - y1)), (x0 + 0.5, y0), arrowprops=arrow)
    if slope:
        middle = ((x0 + x1) / 2, (y0 + y1) / 2 + 0.06 * np.sign(y0 - y1))
        ax.text(*middle, f"×{slope}", ha="center", va="center", fontsize=9, bbox=_BEHIND, zorder=5)


def _use_later(ax: Axes, start: tuple[float, float], end: tuple[float, float], slope: str) -> None:
    """Draw an arrow that passes below the nodes of the columns in between."""
    (x0, y0), (x1, y1) = (start[0] + 0.46, start[1] - 0.2), (end[0] - 0.46, end[1] - 0.2)
    middle, low = (x0 + x1) / 2, min(y0, y1) - 0.85
    way = Path([(x0, y0), (middle, 2 * low - (y0 + y1) / 2), (x1, y1)],
               [Path.MOVETO, Path.CURVE3, Path.CURVE3])  # fmt: skip
    ax.add_patch(
        FancyArrowPatch(path=way, arrowstyle="->", color=GRAY, linewidth=1.5, mutation_scale=10)
    )
    if slope:
        ax.text(middle, low, f"×{slope}", ha="center", va="center", fontsize=9, bbox=_BEHIND,
                zorder=5)  # fmt: skip


def relu_gate(ax: Axes, dA: np.ndarray, Z: np.ndarray) -> str:
    """Draw which errors pass a ReLU on the way back: dA1, the sums Z1 below, and dZ1.

    Parameters
    ----------
    ax : Axes
        About 9 by 2.8 inches for two rows and three columns.
    dA, Z : arrays (m, n)
        The error that arrives, and the sums of the way forward.

    Returns
    -------
    str
        The alt text: what passes and what is stopped.
    """
    m, n = dA.shape
    passed, stopped = [], []
    for (i, j), z in np.ndenumerate(Z):
        is_open = bool(z > 0)
        y = m - 1 - i
        face = SHADE if is_open else "white"
        for k, (text, below) in enumerate(
            (
                (number(dA[i, j], 3), ""),
                ("1, open" if is_open else "0, shut", f"Z1 = {number(z, 3)}"),
                (number(dA[i, j] * is_open, 3), ""),
            )
        ):
            x = k * (n + 0.8) + j
            ax.add_patch(Rectangle((x, y), 1, 1, facecolor=face, edgecolor=GRAY, linewidth=0.8))
            weight = "bold" if k == 2 and is_open else "normal"
            high = 0.64 if below else 0.5
            ax.text(x + 0.5, y + high, text, ha="center", va="center", fontsize=10,
                    fontweight=weight)  # fmt: skip
            ax.text(x + 0.5, y + 0.27, below, ha="center", va="center", fontsize=9)
        place = f"row {i + 1}, column {j + 1}"
        if is_open:
            passed.append(f"{place}: {number(dA[i, j], 3)}")
        else:
            stopped.append(f"{place}: {number(dA[i, j], 3)}, since Z1 is {number(z, 3)}")
    for k, title in enumerate(("dA1: what arrives", "mask: Z1 > 0", "dZ1: what passes")):
        ax.text(k * (n + 0.8) + n / 2, m + 0.15, title, ha="center", va="bottom")
    for k, sign in enumerate("∗="):
        ax.text((k + 1) * (n + 0.8) - 0.4, m / 2, sign, ha="center", va="center", fontsize=14)
    ax.set(xlim=(-0.1, 3 * n + 1.7), ylim=(-0.1, m + 0.6), aspect=0.75)
    ax.axis("off")
    return (
        f"The error dA1 arrives at a ReLU. It passes at {'; '.join(passed) or 'no place'}. "
        f"It is stopped at {'; '.join(stopped) or 'no place'}."
    )


def loss_along(
    ax: Axes, rates: np.ndarray, losses: np.ndarray, slope: float, rate: float | None = None
) -> str:
    """Draw the loss after one step, for many lengths of the step.

    Parameters
    ----------
    ax : Axes
    rates, losses : arrays (n,)
        Learning rates from 0 on, and the loss after one step with each.
    slope : float
        What the gradient promises: how fast the loss changes with the rate at 0.
    rate : float, optional
        A rate to mark.

    Returns
    -------
    str
        The alt text, with the lowest loss and what was promised there.
    """
    ax.plot(rates, losses, color=BLUE, linewidth=2, label="loss after one step")
    low, high = float(losses.min()), float(losses.max())
    reach = rates[losses[0] + slope * rates > low - 0.15 * (high - low)]
    ax.plot(
        reach, losses[0] + slope * reach, "--", color=VERMILLION, label="what the gradient promises"
    )
    ax.plot(0, losses[0], "D", color=BLACK, markersize=8, label="before the step", clip_on=False)
    best = int(np.argmin(losses))
    if best < len(rates) - 1:
        ax.plot(rates[best], losses[best], "o", color=BLUE, markersize=9, label="lowest")
    lowest, said = "", ""
    if best < len(rates) - 1:
        lowest = f"lowest {losses[best]:.4f} at lr = {number(rates[best], 2)}, "
    if rate is not None:
        there = float(np.interp(rate, rates, losses))
        ax.axvline(rate, color=GRAY, linewidth=1, linestyle=":")
        ax.text(rate, high, f" lr = {number(rate, 3)}", ha="left", va="top", color=GRAY)
        said = f" At lr = {number(rate, 3)} it is {there:.4f}."
    ax.set(xlabel="learning rate of the one step", ylabel="loss", xlim=(0, rates[-1]))
    ax.legend(frameon=False, loc="best")
    return (
        f"The loss after one step against the learning rate: {losses[0]:.4f} before the step, "
        f"{lowest}{losses[-1]:.4f} at lr = {number(rates[-1], 2)}.{said} "
        f"At first it falls as the gradient promises, by {number(-slope, 4)} for each unit of lr."
    )


def slip_trail(ax: Axes, states: Mapping[str, str], columns: int = 6) -> str:
    """Draw printed quantities in the order in which they were computed, each with its state.

    Parameters
    ----------
    ax : Axes
        About 1.5 inches for each column.
    states : dict of a name to a key of `STATES`
    columns : int
        How many stand side by side.

    Returns
    -------
    str
        The alt text: every quantity and its state.
    """
    said = []
    rows = -(-len(states) // columns)
    for k, (name, state) in enumerate(states.items()):
        mark, color, meaning = STATES[state]
        x, y = 1.4 * (k % columns), -1.15 * (k // columns)
        ax.add_patch(
            Rectangle(
                (x, y), 1.25, 1, facecolor=YELLOW if state in ("first", "new") else "white",
                edgecolor=color, linewidth=2.5, linestyle="--" if state == "passed on" else "-",
            )
        )  # fmt: skip
        ax.text(x + 0.62, y + 0.68, f"{name} {mark}", ha="center", va="center", fontsize=12)
        ax.text(x + 0.08, y + 0.96, f"{k + 1}", ha="left", va="top", fontsize=8, color=GRAY)
        ax.text(x + 0.62, y + 0.28, meaning, ha="center", va="center", fontsize=8)
        said.append(f"{name}: {meaning}")
    ax.set(xlim=(-0.1, 1.4 * columns - 0.05), ylim=(-1.15 * (rows - 1) - 0.1, 1.1), aspect="equal")
    ax.axis("off")
    return f"Printed numbers in the order in which they were computed. {'; '.join(said)}."
