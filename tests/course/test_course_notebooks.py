"""What must hold of every module's two notebooks, as they are committed."""

import re
from itertools import pairwise

import nbformat
import pytest

from helpers.checks import exercises
from helpers.course import build

from .small_course import MODULES, REPOSITORY

pytestmark = pytest.mark.parametrize("module", MODULES)


def cells(part, module):
    """Return the cells of a committed notebook."""
    path = REPOSITORY / part / module / f"{module}.ipynb"
    return nbformat.read(path, as_version=4).cells


def graded(part, module):
    """Return the cells that nbgrader knows."""
    return [cell for cell in cells(part, module) if "nbgrader" in cell.metadata]


def names(module):
    """Return the exercises that belong to a module, in order."""
    return [name for name, exercise in exercises().items() if exercise.module == module[:2]]


def outputs(part, module):
    """Return every output of a notebook."""
    return [out for cell in cells(part, module) for out in cell.get("outputs", [])]


def test_the_notebooks_are_what_their_source_makes(module):
    assert list(build.stale(REPOSITORY, [module])) == []


@pytest.mark.parametrize("part", ["solutions", "notebooks"])
def test_every_exercise_is_answered_and_checked_in_order(module, part):
    ids = [name.replace("_", "-") for name in names(module)]
    assert ids
    expected = [grade_id for name in ids for grade_id in (name, f"{name}-check")]
    assert [cell.metadata.nbgrader.grade_id for cell in graded(part, module)] == expected


def test_a_check_stands_right_below_its_answer(module):
    for answer, check in pairwise(c for c in cells("notebooks", module) if c.cell_type == "code"):
        marks = check.metadata.get("nbgrader", {})
        if marks.get("grade"):
            assert f"{answer.metadata.nbgrader.grade_id}-check" == marks.grade_id


def test_the_headings_give_number_and_points_of_each_exercise(module):
    text = "\n".join(c.source for c in cells("notebooks", module) if c.cell_type == "markdown")
    found = re.findall(r"^### Exercise (\S+):.* \((\d+) points?\)$", text, re.M)
    checks = [c for c in graded("notebooks", module) if c.metadata.nbgrader.grade]
    numbers = [exercises()[name].number for name in names(module)]
    points = [str(check.metadata.nbgrader.points) for check in checks]
    assert found == list(zip(numbers, points, strict=True))


def test_the_solutions_show_no_error_no_stderr_and_no_widget(module):
    for output in outputs("solutions", module):
        assert output.output_type != "error"
        assert output.get("name") != "stderr"
        assert not any("widget" in kind for kind in output.get("data", {}))


def test_every_check_of_the_solutions_says_right(module):
    for cell in graded("solutions", module):
        if cell.metadata.nbgrader.grade:
            (output,) = cell.outputs
            assert "✓ Right" in output.text


def test_the_student_notebook_has_no_outputs(module):
    assert outputs("notebooks", module) == []
    assert all(c.get("execution_count") is None for c in cells("notebooks", module))


def test_the_student_notebook_has_no_solution_and_no_hidden_test(module):
    text = "\n".join(cell.source for cell in cells("notebooks", module))
    for secret in ("SOLUTION", "HIDDEN", "hidden="):
        assert secret not in text
    for cell in graded("solutions", module):
        for answer in re.findall(r"### BEGIN SOLUTION\n(.*?)\s+### END", cell.source, re.S):
            assert answer not in text


def test_each_stub_raises_and_names_its_exercise(module):
    for cell in graded("notebooks", module):
        if cell.metadata.nbgrader.solution:
            exercise = exercises()[cell.metadata.nbgrader.grade_id.replace("-", "_")]
            stub = f'raise NotImplementedError("Exercise {exercise.number}: {exercise.title}")'
            assert cell.source.endswith(f"    {stub}")
            assert cell.source.count("raise NotImplementedError") == 1


def test_only_released_checks_may_raise(module):
    for cell in cells("solutions", module):
        assert "tags" not in cell.metadata
    for cell in cells("notebooks", module):
        is_check = cell.metadata.get("nbgrader", {}).get("grade", False)
        assert cell.metadata.get("tags", []) == ["raises-exception"] * is_check


def test_students_can_edit_answers_but_no_checks(module):
    for cell in graded("notebooks", module):
        assert cell.metadata.get("editable", True) is bool(cell.metadata.nbgrader.solution)
        assert cell.metadata.deletable is False
