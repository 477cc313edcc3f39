"""The explorers of module 02: text and picture follow every control."""

import re

import numpy as np
import pytest

from helpers import explorers, figures
from helpers.reference import gradient_through_depth, softmax

pytestmark = pytest.mark.tier("test")

ALL = [explorers.activations, explorers.temperature, explorers.depth]


def controls(explorer):
    """Return the sliders of an explorer."""
    return [child for child in explorer.widget.children[0].children if hasattr(child, "min")]


def cells(explorer):
    """Return the table of the text twin, row by row, without its head."""
    rows = re.findall(r"<tr>(.*?)</tr>", explorer.text)[1:]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


@pytest.mark.parametrize("make", ALL)
def test_every_slider_moves_text_and_picture(make):
    explorer = make()
    for control in controls(explorer):
        assert control.description
        for end in (control.min, control.max):
            before = explorer.text, explorer._image.value
            control.value = end
        assert explorer.text != before[0]
        assert explorer._image.value != before[1]


@pytest.mark.parametrize("z", [-5.0, 0.0, 1.3])
def test_the_table_holds_values_and_slopes(z):
    explorer = explorers.activations()
    explorer.z.value = z
    expected = [
        [label, figures.number(value, 4), figures.small(slope, 4)]
        for label, value, slope in figures.activation_values(z)
    ]
    assert cells(explorer) == expected
    assert f"At z = {figures.number(z)}" in explorer.text


def test_what_is_flat_is_named():
    explorer = explorers.activations(-5.0)
    assert "sigmoid, tanh, ReLU, ELU." in explorer.text
    explorer.z.value = 1.0
    assert "None is flat." in explorer.text


@pytest.mark.parametrize("temperature", [0.1, 1.0, 5.0])
def test_the_table_holds_probabilities(temperature):
    explorer = explorers.temperature()
    explorer.temperature.value = temperature
    p = softmax([2.0, 1.0, 0.5], temperature)
    assert [row[2] for row in cells(explorer)] == [figures.small(share, 5) for share in p]
    assert "sum to 1." in explorer.text


def test_equal_scores_are_equally_likely_at_any_temperature():
    explorer = explorers.temperature((1.0, 1.0, 0.0))
    for temperature in (0.1, 5.0):
        explorer.temperature.value = temperature
        assert "exactly as likely as" in explorer.text


@pytest.mark.parametrize(("z", "depth"), [(0.0, 10), (-4.0, 30), (2.0, 1)])
def test_the_table_holds_what_is_left_of_a_gradient(z, depth):
    explorer = explorers.depth()
    explorer.set(z=(explorer.z, z), depth=(explorer.depth, depth))
    left = [gradient_through_depth(z, name, depth) for name in explorer.names]
    assert [row[2] for row in cells(explorer)] == [figures.small(value) for value in left]
    assert np.isfinite(left).all()
