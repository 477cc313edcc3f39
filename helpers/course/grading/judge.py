"""The verdict on an answer behind the wall, reached on this side of it."""

import copy
from functools import cache
from math import inf
from typing import Any

from helpers.checks import Exercise, Verdict, exercises
from helpers.checks.calling import Outcome
from helpers.checks.exercise import Case
from helpers.course.grading.session import Session


class Judge:
    """Lets an exercise judge answers behind the wall.

    What the reference and the known mistakes answer does not depend on the student,
    and is computed once for each seed.

    Parameters
    ----------
    exercise : Exercise
        It is used as it is; only how an answer is called is another way.
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = copy.copy(exercise)
        self._call_here = exercise._outcome
        self._call_there = self._exercise._outcome
        self._exercise._outcome = self._outcome
        self._ours = {id(a) for a in (exercise.reference, *(m.attempt for m in exercise.mistakes))}
        self._names = {exercise.name, getattr(exercise.reference, "__name__", exercise.name)}
        self._session: Session | None = None
        self._watch: set[str] = set()

    def judge(self, attempt: Any, session: Session, seed: int | None = None) -> Verdict:
        """Check an answer, as `Exercise.verdict` does."""
        self._session, self._watch = session, self._names if seed is None else set()
        try:
            return self._exercise.verdict(attempt, seed)
        finally:
            self._session = None

    def _outcome(self, attempt: Any, case: Case) -> Outcome:
        """Call an answer on a case: ours here, a student's behind the wall."""
        if id(attempt) in self._ours or self._session is None:
            return self._call_here(attempt, case)
        limit, self._exercise.seconds = self._exercise.seconds, inf  # it is kept behind the wall
        watch, self._watch = self._watch, set()  # the first call is watched; watching takes time
        try:
            with self._session.case(limit, sorted(watch)):
                return self._call_there(attempt, case)
        finally:
            self._exercise.seconds = limit


@cache
def judges() -> dict[str, Judge]:
    """Return a judge for each exercise, by name."""
    return {name: Judge(exercise) for name, exercise in exercises().items()}
