"""Digits, bars of classes and weights as pictures: what is drawn is what the alt text says."""

import re

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from helpers import figures

pytestmark = pytest.mark.tier("test")
RNG = np.random.default_rng(0)


@pytest.mark.parametrize("shape", [(64,), (8, 8), (1, 64)])
def test_a_digit_is_drawn_row_by_row(shape):
    _, ax = figures.canvas()
    pixels = np.linspace(0, 1, 64)
    alt = figures.digit(ax, pixels.reshape(shape), "a slope")
    assert_array_equal(ax.images[0].get_array(), pixels.reshape(8, 8))
    assert ax.images[0].get_clim() == (0, 1)
    assert alt == "“a slope”, a picture of 8 × 8 pixels, 32 of them dark."


def test_bars_are_the_probabilities_and_the_label_is_marked_without_color():
    fig, ax = figures.canvas()
    p = np.array([0.004, 0.7, 0.29, 0.006])
    alt = figures.class_bars(ax, p, label=2)
    fig.canvas.draw()
    assert_allclose([bar.get_height() for bar in ax.patches], p)
    assert [bar.get_hatch() for bar in ax.patches] == [None, None, "///", None]
    assert [text.get_text() for text in ax.texts] == ["", "0.7", "0.29", ""]
    assert "1 0.7, 2 0.29; all others below 0.01. The label is 2, with probability 0.29" in alt
    assert "label" not in figures.class_bars(figures.canvas()[1], p, names="abcd")


def test_the_signs_of_large_weights_are_written_on_them():
    _, ax = figures.canvas()
    w = np.array([[1.0, -0.5, 0.1], [0.0, -1.0, 0.3], [0.39, 0.41, -0.2]])
    alt = figures.weight_picture(ax, w)
    signs = {text.get_position(): text.get_text() for text in ax.texts}
    assert signs == {(0, 0): "+", (1, 0): "−", (1, 1): "−", (1, 2): "+"}
    assert ax.images[0].get_clim() == (-1, 1)
    assert re.search("largest is 1, in row 1, column 1, the lowest is −1, in row 2, column 2", alt)


def test_pictures_share_a_scale_and_zeros_are_white():
    _, axes = figures.canvas(1, 2)
    figures.weight_picture(axes[0], RNG.normal(size=64), largest=5)
    figures.weight_picture(axes[1], np.zeros(64))
    assert axes[0].images[0].get_clim() == (-5, 5)
    assert_allclose(axes[1].images[0].cmap(0.5)[:3], 1, atol=0.01)


@pytest.mark.parametrize("draw", [figures.digit, figures.weight_picture])
def test_what_is_no_square_is_refused(draw):
    with pytest.raises(ValueError, match=r"square picture is needed, such as 8 × 8, not \(10,\)"):
        draw(figures.canvas()[1], np.zeros(10))


def test_a_grid_has_a_picture_on_each_axes_and_leaves_the_rest_empty():
    _, axes = figures.canvas(2, 2)
    alt = figures.digit_grid(axes.flat, RNG.uniform(size=(3, 64)), ["1", "7", "4"])
    assert [len(ax.images) for ax in axes.flat] == [1, 1, 1, 0]
    assert [ax.get_title() for ax in axes.flat] == ["1", "7", "4", ""]
    assert not axes.flat[3].axison
    assert alt == "3 pictures of 8 × 8 pixels, with the titles 1, 7, 4."


def test_a_confusion_matrix_shows_every_count_and_names_the_largest_slips():
    _, ax = figures.canvas()
    alt = figures.confusion(ax, [[5, 0, 2], [1, 4, 0], [0, 0, 6]])
    written = {tuple(text.get_position()): text.get_text() for text in ax.texts}
    assert written == {(0, 0): "5", (2, 0): "2", (0, 1): "1", (1, 1): "4", (2, 2): "6"}
    framed = [bar for bar in ax.patches if bar.get_linewidth() > 1]
    assert len(framed) == 2  # a frame, not only a color, tells a slip from a right answer
    assert "15 of 18 rows on the diagonal" in alt
    assert alt.endswith("Taken most often: 0 for 2 2 times, 1 for 0 once.")
    assert figures.confusion(figures.canvas()[1], np.eye(2, dtype=int)).endswith("often: none.")


def test_a_spread_has_a_dot_for_each_run_and_a_line_at_the_mean():
    _, ax = figures.canvas()
    alt = figures.spread(ax, {"one": [0.5], "three": [0.9, 0.7, 0.8]})
    dots = [line.get_xdata() for line in ax.lines if line.get_marker() == "o"]
    assert [list(found) for found in dots if len(found)] == [[0.5], [0.7, 0.8, 0.9]]
    means = [
        line.get_xdata()[0]
        for line in ax.lines
        if line.get_marker() != "o" and len(line.get_xdata())
    ]
    assert_allclose(means, [0.5, 0.8])
    assert alt == "A dot for each run. one: 0.5; three: 3 from 0.7 to 0.9, mean 0.8."
