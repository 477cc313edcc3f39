"""Matrix products, slips and the size of activations."""

import numpy as np
import pytest

from helpers import figures
from helpers.reference import asd_batch

pytestmark = pytest.mark.tier("test")

X, _, PARAMS = asd_batch()


def test_the_marked_entry_is_worked_out():
    _, ax = figures.canvas()
    alt = figures.matrix_product(ax, X, PARAMS["W1"], row=1, column=0)
    assert "X (2, 4) and W1 (4, 3) is Z1 (2, 3)" in alt
    assert "0.3·0.35 + 0.7·(−0.15) + 0.4·0.44 + 0.6·(−0.28) = 0.008" in alt


def test_the_product_can_be_written_in_columns():
    _, ax = figures.canvas()
    names = ("W1ᵀ", "Xᵀ", "Z1ᵀ")
    alt = figures.matrix_product(ax, PARAMS["W1"].T, X.T, 0, 1, names)
    assert "W1ᵀ (3, 4) and Xᵀ (4, 2) is Z1ᵀ (3, 2)" in alt
    assert "= 0.008" in alt


def test_a_weight_is_followed_to_where_libraries_keep_it():
    _, ax = figures.canvas()
    W = PARAMS["W1"]
    alt = figures.stored_weights(ax, W, row=1, column=2)
    assert alt.startswith("Where the weight 0.12 is.")
    assert "W.T, (3, 4): row 3, column 2" in alt
    assert "W.reshape(3, 4), (3, 4): row 2, column 2" in alt
    assert W[1, 2] == W.T[2, 1] == W.reshape(3, 4)[1, 1] == 0.12
    bold = [text.get_text() for text in ax.texts if text.get_fontweight() == "bold"]
    assert bold == ["0.12"] * 3


def test_every_slip_is_told():
    published = np.array([[-0.185, 0.321, 0.156], [-0.095, 0.487, 0.203]])
    true = X @ PARAMS["W1"]
    _, ax = figures.canvas()
    alt = figures.slips(ax, published, true, abs(published - true) > 0.0005)
    assert alt.startswith("5 of 6 published entries are struck out. Row 1, column 2: 0.321")
    assert "row 2, column 1: −0.095 should be 0.008" in alt
    assert "−0.185" not in alt


def test_a_table_without_slips():
    true = X @ PARAMS["W1"]
    _, ax = figures.canvas()
    alt = figures.slips(ax, true, true, np.zeros(true.shape, dtype=bool))
    assert alt.endswith("Every entry is right.")


def test_sizes_by_depth_are_told_and_drawn():
    _, ax = figures.canvas()
    alt = figures.size_by_depth(ax, {"He": [1.0, 0.9, 1.1], "Glorot": [0.7, 0.5, 0.35]}, "ReLU")
    assert "He: 1 after layer 1, 1.1 after 3" in alt
    assert "Glorot: 0.7 after layer 1, 0.35 after 3" in alt
    lines = [line for line in ax.get_lines() if not line.get_label().startswith("_")]
    assert len({line.get_marker() for line in lines}) == 2
    assert ax.get_yscale() == "log"
