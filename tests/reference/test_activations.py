import math
from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from helpers.reference import (
    ACTIVATIONS,
    elu,
    elu_derivative,
    gelu,
    gelu_derivative,
    gradient_through_depth,
    leaky_relu,
    leaky_relu_derivative,
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    silu,
    silu_derivative,
    softmax,
    softmax_derivative,
    step,
    tanh,
    tanh_derivative,
)

pytestmark = pytest.mark.tier("check")

FAR = np.array([-1000.0, -750.0, -710.0, -1.0, 0.0, 1.0, 710.0, 750.0, 1000.0])
ELEMENTWISE = [step, *(f for pair in ACTIVATIONS.values() for f in pair)]


@pytest.mark.parametrize("function", ELEMENTWISE, ids=lambda f: f.__name__)
def test_far_out_values_are_finite_and_raise_no_flag(function):
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        assert np.isfinite(function(FAR)).all()


@pytest.mark.parametrize("function", ELEMENTWISE, ids=lambda f: f.__name__)
def test_any_shape_and_plain_python_values_are_accepted(function):
    for z in (0.5, [0.5, -0.5], [[1, 2, 3], [-4, 0, 6]], np.ones((2, 3, 4))):
        assert np.shape(function(z)) == np.shape(z)


def exact(z: float) -> tuple[Decimal, Decimal]:
    """σ(z) and tanh(z) to so many digits that 1 − tanh² keeps some."""
    getcontext().prec = 320
    e = (-Decimal(z)).exp()
    return 1 / (1 + e), (1 - e * e) / (1 + e * e)


@given(st.floats(-300, 300))
def test_sigmoid_tanh_and_their_slopes_to_the_last_digits(z):
    s, t = exact(z)
    assert_allclose(sigmoid(z), float(s), rtol=1e-15)
    assert_allclose(sigmoid_derivative(z), float(s * (1 - s)), rtol=2e-15)
    assert_allclose(tanh(z), float(t), rtol=1e-15, atol=1e-300)
    assert_allclose(tanh_derivative(z), float(1 - t * t), rtol=1e-14, atol=1e-40)


@given(st.floats(-30, 30))
def test_tanh_is_a_stretched_sigmoid(z):
    assert_allclose(tanh(z), 2 * sigmoid(2 * z) - 1, atol=1e-15)


@given(st.floats(-1000, 1000))
def test_sigmoid_is_a_symmetric_probability(z):
    assert 0 <= sigmoid(z) <= 1
    assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-15)


@given(st.floats(-8, 8).filter(lambda z: abs(z) > 1e-3), st.sampled_from(sorted(ACTIVATIONS)))
def test_every_slope_is_the_measured_slope(z, name):
    function, slope = ACTIVATIONS[name]
    measured = (function(z + 1e-6) - function(z - 1e-6)) / 2e-6
    assert_allclose(slope(z), measured, rtol=1e-6, atol=1e-9)


@given(st.floats(-8, 8).filter(lambda z: abs(z) > 1e-3), st.floats(0.05, 0.95))
def test_slopes_follow_alpha(z, alpha):
    for f, df in ((leaky_relu, leaky_relu_derivative), (elu, elu_derivative)):
        measured = (f(z + 1e-6, alpha) - f(z - 1e-6, alpha)) / 2e-6
        assert_allclose(df(z, alpha), measured, rtol=1e-6, atol=1e-9)


@given(st.floats(-37, 300))
def test_gelu_and_silu_follow_their_formulas(z):
    """Φ(z) = ½ erfc(−z/√2), by math.erfc; e^−z by Decimal."""
    share = math.erfc(-z / math.sqrt(2)) / 2
    bell = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    assert_allclose(gelu(z), z * share, rtol=1e-12)
    assert_allclose(gelu_derivative(z), share + z * bell, rtol=1e-10, atol=1e-300)
    s, _ = exact(z)
    assert_allclose(silu(z), z * float(s), rtol=1e-14)
    assert_allclose(silu_derivative(z), float(s + Decimal(z) * s * (1 - s)), rtol=1e-12, atol=1e-15)


