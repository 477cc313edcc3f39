"""Every class is graded once, in the background, on a core of its own."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache

import pytest

from . import submissions
from .course_directory import MODULES, CourseDirectory, exercises_of

CORES = 2
collect_ignore = ["hostile"]  # attacks: importing one, as pytest does to find doctests, runs it


def grade(course: CourseDirectory) -> CourseDirectory:
    """Grade everything that was handed in, with one command for each step."""
    course.nbgrader("autograde", course.module)
    course.nbgrader("generate_feedback", course.module)
    return course


def class_of_mistakes(course: CourseDirectory) -> CourseDirectory:
    """One student for each known mistake, and some whose answers are right but loud."""
    module = course.module
    course.nbgrader("generate_assignment", module, "--force")
    exercises = {exercise.name: exercise for exercise in exercises_of(module)}
    for student, mistakes in submissions.mistaken_students(module).items():
        wrong = {n: submissions.mistaken(exercises[n], made) for n, made in mistakes.items()}
        course.hand_in(student, submissions.otherwise_right(module, wrong))
    by_heart = {
        name: submissions.memorized(exercise)
        for name, exercise in exercises.items()
        if submissions.hides_cases(exercise)
    }
    course.hand_in("by-heart", submissions.otherwise_right(module, by_heart))
    loud = {exercise.name: submissions.noisy(exercise) for exercise in exercises_of(module)}
    course.hand_in("noisy", submissions.answered(module, loud))
    return grade(course)


def class_of_harms(course: CourseDirectory) -> CourseDirectory:
    """One student for each way in which a notebook comes to harm."""
    course.nbgrader("generate_assignment", course.module, "--force")
    for harm in submissions.HARMS:
        course.hand_in(harm.name, harm.make(course.module))
    course.hand_in("zz-last", submissions.answered(course.module))
    return grade(course)


CLASSES = {"mistakes": class_of_mistakes, "harms": class_of_harms}
# What happens to a notebook does not depend on what is asked in it: one module stands for all.
GROUPS = [(MODULES[0], "harms"), *((module, "mistakes") for module in MODULES)]


@pytest.fixture(scope="session")
def regraded(graded, tmp_path_factory) -> Callable[[str, str], CourseDirectory]:
    """Return a function that returns the same class, graded by `course grade`."""

    @cache
    def result(module: str, name: str) -> CourseDirectory:
        stock = graded(module, name)
        course = CourseDirectory(tmp_path_factory.mktemp(f"{module}-{name}-again"), module)
        course.nbgrader("generate_assignment", module, "--force")
        shutil.copytree(stock.folder / "submitted", course.folder / "submitted")
        course.course("grade", module, "--workers", str(CORES))
        course.nbgrader("generate_feedback", module)
        return course

    return result


@pytest.fixture(scope="session")
def graded(tmp_path_factory) -> Iterator[Callable[[str, str], CourseDirectory]]:
    """Return a function that returns a graded class of a module."""
    running: dict[tuple[str, str], Future] = {}

    def start(module: str, name: str) -> None:
        course = CourseDirectory(tmp_path_factory.mktemp(f"{module}-{name}"), module)
        running[module, name] = cores.submit(CLASSES[name], course)

    def result(module: str, name: str) -> CourseDirectory:
        if not running:  # all at once, so that every core has work
            for group in GROUPS:
                start(*group)
        return running[module, name].result()

    with ThreadPoolExecutor(CORES) as cores:
        yield result
        for future in running.values():
            future.cancel()
