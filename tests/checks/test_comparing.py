"""Sentences about differences, and how values are written down."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.checks.comparing import Tolerance, difference, same, type_name
from helpers.checks.plain import plain, show

pytestmark = pytest.mark.tier("check")

A = np.arange(6.0).reshape(2, 3)
KINDS = Tolerance(same_kind=True)

SAME = [
    (1, 1.0),
    (True, 1),
    (1 + 1e-9, 1.0),
    ([1, 2], np.array([1.0, 2.0])),
    ((1, 2), [1, 2]),
    (np.array([1, 2]), (1, 2)),
    (A, (A[0], A[1])),
    ([1.0, [2.0]], (1.0, [2.0])),
    ("relu", "relu"),
    (None, None),
    (["a", "b"], ["a", "b"]),
    ({"W": A, "more": 1}, {"W": A}),
    ([(A, A[0])], [(A, A[0])]),
    ([[A, A[0]]], [(A, A[0])]),
    (np.inf, np.inf),
    (np.nan, np.nan),
]
DIFFERENT = [
    (2.0, 1.0, ""),
    ("relu", 1.0, "The answer is a string, but it should be a single number."),
    (1.0, "relu", "The answer is a single number, but it should be a string."),
    ("tanh", "relu", ""),
    (None, "relu", "The answer is None, but it should be a string."),
    (A, {"W": A}, "The answer is an array of shape (2, 3), but it should be a dict."),
    ({"b": 1}, {"W": A, "V": A}, "The dict has no key 'W', 'V'."),
    ({"W": A + 1}, {"W": A}, "The first difference is in 'W'."),
    ({"W": A[0]}, {"W": A}, "The first difference is in 'W'. The shape is (3,), but it should be"),
    (
        (1, 2, 3),
        (1, 2),
        "The answer is a tuple of 3 values, but it should be 2 values: return w, b.",
    ),
    ((1,), (1, 2), "The answer is a tuple of 1 value, but it should be 2 values: return w, b."),
    (1, (1, 2), "The answer is a single number, but it should be 2 values: return w, b."),
    ((1, 3), (1, 2), "The first difference is in b."),
    (np.array([1, 3]), (1, 2), "The first difference is in b."),
    (
        A,
        (A[0], A[0]),
        "The answer is an array of shape (2, 3), but it should be 2 values: return w, b.",
    ),
    (A[0, :2], (A, A), "The answer is an array of shape (2,), but it should be 2 values: return"),
    (
        (A, A[:1]),
        A,
        "The answer is a tuple of 2 values, but it should be one array of shape (2, 3). Did a "
        "comma after return make it one?",
    ),
    ((2, 3), A, "The answer is (2, 3), the shape alone. It should be one array of shape (2, 3)."),
    ((A,), A, "The answer is a tuple of 1 value, but it should be one array of shape (2, 3)."),
    (
        (1.0,),
        1.0,
        "The answer is a tuple of 1 value, but it should be a single number. Did a comma",
    ),
    (
        (A / 7 * (1 + 5e-7)).astype(np.float32),
        A / 7,
        "The numbers are right to about 7 digits only, because",
    ),
    ((A / 6).astype(np.float32), A / 7, ""),
    (A / 7 * (1 + 5e-7), A / 7, "The numbers are right to about 6 digits, no further."),
    (A / 7 * (1 + 5e-6), A / 7, ""),
    (1 / 3 + 1e-7, 1 / 3, "The numbers are right to about 6 digits, no further."),
    (1, [1, 2], "The answer is a single number, but it should be a list of 2 values."),
    ([1, 2], ["a", "b"], "The first difference is in entry 0. The answer is a single number, but"),
    (["a"], ["a", "b"], "The answer is a list of 1 value, but it should be a list of 2 values."),
    ([(A, A)], [(A, A[0])], "The first difference is in entry 0, entry 1. The shape is (2, 3), bu"),
    (A[0], 1.0, "The answer is an array of shape (3,), but it should be a single number."),
    (1e308, -1e308, ""),
    (np.nan, 1.0, "The answer contains nan (not a number)."),
    (-np.inf, 1.0, "The answer contains inf (infinity)."),
    ([1.0, np.inf], [np.inf, 1.0], ""),
    ([0.5, 0.4], [0.25, 0.75], "The numbers should sum to 1, but these sum to 0.9."),
    ([0.4, 0.6], [0.25, 0.75], ""),
    ([[0.5, 0.5], [0.5, 0.7]], [[0.25, 0.75]] * 2, "Each row should sum to 1, but one sums to 1.2"),
    (((A,), 1), (A, 1), "The first difference is in w. The answer is a tuple of 1 value, but it"),
    ([np.nan, np.inf], [np.inf, 1.0], "The answer contains nan (not a number)."),
]


@pytest.mark.parametrize(("got", "expected"), SAME, ids=repr)
def test_same(got, expected):
    assert difference(plain(got), plain(expected), Tolerance()) is None


_NUMBERS = st.sampled_from([0, 1, True, 0.0, 1.0, 1 + 1e-9, 1.1, np.nan, np.inf, -np.inf, 1j])
_ARRAYS = st.lists(_NUMBERS, min_size=1, max_size=3).map(np.array)
_PLAIN = st.recursive(
    st.one_of(_NUMBERS, _ARRAYS, st.sampled_from([None, "relu"])),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.lists(inner, max_size=2).map(tuple),
        st.dictionaries(st.sampled_from("Wb"), inner),
    ),
    max_leaves=4,
)


@given(_PLAIN, _PLAIN, st.sampled_from([Tolerance(), Tolerance(rtol=0.2), KINDS]))
def test_what_is_the_same_has_no_difference_either_way(one, other, tolerance):
    one, other = plain(one), plain(other)
    neither = all(difference(a, b, tolerance) is None for a, b in ((one, other), (other, one)))
    assert same(one, other, tolerance) == neither
    assert same(one, one, tolerance)


@pytest.mark.parametrize(("got", "expected", "sentence"), DIFFERENT, ids=repr)
def test_different(got, expected, sentence):
    found = difference(plain(got), plain(expected), Tolerance(), ("w", "b"))
    assert found.startswith(sentence)
    assert bool(found) == bool(sentence)


def test_a_comma_after_return_makes_no_part_of_an_answer():
    assert "comma" in difference((1.0,), 1.0, Tolerance())
    assert "comma" not in difference(((1.0,), 2.0), (1.0, 2.0), Tolerance())


def test_tuples_without_names():
    assert difference(1, (1, 2), Tolerance()) == (
        "The answer is a single number, but it should be 2 values."
    )
    assert difference((1, 3), (1, 2), Tolerance()) == "The first difference is in entry 1."


@pytest.mark.parametrize(
    ("got", "expected", "sentence"),
    [
        (True, 1, "The numbers are booleans, but they should be integers. Use .astype(int)"),
        ([1.0], [1], "The numbers are floats, but they should be integers. Use .astype(int)"),
        ([1], [1.0], "The numbers are integers, but they should be floats."),
        ([1 + 0j], [1.0], "The numbers are complex numbers, but they should be floats."),
        ([True], [2], "The values are not the expected ones. The numbers are booleans, but they"),
    ],
)
def test_kinds(got, expected, sentence):
    assert difference(got, expected, KINDS).startswith(sentence)
    assert difference([], [], KINDS) is None
    assert difference(np.zeros(0, bool), np.zeros(0, int), KINDS) is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "None"),
        ([1], "a list of 1 value"),
        ((), "a tuple of 0 values"),
        ({}, "a dict"),
        (1j, "a single number"),
        ({1}, "a set"),
    ],
)
def test_type_names(value, name):
    assert type_name(value) == name


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.3333333333"),
        (1e-12, "1e-12"),
        (2.0, "2.0"),
        (7, "7"),
        (float("nan"), "nan"),
        (np.float64(0.25), "0.25"),
        (True, "True"),
        ("relu", "'relu'"),
        (None, "None"),
        ((1,), "(1,)"),
        ((), "()"),
        ([], "[]"),
        ({"w": 0.1 + 0.2}, "{'w': 0.3}"),
        (np.zeros((0, 3)), "[]"),
        (np.array([1.5, -2.0]), "[1.5, -2.0]"),
        (np.array([[1.5, -2.0], [10.0, 0.0]]), "[[ 1.5, -2.0],\n [10.0,  0.0]]"),
        ((np.eye(2), 1.0), "([[1.0, 0.0],\n  [0.0, 1.0]],\n 1.0)"),
        (list(range(100)), f"[{', '.join(map(str, range(60)))}, …]"),
        (np.arange(100), "[0, 1, 2, ..., 97, 98, 99]"),
        (np.random.default_rng(0), "rng"),
        (abs, "abs"),
        ("x" * 5000, f"'{'x' * 1499} …"),
    ],
    ids=range(23),
)
def test_shown(value, text):
    assert show(value) == text


def test_shown_as_code():
    assert show([np.array([0.1 + 0.2])], code=True) == "[np.array([0.30000000000000004])]"

    class Activation:
        def __call__(self, z):
            return z

    assert show(Activation()) == "Activation"


numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(numbers, numbers)
def test_what_differs_looks_different(one, other):
    if difference(one, other, Tolerance()) is not None:
        assert show(one) != show(other)


@given(st.lists(st.floats(), max_size=5))
def test_everything_equals_itself(values):
    assert difference(values, list(values), Tolerance()) is None


@given(st.lists(numbers, min_size=1, max_size=5))
def test_what_is_shown_as_code_is_exact(values):
    assert eval(show(np.array(values), code=True), {"np": np}).tolist() == values
