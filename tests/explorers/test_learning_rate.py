"""The learning-rate explorer's arithmetic and words, against Python's."""

import itertools

import numpy as np
import pytest

from helpers import explorers
from helpers.explorers.learning_rate import RATES, STEPS, SURFACES
from helpers.figures.learning_rate import (
    good_range,
    plain_rate,
    quadratic,
    quadratic_path,
    size_text,
    zone,
)
from helpers.reference import critical_lr
from helpers.reference.optimizers import Momentum

from . import javascript

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("learning_rate"),
]

BETAS = (0.0, 0.5, 0.9, 0.95)
STARTS = ([-1.5, 1.0], [2.0, -0.05])


def call(name, calls):
    return javascript.call("learning_rate", name, calls)


def momentum_path(curvatures, start, lr, beta):
    optimizer, w = Momentum(beta), np.array(start)
    state, path = optimizer.start(w), [w]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(STEPS):
            w, state = optimizer.step(w, np.array(curvatures) * w, state, lr)
            path.append(w)
    return np.array(path)


def same(found, expected):
    """Compare where Python's numbers are of a size that can be seen, and who overflows."""
    found, expected = np.array(found, dtype=float), np.array(expected)
    seen = np.abs(expected) < 1e100
    np.testing.assert_allclose(found[seen], expected[seen], rtol=1e-6, atol=1e-12)
    assert (~(np.abs(found) < 1e100) == ~seen).all()


def test_paths_and_losses_are_pythons():
    for h, start, beta in itertools.product(SURFACES.values(), STARTS, BETAS):
        begin, rates = start[: len(h)], RATES[::3] if beta else RATES
        paths = call("descend", [(h, begin, lr, beta, STEPS) for lr in rates])
        expected = [momentum_path(h, begin, lr, beta) for lr in rates]
        same(paths, expected)
        same(call("losses", [(h, path) for path in paths]), [quadratic(h, w) for w in expected])
        if not beta:
            same(paths, [quadratic_path(h, begin, lr, STEPS) for lr in rates])


def test_factors_are_the_eigenvalues_of_one_step():
    calls = list(itertools.product((1.0, 2.0, 10.0, 50.0), RATES, BETAS))
    for (h, lr, beta), found in zip(calls, call("factor", calls), strict=True):
        step = [[1 + beta - lr * h, -beta], [1, 0]]
        expected = np.abs(np.linalg.eigvals(step)).max()
        assert found == pytest.approx(expected, rel=1e-6)


def test_zones_without_momentum_are_those_of_the_figures():
    calls = [(h, lr, 0, STEPS) for h, lr in itertools.product(SURFACES.values(), RATES)]
    assert call("zone", calls) == [zone(h, lr, STEPS) for h, lr, _, _ in calls]
    for h, spans in zip(
        SURFACES.values(), call("zones", [(h, 0, STEPS) for h in SURFACES.values()]), strict=True
    ):
        good = [span[:2] for span in spans if span[2] == "good"]
        expected = good_range(h, STEPS)
        assert len(good) == (expected is not None)
        if expected:
            np.testing.assert_allclose(good[0], expected, rtol=1e-9)
        assert spans[-1][0] == pytest.approx(critical_lr(np.diag(h)), rel=1e-6)


def test_momentum_moves_the_limit():
    calls = [(h, beta) for h, beta in itertools.product(SURFACES.values(), BETAS)]
    for (h, beta), found in zip(calls, call("limit", calls), strict=True):
        assert found == pytest.approx((1 + beta) * critical_lr(np.diag(h)))
        start = [1.0] * len(h)
        inside, outside = (momentum_path(h, start, part * found, beta) for part in (0.9, 1.2))
        assert np.abs(inside[-1]).max() < 1 < np.abs(outside[-1]).max()


def test_rates_and_sizes_are_written_as_python_does():
    sizes = [0.0, 0.25, 1.3e-7, 4e250, float("inf"), float("nan"), -12.3456, 99999.0, 1e5, 0.001]
    assert call("sizeText", [[size] for size in sizes]) == [size_text(size) for size in sizes]
    assert call("rateText", [[rate] for rate in RATES]) == [plain_rate(rate) for rate in RATES]


def described(**changed):
    state = javascript.start(javascript.made("learning_rate"))
    (seen,) = javascript.describe("learning_rate", state, [changed])
    return seen["said"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"lr": 0.001}, "Slow: it crawls."),
        ({"lr": 0.4}, "Good: it converges."),
        ({"lr": 0.9}, "Good: it converges, swinging from side to side."),
        ({"lr": 1.0}, "At the limit: it swings from side to side and gets no closer."),
        ({"lr": 1.2}, "Diverges: every step overshoots by more than the one before."),
        ({"lr": 100.0}, "The numbers overflow."),
        ({"begin": [0, 0]}, "The start is the minimum"),
        ({"surface": "narrow valley, 1 and 50"}, "No rate is good within 100 steps"),
        (
            {"surface": "valley, 1 and 10", "begin": [1, 0], "lr": 0.3},
            "no part in the steep direction, and its own limit is 2.",
        ),
        ({"beta": 0.5}, "With β = 0.5 a step multiplies the distance, in the long run, by 0.707"),
    ],
)
def test_it_says_what_becomes_of_the_descent(changed, words):
    assert words in described(**changed)


def test_good_starts_settle_and_diverging_ones_do_not():
    """What is said holds for what happens, with momentum too."""
    state = javascript.start(javascript.made("learning_rate"))
    states = [
        {"surface": surface, "lr": lr, "beta": beta}
        for surface, lr, beta in itertools.product(SURFACES, RATES[::5], BETAS)
    ]
    described = javascript.describe("learning_rate", state, states)
    for seen in described:
        distance = np.abs(np.array(seen["path"], dtype=float)[-1]).max()
        start = np.abs(state["begin"][: len(seen["curvatures"])]).max()
        # In the long run the factor holds; on the way a swing can be larger by a few times.
        if "Good:" in seen["said"]:
            assert distance < 0.3 * start
        if "Diverges:" in seen["said"]:
            assert not distance < start


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"surface": "a hill"}, "surface must be one of"),
        ({"lr": 0.12345}, "lr must be one of RATES"),
    ],
)
def test_settings_that_are_not_there_are_named(given, words):
    with pytest.raises(ValueError, match=words):
        explorers.learning_rate(**given)
