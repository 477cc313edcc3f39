"""The explorer in which one draws a digit: reduced as the data were, and read by a network."""

import re

import numpy as np
import pytest

from helpers import explorers
from helpers.explorers.draw_digit import drawings
from helpers.reference import digits, forward_classes, reduce_drawing

from . import javascript

pytestmark = [
    pytest.mark.tier("check"),
    pytest.mark.needs("node"),
    javascript.group("draw_digit"),
]

DRAWINGS = drawings()


def weights(seed=0, hidden=12):
    rng = np.random.default_rng(seed)
    sizes = {"W1": (64, hidden), "b1": (1, hidden), "W2": (hidden, 10), "b2": (1, 10)}
    return {name: rng.normal(0, 0.3, size) for name, size in sizes.items()}


def scribbles(count=200):
    rng = np.random.default_rng(3)
    for _ in range(count):
        strokes = rng.integers(1, 4)
        yield [
            rng.uniform(0, 1, (rng.integers(1, 12), 2)).round(3).tolist() for _ in range(strokes)
        ]


def test_drawings_are_reduced_as_python_does():
    drawn = [one["strokes"] for one in DRAWINGS] + list(scribbles())
    found = np.array(javascript.call("draw_digit", "reduced", [[one] for one in drawn]))
    expected = np.array([reduce_drawing(one) for one in drawn])
    # A middle exactly at the pen's edge may fall to either side: one of 16 in a square.
    assert np.abs(found - expected).max() <= 1 / 16
    assert (found != expected).mean() < 1e-3


def test_drawings_look_like_the_data():
    """They fill the height and cover as much as digits do."""
    X, _ = digits()
    inputs = np.array([reduce_drawing(one["strokes"]) for one in DRAWINGS])
    ink = X.sum(axis=1)
    assert ink.min() < inputs.sum(axis=1).min()
    assert inputs.sum(axis=1).max() < ink.max()
    rows = inputs.reshape(-1, 8, 8).sum(axis=2)
    assert (rows[:, [0, 7]] > 0).all()


def test_probabilities_are_those_of_the_reference():
    X, _ = digits()
    for seed in range(3):
        given = weights(seed)
        sent = explorers.draw_digit(given).data["params"]
        found = javascript.call("draw_digit", "probabilities", [[x, sent] for x in X[:500]])
        np.testing.assert_allclose(found, forward_classes(X[:500], given)[0], atol=2e-4)
        exact = {name: np.array(value) for name, value in sent.items()}
        np.testing.assert_allclose(found, forward_classes(X[:500], exact)[0], rtol=1e-9)


def test_it_says_what_is_seen():
    state = javascript.start(explorers.draw_digit(weights()))
    dot = {"strokes": [[[0.5, 0.5]]], "byHand": True}
    empty = {"strokes": [], "byHand": True}
    seen = javascript.describe("draw_digit", state, [{}, empty, dot])
    P = np.array(seen[0]["P"])
    best, second = P.argsort()[::-1][:2]
    assert P.sum() == pytest.approx(1)
    assert seen[0]["said"].startswith(
        f"An example, drawn as a {state['examples'][0]['digit']}: the network says {best} with "
    )
    assert f"then {second} with" in seen[0]["said"]
    assert seen[1]["said"] == "The paper is empty. Draw a digit from 0 to 9."
    assert seen[2]["said"].endswith("is too small to be a digit. Draw it larger.")
    assert seen[1]["P"] is seen[2]["P"] is None


def test_a_learners_parameters_are_taken_as_they_come():
    given = weights()
    flat = {**given, "b1": given["b1"][0], "b2": given["b2"][0].tolist(), "extra": "kept out"}
    assert explorers.draw_digit(flat).data == explorers.draw_digit(given).data


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"W1": np.zeros((60, 12))}, "W1 must have shape (64, n)"),
        ({"W1": np.zeros(64)}, "W1 must have shape (64, n)"),
        ({"b1": np.zeros(3)}, "b1 must have shape (1, 12)"),
        ({"W2": np.zeros((12, 3))}, "W2 must have shape (n, 10)"),
        ({"b2": np.zeros(9)}, "b2 must have shape (1, 10)"),
        ({"W2": np.full((12, 10), np.nan)}, "W2 must hold finite numbers"),
    ],
)
def test_parameters_that_do_not_fit_are_named(changed, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        explorers.draw_digit({**weights(), **changed})


@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_a_missing_parameter_is_named(name):
    with pytest.raises(ValueError, match=f"misses .*{name}"):
        explorers.draw_digit({key: value for key, value in weights().items() if key != name})
