"""The way back: from the output error to the gradient of every weight and bias.

``dZ`` is an error per example; ``dW`` and ``db`` are gradients of the mean loss, so the 1/m enters
where the examples are averaged.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate
from helpers.reference.activations import ACTIVATIONS
from helpers.reference.forward_pass import (
    Cache,
    Layer,
    as_layers,
    checked_inputs,
    checked_layers,
    run_forward,
)
from helpers.reference.losses import OUTPUTS, network_loss

Gradients = list[tuple[np.ndarray, np.ndarray]]


def output_error(A2: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Compute the error of a sigmoid output under binary cross-entropy: dZ2 = A2 − y.

    Parameters
    ----------
    A2 : array (m, n_out)
    y : array (m, n_out) of 0 and 1

    Returns
    -------
    dZ2 : array (m, n_out), per example

    Raises
    ------
    ValueError
        If the shapes differ, a label is not 0 or 1, an array is empty or not finite.

    Notes
    -----
    (A2 − y) / (A2 (1 − A2)) times the sigmoid's slope A2 (1 − A2).

    Examples
    --------
    >>> output_error([[0.75], [0.25]], [[1], [0]])
    array([[-0.25],
           [ 0.25]])
    """
    A2 = _validate.floats("A2", A2, ndim=2)
    return A2 - checked_targets("y", y, "bce", A2.shape)


