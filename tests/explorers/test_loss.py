"""The loss explorer: losses, slopes and words are those of the course, up to the last stop."""

import numpy as np
import pytest

from helpers import explorers, reference
from helpers.explorers.loss import PREDICTIONS
from helpers.figures.loss import BCE, SQUARED, loss_and_slope, loss_text, slope_text

from . import javascript
from .page import Shown

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("loss"),
]


def described(explorer):
    """Describe an explorer at each of its stops."""
    changes = [{"at": at} for at in range(len(PREDICTIONS))]
    found = javascript.describe("loss", javascript.start(explorer), changes)
    return zip(PREDICTIONS, found, strict=True)


def test_losses_slopes_and_words_are_those_of_python():
    stops = [*PREDICTIONS, *np.random.default_rng(0).uniform(1e-9, 1 - 1e-9, 3000)]
    begun = {"at": 0, "mine": None}
    found = javascript.describe("loss", begun, [{"stops": [float(a)]} for a in stops])
    for a, seen in zip(stops, found, strict=True):
        assert [row["name"] for row in seen["rows"]] == [BCE, SQUARED]
        for row in seen["rows"]:
            for y in (0, 1):
                loss, slope = loss_and_slope(row["name"], y, a)
                np.testing.assert_allclose(row["of"][y]["loss"], loss, rtol=1e-12, atol=1e-15)
                np.testing.assert_allclose(row["of"][y]["slope"], slope, rtol=1e-12)
        assert seen["said"] == f"{loss_text(1, a)} {loss_text(0, a)}"


def test_the_remark_names_the_wrong_side_and_how_steep_it_is_there():
    for a, seen in described(javascript.made("loss")):
        if a == 0.5:
            assert seen["remark"].startswith("Both labels cost the same")
            continue
        wrong = int(a < 0.5)
        steep = slope_text(abs(loss_and_slope(BCE, wrong, a)[1])).lstrip("+")
        assert f"on the wrong side for label {wrong}. There the slope" in seen["remark"]
        assert f"is {steep} in size" in seen["remark"]
        assert ("infinite (∞)" in seen["remark"]) == (min(a, 1 - a) < 0.05)


def test_the_stops_stay_inside_and_are_symmetric():
    values = np.array(PREDICTIONS)
    assert (np.diff(values) > 0).all()
    assert 0 < values[0] < values[-1] < 1
    assert values + values[::-1] == pytest.approx(1)


@pytest.mark.parametrize("slope", [(), (reference.bce_derivative,)], ids=["measured", "given"])
def test_your_own_loss_stands_beside_the_course_s(slope):
    made = explorers.loss(mine=(reference.bce, *slope))
    for a, seen in described(made):
        *_, yours = seen["rows"]
        assert yours["name"] == "your bce"
        for y in (0, 1):
            loss, steep = loss_and_slope(BCE, y, a)
            assert yours["of"][y]["loss"] == pytest.approx(loss, rel=1e-4)
            assert yours["of"][y]["slope"] == pytest.approx(steep, rel=1e-3)


def unfinished(y, a):
    raise NotImplementedError("Exercise 4.3")


def test_a_loss_that_is_not_written_yet_gives_no_number():
    *_, (_, seen) = described(explorers.loss(mine=unfinished))
    assert seen["rows"][-1]["of"] == [{"loss": None, "slope": None}] * 2
    assert "Your unfinished gives no number for label 1, no number" in seen["said"]


def test_what_is_no_stop_and_no_function_is_refused():
    with pytest.raises(ValueError, match="prediction must be a hundredth between 0 and 1"):
        explorers.loss(1.0)
    with pytest.raises(ValueError, match="mine must be a function of yours"):
        explorers.loss(mine=0.5)


@pytest.mark.needs("browser")
def test_a_loss_above_the_picture_is_written_at_its_edge(browser):
    page = Shown(browser, javascript.output("loss"))
    (explorer,) = page.explorers
    prediction = explorer.get_by_role("slider", name="ŷ", exact=True)
    prediction.press("Home")
    assert prediction.get_attribute("aria-valuetext") == "0.000001"
    assert explorer.get_by_text("↑ 13.82").is_visible()
    assert "infinite (∞)" in explorer.inner_text()
    page.close()
