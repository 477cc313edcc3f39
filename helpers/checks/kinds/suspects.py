"""The reference on other inputs, and the reference with one operation changed.

Each is a wrong implementation that nobody had to write. Like a known mistake it counts only
where it gives the same in every case, and only if what it says is all that could be said.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from helpers.checks import adapters
from helpers.checks.comparing import same
from helpers.checks.exercise import Exercise, exercises
from helpers.checks.kinds.evidence import Evidence
from helpers.checks.kinds.inputs import THESE, Unfit, on_other_inputs
from helpers.checks.kinds.operations import IN_ONE_WAY, with_other_operations

_FEWEST_VALUES = 2  # what is the same everywhere could come from anything

_ONLY_THE_LAST = "with 0 everywhere but in its last"
_OVERWRITTEN = "Does a loop write over what it had, with = in place of +=?"

Suspect = tuple[str, Callable]


def other_input(evidence: Evidence) -> str:
    """Say for which other input the numbers would be right."""
    said = "" if evidence.has_no_numbers else _only(evidence, _inputs)
    return f"{said} {_OVERWRITTEN}" if _ONLY_THE_LAST in said else said


def other_operation(evidence: Evidence) -> str:
    """Say which operation would have to be another one for the numbers to be right."""
    return _only(evidence, _operations)


def other_exercise(evidence: Evidence) -> str:
    """Say which other exercise asks for these numbers."""
    return _only(evidence, _exercises)


def suspected(exercise: Exercise) -> list[Callable]:
    """Return all suspects of an exercise, so that what they answer can be found out early."""
    if not exercise.suspects:
        return []
    shared = _Shared(exercise)
    every = (*_exercises(shared), *_inputs(shared), *_operations(shared))
    return [attempt for _, attempt in every]


def _only(evidence: Evidence, suspects: Callable[[Exercise], Iterable[Suspect]]) -> str:
    if not evidence.exercise.suspects or evidence.values < _FEWEST_VALUES:
        return ""
    if evidence.seen_as_facts:
        return ""
    said = {
        sentence: None
        for sentence, attempt in suspects(_Shared(evidence.exercise))
        if evidence.given_by(attempt)
    }
    kept = [
        one for one in said if IN_ONE_WAY not in one or one.replace(IN_ONE_WAY, " ") not in said
    ]
    return _one(kept, evidence.exercise.parameters)


def _one(said: list[str], parameters: tuple[str, ...]) -> str:
    """Return the only sentence; several that differ in a name, as minus x, or minus w, are one."""
    if len(said) < 2:
        return "".join(said)
    name = re.compile(rf"\b(?:{'|'.join(map(re.escape, parameters))})\b")
    if len({name.sub("", sentence) for sentence in said}) > 1:
        return ""
    first, *others = (sentence.removesuffix(".") for sentence in said)
    return ", or ".join([first, *(other.removeprefix(THESE) for other in others)]) + "."


class _Shared:
    """An exercise as a key: two that were made of one reference share their suspects."""

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shared) and self.exercise is other.exercise

    def __hash__(self) -> int:
        return id(self.exercise)


@cache
def _exercises(shared: _Shared) -> list[Suspect]:
    """Return the model answers of other exercises, which take as many arguments, or fewer."""
    return [
        (f"This is what exercise {other.number} asks for: {other.title}.", _on_these(other))
        for other in exercises().values()
        if other.adapter is adapters.function and other.suspects
        if other.reference is not shared.exercise.reference
        if len(other.parameters) <= len(shared.exercise.parameters)
    ]


def _on_these(other: Exercise) -> Callable:
    """Make a function that hands on as many arguments as another exercise takes."""

    def attempt(*args: Any) -> Any:
        if len(args) < len(other.parameters) - _optional(other):
            raise Unfit
        answer = other.reference(*args[: len(other.parameters)])
        if any(same(answer, arg, other.tolerance) for arg in args):  # an input, as it came in
            raise Unfit
        return answer

    return attempt


def _optional(exercise: Exercise) -> int:
    return len(exercise.reference.__defaults__ or ())


@cache
def _inputs(shared: _Shared) -> list[Suspect]:
    return list(on_other_inputs(shared.exercise))


@cache
def _operations(shared: _Shared) -> list[Suspect]:
    return list(with_other_operations(shared.exercise))