def test_gelu_and_silu_dip_below_zero_and_rise_again():
    z = np.linspace(-6, 0, 60_001)
    for function, lowest, where in ((gelu, -0.16997, -0.7518), (silu, -0.27846, -1.2785)):
        values = function(z)
        assert_allclose(values.min(), lowest, atol=1e-5)
        assert_allclose(z[values.argmin()], where, atol=1e-3)
        assert function(-1000.0) == pytest.approx(0)
        assert function(1000.0) == 1000


def test_at_exactly_zero():
    assert step(0.0) == 0
    assert step(-0.0) == 0
    assert relu_derivative(0.0) == 0
    assert leaky_relu_derivative(0.0, 0.2) == 0.2
    assert elu_derivative(0.0, 0.7) == 0.7
    assert gelu_derivative(0.0) == silu_derivative(0.0) == 0.5


def test_step_gives_integers():
    assert step([0.5, -0.5]).dtype.kind == "i"
    assert np.asarray(step(0.5)).dtype.kind == "i"


def test_values_of_the_fundamentals_walkthrough():
    """Neural Networks Fundamentals prints these to three places."""
    z = np.array([-2, -1, 0, 1, 2])
    assert_array_equal(sigmoid(z).round(3), [0.119, 0.269, 0.5, 0.731, 0.881])
    assert_array_equal(sigmoid_derivative(z).round(3), [0.105, 0.197, 0.25, 0.197, 0.105])
    assert_array_equal(tanh(z).round(3), [-0.964, -0.762, 0, 0.762, 0.964])
    assert_array_equal(relu(z), [0, 0, 0, 1, 2])
    assert_array_equal(leaky_relu(z), [-0.02, -0.01, 0, 1, 2])
    assert_array_equal(elu(z).round(3), [-0.865, -0.632, 0, 1, 2])
    assert_array_equal(softmax([2.0, 1.0, 0.1]).round(3), [0.659, 0.242, 0.099])


logits = st.lists(st.floats(-1000, 1000), min_size=1, max_size=6)


@given(logits, st.floats(0.05, 50))
def test_softmax_is_a_distribution_and_ignores_shifts(z, temperature):
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        p = softmax(z, temperature)
        shifted = softmax(np.add(z, 3.0), temperature)
    assert_allclose(p.sum(), 1, rtol=1e-12)
    assert (p >= 0).all()
    assert_allclose(p, shifted, rtol=1e-9, atol=1e-12)


def test_softmax_works_on_the_last_axis_of_any_rank():
    rng = np.random.default_rng(0)
    Z = rng.normal(size=(2, 3, 4))
    assert_allclose(softmax(Z).sum(axis=-1), np.ones((2, 3)))
    assert_allclose(softmax(Z)[1, 2], softmax(Z[1, 2]))


def test_temperature_sharpens_and_flattens():
    z = [2.0, 1.0, 0.5]
    assert softmax(z, 0.1).max() > softmax(z, 1.0).max() > softmax(z, 5.0).max()
    assert_allclose(softmax(z, 2.0), softmax(np.divide(z, 2.0)))


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=5), st.floats(0.2, 5))
def test_softmax_derivative_is_the_measured_one(z, temperature):
    z = np.array(z)
    columns = [
        (softmax(z + d, temperature) - softmax(z - d, temperature)) / 2e-6
        for d in 1e-6 * np.eye(len(z))
    ]
    assert_allclose(
        softmax_derivative(z, temperature), np.column_stack(columns), rtol=1e-5, atol=1e-8
    )


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=5), st.floats(0.05, 20))
def test_no_slope_of_softmax_is_larger_than_a_quarter_by_temperature(z, temperature):
    assert np.abs(softmax_derivative(z, temperature)).max() <= 0.25 / temperature + 1e-12
    assert_allclose(softmax_derivative([1.0, 1.0], temperature).max(), 0.25 / temperature)


def test_gradients_vanish_through_sigmoids_and_survive_relu():
    assert gradient_through_depth(0.0, "sigmoid", 10) == 0.25**10
    assert gradient_through_depth(3.0, "relu", 50) == 1.0
    assert math.isclose(gradient_through_depth(1.0, "tanh", 3), (1 / math.cosh(1.0) ** 2) ** 3)
