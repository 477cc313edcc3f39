"""Errors in words: real errors, as Python and NumPy raise them today."""

import io
import math

import numpy as np
import pytest
from matplotlib.figure import Figure

from helpers import check
from helpers.checks.explaining import in_words

pytestmark = pytest.mark.tier("check")
AX = Figure().add_subplot(projection="3d")


def raised(function):
    try:
        function()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    raise AssertionError("nothing was raised")


def mine(x, w):
    return x


def unset():
    if np.pi < 3:
        total = 0
    return total


def unpack(values):
    first, second = values
    return first, second


def ask_nobody():
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.stdin", io.StringIO())
        return input()


NUMBER, PAIR = 1.5, (1, {})
COLUMN = np.ones((3, 1))
ERRORS = {
    "matmul": (
        lambda: np.ones((5, 4)) @ np.ones((3, 2)),
        "ends in 4 columns (or, if it is",
    ),
    "dot": (
        lambda: np.dot(np.ones((5, 4)), np.ones((3, 2))),
        "has 4 columns (or numbers",
    ),
    "broadcast": (lambda: np.ones((5, 3)) + np.ones(4), "shapes (5,3) and (4,)"),
    "truth": (lambda: max(COLUMN, 0), "max(...) ask one question"),
    "chained": (lambda: -1 < COLUMN < 1, "a < b < c"),
    "one number": (lambda: math.exp(COLUMN), "math.exp(...), got an array"),
    "None": (lambda: None + 1, "forget its return"),
    "power of a float": (lambda: 1.5 ^ 2, "^ is not a power in Python"),
    "power of an array": (lambda: COLUMN ^ 2, "written with **"),
    "power of a list": (lambda: [1] ^ 2, "written with **"),
    "one-dimensional": (
        lambda: np.dot(np.ones(3), np.ones(2)),
        "one-dimensional arrays of 3 numbers and 2 numbers",
    ),
    "nobody to ask": (ask_nobody, "whoever sits at the keyboard"),
    "matmul of a row": (lambda: np.ones(4) @ np.ones((1, 2)), "with 1 row (or numbers)"),
    "dot of a row": (lambda: np.dot(np.ones(4), np.ones((3, 2))), "the right one 3 rows"),
    "matmul by a number": (lambda: COLUMN @ 2, "single number"),
    "out of bounds": (lambda: COLUMN[3], "no entry 3 here: along axis 0 there are 3 entries"),
    "out of columns": (lambda: COLUMN[0, 1], "along axis 1 there is 1 entry"),
    "out of a list": (lambda: [1][1], "The list is shorter"),
    "indices": (lambda: np.ones(3)[0, 0], "The array has 1 axis, but the square brackets name 2"),
    "a flat shape": (lambda: unpack(np.ones(3).shape), "it has no rows and columns"),
    "few values": (lambda: unpack(()), "Left of = stand 2 names, but there are 0 values"),
    "many values": (lambda: unpack((1, 2, 3)), "more values than that"),
    "no values": (lambda: unpack(NUMBER), "there is one value, of type float"),
    "zeros of numbers": (lambda: np.zeros(np.array([0.5, 1.5])), "np.zeros(x.shape)"),
    "zeros of a number": (lambda: np.zeros(1.5), "np.zeros(x.shape)"),
    "range of a fraction": (lambda: range(6 / 2), "// divides without decimals"),
    "a layer's key": (lambda: {"W1": 1}["W3"], "no entry called W3"),
    "a key": (lambda: {"loss": 1}["losses"], "no entry 'losses'"),
    "axis": (lambda: np.ones(3).sum(axis=1), "There is no axis 1: the array has 1 axis"),
    "reshape": (lambda: np.ones(6).reshape(4, 2), "6 numbers do not fill the shape (4,2)"),
    "decimals into integers": (lambda: np.arange(3).__isub__(0.5), "holds whole numbers"),
    "unset": (unset, "used before it gets a value"),
    "a missing star": (lambda: NUMBER(3), "Is a * missing"),
    "square brackets": (lambda: np.zeros[3], "called with round ones"),
    "a tuple for a dict": (lambda: PAIR["A1"], "used as if it were a dict"),
    "a number for an array": (lambda: NUMBER[0], "This is a single number"),
    "length of a number": (lambda: len(NUMBER), "This is a single number"),
    "lists": (lambda: [1] - [2], "Make an array of it"),
    "a list times a fraction": (lambda: [1] * 0.5, "Make an array of it"),
    "ragged rows": (lambda: np.array([[1, 2], [3]]), "The rows have different lengths"),
    "two sizes": (lambda: np.zeros(3, 2), "2 stands where NumPy expects a type"),
    "keepdims without its name": (lambda: COLUMN.mean(0, True), "True stands where NumPy"),
    "keepdim": (lambda: COLUMN.mean(axis=0, keepdim=True), "keepdims=True"),
    "an axis by its name": (lambda: COLUMN.mean(axis="rows"), "axis=0 or a count"),
    "a name of PyTorch": (lambda: COLUMN.clamp(0), "nor has NumPy"),
    "one choice of two": (lambda: np.where(COLUMN > 0, COLUMN), "The second one is missing"),
    "places that make no pairs": (
        lambda: COLUMN[np.arange(len(COLUMN)), np.zeros((len(COLUMN) + 1, 2), int)],
        "so they make no pairs",
    ),
    "several in one entry": (
        lambda: COLUMN.__setitem__((0, 0), np.ones(2)),
        "One entry of an array holds one number",
    ),
    "size": (lambda: n_out, "does not know n_out here. A size comes"),  # noqa: F821
    "a name of plt": (lambda: AX.xlabel, "is set_xlabel here: ax.set_xlabel(...)."),
    "a drawing that is none": (lambda: AX.plto, "nothing called plto here. Is it misspelled?"),
    "a setter that is none": (lambda: AX.set_labels, "nothing called set_labels here"),
    "a draw that is none": (lambda: np.random.default_rng().randn, "A generator has no randn"),
    "a generator that is called": (lambda: np.random.default_rng()(3), "by its methods: rng."),
    "a tanh of a list": (lambda: math.tanh([1.0]), "gets something of type list"),
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
    assert (
        in_words(raised(lambda: np.array([[1], [2, 3]])))
        == "The rows have different lengths, so they make no table."
    )


def test_other_errors_speak_for_themselves():
    assert in_words(raised(lambda: 1 / 0)) == ""


def test_a_check_without_an_answer_says_what_it_needs():
    with pytest.raises(TypeError, match=r"between its brackets: check.step\(step\)"):
        check.step()


def test_a_misspelled_method_is_corrected():
    with pytest.raises(AttributeError, match=r"Did you mean check.step\(step\) or .hints"):
        check.step.hint()
