"""The drawings of module 00: what they say, and what they show."""

import itertools

import numpy as np
import pytest

from helpers import figures
from helpers.figures.shapes import layer_result

from .painted import png

pytestmark = pytest.mark.tier("test")

X = np.array([[1, 2, 6], [3, 2, 4], [5, 8, 2], [7, 0, 8]])
SIZES = (1, 2, 3, 6)


@pytest.fixture
def ax():
    return figures.canvas()[1]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_inner_dimension_says_every_size(ax):
    said = figures.inner_dimension(ax, 5, 3, 2)
    assert "5 rows and 3 columns" in said
    assert "3 rows and 2 columns" in said
    assert "gives 5 rows and 2 columns" in said
    assert {"X (5, 3)", "W (3, 2)", "X @ W (5, 2)"} <= set(texts(ax))


@pytest.mark.parametrize(("m", "n_in", "n_out"), [(1, 1, 1), (1, 6, 2), (6, 1, 6)])
def test_inner_dimension_at_the_edges(ax, m, n_in, n_out):
    figures.inner_dimension(ax, m, n_in, n_out)
    cells = m * n_in + n_in * n_out + m * n_out
    assert len(ax.patches) == cells + 2 * 3  # three framed parts


def test_broadcast_row_writes_the_sum(ax):
    said = figures.broadcast_row(ax, X, np.array([[10, 20, 30]]))
    assert "the row 4 times" in said
    assert "the first row of the sum is 11, 22, 36." in said.lower()
    assert texts(ax).count("10") == 4
    assert "38" in texts(ax)


def test_broadcast_onto_one_row(ax):
    assert "1 times" in figures.broadcast_row(ax, X[:1], np.array([[1, 2, 3]]))


def test_means_over_axes_are_the_means():
    _, axes = figures.canvas(1, 2)
    said = figures.means_over_axes(axes, X)
    assert "one row, (1, 3): 4, 3, 5." in said
    assert "one column, (4, 1): 3, 3, 5, 5." in said


def test_star_and_at_differ():
    _, axes = figures.canvas(1, 2)
    A, B = np.array([[1, 2], [3, 4]]), np.array([[5, 6], [7, 8]])
    said = figures.star_and_at(axes, A, B)
    assert "1·5 = 5" in said
    assert "1·5 + 2·7 = 19" in said
    for ax, product in zip(axes, (A * B, A @ B), strict=True):
        assert {str(entry) for entry in product.ravel()} <= set(texts(ax))


# What fits ----------------------------------------------------------------------------------------

B_SHAPES = [(1, 2), (2,), (2, 1), (5, 1), (1, 3), (3,), (1, 1), (1,), (5, 2)]


@pytest.mark.parametrize("w_shape", [(3, 2), (2, 3), (3, 3)])
@pytest.mark.parametrize("b_shape", B_SHAPES)
def test_layer_result_is_what_numpy_does(w_shape, b_shape):
    product, total, said = layer_result((5, 3), w_shape, b_shape)
    try:
        expected = (np.zeros((5, 3)) @ np.zeros(w_shape)).shape
    except ValueError:
        assert (product, total) == (None, None)
        assert said.startswith("✗ NumPy stops at X @ W.")
        return
    assert product == expected
    try:
        expected = (np.zeros(product) + np.zeros(b_shape)).shape
    except ValueError:
        assert total is None
        assert said.startswith("✗ NumPy stops at + b.")
        return
    assert total == expected
    right = b_shape in [(1, w_shape[1]), (w_shape[1],)]
    assert said.startswith("✓ It fits." if right else "⚠ It runs, but")


def test_a_bias_that_changes_the_shape_is_named():
    said = layer_result((5, 3), (3, 1), (1, 3))[2]
    assert said.startswith("⚠ It runs, but Z has a wrong shape.")
    assert "(5, 3)" in said


def test_one_example_is_one_row():
    assert "used for the one row" in layer_result((1, 3), (3, 2), (1, 2))[2]


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param(each, marks=pytest.mark.tier("full") if 2 in each else [])
        for each in itertools.product(SIZES, repeat=3)
    ],
)
def test_layer_shapes_fit_on_the_picture(ax, sizes):
    m, n_in, n_out = sizes
    for w, b in (((n_in, n_out), (1, n_out)), ((n_out, n_in), (n_out,)), ((n_in, n_out), (m, 1))):
        said = figures.layer_shapes(ax, m, w, n_in, b)
        assert said == layer_result((m, n_in), w, b)[2]
        assert f"X\n({m}, {n_in})" in texts(ax)
        assert said.split(". ")[0] in texts(ax)
    (low, high), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    for patch in ax.patches:
        box = patch.get_bbox()
        assert low < box.x0 < box.x1 < high
        assert bottom < box.y0 < box.y1 < top


def test_the_widest_picture_has_room_for_its_texts():
    fig, ax = figures.canvas(size=(7.2, 4.2))
    figures.layer_shapes(ax, 6, (6, 6), 6, (6, 1))
    png(fig)
    edge = fig.bbox
    for text in ax.texts:
        box = text.get_window_extent()
        assert edge.x0 <= box.x0 < box.x1 <= edge.x1
        assert edge.y0 <= box.y0 < box.y1 <= edge.y1
