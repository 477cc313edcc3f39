"""Rows B: "Neural Network from Scratch" (one sigmoid neuron, squared error)."""

import sys

import numpy as np
import pytest

from .errata_ledger import Finding, flat, row
from .errata_nets import STARTS, sigmoid, slope
from .samples import lint, run

LR = 0.005
COLUMN = np.array([[0.2], [0.5], [0.1]])


def code_step(w, b, x, y):
    """One pass of the walkthrough's loop, as it stands there."""
    z = np.dot(w.T, x) + b
    a = 1 / (1 + np.exp(-z))
    dl_dw = (a - y) * a * (1 - a) * x
    dl_db = (a - y) * a * (1 - a)
    return w - LR * dl_dw, b - LR * dl_db, a


def start():
    return np.array([[1.2], [0.3], [0.7]])


@row("B2")
def one_neuron_has_four_parameters():
    one_neuron = 3 * 1 + 1
    with_a_hidden_neuron = 3 * 1 + 1 + 1 * 1 + 1
    return Finding([one_neuron], why=[with_a_hidden_neuron])


@row("B3")
def the_code_needs_the_transpose():
    w = start()
    with pytest.raises(ValueError, match="not aligned"):
        np.dot(w, COLUMN)
    assert np.dot(w.T, COLUMN).shape == (1, 1)
    return Finding([], why=flat(w.shape))


@row("B4")
def sigmoid_overflows():
    def code_sigmoid(z):
        return 1 / (1 + np.exp(-z))

    assert code_sigmoid(np.float64(-709)) > 0
    assert code_sigmoid(np.float32(-88)) > 0
    for z in (np.float64(-710), np.float32(-89)):
        with pytest.warns(RuntimeWarning, match="overflow"):
            assert code_sigmoid(z) == 0
    for z in (-1000, -710, -709, 0, 709, 1000):
        assert 0 <= sigmoid(z) <= 1
    return Finding([], why=[-710, -89])


@row("B5")
def half_squared_error_of_one_example():
    a, y = np.array([0.4, 0.9]), np.array([1.0, 1.0])
    squared = (a - y) ** 2
    return Finding([squared.mean()], why=[*a, 1, *(squared / 2)])


@row("B6")
def derivative_with_respect_to_a_row_is_a_row():
    w = np.array([[1.2, 0.3, 0.7]])  # W · X as in (2)
    measured = slope(lambda W: float((W @ COLUMN)[0, 0]), w)
    np.testing.assert_allclose(measured, COLUMN.T, atol=1e-9)
    return Finding(flat(measured.shape), why=flat(COLUMN.shape))


@row("B7")
def a_flat_x_makes_the_weights_a_matrix():
    w, _, _ = code_step(start(), 0, COLUMN.ravel(), 1.0)
    right, _, _ = code_step(start(), 0, COLUMN, 1.0)
    assert w.shape == (3, 3)
    assert right.shape == (3, 1)
    return Finding(flat(right.shape), why=flat(w.shape))


@row("B8", any_draw=True)
def a_batch_of_columns_does_not_train():
    def second_epoch(m, seed):
        """Return what two epochs with ``m`` examples in columns come to."""
        rng = np.random.default_rng(seed)
        x, y = rng.normal(size=(3, m)), rng.integers(0, 2, (1, m)).astype(float)
        w, b, _ = code_step(start(), 0, x, y)
        assert w.shape == (3, m)
        try:
            w, b, _ = code_step(w, b, x, y)
        except ValueError:
            return "fails"
        with pytest.raises(TypeError, match="unsupported format string"):  # the progress line
            list(map("{:.3f}%".format, b))
        return w.shape, b.shape

    for seed in range(STARTS):
        outcomes = {m: second_epoch(m, seed) for m in range(1, 8)}
        assert outcomes.pop(1) == ((3, 1), (1, 1))
        assert outcomes.pop(3) == ((3, 3), (3, 3))
        assert set(outcomes.values()) == {"fails"}

    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(3, 5)), np.array([[1.0, 0, 1, 0, 1]])
    w, _, a = code_step(start(), 0, x, y)
    delta = (a - y) * a * (1 - a)
    averaged = x @ delta.T / 5
    measured = slope(lambda w: np.mean((sigmoid(w.T @ x) - y) ** 2) / 2, start())
    np.testing.assert_allclose(averaged, measured, atol=1e-9)
    return Finding(flat(averaged.shape), why=[3, 5, *w.shape, 3, 3])


@row("B10")
def the_progress_line_fails_where_the_training_works():
    _, b, _ = code_step(start(), 0, COLUMN, 1.0)
    with pytest.raises(TypeError, match="unsupported format string"):
        list(map("{:.3f}%".format, b))
    _, b, _ = code_step(start(), 0, COLUMN.ravel(), 1.0)
    assert len(list(map("{:.3f}%".format, b))) == 1  # prints, and has already gone wrong
    return Finding([], why=flat(COLUMN.shape))


@row("B11")
def a_percent_sign_without_a_percentage():
    assert format(1.2, ".3f") + "%" == "1.200%"
    assert f"{1.2:.3%}" == "120.000%"
    return Finding([], why=[1.2])


@row("B12")
def the_printed_loss_is_twice_the_stated_one():
    a, y = 0.4, 1.0
    stated, printed = 0.5 * (a - y) ** 2, (a - y) ** 2
    assert printed == pytest.approx(2 * stated)
    return Finding([stated], why=[a, 1, printed])


@row("B13")
def the_printed_loss_is_one_step_old():
    w, b, a = code_step(start(), 0, COLUMN, 0.0)
    _, _, a_now = code_step(w, b, COLUMN, 0.0)
    assert a_now**2 < a**2
    return Finding()


@row("B14")
def what_a_function_assigns_is_its_own():
    def one_epoch(x):
        w -= LR * x  # noqa: F821, F841

    with pytest.raises(UnboundLocalError, match="'w'"):
        one_epoch(COLUMN)
    return Finding()


@row("B15")
def a_line_break_within_an_f_string():
    broken = 'f"{len(\n    word)}"'
    if sys.version_info < (3, 12):
        with pytest.raises(SyntaxError):
            compile(broken, "sample", "eval")
    else:
        compile(broken, "sample", "eval")
    compile(broken.replace("\n", ""), "sample", "eval")
    return Finding([], why=[3.12])


@row("B16", runs_samples=True)
def the_pieces_do_not_run_as_printed():
    outcomes = run("B")
    ran = [i for i, outcome in enumerate(outcomes) if outcome["error"] is None]
    assert ran == ([2] if sys.version_info < (3, 12) else [2, 5])  # 2 and 5 only define a function
    assert {"F821 np", "F821 sigmoid", "F821 x", "F821 y"} <= set(lint("B"))
    return Finding([], why=[len(outcomes)])
