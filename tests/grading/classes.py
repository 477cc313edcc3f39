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
LAST = "zz-last"
SOME_HARMS = {
    "deleted-answer-and-check",
    "copied-skipped-checks",
    "check-is-another-thing",
    "not-json",
    "ended-python",
}


def of_all_kinds(module: str) -> Handed:
    """Each kind of answer once, and one student for each way in which a notebook comes to harm."""
    exercises = {exercise.name: exercise for exercise in exercises_of(module)}
    for student, answers in submissions.kinds_of_answers(module).items():
        made = {name: kind.make(exercises[name]) for name, kind in answers.items()}
        yield student, submissions.otherwise_right(module, made)
    for harm in submissions.HARMS:
        yield harm.name, harm.make(module)
    yield LAST, submissions.answered(module)


def of_some_kinds(module: str) -> Handed:
    """Those of them that depend on more than how a notebook is mended, which both graders share."""
    some = {*submissions.kinds_of_answers(module), *SOME_HARMS, LAST}
    return ((who, notebook) for who, notebook in of_all_kinds(module) if who in some)


def of_mistakes(module: str) -> Handed:
    """Students who make known mistakes, and some whose answers are right but loud."""
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
    "all kinds": of_all_kinds,
    "some kinds": of_some_kinds,
    "mistakes": of_mistakes,
}


def in_class(module: str, name: str, *values: Any, tier: str = "full", marks: Any = ()) -> Any:
    """Make the parameters of a test that looks at a class; all such tests share one process."""
    group = pytest.mark.xdist_group(f"{module} {name.split()[-1]}")
    told = "-".join(str(value) for value in (module, name, *values))
    return pytest.param(
        module, name, *values, marks=[pytest.mark.tier(tier), group, *marks], id=told
    )


SMALL = in_class(MODULE, "some kinds", tier="test")
LARGE = [in_class(MODULE, "all kinds"), *(in_class(module, "mistakes") for module in MODULES)]
