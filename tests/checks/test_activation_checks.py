"""What is special about the checks of module 02: warnings, and a figure that is looked at."""

import numpy as np
import pytest

from helpers.checks import State, exercises
from helpers.reference import relu, sigmoid

pytestmark = pytest.mark.tier("check")

Z = np.linspace(-5, 5, 101)


@pytest.fixture(scope="module")
def plot():
    return exercises()["plot_activations"]


def finish(ax):
    """Add what else is asked for."""
    ax.set(xlabel="z", ylabel="a")
    ax.legend()


def both(ax, **look):
    """Draw both curves in one look."""
    ax.plot(Z, sigmoid(Z), label="sigmoid", **look)
    ax.plot(Z, relu(Z), label="relu", **look)


def test_an_underflow_is_no_warning():
    silent = exercises()["sigmoid"]
    assert silent.verdict(lambda z: np.exp(-np.logaddexp(0, -z))).right
    verdict = silent.verdict(lambda z: 1 / (1 + np.exp(-z)))
    assert verdict.problem == "The answer is right, but NumPy warns: overflow encountered in exp."
    assert verdict.mistake == "overflows"


def test_a_warning_costs_nothing_elsewhere():
    verdict = exercises()["elu"].verdict(
        lambda z, alpha=1.0: np.where(z > 0, z, alpha * (np.exp(z) - 1))
    )
    assert verdict.right
    assert "costs nothing" in verdict.note


def test_everything_that_is_missing_is_said(plot):
    def bare(ax):
        ax.plot(Z, sigmoid(Z))

    verdict = plot.verdict(bare)
    assert verdict.state is State.WRONG
    for part in ("ReLU function", "x-axis", "y-axis", "legend"):
        assert part in verdict.problem


@pytest.mark.parametrize(
    ("draw", "problem"),
    [
        (lambda ax: ax.plot(Z, relu(Z), label="relu"), "No line follows the sigmoid function."),
        (
            lambda ax: (
                ax.plot(Z, np.sin(Z), label="sigmoid"),
                ax.plot(Z, relu(Z), label="relu"),
            ),
            "The line labeled sigmoid goes through (",
        ),
        (
            lambda ax: (ax.plot(Z, sigmoid(Z), label="s"), ax.plot(Z, relu(Z), label="r")),
            "No text of the legend says sigmoid. No text of the legend says ReLU.",
        ),
        (
            lambda ax: (
                ax.plot([-5, 0, 5], sigmoid([-5.0, 0.0, 5.0]), label="sigmoid"),
                ax.plot(Z, relu(Z), label="relu"),
            ),
            "too few points",
        ),
        (
            lambda ax: (
                ax.plot(Z[:90], sigmoid(Z[:90]), label="sigmoid"),
                ax.plot(Z, relu(Z), label="relu"),
            ),
            "The sigmoid curve runs from -5 to 3.9, not from -5 to 5.",
        ),
        (lambda ax: ax.scatter(Z, sigmoid(Z), label="sigmoid"), "There are dots on ax, but no"),
        (lambda ax: None, "There are no lines on ax."),
        (
            lambda ax: (both(ax, linestyle="None"), ax.grid()),
            "There are lines on ax, but they cannot be seen",
        ),
        (lambda ax: both(ax, alpha=0), "cannot be seen"),
        (lambda ax: both(ax, linewidth=0), "cannot be seen"),
        (lambda ax: both(ax, color="none"), "cannot be seen"),
        (lambda ax: both(ax, visible=False), "cannot be seen"),
        (lambda ax: (both(ax), ax.set_xlim(0, 1)), "The x-axis shows 0 to 1 only, not -5 to 5"),
        (
            lambda ax: (ax.plot(Z, sigmoid(Z), label="ReLU of sigmoid"), ax.plot(Z, relu(Z))),
            "The label of the sigmoid curve names both functions. The ReLU curve is not in the leg",
        ),
    ],
)
def test_a_figure_is_told_what_it_lacks(plot, draw, problem):
    verdict = plot.verdict(lambda ax: (draw(ax), finish(ax)))
    assert verdict.state is State.WRONG
    assert problem in verdict.problem


@pytest.mark.parametrize(
    "look",
    [{"linestyle": ":"}, {"linestyle": "", "marker": "."}, {"color": "black"}, {"alpha": 0.3}],
)
def test_looks_are_free(plot, look):
    assert plot.verdict(lambda ax: (both(ax, **look), finish(ax))).right
    assert plot.verdict(lambda ax: (both(ax, **look), finish(ax), ax.set_xlim(6, -6))).right


def test_lines_of_one_look_may_be_named_by_a_list(plot):
    def alike(ax):
        ax.plot(Z, sigmoid(Z), "k", Z, relu(Z), "k")
        ax.set(xlabel="z", ylabel="a")
        ax.legend(["sigmoid", "ReLU"])

    assert plot.verdict(alike).right


def test_a_figure_is_written_in_words(plot):
    def bare(ax):
        ax.plot(Z, sigmoid(Z))

    assert (
        plot.verdict(bare).got
        == "1 line: no label through 101 points; no x-label, no y-label; no legend"
    )


def test_labels_by_the_legend_may_be_swapped_by_mistake(plot):
    def swapped(ax):
        ax.plot(Z, sigmoid(Z), Z, relu(Z))
        ax.set(xlabel="z", ylabel="a")
        ax.legend(["ReLU", "sigmoid"])

    verdict = plot.verdict(swapped)
    assert verdict.mistake == "plot_with_labels_swapped"


@pytest.mark.parametrize("z", [Z, Z[::-1], np.arange(-5, 5, 0.1), np.linspace(-9, 9, 40)])
@pytest.mark.parametrize("extra", ["axhline", "axvline", "tanh", "none"])
def test_points_order_and_extra_lines_are_free(plot, z, extra):
    def draw(ax):
        ax.plot(z, relu(z), label="my RELU")
        if extra == "tanh":
            ax.plot(z, np.tanh(z), label="tanh")
        elif extra != "none":
            getattr(ax, extra)(0)
        ax.plot(z, sigmoid(z), label="Sigmoid")
        finish(ax)

    assert plot.verdict(draw).right


def test_strings_and_gaps_on_the_axes_do_no_harm(plot):
    def odd(ax):
        ax.plot(["a", "b"], [0, 1], label="sigmoid")
        ax.plot(Z, np.where(Z > 4, np.nan, relu(Z)), label="relu")
        finish(ax)

    assert plot.verdict(odd).state is State.WRONG


def test_points_one_by_one_are_told_to_be_no_line(plot):
    def one_by_one(ax):
        for z in Z:
            ax.plot(z, sigmoid(z), "b.", label="sigmoid")
            ax.plot(z, relu(z), "r.", label="ReLU")
        finish(ax)

    verdict = plot.verdict(one_by_one)
    assert "The sigmoid curve is drawn in lines of one point each" in verdict.problem


def test_a_line_that_cannot_be_seen_is_mentioned(plot):
    def half_hidden(ax):
        ax.plot(Z, sigmoid(Z), label="sigmoid")
        ax.plot(Z, relu(Z), label="ReLU", alpha=0)
        ax.scatter(Z, Z)
        finish(ax)

    problem = plot.verdict(half_hidden).problem
    assert "No line follows the ReLU function." in problem
    assert "it cannot be seen" in problem
    assert "The dots of ax.scatter are no line" in problem
