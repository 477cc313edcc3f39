"""The stepper of module 05: forward and backward through the network, a quantity at a time."""

from helpers.explorers.explorer import Explorer
from helpers.explorers.forward import SIZES, edge_labels
from helpers.figures import backward_step, canvas
from helpers.figures.backward_numbers import STEPS, TITLES, step_name
from helpers.figures.base import Picture
from helpers.reference.data import asd_batch

LR = 0.005


def stepper(step: int | str = 0) -> Explorer:
    """Walk through one training step; every number on the way can be changed.

    Parameters
    ----------
    step : int or str
        Where to begin: a name such as ``"dZ2"``, or a number.

    Raises
    ------
    ValueError
        If there is no such step.
    """
    X, y, params = asd_batch()
    fig, axes = canvas(2, 1, size=(8, 11))
    alts = [backward_step(ax, name) for ax, name in zip(axes, ("dZ2", "dZ1"), strict=True)]
    data = {
        "X": X,
        "y": y,
        "lr": LR,
        **params,
        "step": STEPS.index(step_name(step)),
        "titles": TITLES,
        "labels": edge_labels(SIZES),
    }
    return Explorer("stepper", "Stepper explorer", Picture(fig, " ".join(alts)), data)
