"""The explorer of module 02 that builds a curve from ReLU units."""

from helpers.explorers.explorer import Explorer
from helpers.figures import canvas
from helpers.figures.base import Picture, one_of
from helpers.figures.relu_curve import GRID, TARGETS, even_bends, squared_gap
from helpers.figures.relu_curve import relu_curve as drawn

MOST = 8  # units


def relu_curve(target: str = "tent", units: int = 2) -> Explorer:
    """Drag the bends of a curve of ReLU units until it matches a target.

    Parameters
    ----------
    target : str
        What to match at first: ``"tent"``, ``"hill"``, ``"wave"`` or ``"step"``.
    units : int
        How many units to begin with, from 1 to 8.

    Raises
    ------
    ValueError
        If the explorer has no such target, or not so many units.
    """
    one_of("target", target, TARGETS)
    if units not in range(1, MOST + 1):
        raise ValueError(f"units must be a whole number from 1 to {MOST}, but is {units!r}")
    even = {name: [_even(k, name) for k in range(1, MOST + 1)] for name in TARGETS}
    bends = even[target][units - 1]["bends"]
    data = {
        "grid": GRID,
        "targets": {name: wanted(GRID).round(6) for name, wanted in TARGETS.items()},
        "even": even,
        "target": target,
        "bends": bends,
        "heights": [0.0] * (len(bends) + 1),
    }
    fig, axes = canvas(1, 3, size=(10.5, 3.2))
    pairs = zip(axes, (1, 3, 6), strict=True)
    alts = [drawn(ax, *even_bends(k, "wave"), "wave") for ax, k in pairs]
    return Explorer("relu_curve", "ReLU explorer", Picture(fig, " ".join(alts)), data)


def _even(units: int, target: str) -> dict:
    bends, heights = even_bends(units, target)
    return {"bends": bends, "heights": heights, "gap": squared_gap(bends, heights, target)}
