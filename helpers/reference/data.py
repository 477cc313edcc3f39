"""The course's small data sets. Random ones take the generator they draw from."""

import numpy as np

from helpers.reference import _validate

# The answers to the inputs 00, 01, 10, 11; read as binary digits they count from 0 to 15.
GATES: dict[str, tuple[int, int, int, int]] = {
    "FALSE": (0, 0, 0, 0),
    "AND": (0, 0, 0, 1),
    "X1 AND NOT X2": (0, 0, 1, 0),
    "X1": (0, 0, 1, 1),
    "X2 AND NOT X1": (0, 1, 0, 0),
    "X2": (0, 1, 0, 1),
    "XOR": (0, 1, 1, 0),
    "OR": (0, 1, 1, 1),
    "NOR": (1, 0, 0, 0),
    "XNOR": (1, 0, 0, 1),
    "NOT X2": (1, 0, 1, 0),
    "X1 OR NOT X2": (1, 0, 1, 1),
    "NOT X1": (1, 1, 0, 0),
    "X2 OR NOT X1": (1, 1, 0, 1),
    "NAND": (1, 1, 1, 0),
    "TRUE": (1, 1, 1, 1),
}


def gate_inputs() -> np.ndarray:
    """Return the four inputs of a two-input gate, (4, 2), in the order 00, 01, 10, 11.

    Examples
    --------
    >>> gate_inputs().tolist()
    [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    """
    return np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


def gate(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the truth table of a two-input gate.

    Parameters
    ----------
    name : a key of ``GATES``

    Returns
    -------
    X : array (4, 2)
    y : array (4,) of int

    Raises
    ------
    ValueError
        If there is no gate of that name.

    Examples
    --------
    >>> gate("NAND")[1]
    array([1, 1, 1, 0])
    """
    _validate.choice("name", name, GATES)
    return gate_inputs(), np.array(GATES[name])
