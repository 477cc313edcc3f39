"""Rules that turn a gradient into a step.

Each ``*_step`` function is one formula on arrays of any shape; each class remembers the settings of
one rule, so that a network can run any of them the same way: ``start``, then ``step`` after
``step``, the state handed back and forth.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate


@np.errstate(over="ignore", invalid="ignore")  # divergence is silent
def momentum_step(
    w: ArrayLike, g: ArrayLike, v: ArrayLike, lr: float, beta: float = 0.9
) -> tuple[np.ndarray, np.ndarray]:
    """Roll like a ball: v ← βv + g, then w ← w − lr·v.

    Parameters
    ----------
    w, g, v : arrays of one shape: parameters, gradient, velocity
    lr : float, above 0
    beta : float in [0, 1)

    Returns
    -------
    (w, v) : arrays

    Raises
    ------
    ValueError
        If the shapes differ or a setting is out of range.

    Notes
    -----
    Polyak (1964), the heavy ball, in the form PyTorch uses.

    Examples
    --------
    >>> momentum_step([1.0], [0.5], [2.0], lr=0.1)
    (array([0.77]), array([2.3]))
    """
    w, g, v = _arrays(lr, w=w, g=g, v=v)
    v = _validate.fraction("beta", beta) * v + g
    return w - lr * v, v


@np.errstate(over="ignore", invalid="ignore")  # divergence is silent
def adagrad_step(
    w: ArrayLike, g: ArrayLike, s: ArrayLike, lr: float, eps: float = 1e-10
) -> tuple[np.ndarray, np.ndarray]:
    """Slow down where gradients have been large: s ← s + g², then w ← w − lr·g / (√s + ε).

    Parameters
    ----------
    w, g, s : arrays of one shape: parameters, gradient, sum of squared gradients
    lr : float, above 0
    eps : float, above 0

    Returns
    -------
    (w, s) : arrays

    Raises
    ------
    ValueError
        If the shapes differ or a setting is out of range.

    Notes
    -----
    Duchi, Hazan and Singer (2011).

    Examples
    --------
    >>> adagrad_step([1.0], [0.5], [0.0], lr=0.1)
    (array([0.9]), array([0.25]))
    """
    w, g, s = _arrays(lr, w=w, g=g, s=s)
    s = s + g * g
    return w - lr * g / (np.sqrt(s) + _validate.positive("eps", eps)), s


@np.errstate(over="ignore", invalid="ignore")  # divergence is silent
def rmsprop_step(
    w: ArrayLike, g: ArrayLike, s: ArrayLike, lr: float, rho: float = 0.9, eps: float = 1e-8
) -> tuple[np.ndarray, np.ndarray]:
    """Divide by a running size: s ← ρs + (1 − ρ)g², then w ← w − lr·g / (√s + ε).

    Parameters
    ----------
    w, g, s : arrays of one shape: parameters, gradient, running mean of squared gradients
    lr : float, above 0
    rho : float in [0, 1)
    eps : float, above 0

    Returns
    -------
    (w, s) : arrays

    Raises
    ------
    ValueError
        If the shapes differ or a setting is out of range.

    Notes
    -----
    Tieleman and Hinton, lecture 6.5 of "Neural networks for machine learning" (2012).

    Examples
    --------
    >>> w, s = rmsprop_step([1.0], [2.0], [4.0], lr=0.1)
    >>> w.round(6), s.round(6)
    (array([0.9]), array([4.]))
    """
    w, g, s = _arrays(lr, w=w, g=g, s=s)
    rho = _validate.fraction("rho", rho)
    s = rho * s + (1 - rho) * (g * g)
    return w - lr * g / (np.sqrt(s) + _validate.positive("eps", eps)), s


@np.errstate(over="ignore", invalid="ignore")  # divergence is silent
def adam_step(
    w: ArrayLike,
    g: ArrayLike,
    m: ArrayLike,
    v: ArrayLike,
    t: int,
    lr: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Combine momentum with a running size, both corrected for starting at zero.

    Parameters
    ----------
    w, g, m, v : arrays of one shape: parameters, gradient, running means of g and of g²
    t : int, the number of this step, from 1
    lr : float, above 0
    beta1, beta2 : floats in [0, 1)
    eps : float, above 0

    Returns
    -------
    (w, m, v) : arrays

    Raises
    ------
    ValueError
        If the shapes differ, t is below 1 or a setting is out of range.

    Notes
    -----
    Kingma and Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1.

    Examples
    --------
    >>> w, m, v = adam_step([1.0], [0.5], [0.0], [0.0], 1, lr=0.1)
    >>> w.round(6)
    array([0.9])
    """
    w, g, m, v = _arrays(lr, w=w, g=g, m=m, v=v)
    t = _validate.positive_int("t", t)
    beta1, beta2 = _validate.fraction("beta1", beta1), _validate.fraction("beta2", beta2)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * (g * g)
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - lr * m_hat / (np.sqrt(v_hat) + _validate.positive("eps", eps)), m, v


