"""Rows C: "Module 3.1: Neural Networks Fundamentals"."""

from itertools import pairwise

import numpy as np
import pytest

from . import errata_asd
from .errata_ledger import Finding, agreeing, flat, reach, row
from .errata_nets import STARTS, Net, accuracy, bce, flip, relu, sigmoid, slope
from .samples import can_run, lint, run

GATES = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
POINTS = np.array([-2, -1, 0, 1, 2])


def softmax(v):
    e = np.exp(v - v.max())
    return e / e.sum()


def train_perceptron(y, lr, w):
    """Return the last epoch's number, counted from 0, and how many passes were made."""
    w, b = np.array(w, dtype=float), 0.0
    for epoch in range(100):
        errors = 0
        for inputs, target in zip(GATES, y, strict=True):
            error = target - (1 if inputs @ w + b > 0 else 0)
            if error != 0:
                w += lr * error * inputs
                b += lr * error
                errors += 1
        if errors == 0:
            return epoch, epoch + 1
    return None


def line_data(seed=42):
    """Return the walkthrough's 200 points, features in rows, and their labels (1, 200)."""
    X = np.random.RandomState(seed).randn(2, 200)
    return X, ((X[0] + X[1]) > 0).astype(int).reshape(1, -1)


def code_loss(A2, Y, epsilon=1e-8):
    return -np.mean(Y * np.log(A2 + epsilon) + (1 - Y) * np.log(1 - A2 + epsilon))


def code_forward(X, p):
    Z1 = p["W1"] @ X + p["b1"]
    A1 = relu(Z1)
    return Z1, A1, sigmoid(p["W2"] @ A1 + p["b2"])


def code_backward(X, Y, p):
    Z1, A1, A2 = code_forward(X, p)
    m = X.shape[1]
    dZ2 = A2 - Y
    dZ1 = (p["W2"].T @ dZ2) * (Z1 > 0)
    return {
        "W1": dZ1 @ X.T / m,
        "b1": dZ1.sum(1, keepdims=True) / m,
        "W2": dZ2 @ A1.T / m,
        "b2": dZ2.sum(1, keepdims=True) / m,
    }


def small_params(n_out, rng, scale=0.01):
    return {
        "W1": rng.standard_normal((4, 3)) * scale,
        "b1": np.zeros((4, 1)),
        "W2": rng.standard_normal((n_out, 4)) * scale,
        "b2": np.zeros((n_out, 1)),
    }


def entry_check(n_out, eps, seed, scale=0.01):
    """Return the walkthrough's check of W1[0, 0]: numeric and analytic gradient."""
    rng = np.random.default_rng(seed)
    p = small_params(n_out, rng, scale)
    X, Y = rng.standard_normal((3, 5)), rng.integers(0, 2, (1, 5))
    analytic = code_backward(X, Y, p)["W1"][0, 0]
    losses = []
    for sign in (1, -1):
        nudged = {k: v.copy() for k, v in p.items()}
        nudged["W1"][0, 0] += sign * eps
        losses.append(code_loss(code_forward(X, nudged)[2], Y))
    return (losses[0] - losses[1]) / (2 * eps), analytic


def relative(numeric, analytic):
    return abs(numeric - analytic) / max(abs(numeric), abs(analytic))


def deep_params(dims, rng, scale):
    return [
        [rng.standard_normal((STARTS, b, a)) * (scale or np.sqrt(2 / a)), np.zeros((STARTS, b, 1))]
        for a, b in pairwise(dims)
    ]


def deep_forward(X, params):
    As, Zs = [X], []
    for i, (W, b) in enumerate(params):
        Zs.append(W @ As[-1] + b)
        As.append(relu(Zs[-1]) if i < len(params) - 1 else Zs[-1])
    return As, Zs


@row("C1")
def largest_weight_smallest_contribution():
    inputs, weights = np.array([0.5, 0.3, 0.2]), np.array([0.4, 0.6, 0.8])
    contributions = inputs * weights
    assert weights.argmax() == contributions.argmin()
    return Finding(flat(contributions), why=flat(weights))


