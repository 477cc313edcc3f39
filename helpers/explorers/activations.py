"""The activation explorer of module 02: one input, five functions and their slopes."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.explorers.explorer import Explorer
from helpers.explorers.sampling import name_of, own, sampled
from helpers.figures import activation_curves, canvas, number
from helpers.figures.activations import COMPARED, LEAK, Z_RANGE, activation_label
from helpers.figures.base import Picture

_STEP = 0.1
_NEAR = 1e-5  # how far from z a slope is measured


def activations(
    z: float = 0.0, mine: Callable | tuple[Callable, Callable] | None = None
) -> Explorer:
    """Drag one input; see the value and the slope of five activations.

    Parameters
    ----------
    z : float
        The input to begin with, from -5 to 5.
    mine : function, or (function, its slope), optional
        Your own, drawn beside the course's. A slope that is not given is measured.

    Raises
    ------
    ValueError
        If `z` lies outside, or `mine` is no function.
    """
    if not -Z_RANGE <= z <= Z_RANGE:
        raise ValueError(f"z must lie between {-Z_RANGE:g} and {Z_RANGE:g}, but is {z!r}")
    data = {
        "z": float(z),
        "names": COMPARED,
        "labels": [activation_label(name, LEAK).split(" (")[0] for name in COMPARED],
        "leak": LEAK,
        "range": [-Z_RANGE, Z_RANGE],
        "mine": None if mine is None else _own_activation(mine),
    }
    fig, axes = canvas(2, 3, size=(10.5, 5.6))
    alts = []
    for pair, at in zip(axes.T, (-3.0, 0.0, 2.5), strict=True):
        alts.append(activation_curves(pair, at))
        pair[0].set_title(f"z = {number(at)}")
    axes[0, 2].legend(loc="upper left", frameon=False, fontsize=9)
    return Explorer("activations", "Activation explorer", Picture(fig, " ".join(alts)), data)


def _own_activation(mine: Any) -> dict[str, Any]:
    """Sample the learner's function and its slope at each stop."""
    function, *slope = own(mine, 2)
    stops = np.round(np.arange(-Z_RANGE, Z_RANGE + _STEP / 2, _STEP), 1) + 0.0
    if slope:
        slopes = sampled(slope[0], stops)
    else:
        above, below = (sampled(function, stops + side * _NEAR) for side in (1, -1))
        slopes = (above - below) / (2 * _NEAR)
    return {
        "label": name_of(function),
        "from": -Z_RANGE,
        "values": sampled(function, stops),
        "slopes": slopes,
    }
