"""On honest submissions `course grade` gives the marks and the messages that nbgrader gives."""

import re

import pytest

from .classes import LARGE, SMALL
from .course_directory import needs_wall, points_of
from .submissions import check

pytestmark = needs_wall
each_class = pytest.mark.parametrize(("module", "group"), [SMALL, *LARGE])
ANSI = re.compile(r"\x1b\[[0-9;]*m")
SAYS_MORE = {"check-is-another-thing", "ended-python"}  # we say more than a traceback


@each_class
def test_every_exercise_of_every_student_has_the_same_mark(graded, regraded, module, group):
    stock, ours = graded(module, group).marks, regraded(module, group).marks
    assert set(stock) <= set(ours)
    different = {
        (student, exercise): (mark, ours[student][exercise])
        for student, marks in stock.items()
        for exercise, mark in marks.items()
        if ours[student][exercise] != mark
    }
    assert not different


@each_class
def test_every_check_says_the_same(graded, regraded, module, group):
    for student in set(graded(module, group).marks) - SAYS_MORE:
        stock, ours = (g(module, group).autograded(student) for g in (graded, regraded))
        for exercise in points_of(module):
            assert said(check(ours, exercise)) == said(check(stock, exercise)), student


@each_class
def test_the_feedback_says_the_same(graded, regraded, module, group):
    for student in graded(module, group).marks:
        stock, ours = (g(module, group).feedback(student) for g in (graded, regraded))
        assert set(ours.table) == set(points_of(module))
        for exercise in points_of(module):
            assert bool(ours.output(exercise)) == bool(stock.output(exercise)), student
        if student not in SAYS_MORE:
            assert ours.table == stock.table, student


def said(cell):
    """What stands below a check, without colors.

    A mistake of the course's own has a line of its own only where its source was sent along.
    """
    texts = [o.get("text", "") + "\n".join(o.get("traceback", [])) for o in cell.outputs]
    text = ANSI.sub("", "\n".join(texts))
    lines = [line.rstrip() for line in text.split("\n")]
    return [line for line in lines if line and not line.startswith("  your line")]
