"""Derivatives by measuring: nudge a number and see what the loss does."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate
from helpers.reference.forward_pass import Params


def numerical_derivative(f: Callable[[float], float], x: float, h: float = 1e-6) -> float:
    """Measure a slope from both sides: (f(x + h) − f(x − h)) / 2h.

    Parameters
    ----------
    f : function of one number
    x : float
    h : float, above 0

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If h is not positive.

    Notes
    -----
    The central difference: its error shrinks with h², that of one side only with h.

    Examples
    --------
    >>> round(numerical_derivative(lambda x: (2 * x + 1) ** 2, 3.0), 6)
    28.0
    """
    h = _validate.positive("h", h)
    return float((f(x + h) - f(x - h)) / (2 * h))


def numerical_gradient(
    loss: Callable[[Params], float], params: Mapping[str, ArrayLike], h: float = 1e-6
) -> Params:
    """Measure the gradient of a loss, one number at a time.

    Parameters
    ----------
    loss : function of a dict like params
    params : dict of arrays
    h : float, above 0

    Returns
    -------
    dict with an array ``dP`` for every parameter ``P``

    Raises
    ------
    ValueError
        If h is not positive or a parameter is empty or not finite.

    Notes
    -----
    Two evaluations of the loss per number: fine for a check, hopeless for training.

    Examples
    --------
    >>> grads = numerical_gradient(lambda p: float((p["w"] ** 2).sum()), {"w": [1.0, 2.0]})
    >>> grads["dw"].round(6)
    array([2., 4.])
    """
    h = _validate.positive("h", h)
    copy = {name: _validate.floats(name, value).copy() for name, value in params.items()}
    grads = {}
    for name, P in copy.items():
        dP = np.empty_like(P)
        for index in np.ndindex(P.shape):
            value = P[index]
            P[index] = value + h
            up = loss(copy)
            P[index] = value - h
            down = loss(copy)
            P[index] = value
            dP[index] = (up - down) / (2 * h)
        grads[f"d{name}"] = dP
    return grads


def gradient_check(
    loss: Callable[[Params], float],
    params: Mapping[str, ArrayLike],
    grads: Mapping[str, ArrayLike],
    h: float = 1e-6,
) -> float:
    """Compare gradients with measured ones and return the worst relative difference.

    Parameters
    ----------
    loss : function of a dict like params
    params : dict of arrays
    grads : dict with an array ``dP`` for every parameter ``P``
    h : float, above 0

    Returns
    -------
    float, the worst |a − n| / max(|a|, |n|, 1e-8); below 1e-6 all is well, above 1e-3 nothing is

    Raises
    ------
    ValueError
        If a gradient is missing or has another shape, or h is not positive.

    Notes
    -----
    Compare relative differences, since gradients come in all sizes. ReLU's kink at 0 can make a
    right gradient look wrong: nudge across it and the two sides disagree.

    Examples
    --------
    >>> loss = lambda p: float((p["w"] ** 2).sum())
    >>> gradient_check(loss, {"w": [1.0, 2.0]}, {"dw": [2.0, 4.0]}) < 1e-8
    True
    """
    worst = 0.0
    for name, measured in numerical_gradient(loss, params, h).items():
        if name not in grads:
            raise ValueError(f"grads must hold {name}, but holds {sorted(grads)}.")
        given = _validate.floats(name, grads[name])
        _validate.shape(name, given, measured.shape)
        size = np.maximum(np.maximum(np.abs(given), np.abs(measured)), 1e-8)
        worst = max(worst, float((np.abs(given - measured) / size).max()))
    return worst
