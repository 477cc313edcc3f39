"""Rosenblatt's perceptron: a weighted sum, a step and a rule that learns from mistakes."""

from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate
from helpers.reference.activations import step


def weighted_sum(x: ArrayLike, w: ArrayLike, b: float) -> float:
    """Add up the inputs of a neuron, each times its weight, and the bias.

    Parameters
    ----------
    x, w : arrays (n,)
    b : float

    Returns
    -------
    float, w₁x₁ + … + wₙxₙ + b

    Raises
    ------
    ValueError
        If the shapes differ or a value is not a finite number.

    Notes
    -----
    McCulloch and Pitts (1943), with Rosenblatt's (1958) weights.

    Examples
    --------
    >>> round(weighted_sum([0.5, 0.3, 0.2], [0.4, 0.6, 0.8], -0.1), 2)
    0.44
    """
    x = _validate.floats("x", x, ndim=1)
    w = _validate.floats("w", w, ndim=1)
    _validate.shape("w", w, x.shape)
    return float(x @ w + _validate.floats("b", b, ndim=0))


def perceptron_update(
    w: ArrayLike, b: float, x: ArrayLike, target: int, lr: float
) -> tuple[np.ndarray, float]:
    """Apply the learning rule to one example.

    Parameters
    ----------
    w : array (n,)
    b : float
    x : array (n,)
    target : 0 or 1
    lr : float, above 0

    Returns
    -------
    (w, b) : array (n,) and float; unchanged when the prediction is right

    Raises
    ------
    ValueError
        If a shape, the target or the learning rate does not fit.

    Notes
    -----
    Rosenblatt (1958): w ← w + lr·(target − prediction)·x.

    Examples
    --------
    >>> perceptron_update([0.0, 0.0], 0.0, [1.0, 2.0], 1, lr=0.5)
    (array([0.5, 1. ]), 0.5)
    """
    w = _validate.floats("w", w, ndim=1)
    x = _validate.floats("x", x, ndim=1)
    _validate.shape("x", x, w.shape)
    target = _validate.labels("target", _validate.floats("target", target, ndim=0))
    lr = _validate.positive("lr", lr)
    error = float(target - step(x @ w + b))
    return w + lr * error * x, float(b + lr * error)


class Perceptron:
    """One neuron with a step, trained row by row.

    Parameters
    ----------
    lr : float, above 0
    epochs : int, the most passes over the data

    Attributes
    ----------
    w_ : array (n,)
    b_ : float
    errors_per_epoch_ : list of int, a clean last epoch included as 0
    path_ : list of (w, b), the start and the state after each update

    Examples
    --------
    >>> X, y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]
    >>> Perceptron().fit(X, y).predict(X)
    array([0, 0, 0, 1])
    """

    def __init__(self, lr: float = 1.0, epochs: int = 100) -> None:
        self.lr = lr
        self.epochs = epochs

    def fit(self, X: ArrayLike, y: ArrayLike) -> Self:
        """Learn from rows in order until an epoch brings no mistake.

        Parameters
        ----------
        X : array (m, n)
        y : array (m,) of 0 and 1

        Raises
        ------
        ValueError
            If X or y is empty, not finite, the wrong shape or other labels.
        """
        X = _validate.floats("X", X, ndim=2)
        y = _validate.labels("y", _validate.floats("y", y, ndim=1))
        _validate.shape("y", y, X.shape[:1])
        _validate.positive("lr", self.lr)
        epochs = _validate.positive_int("epochs", self.epochs)

        w, b = np.zeros(X.shape[1]), 0.0
        self.errors_per_epoch_ = []
        self.path_ = [(w, b)]
        for _ in range(epochs):
            errors = 0
            for x, target in zip(X, y, strict=True):
                if step(x @ w + b) != target:
                    w, b = perceptron_update(w, b, x, target, self.lr)
                    self.path_.append((w, b))
                    errors += 1
            self.errors_per_epoch_.append(errors)
            if errors == 0:
                break
        self.w_, self.b_ = w, b
        return self

    def predict(self, X: ArrayLike) -> np.ndarray:
        """Predict 0 or 1 for each row of X (m, n); returns ints (m,).

        Raises
        ------
        ValueError
            If there are no weights yet, or X does not fit them.
        """
        if not hasattr(self, "w_"):
            raise ValueError("This Perceptron is not trained yet; call fit(X, y) first.")
        X = _validate.floats("X", X, ndim=2)
        _validate.shape("X", X, (len(X), len(self.w_)))
        return step(X @ self.w_ + self.b_)

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: ARG002
        """Return the settings by name, as scikit-learn does."""
        return {"lr": self.lr, "epochs": self.epochs}

    def set_params(self, **settings: Any) -> Self:
        """Change settings by name; returns self."""
        for name, value in settings.items():
            _validate.choice("setting", name, self.get_params())
            setattr(self, name, value)
        return self


def train_perceptron(
    X: ArrayLike, y: ArrayLike, lr: float, epochs: int
) -> tuple[np.ndarray, float, list[int]]:
    """Train a perceptron and return what it learned.

    Parameters
    ----------
    X : array (m, n)
    y : array (m,) of 0 and 1
    lr : float, above 0
    epochs : int, at least 1

    Returns
    -------
    (w, b, errors_per_epoch) : array (n,), float and list of int

    Raises
    ------
    ValueError
        As for `Perceptron.fit`.

    Examples
    --------
    >>> w, b, errors = train_perceptron([[0.0], [1.0]], [0, 1], lr=1.0, epochs=10)
    >>> w, b, errors
    (array([1.]), 0.0, [1, 1, 0])
    """
    perceptron = Perceptron(lr, epochs).fit(X, y)
    return perceptron.w_, perceptron.b_, perceptron.errors_per_epoch_
