"""Whatever happens to one notebook, its marks are fair, and nobody else loses anything."""

import pytest

from .course_directory import MODULES, points_of
from .submissions import HARMS

each_module = pytest.mark.parametrize("module", MODULES)
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
    for exercise in points_of(module):
        assert feedback.output(exercise)


@each_module
def test_the_run_goes_on_to_the_last_student(graded, module):
    assert graded(module, "harms").marks["zz-last"] == points_of(module)
