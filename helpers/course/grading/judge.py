"""The verdict: the same `Exercise`, whose answers to the right calls are computed once."""

from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from math import inf
from typing import Any

from helpers.checks import Exercise, Verdict, exercises
from helpers.checks.calling import Outcome
from helpers.checks.exercise import Case
from helpers.course.grading.session import Session


class Judge(Exercise):
    """An exercise that judges answers behind the wall.

    The reference and the known mistakes are called once for each seed, since what
    they answer does not depend on the student.
    """

    def __init__(self, exercise: Exercise) -> None:
        super().__init__(**{f.name: getattr(exercise, f.name) for f in fields(exercise)})
        self._session: Session | None = None
        self._seed: int | None = None
        self._watched = False
        self._ours: dict[tuple[int, int | None], list[Outcome]] = {}
        self._known = {id(a) for a in (self.reference, *(m.attempt for m in self.mistakes))}

    def judge(self, attempt: Any, session: Session, seed: int | None = None) -> Verdict:
        """Check an answer behind the wall, as `Exercise.verdict` does."""
        self._session, self._seed = session, seed
        self._watched = seed is not None
        try:
            return self.verdict(attempt, seed)
        finally:
            self._session = None

    def _outcomes(self, attempt: Any, cases: Sequence[Case]) -> list[Outcome]:
        if id(attempt) not in self._known:
            return super()._outcomes(attempt, cases)
        key = id(attempt), self._seed
        if key not in self._ours:
            self._ours[key] = super()._outcomes(attempt, cases)
        return self._ours[key]

    def _outcome(self, attempt: Any, case: Case) -> Outcome:
        if id(attempt) in self._known or self._session is None:
            return super()._outcome(attempt, case)
        limit, self.seconds = self.seconds, inf  # the time is kept behind the wall
        watch, self._watched = not self._watched, True
        try:
            with self._session.case(limit, watch):
                return super()._outcome(attempt, case)
        finally:
            self.seconds = limit


@cache
def judges() -> dict[str, Judge]:
    """Return a judge for each exercise, by name."""
    return {name: Judge(exercise) for name, exercise in exercises().items()}