class Optimizer(Protocol):
    """What training needs of a rule."""

    def start(self, w: np.ndarray) -> Any:
        """Return the state before the first step."""

    def step(self, w: np.ndarray, g: np.ndarray, state: Any, lr: float) -> tuple[np.ndarray, Any]:
        """Return the new parameters and the new state."""


@dataclass(frozen=True)
class GradientDescent:
    """w ← w − lr·g (Cauchy, 1847); it remembers nothing.

    Examples
    --------
    >>> GradientDescent().step(np.array([1.0]), np.array([0.5]), None, lr=0.1)
    (array([0.95]), None)
    """

    def start(self, w: np.ndarray) -> None:
        """Return the state before the first step: none."""

    def step(self, w: np.ndarray, g: np.ndarray, state: None, lr: float) -> tuple[np.ndarray, None]:
        """Return the new parameters; the state stays None."""
        return w - lr * g, state


@dataclass(frozen=True)
class Momentum:
    """See `momentum_step`; the state is the velocity.

    Examples
    --------
    >>> Momentum().start(np.ones(2))
    array([0., 0.])
    """

    beta: float = 0.9

    def start(self, w: np.ndarray) -> np.ndarray:
        """Return a velocity of zero."""
        return np.zeros_like(w)

    def step(
        self, w: np.ndarray, g: np.ndarray, state: np.ndarray, lr: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the new parameters and velocity."""
        return momentum_step(w, g, state, lr, self.beta)


@dataclass(frozen=True)
class AdaGrad:
    """See `adagrad_step`; the state is the sum of squared gradients.

    Examples
    --------
    >>> AdaGrad().start(np.ones(2))
    array([0., 0.])
    """

    eps: float = 1e-10

    def start(self, w: np.ndarray) -> np.ndarray:
        """Return a sum of zero."""
        return np.zeros_like(w)

    def step(
        self, w: np.ndarray, g: np.ndarray, state: np.ndarray, lr: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the new parameters and sum."""
        return adagrad_step(w, g, state, lr, self.eps)


@dataclass(frozen=True)
class RMSprop:
    """See `rmsprop_step`; the state is the running mean of squared gradients.

    Examples
    --------
    >>> RMSprop().start(np.ones(2))
    array([0., 0.])
    """

    rho: float = 0.9
    eps: float = 1e-8

    def start(self, w: np.ndarray) -> np.ndarray:
        """Return a running mean of zero."""
        return np.zeros_like(w)

    def step(
        self, w: np.ndarray, g: np.ndarray, state: np.ndarray, lr: float
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the new parameters and running mean."""
        return rmsprop_step(w, g, state, lr, self.rho, self.eps)


@dataclass(frozen=True)
class Adam:
    """See `adam_step`; the state is (m, v, number of steps taken).

    Examples
    --------
    >>> Adam().start(np.ones(1))
    (array([0.]), array([0.]), 0)
    """

    beta1: float = 0.9
    beta2: float = 0.999
    eps: float = 1e-8

    def start(self, w: np.ndarray) -> tuple[np.ndarray, np.ndarray, int]:
        """Return two running means of zero and no step taken."""
        return np.zeros_like(w), np.zeros_like(w), 0

    def step(
        self, w: np.ndarray, g: np.ndarray, state: tuple[np.ndarray, np.ndarray, int], lr: float
    ) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray, int]]:
        """Return the new parameters, running means and count."""
        m, v, t = state
        w, m, v = adam_step(w, g, m, v, t + 1, lr, self.beta1, self.beta2, self.eps)
        return w, (m, v, t + 1)


OPTIMIZERS: dict[str, type[Optimizer]] = {
    "gradient_descent": GradientDescent,
    "momentum": Momentum,
    "adagrad": AdaGrad,
    "rmsprop": RMSprop,
    "adam": Adam,
}


def _arrays(lr: float, **values: ArrayLike) -> list[np.ndarray]:
    """Check that all arrays have the shape of w; NaN may pass, for divergence has to show."""
    _validate.positive("lr", lr)
    arrays = {name: np.asarray(value, dtype=float) for name, value in values.items()}
    for name, array in arrays.items():
        _validate.shape(name, array, arrays["w"].shape)
    return list(arrays.values())
