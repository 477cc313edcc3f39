"""Whatever happens to one notebook, its marks are fair, and nobody else loses anything.

Notebooks are mended in one place for both graders. So `course grade`, which is quick, is given
every harm; nbgrader's own command is given one that is mended and those that it must live
through, and in the largest run all.
"""

import pytest

from .classes import LAST, MODULE, SOME_HARMS, in_class
from .course_directory import needs_wall, points_of
from .submissions import HARMS

ALL = {harm.name: harm for harm in HARMS}
UNREADABLE = [
    *("not-json", "cut-short", "empty-file", "noise"),
    *("a-list", "an-empty-object", "cells-that-are-none"),
]


def each(students):
    """Give a test one student of a class at a time."""
    few = [student for student in students if student in {*SOME_HARMS, LAST}]
    return pytest.mark.parametrize(
        ("module", "group", "grader", "student"),
        [
            *(in_class(MODULE, "some kinds", "graded", who, tier="test") for who in few),
            *(
                in_class(MODULE, "all kinds", "regraded", who, tier="test", marks=[needs_wall])
                for who in students
            ),
            *(in_class(MODULE, "all kinds", "graded", who) for who in students),
        ],
    )


@pytest.fixture
def course(request, grader, module, group):
    """The class, graded."""
    return request.getfixturevalue(grader)(module, group)


@each(ALL)
def test_harm_costs_what_is_fair(course, student):
    assert course.lost(student) == ALL[student].costs(course.module)


@each(ALL)
def test_every_exercise_has_a_mark_and_feedback(course, student):
    points = points_of(course.module)
    assert None not in course.marks[student].values()
    assert set(course.marks[student]) == set(points)
    feedback = course.feedback(student)
    assert set(feedback.table) == set(points)
    for exercise in points:
        assert bool(feedback.output(exercise)) == (student not in UNREADABLE)


@each([LAST])
def test_the_run_goes_on_to_the_last_student(course, student):
    assert course.marks[student] == points_of(course.module)


@each(["no-cells"])
def test_nothing_to_grade_is_not_started(course, student):
    feedback = course.feedback(student)
    for exercise in points_of(course.module):
        assert "○ Not started" in feedback.output(exercise)


@each(UNREADABLE)
def test_the_feedback_on_a_broken_file_says_so_and_what_to_do(course, student):
    feedback = course.feedback(student)
    reason, head, _ = feedback.text.partition("Exercise Points Result")
    assert head
    assert "This file could not be read as a notebook" in reason
    assert "save it, and hand it in again" in reason
    assert feedback.table == {
        exercise: (f"0 of {points:g}", "not readable")
        for exercise, points in points_of(course.module).items()
    }


@each(["check-is-another-thing"])
def test_the_feedback_on_a_check_that_cannot_run_says_why(course, student):
    feedback = course.feedback(student)
    for exercise in points_of(course.module):
        assert "The check could not run" in feedback.output(exercise)
        assert "'int' object" in feedback.output(exercise)


@each(["ended-python"])
def test_the_feedback_on_python_that_ended_says_so(course, student):
    feedback = course.feedback(student)
    for exercise in points_of(course.module):
        assert "Python ended before this check." in feedback.output(exercise)
