import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from helpers.reference import (
    bce,
    bce_derivative,
    bce_from_logits,
    bce_from_logits_derivative,
    cross_entropy,
    cross_entropy_derivative,
    cross_entropy_from_logits,
    half_squared_error,
    half_squared_error_derivative,
    sigmoid,
    softmax,
    softmax_derivative,
)

pytestmark = pytest.mark.tier("check")

labels = st.lists(st.integers(0, 1), min_size=1, max_size=8)


def column(values):
    return np.array(values, dtype=float)[:, np.newaxis]


@given(labels, st.data())
def test_losses_against_plain_arithmetic(y, data):
    a = data.draw(st.lists(st.floats(0.001, 0.999), min_size=len(y), max_size=len(y)))
    pairs = list(zip(y, a, strict=True))
    surprise = sum(-math.log(p if t else 1 - p) for t, p in pairs) / len(y)
    square = sum((p - t) ** 2 / 2 for t, p in pairs) / len(y)
    for shaped in (np.array, column):
        assert_allclose(bce(shaped(y), shaped(a)), surprise, rtol=1e-12)
        assert_allclose(half_squared_error(shaped(y), shaped(a)), square, rtol=1e-12)


@given(labels, st.data())
def test_bce_from_logits_is_bce_of_the_sigmoid(y, data):
    z = data.draw(st.lists(st.floats(-15, 15), min_size=len(y), max_size=len(y)))
    assert_allclose(bce_from_logits(y, z), bce(y, sigmoid(z), eps=1e-15), rtol=1e-8)


@given(labels, st.data())
def test_derivatives_are_the_measured_ones(y, data):
    m = len(y)
    y = column(y)
    a = column(data.draw(st.lists(st.floats(0.05, 0.95), min_size=m, max_size=m)))
    for loss, derivative in (
        (half_squared_error, half_squared_error_derivative),
        (bce, bce_derivative),
        (bce_from_logits, bce_from_logits_derivative),
    ):
        measured = np.empty_like(a)
        for i in range(m):
            nudge = np.zeros_like(a)
            nudge[i] = 1e-6
            measured[i] = (loss(y, a + nudge) - loss(y, a - nudge)) / 2e-6
        # the derivative is per example, the loss a mean over m
        assert_allclose(derivative(y, a) / m, measured, rtol=1e-5, atol=1e-9)


def test_the_chain_rule_cancels_the_sigmoid():
    y, z = np.array([[1.0], [0.0], [1.0]]), np.array([[-1.0], [2.0], [0.3]])
    a = sigmoid(z)
    assert_allclose(bce_derivative(y, a) * a * (1 - a), bce_from_logits_derivative(y, z))


def test_bce_is_finite_at_the_ends():
    assert_allclose(bce([[1]], [[0.0]]), -math.log(1e-12))
    assert_allclose(bce([[0]], [[1.0]]), -math.log(1e-12), rtol=1e-4)  # 1 − 1e-12 is rounded
    assert bce([[1], [0]], [[1.0], [0.0]]) < 1e-11
    assert_allclose(bce([[1]], [[0.0]], eps=1e-3), -math.log(1e-3))


def test_losses_from_logits_far_out():
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert bce_from_logits([[1], [0]], [[1000.0], [-1000.0]]) == 0
        assert bce_from_logits([[0], [1]], [[1000.0], [-1000.0]]) == 1000
        assert cross_entropy_from_logits([[0, 1]], [[1000.0, -1000.0]]) == 2000
        assert cross_entropy_from_logits([[1, 0]], [[1000.0, -1000.0]]) == 0


def test_cross_entropy_agrees_with_its_logits_and_with_bce():
    rng = np.random.default_rng(1)
    Z = rng.normal(size=(7, 3))
    Y = np.eye(3)[rng.integers(0, 3, 7)]
    assert_allclose(cross_entropy(Y, softmax(Z)), cross_entropy_from_logits(Y, Z))
    y, z = Y[:, :1], Z[:, :1]
    two = np.hstack([y, 1 - y]), softmax(np.hstack([z, np.zeros_like(z)]))
    assert_allclose(cross_entropy(*two), bce_from_logits(y, z))


def test_cross_entropy_derivative_through_softmax_is_p_minus_y():
    rng = np.random.default_rng(2)
    Z = rng.normal(size=(5, 4))
    Y = np.eye(4)[rng.integers(0, 4, 5)]
    P = softmax(Z)
    back = np.einsum("mi,mij->mj", cross_entropy_derivative(Y, P), softmax_derivative(Z))
    assert_allclose(back, P - Y, atol=1e-15)


def test_several_outputs_are_summed_and_examples_averaged():
    y, a = np.array([[1, 0], [0, 1], [1, 1]]), np.full((3, 2), 0.5)
    assert_allclose(bce(y, a), 2 * math.log(2))
    assert_allclose(half_squared_error(y, a), 2 * 0.125)


def test_losses_are_plain_floats():
    for value in (
        bce([1], [0.5]),
        half_squared_error([1], [0.5]),
        bce_from_logits([1], [0.5]),
        cross_entropy([[1, 0]], [[0.5, 0.5]]),
    ):
        assert type(value) is float
