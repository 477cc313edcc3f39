"""The small pieces that several rows need: plain NumPy, float64, examples in rows.

Arrays may have a leading axis of starts: so many networks, with rows of their own, train at once.
"""

import numpy as np

STARTS = 20


def sigmoid(z):
    """Return 1 / (1 + exp(−z)), silent at any z."""
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


def relu(z):
    return np.maximum(0, z)


def bce(y, z):
    """Return the mean binary cross-entropy of the logits ``z``, one for each start."""
    return np.mean(np.logaddexp(0, z) - y * z, axis=(-2, -1))


def accuracy(y, z):
    """Return the share of logits on the right side of 0, one for each start."""
    return np.mean((z > 0) == y, axis=(-2, -1))


def flip(a):
    """Return the transpose of each start's matrix."""
    return np.swapaxes(a, -1, -2)


def slope(f, x, h=1e-6):
    """Return the central-difference gradient of ``f`` at ``x``."""
    x = np.array(x, dtype=float)
    grad = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        grad[i] = (f(up) - f(down)) / (2 * h)
    return grad


class Net:
    """A ReLU hidden layer and a sigmoid output, for ``X`` (m, n) and ``y`` (m, 1)."""

    def __init__(self, W1, W2):
        self.W1, self.W2 = np.array(W1, dtype=float), np.array(W2, dtype=float)
        self.b1, self.b2 = np.zeros_like(self.W1[..., :1, :]), np.zeros_like(self.W2[..., :1, :])

    @classmethod
    def he(cls, sizes, starts=STARTS):
        n0, n1, n2 = sizes
        rng = np.random.default_rng(1)
        return cls(
            rng.standard_normal((starts, n0, n1)) * np.sqrt(2 / n0),
            rng.standard_normal((starts, n1, n2)) * np.sqrt(2 / n1),
        )

    @property
    def params(self):
        return [self.W1, self.b1, self.W2, self.b2]

    def logits(self, X):
        return relu(X @ self.W1 + self.b1) @ self.W2 + self.b2

    def gradients(self, X, y, lam=0.0):
        m = X.shape[-2]
        Z1 = X @ self.W1 + self.b1
        A1 = relu(Z1)
        d2 = (sigmoid(A1 @ self.W2 + self.b2) - y) / m
        d1 = (d2 @ flip(self.W2)) * (Z1 > 0)
        return [
            flip(X) @ d1 + lam / m * self.W1,
            d1.sum(-2, keepdims=True),
            flip(A1) @ d2 + lam / m * self.W2,
            d2.sum(-2, keepdims=True),
        ]

    def step(self, X, y, lr, lam=0.0):
        for p, g in zip(self.params, self.gradients(X, y, lam), strict=True):
            p -= lr * g

    def fit(self, X, y, lr, epochs, batch=None, watch=None, lam=0.0):
        """Train; return ``watch`` (by default the loss on ``X``) after every epoch.

        In batches, the rows are shuffled anew in each epoch, for each start on its own.
        """
        watch = watch or (lambda net: bce(y, net.logits(X)))
        rng, m = np.random.default_rng(2) if batch else None, X.shape[-2]
        rows, labels, history = X, y, []
        for _ in range(epochs):
            if batch:
                order = rng.random((*X.shape[:-1], 1)).argsort(axis=-2)
                rows, labels = (np.take_along_axis(a, order, axis=-2) for a in (X, y))
            for i in range(0, m, batch or m):
                chosen = (..., slice(i, i + (batch or m)), slice(None))
                self.step(rows[chosen], labels[chosen], lr, lam)
            history.append(watch(self))
        return np.array(history)

    def silent(self, X):
        """Return which starts have no hidden neuron left that is on for any row."""
        return (X @ self.W1 + self.b1 <= 0).all((-2, -1))


def teacher(*sizes, sets=STARTS):
    """Return, for each size, so many rows of four features in [0, 1] with noisy 0/1 labels."""
    rng = np.random.default_rng(0)
    for m in sizes:
        X = rng.uniform(0, 1, (sets, m, 4))
        p = sigmoid(2 * (X @ np.array([3.0, -4.0, 2.0, -3.0]) + 1))[..., None]
        yield X, (rng.uniform(size=(sets, m, 1)) < p).astype(float)
