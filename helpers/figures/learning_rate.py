"""The drawings of module 07: descents on quadratics, sweeps, zones and schedules."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.figures.base import (
    BLACK,
    BLUE,
    FAINT,
    GRAY,
    GREEN,
    ORANGE,
    PURPLE,
    SHADE,
    VERMILLION,
    number,
    scientific,
)
from helpers.reference.activations import sigmoid
from helpers.reference.surface import critical_lr, descend

_STYLES = (
    (BLUE, "-", "o"),
    (VERMILLION, "--", "s"),
    (GREEN, "-.", "^"),
    (PURPLE, ":", "D"),
    (ORANGE, (0, (5, 1, 1, 1, 1, 1)), "v"),
    (BLACK, (0, (1, 1)), "x"),
)
_REACH = 2.2  # the pictures of quadratics show weights from -2.2 to 2.2
_BOTTOM, _TOP = 1e-6, 1e4  # losses outside leave the picture, with a triangle
SETTLED = 0.01  # a rate is good if at most this share of the distance is left
SLOW, GOOD, DIVERGES = "slow", "good", "diverges"
_ZONES = {
    SLOW: (FAINT, "white", "//"),
    GOOD: (SHADE, SHADE, ""),
    DIVERGES: ("white", FAINT, "xx"),
}


def quadratic(curvatures: Sequence[float], w: np.ndarray) -> np.ndarray:
    """Return L = ½(h1·w1² + h2·w2² + …) for every point, one in each row of w.

    Parameters
    ----------
    curvatures : sequence of float, (d,)
    w : array, (k, d)

    Returns
    -------
    array, (k,); inf where it overflows, nan where w is nan

    Examples
    --------
    >>> quadratic([2.0, 10.0], np.array([[1.0, 1.0], [3.0, 0.0]]))
    array([6., 9.])
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return 0.5 * np.sum(np.asarray(curvatures) * np.square(w), axis=1)


def quadratic_path(
    curvatures: Sequence[float], start: Sequence[float], lr: float, steps: int
) -> np.ndarray:
    """Follow gradient descent on the quadratic with these curvatures.

    Examples
    --------
    >>> quadratic_path([2.0], [1.0], 0.25, 2).ravel()
    array([1.  , 0.5 , 0.25])
    """
    h = np.asarray(curvatures, dtype=float)
    return descend(lambda w: h * w, start, lr, steps)


def share_left(curvatures: Sequence[float], lr: float, steps: int) -> float:
    """Return what is left of a distance after some steps, in the direction that is worst off.

    Examples
    --------
    >>> share_left([1.0, 2.0], 0.5, 2)
    0.25
    """
    factors = np.abs(1 - lr * np.asarray(curvatures, dtype=float))
    with np.errstate(over="ignore"):
        return float(factors.max() ** steps)


def zone(curvatures: Sequence[float], lr: float, steps: int) -> str:
    """Say in which of the three zones a rate lies: `SLOW`, `GOOD` or `DIVERGES`.

    Examples
    --------
    >>> [zone([1.0, 2.0], lr, 20) for lr in (0.01, 0.5, 1.0, 1.1)]
    ['slow', 'good', 'slow', 'diverges']
    """
    if lr > critical_lr(np.diag(curvatures)) * (1 + 1e-9):
        return DIVERGES
    return GOOD if share_left(curvatures, lr, steps) <= SETTLED else SLOW


def plain_rate(lr: float) -> str:
    """Write a learning rate without an exponent where it is not tiny.

    >>> plain_rate(0.02), plain_rate(1e-05), plain_rate(100.0)
    ('0.02', '0.00001', '100')
    """
    return np.format_float_positional(lr, precision=4, fractional=False, trim="-")


def size_text(value: float) -> str:
    """Write a loss of any size; overflow is infinity.

    >>> size_text(0.25), size_text(1.3e-07), size_text(4e250), size_text(float("nan"))
    ('0.25', '1.3·10⁻⁷', '4·10²⁵⁰', '∞ (overflow)')
    """
    if not np.isfinite(value):
        return "∞ (overflow)"
    if value == 0 or 0.001 <= abs(value) < 1e5:
        return number(value, 3)
    return scientific(value)


