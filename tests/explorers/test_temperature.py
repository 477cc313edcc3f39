"""The temperature explorer: probabilities and words are those of the course."""

import itertools

import numpy as np
import pytest

from helpers import explorers
from helpers.figures.activations import softmax_text
from helpers.reference.activations import softmax

from . import javascript

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("temperature"),
]


def test_probabilities_and_words_are_those_of_python():
    scores = np.arange(-10, 11, 5) / 2
    temperatures = [0.1, 0.2, 0.5, 0.7, 1.0, 1.3, 2.0, 5.0]
    states = [
        {"logits": list(map(float, logits)), "temperature": t}
        for *logits, t in itertools.product(scores, scores, scores, temperatures)
    ]
    rng = np.random.default_rng(0)
    for _ in range(2000):
        logits = (rng.integers(-10, 11, 3) / 2).tolist()
        states.append({"logits": logits, "temperature": float(rng.integers(1, 51) / 10)})
    found = javascript.describe("temperature", {}, states)
    for state, seen in zip(states, found, strict=True):
        p = softmax(state["logits"], state["temperature"])
        np.testing.assert_allclose(seen["p"], p, rtol=1e-12)
        assert seen["said"] == softmax_text(state["logits"], state["temperature"])
        first, second, _ = sorted(p, reverse=True)
        assert np.exp(seen["gap"]) == pytest.approx(first / second, rel=1e-9)
        equal = state["logits"].count(max(state["logits"])) > 1
        assert ("exactly as likely as" in seen["remark"]) == equal


def test_other_scores_are_refused():
    with pytest.raises(ValueError, match="logits must be three scores, but are 2"):
        explorers.temperature((1.0, 2.0))
    with pytest.raises(ValueError, match="logits must lie between -5 and 5"):
        explorers.temperature((1.0, 2.0, 50.0))
