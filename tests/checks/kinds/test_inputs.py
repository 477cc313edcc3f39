"""The words for a changed input say what it was changed to."""

import contextlib

import numpy as np
import pytest

from helpers.checks.kinds.inputs import THESE, Unfit, on_other_inputs

pytestmark = pytest.mark.tier("check")
NUMBER = (
    4,
    {
        "a = 0": 0,
        "a = 1": 1,
        "a + 1": 5,
        "a − 1": 3,
        "minus a": -4,
        "1 − a": -3,
        "a squared": 16,
        "twice a": 8,
        "half of a": 2,
        "a tenth of a": 0.4,
        "1 / a": 0.25,
    },
)
VECTOR = (
    np.array([4, -3, 0.5, 0]),
    {
        "a with 0 as its first number": [0, -3, 0.5, 0],
        "a with 0 as its last number": [4, -3, 0.5, 0],
        "a with 0 everywhere but in its first number": [4, 0, 0, 0],
        "a with 0 everywhere but in its last number": [0, 0, 0, 0],
        "a with 0 after its first two numbers": [4, -3, 0, 0],
        "a with its first number everywhere": [4, 4, 4, 4],
        "a with its mean everywhere": [0.375, 0.375, 0.375, 0.375],
        "a with its sum everywhere": [1.5, 1.5, 1.5, 1.5],
        "a in which all is 0": [0, 0, 0, 0],
        "a in which all is 1": [1, 1, 1, 1],
        "minus a": [-4, 3, -0.5, 0],
        "a without its signs": [4, 3, 0.5, 0],
        "a cut to whole numbers": [4, -3, 0, 0],
        "a squared": [16, 9, 0.25, 0],
        "twice a": [8, -6, 1, 0],
        "half of a": [2, -1.5, 0.25, 0],
        "1 − a": [-3, 4, 0.5, 1],
        "a in reverse order": [0, 0.5, -3, 4],
        "a without its last number": [4, -3, 0.5],
        "a without its first number": [-3, 0.5, 0],
        "ReLU of a": [4, 0, 0.5, 0],
        "the sigmoid of a": [0.982014, 0.047426, 0.622459, 0.5],
        "tanh of a": [0.999329, -0.995055, 0.462117, 0],
        "a turned into 1 (where it is above 0) and 0": [1, 0, 1, 0],
        "a turned into 1 (where it is above 0.5) and 0": [1, 0, 0, 0],
        "a with −1 in place of 0": [4, -3, 0.5, -1],
        "a minus its mean": [3.625, -3.375, 0.125, -0.375],
    },
)
TABLE = (
    np.array([[4, -3, 1], [0.5, 0, 2]]),
    {
        "a with 0 in its first row": [[0, 0, 0], [0.5, 0, 2]],
        "a with 0 in its last row": [[4, -3, 1], [0, 0, 0]],
        "a with 0 in its first column": [[0, -3, 1], [0, 0, 2]],
        "a with 0 in its last column": [[4, -3, 0], [0.5, 0, 0]],
        "a with 0 everywhere but in its first row": [[4, -3, 1], [0, 0, 0]],
        "a with 0 everywhere but in its last row": [[0, 0, 0], [0.5, 0, 2]],
        "a divided by the number of its columns": [[4 / 3, -1, 1 / 3], [0.5 / 3, 0, 2 / 3]],
        "a divided by the number of its rows": [[2, -1.5, 0.5], [0.25, 0, 1]],
        "a on its side": [[4, 0.5], [-3, 0], [1, 2]],
        "a with its rows in reverse order": [[0.5, 0, 2], [4, -3, 1]],
        "a with its columns in reverse order": [[1, -3, 4], [2, 0, 0.5]],
        "a without its last row": [[4, -3, 1]],
        "a without its first row": [[0.5, 0, 2]],
        "the first row of a alone": [[4, -3, 1]],
        "the last row of a alone": [[0.5, 0, 2]],
    },
)
PARAMS = (
    {"W1": np.array([4, -3]), "b1": np.array([-2])},
    {
        "W1 in which all is 0": {"W1": [0, 0], "b1": [-2]},
        "minus W1": {"W1": [-4, 3], "b1": [-2]},
        "W1 without its signs": {"W1": [4, 3], "b1": [-2]},
        "twice W1": {"W1": [8, -6], "b1": [-2]},
        "b1 in which all is 0": {"W1": [4, -3], "b1": [0]},
        "minus b1": {"W1": [4, -3], "b1": [2]},
        "b1 without its signs": {"W1": [4, -3], "b1": [2]},
        "twice b1": {"W1": [4, -3], "b1": [-4]},
        "biases of 0 in a": {"W1": [4, -3], "b1": [0]},
        "W1 and b1 exchanged": {"W1": [-2], "b1": [4, -3]},
        "W1 in place of b1": {"W1": [4, -3], "b1": [4, -3]},
        "b1 in place of W1": {"W1": [-2], "b1": [-2]},
    },
)
LAYERS = (
    [1, 2, 3],
    {
        "a in reverse order": [3, 2, 1],
        "a without the last entry": [1, 2],
        "a without the first entry": [2, 3],
    },
)


def same(a):
    return a


def changed(exercise, *args):
    """Return what comes of each change that makes sense, by the words for it."""
    found = {}
    for said, attempt in on_other_inputs(exercise):
        with contextlib.suppress(Unfit):
            found[said.removeprefix(THESE).rstrip(".")] = attempt(*args)
    return found


@pytest.mark.parametrize(("given", "words"), [NUMBER, VECTOR, TABLE, PARAMS, LAYERS])
def test_it_is_changed_to_what_the_words_say(make_exercise, given, words):
    found = changed(make_exercise(same, [(given,)]), given)
    for said, expected in words.items():
        if isinstance(expected, dict):
            assert {name: part.tolist() for name, part in found[said].items()} == expected, said
        else:
            np.testing.assert_allclose(found[said], expected, atol=1e-6, err_msg=said)


@pytest.mark.parametrize("given", [NUMBER[0], VECTOR[0], TABLE[0]])
def test_all_words_are_tried(make_exercise, given):
    """What is said of tables and lists alike stands in the lists' part."""
    found = changed(make_exercise(same, [(given,)]), given)
    assert set(found) <= {said for _, words in (NUMBER, VECTOR, TABLE) for said in words}


def test_where_a_change_makes_no_sense_there_is_none(make_exercise):
    exercise = make_exercise(same, [(1,)])
    assert "a + 1" not in changed(exercise, 0.5)
    assert "a on its side" not in changed(exercise, np.ones(3))
    assert changed(exercise, "relu") == {}


def test_two_inputs_are_exchanged(make_exercise):
    def line(x, w):
        return x - 2 * w

    assert changed(make_exercise(line, [(1, 3)]), 1, 3)["x and w exchanged"] == line(3, 1)


def test_a_setting_takes_its_default(make_exercise):
    def leak(z, slope=0.1):
        return slope * z

    found = changed(make_exercise(leak, [(2, 0.5)]), 2, 0.5)
    assert found["slope = 0.1, the default"] == leak(2)
