"""Every class is handed in once and graded once by each grader, when a test first asks for it."""

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from .classes import CLASSES
from .course_directory import CourseDirectory

collect_ignore = ["hostile"]  # attacks: importing one, as pytest does to find doctests, runs it


@pytest.fixture(scope="session")
def handed_in(tmp_path_factory) -> Callable[[str, str], CourseDirectory]:
    """Return a function that returns a new course directory with what a class hands in."""

    @cache
    def submitted(module: str, name: str) -> Path:
        course = CourseDirectory(tmp_path_factory.mktemp("submitted"), module)
        for student, notebook in CLASSES[name](module):
            course.hand_in(student, notebook)
        return course.folder / "submitted"

    def result(module: str, name: str) -> CourseDirectory:
        course = CourseDirectory(tmp_path_factory.mktemp(module), module)
        course.release()
        course.lend_everything()
        shutil.copytree(submitted(module, name), course.folder / "submitted")
        return course

    return result


@pytest.fixture(scope="session")
def graded(handed_in) -> Callable[[str, str], CourseDirectory]:
    """Return a function that returns a class of a module, graded by stock nbgrader."""

    @cache
    def result(module: str, name: str) -> CourseDirectory:
        course = handed_in(module, name)
        course.trust_students()
        course.nbgrader("autograde", module)
        course.nbgrader("generate_feedback", module)
        return course

    return result


@pytest.fixture(scope="session")
def regraded(handed_in) -> Callable[[str, str], CourseDirectory]:
    """Return a function that returns the same class, graded by `course grade`; or a larger one."""

    @cache
    def all_of(module: str, name: str) -> CourseDirectory:
        course = handed_in(module, name)
        course.course("grade", module)
        course.nbgrader("generate_feedback", module)
        return course

    def result(module: str, name: str) -> CourseDirectory:
        return all_of(module, name.replace("some", "all"))

    return result
