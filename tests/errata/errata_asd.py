"""Rows A: "Neural Network Architecture: … Walkthrough for ASD Classification"."""

import numpy as np
import pytest

from .errata_ledger import Finding, agreeing, flat, reach, row
from .errata_nets import STARTS, Net, accuracy, bce, relu, sigmoid, slope, teacher

# The walkthrough's inputs.
X = np.array([[0.2, 0.5, 0.1, 0.8], [0.3, 0.7, 0.4, 0.6]])
y = np.array([[1.0], [0.0]])
W1 = np.array([[0.35, -0.21, 0.48], [-0.15, 0.67, 0.12], [0.44, -0.39, 0.55], [-0.28, 0.19, -0.41]])
W2 = np.array([[0.58], [-0.42], [0.31]])
LR = 0.005

# What follows from them.
Z1 = X @ W1
A1 = relu(Z1)
Z2 = A1 @ W2
A2 = sigmoid(Z2)
LOSSES = -(y * np.log(A2) + (1 - y) * np.log(1 - A2))
dZ2 = A2 - y
dW2, db2 = A1.T @ dZ2 / 2, dZ2.mean(0)
dA1 = dZ2 @ W2.T
dZ1 = dA1 * (Z1 > 0)
dW1, db1 = X.T @ dZ1 / 2, dZ1.mean(0)

# What the walkthrough prints on the way and goes on with.
P_A1 = np.array([[0.000, 0.321, 0.156], [0.000, 0.487, 0.203]])
P_DZ2 = np.array([[-0.522], [0.465]])
P_DZ1 = np.array([[0.000, 0.219, -0.162], [0.000, -0.195, 0.144]])
P_W1 = [[0.35, -0.21004, 0.48006], [-0.15, 0.67007, 0.1199]]
P_W1 += [[0.44, -0.38991, 0.54979], [-0.28, 0.18965, -0.40978]]
P_W2 = [[0.58], [-0.42016], [0.30996]]


def loss(W1=W1, W2=W2, b1=0.0, b2=0.0):
    return bce(y, relu(X @ W1 + b1) @ W2 + b2)


@row("A1", starts=STARTS)
def he_not_xavier():
    def mean_squares_after_ten_layers(variance):
        ends = []
        for seed in range(STARTS):
            rng = np.random.default_rng(seed)
            A = rng.standard_normal((50, 256))
            for _ in range(10):
                A = relu(A @ (rng.standard_normal((256, 256)) * np.sqrt(variance)))
            ends.append(np.mean(A**2))
        return ends

    he, glorot = np.sqrt(2 / 4), np.sqrt(2 / (4 + 3))
    kept, lost = (mean_squares_after_ten_layers(v) for v in (2 / 256, 2 / (256 + 256)))
    return Finding([he, glorot], why=[STARTS, *reach(kept), *reach(lost)])


@row("A2")
def hidden_pre_activation():
    published = ["-0.185", "0.321", "0.156", "-0.095", "0.487", "0.203"]
    return Finding(flat(Z1), published, same=frozenset({0}))


@row("A3")
def hidden_activation():
    published = ["0.000", "0.321", "0.156", "0.000", "0.487", "0.203"]
    return Finding(flat(A1), published, same=frozenset({0}))


@row("A4")
def output_pre_activation_by_terms():
    terms = A1[0] * W2[:, 0]
    published = ["-0.135", "0.048", "-0.087"]
    return Finding(flat(terms[1:], Z2[0]), published, why=flat(P_A1[0] @ W2))


@row("A5")
def output_pre_activation():
    return Finding(flat(Z2), ["-0.087", "-0.142"])


@row("A6")
def exponentials():
    return Finding(flat(np.exp(-Z2)), ["1.091", "1.153"])


@row("A7")
def output():
    return Finding(flat(A2), ["0.478", "0.465"])


@row("A8")
def interpretation():
    assert A2[0] < A2[1]
    return Finding(flat(100 * A2), ["47.8", "46.5"])


@row("A9")
def loss_of_sample_1():
    return Finding(flat(A2[0], np.log(A2[0]), LOSSES[0]), ["0.478", "-0.738", "0.738"])


@row("A10")
def loss_of_sample_2():
    a = A2[1]
    published = ["0.465", "0.535", "-0.625", "0.625"]
    return Finding(flat(a, 1 - a, np.log(1 - a), LOSSES[1]), published)


