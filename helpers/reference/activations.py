"""Activation functions and their slopes.

Each takes the pre-activation ``z``, of any shape, and is stable and silent far out (±1000).
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate


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
    The threshold unit of McCulloch and Pitts (1943) and of Rosenblatt's perceptron (1958).

    Examples
    --------
    >>> step([-0.1, 0.0, 0.1])
    array([0, 0, 1])
    """
    return (np.asarray(z) > 0).astype(int)


def sigmoid(z: ArrayLike) -> np.ndarray:
    """Squash into (0, 1): σ(z) = 1 / (1 + e^−z).

    Parameters
    ----------
    z : array of any shape

    Returns
    -------
    array of float, shape of z

    Notes
    -----
    The logistic function (Verhulst, 1845).

    Examples
    --------
    >>> sigmoid([-1000.0, 0.0, 1000.0]).round(3)
    array([0. , 0.5, 1. ])
    """
    # e^709 is the last power of e that a float holds; beyond it σ is 0 to 307 decimals.
    return 1.0 / (1.0 + np.exp(np.minimum(np.negative(z), 709.0)))


def sigmoid_derivative(z: ArrayLike) -> np.ndarray:
    """Slope of the sigmoid: σ(z)(1 − σ(z)).

    Parameters
    ----------
    z : array of any shape, the pre-activation

    Returns
    -------
    array of float, shape of z

    Notes
    -----
    Written with e^−|z|, because 1 − σ(z) has no digits left once σ(z) rounds to 1.

    Examples
    --------
    >>> sigmoid_derivative([-1000.0, 0.0, 1000.0])
    array([0.  , 0.25, 0.  ])
    """
    e = np.exp(-np.abs(z))
    return e / (1.0 + e) ** 2


def tanh(z: ArrayLike) -> np.ndarray:
    """Squash into (−1, 1): tanh(z) = 2σ(2z) − 1.

    Parameters
    ----------
    z : array of any shape

    Returns
    -------
    array of float, shape of z

    Notes
    -----
    Recommended for hidden layers by LeCun et al., "Efficient BackProp" (1998).

    Examples
    --------
    >>> tanh([-1.0, 0.0, 1.0]).round(3)
    array([-0.762,  0.   ,  0.762])
    """
    return np.tanh(z)


def tanh_derivative(z: ArrayLike) -> np.ndarray:
    """Slope of tanh: 1 − tanh²(z) = 1 / cosh²(z).

    Parameters
    ----------
    z : array of any shape, the pre-activation

    Returns
    -------
    array of float, shape of z

    Notes
    -----
    Written with e^−|z|, because 1 − tanh²(z) has no digits left once tanh rounds to 1.

    Examples
    --------
    >>> tanh_derivative([-1000.0, 0.0, 1000.0])
    array([0., 1., 0.])
    """
    e = np.exp(-np.abs(z))
    return (2.0 * e / (1.0 + e * e)) ** 2


def relu(z: ArrayLike) -> np.ndarray:
    """Keep what is positive: max(0, z).

    Parameters
    ----------
    z : array of any shape

    Returns
    -------
    array of float, shape of z

    Notes
    -----
    Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines" (2010).

    Examples
    --------
    >>> relu([-2.0, 0.0, 2.0])
    array([0., 0., 2.])
    """
    return np.maximum(z, 0.0)


def relu_derivative(z: ArrayLike) -> np.ndarray:
    """Slope of ReLU: 1 where z > 0, else 0, also at z = 0.

    Parameters
    ----------
    z : array of any shape, the pre-activation

    Returns
    -------
    array of float, shape of z

    Notes
    -----
    At 0 any slope in [0, 1] would do (a subgradient); 0 is the common choice.

    Examples
    --------
    >>> relu_derivative([-2.0, 0.0, 2.0])
    array([0., 0., 1.])
    """
    return np.heaviside(z, 0.0)


def leaky_relu(z: ArrayLike, alpha: float = 0.01) -> np.ndarray:
    """Let a little through on the negative side: z where z > 0, else αz.

    Parameters
    ----------
    z : array of any shape
    alpha : float between 0 and 1, both excluded

    Returns
    -------
    array of float, shape of z

    Raises
    ------
    ValueError
        If alpha is outside (0, 1).

    Notes
    -----
    Maas et al., "Rectifier nonlinearities improve neural network acoustic models" (2013).

    Examples
    --------
    >>> leaky_relu([-2.0, 0.0, 2.0], alpha=0.1)
    array([-0.2,  0. ,  2. ])
    """
    alpha = _leak(alpha)
    return np.maximum(z, alpha * np.asarray(z))  # below 0, αz is the larger one


