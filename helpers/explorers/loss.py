"""The loss explorer of module 04: one prediction, two labels, two losses."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.explorers.explorer import Explorer
from helpers.explorers.sampling import name_of, own, sampled
from helpers.figures import canvas, loss_curves
from helpers.figures.base import Picture

# Hundredths, and a few steps closer to both ends, but never on them: there log 0 is waiting.
_NEAR = [1e-6, 1e-5, 1e-4, 1e-3]
PREDICTIONS = [*_NEAR, *(k / 100 for k in range(1, 100)), *(1 - p for p in reversed(_NEAR))]


def loss(
    prediction: float = 0.7, mine: Callable | tuple[Callable, Callable] | None = None
) -> Explorer:
    """Drag a prediction and read both losses and their slopes, for both labels.

    Parameters
    ----------
    prediction : float
        Where to begin; one of `PREDICTIONS`, such as 0.7.
    mine : function of (y, a), or (function, its slope), optional
        Your own loss, drawn beside the course's. A slope that is not given is measured.

    Raises
    ------
    ValueError
        If `prediction` is no stop, or `mine` is no function.
    """
    if prediction not in PREDICTIONS:
        raise ValueError(f"prediction must be a hundredth between 0 and 1, but is {prediction!r}")
    data = {
        "at": PREDICTIONS.index(prediction),
        "stops": PREDICTIONS,
        "mine": None if mine is None else _own_loss(mine),
    }
    fig, axes = canvas(1, 3, size=(10, 3.5))
    alts = []
    for ax, a in zip(axes, (0.9, 0.5, 0.05), strict=True):
        alts.append(loss_curves(ax, 1, a))
        ax.set_title(f"label 1, ŷ = {a}")
    axes[0].legend(loc="upper right", frameon=False)
    return Explorer("loss", "Loss explorer", Picture(fig, " ".join(alts)), data)


def _own_loss(mine: Any) -> dict[str, Any]:
    """Sample the learner's loss and its slope at each stop, for both labels."""
    function, *slope = own(mine, 2)

    def at(which: Callable, y: int, a: float) -> float:
        return float(sampled(which, np.array([[y]]), np.array([[a]]))[0, 0])

    def measured(y: int, a: float) -> float:
        h = 1e-4 * min(a, 1 - a)
        return (at(function, y, a + h) - at(function, y, a - h)) / (2 * h)

    def slope_at(y: int, a: float) -> float:
        return at(slope[0], y, a) if slope else measured(y, a)

    return {
        "label": name_of(function),
        "losses": [[at(function, y, a) for a in PREDICTIONS] for y in (0, 1)],
        "slopes": [[slope_at(y, a) for a in PREDICTIONS] for y in (0, 1)],
    }
