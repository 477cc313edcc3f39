"""A curve that a hidden layer of ReLU units makes of one input, and targets for it to match."""

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes

from helpers.figures.base import BLACK, BLUE, number, small
from helpers.reference.forward_pass import forward_deep

LEFT, RIGHT = -3.0, 3.0
GRID = np.round(np.linspace(LEFT, RIGHT, 121), 2)  # where a curve is compared with its target
TARGETS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "tent": lambda x: np.maximum(1 - np.abs(x), 0),
    "hill": lambda x: np.exp(-(x**2)),
    "wave": np.sin,
    "step": lambda x: np.where(x > 0, 1.0, 0.0),
}


def relu_units(bends: Sequence[float], heights: Sequence[float]) -> tuple[float, np.ndarray]:
    """Return the bias and the weights of the units whose sum has these corners.

    Parameters
    ----------
    bends : sequence of float, (k,)
        Where each unit begins, left to right.
    heights : sequence of float, (k + 1,)
        The height of the curve at each bend, and at the right end.

    Returns
    -------
    bias : float
    w : array, (k,)
        Each weight is the change of the slope at its bend.

    Examples
    --------
    >>> relu_units([-1, 0, 1], [0, 1, 0, 0])
    (0.0, array([ 1., -2.,  1.]))
    """
    slopes = np.diff(np.asarray(heights, dtype=float)) / np.diff([*bends, RIGHT])
    return float(heights[0]), np.diff(slopes, prepend=0.0)


def relu_sum(x: np.ndarray, bends: Sequence[float], heights: Sequence[float]) -> np.ndarray:
    """Compute the curve: the output of a network with one input and one hidden layer.

    Parameters
    ----------
    x : array, (n,)
    bends, heights : as in `relu_units`

    Examples
    --------
    >>> relu_sum(np.array([-2.0, 0.5]), [-1, 0, 1], [0, 1, 0, 0])
    array([0. , 0.5])
    """
    bias, w = relu_units(bends, heights)
    hidden = (np.ones((1, len(w))), -np.reshape(bends, (1, -1)), "relu")
    output = (w[:, np.newaxis], np.full((1, 1), bias), "linear")
    return forward_deep(np.reshape(x, (-1, 1)), [hidden, output])[0][:, 0]


def squared_gap(bends: Sequence[float], heights: Sequence[float], target: str) -> float:
    """Compute the mean squared distance between a curve and its target, over `GRID`."""
    return float(np.mean((relu_sum(GRID, bends, heights) - TARGETS[target](GRID)) ** 2))


def even_bends(units: int, target: str) -> tuple[list[float], list[float]]:
    """Place bends at equal distances, with the heights that match a target best.

    Returns
    -------
    bends : list of float, (units,)
    heights : list of float, (units + 1,), the solution of a least-squares problem

    Examples
    --------
    >>> even_bends(2, "step")[0]
    [-3.0, 0.0]
    """
    corners = np.linspace(LEFT, RIGHT, units + 1)
    tents = np.array([np.interp(GRID, corners, one) for one in np.eye(units + 1)]).T
    heights = np.linalg.lstsq(tents, TARGETS[target](GRID), rcond=None)[0]
    return corners[:-1].round(2).tolist(), heights.round(3).tolist()


def relu_curve(ax: Axes, bends: Sequence[float], heights: Sequence[float], target: str) -> str:
    """Draw a target, and the curve of ReLU units that is to match it.

    Parameters
    ----------
    ax : Axes
    bends, heights : as in `relu_units`
    target : a key of `TARGETS`
    """
    ax.plot(GRID, TARGETS[target](GRID), "--", color=BLUE, linewidth=2.5, label=target)
    ax.plot(GRID, relu_sum(GRID, bends, heights), color=BLACK, linewidth=2, label="the units")
    ax.plot(bends, heights[:-1], "o", color=BLACK, markersize=7)
    ax.set(xlabel="x", xlim=(LEFT, RIGHT), ylim=(-1.6, 1.6))
    ax.legend(loc="lower right", frameon=False)
    return relu_curve_text(bends, heights, target)


def relu_curve_text(bends: Sequence[float], heights: Sequence[float], target: str) -> str:
    """Say what `relu_curve` shows.

    >>> relu_curve_text([0], [0, 3], "step")[:46]
    '1 ReLU unit, bias 0: at 0 with weight 1. The m'
    """
    bias, w = relu_units(bends, heights)
    units = "1 ReLU unit" if len(w) == 1 else f"{len(w)} ReLU units"
    pairs = zip(bends, w, strict=True)
    listed = ", ".join(f"at {number(t)} with weight {number(weight)}" for t, weight in pairs)
    gap = small(squared_gap(bends, heights, target), 4)
    return (
        f"{units}, bias {number(bias)}: {listed}. The mean squared distance to the {target} is "
        f"{gap}."
    )
