"""Numbers that remember: their slopes against measured ones, their gradients against module 05."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from helpers.reference import (
    Value,
    asd_batch,
    backpropagate,
    backward,
    bce,
    forward,
    numerical_derivative,
    topological_order,
)

pytestmark = pytest.mark.tier("check")

PROGRAMS = {
    "square": lambda x, y: (x * y + 1) * (x * y + 1),
    "gates": lambda x, y: (x * y).relu() + (x + -2 * y).relu() * 3,
    "bends": lambda x, y: (x + 0.5 * y).tanh() * y,
    "logarithm": lambda x, y: (x * x + y * y + 1).log() * x,
    "skips": lambda x, y: (2 * (x * x) + y) * (x * x) + x,
}


@pytest.mark.parametrize("name", PROGRAMS)
@given(x=st.floats(-2, 2), y=st.floats(-2, 2))
def test_gradients_are_measured_ones(name, x, y):
    program = PROGRAMS[name]
    if name == "gates" and min(abs(x * y), abs(x - 2 * y)) < 1e-4:
        return  # at a kink there is nothing to measure
    a, b = Value(x), Value(y)
    backpropagate(program(a, b))
    along_x = numerical_derivative(lambda t: program(Value(t), Value(y)).data, x)
    along_y = numerical_derivative(lambda t: program(Value(x), Value(t)).data, y)
    assert_allclose([a.grad, b.grad], [along_x, along_y], rtol=1e-5, atol=1e-6)


def test_the_network_of_module_05_on_values():
    X, y, params = asd_batch()
    P = {name: np.vectorize(Value, otypes=[object])(p) for name, p in params.items()}
    A1 = np.vectorize(Value.relu, otypes=[object])(X @ P["W1"] + P["b1"])
    Z2 = A1 @ P["W2"] + P["b2"]
    A2 = [0.5 * (0.5 * z).tanh() + 0.5 for z in Z2.ravel()]
    loss = -0.5 * (A2[0].log() + (-1 * A2[1] + 1).log())
    backpropagate(loss)
    out, cache = forward(X, params)
    assert_allclose(loss.data, bce(y, out), rtol=1e-12)
    grads = backward(X, y, params, cache)
    for name, p in P.items():
        found = np.vectorize(lambda v: v.grad)(p)
        assert_allclose(found, grads[f"d{name}"], rtol=1e-12, atol=1e-16)


def test_a_chain_longer_than_python_calls_deep():
    x = Value(1.0)
    total = x
    for _ in range(20_000):
        total = total + x
    backpropagate(total)
    assert (total.data, x.grad) == (20_001.0, 20_001.0)


def test_every_value_stands_after_its_inputs():
    x, y = Value(2), Value(2)  # the same number, and not the same Value
    order = topological_order(PROGRAMS["skips"](x, y))
    assert len(set(order)) == len(order)
    assert {x, y} <= set(order)
    for place, value in enumerate(order):
        assert all(order.index(part) < place for part in value.inputs)


def test_gradients_of_two_losses_add_up():
    w = Value(3)
    backpropagate(w * w)
    backpropagate(5 * w)
    assert w.grad == 11


@pytest.mark.parametrize("wrong", ["1", None, [1.0], np.ones(2), 1j])
def test_a_value_holds_one_number(wrong):
    with pytest.raises(ValueError, match="A Value holds one number, but this is"):
        Value(wrong)
    with pytest.raises(ValueError, match="A Value holds one number"):
        Value(1.0) + wrong


@pytest.mark.parametrize("x", [0.0, -1.0, float("nan")])
def test_there_is_no_logarithm_of_what_is_not_above_0(x):
    with pytest.raises(ValueError, match="log needs a number above 0"):
        Value(x).log()
