"""Two mistakes of each exercise, through nbgrader: they cost their points, and feedback names them.

That every mistake is told behind the wall as in a notebook is tested in test_same_verdicts.py.
"""

import pytest

from helpers.checks import exercises

from .classes import in_class
from .course_directory import MODULES, exercises_of, folded, points_of
from .submissions import hides_cases, mistaken_students

STUDENTS = [
    in_class(module, "mistakes", student)
    for module in MODULES
    for student in mistaken_students(module)
]
each_module = pytest.mark.parametrize(
    ("module", "group"), [in_class(module, "mistakes") for module in MODULES]
)


@pytest.mark.parametrize(("module", "group", "student"), STUDENTS)
def test_a_mistake_costs_its_own_points_and_no_others(graded, module, group, student):
    made = mistaken_students(module)[student]
    marks = graded(module, group).marks[student]
    assert marks == {**points_of(module), **dict.fromkeys(made, 0)}


@pytest.mark.parametrize(("module", "group", "student"), STUDENTS)
def test_the_feedback_names_the_mistake(graded, module, group, student):
    feedback = graded(module, group).feedback(student)
    for name, mistake in mistaken_students(module)[student].items():
        output = feedback.output(name)
        assert "✗ Wrong" in output or "⚠ Crashed" in output
        assert folded(mistake.hint) in output


@pytest.mark.parametrize(("module", "group", "student"), STUDENTS)
def test_the_table_of_the_feedback_names_the_result(graded, module, group, student):
    table = graded(module, group).feedback(student).table
    for name, points in points_of(module).items():
        right = name not in mistaken_students(module)[student]
        earned, result = table[name]
        assert earned == f"{points if right else 0:g} of {points:g}"
        assert result in (["Right"] if right else ["Wrong", "Crashed"])


BY_HEART = [
    in_class(module, "mistakes", exercise.name)
    for module in MODULES
    for exercise in exercises_of(module)
    if hides_cases(exercise)
]


@pytest.mark.parametrize(("module", "group", "name"), BY_HEART)
def test_knowing_the_visible_cases_by_heart_earns_nothing(graded, module, group, name):
    assert graded(module, group).marks["by-heart"][name] == 0


@pytest.mark.parametrize(("module", "group", "name"), BY_HEART)
def test_the_feedback_on_a_hidden_case_has_no_numbers(graded, module, group, name):
    exercise = exercises()[name]
    output = graded(module, group).feedback("by-heart").output(name)
    head = f"✗ Wrong · {exercise.number} {name}"
    _, found, rest = output.partition(head)
    assert found
    assert "The inputs you can see pass, but others do not." in rest
    assert not any(character.isdigit() for character in rest.replace(name, ""))


@pytest.mark.tier("check")
@pytest.mark.parametrize("module", [m for m in MODULES if "quiz" not in m])  # letters, no cases
def test_every_module_has_an_answer_that_only_hidden_cases_reject(module):
    assert any(hides_cases(exercise) for exercise in exercises_of(module))


@each_module
def test_prints_and_warnings_cost_nothing(graded, module, group):
    assert graded(module, group).marks["noisy"] == points_of(module)


@each_module
def test_prints_and_warnings_stay_out_of_the_feedback(graded, module, group):
    feedback = graded(module, group).feedback("noisy")
    for exercise in points_of(module):
        assert "here I am" not in feedback.output(exercise)
        assert "✓ Right" in feedback.output(exercise)