@row("C3", starts=STARTS)
def epochs_are_counted_from_zero():
    printed, passes = train_perceptron([0, 0, 0, 1], 0.1, [0, 0])
    for seed in range(STARTS):
        start = np.random.default_rng(seed).standard_normal(2) * 0.01
        said, made = train_perceptron([0, 0, 0, 1], 0.1, start)
        assert made == said + 1
    return Finding([passes], why=[printed, STARTS])


@row("C39", starts=STARTS)
def the_perceptron_rate_only_scales():
    def ends(start):
        return [train_perceptron([0, 0, 0, 1], lr, start)[1] for lr in (0.1, 0.01)]

    same_from_zero = ends([0, 0])
    assert len(set(same_from_zero)) == 1
    starts = [np.random.default_rng(seed).standard_normal(2) * 0.01 for seed in range(STARTS)]
    differing = sum(fast != slow for fast, slow in map(ends, starts))
    return Finding([], why=[same_from_zero[0], differing, STARTS])


@row("C5")
def the_sum_is_not_printed_as_0_3():
    total = np.dot(np.array([0.6, 0.8]), np.array([0.5, 0.5])) - 0.4
    assert str(total) != "0.3"
    assert f"{total:.1f}" == "0.3"
    return Finding([0.3], why=[0.4])


@row("C6")
def a_bias_is_minus_a_threshold():
    for weights, bias, gate in (([1, 1], -0.5, [0, 1, 1, 1]), ([-1, -1], 1.5, [1, 1, 1, 0])):
        fires = (GATES @ weights > -bias).astype(int)
        assert fires.tolist() == gate
    return Finding([0.5, -1.5], ["-0.5", "1.5"])


@row("C9")
def sigmoid_overflows():
    assert 1 / (1 + np.exp(-np.float64(-709))) > 0
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert 1 / (1 + np.exp(-np.float64(-710))) == 0
    return Finding([], why=[-710])


@row("C10")
def dead_only_if_off_for_every_row():
    Z1, dW1 = errata_asd.Z1[:, 0], errata_asd.dW1[:, 0]
    assert Z1[0] < 0 < Z1[1]
    assert (dW1 != 0).all()
    for most in (0.0, -0.1):  # at most 0 for both rows: no gradient, at the edge either
        shift = most - Z1.max()
        net = Net(errata_asd.W1, errata_asd.W2)
        net.b1[0, 0] = shift
        gW1, gb1, _, _ = net.gradients(errata_asd.X, errata_asd.y)
        assert (gW1[:, 0] == 0).all()
        assert gb1[0, 0] == 0
    return Finding([0], why=flat(Z1, dW1))


@row("C11")
def leaky_relu_vanishes_too():
    def sigmoid_slope(z):
        return sigmoid(z) * (1 - sigmoid(z))

    s = (1 - np.sqrt(1 - 4 * 0.01)) / 2  # where the sigmoid's slope is 0.01 as well
    edge = np.log(s / (1 - s))
    assert sigmoid_slope(edge + 0.01) > 0.01 > sigmoid_slope(edge - 0.01)
    assert sigmoid_slope(-0.01) > 0.01
    return Finding([0.01**10], why=[0.01, 10, edge, 0, 0.25**10])


@row("C12")
def elu_overflows():
    for largest, first in ((709, 710.0), (88, np.float32(89))):  # double and single precision
        dtype = np.asarray(first).dtype
        silent, x = np.array([largest], dtype), np.array([first], dtype)
        np.where(silent > 0, silent, np.exp(silent) - 1)
        with pytest.warns(RuntimeWarning, match="overflow"):
            assert np.where(x > 0, x, np.exp(x) - 1) == first
        assert np.where(x > 0, x, np.expm1(np.minimum(x, 0))) == first
    return Finding([], why=[710, 89])


@row("C13")
def elu_and_prelu_are_not_alike():
    def elu_slope(z, alpha):
        return alpha * np.exp(z)

    for alpha in (0.5, 1.0, 2.0):  # the range of ELU, and where its slope falls below a leak's
        assert alpha * np.expm1(-1000.0) == -alpha
        edge = np.log(0.01 / alpha)
        assert elu_slope(edge + 0.01, alpha) > 0.01 > elu_slope(edge - 0.01, alpha)
    for alpha in (0.0, 0.25):  # PReLU: a slope of alpha, however negative the input
        measured = slope(lambda z, a=alpha: float(np.where(z > 0, z, a * z)[0]), [-1000.0])
        np.testing.assert_allclose(measured, alpha, atol=1e-6)
    return Finding([1, np.log(0.01)], why=[0.01, 0])