def parabola_path(
    ax: Axes, curvature: float, start: float, lr: float, steps: int, title: str = ""
) -> str:
    """Draw L = ½·h·w² and the steps of gradient descent on it.

    Parameters
    ----------
    ax : Axes
    curvature : float, above 0
        The h of the formula.
    start : float, between -2.2 and 2.2
    lr : float, above 0
    steps : int
    title : str
    """
    path = quadratic_path([curvature], [start], lr, steps)
    losses = quadratic([curvature], path)
    grid = np.linspace(-_REACH, _REACH, 201)
    top = 0.5 * curvature * _REACH**2
    shown = _until_it_leaves(path)
    _steps_on(ax, grid, quadratic([curvature], grid[:, np.newaxis]), path[shown, 0], losses[shown])
    ax.set(
        xlim=(-_REACH * 1.05, _REACH * 1.05), ylim=(-0.05 * top, 1.05 * top), xlabel="w", ylabel="L"
    )
    ax.set_title(title or f"lr = {plain_rate(lr)}")
    listed = ", ".join(size_text(w) for w in path[: min(5, steps + 1), 0])
    return (
        f"The parabola L = ½·{number(curvature)}·w² and {steps} steps at lr = {plain_rate(lr)} "
        f"from w = {number(start)}, a square. w goes {listed}"
        f"{' and so on' if steps > 4 else ''}. "
        f"After step {steps} the loss is {size_text(losses[-1])}."
    )


def bias_path(ax: Axes, lr: float, start: float, steps: int) -> str:
    """Draw descent where only the output's bias is left, for one row of each label.

    Parameters
    ----------
    ax : Axes
    lr : float, above 0
    start : float
    steps : int
    """

    def loss(b: np.ndarray) -> np.ndarray:
        return 0.5 * (np.logaddexp(0, b) + np.logaddexp(0, -b))

    path = descend(lambda b: sigmoid(b) - 0.5, [start], lr, steps)[:, 0]
    grid = np.linspace(-3.2, 3.2, 201)
    _steps_on(ax, grid, loss(grid), path, loss(path))
    ax.set(xlabel="$b_2$", ylabel="L", title=f"lr = {plain_rate(lr)}")
    last = " and ".join(number(b, 3) for b in path[-2:])
    return (
        f"The loss over b2, lowest at 0 with ln 2 = 0.693, and {steps} steps at lr = "
        f"{plain_rate(lr)} from b2 = {number(start)}, a square. The last two places are {last}; "
        f"the last loss is {number(loss(path[-1]), 3)}."
    )


def _steps_on(
    ax: Axes, grid: np.ndarray, curve: np.ndarray, path: np.ndarray, losses: np.ndarray
) -> None:
    """Draw a curve, and on it a path that begins at a square."""
    ax.plot(grid, curve, color=GRAY, linewidth=1.5)
    ax.plot(path, losses, "-o", color=VERMILLION, markersize=5, linewidth=1.2)
    ax.plot(path[0], losses[0], "s", color=BLACK, markersize=8, zorder=4)


def step_factor(ax: Axes, curvature: float) -> str:
    """Draw what one step multiplies the distance by, for every learning rate.

    Parameters
    ----------
    ax : Axes
    curvature : float, above 0
    """
    limit = critical_lr([[curvature]])
    right = 1.4 * limit
    for low, high, name, where, face, hatch in (
        (0, limit / 2, "same side", 0.25, "white", ""),
        (limit / 2, limit, "swings", 0.75, SHADE, ""),
        (limit, right, "diverges", 1.2, "white", "xx"),
    ):
        ax.axvspan(low, high, facecolor=face, edgecolor=FAINT, hatch=hatch, linewidth=0)
        ax.text(where * limit, 1.25, name, ha="center", bbox={"facecolor": "white", "lw": 0})
    ax.plot([0, right], [1, 1 - right * curvature], color=BLUE, linewidth=2.5)
    ax.axhline(0, color=BLACK, linewidth=0.8)
    for level in (-1, 1):
        ax.axhline(level, color=GRAY, linewidth=1, linestyle="--")
    ax.plot([limit / 2, limit], [0, -1], "o", color=VERMILLION, markersize=8, zorder=4)
    ax.set(
        xlim=(0, right),
        ylim=(-2, 1.6),
        xlabel="learning rate",
        ylabel="factor 1 − lr·h",
        title=f"curvature h = {number(curvature)}",
        xticks=[0, limit / 2, limit],
        xticklabels=["0", f"1/h = {number(limit / 2, 3)}", f"2/h = {number(limit, 3)}"],
    )
    return (
        f"The factor 1 − lr·{number(curvature)} is a straight line. It falls from 1 at lr = 0 to 0 "
        f"at lr = {number(limit / 2, 3)} and to −1 at lr = {number(limit, 3)}. Left of the first "
        "dot w stays on its side of the minimum, between the dots it swings from side to side and "
        "still gets closer, right of the second dot each step makes the distance larger."
    )