@row("A11")
def mean_loss():
    return Finding(flat(LOSSES, LOSSES.mean()), ["0.738", "0.625", "0.682"])


@row("A12")
def total_loss_is_the_mean():
    assert LOSSES.mean() == pytest.approx(loss())
    return Finding(flat(LOSSES.mean(), LOSSES.sum()))


@row("A13")
def gradient_is_not_a_contribution():
    # b2 is 0, so it adds nothing to the output; its gradient is not 0.
    return Finding([], why=flat(db2))


@row("A14")
def gradient_of_the_mean_loss():
    measured = slope(lambda z: bce(y, z), Z2)
    np.testing.assert_allclose(measured, dZ2 / 2, atol=1e-9)
    return Finding(flat(measured), why=flat(dZ2))


@row("A15")
def output_error():
    return Finding(flat(dZ2), ["-0.522", "0.465"])


@row("A16")
def chain_rule_order():
    with pytest.raises(ValueError, match="mismatch"):
        dZ2 @ A1
    assert (A1.T @ dZ2).shape == W2.shape
    return Finding([], why=flat(dZ2.shape, A1.shape))


@row("A17")
def transposed_twice():
    shown = np.array([[0.000, 0.000], [0.321, 0.487], [0.156, 0.203]])
    np.testing.assert_array_equal(shown, P_A1.T)
    for already_transposed, error in ((shown, P_DZ2), (X.T, P_DZ1)):
        with pytest.raises(ValueError, match="mismatch"):
            already_transposed.T @ error
    assert (shown @ P_DZ2).shape == W2.shape
    assert (X.T @ P_DZ1).shape == W1.shape
    return Finding(flat(shown.shape, X.T.shape))


@row("A18")
def output_weight_gradient():
    from_printed_inputs = P_A1.T @ P_DZ2 / 2
    assert dW2[1] < 0 < 0.032
    return Finding(flat(dW2), ["0.000", "0.032", "0.007"], why=flat(from_printed_inputs[1:]))


@row("A19")
def output_bias_gradient():
    return Finding(flat(db2), ["-0.029"])


@row("A20")
def backpropagated():
    published = ["-0.303", "0.219", "-0.162", "0.270", "-0.195", "0.144"]
    return Finding(flat(dA1), published)


@row("A21")
def relu_mask():
    published = ["0", "1", "1", "0", "1", "1"]
    return Finding(flat(Z1 > 0), published, same=frozenset({0, 1, 4, 5}), why=flat(Z1[1, 0]))


@row("A23")
def hidden_error():
    published = ["0.000", "0.219", "-0.162", "0.000", "-0.195", "0.144"]
    return Finding(flat(dZ1), published, same=frozenset({0}))


@row("A24")
def hidden_weight_gradient():
    published = ["0.000", "0.007", "-0.011", "0.000", "-0.014", "0.020"]
    published += ["0.000", "-0.017", "0.042", "0.000", "0.070", "-0.043"]
    from_printed_inputs = X.T @ P_DZ1 / 2
    not_averaged = X.T @ P_DZ1[:, 2]
    assert dW1[0, 1] < 0 < 0.007
    return Finding(flat(dW1), published, why=flat(from_printed_inputs, not_averaged))


@row("A25")
def hidden_bias_gradient():
    return Finding(flat(db1), ["0.000", "0.012", "-0.009"])


@row("A26")
def updated_output_weights():
    published = ["0.58000", "-0.42016", "0.30996"]
    change = -LR * dW2
    assert change[1] > 0 > change[2]
    return Finding(flat(W2 + change), published, why=flat(change[1], -change[2]))


@row("A27")
def updated_output_bias():
    return Finding(flat(-LR * db2), ["0.000145"])


@row("A28")
def hidden_bias_left_out():
    return Finding(flat(-LR * db1))


@row("A29")
def updated_hidden_weights():
    published = ["0.35000", "-0.21004", "0.48006", "-0.15000", "0.67007", "0.11990"]
    published += ["0.44000", "-0.38991", "0.54979", "-0.28000", "0.18965", "-0.40978"]
    return Finding(flat(W1 - LR * dW1), published, same=frozenset({4}))


