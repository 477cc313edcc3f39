"""Each kind of answer, through both graders: what it costs, and what its author is told."""

import pytest

from .classes import MODULE, in_class
from .course_directory import needs_wall, points_of
from .submissions import KINDS, kinds_of_answers

GIVEN = [
    (student, exercise, kind)
    for student, answers in kinds_of_answers(MODULE).items()
    for exercise, kind in answers.items()
]
each_grader = pytest.mark.parametrize(
    ("module", "group", "grader"),
    [
        in_class(MODULE, "some kinds", "graded", tier="test"),
        in_class(MODULE, "all kinds", "regraded", tier="test", marks=[needs_wall]),
    ],
)


@pytest.fixture
def course(request, grader, module, group):
    """The class, graded."""
    return request.getfixturevalue(grader)(module, group)


@each_grader
@pytest.mark.parametrize("name", KINDS)
def test_an_answer_costs_what_its_check_says_and_its_author_is_told(course, name):
    ((student, exercise),) = [(s, e) for s, e, kind in GIVEN if kind is KINDS[name]]
    points = points_of(course.module)[exercise]
    kind, feedback = KINDS[name], course.feedback(student)
    earned = points if kind.state == "Right" else 0
    assert course.marks[student][exercise] == earned
    assert feedback.table[exercise] == (f"{earned:g} of {points:g}", kind.state)
    assert kind.says in feedback.output(exercise)


@each_grader
@pytest.mark.parametrize("student", kinds_of_answers(MODULE))
def test_it_costs_nothing_else(course, student):
    wrong = {e for who, e, kind in GIVEN if who == student and kind.state != "Right"}
    assert course.lost(student) == wrong
