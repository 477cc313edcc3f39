"""Loss functions and their derivatives.

A loss is a mean over the m examples; where a network has several outputs, the loss of one example
is the sum over them. A derivative is per example: the 1/m enters where the examples are averaged.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate
from helpers.reference.activations import ACTIVATIONS, sigmoid


@np.errstate(over="ignore", invalid="ignore")  # divergence is silent
def half_squared_error(y: ArrayLike, a: ArrayLike) -> float:
    """Mean of ½(a − y)².

    Parameters
    ----------
    y : array (m, n_out) or (m,), any numbers
    a : array, shape of y

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ, an array is empty or not finite.

    Notes
    -----
    Least squares (Legendre, 1805); the ½ cancels the 2 of the derivative.

    Examples
    --------
    >>> half_squared_error([[1], [0]], [[0.5], [1.0]])
    0.3125
    """
    y, a = _pair(y, a)
    return _mean(0.5 * (a - y) ** 2)


def half_squared_error_derivative(y: ArrayLike, a: ArrayLike) -> np.ndarray:
    """Differentiate ½(a − y)² with respect to a, per example.

    Parameters
    ----------
    y : array (m, n_out) or (m,)
    a : array, shape of y

    Returns
    -------
    array, shape of y

    Raises
    ------
    ValueError
        As for `half_squared_error`.

    Examples
    --------
    >>> half_squared_error_derivative([1.0, 0.0], [0.5, 1.0])
    array([-0.5,  1. ])
    """
    y, a = _pair(y, a)
    return a - y


def bce(y: ArrayLike, a: ArrayLike, eps: float = 1e-12) -> float:
    """Binary cross-entropy: mean of −(y·log a + (1 − y)·log(1 − a)).

    Parameters
    ----------
    y : array (m, n_out) or (m,) of 0 and 1
    a : array, shape of y, probabilities
    eps : float, a is clipped to [eps, 1 − eps] so that log 0 never happens

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ, a label is not 0 or 1, a probability is outside [0, 1] or eps is
        outside (0, 0.5).

    Notes
    -----
    The surprise, in nats, at the true label (Shannon, 1948). Prefer `bce_from_logits` where the
    logits are at hand: clipping caps the loss at −log eps.

    Examples
    --------
    >>> round(bce([[1], [0]], [[0.5], [0.5]]), 4)
    0.6931
    """
    y, a = _pair(y, a)
    _validate.labels("y", y)
    _probabilities(a)
    if not 0 < eps < 0.5:
        raise ValueError(f"eps must lie between 0 and 0.5, both excluded, but is {eps!r}.")
    a = np.clip(a, eps, 1 - eps)
    return _mean(-(y * np.log(a) + (1 - y) * np.log(1 - a)))


def bce_derivative(y: ArrayLike, a: ArrayLike) -> np.ndarray:
    """Differentiate the binary cross-entropy with respect to a, per example.

    Parameters
    ----------
    y : array (m, n_out) or (m,) of 0 and 1
    a : array, shape of y, strictly between 0 and 1

    Returns
    -------
    array, shape of y: (a − y) / (a(1 − a))

    Raises
    ------
    ValueError
        If the shapes differ, a label is not 0 or 1, or a probability is not inside (0, 1).

    Examples
    --------
    >>> bce_derivative([1.0, 0.0], [0.5, 0.75])
    array([-2.,  4.])
    """
    y, a = _pair(y, a)
    _validate.labels("y", y)
    outside = a[(a <= 0) | (a >= 1)]
    if outside.size:
        raise ValueError(f"a must lie strictly between 0 and 1, but contains {outside[0]:g}.")
    return (a - y) / (a * (1 - a))


def bce_from_logits(y: ArrayLike, z: ArrayLike) -> float:
    """Binary cross-entropy of σ(z), without ever computing σ(z).

    Parameters
    ----------
    y : array (m, n_out) or (m,) of 0 and 1
    z : array, shape of y, any numbers

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ, a label is not 0 or 1, an array is empty or not finite.

    Notes
    -----
    The surprise at a 1 is log(1 + e^−z), at a 0 it is log(1 + e^z), and
    log(1 + e^z) = max(z, 0) + log(1 + e^−|z|), where nothing can overflow.

    Examples
    --------
    >>> bce_from_logits([[1], [0]], [[-1000.0], [-1000.0]])
    500.0
    """
    y, z = _pair(y, z, second="z")
    return _bce_from_logits(_validate.labels("y", y), z)


def bce_from_logits_derivative(y: ArrayLike, z: ArrayLike) -> np.ndarray:
    """Differentiate the binary cross-entropy by the logit: σ(z) − y, per example.

    Parameters
    ----------
    y : array (m, n_out) or (m,) of 0 and 1
    z : array, shape of y

    Returns
    -------
    array, shape of y

    Raises
    ------
    ValueError
        As for `bce_from_logits`.

    Examples
    --------
    >>> bce_from_logits_derivative([1.0, 0.0], [0.0, 0.0])
    array([-0.5,  0.5])
    """
    y, z = _pair(y, z, second="z")
    return sigmoid(z) - _validate.labels("y", y)


def cross_entropy(Y: ArrayLike, P: ArrayLike) -> float:
    """Cross-entropy over k classes: mean of −log of the true class's probability.

    Parameters
    ----------
    Y : array (m, k), one-hot rows
    P : array (m, k), each above 0

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ, a row of Y is not one-hot, or a probability is not in (0, 1].

    Examples
    --------
    >>> round(cross_entropy([[1, 0], [0, 1]], [[0.5, 0.5], [0.75, 0.25]]), 4)
    1.0397
    """
    Y, P = _class_pair(Y, P)
    return _mean(-Y * np.log(P))


def cross_entropy_derivative(Y: ArrayLike, P: ArrayLike) -> np.ndarray:
    """Differentiate the cross-entropy with respect to P: −Y / P, per example.

    Parameters
    ----------
    Y : array (m, k), one-hot rows
    P : array (m, k), each above 0

    Returns
    -------
    array (m, k)

    Raises
    ------
    ValueError
        As for `cross_entropy`.

    Examples
    --------
    >>> cross_entropy_derivative([[1, 0]], [[0.5, 0.5]])
    array([[-2., -0.]])
    """
    Y, P = _class_pair(Y, P)
    return -Y / P


def cross_entropy_from_logits(Y: ArrayLike, Z: ArrayLike) -> float:
    """Cross-entropy of softmax(Z), stable however large the scores.

    Parameters
    ----------
    Y : array (m, k), one-hot rows
    Z : array (m, k), any numbers

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the shapes differ, a row of Y is not one-hot, or Z is not finite.

    Notes
    -----
    −log softmax(z)ᵢ = log Σⱼ e^(zⱼ − max z) − (zᵢ − max z).

    Examples
    --------
    >>> cross_entropy_from_logits([[1, 0]], [[-1000.0, 1000.0]])
    2000.0
    """
    Y, Z = _pair(Y, Z, "Y", "Z")
    return _cross_entropy_from_logits(_validate.one_hot("Y", Y), Z)


class Loss(NamedTuple):
    """What training needs of a loss: its value and the error dZ of the output layer."""

    value: Callable[[np.ndarray, np.ndarray, np.ndarray], float]  # of (y, Z, A)
    error: Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]  # per example, of (y, Z, A)


def network_loss(loss: str, output: str) -> Loss:
    """Pair a loss with the activation of the output layer.

    Parameters
    ----------
    loss : "bce", "cross_entropy" or "half_squared_error"
    output : the activation of the output layer

    Returns
    -------
    Loss

    Raises
    ------
    ValueError
        If the loss is unknown or does not go with the output: BCE needs a sigmoid, cross-entropy
        a softmax, the squared error anything but a softmax.

    Notes
    -----
    Behind its own activation, cross-entropy has the error A − y: the slope of the activation
    cancels. Squared error keeps that slope, which is why it learns slowly where σ is flat.

    Examples
    --------
    >>> network_loss("bce", "relu")
    Traceback (most recent call last):
    ValueError: loss 'bce' needs the output 'sigmoid', but the output is 'relu'.
    """
    _validate.choice("loss", loss, OUTPUTS)
    if loss == "half_squared_error":
        slope = ACTIVATIONS[_validate.choice("output", output, ACTIVATIONS)].slope
        return Loss(
            lambda y, Z, A: _mean(0.5 * (A - y) ** 2),  # noqa: ARG005
            lambda y, Z, A: (A - y) * slope(Z),
        )
    if output != OUTPUTS[loss]:
        raise ValueError(
            f"loss {loss!r} needs the output {OUTPUTS[loss]!r}, but the output is {output!r}."
        )
    value = _bce_from_logits if loss == "bce" else _cross_entropy_from_logits
    return Loss(
        lambda y, Z, A: value(y, Z),  # noqa: ARG005
        lambda y, Z, A: A - y,  # noqa: ARG005
    )


# The output that each loss was made for.
OUTPUTS = {"bce": "sigmoid", "cross_entropy": "softmax", "half_squared_error": "linear"}


def _bce_from_logits(y: np.ndarray, z: np.ndarray) -> float:
    return _mean(surprise(y, z))


def surprise(y: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Return the binary cross-entropy of each logit: log(1 + e^−z) at a 1, log(1 + e^z) at a 0.

    Examples
    --------
    >>> surprise(np.array([1, 0]), np.array([1000.0, 1000.0]))
    array([   0., 1000.])
    """
    s = np.where(y == 1, -z, z)
    return np.maximum(s, 0.0) + np.log1p(np.exp(-np.abs(s)))  # e^s itself would overflow


