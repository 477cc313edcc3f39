"""Backpropagation against measured gradients: every activation × loss × depth that makes sense."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from helpers.reference import (
    ACTIVATIONS,
    Network,
    as_params,
    backward,
    bce_from_logits,
    forward,
    gradient_check,
    hidden_error,
    init_params,
    neuron_gradients,
    numerical_derivative,
    numerical_gradient,
    output_error,
    output_gradients,
    sigmoid,
)

pytestmark = pytest.mark.tier("check")

HIDDEN = sorted(ACTIVATIONS)
PAIRS = [
    ("bce", "sigmoid"),
    ("cross_entropy", "softmax"),
    *(("half_squared_error", name) for name in HIDDEN),
]
KINKED = {"relu", "leaky_relu", "elu"}


def targets(rng, loss, m, n_out):
    if loss == "cross_entropy":
        return np.eye(n_out)[rng.integers(0, n_out, m)]
    if loss == "bce":
        return rng.integers(0, 2, (m, n_out)).astype(float)
    return rng.normal(size=(m, n_out))


def make(rng, sizes, activation, loss, output, m):
    """Build a network with non-zero biases, and data for it."""
    network = Network(sizes, activation=activation, output=output, loss=loss)
    layers = [(W, rng.normal(size=b.shape), name) for W, b, name in network.initial_layers(rng)]
    network.layers_ = layers
    return network, rng.normal(size=(m, sizes[0])), targets(rng, loss, m, sizes[-1])


def far_from_kinks(network, X):
    _, caches = network.forward(X)
    return all(
        np.abs(Z).min() > 1e-4
        for (Z, _), (_, _, name) in zip(caches, network.layers_, strict=True)
        if name in KINKED
    )


def assert_gradients_are_measured(network, X, y):
    names = [name for _, _, name in network.layers_]

    def loss(params):
        layers = [(params[f"W{i}"], params[f"b{i}"], n) for i, n in enumerate(names, start=1)]
        return Network.from_layers(layers, loss=network.loss).mean_loss(X, y)

    measured = numerical_gradient(loss, as_params(network.layers_))
    for i, (dW, db) in enumerate(network.backward(X, y), start=1):
        assert_allclose(dW, measured[f"dW{i}"], rtol=1e-5, atol=1e-7)
        assert_allclose(db, measured[f"db{i}"], rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
@pytest.mark.parametrize(("loss", "output"), PAIRS)
@pytest.mark.parametrize("activation", HIDDEN)
def test_every_combination(activation, loss, output, depth):
    rng = np.random.default_rng([HIDDEN.index(activation), depth])
    sizes = (3, *(4, 2, 5)[: depth - 1], 2)
    network, X, y = make(rng, sizes, activation, loss, output, m=5)
    while not far_from_kinks(network, X):
        X = rng.normal(size=X.shape)
    assert_gradients_are_measured(network, X, y)


@given(
    pair=st.sampled_from(PAIRS),
    activation=st.sampled_from(HIDDEN),
    sizes=st.lists(st.integers(1, 4), min_size=2, max_size=5),
    m=st.integers(1, 7),
    seed=st.integers(0, 2**32 - 1),
)
def test_any_shape_and_values(pair, activation, sizes, m, seed):
    rng = np.random.default_rng(seed)
    network, X, y = make(rng, sizes, activation, *pair, m)
    assume(far_from_kinks(network, X))
    assert_gradients_are_measured(network, X, y)


@given(st.integers(1, 7), st.integers(1, 5), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_the_two_layer_functions_are_the_deep_ones(m, n_in, n1, seed):
    rng = np.random.default_rng(seed)
    network, X, y = make(rng, (n_in, n1, 1), "relu", "bce", "sigmoid", m)
    params = as_params(network.layers_)
    A2, cache = forward(X, params)
    grads = backward(X, y, params, cache)
    for i, (dW, db) in enumerate(network.backward(X, y), start=1):
        assert_allclose(grads[f"dW{i}"], dW, rtol=1e-14)
        assert_allclose(grads[f"db{i}"], db, rtol=1e-14)

    dZ2 = output_error(A2, y)
    dW2, db2 = output_gradients(cache["A1"], dZ2)
    dZ1 = hidden_error(dZ2, params["W2"], cache["Z1"])
    dW1, db1 = output_gradients(X, dZ1)
    for name, value in {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}.items():
        assert_allclose(grads[name], value, rtol=1e-12, atol=1e-15)


def test_gradients_by_the_definition_one_example_at_a_time():
    """The batch gradient is the mean of the gradients of its examples."""
    rng = np.random.default_rng(5)
    network, X, y = make(rng, (3, 4, 2), "tanh", "cross_entropy", "softmax", 7)
    singles = [network.backward(X[i : i + 1], y[i : i + 1]) for i in range(7)]
    for layer, (dW, db) in enumerate(network.backward(X, y)):
        assert_allclose(dW, np.mean([s[layer][0] for s in singles], axis=0), rtol=1e-12)
        assert_allclose(db, np.mean([s[layer][1] for s in singles], axis=0), rtol=1e-12)


def test_relu_passes_nothing_back_at_exactly_zero():
    assert hidden_error([[1.0]], [[2.0]], [[0.0]]) == 0


def test_neuron_gradients_against_the_formula():
    rng = np.random.default_rng(6)
    X, y = rng.normal(size=(5, 3)), rng.integers(0, 2, (5, 1))
    w, b = rng.normal(size=(3, 1)), rng.normal(size=(1, 1))
    dw, db = np.zeros((3, 1)), 0.0
    for x, t in zip(X, y[:, 0], strict=True):
        a = sigmoid(float(x @ w[:, 0] + b[0, 0]))
        dw[:, 0] += (a - t) * a * (1 - a) * x / 5
        db += (a - t) * a * (1 - a) / 5
    got_dw, got_db = neuron_gradients(X, y, w, b)
    assert_allclose(got_dw, dw, rtol=1e-12)
    assert_allclose(got_db, [[db]], rtol=1e-12)


def test_gradient_check_sees_a_wrong_gradient_and_spares_a_right_one():
    rng = np.random.default_rng(7)
    X, y = rng.normal(size=(5, 4)), rng.integers(0, 2, (5, 1))
    params = {}
    for i, (W, b) in enumerate(init_params((4, 3, 1), rng), start=1):
        params |= {f"W{i}": W, f"b{i}": b + 0.1}

    def loss(p):
        return bce_from_logits(y, forward(X, p)[1]["Z2"])

    grads = backward(X, y, params, forward(X, params)[1])
    assert gradient_check(loss, params, grads) < 1e-5
    for name in grads:
        assert gradient_check(loss, params, grads | {name: 1.01 * grads[name]}) > 1e-3


def test_numerical_derivative():
    assert_allclose(numerical_derivative(lambda x: (2 * x + 1) ** 2, 3), 28, rtol=1e-8)
    assert_allclose(numerical_derivative(np.exp, 1.0, h=1e-5), np.e, rtol=1e-8)


@pytest.mark.parametrize(("loss", "output"), PAIRS)
@pytest.mark.parametrize("activation", HIDDEN)
def test_both_passes_are_finite_and_silent_far_out(activation, loss, output):
    X = np.array([[1000.0, -1000.0], [-1000.0, 1000.0], [0.0, 0.0]])
    W = np.array([[1.0, -1.0], [0.0, 0.5]])
    b = np.zeros((1, 2))
    y = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
    network = Network.from_layers([(W, b, activation), (W, b, output)], loss=loss)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert np.isfinite(network.predict_proba(X)).all()
        assert np.isfinite(network.mean_loss(X, y))
        run = [array for pair in network.backward(X, y) for array in pair]
    assert all(np.isfinite(array).all() for array in run)
