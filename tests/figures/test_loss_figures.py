"""The drawings of module 04 say what they show, with the true numbers."""

import numpy as np
import pytest

from helpers import figures, reference
from helpers.figures import loss

pytestmark = pytest.mark.tier("test")

Y = np.array([[1], [0], [1], [1], [0]])
A = np.array([[0.9], [0.2], [0.8], [0.7], [0.1]])


@pytest.fixture
def ax():
    return figures.canvas()[1]


@pytest.fixture
def two():
    return figures.canvas(1, 2)[1]


def heights(ax):
    return [bar.get_height() for bar in ax.patches]


def test_errors_and_squares(two):
    alt = figures.errors_and_squares(two, Y, A)
    assert sorted(heights(two[0])) == pytest.approx(sorted((A - Y).ravel()))
    assert sorted(heights(two[1])) == pytest.approx(sorted((A - Y).ravel() ** 2 / 2))
    assert "errors of 5 rows: −0.1, 0.2, −0.2, −0.3, 0.1. Their sum is −0.3." in alt
    assert "Their mean is 0.019." in alt
    assert reference.half_squared_error(Y, A) == pytest.approx(0.019)


def test_surprise(ax):
    alt = figures.surprise(ax, [1, 0.5, 0.01])
    assert "0 at p = 1, 0.693 at p = 0.5, 4.605 at p = 0.01" in alt


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("name", [loss.BCE, loss.SQUARED])
def test_the_curves_are_those_of_the_reference(y, name):
    grid = np.array([0.001, 0.3, 0.5, 0.99])
    expected = [loss.loss_and_slope(name, y, a)[0] for a in grid]
    assert loss.loss_of(name, y, grid) == pytest.approx(expected)


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("name", [loss.BCE, loss.SQUARED])
def test_slopes_are_those_that_one_measures(y, name):
    def by_a(a):
        return loss.loss_and_slope(name, y, a)[0]

    def by_z(z):
        return by_a(reference.sigmoid(z))

    for a in (0.1, 0.5, 0.8):
        measured = reference.numerical_derivative(by_a, a)
        assert loss.loss_and_slope(name, y, a)[1] == pytest.approx(measured, rel=1e-6)
    for z in (-6.0, 0.0, 2.0):
        measured = reference.numerical_derivative(by_z, z)
        assert loss.slope_by_z(name, np.array(z), y) == pytest.approx(measured, rel=1e-4)


def test_loss_curves(ax):
    alt = figures.loss_curves(ax, 1, 0.05)
    assert alt == (
        "Label 1, prediction 0.05: cross-entropy 2.996, slope −20; "
        "½ squared error 0.451, slope −0.95."
    )
    assert not ax.texts


@pytest.mark.parametrize(("y", "a"), [(1, 1e-6), (0, 1 - 1e-6)])
def test_what_is_off_the_top_is_said(ax, y, a):
    alt = figures.loss_curves(ax, y, a)
    assert "cross-entropy 13.816" in alt
    assert [text.get_text() for text in ax.texts] == ["up here: 13.82"]


def test_batch_losses(ax):
    alt = figures.batch_losses(ax, Y, A)
    assert heights(ax) == pytest.approx([-np.log(p) for p in (0.9, 0.8, 0.8, 0.7, 0.9)])
    assert "0.105, 0.223, 0.223, 0.357, 0.105" in alt
    assert f"mean, {reference.bce(Y, A):.3f}; their sum is 1.014" in alt


def test_slopes_by_z(ax):
    alt = figures.slopes_by_z(ax, -6)
    assert "At z = −6 they are −0.9975 and −0.0025: the first is 405 times the second." in alt
    assert "near −1" in alt


def test_slopes_by_z_for_label_0(ax):
    alt = figures.slopes_by_z(ax, 6, y=0)
    assert "At z = 6 they are 0.9975 and 0.0025" in alt
    assert "near 1 " in alt


def test_hinge_and_bump(ax):
    alt = figures.hinge_and_bump(ax)
    total, hinge, bump = (line.get_ydata() for line in ax.lines)
    z = ax.lines[0].get_xdata()
    assert total == pytest.approx(np.logaddexp(0, z))
    assert total == pytest.approx(hinge + bump)
    assert "0.693" in alt


def test_class_surprises(two):
    P = np.array([[0.7, 0.2, 0.1], [0.25, 0.25, 0.5]])
    alt = figures.class_surprises(two, P, [0, 1], ["cat", "dog", "bird"])
    assert "Row 1 is cat, which got 0.7: loss 0.357" in alt
    assert "row 2 is dog, which got 0.25: loss 1.386" in alt
    assert [ax.get_title() for ax in two] == ["row 1: loss 0.357", "row 2: loss 1.386"]
