"""Rows D: "Dissecting the math (with visuals) of a tiny neural network" (2-3-2-1)."""

import warnings
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from sklearn.neural_network import MLPClassifier

from . import errata_asd
from .errata_ledger import Finding, agreeing, flat, reach, row
from .errata_nets import STARTS, Net, accuracy, bce, flip, relu, sigmoid, slope, teacher
from .samples import can_run, lint, run

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


FEATURES, CLASSES = SUN_WATER.astype(float), (LABELS > 0).astype(float)[:, None]
SHAPES = tuple(pairwise((2, 3, 2, 1)))


def forward(layers, A):
    """Return the activations and the weighted sums of every layer, for each start."""
    As, Zs = [np.broadcast_to(A, (len(layers[0][0]), *A.shape))], []
    for i, (W, b) in enumerate(layers):
        Zs.append(As[-1] @ W + b)
        As.append(relu(Zs[-1]) if i < 2 else Zs[-1])
    return As, Zs


def gradients(layers, X, y, alpha=0.0):
    """Return dW and db of every layer, for each start."""
    As, Zs = forward(layers, X)
    d = (sigmoid(Zs[-1]) - y) / len(X)
    found = []
    for k in (2, 1, 0):
        W = layers[k][0]
        found.insert(0, (flip(As[k]) @ d + alpha / len(X) * W, d.sum(-2, keepdims=True)))
        if k:
            d = (d @ flip(W)) * (Zs[k - 1] > 0)
    return found


def starts(n, lr, batch, epochs=1000):
    """Train ``n`` networks as the text describes (weights in [-1, 1], no penalty, no stopping).

    Return for each how many of the 8 training rows it gets right, and its loss.
    """
    X, y = FEATURES[TRAIN], CLASSES[TRAIN]
    rng = np.random.default_rng(0)
    layers = [[rng.uniform(-1, 1, (n, a, b)), np.zeros((n, 1, b))] for a, b in SHAPES]
    for _ in range(epochs):
        order = rng.permutation(8)
        for i in range(0, 8, batch):
            chosen = order[i : i + batch]
            for layer, change in zip(layers, gradients(layers, X[chosen], y[chosen]), strict=True):
                for p, g in zip(layer, change, strict=True):
                    p -= lr * g
    z = forward(layers, X)[1][-1]
    return 8 * accuracy(y, z), bce(y, z)


@cache
def seeds_of_the_code(n):
    """Run the walkthrough's code for the seeds 0 to ``n`` − 1, all at once.

    Return the accuracy on the test rows and the number of epochs. scikit-learn draws each layer's
    weights and biases within √(6/(n_in + n_out)), and stops after ten epochs without progress.
    """
    X, y, alpha, tol = FEATURES[TRAIN], CLASSES[TRAIN], 1e-4, 1e-4
    own = [np.random.RandomState(seed) for seed in range(n)]
    layers = [
        [np.array([r.uniform(-c, c, shape) for r in own]) for shape in ((a, b), (1, b))]
        for a, b in SHAPES
        for c in [np.sqrt(6 / (a + b))]
    ]
    best, waited, epochs = np.full(n, np.inf), np.zeros(n), np.zeros(n)
    for _ in range(1000):
        going = waited <= 10
        penalty = alpha / 2 * sum((W**2).sum((-2, -1)) for W, _ in layers) / len(X)
        loss = bce(y, forward(layers, X)[1][-1]) + penalty
        lr = 0.1 * going[:, None, None]
        for layer, change in zip(layers, gradients(layers, X, y, alpha), strict=True):
            for p, g in zip(layer, change, strict=True):
                p -= lr * g
        waited = np.where(going, np.where(loss > best - tol, waited + 1, 0), waited)
        best, epochs = np.where(going, np.minimum(best, loss), best), epochs + going
    return accuracy(CLASSES[TEST], forward(layers, FEATURES[TEST])[1][-1]), epochs


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


