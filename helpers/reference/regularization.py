"""Two ways to keep a network from learning its training data by heart: L2 and stopping early."""

import copy
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate
from helpers.reference.forward_pass import Params


def weight_decay(W: np.ndarray, lam: float, m: int) -> np.ndarray:
    """Return the gradient of the L2 penalty (λ/2m)ΣW²: (λ/m)W.

    In plain gradient descent it shrinks the weights; through Adam it does not (AdamW, 2019).

    Examples
    --------
    >>> weight_decay(np.array([[2.0]]), lam=0.1, m=4)
    array([[0.05]])
    """
    return (lam / m) * W


def add_l2(
    grads: Mapping[str, ArrayLike], params: Mapping[str, ArrayLike], lam: float, m: int
) -> Params:
    """Add the gradient of the L2 penalty to those of the weights; biases are left alone.

    Parameters
    ----------
    grads : dict ``dW1 db1 dW2 db2``
    params : dict ``W1 b1 W2 b2``
    lam : float, at least 0
    m : int, at least 1, number of examples

    Returns
    -------
    dict like grads

    Raises
    ------
    ValueError
        If lam is negative, m is not positive or the shapes differ.

    Notes
    -----
    Krogh and Hertz, "A simple weight decay can improve generalization" (1992).

    Examples
    --------
    >>> add_l2({"dW1": [[0.5]], "db1": [[0.5]]}, {"W1": [[2.0]], "b1": [[2.0]]}, lam=0.1, m=2)
    {'dW1': array([[0.6]]), 'db1': array([[0.5]])}
    """
    lam, m = _validate.not_negative("lam", lam), _validate.positive_int("m", m)
    new = {}
    for name, value in grads.items():
        gradient = np.array(value, dtype=float)
        if name.startswith("dW"):
            W = np.asarray(params[name[1:]], dtype=float)
            _validate.shape(name[1:], W, gradient.shape)
            gradient += weight_decay(W, lam, m)
        new[name] = gradient
    return new


def l2_penalty(params: Mapping[str, ArrayLike], lam: float, m: int) -> float:
    """Return the L2 penalty (λ/2m)ΣW² over all weights; biases do not count.

    Parameters
    ----------
    params : dict ``W1 b1 W2 b2``
    lam : float, at least 0
    m : int, at least 1, number of examples

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If lam is negative or m is not positive.

    Examples
    --------
    >>> l2_penalty({"W1": [[3.0, 4.0]], "b1": [[9.0, 9.0]]}, lam=0.1, m=5)
    0.25
    """
    lam, m = _validate.not_negative("lam", lam), _validate.positive_int("m", m)
    weights = [np.asarray(value) for name, value in params.items() if name.startswith("W")]
    return float(lam / (2 * m) * sum(np.sum(W**2) for W in weights))


class EarlyStopping:
    """Notice when the validation loss has stopped improving, and keep the best weights.

    Parameters
    ----------
    patience : int, at least 1, updates in a row without a strictly better loss before it is enough

    Attributes
    ----------
    best_loss : float
    best_params : a copy of the parameters that went with it, None before the first

    Raises
    ------
    ValueError
        If the patience is not a positive whole number.

    Notes
    -----
    Prechelt, "Early stopping — but when?" (1998). A loss of nan is never better.

    Examples
    --------
    >>> stopper = EarlyStopping(patience=2)
    >>> [stopper.update(loss, {"b1": loss}) for loss in (0.5, 0.4, 0.4, 0.6)]
    [False, False, False, True]
    >>> stopper.best_params
    {'b1': 0.4}
    """

    def __init__(self, patience: int) -> None:
        self.patience = _validate.positive_int("patience", patience)
        self.best_loss = np.inf
        self.best_params: Any = None
        self._waited = 0

    def update(self, val_loss: float, params: Any) -> bool:
        """Take note of one epoch; return True once patience has run out."""
        if val_loss < self.best_loss:
            self.best_loss = float(val_loss)
            self.best_params = copy.deepcopy(params)
            self._waited = 0
        else:
            self._waited += 1
        return self._waited >= self.patience
