"""Yours, or the course's: what a demonstration calls once an exercise is written.

``mine = check.yours(fit=fit)`` says whose `fit` it found, and ``mine.fit`` calls that one.
Nothing here counts for marks.
"""

import time
from collections.abc import Callable
from functools import wraps
from types import FunctionType, SimpleNamespace
from typing import Any

from helpers import reference
from helpers.checks.adapters import value
from helpers.checks.calling import sentence
from helpers.checks.exercise import Exercise, exercises
from helpers.checks.plain import listed
from helpers.checks.timing import TimeIsUp, within
from helpers.checks.verdict import State, Verdict

SECONDS = 30.0  # of a processor, for all calls of one answer in a demonstration
_OWN = "This uses your own {names}."
_NOT_WRITTEN = "{names} {are} not written yet, so this uses the course's."
_NOT_RIGHT = "Your {names} {are} not right yet, so this uses the course's. The check says why."
_SAID = {
    State.RIGHT: _OWN,
    State.NOT_STARTED: _NOT_WRITTEN,
    State.WRONG: _NOT_RIGHT,
    State.CRASHED: _NOT_RIGHT,
}
_TOO_LONG = "it takes more than {seconds:g} seconds"
last: dict[str, tuple[Any, Verdict]] = {}  # the answer that was checked last, and what was found
_busy = False  # whether an answer is running that was called by another one


def remember(exercise: Exercise, attempt: Any, verdict: Verdict) -> None:
    """Note what a check has found: for a demonstration, and for hints."""
    last[exercise.name] = attempt, verdict


def yours(**attempts: Any) -> SimpleNamespace:
    """Return answers whose checks are right, the course's in place of all others; say which.

    Parameters
    ----------
    **attempts : Any
        The student's functions, classes or values, by their names.

    Returns
    -------
    SimpleNamespace
        An attribute for each name. A function of the student's that raises, or takes more than
        30 seconds, says so, and the course's goes on from there.
    """
    states = {name: _state(name, attempt) for name, attempt in attempts.items()}
    for said in (_OWN, _NOT_WRITTEN, _NOT_RIGHT):
        names = [name for name, state in states.items() if _SAID[state] is said]
        if names:
            print(said.format(names=listed(names), are="is" if len(names) == 1 else "are"))
    return SimpleNamespace(
        **{
            name: _careful(name, attempt) if states[name] is State.RIGHT else the_courses(name)
            for name, attempt in attempts.items()
        }
    )


def the_courses(name: str) -> Any:
    """Return the course's answer: what notebooks call ``reference.NAME``, where there is one."""
    known = exercises()[name]
    if known.adapter is value:
        return known.reference()
    return getattr(reference, name, known.reference)


def _state(name: str, attempt: Any) -> State:
    """Return what was found for this very answer, or find it now."""
    exercise = exercises()[name]
    if name not in last or last[name][0] is not attempt:
        remember(exercise, attempt, exercise.verdict(attempt))
    return last[name][1].state


def _careful(name: str, attempt: Any) -> Any:
    """Return a function that leaves the work to the course's once the student's fails."""
    if not isinstance(attempt, FunctionType):
        return attempt
    use, left = attempt, SECONDS

    @wraps(attempt)
    def call(*args: Any, **options: Any) -> Any:
        nonlocal use, left
        if use is not attempt:
            return use(*args, **options)
        began = time.process_time()
        try:
            if left <= 0:  # used up by a call that ended before its clock was heard
                raise TimeIsUp
            return _alone(left, lambda: attempt(*args, **options))
        except TimeIsUp:
            why = _TOO_LONG.format(seconds=SECONDS)
        except (Exception, SystemExit) as error:
            why = sentence(error)
        finally:
            left -= time.process_time() - began
        print(f"Your {name} stops here: {why.rstrip('.')}. The course's goes on.")
        use = the_courses(name)
        return use(*args, **options)

    return call


def _alone(seconds: float, work: Callable[[], Any]) -> Any:
    """Limit the time of an answer; one that is called inside another has that one's limit."""
    global _busy
    if _busy:
        return work()
    _busy = True
    try:
        return within(seconds, work)
    finally:
        _busy = False
