"""The drawings of module 02 say in words, with true numbers, what they show."""

import math

import numpy as np
import pytest

from helpers import figures
from helpers.reference import ACTIVATIONS, softmax

pytestmark = pytest.mark.tier("test")


def texts(ax):
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("z", [-5.0, -0.3, 0.0, 2.5, 5.0])
def test_curves_pass_through_their_marks(z):
    _, axes = figures.canvas(2, 1)
    alt = figures.activation_curves(axes, z)
    for label, value, slope in figures.activation_values(z):
        assert f"{label} {figures.number(value, 3)} with slope {figures.small(slope)}" in alt
    values = [line for line in axes[0].get_lines() if not line.get_label().startswith("_")]
    labels = ["sigmoid", "tanh", "ReLU", "leaky ReLU (α = 0.1)", "ELU (α = 1)"]
    assert [line.get_label() for line in values] == labels
    x, y = values[0].get_data()
    assert np.allclose(y, 1 / (1 + np.exp(-x)))


def test_marks_that_meet_stand_inside_each_other():
    _, axes = figures.canvas(2, 1)
    figures.activation_curves(axes, 2.5)
    for ax in axes:
        marks = [line for line in ax.get_lines() if line.get_marker() != "None"]
        assert len(marks) == 5
        sizes = [mark.get_markersize() for mark in marks[2:]]  # ReLU, leaky ReLU, ELU: one point
        assert sizes == sorted(set(sizes), reverse=True)
        hollow = [mark.get_markerfacecolor() == "none" for mark in marks[2:]]
        assert hollow == [True, True, False]


def test_a_mark_that_stands_alone_is_full():
    _, axes = figures.canvas(2, 1)
    figures.activation_curves(axes, -1.0, ["relu"])
    mark = axes[0].get_lines()[1]
    assert mark.get_markersize() == 9
    assert mark.get_markerfacecolor() != "none"


@pytest.mark.parametrize("z", [0.0, -2.0])
def test_a_gradient_of_zero_is_drawn_apart(z):
    fig, ax = figures.canvas()
    figures.gradient_by_depth(ax, z, 10)
    fig.canvas.draw()
    relu = next(line for line in ax.get_lines() if line.get_label().startswith("ReLU"))
    level = relu.get_ydata()[0]
    assert (relu.get_ydata() == level).all()
    assert ax.get_yticks()[0] == level
    assert ax.get_yticklabels()[0].get_text() == "0"
    others = [line for line in ax.get_lines() if ": slope" in line.get_label() and line is not relu]
    assert all(line.get_ydata().min() > 10 * level for line in others)


def test_values_follow_the_leak():
    assert figures.activation_values(-2.0, ["leaky_relu"], leak=0.5) == [("leaky ReLU", -1.0, 0.5)]


def test_the_slope_of_relu_is_drawn_without_an_upright_line():
    _, axes = figures.canvas(1, 2)
    figures.activation_curves(axes, 1.0, ["relu"])
    slopes = axes[1].get_lines()[0].get_ydata()
    assert np.isnan(slopes).sum() == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (1.0, "1"), (-0.25, "−0.25"), (9.5e-7, "9.5·10⁻⁷"), (-2e-20, "−2·10⁻²⁰")],
)
def test_small_numbers_are_readable(value, text):
    assert figures.small(value) == text


@pytest.mark.parametrize("temperature", [0.1, 1.0, 5.0])
def test_softmax_bars_are_the_probabilities(temperature):
    _, ax = figures.canvas()
    alt = figures.softmax_bars(ax, [2.0, 1.0, 0.5], temperature)
    heights = [bar.get_height() for bar in ax.patches]
    assert np.allclose(heights, softmax([2.0, 1.0, 0.5], temperature))
    assert all(text in alt for text in texts(ax))
    assert f"temperature {figures.number(temperature)}" in alt


def test_a_probability_that_is_almost_one_is_not_called_one():
    _, ax = figures.canvas()
    assert "A 0.99995" in figures.softmax_bars(ax, [2.0, 1.0, 0.5], 0.1)


@pytest.mark.parametrize(("z", "depth"), [(0.0, 1), (0.0, 10), (2.0, 30), (-2.0, 3)])
def test_depth_says_what_is_left(z, depth):
    _, ax = figures.canvas()
    alt = figures.gradient_by_depth(ax, z, depth)
    for name, label in (("sigmoid", "sigmoid"), ("tanh", "tanh"), ("relu", "ReLU")):
        left = math.prod([float(ACTIVATIONS[name].slope(z))] * depth)
        assert f"{label} {figures.small(left)}" in alt
    assert f"after {depth} layer" in alt


@pytest.mark.parametrize("name", sorted(ACTIVATIONS.keys() - {"linear"}))
def test_no_curve_leaves_the_chart(name):
    _, axes = figures.canvas(1, 2)
    figures.activation_curves(axes, 0.0, [name])
    for ax in axes:
        (low, high), heights = ax.get_ylim(), ax.get_lines()[0].get_ydata()
        assert low < np.nanmin(heights)
        assert np.nanmax(heights) < high


def test_a_gradient_by_layer_tells_its_two_ends():
    _, ax = figures.canvas()
    alt = figures.gradient_by_layer(ax, {"sigmoid": [2e-8, 1e-4, 0.25], "gelu": [0.5, 0.3, 0.1]})
    assert "sigmoid 2·10⁻⁸ in layer 1, 0.25 in layer 3; GELU 0.5 in layer 1, 0.1 in" in alt
    assert ax.get_yscale() == "log"
    assert np.allclose(ax.get_lines()[0].get_ydata(), [2e-8, 1e-4, 0.25])


@pytest.mark.parametrize(("bias", "wrong"), [(-9.0, 2), (9.0, 3), (0.0, 0)])
def test_the_side_of_a_network_counts_wrong_points(bias, wrong):
    X = np.array([[-1.0, 0], [-2, 1], [-1, 1], [1, 0], [2, 1]])
    y = np.array([[0], [0], [0], [1], [1]])
    fig, ax = figures.canvas()
    alt = figures.network_side(ax, lambda P: 1 / (1 + np.exp(-P[:, :1] - bias)), X, y, "this one")
    assert alt == f"this one: {wrong} of 5 points are on the wrong side."
    fig.canvas.draw()


def test_dying_neurons_tells_first_and_last():
    _, axes = figures.canvas(1, 2)
    runs = {"relu": ([0.9, 0.69], [1, 4]), "leaky_relu": ([0.9, 0.25], [1, 0])}
    alt = figures.dying_neurons(axes, runs, hidden=4)
    assert "ReLU: 1 of 4 off after the first epoch, 4 after the last; last loss 0.69" in alt
    assert "leaky ReLU: 1 of 4 off after the first epoch, 0 after the last; last loss 0.25" in alt
