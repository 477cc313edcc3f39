"""The seam: whoever keeps to the protocol reaches the verdicts that a notebook reaches."""

import dataclasses
import json

import numpy as np
import pytest

from helpers.checks import State, adapters, exercises
from helpers.checks.callers import HERE, CaseSet, up_to_final
from helpers.checks.calling import Outcome
from helpers.checks.plain import plain

pytestmark = pytest.mark.tier("check")


class Recorded:
    """A caller of a grader of one's own: it makes whole batches, and writes them down."""

    def __init__(self):
        self.batches = []

    def outcomes(self, exercise, attempt, cases):
        found = [exercise.outcome(attempt, case) for case in cases]
        self.batches.append((exercise.name, len(cases)))
        json.dumps([outcome.error for outcome in found])
        return up_to_final(iter(found))


@pytest.mark.parametrize("exercise", [e for e in exercises().values() if e.number < "6"])
def test_another_caller_reaches_the_same_verdict(exercise):
    for attempt in (exercise.reference, *(m.attempt for m in exercise.mistakes[:4])):
        caller = Recorded()
        assert exercise.verdict(attempt, caller=caller) == exercise.verdict(attempt)
        assert caller.batches == [(exercise.name, len(exercise.case_set().cases) + 1)]


def test_a_caller_is_asked_for_the_first_case_twice():
    """So a batch shows that an answer remembers something."""
    exercise = exercises()["weighted_sum"]
    answers = iter(range(100))
    caller = Recorded()
    verdict = exercise.verdict(lambda x, w, b: x @ w + b + 1e-3 * next(answers), caller=caller)
    assert verdict.state is State.WRONG
    assert len(caller.batches) == 1


def test_what_comes_after_a_final_outcome_is_not_asked_for():
    outcomes = iter([Outcome(value=1), Outcome(endless=True, error="slow"), Outcome(value=2)])
    assert len(list(up_to_final(outcomes))) == 2
    assert next(outcomes).value == 2


def test_a_verdict_may_ask_for_more_calls():
    """A kind of check that tries other settings is a batch of its own."""
    exercise = exercises()["numerical_derivative"]
    (first, *_), caller = exercise.case_set().cases, Recorded()
    wider = (*first[:2], 0.25)
    (found,) = caller.outcomes(exercise, exercise.reference, [wider])
    assert found.value == exercise.outcome(exercise.reference, wider).value
    assert caller.batches == [("numerical_derivative", 1)]


def test_what_is_ours_is_found_out_once():
    exercise = exercises()["weighted_sum"]
    calls = []

    def counted(x, w, b):
        calls.append(1)
        return exercise.reference(x, w, b)

    known = CaseSet(dataclasses.replace(exercise, reference=counted), 5)
    assert known.expected() == known.expected()
    assert len(calls) == len(known.cases)
    mistake = exercise.mistakes[0].attempt
    assert next(known.answers(mistake)) is next(known.answers(mistake))


def test_an_adapter_that_makes_one_call_says_with_what():
    double = adapters.with_function({"square": np.square})
    assert adapters.function.arguments(1, 2) == (1, 2)
    assert double.arguments("square", 3) == (np.square, 3)
    for exercise in exercises().values():
        arguments = getattr(exercise.adapter, "arguments", None)
        for case in exercise.case_set().cases if arguments else ():
            with np.errstate(all="ignore"):
                direct = plain(exercise.reference(*arguments(*case)))
            want = exercise.outcome(exercise.reference, case)
            seen = exercise.viewed(Outcome(value=direct, seen=direct), case).seen
            assert repr(seen) == repr(want.seen)


def test_here_makes_a_call_when_it_is_asked_for():
    exercise = exercises()["weighted_sum"]
    outcomes = HERE.outcomes(exercise, exercise.reference, exercise.case_set().cases)
    assert next(outcomes).error == ""