def valley(
    ax: Axes,
    hessian: Sequence[Sequence[float]],
    paths: Mapping[str, np.ndarray],
    title: str = "",
) -> str:
    """Draw the contours of a quadratic in two weights, and paths on it.

    Parameters
    ----------
    ax : Axes
    hessian : array, (2, 2)
        The second derivatives: L = ½ wᵀHw.
    paths : dict of array, (steps + 1, 2)
        What each path is called; all begin at the same point.
    title : str
    """
    H = np.asarray(hessian, dtype=float)
    # Fine in w2, where a narrow valley would get pointed ends.
    W1, W2 = np.meshgrid(*(np.linspace(-_REACH, _REACH, count) for count in (121, 241)))
    L = 0.5 * (H[0, 0] * W1**2 + 2 * H[0, 1] * W1 * W2 + H[1, 1] * W2**2)
    ax.contour(
        W1, W2, L, levels=L.max() * np.linspace(0.02, 1, 9) ** 2, colors=GRAY, linewidths=0.8
    )
    for (name, path), (color, dash, marker) in zip(paths.items(), _STYLES, strict=False):
        seen = path[_until_it_leaves(path)]
        ax.plot(
            *seen.T,
            linestyle=dash,
            marker=marker,
            color=color,
            markersize=3.5,
            linewidth=1.3,
            label=name,
        )
    first = next(iter(paths.values()))[0]
    ax.plot(*first, "s", color=BLACK, markersize=9, zorder=4)
    ax.plot(0, 0, "*", color=BLACK, markersize=13, markerfacecolor="white", zorder=5)
    ax.set(xlim=(-_REACH, _REACH), ylim=(-_REACH, _REACH), xlabel="$w_1$", ylabel="$w_2$")
    ax.set(aspect="equal", title=title)
    return (
        f"Contours of a quadratic with its minimum at (0, 0), a star. From the square "
        f"at ({number(first[0])}, {number(first[1])}): {_ends(H, paths)}."
    )


def _until_it_leaves(path: np.ndarray) -> slice:
    """Choose the points up to the first one outside the picture, and that one if it is not far."""
    away = np.flatnonzero(~np.all(np.abs(path) <= _REACH, axis=1))
    if not len(away):
        return slice(None)
    first = int(away[0])
    return slice(first + bool(np.all(np.abs(path[first]) < 1e4)))


def _ends(H: np.ndarray, paths: Mapping[str, np.ndarray]) -> str:
    """Say where each path ends."""
    said = []
    for name, path in paths.items():
        with np.errstate(over="ignore", invalid="ignore"):
            loss = float(0.5 * path[-1] @ H @ path[-1])
        said.append(f"{name}, after {len(path) - 1} steps at loss {size_text(loss)}")
    return "; ".join(said)


