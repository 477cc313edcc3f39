"""How a network of a student's is judged by digits that it never saw, and what is said of it."""

import dataclasses
import re

import numpy as np
import pytest

from helpers import reference
from helpers.checks import State
from helpers.exercises.m09_handwriting import reading

from .known import COURSE, verdict_on

pytestmark = pytest.mark.tier("test")
EXERCISE = COURSE["train_digits"]
KNOWN = {mistake.name: mistake.attempt for mistake in EXERCISE.mistakes}
ZEROS = {"W1": np.zeros((64, 5)), "b1": np.zeros(5), "W2": np.zeros((5, 10)), "b2": np.zeros(10)}


def judged(answer):
    """Return what is said of an answer, on the case that students see."""
    return EXERCISE.verdict(lambda X, y, rng: answer)


def test_no_row_is_learned_and_judged_and_every_class_is_in_both():
    for seed in (1, 751):
        X, y, old = reading.dealt(seed)
        learned = {row.tobytes() for row in X[:1200]}
        assert not any(row.tobytes() in learned for row in X[1200:])
        assert set(y[:1200]) == set(y[1200:]) == set(range(10))
        assert len(set(zip(y, old, strict=True))) == 10  # each class has one new name


def test_the_share_is_told_and_the_call_that_is_shown_gives_it():
    verdict = verdict_on("train_digits", KNOWN["one_epoch"])
    told = re.search(r"reads (\d+) of 597 unseen rows, (\d+\.\d)\N{NO-BREAK SPACE}%", verdict.got)
    names = {"np": np, "train_digits": KNOWN["one_epoch"]} | vars(reference)
    *lines, last = verdict.call.split("\n")
    exec("\n".join(lines), names | {"reference": reference}, names)
    share = eval(last, names)
    assert round(597 * share) == int(told[1])
    assert f"{100 * share:.1f}" == told[2]
    assert share < reading.ENOUGH


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"W1": np.zeros((5, 64))}, "W1 should have shape (64, n): 64 pixels, n hidden neurons."),
        ({"W1": np.zeros(64)}, "W1 should have shape (64, n): 64 pixels, n hidden neurons."),
        ({"W1": "weights"}, "W1 should have shape (64, n): 64 pixels, n hidden neurons."),
        ({"W2": np.zeros((5, 9))}, "10 classes W2 should have shape (5, 10)."),
        ({"b1": np.zeros((5, 1))}, "b1 should have shape (1, 5)."),
        ({"b2": 0.0}, "b2 should have shape (1, 10)."),
    ],
)
def test_what_is_no_network_is_told_in_a_sentence(change, sentence):
    verdict = judged(ZEROS | change)
    assert verdict.state is State.WRONG
    assert verdict.problem.endswith(sentence)
    assert verdict.got.startswith("a dict with W1")


def test_missing_keys_are_named():
    assert judged({"W1": ZEROS["W1"]}).problem == "The dict has no key 'b1', 'W2', 'b2'."
    assert judged(None).problem.startswith("The function returns None")


def test_lists_flat_biases_and_more_keys_are_fine():
    def as_lists(X, y, rng):
        params = EXERCISE.variants[1](X, y, rng)
        return {key: P.tolist() for key, P in params.items()} | {"epochs": 3}

    assert EXERCISE.verdict(as_lists).right


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_divergence_is_told_apart_from_guessing(value):
    verdict = judged(ZEROS | {"b2": np.full(10, value)})
    assert verdict.mistake == "weights_beyond_all_bounds"
    assert judged(ZEROS).mistake == "zeros_stay_zeros"


@pytest.mark.parametrize(("silent", "right"), [(0, True), (1, False)])
def test_a_network_that_never_says_one_of_the_classes_is_wrong(silent, right):
    """It reads nine of ten rows: the line is between that and what training gives."""

    def deaf(X, y, rng):
        params = EXERCISE.variants[1](X, y, rng)
        return params | {"b2": params["b2"] - 1e9 * (np.arange(10) < silent)}

    assert EXERCISE.verdict(deaf).right == right


def test_who_is_too_slow_is_told_so():
    def endless(X, y, rng):
        while True:
            rng.normal(size=100)

    verdict = dataclasses.replace(EXERCISE, seconds=0.1).verdict(endless)
    assert verdict.problem.startswith("The call was stopped after 0.1 seconds.")


def test_all_hidden_sets_can_be_passed_with_room_to_spare():
    """The worst of some seeds: what is asked for depends on no luck."""
    for seed in range(1, 9):
        X, y, _ = reading.dealt(seed)
        params = EXERCISE.reference(X[:1200], y[:1200], np.random.default_rng(seed + 1))
        right = reading.decisions(X[1200:], reading.network(params)) == y[1200:]
        assert np.mean(right) > reading.ENOUGH + 0.01
