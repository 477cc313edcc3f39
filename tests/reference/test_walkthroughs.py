"""Every system of the five walkthroughs, set up as they do and recomputed by plain arithmetic."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers.reference import (
    Network,
    Perceptron,
    add_l2,
    as_params,
    asd_batch,
    backward,
    bce,
    bowl_gradient,
    descent_path_3d,
    fit,
    forward,
    forward_columns,
    forward_deep,
    gate,
    glorot_normal,
    linear,
    neuron_gradients,
    relu,
    step,
    sum_points,
    sun_and_water,
    two_two_one,
    update,
    weighted_sum,
)

pytestmark = pytest.mark.tier("check")


def scalar_sigmoid(z):
    return 1 / (1 + math.exp(-z))


def scalar_pass(X, y, W1, b1, W2, b2):
    """Forward and backward through ReLU, sigmoid and BCE with loops over single numbers only."""
    m, n, h = len(X), len(W1), len(W2)
    Z1, A2, losses = [], [], []
    dW1, db1 = [[0.0] * h for _ in range(n)], [0.0] * h
    dW2, db2 = [0.0] * h, 0.0
    for x, (t,) in zip(X, y, strict=True):
        z1 = [sum(x[i] * W1[i][j] for i in range(n)) + b1[0][j] for j in range(h)]
        a1 = [max(0.0, z) for z in z1]
        a2 = scalar_sigmoid(sum(a1[j] * W2[j][0] for j in range(h)) + b2[0][0])
        Z1.append(z1)
        A2.append([a2])
        losses.append(-math.log(a2 if t else 1 - a2))
        db2 += (a2 - t) / m
        for j in range(h):
            dW2[j] += (a2 - t) * a1[j] / m
            dz1 = (a2 - t) * W2[j][0] * (z1[j] > 0)
            db1[j] += dz1 / m
            for i in range(n):
                dW1[i][j] += dz1 * x[i] / m
    grads = {"dW1": dW1, "db1": [db1], "dW2": [[d] for d in dW2], "db2": [[db2]]}
    return Z1, A2, losses, {name: np.array(value) for name, value in grads.items()}


class TestAsdWalkthrough:
    """Neural Network Architecture: … Walkthrough for ASD Classification (4-3-1)."""

    def test_every_intermediate_of_the_batch(self):
        X, y, params = asd_batch()
        Z1, A2, losses, grads = scalar_pass(X, y, **params)
        got_A2, cache = forward(X, params)
        assert_allclose(cache["Z1"], Z1, rtol=1e-12, atol=1e-15)
        assert_allclose(got_A2, A2, rtol=1e-12)
        assert_allclose(bce(y, got_A2), sum(losses) / 2, rtol=1e-12)
        got = backward(X, y, params, cache)
        for name, value in grads.items():
            assert_allclose(got[name], value, rtol=1e-12, atol=1e-15)

    def test_one_update(self):
        X, y, params = asd_batch()
        _, _, _, grads = scalar_pass(X, y, **params)
        new = update(params, backward(X, y, params, forward(X, params)[1]), lr=0.005)
        for name, value in params.items():
            assert_allclose(new[name], value - 0.005 * grads[f"d{name}"], rtol=1e-12, atol=1e-15)

    def test_l2_terms_enter_the_weights_only(self):
        X, y, params = asd_batch()
        grads = backward(X, y, params, forward(X, params)[1])
        with_l2 = add_l2(grads, params, lam=0.01, m=2)
        assert_allclose(with_l2["dW2"], grads["dW2"] + 0.01 / 2 * params["W2"])
        assert_allclose(with_l2["db2"], grads["db2"])

    def test_training_loop_with_l2_and_early_stopping(self):
        """Its fit, its patience of 20 and its L2, on data with four features."""
        rng = np.random.default_rng(0)
        X = rng.normal(size=(120, 4))
        y = (X @ [1.0, -1.0, 0.5, 0.0] + 0.5 * rng.normal(size=120) > 0).astype(int)
        network = Network(
            (4, 3, 1), lr=0.1, l2=0.01, epochs=1000, batch_size=16, patience=20, rng=1
        )
        network.fit(X[:90], y[:90], val_data=(X[90:], y[90:]))
        val_loss = network.history_["val_loss"]
        best = int(np.argmin(val_loss))
        assert len(val_loss) == best + 21 < 1000
        assert_allclose(network.mean_loss(X[90:], y[90:]), val_loss[best], rtol=1e-12)
        assert network.score(X[90:], y[90:]) > 0.8


class TestSingleNeuronWalkthrough:
    """Neural Network from Scratch: one sigmoid neuron with ½ squared error, lr 0.005."""

    x, y = np.array([0.5, -1.0, 2.0]), 1.0

    def loop(self, w, b, epochs):
        w, b = list(w), b
        for _ in range(epochs):
            a = scalar_sigmoid(sum(wi * xi for wi, xi in zip(w, self.x, strict=True)) + b)
            delta = (a - self.y) * a * (1 - a)
            w = [wi - 0.005 * delta * xi for wi, xi in zip(w, self.x, strict=True)]
            b -= 0.005 * delta
        return w, b

    def test_gradients(self):
        w = glorot_normal(3, 1, np.random.default_rng(3))
        a = scalar_sigmoid(float(self.x @ w[:, 0]))
        dw, db = neuron_gradients([self.x], [[self.y]], w, [[0.0]])
        assert_allclose(dw[:, 0], (a - 1) * a * (1 - a) * self.x, rtol=1e-12)
        assert_allclose(db, [[(a - 1) * a * (1 - a)]], rtol=1e-12)

    def test_five_hundred_epochs(self):
        network = Network(
            (3, 1), output="sigmoid", loss="half_squared_error", init="glorot_normal",
            lr=0.005, epochs=500, batch_size=1, rng=3,
        )  # fmt: skip
        start = network.initial_layers(np.random.default_rng(3))
        w, b = self.loop(start[0][0][:, 0], 0.0, 500)
        network.fit([self.x], [self.y], start=start)
        assert_allclose(network.layers_[0][0][:, 0], w, rtol=1e-10)
        assert_allclose(network.layers_[0][1], [[b]], rtol=1e-10)
        assert network.history_["loss"][-1] < network.history_["loss"][0]


class TestFundamentalsWalkthrough:
    """Neural Networks Fundamentals: perceptron, two layers, any depth, 200 points."""

    def test_weighted_sums(self):
        assert_allclose(weighted_sum([0.5, 0.3, 0.2], [0.4, 0.6, 0.8], -0.1), 0.44)
        z = weighted_sum([0.6, 0.8], [0.5, 0.5], -0.4)
        assert_allclose(z, 0.3)
        assert step(z) == 1

    @pytest.mark.parametrize("name", ["AND", "OR"])
    def test_perceptron_learns_gates(self, name):
        X, y = gate(name)
        perceptron = Perceptron(lr=0.1, epochs=100).fit(X, y)
        assert_array_equal(perceptron.predict(X), y)
        assert perceptron.errors_per_epoch_[-1] == 0

    def test_perceptron_never_learns_xor(self):
        X, y = gate("XOR")
        assert min(Perceptron(lr=0.1, epochs=100).fit(X, y).errors_per_epoch_) > 0

    def test_xor_with_two_layers_of_steps(self):
        X, y = gate("XOR")
        hidden = step(linear(X, [[1, -1], [1, -1]], [[-0.5, 1.5]]))  # OR, NAND
        assert_array_equal(step(linear(hidden, [[1], [1]], [[-1.5]]))[:, 0], y)

    def test_the_3_4_2_network_in_columns_and_in_rows(self):
        old = np.random.RandomState(42)
        params = {
            "W1": old.randn(4, 3) * 0.01, "b1": np.zeros((4, 1)),
            "W2": old.randn(2, 4) * 0.01, "b2": np.zeros((2, 1)),
        }  # fmt: skip
        x = np.array([[0.5], [0.8], [0.2]])
        Z1 = [sum(params["W1"][j, i] * x[i, 0] for i in range(3)) for j in range(4)]
        A1 = [max(0.0, z) for z in Z1]
        A2 = [scalar_sigmoid(sum(params["W2"][k, j] * A1[j] for j in range(4))) for k in range(2)]
        columns = forward_columns(x, params)
        assert_allclose(columns[:, 0], A2, rtol=1e-12)
        rows, _ = forward(x.T, {name: value.T for name, value in params.items()})
        assert_allclose(rows, columns.T, rtol=1e-12)

    def test_batch_of_five_and_its_loss(self):
        y, a = [[1], [0], [1], [1], [0]], [[0.9], [0.2], [0.8], [0.7], [0.1]]
        expected = -sum(map(math.log, (0.9, 0.8, 0.8, 0.7, 0.9))) / 5
        assert_allclose(bce(y, a), expected, rtol=1e-12)

    def test_the_practice_layer(self):
        Z = linear([[1, 2]], np.array([[0.5, 0.5], [0.3, 0.7]]).T, [[0, 0]])
        assert_allclose(relu(Z), [[1.5, 1.7]])

    def test_the_five_layer_network(self):
        sizes = (10, 64, 32, 16, 8, 1)
        network = Network(sizes, rng=0)
        layers = network.initial_layers(np.random.default_rng(0))
        X = np.random.default_rng(1).normal(size=(3, 10))
        A, caches = forward_deep(X, layers)
        assert [Z.shape for Z, _ in caches] == [(3, n) for n in sizes[1:]]
        by_hand = X
        for W, b, name in layers:
            by_hand = by_hand @ W + b
            if name == "relu":
                by_hand = np.maximum(by_hand, 0)
        assert_allclose(A, 1 / (1 + np.exp(-by_hand)), rtol=1e-12)

    def test_the_2_4_1_network_on_200_points(self):
        """Its seed, its weights, its thousand full-batch epochs at lr 0.5, in its convention."""
        X, y = sum_points()
        old = np.random.RandomState(42)
        W1, W2 = old.randn(4, 2) * 0.01, old.randn(1, 4) * 0.01
        b1, b2 = np.zeros((4, 1)), np.zeros((1, 1))
        start = {"W1": W1.T, "b1": b1.T, "W2": W2.T, "b2": b2.T}
        params, history = fit(start, X, y, 1000, 200, 0.5, np.random.default_rng(0))

        Xc, Yc, losses = X.T, y.T, []
        for _ in range(1000):
            Z1 = W1 @ Xc + b1
            A1 = np.maximum(0, Z1)
            Z2 = W2 @ A1 + b2
            A2 = 1 / (1 + np.exp(-Z2))
            losses.append(np.mean(np.logaddexp(0, (1 - 2 * Yc) * Z2)))  # log(1 − A2) would be −∞
            dZ2 = A2 - Yc
            dZ1 = (W2.T @ dZ2) * (Z1 > 0)
            W2 = W2 - 0.5 * dZ2 @ A1.T / 200
            b2 = b2 - 0.5 * dZ2.sum(axis=1, keepdims=True) / 200
            W1 = W1 - 0.5 * dZ1 @ Xc.T / 200
            b1 = b1 - 0.5 * dZ1.sum(axis=1, keepdims=True) / 200
        assert_allclose(history["loss"], losses, rtol=1e-8)
        for name, value in {"W1": W1, "b1": b1, "W2": W2, "b2": b2}.items():
            assert_allclose(params[name], value.T, rtol=1e-6, atol=1e-9)
        assert history["accuracy"][-1] > 0.98

    def test_descent_on_the_bowl(self):
        w1, w2, rows = 4.0, 3.0, [(4.0, 3.0, 25.0)]
        for _ in range(20):
            d1, d2 = bowl_gradient(w1, w2)
            w1, w2 = w1 - 0.1 * d1, w2 - 0.1 * d2
            rows.append((w1, w2, w1 * w1 + w2 * w2))
        assert_allclose(descent_path_3d((4.0, 3.0), lr=0.1, steps=20), rows, rtol=1e-12)


class TestTinyNetworkWalkthrough:
    """Dissecting the math (with visuals) of a tiny neural network: 2-3-2-1, sun and water."""

    def make(self, seed):
        network = Network((2, 3, 2, 1), init="uniform", lr=0.1, epochs=1000, batch_size=8, rng=seed)
        return network, *sun_and_water()

    def test_layer_errors_by_the_matrix_rules_for_one_example(self):
        network, X, y = self.make(0)
        x, t = X[4:5], y[4:5]
        layers = [(W, b + 0.1, n) for W, b, n in network.initial_layers(np.random.default_rng(0))]
        network = Network.from_layers(layers)
        (W1, b1, _), (W2, b2, _), (W3, b3, _) = layers
        z1 = x @ W1 + b1
        z2 = np.maximum(z1, 0) @ W2 + b2
        z3 = np.maximum(z2, 0) @ W3 + b3
        a3 = 1 / (1 + np.exp(-z3))
        error3 = -(t - a3) / (a3 * (1 - a3)) * (a3 * (1 - a3))
        error2 = error3 @ W3.T @ np.diag((z2[0] > 0).astype(float))
        error1 = error2 @ W2.T @ np.diag((z1[0] > 0).astype(float))
        expected = [
            (np.outer(x, error1), error1),
            (np.outer(np.maximum(z1, 0), error2), error2),
            (np.outer(np.maximum(z2, 0), error3), error3),
        ]
        for (dW, db), (eW, eb) in zip(network.backward(x, t), expected, strict=True):
            assert_allclose(dW, eW, rtol=1e-12, atol=1e-15)
            assert_allclose(db, eb, rtol=1e-12, atol=1e-15)

    def test_training_on_eight_rows_and_testing_on_five(self):
        scores = []
        for seed in range(20):
            network, X, y = self.make(seed)
            network.fit(X[:8], y[:8])
            # a start may be dead: every ReLU silent, the loss stuck at log 2
            assert network.history_["loss"][-1] <= network.history_["loss"][0]
            scores.append(network.score(X[8:], y[8:]))
        assert len(set(scores)) > 2  # one seed says little

    def test_same_input_same_answer(self):
        network, X, y = self.make(1)
        network.fit(X[:8], y[:8])
        assert_array_equal(network.predict_proba(X), network.predict_proba(X))


class TestSimpleNetworkWalkthrough:
    """The 2-2-1 network of the PyTorch walkthrough, one example."""

    def test_forward_and_backward(self):
        X, y, params = two_two_one()
        A2, cache = forward(X, params)
        assert_allclose(cache["Z1"], [[1.3, 1.8]])
        assert_allclose(cache["Z2"], [[0.7 * 1.3 + 0.9 * 1.8 + 0.2]])
        a = scalar_sigmoid(2.73)
        assert_allclose(A2, [[a]], rtol=1e-12)
        assert_allclose(bce(y, A2), -math.log(a), rtol=1e-12)
        grads = backward(X, y, params, cache)
        assert_allclose(grads["dW2"], [[(a - 1) * 1.3], [(a - 1) * 1.8]], rtol=1e-12)
        d = np.array([(a - 1) * 0.7, (a - 1) * 0.9])
        assert_allclose(grads["db1"], [d], rtol=1e-12)
        assert_allclose(grads["dW1"], [d, 2 * d], rtol=1e-12)

    def test_its_own_convention_gives_the_same_answer(self):
        X, _, params = two_two_one()
        columns = {name: value.T for name, value in params.items()}
        assert_allclose(columns["W1"], [[0.2, 0.4], [0.1, 0.6]])
        assert_allclose(forward_columns(X.T, columns), forward(X, params)[0].T)

    def test_one_update_lowers_the_loss(self):
        X, y, params = two_two_one()
        A2, cache = forward(X, params)
        new = update(params, backward(X, y, params, cache), lr=0.1)
        assert bce(y, forward(X, new)[0]) < bce(y, A2)


@pytest.mark.parametrize("sizes", [(1, 1, 1), (4, 3, 1), (3, 5, 2)])
def test_rows_and_columns_agree(sizes):
    rng = np.random.default_rng(8)
    network = Network(sizes)
    params = as_params(
        [(W, rng.normal(size=b.shape), n) for W, b, n in network.initial_layers(rng)]
    )
    X = rng.normal(size=(6, sizes[0]))
    columns = forward_columns(X.T, {name: value.T for name, value in params.items()})
    assert_allclose(columns, forward(X, params)[0].T, rtol=1e-12)
