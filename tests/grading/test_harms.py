"""Whatever happens to one notebook, its marks are fair, and nobody else loses anything."""

import pytest

from .course_directory import MODULES, points_of
from .submissions import HARMS

# What happens to a notebook does not depend on what is asked in it: one module stands for all.
each_module = pytest.mark.parametrize("module", MODULES[:1])
UNREADABLE = [
    *("not-json", "cut-short", "empty-file", "noise"),
    *("a-list", "an-empty-object", "cells-that-are-none"),
]
each_harm = pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.name)


@each_module
@each_harm
def test_harm_costs_what_is_fair(graded, module, harm):
    assert graded(module, "harms").lost(harm.name) == harm.costs(module)


@each_module
@each_harm
def test_every_exercise_has_a_mark_and_feedback(graded, module, harm):
    course = graded(module, "harms")
    assert None not in course.marks[harm.name].values()
    assert set(course.marks[harm.name]) == set(points_of(module))
    feedback = course.feedback(harm.name)
    assert set(feedback.table) == set(points_of(module))
    for exercise in points_of(module):
        assert bool(feedback.output(exercise)) == (harm.name not in UNREADABLE)


@each_module
def test_the_run_goes_on_to_the_last_student(graded, module):
    assert graded(module, "harms").marks["zz-last"] == points_of(module)


@each_module
def test_nothing_to_grade_is_not_started(graded, module):
    feedback = graded(module, "harms").feedback("no-cells")
    for exercise in points_of(module):
        assert "○ Not started" in feedback.output(exercise)


@each_module
@pytest.mark.parametrize("student", UNREADABLE)
def test_the_feedback_on_a_broken_file_says_so_and_what_to_do(graded, module, student):
    feedback = graded(module, "harms").feedback(student)
    reason, head, _ = feedback.text.partition("Exercise Points Result")
    assert head
    assert "This file could not be read as a notebook" in reason
    assert "save it, and hand it in again" in reason
    assert feedback.table == {
        exercise: (f"0 of {points:g}", "not readable")
        for exercise, points in points_of(module).items()
    }


@each_module
def test_the_feedback_on_a_check_that_cannot_run_says_why(graded, module):
    feedback = graded(module, "harms").feedback("check-is-another-thing")
    for exercise in points_of(module):
        assert "The check could not run (AttributeError: 'int' object" in feedback.output(exercise)


@each_module
def test_the_feedback_on_python_that_ended_says_so(graded, module):
    feedback = graded(module, "harms").feedback("ended-python")
    for exercise in points_of(module):
        assert "Python ended before this check." in feedback.output(exercise)
