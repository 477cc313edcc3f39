"""The verdict on an answer behind the wall, reached on this side of it."""

from collections.abc import Collection, Iterator, Sequence
from math import inf
from typing import Any

from helpers.checks import Exercise, Verdict
from helpers.checks.callers import Case, up_to_final
from helpers.checks.calling import Outcome
from helpers.checks.explaining import in_words
from helpers.checks.messages import message
from helpers.course.folder import CourseError
from helpers.course.grading.parcels import Parcels, number_of
from helpers.course.grading.session import Request, Session

PARCELS = Parcels()


def judge(exercise: Exercise, attempt: Any, session: Session, seed: int | None = None) -> Verdict:
    """Check an answer behind the wall, as `Exercise.verdict` does.

    What the reference answers does not depend on the student, and is computed once for
    each seed.

    Raises
    ------
    CourseError
        If the reference itself fails, which must cost no student a mark.
    Unreachable
        If the answer can no longer be asked.
    """
    prepare(exercise, seed)
    return exercise.verdict(attempt, seed, BehindTheWall(session, _watched(exercise, seed)))


def prepare(exercise: Exercise, seed: int | None) -> None:
    """Find out what does not depend on a student: the cases, and what is expected.

    Raises
    ------
    CourseError
        If the reference fails, or its cases cannot be made here.
    """
    try:
        known = exercise.case_set(seed)
    except ImportError as error:  # of what a data set comes with
        raise CourseError(f"the cases of {exercise.name} cannot be made: {error}") from None
    for outcome in known.expected():
        if outcome.error:
            raise CourseError(f"the reference of {exercise.name} fails: {outcome.error}")


def questions(exercise: Exercise, seed: int | None, session: Session) -> list[Request]:
    """Return what `judge` asks first, of an answer that has just been found."""
    if not hasattr(exercise.adapter, "arguments"):
        return []
    prepare(exercise, seed)
    parcels = PARCELS.of(exercise, _first_batch(exercise, seed))
    watch = sorted(_watched(exercise, seed))
    return [session.to_call(0, parcels, exercise.seconds, watch)]


def _watched(exercise: Exercise, seed: int | None) -> set[str]:
    """Return what no answer should call from the course's library."""
    return {exercise.name, exercise.reference.__name__} if seed is None else set()


def _first_batch(exercise: Exercise, seed: int | None) -> list[Case]:
    cases = exercise.case_set(seed).cases
    return [*cases, cases[0]]


def write_down(exercise: Exercise, seed: int | None) -> None:
    """Write down the batch of a seed as it is sent, once for a class."""
    if hasattr(exercise.adapter, "arguments"):
        PARCELS.of(exercise, _first_batch(exercise, seed))


def rehearse(exercise: Exercise) -> None:
    """Judge an answer of ours, right and wrong: what the first of all takes long for is done."""
    for attempt in (exercise.reference, *(known.attempt for known in exercise.mistakes[:1])):
        message(exercise.verdict(attempt))
    in_words("")  # compiles all that errors are compared with


class BehindTheWall:
    """Calls answers in the process of a submission: a `helpers.checks.callers.Caller`.

    Parameters
    ----------
    session : Session
        The conversation with that process.
    watch : Collection of str
        What no answer should call from the course's library. The first call is watched;
        watching takes time.
    """

    def __init__(self, session: Session, watch: Collection[str] = ()) -> None:
        self._session = session
        self._watch = sorted(watch)

    def outcomes(
        self, exercise: Exercise, attempt: Any, cases: Sequence[Case]
    ) -> Iterator[Outcome]:
        """Yield what comes of each case: all in one message, or step by step."""
        number = number_of(attempt)
        if number is not None and hasattr(exercise.adapter, "arguments"):
            yield from self._together(exercise, number, cases)
        else:
            yield from up_to_final(self._used(exercise, attempt, case) for case in cases)

    def _together(
        self, exercise: Exercise, number: int, cases: Sequence[Case]
    ) -> Iterator[Outcome]:
        parcels = PARCELS.of(exercise, cases)
        found = self._session.batch(number, parcels, exercise.seconds, self._watched())
        pairs = zip(found, cases, strict=False)
        return up_to_final(exercise.viewed(outcome, case) for outcome, case in pairs)

    def _used(self, exercise: Exercise, attempt: Any, case: Case) -> Outcome:
        with self._session.case(exercise.seconds, self._watched()):
            return exercise.outcome(attempt, case, inf)  # its time is kept behind the wall

    def _watched(self) -> list[str]:
        watch, self._watch = self._watch, []
        return watch
