"""The adapters of module 03: what they say of drawn weights, and how they name functions."""

from itertools import pairwise

import numpy as np
import pytest

from helpers.checks import State, exercises
from helpers.checks.cases import Seed
from helpers.checks.plain import Unusable
from helpers.exercises.m03_forward._cases import described
from helpers.reference import glorot_uniform, he_normal

pytestmark = pytest.mark.tier("check")

EXERCISE = exercises()["init_params"]


def drawing(rule):
    def init_params(sizes, rng):
        return [(rule(n, k, rng), np.zeros((1, k))) for n, k in pairwise(sizes)]

    return init_params


def test_facts_do_not_depend_on_luck():
    facts = [described(drawing(he_normal), (100, 300), Seed(seed)) for seed in range(20)]
    for found in facts:
        assert found["distributions"] == ["normal"]
        assert found["measured standard deviations"][0] == pytest.approx(np.sqrt(0.02), rel=0.03)
        assert found["drawn from rng"] == "yes"


def test_a_uniform_rule_is_told_from_a_normal_one():
    facts = described(drawing(glorot_uniform), (100, 300), Seed(1))
    assert facts["distributions"] == ["uniform"]


def test_any_seed_accepts_the_reference():
    for seed in range(30):
        assert EXERCISE.verdict(drawing(he_normal), seed).right


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"W1": 1}, "list of pairs"),
        ([1, 2], "pair"),
        ([(np.ones((4, 3)), np.zeros((1, 3)))], "1 entry"),
        ([(np.ones((4, 3)), "b"), (1, 2)], "arrays of numbers"),
        ([(np.ones((4, 3)), []), (1, 2)], "arrays of numbers"),
        ((x for x in "ab"), "list of pairs"),
    ],
)
def test_an_answer_of_the_wrong_make_is_named(answer, sentence):
    with pytest.raises(Unusable, match=sentence):
        described(lambda sizes, rng: answer, (4, 3, 1), Seed(1))


def test_a_seed_is_shown_as_the_generator_that_it_makes():
    assert repr(Seed(7)) == "np.random.default_rng(7)"


def test_a_function_is_shown_as_code():
    exercise = exercises()["layer_forward"]
    call = exercise.verdict(lambda X, W, b, activation: None).call
    assert "activation=lambda z: np.maximum(0, z)" in call


def test_a_cache_with_a_missing_key_is_named():
    exercise = exercises()["forward"]

    def lacks_z1(X, params):
        A2, cache = exercise.reference(X, params)
        return A2, {key: cache[key] for key in ("A1", "Z2", "A2")}

    verdict = exercise.verdict(lacks_z1)
    assert verdict.state is State.WRONG
    assert verdict.problem == "The cache has no key 'Z1'."
