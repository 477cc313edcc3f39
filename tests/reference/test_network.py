import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers.reference import (
    INITIALIZERS,
    Network,
    count_parameters,
    forward_deep,
    init_params,
    two_moons,
    xor,
)

pytestmark = pytest.mark.tier("check")


def test_fit_returns_self_and_answers_have_the_labels_shapes():
    X, y = xor()
    network = Network((2, 3, 1), rng=0, epochs=2)
    assert network.fit(X, y) is network
    assert network.predict(X).shape == (4,)
    assert network.predict(X).dtype.kind == "i"
    assert network.predict_proba(X).shape == (4, 1)


def test_flat_and_column_labels_are_the_same():
    X, y = two_moons(20, np.random.default_rng(0))
    val = two_moons(10, np.random.default_rng(1))
    a = Network((2, 3, 1), rng=0, epochs=3).fit(X, y, val_data=val)
    b = Network((2, 3, 1), rng=0, epochs=3).fit(X, y[:, 0], val_data=(val[0], val[1][:, 0]))
    assert a.history_ == b.history_
    assert a.score(X, y) == b.score(X, y[:, 0])


def test_softmax_network_classifies():
    rng = np.random.default_rng(2)
    centers = np.array([[0, 3], [3, 0], [-3, -3]])
    classes = rng.integers(0, 3, 90)
    X, Y = centers[classes] + 0.5 * rng.normal(size=(90, 2)), np.eye(3)[classes]
    network = Network((2, 6, 3), loss="cross_entropy", lr=0.3, rng=3).fit(X, Y)
    assert network.score(X, Y) == network.score(X, classes) == network.history_["accuracy"][-1] == 1
    assert network.score(X, classes[:, np.newaxis]) == 1
    assert_array_equal(network.predict(X), classes)
    assert_allclose(network.predict_proba(X).sum(axis=1), 1)


def test_several_sigmoid_outputs():
    rng = np.random.default_rng(4)
    X = rng.normal(size=(60, 2))
    Y = (X > 0).astype(int)
    network = Network((2, 8, 2), lr=0.5, epochs=200, rng=0).fit(X, Y)
    assert network.predict(X).shape == (60, 2)
    assert network.score(X, Y) > 0.95


def test_regression_fits_a_line():
    rng = np.random.default_rng(5)
    X = rng.normal(size=(50, 2))
    y = X @ [[2.0], [-1.0]] + 0.5
    network = Network((2, 1), loss="half_squared_error", lr=0.1, epochs=200, rng=0).fit(X, y)
    assert_allclose(network.layers_[0][0], [[2], [-1]], atol=1e-6)
    assert_allclose(network.predict(X), y, atol=1e-5)
    assert network.history_["accuracy"] == []


def test_one_name_or_one_per_hidden_layer():
    layers = Network((2, 3, 4, 1), activation=("tanh", "relu")).initial_layers(
        np.random.default_rng(0)
    )
    assert [name for _, _, name in layers] == ["tanh", "relu", "sigmoid"]


def test_start_continues_a_run():
    X, y = two_moons(20, np.random.default_rng(6))
    network = Network((2, 3, 1), rng=0, epochs=50, lr=0.3).fit(X, y)
    end = network.history_["loss"][-1]
    network.fit(X, y, start=network.layers_)
    assert network.history_["loss"][0] < end * 1.2


def test_the_start_is_not_modified():
    X, y = xor()
    start = Network((2, 3, 1)).initial_layers(np.random.default_rng(0))
    before = [(W.copy(), b.copy()) for W, b, _ in start]
    Network((2, 3, 1), rng=0).fit(X, y, start=start)
    for (W, b, _), (W0, b0) in zip(start, before, strict=True):
        assert_array_equal(W, W0)
        assert_array_equal(b, b0)


def test_a_run_can_be_recorded_epoch_by_epoch():
    X, y = two_moons(30, np.random.default_rng(9))
    film = []
    network = Network((2, 3, 1), rng=0, epochs=4)
    network.fit(X, y, val_data=(X, y), on_epoch=lambda epoch, layers: film.append((epoch, layers)))
    assert [epoch for epoch, _ in film] == [0, 1, 2, 3]
    losses = [Network.from_layers(layers).mean_loss(X, y) for _, layers in film]
    assert_allclose(losses, network.history_["val_loss"])
    assert len(set(losses)) == 4
    assert not np.shares_memory(film[-1][1][0][0], network.layers_[0][0])


def test_params_round_trip():
    network = Network((2, 3, 1), lr=0.2)
    assert network.set_params(lr=0.5, epochs=7) is network
    assert Network(**network.get_params()).get_params() == network.get_params()
    assert network.get_params()["epochs"] == 7
    X, y = xor()
    assert set(network.fit(X, y).get_params()) == set(Network((2, 3, 1)).get_params())


def test_from_layers_runs_like_forward_deep():
    layers = Network((3, 4, 2), activation="elu").initial_layers(np.random.default_rng(1))
    X = np.random.default_rng(2).normal(size=(5, 3))
    network = Network.from_layers(layers)
    assert_array_equal(network.predict_proba(X), forward_deep(X, layers)[0])
    assert network.get_params()["sizes"] == [3, 4, 2]


@pytest.mark.parametrize("init", sorted(INITIALIZERS))
def test_initializers_have_the_variance_they_promise(init):
    n_in, n_out = 400, 300
    W = INITIALIZERS[init](n_in, n_out, np.random.default_rng(7))
    variance = {
        "uniform": 1 / 3,
        "glorot_normal": 2 / 700,
        "glorot_uniform": 2 / 700,
        "he_normal": 2 / 400,
    }[init]
    assert W.shape == (n_in, n_out)
    assert abs(W.mean()) < 5 * np.sqrt(variance / W.size)
    assert_allclose(W.var(), variance, rtol=0.03)
    limits = {"uniform": 1, "glorot_uniform": np.sqrt(6 / 700)}
    assert np.abs(W).max() <= limits.get(init, np.inf)


def test_normal_initializers_are_normal():
    for init in ("glorot_normal", "he_normal"):
        W = INITIALIZERS[init](400, 300, np.random.default_rng(8)).ravel()
        z = (W - W.mean()) / W.std()
        assert_allclose(np.mean(z**4), 3, rtol=0.03)  # 1.8 if it were uniform


def test_init_params_and_count():
    params = init_params((10, 64, 1), np.random.default_rng(0))
    assert all((b == 0).all() and b.shape == (1, W.shape[1]) for W, b in params)
    assert count_parameters((10, 64, 1)) == sum(W.size + b.size for W, b in params)
