"""Whole numbers as inputs: every exercise has some, or says floats; and what fails on them."""

import re
from copy import copy
from pathlib import Path

import numpy as np
import pytest

from helpers.checks import State, adapters
from helpers.checks.messages import message, without_color
from helpers.exercises.m06_training.behavior import trained

from .known import COURSE, EXERCISES, HIDDEN, each

pytestmark = pytest.mark.tier("check")
SOURCES = [path.read_text(encoding="utf-8") for path in Path("solutions").glob("*/*.md")]


def is_whole(value):
    return isinstance(value, np.ndarray) and value.dtype.kind == "i"


def arrays(value):
    """Yield all arrays in a piece of plain data."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from arrays(part)


def given(exercise, seed=None):
    return [array for case in exercise.case_set(seed).cases for array in arrays(case)]


def docstring(name):
    """Return what the notebook tells a student about an answer's inputs."""
    found = re.findall(rf'^def {name}\([^)]*\):\n    """(.*?)"""', "\n".join(SOURCES), re.M | re.S)
    return found[0]


ON_ARRAYS = each(e for e in EXERCISES if given(e))


@ON_ARRAYS
def test_some_inputs_are_whole_numbers_or_the_docstring_says_floats(exercise):
    assert any(map(is_whole, given(exercise))) or "floats" in docstring(exercise.name)


@ON_ARRAYS
def test_hidden_cases_have_whole_numbers_where_open_ones_have(exercise):
    kinds = [[array.dtype.kind for array in given(exercise, seed)] for seed in (None, HIDDEN)]
    assert set(kinds[0]) == set(kinds[1])


def places(exercise):
    """The arguments that come as floats, and in the last case as whole numbers."""
    *others, last = exercise.case_set().cases
    return [
        place
        for place, value in enumerate(last)
        if is_whole(value) and not any(is_whole(case[place]) for case in others)
    ]


ROUNDED = each(e for e in EXERCISES if e.adapter in (adapters.function, trained) and places(e))


@ROUNDED
def test_work_in_place_crashes_on_whole_numbers_and_the_message_says_so(exercise):
    place = places(exercise)[0]

    def in_place(*args):
        own = copy(args[place])
        if isinstance(own, np.ndarray):
            own += 0.25
            own -= 0.25
        return exercise.reference(*args[:place], own, *args[place + 1 :])

    verdict = exercise.verdict(in_place)
    assert (verdict.state, verdict.kind) == (State.CRASHED, "whole numbers")
    assert f"{exercise.parameters[place]} is of whole numbers" in verdict.likeness
    assert "The array on the left holds whole numbers" in without_color(message(verdict))


@pytest.mark.parametrize("seed", [None, HIDDEN])
@pytest.mark.parametrize("name", ["fit_scaler", "softmax", "scale", "column_means"])
def test_numbers_that_are_cut_are_named(name, seed):
    exercise = COURSE[name]

    def cut(X, *others):
        answer = exercise.reference(X, *others)
        several = isinstance(answer, tuple)
        parts = tuple(part.astype(X.dtype) for part in (answer if several else (answer,)))
        return parts if several else parts[0]

    verdict = exercise.verdict(cut, seed)
    assert (verdict.state, verdict.kind) == (State.WRONG, "whole numbers")
    assert verdict.likeness.startswith("The numbers came out whole: np.zeros_like(")


def cut_and_negative(X):
    return -COURSE["column_means"].reference(X).astype(X.dtype)


def wrong_for_round_numbers(X):
    return COURSE["column_means"].reference(X) + np.all(np.rint(X) == X)


@pytest.mark.parametrize("attempt", [cut_and_negative, wrong_for_round_numbers])
def test_what_is_wrong_with_floats_too_is_no_matter_of_whole_numbers(attempt):
    verdict = COURSE["column_means"].verdict(attempt)
    assert (verdict.state, verdict.kind == "whole numbers") == (State.WRONG, False)


def test_decimals_that_are_there_are_not_said_to_be_cut():
    def another(X):
        return COURSE["column_means"].reference(X) + 0.25 * (X.dtype.kind == "i")

    verdict = COURSE["column_means"].verdict(another)
    assert verdict.likeness.startswith(
        "With floats in X the answer is right, but here X is of whole numbers. Is an array made"
    )


def test_a_crash_on_whole_numbers_alone_is_named_without_a_cause_that_is_not_seen():
    def inverted(X, scaler):
        return (X - scaler[0]) / scaler[1] + 0 * (X + X.dtype.type(50)) ** -1

    verdict = COURSE["scale"].verdict(inverted)
    assert verdict.likeness == (
        "With floats in X the answer is right, but here X is of whole numbers."
    )
    assert "Write 1 / x" in without_color(message(verdict))