def leaky_relu_derivative(z: ArrayLike, alpha: float = 0.01) -> np.ndarray:
    """Slope of the leaky ReLU: 1 where z > 0, else α, also at z = 0.

    Parameters
    ----------
    z : array of any shape, the pre-activation
    alpha : float between 0 and 1, both excluded

    Returns
    -------
    array of float, shape of z

    Raises
    ------
    ValueError
        If alpha is outside (0, 1).

    Notes
    -----
    Maas et al. (2013).

    Examples
    --------
    >>> leaky_relu_derivative([-2.0, 0.0, 2.0], alpha=0.1)
    array([0.1, 0.1, 1. ])
    """
    return np.where(np.asarray(z) > 0, 1.0, _leak(alpha))


def elu(z: ArrayLike, alpha: float = 1.0) -> np.ndarray:
    """Bend smoothly toward −α: z where z > 0, else α(e^z − 1).

    Parameters
    ----------
    z : array of any shape
    alpha : float, above 0

    Returns
    -------
    array of float, shape of z

    Raises
    ------
    ValueError
        If alpha is not positive.

    Notes
    -----
    Clevert et al., "Fast and accurate deep network learning by exponential linear units" (2015).

    Examples
    --------
    >>> elu([-1000.0, 0.0, 2.0])
    array([-1.,  0.,  2.])
    """
    alpha = _validate.positive("alpha", alpha)
    # np.where computes both sides: without the minimum, e^z would overflow where z is large.
    return np.where(np.asarray(z) > 0, z, alpha * np.expm1(np.minimum(z, 0.0)))


def elu_derivative(z: ArrayLike, alpha: float = 1.0) -> np.ndarray:
    """Slope of the ELU: 1 where z > 0, else αe^z.

    Parameters
    ----------
    z : array of any shape, the pre-activation
    alpha : float, above 0

    Returns
    -------
    array of float, shape of z

    Raises
    ------
    ValueError
        If alpha is not positive.

    Notes
    -----
    Clevert et al. (2015).

    Examples
    --------
    >>> elu_derivative([-1000.0, 0.0, 2.0])
    array([0., 1., 1.])
    """
    alpha = _validate.positive("alpha", alpha)
    return np.where(np.asarray(z) > 0, 1.0, alpha * np.exp(np.minimum(z, 0.0)))


def gelu(z: ArrayLike) -> np.ndarray:
    """Round the corner of ReLU: z·Φ(z), with Φ the share of a normal distribution below z.

    Parameters
    ----------
    z : array of any shape

    Returns
    -------
    array of float, shape of z

    Notes
    -----
    Hendrycks and Gimpel, "Gaussian error linear units" (2016): the exact form, not the one with
    tanh.

    Examples
    --------
    >>> gelu([-2.0, 0.0, 2.0]).round(3)
    array([-0.046,  0.   ,  1.954])
    """
    return np.multiply(z, _normal_share(z))


def gelu_derivative(z: ArrayLike) -> np.ndarray:
    """Slope of the GELU: Φ(z) + z·φ(z), with φ(z) = e^(−z²/2) / √(2π).

    Parameters
    ----------
    z : array of any shape, the pre-activation

    Returns
    -------
    array of float, shape of z

    Notes
    -----
    Hendrycks and Gimpel (2016).

    Examples
    --------
    >>> gelu_derivative([-2.0, 0.0, 2.0]).round(3)
    array([-0.085,  0.5  ,  1.085])
    """
    bell = np.exp(-0.5 * np.square(z)) / math.sqrt(2.0 * math.pi)
    return _normal_share(z) + np.multiply(z, bell)


def silu(z: ArrayLike) -> np.ndarray:
    """Round the corner of ReLU with a sigmoid: z·σ(z). Also called swish.

    Parameters
    ----------
    z : array of any shape

    Returns
    -------
    array of float, shape of z

    Notes
    -----
    Elfwing, Uchibe and Doya (2017); Ramachandran, Zoph and Le, "Searching for activation
    functions" (2017), who call it swish.

    Examples
    --------
    >>> silu([-2.0, 0.0, 2.0]).round(3)
    array([-0.238,  0.   ,  1.762])
    """
    return np.multiply(z, sigmoid(z))


def silu_derivative(z: ArrayLike) -> np.ndarray:
    """Slope of the SiLU: σ(z) + z·σ(z)(1 − σ(z)).

    Parameters
    ----------
    z : array of any shape, the pre-activation

    Returns
    -------
    array of float, shape of z

    Notes
    -----
    Elfwing, Uchibe and Doya (2017).

    Examples
    --------
    >>> silu_derivative([-2.0, 0.0, 2.0]).round(3)
    array([-0.091,  0.5  ,  1.091])
    """
    return sigmoid(z) + np.multiply(z, sigmoid_derivative(z))


