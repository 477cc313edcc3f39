"""No feedback says anything of a hidden test."""

import zlib

import pytest

from .conftest import GROUPS
from .course_directory import points_of


@pytest.mark.parametrize(("module", "group"), GROUPS)
def test_no_feedback_leaks_a_hidden_test(graded, module, group):
    course = graded(module, group)
    secrets = ["hidden=", *(str(zlib.crc32(name.encode())) for name in points_of(module))]
    for student in course.marks:
        feedback = course.feedback(student)
        for secret in secrets:
            assert secret not in feedback.text, student
            assert secret not in feedback.html, student
        if student != "hidden-tests-of-their-own":
            assert "HIDDEN" not in feedback.text, student