@row("A30")
def what_the_printed_update_is_worth():
    before = loss()
    true_step = loss(W1 - LR * dW1, W2 - LR * dW2, -LR * db1, -LR * db2)
    printed_step = loss(np.array(P_W1), np.array(P_W2), 0.0, 0.000145)
    printed_w2 = loss(W2=np.array(P_W2))
    assert true_step < printed_step < before < printed_w2
    share = 100 * (before - printed_step) / (before - true_step)
    return Finding([before, true_step, printed_step, share])


@row("A31")
def a_rate_of_a_tenth_does_not_diverge():
    history = Net(W1, W2).fit(X, y, lr=0.1, epochs=1000)
    assert history.max() < loss()  # it never comes back to where it started
    assert (np.diff(history[:250]) < 0).all()
    assert np.diff(history).max() < 0.005
    ends = {lr: Net(W1, W2).fit(X, y, lr, epochs=1000)[-1] for lr in (1, 2, 5, 10)}
    assert ends[1] < 0.01
    assert ends[2] == pytest.approx(np.log(2))  # every hidden neuron dead
    assert ends[5] == pytest.approx(np.log(2), abs=1e-4)
    assert ends[10] > loss()
    dead = Net(W1, W2)
    dead.fit(X, y, 2, 1000)
    assert (X @ dead.W1 + dead.b1 <= 0).all()
    return Finding([loss(), history[-1]], why=[0.1, 2, 10, ends[10]])


@row("A32", starts=STARTS)
def the_recommended_rates_are_slow():
    after_1000 = [Net(W1, W2).fit(X, y, lr, 1000)[-1] for lr in (0.001, 0.01, 0.1)]
    ((rows, labels),) = teacher(700)
    fast, slow = (
        Net.he((4, 3, 1)).fit(rows, labels, lr, epochs, batch=16)[-1]
        for lr, epochs in ((0.1, 10), (0.001, 100))
    )
    return Finding(
        [*after_1000, 0.1],
        why=[0.1, *reach(fast), 0.001, *reach(slow), agreeing(fast < slow), STARTS],
    )


@row("A33")
def penalty_depends_on_the_batch_size():
    lr, lam, n = 0.1, 0.01, 1000
    # What one epoch leaves of a weight on which the data do not pull.
    kept = [100 * (1 - lr * lam / batch) ** (n / batch) for batch in (1, 16, 1000)]
    return Finding(kept, why=[0.01, 0.1])


@row("A34")
def reported_loss_has_no_penalty():
    lam, m = 0.01, 2
    code = dW2 + lam / m * W2
    alone = slope(lambda W: loss(W2=W), W2)
    penalized = slope(lambda W: loss(W2=W) + lam / (2 * m) * np.sum(W**2), W2)
    np.testing.assert_allclose(code, penalized, atol=1e-9)
    assert np.abs(code - alone).max() > 1e-3
    return Finding()


@row("A35")
def memory_of_a_whole_batch():
    def kilobytes(m):  # X, Z1, A1, Z2, A2 in double precision
        return m * (4 + 3 + 3 + 1 + 1) * 8 / 1000

    return Finding([kilobytes(1000)], why=[kilobytes(16)])


@row("A36", starts=STARTS)
def one_row_at_a_time_is_not_unstable():
    ((rows, labels),) = teacher(1000)
    whole, some, single = (
        Net.he((4, 3, 1)).fit(rows, labels, 0.01, 50, batch)[-1] for batch in (None, 16, 1)
    )
    updates = [np.ceil(1000 / batch) for batch in (1000, 16, 1)]
    return Finding(
        [*reach(whole), *reach(some), *reach(single)],
        why=[0.01, STARTS, agreeing(some < whole), agreeing(single < some), *updates],
    )


@row("A37")
def no_shape_of_y_fits():
    p = np.array([[0.9], [0.8], [0.7], [0.1]])
    column = np.array([[1], [1], [1], [0]])
    row_of_labels = column.ravel()

    def code_loss(y):
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def code_accuracy(y):
        return np.mean((p > 0.5).astype(int).flatten() == y)

    loss = np.mean(-np.log([0.9, 0.8, 0.7, 1 - 0.1]))
    for y in (column, row_of_labels, column.T):  # one of the two lines is wrong for each
        assert (code_accuracy(y) == 1) != (code_loss(y) == pytest.approx(loss))
    return Finding(
        [1, code_loss(column)],
        why=[*p.ravel(), *row_of_labels, code_accuracy(column), code_loss(row_of_labels)],
    )


