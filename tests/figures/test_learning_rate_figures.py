"""The drawings of module 07 carry true numbers, also where runs overflow or converge."""

import numpy as np
import pytest

from helpers import figures, reference
from helpers.figures.learning_rate import (
    DIVERGES,
    GOOD,
    SLOW,
    quadratic,
    quadratic_path,
    share_left,
    size_text,
    zone,
)

pytestmark = pytest.mark.tier("test")


@pytest.fixture
def ax():
    return figures.canvas()[1]


def test_a_quadratic_path_is_that_of_the_formula():
    path = quadratic_path([1.0, 10.0], [-1.5, 1.0], 0.19, 7)
    factors = np.array([1 - 0.19, 1 - 1.9])
    assert path == pytest.approx(np.array([-1.5, 1.0]) * factors ** np.arange(8)[:, np.newaxis])
    assert quadratic([1.0, 10.0], path)[0] == pytest.approx(0.5 * 1.5**2 + 5)


def test_overflow_is_infinity_without_a_warning(ax):
    path = quadratic_path([2.0], [1.0], 100.0, 300)
    assert size_text(quadratic([2.0], path)[-1]) == "∞ (overflow)"
    assert "∞ (overflow)" in figures.parabola_path(ax, 2.0, 1.5, 100.0, 300)


@pytest.mark.parametrize(("lr", "last"), [(7, "0 and 0"), (9, "−1.24 and 1.24")])
def test_the_path_of_the_last_bias_arrives_below_eight_and_swings_above(ax, lr, last):
    alt = figures.bias_path(ax, lr, start=2.5, steps=60)
    assert f"The last two places are {last}" in alt
    curve, path, first = ax.get_lines()
    assert curve.get_ydata().min() == pytest.approx(np.log(2), abs=1e-3)
    steps = np.diff(path.get_xdata())
    assert steps == pytest.approx(-lr * (reference.sigmoid(path.get_xdata()[:-1]) - 0.5))
    assert first.get_xdata() == [2.5]


@pytest.mark.parametrize(
    ("curvatures", "lr", "where"),
    [
        ([2.0], 0.001, SLOW),
        ([2.0], 0.5, GOOD),
        ([2.0], 1.0, SLOW),  # at the limit it swings forever
        ([2.0], 1.001, DIVERGES),
        ([1.0, 10.0], 0.19, GOOD),
        ([1.0, 10.0], 0.21, DIVERGES),
        ([1.0, 50.0], 0.039, SLOW),
    ],
)
def test_zones(curvatures, lr, where):
    assert zone(curvatures, lr, 100) == where


@pytest.mark.parametrize("curvatures", [[2.0], [2.0, 2.0], [1.0, 10.0]])
def test_the_good_zone_ends_where_a_hundredth_is_left(ax, curvatures):
    said = figures.rate_zones(ax, curvatures, 100)
    low, high = (float(part) for part in said.split("good from ")[1].split(";")[0].split(" to "))
    for edge in (low, high):
        assert share_left(curvatures, edge, 100) == pytest.approx(0.01, rel=0.3)
    limit = reference.critical_lr(np.diag(curvatures))
    assert f"diverges above {limit:g}" in said


def test_there_may_be_no_good_rate(ax):
    said = figures.rate_zones(ax, [1.0, 50.0], 100, lr=0.05)
    assert "no rate is good within 100 steps" in said
    assert "in the zone “diverges”" in said
    best = min(share_left([1.0, 50.0], lr, 100) for lr in np.linspace(0.001, 0.04, 500))
    assert best > 0.01


def test_the_factor_crosses_0_and_minus_1(ax):
    said = figures.step_factor(ax, 8.0)
    assert "0 at lr = 0.125 and to −1 at lr = 0.25" in said


def test_a_valley_says_where_each_path_ends(ax):
    H = np.array([[2.0, 1.0], [1.0, 3.0]])
    path = reference.descend(lambda w: H @ w, [1.0, 1.0], 0.1, 5)
    said = figures.valley(ax, H, {"plain": path})
    assert f"plain, after 5 steps at loss {size_text(0.5 * path[-1] @ H @ path[-1])}" in said


def test_losses_leave_the_picture_with_a_triangle(ax):
    said = figures.losses_by_step(
        ax, {"up": [1.0, 10.0, np.inf, np.nan], "down": [1.0, 0.5, 0.0, 0.0], "flat": [1.0] * 4},
        limits=(1e-3, 100.0),
    )  # fmt: skip
    assert "up rises above the picture, down falls below the picture" in said
    assert "up, 1 at step 0 and ∞ (overflow) at step 3" in said
    assert "flat falls" not in said
    up = next(line for line in ax.get_lines() if line.get_label() == "up")
    assert up.get_ydata().tolist() == [1.0, 10.0, 100.0]


def test_only_overflow_can_be_drawn(ax):
    assert "∞" in figures.losses_by_step(ax, {"run": [np.inf, np.nan]})


def test_a_sweep_lists_every_loss(ax):
    said = figures.sweep(ax, [0.01, 1.0], {"run": [0.25, np.inf]}, start=0.7)
    assert "run: 0.01 gives 0.25, 1 gives ∞ (overflow)" in said
    assert "Before training it is 0.7" in said


def test_a_sweep_has_a_log_scale_and_tiny_losses_stand_on_its_edge(ax):
    figures.sweep(ax, [0.01, 0.1, 1.0], {"run": [0.25, 0.0, 3e-4]})
    line = ax.get_lines()[0].get_ydata()
    assert ax.get_yscale() == "log"
    assert line.tolist() == [0.25, 2e-4, 3e-4]


def test_the_limit_is_in_no_zone(ax):
    said = figures.rate_zones(ax, [2.0], 100, lr=1.0)
    assert "The rate 1 is the limit itself." in said
    assert "slow again up to 1, and at the limit it never arrives; diverges above 1." in said


def test_schedules_say_first_middle_and_last(ax):
    rates = [reference.cosine_decay(0.4, epoch, 10) for epoch in range(11)]
    said = figures.rates_by_epoch(ax, {"cosine": rates})
    assert "cosine, from 0.4 to 0, 0.2 at epoch 5" in said
