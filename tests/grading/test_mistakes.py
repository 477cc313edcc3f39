"""A known mistake costs its own points and no others, and the feedback names it."""

import pytest

from .course_directory import MODULES, exercises_of, folded, points_of
from .submissions import hides_cases, mistaken_students, student_of

MISTAKES = [
    pytest.param(module, exercise, mistake, id=f"{exercise.name}-{mistake.name}")
    for module in MODULES
    for exercise in exercises_of(module)
    for mistake in exercise.mistakes
]
each_module = pytest.mark.parametrize("module", MODULES)


@pytest.mark.parametrize(("module", "exercise", "mistake"), MISTAKES)
def test_a_mistake_costs_its_own_points_and_no_others(graded, module, exercise, mistake):
    student = student_of(module, exercise, mistake)
    made = mistaken_students(module)[student]
    assert exercise.name in made
    marks = graded(module, "mistakes").marks[student]
    assert marks == {**points_of(module), **dict.fromkeys(made, 0)}


@pytest.mark.parametrize(("module", "exercise", "mistake"), MISTAKES)
def test_the_feedback_names_the_mistake(graded, module, exercise, mistake):
    student = student_of(module, exercise, mistake)
    output = graded(module, "mistakes").feedback(student).output(exercise.name)
    assert "✗ Wrong" in output or "⚠ Crashed" in output
    assert folded(mistake.hint) in output


@pytest.mark.parametrize(("module", "exercise", "mistake"), MISTAKES)
def test_the_table_of_the_feedback_names_the_result(graded, module, exercise, mistake):
    student = student_of(module, exercise, mistake)
    table = graded(module, "mistakes").feedback(student).table
    for name, points in points_of(module).items():
        right = name not in mistaken_students(module)[student]
        earned, result = table[name]
        assert earned == f"{points if right else 0:g} of {points:g}"
        assert result in (["Right"] if right else ["Wrong", "Crashed"])


BY_HEART = [
    pytest.param(module, exercise, id=exercise.name)
    for module in MODULES
    for exercise in exercises_of(module)
    if hides_cases(exercise)
]


@pytest.mark.parametrize(("module", "exercise"), BY_HEART)
def test_knowing_the_visible_cases_by_heart_earns_nothing(graded, module, exercise):
    assert graded(module, "mistakes").marks["by-heart"][exercise.name] == 0


@pytest.mark.parametrize(("module", "exercise"), BY_HEART)
def test_the_feedback_on_a_hidden_case_has_no_numbers(graded, module, exercise):
    output = graded(module, "mistakes").feedback("by-heart").output(exercise.name)
    head = f"✗ Wrong · {exercise.number} {exercise.name}"
    _, found, rest = output.partition(head)
    assert found
    assert "The inputs you can see pass, but others do not." in rest
    assert not any(character.isdigit() for character in rest.replace(exercise.name, ""))


@pytest.mark.parametrize("module", [m for m in MODULES if "quiz" not in m])  # letters, no cases
def test_every_module_has_an_answer_that_only_hidden_cases_reject(module):
    assert any(hides_cases(exercise) for exercise in exercises_of(module))


@each_module
def test_prints_and_warnings_cost_nothing(graded, module):
    assert graded(module, "mistakes").marks["noisy"] == points_of(module)


@each_module
def test_prints_and_warnings_stay_out_of_the_feedback(graded, module):
    feedback = graded(module, "mistakes").feedback("noisy")
    for exercise in points_of(module):
        assert "here I am" not in feedback.output(exercise)
        assert "✓ Right" in feedback.output(exercise)
