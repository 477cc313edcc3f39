"""One sentence for every kind of bad input: the argument, what came, what is needed.

The public functions call these once, at the door; the loops behind them do not.
"""

from collections.abc import Iterable
from numbers import Integral, Real

import numpy as np
from numpy.typing import ArrayLike


def floats(name: str, value: ArrayLike, ndim: int | None = None) -> np.ndarray:
    """Return ``value`` as a float array that is not empty and whose numbers are finite.

    Raises
    ------
    ValueError
        If it is not numeric, is empty, is not finite or has other dimensions.
    """
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers, but is {value!r:.60}.") from None
    if array.size == 0:
        raise ValueError(f"{name} is empty (shape {array.shape}); it needs at least one example.")
    if not np.isfinite(array).all():
        worst = "NaN" if np.isnan(array).any() else "infinity"
        raise ValueError(
            f"{name} must hold finite numbers, but contains {worst}: "
            "a missing value, or a training run that diverged."
        )
    if ndim is not None and array.ndim != ndim:
        raise ValueError(
            f"{name} must have {ndim} dimension{'s' * (ndim != 1)}, but has shape {array.shape}."
        )
    return array


def shape(name: str, array: np.ndarray, needed: tuple[int, ...]) -> None:
    """Raise ``ValueError`` unless ``array`` has exactly the shape ``needed``."""
    if array.shape != needed:
        raise ValueError(f"{name} must have shape {needed}, but has shape {array.shape}.")


def labels(name: str, y: np.ndarray) -> np.ndarray:
    """Return ``y`` if every entry is 0 or 1, else raise ``ValueError``."""
    wrong = y[(y != 0) & (y != 1)]
    if wrong.size:
        raise ValueError(f"{name} must contain only the labels 0 and 1, but contains {wrong[0]:g}.")
    return y


def one_hot(name: str, Y: np.ndarray) -> np.ndarray:
    """Return ``Y`` if it has rows, each with one 1 and 0 elsewhere, else raise ``ValueError``."""
    labels(name, Y)
    if Y.ndim != 2:
        raise ValueError(f"{name} must have shape (m, k), but has shape {Y.shape}.")
    if (Y.sum(axis=1) != 1).any():
        raise ValueError(f"{name} must have exactly one 1 in each row (one-hot).")
    return Y


def positive(name: str, value: float) -> float:
    """Return ``value`` if it is a finite number above 0, else raise ``ValueError``."""
    if not isinstance(value, Real) or isinstance(value, bool) or not 0 < value < np.inf:
        raise ValueError(f"{name} must be a positive number, but is {value!r}.")
    return float(value)


def positive_int(name: str, value: int) -> int:
    """Return ``value`` if it is a whole number from 1 up, else raise ``ValueError``."""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{name} must be a whole number of at least 1, but is {value!r}.")
    return int(value)


def from_zero(name: str, value: int) -> int:
    """Return ``value`` if it is a whole number from 0 up, else raise ``ValueError``."""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name} must be a whole number of at least 0, but is {value!r}.")
    return int(value)


def choice(name: str, value: str, known: Iterable[str]) -> str:
    """Return ``value`` if it is one of ``known``, else raise ``ValueError``."""
    known = tuple(known)
    if value not in known:
        raise ValueError(f"{name} must be one of {', '.join(known)}, but is {value!r}.")
    return value


def fraction(name: str, value: float) -> float:
    """Return ``value`` if ``0 <= value < 1``, else raise ``ValueError``."""
    if not isinstance(value, Real) or isinstance(value, bool) or not 0 <= value < 1:
        raise ValueError(f"{name} must be at least 0 and below 1, but is {value!r}.")
    return float(value)


def not_negative(name: str, value: float) -> float:
    """Return ``value`` if it is a finite number of at least 0, else raise ``ValueError``."""
    if not isinstance(value, Real) or isinstance(value, bool) or not 0 <= value < np.inf:
        raise ValueError(f"{name} must be a number of at least 0, but is {value!r}.")
    return float(value)


def pair(name: str, value: tuple[ArrayLike, ArrayLike]) -> tuple[ArrayLike, ArrayLike]:
    """Return ``value`` if it is a pair (X, y), else raise ``ValueError``."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise ValueError(f"{name} must be a pair (X, y), but is {value!r:.60}.")
    return value[0], value[1]


def generator(name: str, rng: np.random.Generator) -> np.random.Generator:
    """Return ``rng`` if it is a NumPy generator, else raise ``ValueError``."""
    if not isinstance(rng, np.random.Generator):
        raise ValueError(
            f"{name} must be a generator such as np.random.default_rng(0), but is {rng!r:.60}."
        )
    return rng
