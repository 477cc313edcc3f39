"""The learning-rate explorer: picture and text follow every control, overflow included."""

from itertools import pairwise

import pytest

from helpers import explorers, reference
from helpers.explorers.learning_rate import RATES, STEPS, SURFACES

pytestmark = pytest.mark.tier("test")


@pytest.fixture
def explorer():
    return explorers.learning_rate()


def last_row(explorer):
    return explorer.text.split("<tr>")[-1].split("</tr>")[0].split("<td>")[1:]


def test_it_begins_as_asked():
    explorer = explorers.learning_rate("narrow valley, 1 and 50", 0.02)
    assert "1 − 0.02·50 = 0" in explorer.text
    assert "diverges above 0.04" in explorer.text


def test_the_rates_are_on_a_log_scale_and_hold_every_limit():
    assert sorted(set(RATES)) == RATES
    for curvatures in SURFACES.values():
        limit = 2 / max(curvatures)
        assert any(rate == pytest.approx(limit) for rate in RATES)
        assert reference.critical_lr([[max(curvatures)]]) == pytest.approx(limit)
    ratios = [b / a for a, b in pairwise(RATES)]
    assert max(ratios) < 1.4


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize(
    ("surface", "lr", "said"),
    [
        ("one weight, curvature 2", 0.001, "Slow: it crawls"),
        ("one weight, curvature 2", 0.1, "Good: it converges."),
        ("one weight, curvature 2", 0.9, "Good: it converges, swinging"),
        ("one weight, curvature 2", 1.0, "At the limit: it swings"),
        ("one weight, curvature 2", 1.2, "Diverges"),
        ("valley, 1 and 10", 0.19, "Good: it converges, swinging"),
        ("valley, 1 and 10", 100.0, "The numbers overflow"),
        ("narrow valley, 1 and 50", 0.039, "Slow: it swings"),
    ],
)
def test_the_zones_are_named(explorer, surface, lr, said):
    explorer.surface.value = surface
    explorer.lr.value = lr
    assert said in explorer.text


def test_overflow_is_infinity(explorer):
    explorer.surface.value = "valley, 1 and 10"
    explorer.lr.value = 100.0
    assert "∞ (overflow)" in last_row(explorer)[-1]
    assert explorer._image.value[:4] == b"\x89PNG"


def test_the_table_is_the_path(explorer):
    explorer.w1.value = 2.0
    explorer.lr.value = 0.25
    path = reference.descend(lambda w: 2 * w, [2.0], 0.25, STEPS)
    assert f"<td>2</td><td>{path[2, 0]:g}</td>" in explorer.text


def test_picture_and_text_follow_every_control(explorer):
    explorer.surface.value = "valley, 1 and 10"
    seen = {(explorer._image.value, explorer.text)}
    for control, value in ((explorer.lr, 0.15), (explorer.w1, 0.5), (explorer.w2, -1.5),
                           (explorer.surface, "round bowl, 2 and 2")):  # fmt: skip
        control.value = value
        seen.add((explorer._image.value, explorer.text))
    assert len({picture for picture, _ in seen}) == len({text for _, text in seen}) == 5


@pytest.mark.usefixtures("unpainted")
def test_a_start_on_an_axis_bears_more(explorer):
    explorer.surface.value = "valley, 1 and 10"
    explorer.lr.value = 0.5
    assert "Diverges" in explorer.text
    explorer.w2.value = 0.0
    assert "Good: it converges." in explorer.text
    assert "this start has no part in the steep direction, and its own limit is 2" in explorer.text
    explorer.lr.value = 2.0
    assert "At the limit: it swings from side to side and gets no closer" in explorer.text


@pytest.mark.usefixtures("unpainted")
def test_a_start_on_the_steep_axis_need_not_wait_for_the_flat_one(explorer):
    explorer.surface.value = "narrow valley, 1 and 50"
    explorer.lr.value = 0.02
    explorer.w1.value = 0.0
    assert "Good: it converges." in explorer.text
    assert (
        "this start has no part in the flat direction, and its own limit is 0.04" in explorer.text
    )


def test_a_picture_does_not_depend_on_what_was_drawn_before(explorer):
    explorer.surface.value = "valley, 1 and 10"
    for lr in (100.0, 0.19, 0.21):
        explorer.lr.value = lr
    after_others = explorer._image.value
    explorer.surface.value = "round bowl, 2 and 2"
    explorer.surface.value = "valley, 1 and 10"
    assert explorer._image.value == after_others


@pytest.mark.usefixtures("unpainted")
def test_the_minimum_stays_where_it_is(explorer):
    explorer.w1.value = 0.0
    explorer.lr.value = 100.0
    assert "The start is the minimum" in explorer.text


def test_one_weight_needs_no_second_start(explorer):
    assert explorer.w2.disabled
    explorer.surface.value = "valley, 1 and 10"
    assert not explorer.w2.disabled


def test_the_controls_are_described(explorer):
    for control in (explorer.surface, explorer.lr, explorer.w1, explorer.w2):
        assert control.description
    assert explorer.lr.continuous_update