@row("C14")
def softmax_over_a_batch():
    batch = np.array([[2.0, 1.0, 0.1], [2.0, 1.0, 0.1]])
    sums = softmax(batch).sum(axis=1)
    return Finding([1, 1], why=flat(sums))


@row("C15")
def softmax_saturates():
    p = softmax(np.array([10.0, 0.0, 0.0]))
    jacobian = np.diag(p) - np.outer(p, p)
    return Finding([np.abs(jacobian).max()], why=[10, 0, 0])


@row("C16")
def relu_gradient_is_zero_on_three_of_five():
    z = np.array([-10.0, -5.0, 0.0])
    s = sigmoid(z) * (1 - sigmoid(z))
    assert ((z > 0) < s).all()
    return Finding(flat(z > 0), why=flat(z, s))


@row("C17")
def softmax_cold():
    cold = softmax(np.array([2.0, 1.0, 0.5]) / 0.1)
    return Finding(flat(cold), ["0.99", "0.01", "0.00"], same=frozenset({2}), why=flat(cold[:2]))


@row("C18")
def softmax_hot():
    hot = softmax(np.array([2.0, 1.0, 0.5]) / 5.0)
    return Finding(flat(hot), ["0.39", "0.33", "0.28"], same=frozenset({0}))


@row("C19")
def a_star_is_not_a_matrix_product():
    W, X = np.array([[0.5, 0.5], [0.3, 0.7]]), np.array([[1.0], [2.0]])
    hidden, sample = np.ones((4, 3)), np.ones((3, 1))
    with pytest.raises(ValueError, match="broadcast"):
        hidden * sample
    return Finding(flat(W @ X), why=flat(W * X, hidden.shape, sample.shape))


@row("C20", starts=STARTS)
def two_sigmoids_break_the_gradient():
    for outputs in (1, 2, 3):
        pairs = [entry_check(outputs, 1e-5, seed) for seed in range(2 * STARTS)]
        ratios = [analytic / numeric for numeric, analytic in pairs if analytic != 0][:STARTS]
        assert agreeing(np.abs(np.array(ratios) / outputs - 1) < 1e-3) == STARTS
    return Finding([1], why=[2, STARTS])


@row("C21", starts=STARTS)
def tiny_weights_say_one_half():
    def spreads(scale):
        rng = np.random.default_rng(0)
        params = deep_params([10, 64, 32, 16, 8, 1], rng, scale)
        outputs = sigmoid(deep_forward(rng.standard_normal((10, 1000)), params)[0][-1])
        return np.ptp(outputs, axis=(-2, -1))

    X, Y = line_data()

    def trained(scale, lr):
        params = deep_params([2, 64, 32, 16, 8, 1], np.random.default_rng(0), scale)
        for _ in range(300):
            As, Zs = deep_forward(X, params)
            d = (sigmoid(As[-1]) - Y) / 200
            for i in reversed(range(5)):
                gW, gb = d @ flip(As[i]), d.sum(-1, keepdims=True)
                if i:
                    d = (flip(params[i][0]) @ d) * (Zs[i - 1] > 0)
                params[i][0] -= lr * gW
                params[i][1] -= lr * gb
        return 100 * accuracy(Y, deep_forward(X, params)[0][-1])

    assert agreeing(spreads(0.01) < 1e-6) == STARTS
    rng = np.random.default_rng(0)
    three = deep_params([4, 8, 4, 1], rng, 0.01)
    outputs = sigmoid(deep_forward(rng.standard_normal((4, 1000)), three)[0][-1])
    assert {f"{p:.4f}" for p in outputs.ravel()} == {"0.5000"}
    (small,) = set(trained(0.01, 0.1))
    (good,) = set(trained(None, 0.1))
    return Finding([], why=[STARTS, 1e-6, *reach(spreads(None)), 300, small, good])


@row("C22")
def perfect_loss_is_negative():
    value = code_loss(np.array([[1.0, 0.0]]), np.array([[1, 0]]))
    assert value < 0
    return Finding([0], why=[value])


