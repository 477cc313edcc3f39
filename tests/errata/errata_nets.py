"""The small pieces that several rows need: plain NumPy, float64, examples in rows."""

import numpy as np


def sigmoid(z):
    """Return 1 / (1 + exp(−z)), silent at any z."""
    return np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float)))


def relu(z):
    return np.maximum(0, z)


def bce(y, z):
    """Return the mean binary cross-entropy of the logits ``z``."""
    return float(np.mean(np.logaddexp(0, z) - y * z))


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
        self.b1, self.b2 = np.zeros((1, self.W1.shape[1])), np.zeros((1, 1))

    @classmethod
    def he(cls, sizes, rng):
        n0, n1, n2 = sizes
        return cls(
            rng.standard_normal((n0, n1)) * np.sqrt(2 / n0),
            rng.standard_normal((n1, n2)) * np.sqrt(2 / n1),
        )

    @property
    def params(self):
        return [self.W1, self.b1, self.W2, self.b2]

    def logits(self, X):
        return relu(X @ self.W1 + self.b1) @ self.W2 + self.b2

    def gradients(self, X, y, lam=0.0):
        Z1 = X @ self.W1 + self.b1
        A1 = relu(Z1)
        d2 = (sigmoid(A1 @ self.W2 + self.b2) - y) / len(X)
        d1 = (d2 @ self.W2.T) * (Z1 > 0)
        return [
            X.T @ d1 + lam / len(X) * self.W1,
            d1.sum(0, keepdims=True),
            A1.T @ d2 + lam / len(X) * self.W2,
            d2.sum(0, keepdims=True),
        ]

    def step(self, X, y, lr, lam=0.0):
        for p, g in zip(self.params, self.gradients(X, y, lam), strict=True):
            p -= lr * g

    def fit(self, X, y, lr, epochs, batch=None, rng=None, watch=None, lam=0.0):
        """Train; return ``watch`` (by default the loss on ``X``) after every epoch."""
        watch = watch or (lambda net: bce(y, net.logits(X)))
        history = []
        for _ in range(epochs):
            order = np.arange(len(X)) if rng is None else rng.permutation(len(X))
            for i in range(0, len(X), batch or len(X)):
                chosen = order[i : i + (batch or len(X))]
                self.step(X[chosen], y[chosen], lr, lam)
            history.append(watch(self))
        return np.array(history)


def teacher(m, rng):
    """Return ``m`` rows of four features in [0, 1] with noisy 0/1 labels."""
    X = rng.uniform(0, 1, (m, 4))
    p = sigmoid(2 * (X @ np.array([3.0, -4.0, 2.0, -3.0]) + 1))[:, None]
    return X, (rng.uniform(size=(m, 1)) < p).astype(float)
