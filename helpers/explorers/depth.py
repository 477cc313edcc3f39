"""The depth explorer of module 02: what is left of a gradient after many layers."""

from helpers.explorers.explorer import Explorer
from helpers.figures import canvas, gradient_by_depth
from helpers.figures.activations import activation_label
from helpers.figures.base import Picture

NAMES = ("sigmoid", "tanh", "relu", "leaky_relu")
LEAK = 0.01
MOST = 4.0
DEEPEST = 30


def depth(z: float = 0.0, depth: int = 1) -> Explorer:
    """Move the depth and the input; see how much of a gradient is left.

    Parameters
    ----------
    z : float
        The pre-activation to begin with, from -4 to 4.
    depth : int
        The number of layers to begin with, from 1 to 30.

    Raises
    ------
    ValueError
        If one of them lies outside.
    """
    if not -MOST <= z <= MOST:
        raise ValueError(f"z must lie between {-MOST:g} and {MOST:g}, but is {z!r}")
    if depth not in range(1, DEEPEST + 1):
        raise ValueError(f"depth must be a whole number from 1 to {DEEPEST}, but is {depth!r}")
    fig, axes = canvas(1, 3, size=(10.5, 4.8), sharey=True)
    pairs = zip(axes, (0.0, 2.0, -2.0), strict=True)
    alts = [gradient_by_depth(ax, at, 10, NAMES) for ax, at in pairs]
    data = {
        "z": float(z),
        "depth": depth,
        "names": NAMES,
        "labels": [activation_label(name, LEAK).split(" (")[0] for name in NAMES],
        "leak": LEAK,
    }
    return Explorer("depth", "Depth explorer", Picture(fig, " ".join(alts)), data)
