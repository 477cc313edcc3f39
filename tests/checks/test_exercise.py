"""Exercises and the kill table themselves."""

import numpy as np
import pytest

from helpers.checks import Exercise, State, exercise, exercises
from helpers.checks import exercise as decorator
from helpers.checks.exercise import registry
from helpers.checks.kill_table import Row, as_text, kill_table

pytestmark = pytest.mark.tier("check")

HINTS = ("a", "b", "c ____")


@pytest.fixture
def clean_registry():
    exercises()
    before = dict(registry)
    yield
    registry.clear()
    registry.update(before)


def one(rng):
    return [(1.0,)]


def test_exercises_are_registered_in_order(clean_registry):
    @exercise("99.2", "late", one, HINTS)
    def late(x):
        return x

    @exercise("99.1", "early", one, HINTS)
    def early(x):
        return x

    assert list(exercises())[-2:] == ["early", "late"]
    assert late.module == "99"


def test_two_exercises_of_one_name_are_an_error(clean_registry):
    def again(x):
        return x

    decorator("9.1", "first", one, HINTS)(again)
    reloaded = decorator("9.1", "first, mended", one, HINTS)(again)
    assert exercises()["again"] is reloaded
    with pytest.raises(ValueError, match="two exercises called 'again'"):
        decorator("9.2", "another", one, HINTS)(again)


def test_a_view_that_fails_is_one_sentence(make_exercise):
    def pair(x):
        return x, x

    exercise = make_exercise(pair, [(1.0,)], view=lambda answer, x: answer[0] + answer[1])
    verdict = exercise.verdict(lambda x: 5)
    assert verdict.state is State.WRONG
    assert verdict.got == "5"
    assert verdict.problem == (
        "The answer cannot be used here (TypeError: 'int' object is not subscriptable)."
    )
    assert "returns None" in exercise.verdict(lambda x: None).problem


def test_a_warning_tells_mistakes_apart_where_silence_counts(make_exercise):
    def inverse(x):
        return 1 / x if x else np.inf

    exercise = make_exercise(inverse, [(np.float64(0),), (np.float64(2),)], silent=True)

    @exercise.mistake("It divides by zero.")
    def careless(x):
        return 1 / x

    assert exercise.verdict(lambda x: 2 / x / 2).mistake == "careless"
    assert exercise.verdict(lambda x: x**-1).mistake == ""  # warned of a power, not a division
    assert exercise.verdict(inverse).right
    assert exercise.verdict(lambda x: 1.0).mistake == ""


def test_a_mistake_of_another_length_is_not_named(double):
    @double.mistake("It stops half way.")
    def half(x):
        raise NotImplementedError

    assert double.verdict(lambda x: 1 / 0).mistake == ""


def test_kill_table_as_text(make_exercise):
    def inc(x):
        return x + 1

    exercise = make_exercise(inc, [(1,), (2,)])
    exercise.mistake("One too few.")(lambda x: x)
    rows = kill_table([exercise])
    assert [row.passed for row in rows] == [True, True]
    rows += [
        Row("inc", "mistake", "accepted", "accepted", "", True),
        Row("inc", "mistake", "other", "other", "inc", False),
        Row("inc", "mistake", "unnamed", "unnamed", "", False),
        Row("inc", "variant", "refused", "", "", False),
    ]
    assert as_text(rows).split("\n") == [
        "inc  mistake  rejected, named  <lambda>",
        "inc  variant  accepted  inc",
        "inc  mistake  ACCEPTED  accepted",
        "inc  mistake  rejected, NAMED inc  other",
        "inc  mistake  rejected, NAMED NOTHING  unnamed",
        "inc  variant  REJECTED  refused",
        "1 exercises; 4 mistakes: 3 rejected, 1 named rightly; 2 correct variants: 1 accepted; "
        "if they were unknown: 0 named by a kind, 0 contradicted",
    ]
    assert as_text([]).startswith("0 exercises; 0 mistakes")


def test_who_has_the_visible_cases_by_heart_fails_the_hidden_ones():
    def half(x):
        return x / 2

    made = Exercise("9.1", "half", half, lambda rng: [(float(rng.random()),)], HINTS)
    ((seen,),) = made.case_set().cases
    assert made.verdict(lambda x: seen / 2).right
    assert not made.verdict(lambda x: seen / 2, seed=3).right
    assert made.verdict(half, seed=3).right
