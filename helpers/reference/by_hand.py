"""The whole network on one page, as a reader of module 06 would write it.

One hidden layer with ReLU, one output with a sigmoid, binary cross-entropy, mini-batches.
Batch first: ``X`` is ``(m, n0)``, ``y`` is ``(m, 1)``. Nothing here checks its inputs, saves time
or knows other networks: the rest of `helpers.reference` does, and the tests find the two equal.

>>> from helpers.reference import xor
>>> X, y = xor()
>>> rng = np.random.default_rng(0)
>>> params, history = fit(init_params(2, 8, rng), X, y, epochs=300, batch_size=4, lr=0.5, rng=rng)
>>> (forward(X, params)[0] > 0.5).astype(int).ravel().tolist()
[0, 1, 1, 0]
"""

from collections.abc import Iterator

import numpy as np

Params = dict[str, np.ndarray]


def init_params(n0: int, n1: int, rng: np.random.Generator) -> Params:
    """Start with weights of He's size, and with biases of zero."""
    return {
        "W1": rng.normal(0, np.sqrt(2 / n0), (n0, n1)),
        "b1": np.zeros((1, n1)),
        "W2": rng.normal(0, np.sqrt(2 / n1), (n1, 1)),
        "b2": np.zeros((1, 1)),
    }


def forward(X: np.ndarray, params: Params) -> tuple[np.ndarray, Params]:
    """Go from inputs to outputs; keep everything on the way for the way back."""
    Z1 = X @ params["W1"] + params["b1"]  # (m, n0) @ (n0, n1) -> (m, n1)
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ params["W2"] + params["b2"]  # (m, n1) @ (n1, 1) -> (m, 1)
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


def sigmoid(Z: np.ndarray) -> np.ndarray:
    """Squeeze any number into 0 to 1; e to the −|z| cannot overflow."""
    e = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1, e) / (1 + e)


def bce(y: np.ndarray, Z2: np.ndarray) -> float:
    """Return the mean binary cross-entropy, from the numbers before the sigmoid."""
    return float(np.mean(np.maximum(Z2, 0) - y * Z2 + np.log1p(np.exp(-np.abs(Z2)))))


def backward(X: np.ndarray, y: np.ndarray, params: Params, cache: Params) -> Params:
    """Go back, and return the gradient of the mean loss with respect to every parameter."""
    m = len(X)
    dZ2 = cache["A2"] - y  # sigmoid and cross-entropy together
    dZ1 = dZ2 @ params["W2"].T * (cache["Z1"] > 0)  # (m, 1) @ (1, n1), masked by ReLU
    return {
        "dW1": X.T @ dZ1 / m,  # (n0, m) @ (m, n1) -> (n0, n1)
        "db1": dZ1.mean(axis=0, keepdims=True),
        "dW2": cache["A1"].T @ dZ2 / m,  # (n1, m) @ (m, 1) -> (n1, 1)
        "db2": dZ2.mean(axis=0, keepdims=True),
    }


def update(params: Params, grads: Params, lr: float) -> Params:
    """Take one step downhill."""
    return {name: P - lr * grads[f"d{name}"] for name, P in params.items()}


def minibatches(
    X: np.ndarray, y: np.ndarray, batch_size: int, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Deal out all rows in random order, X and y together."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


def fit(
    params: Params,
    X: np.ndarray,
    y: np.ndarray,
    epochs: int,
    batch_size: int,
    lr: float,
    rng: np.random.Generator,
) -> tuple[Params, list[float]]:
    """Train; return the parameters, and the loss of each epoch, from before each step."""
    history = []
    for _ in range(epochs):
        losses = []
        for Xb, yb in minibatches(X, y, batch_size, rng):
            _, cache = forward(Xb, params)
            losses.append(bce(yb, cache["Z2"]) * len(Xb))
            params = update(params, backward(Xb, yb, params, cache), lr)
        history.append(sum(losses) / len(X))
    return params, history
