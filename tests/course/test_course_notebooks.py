"""What must hold of every module's two notebooks, as they are committed."""

import functools
import re
from itertools import pairwise

import nbformat
import pytest

from helpers.checks import adapters, exercises
from helpers.style import STYLE_SHEET

from .small_course import MODULES, REPOSITORY

BUDGET = 700_000  # bytes; 3 MB is to be enough for all, and 5 MB with modules to come
PAGES = ("13-cheat-sheet", "14-glossary")  # to look things up in, without exercises

pytestmark = [pytest.mark.tier("check"), pytest.mark.parametrize("module", MODULES)]


@functools.cache
def cells(part, module):
    """Return the cells of a committed notebook."""
    path = REPOSITORY / part / module / f"{module}.ipynb"
    return nbformat.read(path, as_version=4).cells


def graded(part, module):
    """Return the cells that nbgrader knows."""
    return [cell for cell in cells(part, module) if "nbgrader" in cell.metadata]


def is_check(cell):
    """Whether a cell is a check, with points or without."""
    marks = cell.metadata.get("nbgrader", {})
    return marks.get("locked", False) and not marks["solution"]


def in_words(points):
    """Return what a heading says of an exercise's points."""
    return f"{points} point{'s' * (points != 1)}" if points else "practice"


def names(module):
    """Return the exercises that belong to a module, in order."""
    return [name for name, exercise in exercises().items() if exercise.module == module[:2]]


def outputs(part, module):
    """Return every output of a notebook."""
    return [out for cell in cells(part, module) for out in cell.get("outputs", [])]


@pytest.mark.parametrize("part", ["solutions", "notebooks"])
def test_every_exercise_is_answered_and_checked_in_order(module, part):
    ids = [name.replace("_", "-") for name in names(module)]
    assert ids or module in PAGES
    expected = [grade_id for name in ids for grade_id in (name, f"{name}-check")]
    assert [cell.metadata.nbgrader.grade_id for cell in graded(part, module)] == expected


def test_a_check_stands_right_below_its_answer(module):
    for answer, check in pairwise(c for c in cells("notebooks", module) if c.cell_type == "code"):
        if is_check(check):
            expected = f"{answer.metadata.nbgrader.grade_id}-check"
            assert check.metadata.nbgrader.grade_id == expected


def test_the_headings_give_number_and_points_of_each_exercise(module):
    text = "\n".join(c.source for c in cells("notebooks", module) if c.cell_type == "markdown")
    found = re.findall(r"^### Exercise (\d+\.\d+)[a-z]?:.* \((\d+ points?|practice)\)$", text, re.M)
    checks = [c for c in graded("notebooks", module) if is_check(c)]
    numbers = [exercises()[name].number for name in names(module)]
    worth = [in_words(check.metadata.nbgrader.get("points", 0)) for check in checks]
    assert found == list(zip(numbers, worth, strict=True))


def test_the_solutions_show_no_error_no_stderr_and_no_widget(module):
    for output in outputs("solutions", module):
        assert output.output_type != "error"
        assert output.get("name") != "stderr"
        assert not any("widget" in kind for kind in output.get("data", {}))


def test_every_check_of_the_solutions_says_right(module):
    for cell in graded("solutions", module):
        if is_check(cell):
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
            indent = "" if exercise.adapter is adapters.value else "    "
            indent *= 1 + isinstance(exercise.reference, type)  # inside a method
            in_one_line = re.sub(r"\(\n +(\".*\")\n *\)$", r"(\1)", cell.source)
            assert in_one_line.endswith(f"\n{indent}{stub}")
            assert cell.source.count("raise NotImplementedError") == 1


def test_no_answer_needs_what_a_demonstration_makes_of_it(module):
    """By convention that is called ``mine``: see `helpers.checks.yours`."""
    for cell in graded("solutions", module):
        assert not re.search(r"\bmine\b|check\.yours", cell.source)


def test_only_released_answers_and_checks_may_raise(module):
    for cell in cells("solutions", module):
        assert "raises-exception" not in cell.metadata.get("tags", [])
    for cell in cells("notebooks", module):
        is_exercise = "nbgrader" in cell.metadata
        assert ("raises-exception" in cell.metadata.get("tags", [])) == is_exercise


def test_students_can_edit_answers_but_no_checks(module):
    for cell in graded("notebooks", module):
        assert cell.metadata.get("editable", True) is bool(cell.metadata.nbgrader.solution)
        assert cell.metadata.deletable is False


@pytest.mark.parametrize("part", ["solutions", "notebooks"])
def test_lines_of_code_fit_on_a_printed_page(module, part):
    code = [cell for cell in cells(part, module) if cell.cell_type == "code"]
    lines = [line for cell in code for line in cell.source.splitlines()]
    assert [line for line in lines if len(line) > 78] == []


def test_the_notebooks_stay_small(module):
    """Git keeps each version of them, and nearly all of their size is pictures."""
    path = REPOSITORY / "solutions" / module / f"{module}.ipynb"
    assert path.stat().st_size < BUDGET, "simplify its largest figures, or show fewer of them"


def test_pictures_bring_the_style_sheet_of_today(module):
    """What style.py says of the screen and of paper holds for a page once it is built."""
    shown = [str(out.get("data", {}).get("text/html", "")) for out in outputs("solutions", module)]
    begun = STYLE_SHEET.partition("{")[0]
    old = [html for html in shown if html.count(begun) != html.count(STYLE_SHEET)]
    assert not old, f"type: course build {module[:2]}"
