"""Errors in words: real errors, as Python and NumPy raise them today."""

import math

import numpy as np
import pytest

from helpers import check
from helpers.checks.explaining import in_words

pytestmark = pytest.mark.tier("check")


def raised(function):
    try:
        function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    raise AssertionError("nothing was raised")


def mine(x, w):
    return x


COLUMN = np.ones((3, 1))
ERRORS = {
    "matmul": (
        lambda: np.ones((5, 4)) @ np.ones((3, 2)),
        "4 columns, right of it something with 3",
    ),
    "dot": (
        lambda: np.dot(np.ones((5, 4)), np.ones((3, 2))),
        "has 4 columns, the right one 3 rows",
    ),
    "broadcast": (lambda: np.ones((5, 3)) + np.ones(4), "shapes (5,3) and (4,)"),
    "truth": (lambda: max(COLUMN, 0), "max(...) ask one question"),
    "chained": (lambda: -1 < COLUMN < 1, "a < b < c"),
    "one number": (lambda: math.exp(COLUMN), "math.exp(...), got an array"),
    "None": (lambda: None + 1, "forget its return"),
    "power of a float": (lambda: 1.5 ^ 2, "^ is not a power in Python"),
    "power of an array": (lambda: COLUMN ^ 2, "written with **"),
    "power of a list": (lambda: [1] ^ 2, "written with **"),
    "two sizes": (lambda: np.zeros(3, 2), "2 stands where NumPy expects a type"),
    "keepdims without its name": (lambda: COLUMN.mean(0, True), "True stands where NumPy"),
    "keepdim": (lambda: COLUMN.mean(axis=0, keepdim=True), "no argument named keepdim"),
    "several in one entry": (
        lambda: COLUMN.__setitem__((0, 0), np.ones(2)),
        "One entry of an array holds one number",
    ),
    "size": (lambda: n_out, "does not know n_out here. A size comes"),  # noqa: F821
    "name": (lambda: threshold, "does not know threshold"),  # noqa: F821
    "own arguments": (lambda: mine(1, 2, 3), "parameters after def"),
    "other arguments": (lambda: mine(1), "parameters after def"),
}


@pytest.mark.parametrize(("function", "words"), ERRORS.values(), ids=ERRORS)
def test_frequent_errors_have_words(function, words):
    assert words in in_words(raised(function), "mine")


def test_a_call_inside_the_answer_is_not_blamed_on_its_parameters():
    assert in_words(raised(lambda: mine(1)), "other").startswith("On this line mine(...) gets")


def test_rows_of_different_lengths_are_no_entry():
    assert in_words(raised(lambda: np.array([[1], [2, 3]]))) == ""


def test_other_errors_speak_for_themselves():
    assert in_words(raised(lambda: 1 / 0)) == ""


def test_a_check_without_an_answer_says_what_it_needs():
    with pytest.raises(TypeError, match=r"between its brackets: check.step\(step\)"):
        check.step()


def test_a_misspelled_method_is_corrected():
    with pytest.raises(AttributeError, match=r"Did you mean check.step\(step\) or .hints"):
        check.step.hint()
