"""Measured slopes, graphs, gates, steps and slips: the numbers that the drawings tell."""

import numpy as np
import pytest

from helpers import figures
from helpers.reference import asd_batch, forward

pytestmark = pytest.mark.tier("test")


@pytest.fixture
def ax():
    return figures.canvas()[1]


def texts(ax):
    return {text.get_text() for text in ax.texts}


def test_both_slopes_are_told(ax):
    alt = figures.measured_slope(ax, lambda x: x**3, 2.0, 1.0, "x³")
    assert "From x to x + h the slope is 19" in alt
    assert "from x − h to x + h it is 13" in alt
    assert "the true slope, 12." in alt
    assert {line.get_linestyle() for line in ax.get_lines()} >= {"-", "--"}


def test_the_best_nudge_is_told_and_an_error_of_0_left_out(ax):
    alt = figures.measuring_errors(ax, [1e-2, 1e-4], {"one": [1e-3, 1e-5], "two": [1e-6, 0.0]})
    assert "one: 1·10⁻³ at h = 0.01, smallest near h = 1·10⁻⁴" in alt
    assert "two: 1·10⁻⁶ at h = 0.01, smallest near h = 1·10⁻²" in alt


def test_a_graph_multiplies_along_a_way_and_adds_where_ways_meet(ax):
    # y = x·x, written as a product of two uses of x: the two ways add up to 2x.
    nodes, edges = [("x", 3), ("u", 3), ("v", 3), ("y", 9)], [(0, 1, 1), (0, 2, 1), (1, 3, 3)]
    alt = figures.computation(ax, nodes, [*edges, (2, 3, 3)])
    assert "x: 3, and 6 comes back" in alt
    assert "y: 9, and 1 comes back" in alt
    assert "← 6" in texts(ax)


def test_a_graph_of_the_chain_rule(ax):
    nodes = [("x", 2), ("w", 3), ("x·w", 6), ("b", 1), ("z", 7), ("y", 49)]
    edges = [(0, 2, 3), (1, 2, 2), (2, 4, 1), (3, 4, 1), (4, 5, 14)]
    alt = figures.computation(ax, nodes, edges)
    assert "w: 3, and 28 comes back" in alt
    assert "b: 1, and 14 comes back" in alt
    assert "Local slopes: x to x·w: 3; w to x·w: 2" in alt


def test_a_graph_on_its_way_forward_tells_no_slopes(ax):
    alt = figures.computation(ax, [("x", 2), ("y", 4)], [(0, 1, 4)], backward=False)
    assert alt == "A computational graph. x: 2; y: 4."
    assert not any("←" in text or "×" in text for text in texts(ax))


def test_the_gate_of_the_network(ax):
    X, y, params = asd_batch()
    A2, cache = forward(X, params)
    alt = figures.relu_gate(ax, (A2 - y) @ params["W2"].T, cache["Z1"])
    assert "It passes at row 1, column 2: 0.228; row 2, column 1: 0.278" in alt
    assert "stopped at row 1, column 1: −0.315, since Z1 is −0.185" in alt


def test_a_gate_is_shut_at_exactly_0(ax):
    alt = figures.relu_gate(ax, np.ones((1, 2)), np.array([[0.0, -1.0]]))
    assert "It passes at no place." in alt
    assert "since Z1 is 0;" in alt


def test_a_step_tells_where_the_loss_is_lowest(ax):
    rates, losses = np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.5, 0.7])
    alt = figures.loss_along(ax, rates, losses, -0.8, 0.5)
    assert "1.0000 before the step, lowest 0.5000 at lr = 1, 0.7000 at lr = 2." in alt
    assert "At lr = 0.5 it is 0.7500." in alt
    assert "by 0.8 for each unit of lr" in alt


def test_a_loss_that_falls_to_the_end_has_no_lowest_place(ax):
    alt = figures.loss_along(ax, np.array([0.0, 1.0]), np.array([1.0, 0.5]), -0.8)
    assert "1.0000 before the step, 0.5000 at lr = 1." in alt
    assert "lowest" not in alt


def test_a_trail_tells_every_state(ax):
    alt = figures.slip_trail(ax, {"Z1": "first", "A1": "passed on", "dW2": "new", "b": "right"}, 2)
    assert "Z1: the first slip; A1: only passed on; dW2: a slip of its own; b: right." in alt
    assert {"Z1 ✗", "A1 →", "dW2 ✗", "b ✓"} <= texts(ax)


def test_an_arrow_that_skips_a_column_passes_below_the_boxes():
    _, ax = figures.canvas()
    nodes = [("x", 3), ("u", 6), ("v", 7), ("y", 21)]
    figures.computation(ax, nodes, [(0, 1, 2), (1, 2, 1), (2, 3, 3), (0, 3, 7)])
    (label,) = [text for text in ax.texts if text.get_text() == "×7"]
    boxes = [patch for patch in ax.patches if patch.get_label() == "" and hasattr(patch, "get_x")]
    assert len(boxes) == 4
    assert label.get_position()[1] < min(box.get_y() for box in boxes) - 0.3
    assert ax.get_ylim()[0] < label.get_position()[1]
