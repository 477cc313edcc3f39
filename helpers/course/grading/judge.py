"""The verdict on an answer behind the wall, reached on this side of it."""

import copy
from functools import cache
from math import inf
from typing import Any

from helpers.checks import Exercise, Verdict, exercises
from helpers.checks.calling import Outcome
from helpers.checks.exercise import Case
from helpers.course.folder import CourseError
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
        self._exercise.seconds = inf  # an answer's time is kept behind the wall
        self._limit = exercise.seconds
        self._call_within_limit = exercise._outcome
        self._call = self._exercise._outcome
        self._exercise._outcome = self._outcome
        self._mistakes = {id(mistake.attempt) for mistake in exercise.mistakes}
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
        if attempt is self._exercise.reference:
            return self._expected(case)
        if id(attempt) in self._mistakes or self._session is None:
            return self._call_within_limit(attempt, case)
        watch, self._watch = self._watch, set()  # the first call is watched; watching takes time
        with self._session.case(self._limit, sorted(watch)):
            return self._call(attempt, case)

    def _expected(self, case: Case) -> Outcome:
        """Call the reference, however long it takes: the whole class is compared with it.

        Raises
        ------
        CourseError
            If it fails, which must cost no student a mark.
        """
        outcome = self._call(self._exercise.reference, case)
        if outcome.error:
            raise CourseError(f"the reference of {self._exercise.name} fails: {outcome.error}")
        return outcome


@cache
def judges() -> dict[str, Judge]:
    """Return a judge for each exercise, by name."""
    return {name: Judge(exercise) for name, exercise in exercises().items()}