@row("C24")
def a_zero_input_contributes_nothing():
    return Finding([], why=flat(errata_asd.db2))


@row("C25")
def gradient_of_the_mean_loss():
    Y = np.array([[1, 0, 1, 1, 0]])
    A2 = np.array([[0.9, 0.2, 0.8, 0.7, 0.1]])
    measured = slope(lambda Z: bce(Y, Z), np.log(A2 / (1 - A2)))
    np.testing.assert_allclose(measured, (A2 - Y) / 5, atol=1e-9)
    return Finding(flat(measured), why=flat(A2 - Y))


@row("C28")
def update_in_place():
    W1 = np.ones((4, 3))
    params = {"W1": W1}
    new = dict(params)
    new["W1"] -= 0.01 * np.ones((4, 3))  # the walkthrough's -=
    assert (W1 != 1).all()
    assert new["W1"] is W1
    return Finding()


@row("C29", starts=200)
def local_minima_do_not_ask_for_the_rate():
    y = np.array([[0.0], [1], [1], [0]])

    def solved(lr, steps):
        rng = np.random.default_rng(0)
        net = Net(rng.standard_normal((200, 2, 2)), rng.standard_normal((200, 2, 1)))
        net.fit(GATES, y, lr, steps, watch=lambda net: None)
        return np.sum(accuracy(y, net.logits(GATES)) == 1)

    low, high, higher = solved(0.1, 5000), solved(1, 500), solved(10, 500)
    return Finding([], why=[200, 0.1, 5000, low, 1, 500, high, 10, 500, higher])


@row("C31")
def the_first_weights_are_data():
    X, _ = line_data()
    first_weights = np.random.RandomState(42).randn(4, 2) * 0.01
    np.testing.assert_array_equal(first_weights, X[0, :8].reshape(4, 2) * 0.01)
    return Finding([], why=[0.01])


@row("C32", starts=STARTS)
def final_accuracy_is_training_accuracy():
    X, Y = line_data()
    fresh = np.random.default_rng(0).standard_normal((100_000, 2))
    truth = (fresh.sum(1) > 0)[:, None]

    def scores(W1, W2, X, Y):
        net = Net(W1, W2)
        net.fit(flip(X), flip(Y), 0.5, 1000)
        return accuracy(flip(Y), net.logits(flip(X))), accuracy(truth, net.logits(fresh))

    own = np.random.RandomState(42)
    trained, tested = scores((own.randn(4, 2) * 0.01).T, (own.randn(1, 4) * 0.01).T, X, Y)
    rng = np.random.default_rng(0)
    starts = [rng.standard_normal((STARTS, *s)) * 0.01 for s in ((2, 4), (4, 1))]
    points = rng.standard_normal((STARTS, 2, 200))
    others = scores(*starts, points, points.sum(1, keepdims=True) > 0)
    lower = agreeing(others[1] < others[0])
    return Finding(
        [100 * tested], why=[200, 100 * trained, 100_000, STARTS, *reach(100 * others[1]), lower]
    )


@row("C33")
def the_other_derivative():
    x, w, b = 2, 3, 1
    return Finding(flat(slope(lambda b: float(((x * w + b) ** 2)[0]), [b])), why=[14])


@row("C34")
def gradient_check_with_the_wrong_params():
    with pytest.raises(ValueError, match="mismatch"):
        np.zeros((4, 2)) @ np.zeros((3, 5))
    return Finding([], why=[4, 2, 3, 5])


@row("C35", starts=STARTS)
def gradient_check_of_two_outputs():
    pairs = [entry_check(2, 1e-5, seed) for seed in range(2 * STARTS)]
    found = np.array([relative(*pair) for pair in pairs if pair[1] != 0][:STARTS])
    assert agreeing(np.abs(found - 0.5) < 1e-3) == STARTS
    return Finding([], why=[found.mean(), STARTS])


@row("C36", starts=50)
def gradient_check_step_too_small():
    def median(eps, scale):
        found = [entry_check(1, eps, s, scale) for s in range(50)]
        return np.median([relative(n, a) for n, a in found if a != 0])

    small, usual = (median(1e-7, scale) / median(1e-5, scale) for scale in (0.01, 1))
    assert usual < 3 < 10 < small
    return Finding([1e-5], why=[0.01, 50, 10, 1, 3])


