"""Rows D: "Dissecting the math (with visuals) of a tiny neural network" (2-3-2-1)."""

import warnings
from itertools import pairwise

import numpy as np
from sklearn.neural_network import MLPClassifier

from . import errata_asd
from .errata_ledger import Finding, flat, row
from .errata_nets import Net, relu, sigmoid, slope, teacher

SUN_WATER = np.array(
    [
        [0, 1, 1, 2, 3, 3, 2, 3, 0, 0, 1, 2, 3],
        [0, 0, 1, 0, 1, 2, 3, 3, 1, 2, 3, 2, 1],
    ]
).T
LABELS = np.array([1, -1, -1, -1, 1, 1, 1, -1, -1, -1, 1, 1, 1])
TRAIN, TEST = slice(0, 8), slice(8, 13)


def classifier(**changes):
    """Return the walkthrough's classifier, fitted, and the warnings it gave."""
    settings = {
        "hidden_layer_sizes": (3, 2),
        "activation": "relu",
        "solver": "sgd",
        "learning_rate_init": 0.1,
        "max_iter": 1000,
        "momentum": 0,
        "random_state": 42,
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # max_iter=1 does not converge, and says so
        return MLPClassifier(**settings | changes).fit(SUN_WATER[TRAIN], LABELS[TRAIN])


def starts(n, lr, batch, epochs=1000, seed=0):
    """Train ``n`` networks as the text describes (weights in [-1, 1], no penalty, no stopping).

    Return for each how many of the 8 training rows it gets right, and its loss.
    """
    X = SUN_WATER[TRAIN].astype(float)
    y = (LABELS[TRAIN] > 0).astype(float)[:, None]
    rng = np.random.default_rng(seed)
    layers = [
        [rng.uniform(-1, 1, (n, a, b)), np.zeros((n, 1, b))] for a, b in ((2, 3), (3, 2), (2, 1))
    ]

    def forward(A):
        As, Zs = [np.broadcast_to(A, (n, *A.shape))], []
        for i, (W, b) in enumerate(layers):
            Zs.append(As[-1] @ W + b)
            As.append(relu(Zs[-1]) if i < 2 else Zs[-1])
        return As, Zs

    for _ in range(epochs):
        order = rng.permutation(8)
        for i in range(0, 8, batch):
            chosen = order[i : i + batch]
            As, Zs = forward(X[chosen])
            d = (sigmoid(Zs[-1]) - y[chosen]) / batch
            for k in (2, 1, 0):
                gW, gb = np.swapaxes(As[k], 1, 2) @ d, d.sum(1, keepdims=True)
                if k:
                    d = (d @ np.swapaxes(layers[k][0], 1, 2)) * (Zs[k - 1] > 0)
                layers[k][0] -= lr * gW
                layers[k][1] -= lr * gb
    z = forward(X)[1][-1]
    return ((z > 0) == y).sum((1, 2)), np.mean(np.logaddexp(0, z) - y * z, axis=(1, 2))


def jacobian(f, x):
    """Return ∂f_i/∂x_j of flattened arrays."""
    x = np.asarray(x, dtype=float)
    rows = f(x).size
    return np.array([slope(lambda v, i=i: f(v).ravel()[i], x).ravel() for i in range(rows)])


@row("D2")
def right_answers_weaken_connections_too():
    # Sample 1 of the 4-3-1 network, labeled 0: its output is below one half, so it is right.
    net = Net(errata_asd.W1, errata_asd.W2)
    X, y = errata_asd.X[:1], np.array([[0.0]])
    assert sigmoid(net.logits(X)) < 0.5
    before = [np.abs(net.W1), np.abs(net.W2)]
    net.step(X, y, 0.005)
    stronger = sum(
        int((np.abs(a) > b).sum()) for a, b in zip((net.W1, net.W2), before, strict=True)
    )
    weaker = sum(int((np.abs(a) < b).sum()) for a, b in zip((net.W1, net.W2), before, strict=True))
    return Finding([], why=[sigmoid(errata_asd.Z2[0, 0]), stronger, weaker, 15 - stronger - weaker])


@row("D3")
def input_nodes_have_no_bias():
    sizes = (2, 3, 2, 1)
    weights = sum(a * b for a, b in pairwise(sizes))
    fitted = classifier()
    assert sum(b.size for b in fitted.intercepts_) == sum(sizes[1:])
    assert sum(w.size for w in fitted.coefs_) == weights
    return Finding([sum(sizes[1:])], why=[sum(sizes), weights])


@row("D4")
def weights_of_the_code_leave_the_interval():
    bounds = [np.sqrt(6 / (a + b)) for a, b in ((2, 3), (3, 2), (2, 1))]
    beyond = 0
    for seed in range(20):
        start = classifier(learning_rate_init=1e-300, max_iter=1, random_state=seed)
        sizes = [np.abs(w).max() for w in start.coefs_]
        assert all(s <= b for s, b in zip(sizes, bounds, strict=True))
        assert all((b != 0).all() for b in start.intercepts_)
        beyond += max(sizes) > 1
    assert beyond > 10
    return Finding(bounds, why=[20])


@row("D5")
def equal_starts_stay_equal():
    X, y = teacher(200, np.random.default_rng(0))
    net = Net(np.full((4, 3), 0.5), np.full((3, 1), 0.5))
    net.fit(X, y, 0.1, 1000)
    spread = np.ptp(net.W1, axis=1).max()
    assert np.abs(net.W1 - 0.5).max() > 0.1
    return Finding([], why=[0.5, spread, 1000])


@row("D6")
def sum_rule_for_matrices():
    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    full = jacobian(lambda W: W + X, np.zeros((2, 2)))
    np.testing.assert_allclose(full, np.eye(4), atol=1e-9)
    return Finding(flat(full.shape), why=[2, 2, 2])


@row("D7")
def product_rule():
    rng = np.random.default_rng(0)
    v, W = rng.normal(size=(1, 3)), rng.normal(size=(3, 2))
    full = jacobian(lambda W: v @ W, W)
    assert full.shape == (2, 6)
    np.testing.assert_allclose(jacobian(lambda v: v @ W, v), W.T, atol=1e-9)
    error = rng.normal(size=(1, 2))  # ∂L/∂(vW)
    measured = slope(lambda W: float((v @ W @ error.T)[0, 0]), W)
    np.testing.assert_allclose(v.T @ error, measured, atol=1e-9)
    return Finding([], why=[3, 2, *full.shape])


@row("D8")
def no_matrix_is_square():
    shapes = [w.shape for w in classifier().coefs_]
    assert all(a != b for a, b in shapes)
    return Finding(flat(*shapes))


@row("D9")
def sigmoid_jacobian_is_diagonal():
    z = np.array([[-1.0, 0.0, 2.0]])
    a = sigmoid(z)
    np.testing.assert_allclose(jacobian(sigmoid, z), np.diag((a * (1 - a))[0]), atol=1e-9)
    return Finding()


@row("D10")
def the_code_takes_all_rows_at_once():
    start = classifier(learning_rate_init=1e-300, max_iter=1)
    after = classifier(max_iter=1)
    X, y = SUN_WATER[TRAIN], (LABELS[TRAIN] > 0).astype(float)[:, None]
    As, Zs = [X], []
    for i, (W, b) in enumerate(zip(start.coefs_, start.intercepts_, strict=True)):
        Zs.append(As[-1] @ W + b)
        As.append(relu(Zs[-1]) if i < 2 else Zs[-1])
    d = (sigmoid(As[-1]) - y) / 8
    for k in (2, 1, 0):
        gW = As[k].T @ d + 0.0001 / 8 * start.coefs_[k]
        if k:
            d = (d @ start.coefs_[k].T) * (Zs[k - 1] > 0)
        np.testing.assert_allclose(after.coefs_[k], start.coefs_[k] - 0.1 * gW, atol=1e-12)
    return Finding([min(200, 8)], why=[200, 1])


@row("D12")
def batches_are_not_better_as_such():
    def loss(batch, lr):
        return starts(200, lr, batch)[1].mean()

    whole, single_fast, single_slow = loss(8, 0.1), loss(1, 0.1), loss(1, 0.01)
    ends = [errata_asd.fifty_epochs(batch) for batch in (1, 16)]
    assert ends[0] < ends[1]
    return Finding([], why=[0.1, whole, single_fast, 0.01, single_slow, *ends])


@row("D13")
def the_code_adds_rules():
    fitted = classifier()
    assert fitted.n_iter_ < 1000
    assert fitted.get_params()["n_iter_no_change"] == 10
    return Finding([], why=[fitted.alpha, fitted.tol, 10, 42, 1000])


@row("D14")
def minus_one_does_not_fit_the_loss():
    def text_loss(y, p):
        return -(y * np.log(p) + (1 - y) * np.log(1 - p))

    # With y = -1 the loss of the formula has no lower bound: it falls below 0 as ŷ goes to 0 …
    assert text_loss(-1, 0.1) < 0
    assert text_loss(-1, 1e-9) < text_loss(-1, 1e-3)
    return Finding([text_loss(0, 0.1), 0.1, 0], why=[-1, 0.1, text_loss(-1, 0.1)])


@row("D15")
def a_test_row_was_in_the_training_set():
    seen = {tuple(p) for p in SUN_WATER[TRAIN].tolist()}
    known = [p for p in SUN_WATER[TEST].tolist() if tuple(p) in seen]
    assert len(known) == 1
    return Finding([4], why=[*known[0], 5, 13])


@row("D16")
def one_seed_says_little():
    X, y = SUN_WATER[TEST], LABELS[TEST]
    scores = [classifier(random_state=s).score(X, y) for s in range(20)]
    always_yes = np.mean(y == 1)
    return Finding(
        [min(scores), max(scores)], why=[42, classifier().score(X, y), 3, 5, always_yes, 20]
    )


@row("D17")
def training_does_not_always_help():
    correct, _ = starts(200, 0.1, 8)
    stuck, perfect = np.mean(correct <= 4), np.mean(correct == 8)
    assert 0.2 < stuck < 0.4
    assert perfect < 0.15
    return Finding([], why=[200, 0.1, 1000])