def losses_by_step(
    ax: Axes,
    histories: Mapping[str, Sequence[float]],
    title: str = "",
    unit: str = "step",
    limits: tuple[float, float] | None = None,
) -> str:
    """Draw the loss after each step on a log scale; a triangle marks where a run leaves it.

    Parameters
    ----------
    ax : Axes
    histories : dict of sequence of float
        The losses of each run, the one before the first step included.
    title : str
    unit : str
        What is counted: ``"step"`` or ``"epoch"``.
    limits : tuple of float, optional
        The lowest and the highest loss in the picture; found from the losses if not given.
    """
    arrays = {name: np.asarray(losses, dtype=float) for name, losses in histories.items()}
    low, high = limits or _loss_limits(np.concatenate(list(arrays.values())))
    passed = []
    for k, ((name, losses), (color, dash, marker)) in enumerate(
        zip(arrays.items(), _STYLES, strict=False)
    ):
        every = max(1, len(losses) // 8)
        above, below = ~(losses <= high), losses < low
        ends = np.flatnonzero(above | below)
        end = int(ends[0]) if len(ends) else len(losses)
        ax.plot(
            np.clip(np.where(above, high, losses)[: end + 1], low, high), linestyle=dash,
            color=color, linewidth=2, label=name, marker=marker, markersize=5,
            markevery=(k * every // len(arrays), every),
        )  # fmt: skip
        if len(ends):
            up = bool(above[end])
            passed.append(f"{name} {'rises above' if up else 'falls below'} the picture")
            ax.plot(end, high if up else low, "^" if up else "v", color=color, markersize=12,
                    clip_on=False, zorder=4)  # fmt: skip
    longest = max(map(len, arrays.values())) - 1
    ax.set(yscale="log", ylim=(low, high), xlim=(-0.03 * longest, 1.03 * longest))
    ax.set(xlabel=unit, ylabel="loss (log scale)", title=title)
    _plain_ticks(ax, low, high)
    said = "; ".join(
        f"{name}, {size_text(losses[0])} at {unit} 0 and {size_text(losses[-1])} at {unit} "
        f"{len(losses) - 1}"
        for name, losses in arrays.items()
    )
    left = f" Marked by a triangle: {', '.join(passed)}." if passed else ""
    return f"The loss after each {unit}, on a log scale: {said}.{left}"


def _plain_ticks(ax: Axes, low: float, high: float) -> None:
    """Write few losses on a log scale, and enough of them where it is short."""
    ax.minorticks_off()
    if high / low <= 100:  # powers of ten alone would be too few
        ticks = _round_values(low, high)
        ax.set_yticks(ticks, [plain_rate(tick) for tick in ticks])


def _loss_limits(losses: np.ndarray) -> tuple[float, float]:
    """Choose round limits around the losses that are neither tiny nor huge."""
    inside = losses[(losses >= _BOTTOM) & (losses <= _TOP)]
    if not len(inside):
        return _BOTTOM, _TOP
    round_values = _round_values(_BOTTOM / 10, 10 * _TOP)
    low = round_values[round_values <= inside.min()].max()
    return float(low), float(round_values[round_values >= inside.max()].min())


def _round_values(low: float, high: float) -> np.ndarray:
    """List 1, 2 and 5 times the powers of ten between two values."""
    powers = 10.0 ** np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    values = np.outer(powers, [1, 2, 5]).ravel()
    return values[(values >= low * 0.999) & (values <= high * 1.001)]


def sweep(
    ax: Axes,
    lrs: Sequence[float],
    losses: Mapping[str, Sequence[float]],
    start: float | None = None,
    title: str = "",
) -> str:
    """Draw the final loss of several runs over learning rates, both on log scales.

    Parameters
    ----------
    ax : Axes
    lrs : sequence of float, (k,)
    losses : dict of sequence of float, (k,)
        Runs that diverged are inf: they stand on the upper edge, as triangles. Losses below
        a millionth stand on the lower edge, as triangles that point down.
    start : float, optional
        The loss before training, drawn as a dotted line.
    title : str
    """
    lrs = np.asarray(lrs, dtype=float)
    arrays = {name: np.asarray(values, dtype=float) for name, values in losses.items()}
    highest = max(1.5 if start is None else 2 * start, 0.1)
    lowest = _loss_limits(np.concatenate(list(arrays.values())))[0]
    for (name, values), (color, dash, marker) in zip(arrays.items(), _STYLES, strict=False):
        off = ~(values <= highest)
        shown = np.clip(np.where(off, highest, values), lowest, highest)
        ax.plot(lrs, shown, linestyle=dash, color=color, linewidth=2, marker=marker,
                markersize=6, label=name)  # fmt: skip
        for out, sign in ((off, "^"), (values < lowest, "v")):
            ax.plot(lrs[out], shown[out], sign, color=color, markersize=11, clip_on=False,
                    zorder=4)  # fmt: skip
    if start is not None:
        ax.axhline(start, color=GRAY, linestyle=":", linewidth=1.5)
        ax.annotate("before training", (lrs[0], start), (0, 4), textcoords="offset points")
    ax.set(xscale="log", xlabel="learning rate (log scale)")
    ax.set(yscale="log", ylabel="loss at the end (log scale)", ylim=(lowest, highest), title=title)
    _plain_ticks(ax, lowest, highest)
    said = "; ".join(
        f"{name}: "
        + ", ".join(f"{plain_rate(lr)} gives {size_text(v)}" for lr, v in zip(lrs, vs, strict=True))
        for name, vs in arrays.items()
    )
    before = "" if start is None else f" Before training it is {number(start, 3)}."
    return f"The loss at the end by learning rate, on log scales. {said}.{before}"


def rates_by_epoch(ax: Axes, rates: Mapping[str, Sequence[float]]) -> str:
    """Draw how learning rates change over the epochs, which count from 0."""
    for (name, values), (color, dash, _) in zip(rates.items(), _STYLES, strict=False):
        ax.step(range(len(values)), values, where="post", color=color, linestyle=dash,
                linewidth=2, label=name)  # fmt: skip
    highest = max(max(values) for values in rates.values())
    ax.set(xlabel="epoch", ylabel="learning rate", ylim=(0, 1.08 * highest))
    said = "; ".join(
        f"{name}, from {plain_rate(values[0])} to {number(values[-1], 4)}, "
        f"{number(values[len(values) // 2], 4)} at epoch {len(values) // 2}"
        for name, values in rates.items()
    )
    return f"Learning rates over {len(next(iter(rates.values())))} epochs: {said}."


def rate_zones(ax: Axes, curvatures: Sequence[float], steps: int, lr: float | None = None) -> str:
    """Draw a log scale of learning rates with the zones slow, good and diverges on it.

    Parameters
    ----------
    ax : Axes
    curvatures : sequence of float
    steps : int
        A rate is good if at most one hundredth of the distance is left after so many steps.
    lr : float, optional
        A rate to mark.
    """
    limit = critical_lr(np.diag(curvatures))
    edges = good_range(curvatures, steps)
    low, high = 1e-3, 100.0
    spans = [(low, limit, SLOW), (limit, high, DIVERGES)]
    if edges:
        spans = [
            (low, edges[0], SLOW), (*edges, GOOD), (edges[1], limit, SLOW), (limit, high, DIVERGES)
        ]  # fmt: skip
    for left, right, name in spans:
        face, edge, hatch = _ZONES[name]
        ax.axvspan(left, right, facecolor=face, edgecolor=edge, hatch=hatch, linewidth=0)
        if np.log10(right / left) > 0.45:
            said = f"{name}\nto {plain_rate(right)}" if name == GOOD else name
            ax.text(np.sqrt(left * right), 0.62, said, ha="center", va="center",
                    bbox={"facecolor": "white", "lw": 0, "pad": 2})  # fmt: skip
    ax.axvline(limit, color=BLACK, linewidth=2)
    ax.text(limit, 1.08, f"limit {plain_rate(limit)}", ha="center", va="bottom")
    if lr is not None:
        ax.axvline(lr, color=VERMILLION, linewidth=2, linestyle="--")
        ax.plot(lr, 0.2, "D", color=VERMILLION, markersize=11, clip_on=False, zorder=5)
    ax.set(xscale="log", xlim=(low, high), ylim=(0, 1), yticks=[])
    ax.set(xlabel="learning rate (log scale)")
    ax.minorticks_off()
    good = (
        f"good from {plain_rate(edges[0])} to {plain_rate(edges[1])}; slow again"
        if edges
        else f"no rate is good within {steps} steps; slow"
    )
    here = ""
    if lr is not None:
        at_limit = abs(lr - limit) <= 1e-9 * limit
        where = "the limit itself" if at_limit else f"in the zone “{zone(curvatures, lr, steps)}”"
        here = f" The rate {plain_rate(lr)} is {where}."
    below = "slow below; " if edges else ""
    return (
        f"Zones: {below}{good} up to {plain_rate(limit)}, and at the limit it never arrives; "
        f"diverges above {plain_rate(limit)}.{here}"
    )


def good_range(curvatures: Sequence[float], steps: int) -> tuple[float, float] | None:
    """Return the lowest and the highest good rate; None where there is none.

    Examples
    --------
    >>> good_range([1.0, 50.0], steps=100) is None
    True
    """
    largest = SETTLED ** (1 / steps)  # the factor that a good rate may have at most
    low, high = (1 - largest) / min(curvatures), (1 + largest) / max(curvatures)
    return (low, high) if low <= high else None