@row("C37", starts=50)
def gradient_check_of_a_dead_neuron():
    found = [entry_check(1, 1e-7, s) for s in range(50)]
    dead = [pair for pair in found if pair == (0, 0)]
    with np.errstate(invalid="ignore"):
        assert np.isnan(relative(*dead[0]))
    return Finding([], why=[len(dead), 50])


@row("C38")
def the_path_stops_before_the_minimum():
    w = np.array([4.0, 3.0])
    for _ in range(20):
        w -= 0.1 * 2 * w
    return Finding(flat(w, (w**2).sum()), why=[4, 3])


@row("C40")
def functions_become_arrays():
    def derivative(z):
        return curve(z) * (1 - curve(z))  # looks the name up when it is called

    curve = sigmoid
    assert derivative(0.0) == 0.25
    curve = sigmoid(POINTS)
    with pytest.raises(TypeError, match="not callable"):
        derivative(0.0)
    return Finding()


@row("C41", runs_samples=True)
def cells_that_stop():
    def stopped(alone):
        return [i for i, outcome in enumerate(run("C", alone)) if not can_run(outcome)]

    in_order, alone = stopped(False), stopped(True)
    assert set(in_order) < set(alone)
    return Finding([], why=[len(run("C")), len(in_order), len(alone)])


@row("C42", starts=STARTS)
def the_default_rate_does_not_learn_the_example():
    X, Y = line_data()

    def default_run(W1, W2):
        net = Net(flip(W1), flip(W2))
        ends = net.fit(X.T, Y.T, 0.01, 1000)[-1]
        return ends, 100 * accuracy(Y.T, net.logits(X.T))

    own = np.random.RandomState(42)
    end, share = default_run(own.randn(4, 2) * 0.01, own.randn(1, 4) * 0.01)
    rng = np.random.default_rng(0)
    starts = [rng.standard_normal((STARTS, *shape)) * 0.01 for shape in ((4, 2), (1, 4))]
    _, shares = default_run(*starts)
    larger_class = 100 * np.mean(Y)
    return Finding(
        [0.5],
        why=[0.01, 1000, np.log(2), end, share, STARTS, agreeing(shares == larger_class)],
    )


@row("C43", runs_samples=True)
def names_that_nothing_uses():
    unused = {f for f in lint("C") if f.split()[0] in ("F401", "F841", "B007")}
    assert unused == {
        "F401 matplotlib.pyplot",
        "F401 numpy",
        "F401 mpl_toolkits.mplot3d.Axes3D",
        "F841 m",
        "F841 W1",
        "F841 Z2",
        "B007 epoch",
        "B007 i",
    }
    return Finding()


@row("C44")
def the_names_of_the_example_do_not_fit():
    A2, A1 = np.zeros((1, 5)), np.zeros((4, 1))
    with pytest.raises(ValueError, match="not aligned"):
        np.dot(A2 - np.ones((1, 5)), A1.T)
    return Finding([], why=[*A2.shape, *A1.shape])


@row("C45", runs_samples=True)
def text_printed_as_if_computed():
    assert [f for f in lint("C") if f == "F541"]
    assert np.mean(np.tanh([0.0, 1.0, 2.0])) != 0  # "zero-centered" depends on the inputs
    return Finding()


@row("C46")
def an_unknown_name_counts_as_linear():
    W, b, A = np.array([[-1.0]]), np.array([[0.0]]), np.array([[2.0]])
    curves = {"relu": relu, "sigmoid": sigmoid, "tanh": np.tanh}
    outputs = [curves.get(name, lambda Z: Z)(W @ A + b) for name in ("relu", "ReLU")]
    layers, names = [8, 1], ["relu"]
    width = [size for size, _ in zip(layers, names, strict=False)][-1]
    return Finding([], why=[*flat(outputs[1], outputs[0]), width])


@row("C47")
def not_converging_is_silent():
    assert train_perceptron([0, 1, 1, 0], 0.1, [0, 0]) is None  # all 100 passes have errors
    return Finding([], why=[100])
