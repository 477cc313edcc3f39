"""Activation functions and their slopes: stable and silent for every finite input."""

import numpy as np
from numpy.typing import ArrayLike


def step(z: ArrayLike) -> np.ndarray:
    """Fire or stay silent: 1 where z > 0, else 0.

    Parameters
    ----------
    z : array of any shape

    Returns
    -------
    array of int, shape of z

    Notes
    -----
    Rosenblatt, "The perceptron" (1958).

    Examples
    --------
    >>> step([-0.1, 0.0, 0.1])
    array([0, 0, 1])
    """
    return (np.asarray(z) > 0).astype(int)
