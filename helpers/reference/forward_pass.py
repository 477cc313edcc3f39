"""The forward pass: from one layer to a network of any depth.

A network is a list of layers ``(W, b, name)``; a two-layer one may also be written as the dict
``W1 b1 W2 b2``. Both run through the same code.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate
from helpers.reference.activations import ACTIVATIONS, softmax

Layer = tuple[np.ndarray, np.ndarray, str]
Cache = tuple[np.ndarray, np.ndarray]
Params = dict[str, np.ndarray]  # "W1", "b1", "W2", "b2" and so on

FUNCTIONS: dict[str, Callable[..., np.ndarray]] = {
    **{name: activation.function for name, activation in ACTIVATIONS.items()},
    "softmax": softmax,
}


def linear(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> np.ndarray:
    """Compute the weighted sums of a layer: Z = X @ W + b.

    Parameters
    ----------
    X : array (m, n_in)
    W : array (n_in, n_out)
    b : array (1, n_out)

    Returns
    -------
    Z : array (m, n_out)

    Raises
    ------
    ValueError
        If a shape does not fit, an array is empty or not finite.

    Examples
    --------
    >>> linear([[1, 2]], [[0.2, 0.1], [0.4, 0.6]], [[0.3, 0.5]])
    array([[1.3, 1.8]])
    """
    return forward_deep(X, [(W, b, "linear")])[0]


def layer_forward(
    X: ArrayLike, W: ArrayLike, b: ArrayLike, activation: Callable[[np.ndarray], np.ndarray]
) -> Cache:
    """Run one layer with any activation function.

    Parameters
    ----------
    X : array (m, n_in)
    W : array (n_in, n_out)
    b : array (1, n_out)
    activation : function of Z

    Returns
    -------
    (Z, A) : arrays (m, n_out)

    Raises
    ------
    ValueError
        As for `linear`.

    Examples
    --------
    >>> Z, A = layer_forward([[1.0]], [[2.0, -2.0]], [[0.0, 0.0]], lambda Z: np.maximum(0, Z))
    >>> A
    array([[2., 0.]])
    """
    Z = linear(X, W, b)
    return Z, activation(Z)


@np.errstate(over="ignore", invalid="ignore")  # divergence is silent
def forward_deep(X: ArrayLike, layers: Sequence[Layer]) -> tuple[np.ndarray, list[Cache]]:
    """Run a network of any depth.

    Parameters
    ----------
    X : array (m, n_in)
    layers : list of (W, b, name), the name a key of ``FUNCTIONS``

    Returns
    -------
    A : array (m, n_out), the output of the last layer
    caches : list of (Z, A), one per layer, for the way back

    Raises
    ------
    ValueError
        If a shape does not fit, a name is unknown, an array is empty or not finite.

    Examples
    --------
    >>> layers = [(np.eye(2), np.zeros((1, 2)), "relu"), (np.ones((2, 1)), [[0.5]], "linear")]
    >>> forward_deep([[1.0, -3.0]], layers)[0]
    array([[1.5]])
    """
    layers = checked_layers(layers)
    return run_forward(checked_inputs("X", X, layers[0][0].shape[0]), layers)


def run_forward(X: np.ndarray, layers: Sequence[Layer]) -> tuple[np.ndarray, list[Cache]]:
    """Do what `forward_deep` does, on arrays that are known to fit.

    ``A.dot(W)`` is ``A @ W``; on a batch of 16 rows it takes half the time.
    """
    A = X
    caches = []
    for W, b, name in layers:
        Z = A.dot(W)  # (m, n_in) @ (n_in, n_out) -> (m, n_out)
        Z += b
        A = FUNCTIONS[name](Z)
        caches.append((Z, A))
    return A, caches


def forward(
    X: ArrayLike, params: Mapping[str, ArrayLike], hidden: str = "relu", output: str = "sigmoid"
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Run the course's network: ReLU, then sigmoid.

    Parameters
    ----------
    X : array (m, n_in)
    params : dict ``W1 b1 W2 b2`` (and further layers, if there are any)
    hidden, output : activation names

    Returns
    -------
    A2 : array (m, n_out)
    cache : dict ``Z1 A1 Z2 A2``

    Raises
    ------
    ValueError
        As for `forward_deep`.

    Examples
    --------
    >>> params = {"W1": np.eye(2), "b1": [[0, 0]], "W2": [[1], [1]], "b2": [[-3]]}
    >>> forward([[1.0, 2.0]], params)[0]
    array([[0.5]])
    """
    A, caches = forward_deep(X, as_layers(params, hidden, output))
    cache = {}
    for i, (Z, A_i) in enumerate(caches, start=1):
        cache |= {f"Z{i}": Z, f"A{i}": A_i}
    return A, cache


