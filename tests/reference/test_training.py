import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from helpers.reference import (
    OPTIMIZERS,
    Adam,
    EarlyStopping,
    Network,
    accuracy,
    add_l2,
    as_params,
    bce,
    cosine_decay,
    fit,
    fit_scaler,
    forward,
    l2_penalty,
    minibatches,
    numerical_gradient,
    scale,
    step_decay,
    train,
    train_step,
    two_moons,
    update,
    xor,
)

pytestmark = pytest.mark.tier("check")


def start(sizes=(2, 4, 1), seed=0, **settings):
    return Network(sizes, **settings).initial_layers(np.random.default_rng(seed))


@given(st.integers(1, 40), st.integers(1, 45), st.integers(0, 2**32 - 1))
def test_minibatches_deal_every_row_once_and_keep_rows_together(m, batch_size, seed):
    X = np.arange(m)[:, np.newaxis] * [1.0, 10.0]
    y = np.arange(m)[:, np.newaxis]
    batches = list(minibatches(X, y, batch_size, np.random.default_rng(seed)))
    assert [len(Xb) for Xb, _ in batches[:-1]] == [batch_size] * (len(batches) - 1)
    assert 1 <= len(batches[-1][0]) <= batch_size
    Xs, ys = (np.concatenate(parts) for parts in zip(*batches, strict=True))
    assert_array_equal(np.sort(ys, axis=0), y)
    assert_array_equal(Xs, ys * [1.0, 10.0])


def test_minibatches_work_with_next_and_reshuffle():
    X = np.arange(50)[:, np.newaxis]
    rng = np.random.default_rng(0)
    first, second = (next(minibatches(X, X, 50, rng))[0] for _ in range(2))
    assert (first != second).any()
    assert (first != X).any()


def test_train_step_is_forward_backward_update():
    rng = np.random.default_rng(1)
    X, y = two_moons(9, rng)
    params = as_params(start())
    new, loss = train_step(params, X, y, lr=0.3)
    assert_allclose(loss, bce(y, forward(X, params)[0]), rtol=1e-9)

    def mean(p):
        return bce(y, forward(X, p)[0])

    measured = numerical_gradient(mean, params)
    for name, value in update(params, measured, lr=0.3).items():
        assert_allclose(new[name], value, rtol=1e-5, atol=1e-8)


def test_fit_is_train_step_over_shuffled_batches():
    X, y = two_moons(50, np.random.default_rng(2))
    val = two_moons(30, np.random.default_rng(3))
    params, history = fit(as_params(start()), X, y, 7, 16, 0.2, np.random.default_rng(4), val)

    by_hand, rng = as_params(start()), np.random.default_rng(4)
    for epoch in range(7):
        losses, right = [], []
        for Xb, yb in minibatches(X, y, 16, rng):
            right.append(accuracy(yb, forward(Xb, by_hand)[0]) * len(yb))
            by_hand, loss = train_step(by_hand, Xb, yb, 0.2)
            losses.append(loss * len(yb))
        A = forward(val[0], by_hand)[0]
        assert_allclose(history["loss"][epoch], sum(losses) / 50, rtol=1e-9)
        assert_allclose(history["accuracy"][epoch], sum(right) / 50, rtol=1e-9)
        assert_allclose(history["val_loss"][epoch], bce(val[1], A), rtol=1e-9)
        assert_allclose(history["val_accuracy"][epoch], accuracy(val[1], A), rtol=1e-9)
    for name, value in by_hand.items():
        assert_allclose(params[name], value, rtol=1e-9, atol=1e-12)


def test_history_without_validation():
    X, y = xor()
    _, history = fit(as_params(start()), X, y, 5, 2, 0.1, np.random.default_rng(0))
    assert {name: len(values) for name, values in history.items()} == {
        "loss": 5, "accuracy": 5, "val_loss": 0, "val_accuracy": 0,
    }  # fmt: skip
    assert all(type(value) is float for value in history["loss"] + history["accuracy"])


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_every_optimizer_learns_xor(optimizer):
    X, y = xor()
    lr = {"gradient_descent": 0.5, "adagrad": 0.3}.get(optimizer, 0.05)
    network = Network(
        (2, 8, 1), activation="tanh", optimizer=optimizer, lr=lr, epochs=500, batch_size=4, rng=0
    )
    assert network.fit(X, y).score(X, y) == 1.0


def test_early_stopping_counts_strictly_better_losses_in_a_row():
    stopper = EarlyStopping(patience=3)
    losses = [1.0, 0.9, 0.9, float("nan"), 0.8, 0.8, 0.8, 0.8]
    assert [stopper.update(loss, {"W1": np.array([loss])}) for loss in losses] == [False] * 7 + [
        True
    ]
    assert_array_equal(stopper.best_params["W1"], [0.8])


def test_a_loss_of_nan_is_never_better():
    stopper = EarlyStopping(patience=2)
    assert [stopper.update(loss, loss) for loss in (0.5, np.nan, np.nan)] == [False, False, True]
    assert stopper.best_params == stopper.best_loss == 0.5


def test_early_stopping_keeps_a_copy():
    stopper, params = EarlyStopping(2), {"W1": np.zeros(2)}
    stopper.update(0.5, params)
    params["W1"] += 1
    assert_array_equal(stopper.best_params["W1"], [0, 0])


