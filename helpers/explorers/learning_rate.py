"""The learning-rate explorer of module 07: one rate, a path, a loss curve, three zones."""

from helpers.explorers.explorer import Explorer
from helpers.figures import canvas, rate_zones
from helpers.figures.base import Picture, one_of

STEPS = 100
SURFACES = {
    "one weight, curvature 2": (2.0,),
    "round bowl, 2 and 2": (2.0, 2.0),
    "valley, 1 and 10": (1.0, 10.0),
    "narrow valley, 1 and 50": (1.0, 50.0),
}
# The limits 1, 0.2 and 0.04 are among the rates, and so are their neighbors.
_DIGITS = (1, 1.2, 1.5, 1.8, 1.9, 2, 2.1, 2.5, 3, 3.5, 3.9, 4, 4.1, 5, 6, 7, 8, 9, 9.5)
RATES = [float(f"{d}e{power}") for power in range(-3, 2) for d in _DIGITS] + [100.0]
_START = (-1.5, 1.0)


def learning_rate(surface: str = "one weight, curvature 2", lr: float = 0.1) -> Explorer:
    """Choose a learning rate on a log scale and see what a hundred steps make of it.

    Parameters
    ----------
    surface : str
        The surface to begin with, a key of ``SURFACES``.
    lr : float
        The rate to begin with, one of ``RATES``.

    Raises
    ------
    ValueError
        If there is no such surface or rate.
    """
    one_of("surface", surface, SURFACES)
    if lr not in RATES:
        raise ValueError(f"lr must be one of RATES, such as 0.1 or 0.25, but is {lr!r}")
    data = {
        "surfaces": SURFACES,
        "surface": surface,
        "lr": lr,
        "rates": RATES,
        "start": _START,
        "beta": 0.0,
        "steps": STEPS,
    }
    return Explorer("learning_rate", "Learning-rate explorer", _still(), data)


def _still() -> Picture:
    """Draw the zones of three surfaces, with one rate among them."""
    shown = ("one weight, curvature 2", "valley, 1 and 10", "narrow valley, 1 and 50")
    fig, axes = canvas(3, 1, size=(8, 5.6))
    alts = []
    for ax, name in zip(axes, shown, strict=True):
        alts.append(f"{name}: {rate_zones(ax, SURFACES[name], STEPS, 0.05)}")
        ax.set_title(name, loc="right")
    return Picture(fig, " ".join(alts))
