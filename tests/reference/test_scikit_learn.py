"""The same weights in scikit-learn's MLPClassifier: probabilities, gradients, whole runs."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from helpers.reference import Network, Perceptron, gate, sun_and_water, two_moons

pytestmark = pytest.mark.tier("check")


def classifier(sklearn, layers, lr, m, alpha=0.0, activation="relu", momentum=0.0):
    """Make an MLPClassifier with these weights; partial_fit on m rows is one full-batch step."""
    from sklearn.neural_network import MLPClassifier

    mlp = MLPClassifier(
        tuple(W.shape[1] for W, _, _ in layers[:-1]),
        activation={"relu": "relu", "tanh": "tanh", "sigmoid": "logistic"}[activation],
        solver="sgd",
        alpha=alpha,
        batch_size=m,
        learning_rate_init=lr,
        momentum=momentum,
        nesterovs_momentum=False,
        random_state=0,
    )
    n_in = layers[0][0].shape[0]
    mlp.partial_fit(np.zeros((m, n_in)), np.arange(m) % 2, classes=[0, 1])  # makes the arrays
    for i, (W, b, _) in enumerate(layers):
        mlp.coefs_[i], mlp.intercepts_[i] = W.copy(), b[0].copy()
    if momentum:
        del mlp._optimizer  # forget the velocity of that first step
    return mlp


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
@pytest.mark.parametrize("sizes", [(2, 1), (2, 3, 1), (2, 4, 3, 2, 1)])
@pytest.mark.parametrize("lam", [0.0, 0.7])
def test_probabilities_and_gradients(sklearn, activation, sizes, lam):
    if len(sizes) == 2:
        sizes = (2, 1, 1)  # MLPClassifier wants a hidden layer
    X, y = two_moons(20, np.random.default_rng(1))
    network = Network(sizes, activation=activation, rng=2)
    rng = np.random.default_rng(3)
    layers = [(W, rng.normal(size=b.shape), n) for W, b, n in network.initial_layers(rng)]
    network = Network.from_layers(layers, lr=1.0, epochs=1, batch_size=20, l2=lam, rng=0)

    mlp = classifier(sklearn, layers, lr=1.0, m=20, alpha=lam, activation=activation)
    assert_allclose(mlp.predict_proba(X)[:, 1:], network.predict_proba(X), rtol=1e-12)

    mlp.partial_fit(X, y[:, 0])  # one step of SGD with learning rate 1: W − dW
    for i, (dW, db) in enumerate(network.backward(X, y)):
        W, b, _ = layers[i]
        assert_allclose(W - mlp.coefs_[i], dW + lam / 20 * W, rtol=1e-9, atol=1e-14)
        assert_allclose(b - mlp.intercepts_[i], db, rtol=1e-9, atol=1e-14)

    network.fit(X, y, start=layers)
    for i, (W, b, _) in enumerate(network.layers_):
        assert_allclose(mlp.coefs_[i], W, rtol=1e-9)
        assert_allclose(mlp.intercepts_[i][np.newaxis], b, rtol=1e-9)


def test_a_thousand_epochs_on_the_sun_and_water_table(sklearn):
    """The 2-3-2-1 network: the same start gives the same run, step for step."""
    X, y = (part[:8] for part in sun_and_water())
    network = Network((2, 3, 2, 1), lr=0.1, epochs=1000, batch_size=8, rng=0)
    start = network.initial_layers(np.random.default_rng(4))
    network.fit(X, y, start=start)
    mlp = classifier(sklearn, start, lr=0.1, m=8)
    for _ in range(1000):
        mlp.partial_fit(X, y[:, 0])
    assert_allclose(mlp.predict_proba(X)[:, 1:], network.predict_proba(X), rtol=1e-7)
    assert (mlp.predict(X) == network.predict(X)).all()


def test_momentum_run(sklearn):
    X, y = two_moons(20, np.random.default_rng(5))
    network = Network((2, 4, 1), optimizer="momentum", lr=0.1, epochs=30, batch_size=20, rng=0)
    start = network.initial_layers(np.random.default_rng(6))
    network.fit(X, y, start=start)
    mlp = classifier(sklearn, start, lr=0.1, m=20, momentum=0.9)
    for _ in range(30):
        mlp.partial_fit(X, y[:, 0])
    assert_allclose(mlp.predict_proba(X)[:, 1:], network.predict_proba(X), rtol=1e-8)


@pytest.mark.parametrize("estimator", [Perceptron(lr=0.5), Network((2, 3, 1), lr=0.2, rng=1)])
def test_scikit_learn_can_clone_them(sklearn, estimator):
    from sklearn.base import clone

    twin = clone(estimator)
    assert twin is not estimator
    assert twin.get_params() == estimator.get_params()
    assert (twin.fit(*gate("AND")).predict(gate("AND")[0])).shape == (4,)


@pytest.mark.parametrize("name", ["AND", "OR", "NAND", "NOR"])
def test_perceptron_agrees_with_scikit_learns(sklearn, name):
    """In its answers; its weights differ, for it counts a sum of exactly 0 as a mistake."""
    from sklearn.linear_model import Perceptron as Theirs

    X, y = gate(name)
    ours = Perceptron(lr=1.0, epochs=50).fit(X, y)
    theirs = Theirs(shuffle=False, tol=None, max_iter=50, eta0=1.0).fit(X, y)
    assert (ours.predict(X) == theirs.predict(X)).all()
