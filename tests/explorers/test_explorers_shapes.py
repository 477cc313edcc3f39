"""The shapes explorer: every control moves the picture and its text twin."""

import pytest

from helpers import explorers

pytestmark = pytest.mark.tier("test")


@pytest.fixture
def explorer():
    return explorers.shapes()


def test_it_starts_with_shapes_that_fit(explorer):
    assert "✓ It fits." in explorer.text
    assert "Z is (5, 2)." in explorer.text


@pytest.mark.parametrize(
    ("control", "value", "said"),
    [
        ("m", 6, "repeated for all 6 rows. Z is (6, 2)."),
        ("n_in", 4, "the inner dimensions, 4 and 4, agree"),
        ("n_out", 1, "Z is (5, 1)."),
        ("w", "(n_out, n_in)", "✗ NumPy stops at X @ W. The inner dimensions are 3 and 2"),
        ("b", "(n_out,)", "b (2,) is repeated for all 5 rows"),
        ("b", "(n_out, 1)", "✗ NumPy stops at + b."),
        ("b", "(m, 1)", "⚠ It runs, but b is no bias."),
        ("b", "(1, n_in)", "✗ NumPy stops at + b."),
    ],
)
def test_every_control_moves_picture_and_text(explorer, control, value, said):
    before = explorer._image.value
    getattr(explorer, control).value = value
    assert said in explorer.text
    assert explorer._image.value != before


def test_the_table_counts_the_numbers(explorer):
    explorer.m.value, explorer.n_in.value, explorer.n_out.value = 4, 6, 3
    for row in ("<td>(4, 6)</td><td>24</td>", "<td>(6, 3)</td><td>18</td>", "<td>3</td>"):
        assert row in explorer.text


def test_the_controls_are_described(explorer):
    for control in (explorer.m, explorer.n_in, explorer.n_out, explorer.w, explorer.b):
        assert control.description


def test_without_a_kernel_it_says_what_to_do(explorer):
    text = explorer._repr_mimebundle_()["text/plain"]
    assert text == "Shapes explorer: run this cell, then move the sliders."