def test_early_stopping_restores_the_best_weights_even_at_the_last_epoch():
    X, y = two_moons(30, np.random.default_rng(5), noise=0.4)
    val = two_moons(30, np.random.default_rng(6), noise=0.4)
    for patience, epochs in ((5, 1000), (1000, 200)):
        network = Network((2, 16, 1), lr=1.5, epochs=epochs, patience=patience, rng=7)
        network.fit(X, y, val_data=val)
        val_loss = network.history_["val_loss"]
        assert_allclose(network.mean_loss(*val), min(val_loss), rtol=1e-12)
        assert val_loss[-1] > min(val_loss)


def test_l2_gradient_is_that_of_the_penalty():
    params = {name: value + 0.5 for name, value in as_params(start((3, 4, 1))).items()}
    zeros = {f"d{name}": np.zeros_like(value) for name, value in params.items()}
    measured = numerical_gradient(lambda p: l2_penalty(p, 0.3, 5), params)
    for name, value in add_l2(zeros, params, 0.3, 5).items():
        assert_allclose(value, measured[name], atol=1e-9)


def test_l2_shrinks_weights():
    X, y = two_moons(60, np.random.default_rng(8))
    norms = [
        l2_penalty(as_params(Network((2, 8, 1), l2=lam, rng=0).fit(X, y).layers_), 1.0, 1)
        for lam in (0.0, 0.1, 1.0)
    ]
    assert norms[0] > norms[1] > norms[2]


def test_the_l2_penalty_is_divided_by_the_training_rows_whatever_the_batch():
    """With inputs of 0 a weight has no gradient but that of the penalty."""
    X, y, lr, lam = np.zeros((8, 1)), np.zeros((8, 1)), 0.5, 0.4
    layers = [(np.ones((1, 1)), np.zeros((1, 1)), "sigmoid")]
    for batch_size in (1, 4, 8):
        network = Network.from_layers(layers, lr=lr, l2=lam, epochs=1, batch_size=batch_size, rng=0)
        (W, _, _), *_ = network.fit(X, y, start=layers).layers_
        assert_allclose(W, (1 - lr * lam / 8) ** (8 // batch_size))


def test_schedules_reach_training():
    X, y = xor()
    seen = []

    def schedule(lr, epoch):
        seen.append((lr, epoch))
        return step_decay(lr, epoch, every=2)

    train(start(), X, y, rng=np.random.default_rng(0), lr=0.4, epochs=5, schedule=schedule)
    assert seen == [(0.4, epoch) for epoch in range(5)]
    slow = train(
        start(), X, y, rng=np.random.default_rng(0), lr=0.4, epochs=1, batch_size=4,
        schedule=lambda lr, epoch: lr / 4,
    )  # fmt: skip
    same = train(start(), X, y, rng=np.random.default_rng(0), lr=0.1, epochs=1, batch_size=4)
    assert_allclose(slow[0][0][0], same[0][0][0])


def test_schedule_values():
    assert [step_decay(1.0, e, drop=0.1, every=3) for e in (0, 2, 3)] == [1.0, 1.0, 0.1]
    assert_allclose(cosine_decay(1.0, 5, 10, floor=0.2), 0.6)
    assert_allclose(cosine_decay(1.0, 10, 10, floor=0.2), 0.2)
    rates = [cosine_decay(1.0, e, 20) for e in range(21)]
    assert all(a > b for a, b in itertools.pairwise(rates))


@pytest.mark.parametrize("loss", ["bce", "half_squared_error"])
def test_divergence_is_recorded_in_silence(loss):
    rng = np.random.default_rng(9)
    X = rng.normal(size=(40, 3))
    y = (X[:, :1] > 0).astype(int)
    settings = {"loss": loss} if loss == "bce" else {"loss": loss, "output": "linear"}
    network = Network((3, 8, 8, 1), lr=1e6, l2=10.0, epochs=30, rng=0, **settings)
    network.fit(X, y, val_data=(X, y))
    assert len(network.history_["loss"]) == 30
    assert not np.isfinite(network.history_["loss"][-1])
    assert len(network.predict(X)) == 40  # also silent


def test_same_seed_same_run_and_new_seed_new_run():
    X, y = two_moons(40, np.random.default_rng(10))
    runs = [Network((2, 4, 1), rng=seed, epochs=5).fit(X, y).history_["loss"] for seed in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_the_global_generator_is_left_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    X, y = two_moons(20, np.random.default_rng(0))
    Network((2, 3, 1), epochs=2).fit(X, y)
    assert_array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_a_generator_given_is_used_up_and_an_optimizer_is_not():
    X, y = two_moons(20, np.random.default_rng(0))
    network = Network((2, 3, 1), epochs=3, rng=np.random.default_rng(1), optimizer=Adam())
    first = network.fit(X, y).history_["loss"]
    assert network.fit(X, y).history_["loss"] != first
    twice = [Network((2, 3, 1), epochs=3, rng=1, optimizer=Adam()).fit(X, y) for _ in range(2)]
    assert twice[0].history_ == twice[1].history_


def test_accuracy():
    assert accuracy([1, 0, 0], [[0.6], [0.5], [0.7]]) == 2 / 3  # exactly 0.5 is not above it
    assert accuracy([[1], [0]], [0.6, 0.7], threshold=0.65) == 0.0


@given(st.integers(1, 20), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_scaler(m, n, seed):
    X = np.random.default_rng(seed).normal(size=(m, n)) * 10 + 5
    X[:, 0] = 0.1  # constant, and not exact in binary
    scaler = fit_scaler(X)
    S = scale(X, scaler)
    assert scaler[0].shape == scaler[1].shape == (1, n)
    assert scaler[1][0, 0] == 1
    assert_allclose(S.mean(axis=0), 0, atol=1e-9)
    if m > 1:
        assert_allclose(S[:, 1:].std(axis=0), 1, rtol=1e-7)
