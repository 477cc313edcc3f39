"""The forward explorer: the text follows every control."""

import numpy as np
import pytest

from helpers import explorers
from helpers.reference import asd_batch, forward

pytestmark = pytest.mark.tier("test")


@pytest.fixture
def explorer():
    return explorers.forward()


def test_the_buttons_walk_and_stop_at_the_ends(explorer):
    explorer.go(-1)
    assert "Step 0 of 6." in explorer.text
    for _ in range(9):
        explorer.go(1)
    assert "Step 6 of 6." in explorer.text
    assert "ŷ = sigmoid(−0.171) = 0.457" in explorer.text
    explorer.go(-1)
    assert "The sum of ŷ: z = 0·0.58 + 0.406·(−0.42) + 0·0.31 + 0 = −0.171" in explorer.text


def test_each_step_shows_its_formula_with_numbers(explorer):
    explorer.step.value = 1
    terms = "0.2·0.35 + 0.5·(−0.15) + 0.1·0.44 + 0.8·(−0.28) + 0 = −0.185"
    assert f"The sum of h1: z = {terms}" in explorer.text
    explorer.step.value = 4
    assert "h1 = ReLU(−0.185) = 0; h2 = ReLU(0.406) = 0.406" in explorer.text


def test_every_input_moves_text_and_picture(explorer):
    explorer.step.value = 3
    for control in explorer.inputs:
        text, picture = explorer.text, explorer._image.value
        control.value += 0.05
        assert explorer.text != text
        assert explorer._image.value != picture


def test_every_step_has_a_picture_of_its_own(explorer):
    pictures = set()
    for step in range(7):
        explorer.step.value = step
        pictures.add(explorer._image.value)
    assert len(pictures) == 7


def test_the_sample_buttons_set_all_inputs(explorer):
    X, _, params = asd_batch()
    explorer.choose(1)
    assert explorer.x == X[1].tolist()
    explorer.step.value = 6
    assert f"= {forward(X, params)[0][1, 0]:.3f}" in explorer.text


def test_edge_values(explorer):
    explorer.step.value = 6
    for value in (0, -1, 1):
        for control in explorer.inputs:
            control.value = value
        _, cache = forward([[value] * 4], asd_batch()[2])
        assert f"{cache['A2'][0, 0]:.3f}".rstrip("0") in explorer.text


def test_controls_have_descriptions_and_the_picture_has_a_size(explorer):
    assert [control.description for control in explorer.inputs] == ["x1", "x2", "x3", "x4"]
    assert explorer.step.description == "step"
    assert np.isclose(int(explorer._image.width), 640)