def forward_columns(X: ArrayLike, params: Mapping[str, ArrayLike]) -> np.ndarray:
    """Run the same network in the other convention, where a column is an example: Z = W @ X + b.

    Parameters
    ----------
    X : array (n_in, m)
    params : dict of W1 (n1, n_in), b1 (n1, 1), W2 (n_out, n1), b2 (n_out, 1)

    Returns
    -------
    A2 : array (n_out, m)

    Raises
    ------
    ValueError
        As for `forward_deep`; the shapes it names are the transposed ones.

    Notes
    -----
    (X W)ᵀ = Wᵀ Xᵀ: transposing the inputs and every parameter translates one into the other.

    Examples
    --------
    >>> params = {"W1": np.eye(2), "b1": [[0], [0]], "W2": [[1, 1]], "b2": [[-3]]}
    >>> forward_columns([[1.0], [2.0]], params)
    array([[0.5]])
    """
    rows = {name: np.transpose(value) for name, value in params.items()}
    return forward(np.transpose(X), rows)[0].T


def collapse_linear(
    W1: ArrayLike, b1: ArrayLike, W2: ArrayLike, b2: ArrayLike
) -> tuple[np.ndarray, np.ndarray]:
    """Merge two linear layers into the one they amount to.

    Parameters
    ----------
    W1, b1 : arrays (n_in, n1) and (1, n1)
    W2, b2 : arrays (n1, n_out) and (1, n_out)

    Returns
    -------
    (W, b) : arrays (n_in, n_out) and (1, n_out)

    Raises
    ------
    ValueError
        If the shapes do not fit together.

    Notes
    -----
    (X W1 + b1) W2 + b2 = X (W1 W2) + (b1 W2 + b2).

    Examples
    --------
    >>> collapse_linear([[2.0]], [[1.0]], [[3.0]], [[1.0]])
    (array([[6.]]), array([[4.]]))
    """
    (W1, b1, _), (W2, b2, _) = checked_layers([(W1, b1, "linear"), (W2, b2, "linear")])
    return W1 @ W2, b1 @ W2 + b2


def as_layers(
    params: Mapping[str, ArrayLike], hidden: str = "relu", output: str = "sigmoid"
) -> list[Layer]:
    """Turn the dict ``W1 b1 W2 b2 …`` into a list of (W, b, name).

    Parameters
    ----------
    params : dict with W1, b1 and so on, numbered without gaps
    hidden, output : activation names

    Returns
    -------
    list of (W, b, name)

    Raises
    ------
    ValueError
        If a name is missing or not understood.

    Examples
    --------
    >>> as_layers({"W1": [[1.0]], "b1": [[0.0]]})
    [([[1.0]], [[0.0]], 'sigmoid')]
    """
    depth = len(params) // 2
    needed = [f"{letter}{i}" for i in range(1, depth + 1) for letter in "Wb"]
    if not depth or set(params) != set(needed):
        raise ValueError(f"params must hold W1, b1, W2, b2, …, but holds {sorted(params)}.")
    names = [hidden] * (depth - 1) + [output]
    return [(params[f"W{i}"], params[f"b{i}"], name) for i, name in enumerate(names, start=1)]


def as_params(layers: Sequence[Layer]) -> dict[str, np.ndarray]:
    """Turn a list of (W, b, name) into the dict ``W1 b1 W2 b2 …``.

    Examples
    --------
    >>> as_params([(np.eye(1), np.zeros((1, 1)), "sigmoid")])
    {'W1': array([[1.]]), 'b1': array([[0.]])}
    """
    params = {}
    for i, (W, b, _) in enumerate(layers, start=1):
        params |= {f"W{i}": W, f"b{i}": b}
    return params


def checked_layers(layers: Sequence[Layer]) -> list[Layer]:
    """Return the layers as float arrays whose shapes fit together.

    Raises
    ------
    ValueError
        If there is none, a name is unknown, a shape does not fit or a value is not finite.

    Examples
    --------
    >>> checked_layers([(np.ones((4, 3)), np.zeros(3), "relu")])
    Traceback (most recent call last):
    ValueError: b1 must have shape (1, 3), but has shape (3,).
    """
    if not layers:
        raise ValueError("layers must hold at least one layer, but is empty.")
    checked = []
    for i, (W, b, name) in enumerate(layers, start=1):
        W = _validate.floats(f"W{i}", W, ndim=2)
        b = _validate.floats(f"b{i}", b)
        _validate.shape(f"b{i}", b, (1, W.shape[1]))
        if checked:
            _validate.shape(f"W{i}", W, (checked[-1][0].shape[1], W.shape[1]))
        known = FUNCTIONS if i == len(layers) else ACTIVATIONS
        checked.append((W, b, _validate.choice(f"activation of layer {i}", name, known)))
    return checked


def checked_inputs(name: str, X: ArrayLike, n_in: int) -> np.ndarray:
    """Return X as a float array (m, n_in), or say what is wrong with it.

    Raises
    ------
    ValueError
        If it is not two-dimensional, is empty, is not finite or has not n_in columns.

    Examples
    --------
    >>> checked_inputs("X", [[1, 2]], 3)
    Traceback (most recent call last):
    ValueError: X must have one column per input (m, 3), but has shape (1, 2).
    """
    X = _validate.floats(name, X, ndim=2)
    if X.shape[1] != n_in:
        raise ValueError(
            f"{name} must have one column per input (m, {n_in}), but has shape {X.shape}."
        )
    return X
