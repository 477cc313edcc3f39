"""The check to look at: the four states, and nothing that stops a cell."""

import pytest

from helpers.checks import exercises
from helpers.checks.demonstration import DOUBLE, demo
from helpers.checks.kill_table import kill_table
from helpers.checks.messages import without_color

pytestmark = pytest.mark.tier("check")


def stub(x):
    raise NotImplementedError("Exercise 0.0: twice as much")


def crash(x):
    return resul  # noqa: F821


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (stub, "○ Not started · 0.0 double"),
        (crash, "NameError: name 'resul' is not defined"),
        (lambda x: x**2, "This is the square of x"),
        (lambda x: 2 * x, "✓ Right · 0.0 double · 4 calls checked"),
        (5, "double is a single number, not a function"),
    ],
)
def test_it_prints_and_does_not_raise(attempt, words, capsys):
    assert demo.double(attempt) is None
    assert words in " ".join(without_color(capsys.readouterr().out).split())


def test_an_unknown_mistake_has_no_cause(capsys):
    demo.double(lambda x: x + 1)
    out = capsys.readouterr().out
    assert "likely cause" not in out
    assert "demo.double.hints()" in out


def test_its_known_mistakes_are_named():
    assert all(row.passed for row in kill_table([DOUBLE]))


def test_its_hints():
    assert repr(demo.double.hints()) == (
        "3 hints for double, closed. demo.double.hints(1) opens the first."
    )
    assert demo.double.hints()._repr_html_().count("<details>") == 3
    assert repr(demo.double.hints(2)) == "Hint 2, the formula: double(x) = 2·x"


def test_it_is_not_one_of_the_exercises():
    assert "double" not in exercises()
