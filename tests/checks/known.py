"""The course's exercises as parameters, and the verdicts on its own answers, each reached once."""

import functools
from collections.abc import Iterable
from typing import Any

import pytest

from helpers.checks import Exercise, Verdict, adapters, exercises
from helpers.checks.exercise import Mistake

COURSE = exercises()
EXERCISES = list(COURSE.values())
HIDDEN = 3  # the seed of the hidden cases that are looked at before every commit


def each(chosen: Iterable[Exercise]) -> pytest.MarkDecorator:
    """Make a test one of each exercise.

    One process does all tests of an exercise, so that no verdict is reached twice.
    """
    return pytest.mark.parametrize(
        "exercise",
        [pytest.param(e, id=e.name, marks=pytest.mark.xdist_group(e.name)) for e in chosen],
    )


every_exercise = each(EXERCISES)
every_plain_function = each(e for e in EXERCISES if e.adapter is adapters.function)
every_callable = each(e for e in EXERCISES if e.adapter is not adapters.value)


@functools.cache
def verdict_on(name: str, answer: Any, seed: int | None = None) -> Verdict:
    """Return the verdict on one of the course's own answers: a reference, mistake or variant."""
    return COURSE[name].verdict(answer, seed)


def verdicts_on_mistakes(
    exercise: Exercise, seed: int | None = None
) -> list[tuple[Mistake, Verdict]]:
    """Pair each known mistake with its verdict."""
    return [(each, verdict_on(exercise.name, each.attempt, seed)) for each in exercise.mistakes]