def output_gradients(A1: ArrayLike, dZ2: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Average the error of a layer into the gradients of its weights and biases.

    Parameters
    ----------
    A1 : array (m, n_in), what went into the layer
    dZ2 : array (m, n_out), per example

    Returns
    -------
    (dW2, db2) : arrays (n_in, n_out) and (1, n_out)

    Raises
    ------
    ValueError
        If the rows do not match, an array is empty or not finite.

    Notes
    -----
    Rumelhart, Hinton and Williams (1986): dW2 = A1ᵀ dZ2 / m and db2 = the mean of dZ2.

    Examples
    --------
    >>> output_gradients([[1.0, 0.0], [0.0, 2.0]], [[0.5], [-0.5]])
    (array([[ 0.25],
           [-0.5 ]]), array([[0.]]))
    """
    A1 = _validate.floats("A1", A1, ndim=2)
    dZ2 = _validate.floats("dZ2", dZ2, ndim=2)
    _validate.shape("dZ2", dZ2, (len(A1), dZ2.shape[1]))
    dW2, db2 = np.empty((A1.shape[1], dZ2.shape[1])), np.empty((1, dZ2.shape[1]))
    _layer_gradients(A1, dZ2 / len(A1), dW2, db2)
    return dW2, db2


def hidden_error(
    dZ2: ArrayLike, W2: ArrayLike, Z1: ArrayLike, activation: str = "relu"
) -> np.ndarray:
    """Carry an error back through a layer's weights and the activation before it.

    Parameters
    ----------
    dZ2 : array (m, n_out)
    W2 : array (n1, n_out)
    Z1 : array (m, n1)
    activation : name of the activation behind Z1

    Returns
    -------
    dZ1 : array (m, n1), per example

    Raises
    ------
    ValueError
        If a shape does not fit, the activation is unknown, an array is empty or not finite.

    Notes
    -----
    Rumelhart, Hinton and Williams (1986): dZ1 = dZ2 W2ᵀ ∗ slope(Z1).

    Examples
    --------
    >>> hidden_error([[0.5]], [[2.0], [4.0]], [[1.0, -1.0]])
    array([[1., 0.]])
    """
    dZ2 = _validate.floats("dZ2", dZ2, ndim=2)
    W2 = _validate.floats("W2", W2, ndim=2)
    Z1 = _validate.floats("Z1", Z1, ndim=2)
    _validate.shape("W2", W2, (W2.shape[0], dZ2.shape[1]))
    _validate.shape("Z1", Z1, (len(dZ2), W2.shape[0]))
    _validate.choice("activation", activation, ACTIVATIONS)
    return _error_before(dZ2, W2, Z1, activation)


@np.errstate(over="ignore", invalid="ignore")  # divergence is silent
def backward_deep(
    X: ArrayLike, y: ArrayLike, layers: Sequence[Layer], caches: Sequence[Cache], loss: str = "bce"
) -> Gradients:
    """Compute the gradients of the mean loss for a network of any depth.

    Parameters
    ----------
    X : array (m, n_in)
    y : array (m, n_out)
    layers : list of (W, b, name)
    caches : list of (Z, A), from `forward_deep`
    loss : "bce" (sigmoid output), "cross_entropy" (softmax) or "half_squared_error"

    Returns
    -------
    list of (dW, db), one per layer, first layer first

    Raises
    ------
    ValueError
        If a shape does not fit, a label is not 0 or 1, the loss does not go with the output, an
        array is empty or not finite.

    Notes
    -----
    Rumelhart, Hinton and Williams, "Learning representations by back-propagating errors" (1986).

    Examples
    --------
    >>> layers = [(np.zeros((2, 1)), np.zeros((1, 1)), "sigmoid")]
    >>> caches = [(np.zeros((1, 1)), np.full((1, 1), 0.5))]
    >>> backward_deep([[1.0, 2.0]], [[1]], layers, caches)
    [(array([[-0.5],
           [-1. ]]), array([[-0.5]]))]
    """
    layers = checked_layers(layers)
    X = checked_inputs("X", X, layers[0][0].shape[0])
    if len(caches) != len(layers):
        raise ValueError(f"caches must hold {len(layers)} pairs (Z, A), but holds {len(caches)}.")
    checked = []
    for i, ((W, _, _), (Z, A)) in enumerate(zip(layers, caches, strict=True), start=1):
        Z, A = _validate.floats(f"Z{i}", Z), _validate.floats(f"A{i}", A)
        _validate.shape(f"Z{i}", Z, (len(X), W.shape[1]))
        _validate.shape(f"A{i}", A, (len(X), W.shape[1]))
        checked.append((Z, A))
    Z, A = checked[-1]
    dZ = network_loss(loss, layers[-1][2]).error(checked_targets("y", y, loss, A.shape), Z, A)
    gradients = [(np.empty_like(W), np.empty_like(b)) for W, b, _ in layers]
    run_backward(X, dZ, layers, checked, gradients)
    return gradients


def run_backward(
    X: np.ndarray,
    dZ: np.ndarray,
    layers: Sequence[Layer],
    caches: Sequence[Cache],
    gradients: Gradients,
) -> None:
    """Do what `backward_deep` does from the output error on, on arrays that are known to fit.

    The gradients are written into the arrays given for them.
    """
    # From here back everything is linear in dZ: one division by m averages every dW and db.
    dZ = dZ / len(X)
    for i in range(len(layers) - 1, 0, -1):
        Z_before, A_before = caches[i - 1]
        _layer_gradients(A_before, dZ, *gradients[i])
        dZ = _error_before(dZ, layers[i][0], Z_before, layers[i - 1][2])
    _layer_gradients(X, dZ, *gradients[0])


def _layer_gradients(A: np.ndarray, dZ: np.ndarray, dW: np.ndarray, db: np.ndarray) -> None:
    """Sum over the batch; dZ already carries the 1/m."""
    np.dot(A.T, dZ, out=dW)  # (n_in, m) @ (m, n_out) -> (n_in, n_out)
    # A bias is a weight whose input is always 1; this is dZ.sum(axis=0), three times as fast.
    np.dot(_ones(len(dZ)), dZ, out=db)  # (1, m) @ (m, n_out) -> (1, n_out)


@lru_cache(maxsize=4)
def _ones(m: int) -> np.ndarray:
    return np.ones((1, m))


def _error_before(dZ: np.ndarray, W: np.ndarray, Z: np.ndarray, activation: str) -> np.ndarray:
    dA = dZ.dot(W.T)  # (m, n_out) @ (n_out, n_in) -> (m, n_in)
    dA *= ACTIVATIONS[activation].slope(Z)
    return dA


def backward(
    X: ArrayLike,
    y: ArrayLike,
    params: Mapping[str, ArrayLike],
    cache: Mapping[str, ArrayLike],
    hidden: str = "relu",
) -> dict[str, np.ndarray]:
    """Compute the gradients of the course's network: ReLU, then sigmoid, BCE.

    Parameters
    ----------
    X : array (m, n_in)
    y : array (m, n_out) of 0 and 1
    params : dict ``W1 b1 W2 b2``
    cache : dict ``Z1 A1 Z2 A2``, from `forward`
    hidden : name of the hidden activation

    Returns
    -------
    dict ``dW1 db1 dW2 db2``

    Raises
    ------
    ValueError
        As for `backward_deep`; also if the cache misses an entry.

    Examples
    --------
    >>> params = {"W1": [[1.0]], "b1": [[0.0]], "W2": [[0.0]], "b2": [[0.0]]}
    >>> cache = {"Z1": [[2.0]], "A1": [[2.0]], "Z2": [[0.0]], "A2": [[0.5]]}
    >>> backward([[2.0]], [[1]], params, cache)["dW2"]
    array([[-1.]])
    """
    layers = as_layers(params, hidden)
    return as_grads(backward_deep(X, y, layers, as_caches(cache, len(layers))))


def as_caches(cache: Mapping[str, ArrayLike], depth: int) -> list[tuple[ArrayLike, ArrayLike]]:
    """Turn the dict ``Z1 A1 Z2 A2 …`` into a list of (Z, A), one for each layer.

    Raises
    ------
    ValueError
        If the cache misses an entry.

    Examples
    --------
    >>> as_caches({"Z1": [[2.0]], "A1": [[2.0]]}, 1)
    [([[2.0]], [[2.0]])]
    """
    names = [(f"Z{i}", f"A{i}") for i in range(1, depth + 1)]
    missing = [name for pair in names for name in pair if name not in cache]
    if missing:
        raise ValueError(f"cache must hold Z and A of every layer, but misses {missing}.")
    return [(cache[Z], cache[A]) for Z, A in names]


def as_grads(gradients: Gradients) -> dict[str, np.ndarray]:
    """Turn a list of (dW, db) into the dict ``dW1 db1 dW2 db2 …``.

    Examples
    --------
    >>> list(as_grads([(np.eye(1), np.zeros((1, 1)))]))
    ['dW1', 'db1']
    """
    grads = {}
    for i, (dW, db) in enumerate(gradients, start=1):
        grads |= {f"dW{i}": dW, f"db{i}": db}
    return grads


@np.errstate(over="ignore", invalid="ignore")  # divergence is silent
def update(
    params: Mapping[str, ArrayLike], grads: Mapping[str, ArrayLike], lr: float
) -> dict[str, np.ndarray]:
    """Take one step of gradient descent.

    Parameters
    ----------
    params : dict of arrays, e.g. ``W1 b1 W2 b2``
    grads : dict with a gradient ``dP`` for every parameter ``P``
    lr : float, above 0

    Returns
    -------
    dict like params

    Raises
    ------
    ValueError
        If the learning rate is not positive, a gradient is missing or has another shape.

    Notes
    -----
    Cauchy (1847): P ← P − lr·dP.

    Examples
    --------
    >>> update({"b1": [[1.0]]}, {"db1": [[0.5]]}, lr=0.1)
    {'b1': array([[0.95]])}
    """
    lr = _validate.positive("lr", lr)
    new = {}
    for name, value in params.items():
        if f"d{name}" not in grads:
            raise ValueError(f"grads must hold d{name}, but holds {sorted(grads)}.")
        P, dP = np.asarray(value, dtype=float), np.asarray(grads[f"d{name}"], dtype=float)
        _validate.shape(f"d{name}", dP, P.shape)
        new[name] = P - lr * dP
    return new


def neuron_gradients(
    X: ArrayLike, y: ArrayLike, w: ArrayLike, b: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Compute the gradients of one sigmoid neuron under half squared error.

    Parameters
    ----------
    X : array (m, n)
    y : array (m, 1)
    w : array (n, 1)
    b : array (1, 1)

    Returns
    -------
    (dw, db) : arrays (n, 1) and (1, 1), batch means

    Raises
    ------
    ValueError
        As for `backward_deep`.

    Notes
    -----
    The delta rule of Widrow and Hoff (1960), with the sigmoid's slope: (a − y) a (1 − a) x.

    Examples
    --------
    >>> neuron_gradients([[1.0, 2.0]], [[1]], [[0.0], [0.0]], [[0.0]])
    (array([[-0.125],
           [-0.25 ]]), array([[-0.125]]))
    """
    layers = checked_layers([(w, b, "sigmoid")])
    _, caches = run_forward(checked_inputs("X", X, layers[0][0].shape[0]), layers)
    return backward_deep(X, y, layers, caches, loss="half_squared_error")[0]


def checked_targets(name: str, y: ArrayLike, loss: str, needed: tuple[int, ...]) -> np.ndarray:
    """Return the targets as a float array that suits the loss.

    Raises
    ------
    ValueError
        If the shape is another, a label is not 0 or 1, or (cross-entropy) a row is not one-hot.

    Examples
    --------
    >>> checked_targets("y", [[2]], "bce", (1, 1))
    Traceback (most recent call last):
    ValueError: y must contain only the labels 0 and 1, but contains 2.
    """
    y = _validate.floats(name, y)
    _validate.shape(name, y, needed)
    if _validate.choice("loss", loss, OUTPUTS) == "cross_entropy":
        return _validate.one_hot(name, y)
    return y if loss == "half_squared_error" else _validate.labels(name, y)
