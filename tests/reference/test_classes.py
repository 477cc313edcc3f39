"""Several classes: against plain formulas, the general network, and measured slopes."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import helpers.reference as ref

pytestmark = pytest.mark.tier("check")


def drawn(m=7, n=5, hidden=4, k=3, seed=0):
    """Return inputs, one-hot rows and parameters; some weighted sums are exactly 0."""
    rng = np.random.default_rng(seed)
    (W1, b1), (W2, b2) = ref.init_params((n, hidden, k), rng)
    X = rng.normal(size=(m, n))
    X[0] = 0
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2 + rng.normal(size=b2.shape)}
    return X, ref.one_hot(np.arange(m) % k, k), params


def test_one_hot_has_a_column_for_classes_that_never_occur():
    Y = ref.one_hot([1, 1, 0], 4)
    assert_array_equal(Y, [[0, 1, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0]])


@pytest.mark.parametrize("size", [1.0, 1000.0])
def test_forward_is_relu_then_softmax_however_large_the_scores(size):
    X, _, params = drawn()
    params["W2"] = size * params["W2"]
    P, cache = ref.forward_classes(X, params)
    Z1 = X @ params["W1"] + params["b1"]
    Z2 = np.maximum(0, Z1) @ params["W2"] + params["b2"]
    E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    assert_allclose(P, E / E.sum(axis=1, keepdims=True), rtol=1e-12)
    assert_allclose(cache["Z1"], Z1)
    assert_array_equal(cache["A2"], P)


def test_flat_biases_and_more_keys_change_nothing():
    X, _, params = drawn()
    flat = params | {"b1": params["b1"][0], "b2": params["b2"][0], "scaler": (0, 1)}
    assert_array_equal(ref.forward_classes(X, flat)[0], ref.forward_classes(X, params)[0])


def test_backward_agrees_with_measured_slopes():
    X, Y, params = drawn()

    def loss(params):
        return ref.cross_entropy(Y, ref.forward_classes(X, params)[0])

    params["b1"] += 0.01  # away from the kink, where no slope can be measured
    grads = ref.backward_classes(X, Y, params, ref.forward_classes(X, params)[1])
    assert ref.gradient_check(loss, params, grads) < 1e-6


def test_backward_is_that_of_the_general_network():
    X, Y, params = drawn(seed=1)
    grads = ref.backward_classes(X, Y, params, ref.forward_classes(X, params)[1])
    network = ref.Network.from_layers(ref.as_layers(params, output="softmax"), loss="cross_entropy")
    pairs = network.backward(X, Y)
    assert_allclose(grads["dW1"], pairs[0][0])
    assert_allclose(grads["db2"], pairs[1][1])


def test_the_error_is_the_slope_of_the_loss_in_each_score():
    rng = np.random.default_rng(0)
    Z, Y = rng.normal(size=(5, 4)), ref.one_hot([3, 0, 1, 1, 2], 4)
    error = ref.softmax_error(ref.softmax(Z), Y)
    measured = ref.numerical_gradient(
        lambda p: len(Z) * ref.cross_entropy_from_logits(Y, p["Z"]), {"Z": Z}
    )
    assert_allclose(error, next(iter(measured.values())), atol=1e-8)
    assert_allclose(error.sum(axis=1), 0, atol=1e-15)


def test_a_confusion_matrix_counts_every_row_once():
    rng = np.random.default_rng(0)
    y, predicted = rng.integers(0, 4, 50), rng.integers(0, 4, 50)
    M = ref.confusion_matrix(y, predicted, 6)
    assert M.shape == (6, 6)
    assert M.sum() == 50
    assert M.trace() == np.sum(y == predicted)
    assert M[2, 3] == np.sum((y == 2) & (predicted == 3))
    assert not M[4:].any()
    assert not M[:, 4:].any()
