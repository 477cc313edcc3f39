"""The depth explorer: what is left of a gradient, and the words, are those of the course."""

import itertools

import numpy as np
import pytest

from helpers import explorers
from helpers.explorers.depth import NAMES
from helpers.figures.activations import gradient_text
from helpers.reference.activations import ACTIVATIONS, gradient_through_depth

from . import javascript

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("depth"),
]


def test_what_is_left_and_the_words_are_those_of_python():
    begun = javascript.start(javascript.made("depth"))
    rng = np.random.default_rng(0)
    zs = [*np.arange(-8, 9) / 2, *rng.normal(size=60).round(3)]
    states = [(float(z), depth) for z, depth in itertools.product(zs, range(1, 31))]
    found = javascript.describe("depth", begun, [{"z": z, "depth": depth} for z, depth in states])
    for (z, depth), seen in zip(states, found, strict=True):
        lefts = [gradient_through_depth(z, name, depth) for name in NAMES]
        slopes = [float(ACTIVATIONS[name].slope(z)) for name in NAMES]
        np.testing.assert_allclose([row["left"] for row in seen["rows"]], lefts, rtol=1e-11)
        np.testing.assert_allclose([row["slope"] for row in seen["rows"]], slopes, rtol=1e-13)
        assert seen["said"] == gradient_text(z, depth, NAMES)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"z": 5.0}, "z must lie between -4 and 4, but is 5.0"),
        ({"depth": 0}, "depth must be a whole number from 1 to 30, but is 0"),
        ({"depth": 1.5}, "depth must be a whole number from 1 to 30, but is 1.5"),
    ],
)
def test_bad_beginnings_are_refused(given, message):
    with pytest.raises(ValueError, match=message):
        explorers.depth(**given)