@row("A38")
def no_validation_data_stops_the_training():
    best, counter, best_epoch = float("inf"), 0, None
    for epoch in range(100):
        val_loss = 0  # what fit records without val_data
        if val_loss < best:
            best, counter, best_epoch = val_loss, 0, epoch + 1
        else:
            counter += 1
            if counter >= 20:
                break
    return Finding([], why=[epoch + 1, best_epoch])


@row("A39")
def early_stopping_breaks_out_of_no_loop():
    with pytest.raises(SyntaxError, match="outside loop"):
        compile("if patience_counter >= patience:\n    break", "snippet", "exec")
    return Finding()


@row("A40")
def mean_of_batch_means():
    def shares(n, size):
        batches = [min(size, n - i) for i in range(0, n, size)]
        return batches[-1], 100 / len(batches) / batches[-1]

    n, size = 100, 16
    assert shares(96, 16)[1] == pytest.approx(100 / 96)  # no rest, no difference
    last, share = shares(n, size)
    return Finding([100 / n], why=[n, size, last, share])


@row("A42")
def the_guard_fails_in_single_precision():
    one = np.array([[1]], dtype=np.float32)
    clipped = np.clip(one, 1e-8, 1 - 1e-8)
    assert clipped.dtype == np.float32
    assert clipped == 1
    with np.errstate(all="ignore"):
        label_0 = -np.mean(0 * np.log(clipped) + (1 - 0) * np.log(1 - clipped))
        label_1 = -np.mean(1 * np.log(clipped) + (1 - 1) * np.log(1 - clipped))
    assert np.isinf(label_0)
    assert np.isnan(label_1)
    half_a_step = np.finfo(np.float32).epsneg / 2  # from 1 down to the next number
    assert np.clip(one, 0, 1 - 0.99 * half_a_step) == 1
    assert np.clip(one, 0, 1 - 1.01 * half_a_step) < 1
    assert np.clip(one, 1e-7, 1 - 1e-7) < 1
    return Finding([half_a_step, 1e-7])


@row("A43", starts=STARTS)
def training_loss_rises_in_good_runs():
    ((rows, labels),) = teacher(700)
    history = Net.he((4, 3, 1)).fit(rows, labels, 0.1, 100, batch=16)
    rises = 100 * np.mean(np.diff(history, axis=0) > 0, axis=0)
    good = history[-1] < 0.4
    assert agreeing(history[-1] < history[0]) == STARTS
    return Finding(
        [], why=[0.1, STARTS, *reach(rises), STARTS, good.sum(), *reach(history[-1][good])]
    )


@row("A44")
def both_losses_high_without_underfitting():
    flipped = 0.4
    floor = -(flipped * np.log(flipped) + (1 - flipped) * np.log(1 - flipped))
    return Finding([], why=[100 * flipped, floor, np.log(2)])


@row("A45", starts=STARTS)
def accuracy_fluctuates_on_a_large_set_too():
    (rows, labels), (held_out, truth) = teacher(5000, 1000)

    def largest_falls(lr):
        def watch(net):
            return 100 * accuracy(truth, net.logits(held_out))

        history = Net.he((4, 16, 1)).fit(rows, labels, lr, 20, batch=16, watch=watch)
        return -np.diff(history, axis=0).min(axis=0)

    wild, calm = largest_falls(3), largest_falls(0.01)
    return Finding(
        [],
        why=[5000, 1000, STARTS, 3, *reach(wild), 0.01, *reach(calm), agreeing(wild > 4 * calm)],
    )


@row("A46")
def the_default_epochs_do_not_learn_the_example():
    net = Net(W1, W2)
    history = net.fit(X, y, LR, 100)  # both rows are in one batch of 16
    right = (net.logits(X) > 0) == y
    assert right.ravel().tolist() == [False, True]
    return Finding([], why=[100, LR, loss(), history[-1], 1, 2])


@row("A47")
def no_best_weights_after_nothing_but_nan():
    best, counter, best_weights = float("inf"), 0, None
    for _ in range(20):
        val_loss = float("nan")
        if val_loss < best:
            best, counter, best_weights = val_loss, 0, "a copy"
        else:
            counter += 1
    assert counter >= 20
    assert best_weights is None  # the snippet has not even the name
    return Finding([], why=[20])
