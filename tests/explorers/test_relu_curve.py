"""The ReLU explorer: the curve is that of a network, and more bends come closer."""

import numpy as np
import pytest

from helpers import explorers
from helpers.figures.relu_curve import (
    GRID,
    LEFT,
    RIGHT,
    TARGETS,
    even_bends,
    relu_curve_text,
    relu_sum,
    relu_units,
    squared_gap,
)
from helpers.reference.activations import relu

from . import javascript

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("relu_curve"),
]


def corners(rng):
    """Draw bends and heights that a hand could have made."""
    k = int(rng.integers(1, 9))
    bends = np.sort(rng.choice(np.arange(-30, 30), k, replace=False)) / 10
    return bends.tolist(), (rng.integers(-30, 31, k + 1) / 20).tolist()


def test_units_distance_and_words_are_those_of_python():
    begun = javascript.start(javascript.made("relu_curve"))
    rng = np.random.default_rng(0)
    states = [(*corners(rng), name) for name in TARGETS for _ in range(750)]
    needed = {name: {"targets": {name: begun["targets"][name]}, "target": name} for name in TARGETS}
    shared = {"grid": begun["grid"], "even": dict.fromkeys(TARGETS, [{"gap": 1.0}] * 8)}
    calls = [[{**shared, **needed[name], "bends": b, "heights": h}] for b, h, name in states]
    found = javascript.call("relu_curve", "explorer.describe", calls)
    for (bends, heights, name), seen in zip(states, found, strict=True):
        bias, w = relu_units(bends, heights)
        np.testing.assert_allclose([seen["bias"], *seen["w"]], [bias, *w], atol=1e-12)
        assert seen["gap"] == pytest.approx(squared_gap(bends, heights, name), abs=1e-6)
        words = relu_curve_text(bends, heights, name)
        assert seen["said"].split("The mean")[0] == words.split("The mean")[0]
        assert seen["said"].split(" is ")[0] == words.split(" is ")[0]


def test_the_curve_goes_through_its_corners_and_is_a_sum_of_units():
    rng = np.random.default_rng(1)
    for _ in range(50):
        bends, heights = corners(rng)
        at_corners = relu_sum(np.array([*bends, RIGHT]), bends, heights)
        np.testing.assert_allclose(at_corners, heights, atol=1e-12)
        bias, w = relu_units(bends, heights)
        by_hand = bias + sum(v * relu(GRID - t) for v, t in zip(w, bends, strict=True))
        np.testing.assert_allclose(relu_sum(GRID, bends, heights), by_hand, atol=1e-12)


@pytest.mark.parametrize("name", TARGETS)
def test_more_bends_come_closer_and_no_other_heights_do(name):
    gaps = [squared_gap(*even_bends(k, name), name) for k in range(1, 9)]
    assert gaps[7] < gaps[3] < gaps[0]
    rng = np.random.default_rng(2)
    for k in (2, 5):
        bends, heights = even_bends(k, name)
        nudged = [np.array(heights) + rng.normal(size=k + 1) * 0.05 for _ in range(20)]
        assert squared_gap(bends, heights, name) <= min(squared_gap(bends, h, name) for h in nudged)


def test_three_bends_make_the_tent_exactly():
    assert squared_gap([-1, 0, 1], [0, 1, 0, 0], "tent") < 1e-30
    assert squared_gap(*even_bends(3, "tent"), "tent") > 0.01


def test_another_number_of_units_changes_the_curve_as_little_as_can_be():
    rng = np.random.default_rng(3)
    begun = [dict(zip(("bends", "heights"), corners(rng), strict=True)) for _ in range(400)]
    counts = rng.integers(1, 9, 400).tolist()
    calls = [[{**state, "grid": GRID}, n] for state, n in zip(begun, counts, strict=True)]
    resized = javascript.call("relu_curve", "resized", calls)
    for before, n, after in zip(begun, counts, resized, strict=True):
        bends, heights = after["bends"], after["heights"]
        assert (len(bends), len(heights)) == (n, n + 1)
        assert bends[0] >= LEFT
        assert bends[-1] < RIGHT
        assert min(np.diff([*bends, RIGHT])) > 0.04
        if n >= len(before["bends"]):
            old = relu_sum(GRID, before["bends"], before["heights"])
            np.testing.assert_allclose(relu_sum(GRID, bends, heights), old, atol=0.01)


def test_bad_beginnings_are_refused():
    with pytest.raises(ValueError, match="target must be one of 'tent', 'hill', 'wave', 'step'"):
        explorers.relu_curve("square")
    with pytest.raises(ValueError, match="units must be a whole number from 1 to 8, but is 9"):
        explorers.relu_curve(units=9)
