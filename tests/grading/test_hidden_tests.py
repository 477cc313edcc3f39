"""No feedback says anything of a hidden test."""

import zlib

import nbformat
import pytest

from helpers.course.nbgrader.feedback import HideTests

from .classes import LARGE, SMALL
from .course_directory import needs_wall, points_of


@pytest.mark.parametrize("grader", ["graded", pytest.param("regraded", marks=needs_wall)])
@pytest.mark.parametrize(("module", "group"), [SMALL, *LARGE])
def test_no_feedback_leaks_a_hidden_test(request, grader, module, group):
    course = request.getfixturevalue(grader)(module, group)
    secrets = ["hidden=", *(str(zlib.crc32(name.encode())) for name in points_of(module))]
    for student in course.marks:
        feedback = course.feedback(student)
        for secret in secrets:
            assert secret not in feedback.text, student
            assert secret not in feedback.html, student
        if student != "hidden-tests-of-their-own":
            assert "HIDDEN" not in feedback.text, student


SEED = 20_151_019
CHECK = f"""check.step(step)
### BEGIN HIDDEN TESTS
check.step(step, hidden={SEED})
### END HIDDEN TESTS"""


def feedback_on(text):
    """Return what the feedback has of a check that has shown something."""
    output = nbformat.v4.new_output("error", ename="NameError", evalue="no", traceback=[text])
    cell = nbformat.v4.new_code_cell(CHECK, outputs=[output])
    marks = {"schema_version": 3, "grade_id": "step-check", "grade": True, "points": 1}
    cell.metadata.nbgrader = {**marks, "solution": False, "locked": True, "task": False}
    cell, _ = HideTests().preprocess_cell(cell, {}, 0)
    assert cell.source == "check.step(step)"
    return cell.outputs[0].traceback


@pytest.mark.tier("check")
@pytest.mark.parametrize(
    "text",
    [f"check.step(step, hidden={SEED})", f"I was given {SEED}", f"201\x1b[31m{SEED % 10**5:05}"],
)
def test_what_shows_a_hidden_test_or_its_seed_is_replaced(text):
    (shown,) = feedback_on(text)
    assert "The check could not run (NameError: no)." in shown


@pytest.mark.tier("check")
def test_what_shows_no_hidden_test_stays():
    assert feedback_on("✗ Wrong · 1.2 step") == ["✗ Wrong · 1.2 step"]
