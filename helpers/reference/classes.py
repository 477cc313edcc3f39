"""More than two classes: one-hot labels, softmax at the end, and counting who is taken for whom.

The network is that of `forward`, with k outputs and a softmax in place of the sigmoid.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate
from helpers.reference.backward_pass import as_caches, as_grads, backward_deep, checked_targets
from helpers.reference.forward_pass import as_layers, forward


def one_hot(labels: ArrayLike, k: int) -> np.ndarray:
    """Make a row for each label: a 1 in the place of its class, 0 elsewhere.

    Parameters
    ----------
    labels : array (m,) of whole numbers 0 … k − 1
    k : int, at least 1, the number of classes

    Returns
    -------
    array (m, k)

    Raises
    ------
    ValueError
        If a label is no class, there are none, or k is not a positive whole number.

    Examples
    --------
    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    return np.eye(_validate.positive_int("k", k))[_classes("labels", labels, k)]


def forward_classes(
    X: ArrayLike, params: Mapping[str, ArrayLike]
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Run a network of one hidden layer: ReLU, then softmax over each row.

    Parameters
    ----------
    X : array (m, n)
    params : dict ``W1 b1 W2 b2``, biases (1, n) or (n,); more keys are ignored

    Returns
    -------
    P : array (m, k), the probabilities of the classes
    cache : dict ``Z1 A1 Z2 A2``; A2 is P

    Raises
    ------
    ValueError
        As for `forward`.

    Examples
    --------
    >>> params = {"W1": np.eye(2), "b1": [[0, 0]], "W2": np.eye(2), "b2": [[0, 0]]}
    >>> forward_classes([[1000.0, 0.0], [1.0, 1.0]], params)[0]
    array([[1. , 0. ],
           [0.5, 0.5]])
    """
    return forward(X, _two_layers(params), output="softmax")


def softmax_error(P: ArrayLike, Y: ArrayLike) -> np.ndarray:
    """Return the error before a softmax with cross-entropy, per example: P − Y.

    Parameters
    ----------
    P : array (m, k), probabilities
    Y : array (m, k), one-hot rows

    Returns
    -------
    dZ2 : array (m, k)

    Raises
    ------
    ValueError
        If the shapes differ, a row of Y is not one-hot, an array is empty or not finite.

    Notes
    -----
    The gradient of log Σⱼ e^(zⱼ) with respect to z is softmax(z).

    Examples
    --------
    >>> softmax_error([[0.25, 0.75]], [[0, 1]])
    array([[ 0.25, -0.25]])
    """
    P = _validate.floats("P", P, ndim=2)
    return P - checked_targets("Y", Y, "cross_entropy", P.shape)


def backward_classes(
    X: ArrayLike,
    Y: ArrayLike,
    params: Mapping[str, ArrayLike],
    cache: Mapping[str, ArrayLike],
) -> dict[str, np.ndarray]:
    """Compute the gradients of the mean cross-entropy: ReLU, then softmax.

    Parameters
    ----------
    X : array (m, n)
    Y : array (m, k), one-hot rows
    params : dict ``W1 b1 W2 b2``, as for `forward_classes`
    cache : dict ``Z1 A1 Z2 A2``, from `forward_classes`

    Returns
    -------
    dict ``dW1 db1 dW2 db2``

    Raises
    ------
    ValueError
        As for `backward_deep`; also if the cache misses an entry.

    Examples
    --------
    >>> params = {"W1": [[1.0]], "b1": [[0.0]], "W2": [[0.0, 0.0]], "b2": [[0.0, 0.0]]}
    >>> _, cache = forward_classes([[2.0]], params)
    >>> backward_classes([[2.0]], [[1, 0]], params, cache)["dW2"]
    array([[-1.,  1.]])
    """
    layers = as_layers(_two_layers(params), output="softmax")
    caches = as_caches(cache, len(layers))
    return as_grads(backward_deep(X, Y, layers, caches, loss="cross_entropy"))


def predict_classes(P: ArrayLike) -> np.ndarray:
    """Return the class of the largest entry of each row; of equal ones the first.

    Parameters
    ----------
    P : array (m, k), probabilities or logits

    Returns
    -------
    array (m,) of int

    Raises
    ------
    ValueError
        If P is not two-dimensional, is empty or not finite.

    Examples
    --------
    >>> predict_classes([[0.2, 0.7, 0.1], [0.5, 0.3, 0.2]])
    array([1, 0])
    """
    return _validate.floats("P", P, ndim=2).argmax(axis=1)


def confusion_matrix(y: ArrayLike, predicted: ArrayLike, k: int) -> np.ndarray:
    """Count how often each class is taken for each: row true class, column prediction.

    Parameters
    ----------
    y, predicted : arrays (m,) of whole numbers 0 … k − 1
    k : int, at least 1, the number of classes

    Returns
    -------
    array (k, k) of int; the right answers stand on the diagonal

    Raises
    ------
    ValueError
        If the lengths differ, a label is no class, there are none, or k is not a positive whole
        number.

    Examples
    --------
    >>> confusion_matrix([0, 1, 1, 1], [0, 1, 1, 0], 2)
    array([[1, 0],
           [1, 2]])
    """
    k = _validate.positive_int("k", k)
    y, predicted = _classes("y", y, k), _classes("predicted", predicted, k)
    _validate.shape("predicted", predicted, y.shape)
    return np.bincount(k * y + predicted, minlength=k * k).reshape(k, k)


def _two_layers(params: Mapping[str, ArrayLike]) -> dict[str, ArrayLike]:
    """Return the four parameters alone, biases as rows."""
    missing = [key for key in ("W1", "b1", "W2", "b2") if key not in params]
    if missing:
        raise ValueError(f"params must hold W1, b1, W2 and b2, but misses {missing}.")
    rows = {key: np.atleast_2d(params[key]) for key in ("b1", "b2")}
    return {"W1": params["W1"], "W2": params["W2"], **rows}


def _classes(name: str, labels: ArrayLike, k: int) -> np.ndarray:
    """Return labels as integers, if each is a class from 0 to k − 1."""
    given = _validate.floats(name, labels, ndim=1)
    wrong = given[(given != np.floor(given)) | (given < 0) | (given >= k)]
    if wrong.size:
        raise ValueError(
            f"{name} must be classes, whole numbers from 0 to {k - 1}, but one is {wrong[0]:g}. "
            "Is k the number of classes?"
        )
    return given.astype(int)
