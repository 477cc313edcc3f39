"""The learner's own function beside the course's: called once, sent as data."""

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np


def own(mine: Any, count: int) -> tuple[Callable, ...]:
    """Check what was given as `mine`: a function, or several of them.

    Raises
    ------
    ValueError
        If it is neither a function nor up to `count` functions.
    """
    functions = mine if isinstance(mine, tuple) else (mine,)
    if not 1 <= len(functions) <= count or not all(map(callable, functions)):
        raise ValueError(f"mine must be a function of yours, without brackets, but is {mine!r}")
    return functions


def name_of(function: Callable) -> str:
    """Say what the learner calls a function.

    >>> name_of(np.tanh)
    'tanh'
    """
    return getattr(function, "__name__", "function")


def sampled(function: Callable, *arrays: np.ndarray) -> np.ndarray:
    """Call a function that may fail; nan stands where no finite number comes back.

    Parameters
    ----------
    function : callable
    *arrays : array
        What it is called with, once.

    >>> sampled(lambda z: 1 / z, np.array([0.0, 2.0]))
    array([nan, 0.5])
    """
    shape = np.shape(arrays[-1])
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            values = np.array(function(*(array.copy() for array in arrays)), dtype=float)
        except Exception:  # not written yet, or broken: its check says what is wrong
            return np.full(shape, np.nan)
    if values.size != np.prod(shape, dtype=int):
        return np.full(shape, np.nan)
    return np.where(np.isfinite(values), values, np.nan).reshape(shape)