def softmax(logits: ArrayLike, temperature: float = 1.0) -> np.ndarray:
    """Turn scores into probabilities that sum to 1 along the last axis.

    Parameters
    ----------
    logits : array (..., k)
    temperature : float, above 0; low sharpens, high flattens

    Returns
    -------
    array of float (..., k)

    Raises
    ------
    ValueError
        If the logits are a single number or the temperature is not positive.

    Notes
    -----
    Bridle (1990); the temperature is Boltzmann's. Subtracting the largest score changes no
    probability and keeps e^z from overflowing.

    Examples
    --------
    >>> softmax([2.0, 1.0, 0.1]).round(3)
    array([0.659, 0.242, 0.099])
    """
    logits = np.asarray(logits, dtype=float)
    if logits.ndim == 0 or logits.shape[-1] == 0:
        raise ValueError(
            f"logits must have at least one score per example, but have shape {logits.shape}."
        )
    temperature = _validate.positive("temperature", temperature)
    e = np.exp((logits - logits.max(axis=-1, keepdims=True)) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


def softmax_derivative(logits: ArrayLike, temperature: float = 1.0) -> np.ndarray:
    """Slopes of every probability with respect to every score.

    Parameters
    ----------
    logits : array (..., k)
    temperature : float, above 0

    Returns
    -------
    array of float (..., k, k), ``[..., i, j]`` is ∂pᵢ/∂zⱼ = pᵢ(δᵢⱼ − pⱼ) / temperature

    Raises
    ------
    ValueError
        As for `softmax`.

    Notes
    -----
    Bridle (1990), by the quotient rule.

    Examples
    --------
    >>> softmax_derivative([0.0, 0.0])
    array([[ 0.25, -0.25],
           [-0.25,  0.25]])
    """
    p = softmax(logits, temperature)[..., np.newaxis]  # (..., k, 1)
    return p * (np.eye(p.shape[-2]) - p.swapaxes(-1, -2)) / temperature


def identity(z: ArrayLike) -> np.ndarray:
    """Pass z through unchanged: the activation called "linear".

    Examples
    --------
    >>> identity([-2.0, 0.0, 2.0])
    array([-2.,  0.,  2.])
    """
    return np.array(z, dtype=float)


def identity_derivative(z: ArrayLike) -> np.ndarray:
    """Slope of the identity: 1 everywhere.

    Examples
    --------
    >>> identity_derivative([-2.0, 0.0, 2.0])
    array([1., 1., 1.])
    """
    return np.ones(np.shape(z))


def gradient_through_depth(z: float, activation: str, depth: int) -> float:
    """Multiply the slope at z through ``depth`` layers: what is left of a gradient.

    Parameters
    ----------
    z : float
    activation : a key of ``ACTIVATIONS``
    depth : int, at least 1

    Returns
    -------
    float, slope at z to the power ``depth``

    Raises
    ------
    ValueError
        If the activation is unknown or the depth is not a positive whole number.

    Notes
    -----
    Hochreiter (1991): the vanishing gradient.

    Examples
    --------
    >>> gradient_through_depth(0.0, "sigmoid", 10) < 1e-6
    True
    """
    slope = ACTIVATIONS[_validate.choice("activation", activation, ACTIVATIONS)].slope
    return float(slope(z) ** _validate.positive_int("depth", depth))


# NumPy has no error function. erfc keeps its digits far out on the left, where 1 + erf loses them.
_erfc = np.vectorize(math.erfc, otypes=[float])


def _normal_share(z: ArrayLike) -> np.ndarray:
    """Return Φ(z), the share of a normal distribution below z."""
    return 0.5 * _erfc(np.multiply(z, -math.sqrt(0.5)))


def _leak(alpha: float) -> float:
    if not 0 < alpha < 1:
        raise ValueError(f"alpha must lie between 0 and 1, both excluded, but is {alpha!r}.")
    return alpha


class Activation(NamedTuple):
    """A function of the pre-activation and its slope."""

    function: Callable[..., np.ndarray]
    slope: Callable[..., np.ndarray]


# Softmax is not here: it mixes the neurons of a layer, so its slope is not one number per neuron.
ACTIVATIONS = {
    "relu": Activation(relu, relu_derivative),
    "sigmoid": Activation(sigmoid, sigmoid_derivative),
    "tanh": Activation(tanh, tanh_derivative),
    "linear": Activation(identity, identity_derivative),
    "leaky_relu": Activation(leaky_relu, leaky_relu_derivative),
    "elu": Activation(elu, elu_derivative),
    "gelu": Activation(gelu, gelu_derivative),
    "silu": Activation(silu, silu_derivative),
}
