"""The explorer of two layers: two lines among the inputs, one in the hidden layer."""

from helpers.explorers.explorer import Explorer
from helpers.figures import canvas
from helpers.figures import xor_layers as draw_xor_layers
from helpers.figures.base import Picture
from helpers.reference.data import gate

LIMITS = (-0.6, 1.6)  # of all axes
_OR, _NAND, _AND = ([1.0, 1.0], -0.5), ([-1.0, -1.0], 1.5), ([1.0, 1.0], -1.5)
_START = (([1.0, 0.0], -0.5), ([0.0, 1.0], -0.5), _AND)


def xor_layers() -> Explorer:
    """Move two hidden lines and the line of the output until XOR is right."""
    X, y = gate("XOR")
    data = {
        "X": X.astype(int),
        "y": y,
        "start": [{"w": w, "b": b} for w, b in _START],
        "solution": [{"w": w, "b": b} for w, b in (_OR, _NAND, _AND)],
        "limits": LIMITS,
    }
    fig, axes = canvas(1, 2, size=(9, 4.2))
    still = Picture(fig, draw_xor_layers(axes))
    return Explorer("xor_layers", "Two-layer explorer", still, data)