def _cross_entropy_from_logits(Y: np.ndarray, Z: np.ndarray) -> float:
    Z = Z - Z.max(axis=-1, keepdims=True)
    return _mean(np.log(np.exp(Z).sum(axis=-1)) - np.sum(Y * Z, axis=-1))


def _mean(losses: np.ndarray) -> float:
    """Average over the examples (rows), summing over the outputs of each."""
    return float(losses.sum() / (len(losses) if losses.ndim else 1))


def _pair(
    first: ArrayLike, second_value: ArrayLike, name: str = "y", second: str = "a"
) -> tuple[np.ndarray, np.ndarray]:
    first = _validate.floats(name, first)
    second_value = _validate.floats(second, second_value)
    if first.shape != second_value.shape:  # (m,) against (m, 1) would broadcast to (m, m)
        raise ValueError(
            f"{second} must have the shape of {name}, {first.shape}, but has {second_value.shape}."
        )
    return first, second_value


def _class_pair(Y: ArrayLike, P: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    Y, P = _pair(Y, P, "Y", "P")
    _validate.one_hot("Y", Y)
    _probabilities(P, "P")
    if (P == 0).any():
        raise ValueError("P must be above 0; for logits use cross_entropy_from_logits.")
    return Y, P


def _probabilities(a: np.ndarray, name: str = "a") -> None:
    outside = a[(a < 0) | (a > 1)]
    if outside.size:
        raise ValueError(f"{name} must lie between 0 and 1, but contains {outside[0]:g}.")
