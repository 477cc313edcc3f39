"""Classes of students: who hands in what. Each is graded once, for all tests that look at it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from nbformat import NotebookNode

from . import submissions
from .course_directory import MODULES, exercises_of

Handed = Iterator[tuple[str, NotebookNode | bytes]]
# What happens to a notebook does not depend on what is asked in it: one module stands for all.
MODULE = MODULES[0]


def of_every_kind(module: str) -> Handed:
    """Each kind of answer once, and some of each kind of harm."""
    for student, answers in submissions.kinds_of_answers(module).items():
        exercises = {exercise.name: exercise for exercise in exercises_of(module)}
        made = {name: kind.make(exercises[name]) for name, kind in answers.items()}
        yield student, submissions.otherwise_right(module, made)
    for harm in submissions.SOME_HARMS:
        yield harm.name, harm.make(module)
    yield "zz-last", submissions.answered(module)


def of_harms(module: str) -> Handed:
    """One student for each way in which a notebook comes to harm."""
    for harm in submissions.HARMS:
        yield harm.name, harm.make(module)
    yield "zz-last", submissions.answered(module)


def of_mistakes(module: str) -> Handed:
    """Students who make the known mistakes, and some whose answers are right but loud."""
    exercises = {exercise.name: exercise for exercise in exercises_of(module)}
    for student, mistakes in submissions.mistaken_students(module).items():
        wrong = {n: submissions.mistaken(exercises[n], made) for n, made in mistakes.items()}
        yield student, submissions.otherwise_right(module, wrong)
    by_heart = {
        name: submissions.memorized(exercise)
        for name, exercise in exercises.items()
        if submissions.hides_cases(exercise)
    }
    yield "by-heart", submissions.otherwise_right(module, by_heart)
    loud = {name: submissions.noisy(exercise) for name, exercise in exercises.items()}
    yield "noisy", submissions.answered(module, loud)


CLASSES: dict[str, Callable[[str], Handed]] = {
    "every kind": of_every_kind,
    "harms": of_harms,
    "mistakes": of_mistakes,
}


def in_class(module: str, name: str, *values: Any, tier: str = "full", marks: Any = ()) -> Any:
    """Make the parameters of a test that looks at a class; all such tests share one process."""
    group = pytest.mark.xdist_group(f"{module} {name}")
    told = "-".join(str(value) for value in (module, name, *values))
    return pytest.param(
        module, name, *values, marks=[pytest.mark.tier(tier), group, *marks], id=told
    )


SMALL = in_class(MODULE, "every kind", tier="test")
LARGE = [in_class(MODULE, "harms"), *(in_class(module, "mistakes") for module in MODULES)]
