"""The Validate button: one sentence for each exercise that is not right yet."""

import nbformat
import pytest

from helpers.checks import State, Verdict, exercises
from helpers.checks.messages import message
from helpers.desk.validate import SentenceValidator, sentence
from tests.learners.test_progress_view import NAMES, PRACTICE

pytestmark = pytest.mark.tier("check")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State.NOT_STARTED, "Exercise {}, {}, is not started."),
        (State.WRONG, "Exercise {}, {}, is wrong. Run its check to see why."),
        (State.CRASHED, "Exercise {}, {}, crashes. Run its check to see where."),
    ],
)
def test_each_state_is_a_sentence(state, said):
    name = NAMES[0]
    number = exercises()[name].number
    error = message(Verdict(state, number, name, calls=6))
    assert sentence(f"check.{name}({name})", error) == said.format(number, name)


def test_what_else_stops_a_check_is_its_last_line():
    error = "\x1b[31mTraceback\x1b[0m\n  here\nNameError: name 'check' is not defined\n"
    said = sentence("check.step(step)\n", error)
    assert said == "check.step(step) stopped: NameError: name 'check' is not defined"


def cell(source, grade_id="", **roles):
    new = nbformat.v4.new_code_cell(source)
    if grade_id:
        marks = {"schema_version": 3, "grade_id": grade_id, "grade": False, "solution": False}
        new.metadata = {"nbgrader": {**marks, "locked": True, "task": False, **roles}}
        new.metadata["tags"] = ["raises-exception"]
    return new


@pytest.mark.tier("test")
def test_an_unfinished_notebook_says_what_is_left(tmp_path):
    """Run for real: one practice check, a graded one that is not started, and one that is right."""
    practice, (first, second) = PRACTICE[0], NAMES[:2]
    book = nbformat.v4.new_notebook(
        cells=[
            cell(f"from helpers import check\nfrom helpers.checks import exercises\n"
                 f"{first} = exercises()['{first}'].reference"),
            cell(f"def {practice}(*a):\n    raise NotImplementedError"),
            cell(f"check.{practice}({practice})", "practice"),
            cell(f"check.{first}({first})", "first", grade=True, points=1),
            cell(f"check.{second}({second})", "second", grade=True, points=1),
        ]
    )  # fmt: skip
    path = tmp_path / "book.ipynb"
    nbformat.write(book, path)
    results = SentenceValidator().validate(str(path))
    numbers = {name: exercises()[name].number for name in (practice, second)}
    assert list(results) == ["failed"]
    (shown,) = results["failed"]
    assert shown["source"] == "2 exercises are not right yet."
    assert shown["error"].splitlines() == [
        f"Exercise {number}, {name}, is not started." for name, number in numbers.items()
    ]
    book.cells = [book.cells[0], book.cells[3]]
    nbformat.write(book, path)
    assert SentenceValidator().validate(str(path)) == {}
