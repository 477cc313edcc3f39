"""The shapes explorer of module 00: whether X @ W + b works, and what comes out."""

from helpers.explorers.explorer import Explorer
from helpers.figures import canvas, layer_shapes
from helpers.figures.base import Picture

MOST = 6  # rows or columns


def shapes(m: int = 5, n_in: int = 3, n_out: int = 2) -> Explorer:
    """Drag the edges of X and W; see the shapes of X, W, b and Z, and whether they fit.

    Parameters
    ----------
    m, n_in, n_out : int
        The sizes to begin with, from 1 to 6: examples, inputs and outputs.

    Raises
    ------
    ValueError
        If one of them is not.
    """
    sizes = {"m": m, "n_in": n_in, "n_out": n_out}
    for name, size in sizes.items():
        if size not in range(1, MOST + 1):
            raise ValueError(f"{name} must be a whole number from 1 to {MOST}, but is {size!r}")
    fig, axes = canvas(1, 3, size=(11, 3))
    settings = [((3, 2), (1, 2)), ((2, 3), (1, 2)), ((3, 2), (5, 1))]
    pairs = zip(axes, settings, strict=True)
    alts = [layer_shapes(ax, 5, w_shape, 3, b_shape) for ax, (w_shape, b_shape) in pairs]
    data = {**sizes, "w": "(n_in, n_out)", "b": "(1, n_out)"}
    return Explorer("shapes", "Shapes explorer", Picture(fig, " ".join(alts)), data)
