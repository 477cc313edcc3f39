"""The network on one page computes what the general one computes."""

from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from helpers import reference
from helpers.reference import by_hand

pytestmark = pytest.mark.tier("check")


@pytest.fixture
def start():
    X, y = reference.two_moons(60, np.random.default_rng(1))
    return X, y, by_hand.init_params(2, 5, np.random.default_rng(2))


def test_it_starts_as_the_general_one():
    (W1, b1), (W2, b2) = reference.init_params((2, 5, 1), np.random.default_rng(2))
    own = by_hand.init_params(2, 5, np.random.default_rng(2))
    for name, expected in {"W1": W1, "b1": b1, "W2": W2, "b2": b2}.items():
        assert_allclose(own[name], expected, rtol=1e-12)


def test_forward_loss_and_gradients(start):
    X, y, params = start
    A2, cache = by_hand.forward(X, params)
    expected, kept = reference.forward(X, params)
    assert_allclose(A2, expected, rtol=1e-12)
    for name in ("Z1", "A1", "Z2"):
        assert_allclose(cache[name], kept[name], rtol=1e-12)
    assert by_hand.bce(y, cache["Z2"]) == pytest.approx(reference.bce_from_logits(y, kept["Z2"]))
    grads = by_hand.backward(X, y, params, cache)
    for name, expected in reference.backward(X, y, params, kept).items():
        assert_allclose(grads[name], expected, rtol=1e-10, atol=1e-15)


def test_a_whole_training(start):
    X, y, params = start
    settings = {"epochs": 20, "batch_size": 16, "lr": 0.3}
    own, history = by_hand.fit(params, X, y, **settings, rng=np.random.default_rng(3))
    expected, theirs = reference.fit(params, X, y, **settings, rng=np.random.default_rng(3))
    for name in params:
        assert_allclose(own[name], expected[name], rtol=1e-9)
    assert_allclose(history, theirs["loss"], rtol=1e-9)
    assert history[-1] < history[0]


def test_it_is_silent_far_out():
    X, y = np.array([[1000.0, -1000.0]]), np.array([[0.0]])
    params = by_hand.init_params(2, 3, np.random.default_rng(0))
    with np.errstate(all="raise"):
        _, cache = by_hand.forward(X, params)
        assert np.isfinite(by_hand.bce(y, cache["Z2"]))


def test_it_is_one_page_and_needs_nothing_else():
    source = Path(by_hand.__file__).read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 250
    assert "from helpers" not in source.replace(">>> from helpers", "")
