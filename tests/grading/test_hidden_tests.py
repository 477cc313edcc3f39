"""No feedback says anything of a hidden test."""

import zlib

import pytest

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
