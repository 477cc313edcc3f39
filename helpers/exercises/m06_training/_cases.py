"""What several exercises of this module share."""

import numpy as np

from helpers import reference
from helpers.checks.cases import Seed, column, hundredths, labels, network_params
from helpers.checks.exercise import Case


def numbered(rng: np.random.Generator, m: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Make rows that can be told apart, and labels or targets that can, too."""
    X = hundredths(rng, m, n)
    X[:, 0] = np.arange(1, m + 1)
    return X, (10.0 * np.arange(1, m + 1))[:, None]


def rows_to_deal(rng: np.random.Generator) -> list[Case]:
    """Make data with batches that fit, that do not, of one row, and larger than the data."""
    X5, y5 = numbered(rng, 5, 2)
    X7, _ = numbered(rng, 7, 3)
    X12, y12 = numbered(rng, 12, 1)
    seed = Seed(rng.integers(1, 1000))
    while list(np.random.default_rng(seed).permutation(5)) == list(range(5)):  # looks unshuffled
        seed = Seed(seed + 1)
    return [
        (X5, y5, 2, seed),
        (X12, y12, 4, Seed(seed + 20)),
        (X7, labels(rng, 7), 3, Seed(seed + 40)),
        (X7, labels(rng, 7), 1, Seed(seed + 60)),
        (X5, y5, 8, Seed(seed + 80)),
    ]


def deal_out(X, y, batch_size, order, labels=None):
    labels = order if labels is None else labels
    for start in range(0, len(order), batch_size):
        yield X[order[start : start + batch_size]], y[labels[start : start + batch_size]]


def steps(rng: np.random.Generator) -> list[Case]:
    """Make networks of several sizes; in one, a weighted sum is exactly 0."""
    at_zero = {
        "W1": np.array([[0.5, -1.0, 0.25], [-0.5, 1.0, 0.5]]),
        "b1": np.array([[0.0, -0.75, 0.5]]),
        "W2": np.array([[2.0], [-1.5], [0.75]]),
        "b2": np.array([[0.5]]),
    }
    X = np.array([[1.0, 1.0], [0.5, 0.5], [-1.0, 0.5], [2.0, -1.0], [0.25, 1.5]])
    X_asd, y_asd, params = reference.asd_batch()
    return [
        (at_zero, X, column(1, 0, 1, 1, 0), 0.5),
        (network_params(rng, 3, 4, 1), hundredths(rng, 7, 3), labels(rng, 7), 0.1),
        (network_params(rng, 4, 2, 1), hundredths(rng, 5, 4), labels(rng, 5), 2.0),
        (params, X_asd, y_asd, 0.005),
        (network_params(rng, 2, 3, 1), hundredths(rng, 1, 2), column(1), 0.3),
    ]


def fast_gradients(params, X, y):
    """Go forward and back, without the reference's inspection of all inputs, which takes time."""
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ params["W2"] + params["b2"]
    dZ2 = (1 / (1 + np.exp(-Z2)) - y) / len(X)
    dZ1 = dZ2 @ params["W2"].T * (Z1 > 0)
    db1, db2 = dZ1.sum(axis=0, keepdims=True), dZ2.sum(axis=0, keepdims=True)
    loss = np.mean(np.maximum(Z2, 0) - y * Z2 + np.log1p(np.exp(-np.abs(Z2))))
    return {"dW1": X.T @ dZ1, "db1": db1, "dW2": A1.T @ dZ2, "db2": db2}, float(loss)


def moved_by(params, grads, lr):
    return {key: P - lr * grads[f"d{key}"] for key, P in params.items()}


def fast_step(params, X, y, lr):
    grads, loss = fast_gradients(params, X, y)
    return moved_by(params, grads, lr), loss


def share_right(params, X, y):
    """Return the accuracy: the output is above 0.5 where Z2 is above 0."""
    Z2 = np.maximum(0, X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return float(np.mean((Z2 > 0) == y))


def penalties(rng: np.random.Generator) -> list[Case]:
    """Make gradients and parameters of several sizes, with small, large and no penalty."""

    def some(n: int, hidden: int, lam: float, m: int) -> Case:
        params, like = network_params(rng, n, hidden, 1), network_params(rng, n, hidden, 1)
        return {f"d{key}": P for key, P in like.items()}, params, lam, m

    return [some(2, 3, 0.5, 5), some(3, 4, 0.1, 7), some(4, 2, 2.0, 10), some(2, 4, 0.0, 5)]


def scaler_with(X, axis=0, keepdims=True, ddof=0, power=1):
    std = X.std(axis=axis, keepdims=keepdims, ddof=ddof if len(X) > ddof else 0) ** power
    return X.mean(axis=axis, keepdims=keepdims), np.where(std == 0, 1.0, std)


def rows_to_scale(rng: np.random.Generator) -> list[Case]:
    """Make new rows beside the scaler of other rows."""

    def case(m: int, n: int) -> Case:
        mean, std = hundredths(rng, 1, n), np.abs(hundredths(rng, 1, n)) + 0.5
        return hundredths(rng, m, n), (mean, std.round(2))

    return [
        (
            np.array([[1.0, 20.0], [2.0, 50.0], [6.0, 30.0], [3.0, 10.0], [0.0, 40.0]]),
            (np.array([[3.0, 30.0]]), np.array([[2.0, 10.0]])),
        ),
        case(5, 3),
        case(7, 4),
        case(1, 2),
    ]