@row("D4", starts=STARTS)
def weights_of_the_code_leave_the_interval():
    bounds = [np.sqrt(6 / (a + b)) for a, b in ((2, 3), (3, 2), (2, 1))]
    beyond = 0
    for seed in range(STARTS):
        start = classifier(learning_rate_init=1e-300, max_iter=1, random_state=seed)
        sizes = [np.abs(w).max() for w in start.coefs_]
        assert all(s <= b for s, b in zip(sizes, bounds, strict=True))
        assert all((b != 0).all() for b in start.intercepts_)
        beyond += max(sizes) > 1
    return Finding(bounds, why=[beyond, STARTS])


@row("D5", starts=STARTS)
def equal_starts_stay_equal():
    ((X, y),) = teacher(200)
    net = Net(np.full((STARTS, 4, 3), 0.5), np.full((STARTS, 3, 1), 0.5))
    net.fit(X, y, 0.1, 1000)
    spread = np.ptp(net.W1, axis=-1).max()
    assert agreeing(np.abs(net.W1 - 0.5).max((-2, -1)) > 0.1) == STARTS
    return Finding([], why=[0.5, spread, 1000, STARTS])


@row("D6")
def sum_rule_for_matrices():
    for n in (1, 2, 3):
        X = np.arange(float(n * n)).reshape(n, n)
        full = jacobian(lambda W, X=X: W + X, np.zeros((n, n)))
        np.testing.assert_allclose(full, np.eye(n * n), atol=1e-9)
        assert (full.shape == np.eye(n).shape) == (n == 1)  # only there is it I of size n
    return Finding([4, 4], why=[2, 2, 2])


@row("D7", any_draw=True)
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
    layers = [
        [W[None], b[None, None]] for W, b in zip(start.coefs_, start.intercepts_, strict=True)
    ]

    def is_the_step(alpha):
        steps = gradients(layers, FEATURES[TRAIN], CLASSES[TRAIN], alpha)
        return all(
            np.allclose(new, W[0] - 0.1 * gW[0], atol=1e-12, rtol=0)
            for new, (W, _), (gW, _) in zip(after.coefs_, layers, steps, strict=True)
        )

    assert is_the_step(0.0001)
    assert not is_the_step(0)
    return Finding([min(200, 8)], why=[200, 0.0001, 8, 1])


@row("D12", starts=200)
def batches_are_not_better_as_such():
    def losses(batch, lr):
        return starts(200, lr, batch)[1]

    whole, single_fast, single_slow = losses(8, 0.1), losses(1, 0.1), losses(1, 0.01)
    why = [200, 0.1]
    for ends in (whole, single_fast):
        why += [ends.mean(), *np.quantile(ends, [0.1, 0.9])]
    return Finding([], why=[*why, np.sum(whole < single_fast), 0.01, single_slow.mean()])


@row("D13", starts=200)
def the_code_adds_rules():
    fitted = classifier()
    assert fitted.get_params()["n_iter_no_change"] == 10
    _, epochs = seeds_of_the_code(200)
    assert epochs[42] == fitted.n_iter_
    early = agreeing(epochs < 1000)
    return Finding([], why=[fitted.alpha, fitted.tol, 10, 42, fitted.n_iter_, 1000, early, 200])


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


@row("D16", starts=200)
def one_seed_says_little():
    X, y = SUN_WATER[TEST], LABELS[TEST]
    scores, epochs = seeds_of_the_code(200)
    for seed in (0, 1, 2, 42):
        fitted = classifier(random_state=seed)
        assert (fitted.score(X, y), fitted.n_iter_) == (pytest.approx(scores[seed]), epochs[seed])
    share = np.bincount(np.rint(5 * scores).astype(int), minlength=6)
    always_yes = np.mean(y == 1)
    return Finding(
        [200, *reach(scores)],
        why=[
            42,
            classifier().score(X, y),
            3,
            5,
            always_yes,
            share[3],
            200,
            share[:3].sum(),
            share[4:].sum(),
        ],
    )


@row("D17", starts=200)
def training_does_not_always_help():
    correct, _ = starts(200, 0.1, 8)
    return Finding([], why=[200, 0.1, 1000, np.sum(correct <= 4), np.sum(correct == 8)])


@row("D18", runs_samples=True)
def numpy_is_not_used():
    assert lint("D") == ["F401 numpy"]
    assert can_run(run("D")[0])
    return Finding()
