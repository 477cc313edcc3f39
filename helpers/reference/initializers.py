"""Starting weights. Each draws an (n_in, n_out) matrix from the generator it is given."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from helpers.reference import _validate


def uniform(
    n_in: int, n_out: int, rng: np.random.Generator, low: float = -1.0, high: float = 1.0
) -> np.ndarray:
    """Draw each weight evenly from [low, high).

    Parameters
    ----------
    n_in, n_out : int, at least 1
    rng : generator
    low, high : float, low < high

    Returns
    -------
    array (n_in, n_out)

    Raises
    ------
    ValueError
        If a size is not a positive whole number, rng is no generator or low is not below high.

    Examples
    --------
    >>> uniform(4, 3, np.random.default_rng(0)).shape
    (4, 3)
    """
    if not low < high:
        raise ValueError(f"low must be below high, but they are {low!r} and {high!r}.")
    return rng.uniform(low, high, size=_checked(n_in, n_out, rng))


def glorot_normal(n_in: int, n_out: int, rng: np.random.Generator) -> np.ndarray:
    """Draw from a normal distribution with variance 2 / (n_in + n_out).

    Parameters
    ----------
    n_in, n_out : int, at least 1
    rng : generator

    Returns
    -------
    array (n_in, n_out)

    Raises
    ------
    ValueError
        If a size is not a positive whole number or rng is no generator.

    Notes
    -----
    Glorot and Bengio (2010), derived for functions that are like z near 0, such as tanh. Named
    Xavier after the first author.

    Examples
    --------
    >>> W = glorot_normal(300, 200, np.random.default_rng(0))
    >>> round(float(W.var()) * 500, 1)
    2.0
    """
    n_in, n_out = _checked(n_in, n_out, rng)
    return rng.normal(0.0, np.sqrt(2.0 / (n_in + n_out)), size=(n_in, n_out))


def glorot_uniform(n_in: int, n_out: int, rng: np.random.Generator) -> np.ndarray:
    """Draw evenly from ±√(6 / (n_in + n_out)), which has variance 2 / (n_in + n_out).

    Parameters
    ----------
    n_in, n_out : int, at least 1
    rng : generator

    Returns
    -------
    array (n_in, n_out)

    Raises
    ------
    ValueError
        If a size is not a positive whole number or rng is no generator.

    Notes
    -----
    Glorot and Bengio (2010), their equation 16.

    Examples
    --------
    >>> W = glorot_uniform(300, 200, np.random.default_rng(0))
    >>> round(float(W.var()) * 500, 1)
    2.0
    """
    n_in, n_out = _checked(n_in, n_out, rng)
    limit = np.sqrt(6.0 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_in, n_out))


def he_normal(n_in: int, n_out: int, rng: np.random.Generator) -> np.ndarray:
    """Draw from a normal distribution with variance 2 / n_in.

    Parameters
    ----------
    n_in, n_out : int, at least 1
    rng : generator

    Returns
    -------
    array (n_in, n_out)

    Raises
    ------
    ValueError
        If a size is not a positive whole number or rng is no generator.

    Notes
    -----
    He et al. (2015), for ReLU: the 2 makes up for the half of the inputs that ReLU silences.

    Examples
    --------
    >>> W = he_normal(300, 200, np.random.default_rng(0))
    >>> round(float(W.var()) * 300, 1)
    2.0
    """
    n_in, n_out = _checked(n_in, n_out, rng)
    return rng.normal(0.0, np.sqrt(2.0 / n_in), size=(n_in, n_out))


INITIALIZERS: dict[str, Callable[[int, int, np.random.Generator], np.ndarray]] = {
    "uniform": uniform,
    "glorot_normal": glorot_normal,
    "glorot_uniform": glorot_uniform,
    "he_normal": he_normal,
}


def init_params(
    sizes: Sequence[int], rng: np.random.Generator, init: str = "he_normal"
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Draw the weights of every layer; biases start at zero.

    Parameters
    ----------
    sizes : neurons per layer, the input included, e.g. (4, 3, 1)
    rng : generator
    init : a key of ``INITIALIZERS``

    Returns
    -------
    list of (W, b), shapes (n_in, n_out) and (1, n_out)

    Raises
    ------
    ValueError
        If there are fewer than two sizes, one is not a positive whole number or init is unknown.

    Examples
    --------
    >>> [(W.shape, b.shape) for W, b in init_params((4, 3, 1), np.random.default_rng(0))]
    [((4, 3), (1, 3)), ((3, 1), (1, 1))]
    """
    sizes = layer_sizes(sizes)
    draw = INITIALIZERS[_validate.choice("init", init, INITIALIZERS)]
    return [(draw(n_in, n_out, rng), np.zeros((1, n_out))) for n_in, n_out in pairwise(sizes)]


def layer_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    """Return the sizes as a tuple, or say what is wrong with them.

    Raises
    ------
    ValueError
        If there are fewer than two or one is not a positive whole number.

    Examples
    --------
    >>> layer_sizes([4, 3, 1])
    (4, 3, 1)
    """
    try:
        sizes = tuple(sizes)
    except TypeError:
        raise ValueError(f"sizes must list layers, as in (2, 3, 1), but is {sizes!r}.") from None
    if len(sizes) < 2:
        raise ValueError(f"sizes must list at least an input and an output, but is {sizes}.")
    return tuple(_validate.positive_int("sizes", size) for size in sizes)


def count_parameters(sizes: Sequence[int]) -> int:
    """Count the weights and biases of a network.

    Parameters
    ----------
    sizes : neurons per layer, the input included

    Returns
    -------
    int, the sum of (n_in + 1)·n_out

    Raises
    ------
    ValueError
        As for `layer_sizes`.

    Examples
    --------
    >>> count_parameters((4, 3, 1))
    19
    """
    sizes = layer_sizes(sizes)
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def _checked(n_in: int, n_out: int, rng: np.random.Generator) -> tuple[int, int]:
    _validate.generator("rng", rng)
    return _validate.positive_int("n_in", n_in), _validate.positive_int("n_out", n_out)
