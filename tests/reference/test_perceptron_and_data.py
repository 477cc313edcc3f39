import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers.reference import (
    GATES,
    Perceptron,
    asd_batch,
    breast_cancer,
    digits,
    gate,
    gate_inputs,
    perceptron_update,
    sum_points,
    sun_and_water,
    train_perceptron,
    two_moons,
    xor,
)

pytestmark = pytest.mark.tier("check")


def test_a_perceptron_learns_fourteen_of_the_sixteen_gates():
    failed = {name for name in GATES if Perceptron().fit(*gate(name)).errors_per_epoch_[-1]}
    assert failed == {"XOR", "XNOR"}


def test_all_sixteen_gates_are_there_in_order():
    assert [int("".join(map(str, answers)), 2) for answers in GATES.values()] == list(range(16))
    X = gate_inputs().astype(bool)
    assert_array_equal(gate("X2 OR NOT X1")[1], X[:, 1] | ~X[:, 0])
    assert_array_equal(gate("X1 AND NOT X2")[1], X[:, 0] & ~X[:, 1])
    assert_array_equal(gate("NOT X2")[1], ~X[:, 1])


def test_the_rule_by_hand():
    """AND from zero, row by row: only mistakes move the line."""
    X, y = gate("AND")
    perceptron = Perceptron(lr=1.0, epochs=100).fit(X, y)
    w, b, path, errors = np.zeros(2), 0.0, [(0.0, 0.0, 0.0)], []
    while not errors or errors[-1]:
        errors.append(0)
        for x, t in zip(X, y, strict=True):
            e = t - int(w @ x + b > 0)
            if e:
                w, b = w + e * x, b + e
                path.append((*w, b))
                errors[-1] += 1
    assert_allclose([(*w, b) for w, b in perceptron.path_], path)
    assert perceptron.errors_per_epoch_ == errors
    assert_allclose(perceptron.w_, w)
    assert perceptron.b_ == b


def test_epochs_limit_and_update():
    _, b, errors = train_perceptron(*gate("XOR"), lr=0.5, epochs=7)
    assert len(errors) == 7
    assert type(b) is float
    right = perceptron_update([1.0, 1.0], 0.0, [1.0, 1.0], 1, 0.5)
    assert_array_equal(right[0], [1.0, 1.0])
    assert right[1] == 0.0
    wrong = perceptron_update([1.0, 1.0], 0.0, [1.0, 2.0], 0, 0.5)
    assert_array_equal(wrong[0], [0.5, 0.0])
    assert wrong[1] == -0.5


def test_the_200_points_are_the_walkthroughs():
    state = np.random.get_state()  # noqa: NPY002
    np.random.seed(42)  # noqa: NPY002
    expected = np.random.randn(2, 200)  # noqa: NPY002
    np.random.set_state(state)  # noqa: NPY002
    X, y = sum_points()
    assert_array_equal(X, expected.T)
    assert_array_equal(y[:, 0], (expected[0] + expected[1] > 0).astype(int))
    new = sum_points(np.random.default_rng(0))[0]
    assert new.shape == (200, 2)
    assert (new != X).any()


def test_shapes_and_labels():
    for X, y in (
        xor(), sun_and_water(), sum_points(), two_moons(7, np.random.default_rng(0)),
        asd_batch()[:2],
    ):  # fmt: skip
        assert X.dtype == float
        assert y.shape == (len(X), 1)
        assert set(np.unique(y)) == {0, 1}


def test_data_comes_fresh_every_time():
    for make in (xor, sun_and_water, asd_batch, gate_inputs, digits, breast_cancer):
        first = make()
        first = first if isinstance(first, np.ndarray) else first[0]
        first += 1
        again = make()
        again = again if isinstance(again, np.ndarray) else again[0]
        assert (again != first).all()


def test_digits_and_tumors_are_scikit_learns():
    from sklearn.datasets import load_breast_cancer, load_digits

    for make, load, largest in ((digits, load_digits, 16), (breast_cancer, load_breast_cancer, 1)):
        (X, y), (theirs, classes) = make(), load(return_X_y=True)
        assert_array_equal(X * largest, theirs)
        assert_array_equal(y, classes)
        assert (X.dtype, y.dtype) == (float, int)
    assert (digits()[0].min(), digits()[0].max()) == (0, 1)


@pytest.mark.parametrize("make", [digits, breast_cancer])
def test_without_scikit_learn_the_data_say_what_to_type(make, monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(ImportError, match=r"Run %pip install scikit-learn in a new cell") as found:
        make()
    assert found.value.__suppress_context__


@pytest.mark.parametrize("m", [2, 3, 100, 101])
def test_moons_lie_on_their_circles(m):
    X, y = two_moons(m, np.random.default_rng(1), noise=0.0)
    upper, lower = X[y[:, 0] == 0], X[y[:, 0] == 1]
    assert len(upper) == (m + 1) // 2
    assert_allclose(np.hypot(*upper.T), 1)
    assert_allclose(np.hypot(lower[:, 0] - 1, lower[:, 1] - 0.5), 1)
    assert (upper[:, 1] >= 0).all()
    assert (lower[:, 1] <= 0.5).all()
