"""Bring columns to one scale, by the training data's measure."""

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate
from helpers.reference.forward_pass import checked_inputs


def fit_scaler(X: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Measure the mean and spread of each column.

    Parameters
    ----------
    X : array (m, n)

    Returns
    -------
    (mean, std) : arrays (1, n); population std, 1 for a constant column

    Raises
    ------
    ValueError
        If X is not two-dimensional, is empty or not finite.

    Examples
    --------
    >>> fit_scaler([[1.0, 5.0], [3.0, 5.0]])
    (array([[2., 5.]]), array([[1., 1.]]))
    """
    X = _validate.floats("X", X, ndim=2)
    constant = X.max(axis=0, keepdims=True) == X.min(axis=0, keepdims=True)
    return X.mean(axis=0, keepdims=True), np.where(constant, 1.0, X.std(axis=0, keepdims=True))


def scale(X: ArrayLike, scaler: tuple[ArrayLike, ArrayLike]) -> np.ndarray:
    """Center and shrink columns with a scaler from `fit_scaler`, that of the training data.

    Parameters
    ----------
    X : array (m, n)
    scaler : (mean, std), arrays (1, n)

    Returns
    -------
    array (m, n)

    Raises
    ------
    ValueError
        If the shapes do not fit, an array is empty or not finite.

    Examples
    --------
    >>> scale([[5.0, 5.0]], ([[2.0, 5.0]], [[1.0, 1.0]]))
    array([[3., 0.]])
    """
    mean, std = (_validate.floats("scaler", part, ndim=2) for part in scaler)
    X = checked_inputs("X", X, mean.shape[1])
    _validate.shape("scaler", std, mean.shape)
    return (X - mean) / std
