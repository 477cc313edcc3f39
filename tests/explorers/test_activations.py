"""The activation explorer: values, slopes and words are those of the course."""

import math

import numpy as np
import pytest

from helpers import explorers, figures
from helpers.figures.activations import COMPARED, activation_text, activation_values
from helpers.reference import activations as reference

from . import javascript
from .page import Shown

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("activations"),
]


def described(explorer, zs):
    """Describe an explorer at many inputs."""
    begun = javascript.start(explorer)
    return javascript.describe("activations", begun, [{"z": float(z)} for z in zs])


def test_values_slopes_and_words_are_those_of_python():
    rng = np.random.default_rng(0)
    zs = [*np.arange(-50, 51) / 10, *rng.normal(size=3000) * 3, -1000.0, 1000.0, 1e-9, -1e-9]
    for z, seen in zip(zs, described(explorers.activations(), zs), strict=True):
        rows = [(row["label"], row["value"], row["slope"]) for row in seen["rows"]]
        pairs = zip(rows, activation_values(z), strict=True)
        for (label, value, slope), (name, *expected) in pairs:
            assert label == name
            np.testing.assert_allclose([value, slope], expected, rtol=1e-13, atol=1e-300)
        assert seen["said"] == activation_text(z)
        assert seen["flat"] == [name for name, _, slope in activation_values(z) if slope < 0.01]


def test_your_own_function_is_sampled_and_its_slope_measured():
    stops = np.arange(-50, 51) / 10
    found = described(explorers.activations(mine=reference.gelu), stops)
    for z, seen in zip(stops, found, strict=True):
        yours = seen["rows"][len(COMPARED)]
        assert yours["label"] == "your gelu"
        assert yours["value"] == pytest.approx(float(reference.gelu(z)), abs=1e-5)
        assert yours["slope"] == pytest.approx(float(reference.gelu_derivative(z)), abs=1e-5)
        assert f"Your gelu gives {figures.number(yours['value'], 3)}, with slope" in seen["said"]


def test_a_slope_of_your_own_is_shown_as_it_is():
    made = explorers.activations(mine=(reference.relu, lambda z: np.full_like(z, 7.0)))
    assert [seen["rows"][-1]["slope"] for seen in described(made, [-1.0, 2.0])] == [7, 7]


def unfinished(z):
    raise NotImplementedError("Exercise 2.4b")


@pytest.mark.parametrize(
    "mine", [unfinished, lambda z: "x", lambda z: None, lambda z: [1, 2], lambda z: z * math.nan]
)
def test_what_gives_no_number_is_said_so(mine, capsys):
    (seen,) = described(explorers.activations(mine=mine), [1.0])
    assert seen["rows"][-1]["value"] is None
    assert seen["said"].endswith("gives no number here.")
    assert seen["rows"][0]["value"] == pytest.approx(0.731, abs=1e-3)
    assert capsys.readouterr() == ("", "")


def test_your_function_cannot_change_what_the_course_shows():
    def greedy(z):
        z *= 0
        return z

    (seen,) = described(explorers.activations(mine=greedy), [2.0])
    assert seen["rows"][-1]["value"] == 0
    assert seen["rows"][2]["value"] == 2


@pytest.mark.parametrize("mine", [3, "relu", (), (np.tanh, 1), (np.tanh,) * 3])
def test_what_is_no_function_is_refused(mine):
    with pytest.raises(ValueError, match="mine must be a function of yours"):
        explorers.activations(mine=mine)


def test_an_input_outside_is_refused():
    with pytest.raises(ValueError, match="z must lie between -5 and 5, but is 6"):
        explorers.activations(6)


@pytest.mark.needs("browser")
def test_a_click_on_a_curve_moves_the_input_and_yours_is_drawn(browser):
    page = Shown(browser, explorers.activations(mine=reference.silu)._repr_html_())
    (explorer,) = page.explorers
    assert explorer.get_by_role("rowheader", name="your silu").is_visible()
    box = explorer.locator(".picture svg svg").first.bounding_box()
    page.page.mouse.click(box["x"] + 0.9 * box["width"], box["y"] + box["height"] / 2)
    z = explorer.get_by_role("slider", name="z", exact=True).get_attribute("aria-valuetext")
    assert float(z) > 3
    assert page.errors == []
    page.close()
