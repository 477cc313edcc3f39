"""What the namers say of every known mistake and every right answer has been judged by a person."""

from collections import Counter

import pytest

from helpers.checks.callers import HERE
from helpers.checks.kinds import NAMERS, Evidence, finding

from ..known import COURSE, EXERCISES, HIDDEN, every_exercise
from .review import JUDGEMENTS, reviewed, unjudged

pytestmark = [pytest.mark.tier("test"), pytest.mark.usefixtures("one_alarm")]
check = pytest.mark.tier("check")
full = pytest.mark.tier("full")
HINT = (
    "Nobody has judged what is said of this mistake. `python -m tests.checks.kinds.review "
    "EXERCISE` prints it for reviewed.tsv."
)


@check
def test_the_table_is_in_order():
    for row in reviewed():
        assert row.judgement in JUDGEMENTS, row
        assert row.kind in NAMERS, row
        assert row.mistake in {known.name for known in COURSE[row.exercise].mistakes}, row
    twice = [row for row, count in Counter(row[:4] for row in reviewed()).items() if count > 1]
    assert not twice


@check
def test_no_sentence_contradicts_its_mistake():
    assert not [row for row in reviewed() if row.judgement == "contradiction"]


@every_exercise
def test_sentences_about_some_mistakes_are_judged(exercise):
    assert not unjudged(exercise, every=6), HINT


@full
@every_exercise
@pytest.mark.parametrize("seed", [None, HIDDEN, 1])
def test_every_sentence_about_a_mistake_is_judged(exercise, seed):
    assert not unjudged(exercise, seed), HINT


@check
@every_exercise
def test_nothing_is_said_of_a_right_answer(exercise):
    known = exercise.case_set()
    for right in (exercise.reference, *exercise.variants):
        outcomes = list(known.answers(right))

        def ask(cases, right=right):
            return list(HERE.outcomes(exercise, right, cases))

        evidence = Evidence(exercise, known, outcomes, ask, {}, exercise.mistakes)
        assert finding(evidence).kind == ""


@check
def test_most_exercises_are_covered():
    """The table would be in order, too, if the namers said nothing."""
    questions = {exercise.name for exercise in EXERCISES if hasattr(exercise, "question")}
    covered = {row.exercise for row in reviewed()}
    assert len(covered) > 0.8 * (len(EXERCISES) - len(questions))
    assert {row.kind for row in reviewed()} >= set(NAMERS) - {"default", "whole numbers"}
