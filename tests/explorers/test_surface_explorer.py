"""The surface explorer: its text follows every control, and divergence is said in words."""

import pytest

from helpers import explorers
from helpers.figures.loss_surface import LANDSCAPES

pytestmark = pytest.mark.tier("test")


@pytest.fixture
def explorer():
    return explorers.surface()


def test_it_starts_on_the_bowl(explorer):
    assert "to (0.046, 0.035), loss 0.0033" in explorer.text
    assert "<td>gradient descent</td><td>(0.046, 0.035)</td><td>0.0033</td>" in explorer.text
    assert "below the limit 2/curvature = 1." in explorer.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("surface", "ravine"), ("optimizer", "adam"), ("w1", -2.0), ("w2", -2.0), ("lr", 0.2),
        ("steps", 40), ("azimuth", 25.0), ("elevation", 60.0), ("zoom", 1.25),
    ],
)  # fmt: skip
def test_picture_and_text_follow_every_control(explorer, name, value):
    before = explorer._image.value, explorer.text
    getattr(explorer, name).value = value
    after = explorer._image.value, explorer.text
    assert before[0] != after[0]
    assert before[1] != after[1]


@pytest.mark.parametrize("name", LANDSCAPES)
def test_every_surface_sets_its_own_start(explorer, name):
    explorer.surface.value = name
    shown = LANDSCAPES[name]
    for control, center, half, label in zip(
        (explorer.w1, explorer.w2), shown.center, shown.half, shown.names, strict=True
    ):
        assert control.min == pytest.approx(center - half)
        assert control.max == pytest.approx(center + half)
        assert control.min < control.value < control.max
        assert control.description == f"start {label}"
    assert shown.formula[1:] in explorer.text  # it may open the sentence


def test_one_change_of_surface_draws_once(explorer, monkeypatch):
    drawn = []
    draw = explorer._draw
    monkeypatch.setattr(explorer, "_draw", lambda: drawn.append(1) or draw())
    explorer.surface.value = "two layers"
    assert len(drawn) == 1


def test_divergence_is_said_in_words(explorer):
    explorer.lr.value = 1.2
    assert "<td>diverges</td>" in explorer.text
    assert "it diverges: after 20 steps" in explorer.text
    assert "above the limit" in explorer.text


def test_overflow_is_no_crash(explorer):
    explorer.surface.value = "two layers"
    explorer.set(
        lr=(explorer.lr, 3.0), w1=(explorer.w1, 2.0), w2=(explorer.w2, -2.0),
        steps=(explorer.steps, 100),
    )  # fmt: skip
    assert "the numbers overflow" in explorer.text
    assert "<td>overflow</td>" in explorer.text


def test_at_the_limit_it_bounces(explorer):
    explorer.lr.value = 1.0
    assert "gradient descent bounces" in explorer.text


def test_all_three_walk_together(explorer):
    explorer.optimizer.value = "all three"
    for name in ("gradient descent", "momentum", "Adam"):
        assert f"<td>{name}</td>" in explorer.text


def test_controls_are_described(explorer):
    for control in (explorer.w1, explorer.w2, explorer.lr, explorer.steps, explorer.azimuth):
        assert control.description
        assert control.continuous_update


def test_the_picture_does_not_depend_on_what_was_shown_before(explorer):
    explorer.elevation.value = 90
    explorer.surface.value = "ravine"
    explorer.elevation.value = 30
    assert explorer._image.value == explorers.surface("ravine")._image.value
