"""The perceptron explorer of module 01: two weights, a bias, and a gate to learn."""

import numpy as np

from helpers.explorers.explorer import Explorer
from helpers.figures import canvas, decision_line
from helpers.figures.base import Picture, one_of
from helpers.reference.data import gate

LR = 0.25
GATES = ("AND", "OR", "NAND", "NOR", "XOR")
LIMITS = (-0.6, 1.6)  # of both axes
MOST_UPDATES = 60  # 59 are enough for every gate that has a line, from every start
_STARTS = 20


def perceptron(gate_name: str = "AND", seed: int = 1958) -> Explorer:
    """Move the decision line by hand, or let the learning rule move it.

    Weights are multiples of 1/4, so that a point on the line is exactly on it.

    Parameters
    ----------
    gate_name : str
        The gate to begin with: ``"AND"``, ``"OR"``, ``"NAND"``, ``"NOR"`` or ``"XOR"``.
    seed : int
        Where "New start" draws its weights from.

    Raises
    ------
    ValueError
        If the explorer has no such gate.
    """
    X, _ = gate(one_of("gate_name", gate_name, GATES))
    data = {
        "gate": gate_name,
        "gates": {name: gate(name)[1] for name in GATES},
        "X": X,
        "w": [1.0, 1.0],
        "b": -0.5,
        "lr": LR,
        "limits": LIMITS,
        "starts": np.random.default_rng(seed).integers(-8, 9, (_STARTS, 3)) / 4,
        "most": MOST_UPDATES,
    }
    return Explorer("perceptron", "Perceptron explorer", _still(), data)


def _still() -> Picture:
    """Draw three settings side by side."""
    settings = [("AND", [1, 1], -1.5), ("NAND", [1, 1], -1.5), ("XOR", [1, -1], -0.5)]
    fig, axes = canvas(1, 3, size=(10, 3.6))
    drawn = zip(axes, settings, strict=True)
    alts = [decision_line(ax, w, b, *gate(name), name) for ax, (name, w, b) in drawn]
    return Picture(fig, " ".join(alts))
