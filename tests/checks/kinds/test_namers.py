"""Namers: each kind of sentence on small exercises, and when nothing is said."""

import inspect
import subprocess
import sys

import numpy as np
import pytest

from helpers.checks.kill_table import unknown
from helpers.checks.messages import message, without_color

from ..known import COURSE

pytestmark = pytest.mark.tier("check")
RNG = np.random.default_rng(4)
TABLES = [(RNG.normal(size=(rows, 3)).round(2),) for rows in (4, 5, 7)]


def said(exercise, attempt):
    """The kind and the sentence of a verdict; nobody calls it a likely cause."""
    verdict = exercise.verdict(attempt)
    assert not verdict.right
    assert verdict.cause == ""
    assert "likely cause" not in message(verdict)
    return verdict.kind, verdict.likeness


@pytest.fixture
def doubled(make_exercise):
    """Twice a table."""

    def double(X):
        return 2 * X

    return make_exercise(double, TABLES)


RELATIONS = {
    "Every sign is turned around.": lambda X: -2 * X,
    "Every number is 1 minus what it should be.": lambda X: 1 - 2 * X,
    "Every number is 1 divided by what it should be.": lambda X: 0.5 / X,
    "Every number is half of what it should be.": lambda X: X,
    "Every number is 3 times what it should be.": lambda X: 6 * X,
    "Every number is 0.5 too large.": lambda X: 2 * X + 0.5,
    "Every number is the right one times the number of rows of X.": lambda X: 2 * X * len(X),
    "Every number is the right one divided by the number of rows of X.": lambda X: 2 * X / len(X),
    "The answer lies on its side.": lambda X: 2 * X.T,
    "The rows stand in reverse order.": lambda X: 2 * X[::-1],
    "The columns stand in reverse order.": lambda X: 2 * X[:, ::-1],
    "The rows are shifted by one place.": lambda X: 2 * np.roll(X, 1, axis=0),
    "The rows are added up on the way.": lambda X: np.cumsum(2 * X, axis=0),
    "The last row is missing.": lambda X: 2 * X[:-1],
    "The right rows, and one more at the end.": lambda X: np.vstack([2 * X, X[:1]]),
    "Every row is the first one.": lambda X: np.repeat(2 * X[:1], len(X), axis=0),
    "Every number is 7, whatever comes in.": lambda X: np.full(X.shape, 7.0),
    "The right numbers with ReLU on top.": lambda X: np.maximum(0, 2 * X),
    "The right numbers with tanh on top.": lambda X: np.tanh(2 * X),
    "The right numbers with rounding to whole numbers on top.": lambda X: np.round(2 * X),
    "The numbers are right, their shape is not.": lambda X: (2 * X).ravel(),
    "One number: the sum of the right ones.": lambda X: (2 * X).sum(),
    "The means of the right columns.": lambda X: (2 * X).mean(axis=0),
    "The right numbers times X, number by number.": lambda X: 2 * X * X,
    "This is np.exp of X.": np.exp,
    "The right numbers, but divided by the number of columns of X in place of its rows.": (
        lambda X: 2 * X * len(X) / X.shape[1]
    ),
    "Only the first row is filled, all others are 0. Does return stand inside a loop?": (
        lambda X: 2 * X * (np.arange(len(X)) < 1)[:, None]
    ),
    "This is the standard deviation of each column of X.": lambda X: X.std(axis=0),
    "This is the largest number of each row of X.": lambda X: X.max(axis=1, keepdims=True),
    "Every number is the number of rows of X minus the right one.": lambda X: len(X) - 2 * X,
    "The rows and the columns are shifted by one place.": lambda X: np.roll(2 * X, 1, (0, 1)),
    "No number is above 1.5. All others are right.": lambda X: np.minimum(2 * X, 1.5),
    "No number is below -1 or above 1.5. All others are right.": lambda X: np.clip(2 * X, -1, 1.5),
    "Every number is 0.75 times the square of the right one.": lambda X: 3 * X**2,
    "Every number is nan, whatever comes in. nan comes of 0/0, ∞/∞, ∞ − ∞ or 0·∞, or of a log or "
    "a root of what is below 0.": lambda X: X * np.nan,
    "Each row has 1 at the place of its largest number, and 0 elsewhere.": lambda X: (
        (X.max(axis=1, keepdims=True) == X) * 1
    ),
}


@pytest.mark.parametrize(("sentence", "attempt"), RELATIONS.items(), ids=RELATIONS)
def test_relations(doubled, sentence, attempt):
    assert said(doubled, attempt) == ("relation", sentence)


def test_a_number_divided_by_the_right_one(doubled):
    kind, sentence = said(doubled, lambda X: 1.5 / X)  # infinite where X is 0
    assert (kind, sentence.split(": ")[1]) == (
        "relation",
        "every number is 3 divided by the right one.",
    )


def test_a_multiple_of_an_argument(make_exercise):
    def moved(w, g, lr):
        return w - lr * g**3

    sizes = ((3, 0.5), (4, 0.25), (2, 0.2))
    cases = [(*RNG.normal(size=(2, size)).round(2), rate) for size, rate in sizes]
    nothing = (np.array([1.0, -2.0, 0.5]), np.zeros(3), 0.1)  # right, whatever is added of g
    exercise = make_exercise(moved, [*cases, nothing])
    for sentence, attempt in {
        "minus 0.01 · lr · w": lambda w, g, lr: moved(w, g, lr) - 0.01 * lr * w,
        "plus lr · g": lambda w, g, lr: moved(w, g, lr) + lr * g,
        "minus 3 times g": lambda w, g, lr: moved(w, g, lr) - 3 * g,
    }.items():
        assert said(exercise, attempt) == ("relation", f"The right numbers {sentence}.")


def test_another_exercise():
    def of_momentum(w, g, s, lr, rho=0.9, eps=1e-8):
        return w - lr * (rho * s + g), rho * s + g

    kind, sentence = said(COURSE["rmsprop_step"], of_momentum)
    assert (kind, sentence) == (
        "other exercise",
        "This is what exercise 7.5 asks for: one step with momentum.",
    )


def test_an_input_as_it_came_in_is_no_other_exercise():
    exercise = COURSE["output_error"]
    output = next(m for m in exercise.mistakes if m.name == "error_is_the_output")
    kinds = [kind for kind, _ in unknown(exercise, output)]
    assert kinds
    assert "other exercise" not in kinds


def test_facts_are_no_numbers_of_another_input():
    exercise = COURSE["minibatches"]
    late = next(m for m in exercise.mistakes if m.name == "starts_from_one")
    kinds = [kind for kind, _ in unknown(exercise, late)]
    assert kinds == ["other operation"]  # X without its last row would show the same facts


def test_words_that_stand_in_place_of_others(make_exercise):
    def sign(x):
        return "above" if x > 0 else "below" if x < 0 else "level"

    exercise = make_exercise(sign, [(2.0,), (-1.0,), (0.0,), (3.0,)])
    flat = lambda x: {"level": "flat"}.get(sign(x), sign(x))  # noqa: E731
    told = "The names are others: 'flat' for 'level'. Write them as asked."
    assert said(exercise, flat) == ("other words", told)
    mixed = lambda x: "flat" if x <= 0 else "above"  # noqa: E731
    assert said(exercise, mixed)[0] != "other words"


def test_a_word_that_is_spelled_otherwise(make_exercise):
    cases = [(number,) for number in (2.0, -1.0, 3.0, -0.5)]
    exercise = make_exercise(lambda x: "valley" if x > 0 else "top", cases)
    kind, sentence = said(exercise, lambda x: "Valley floor" if x > 0 else "top")
    assert (kind, sentence.split(". ")[1]) == ("spelling", "Write 'valley', and nothing else.")
    assert said(exercise, lambda x: "top" if x > 0 else "valley")[0] != "spelling"


def test_a_function_that_is_missing(make_exercise):
    def squashed(X):
        return 1 / (1 + np.exp(-X))

    missing = "The right numbers before the sigmoid: that is missing."
    assert said(make_exercise(squashed, TABLES), lambda X: X) == ("relation", missing)


PLACES = {
    "Only the last row is wrong.": lambda X: np.vstack([2 * X[:-1], X[-1:] ** 2 + 9]),
    "Only the first row and the first column are wrong. There: every number is 0, whatever comes "
    "in.": lambda X: np.pad(2 * X[1:, 1:], ((1, 0), (1, 0))),
    "Only the first column is right.": lambda X: np.hstack([2 * X[:, :1], X[:, 1:] ** 3]),
    "Only the first row and the first column are right.": lambda X: np.vstack(
        [2 * X[:1], np.hstack([2 * X[1:, :1], X[1:, 1:] ** 3 + 9])]
    ),
    "Only where X is negative are numbers wrong.": lambda X: np.where(X < 0, X**2 + 3, 2 * X),
    "Only where X is negative are numbers wrong. There: every number is 1 minus what it should "
    "be.": lambda X: np.where(X < 0, 1 - 2 * X, 2 * X),
    "Only where X is negative are numbers wrong. There: every number is 7, whatever comes in.": (
        lambda X: np.where(X < 0, 7, 2 * X)
    ),
}


@pytest.mark.parametrize(("sentence", "attempt"), PLACES.items(), ids=PLACES)
def test_places(doubled, sentence, attempt):
    assert said(doubled, attempt) == ("place", sentence)


def test_of_a_place_where_the_right_number_is_always_the_same_nothing_empty_is_said(make_exercise):
    def cut(X):
        return np.maximum(0, X)

    def small(X):  # a threshold would make the right number of each: 0
        return np.where(X < 0, np.abs(np.sin(9 * X)) / 9 + 0.01, X)

    sentence = "Only where X is negative are numbers wrong."
    assert said(make_exercise(cut, TABLES), small) == ("place", sentence)


def test_an_argument_that_is_added_too_often(make_exercise):
    def shifted(X, b):
        return X**2 + b

    exercise = make_exercise(shifted, [(X, RNG.normal(size=(1, 3))) for (X,) in TABLES])
    often = said(exercise, lambda X, b: X**2 + len(X) * b)
    assert often == (
        "relation",
        "The right numbers plus (n − 1) · b, n being the number of rows of X. Is b added anew in "
        "each round of a loop?",
    )
    twice = said(exercise, lambda X, b: X**2 - b)
    assert twice == ("relation", "The right numbers minus 2 times b.")
    assert said(exercise, lambda X, b: X - X**2 - b)[1] == "This is X minus the right numbers."


def test_only_the_last_number_counts(make_exercise):
    def total(x, w):
        return float(x @ w)

    cases = [(RNG.normal(size=n), RNG.normal(size=n)) for n in (3, 4, 5, 7)]
    kind, sentence = said(make_exercise(total, cases), lambda x, w: float(x[-1] * w[-1]))
    assert kind == "other input"
    assert sentence.endswith("Does a loop write over what it had, with = in place of +=?")


def test_what_is_lost(doubled):
    def in_whole_numbers(X):
        made = np.zeros(X.shape, dtype=int)
        made[:] = 2 * X + X**2 / 3
        return made

    kind, sentence = said(doubled, in_whole_numbers)
    assert kind == "lost"
    assert sentence.startswith("Whole numbers came back where there should be decimals.")


def test_all_is_zero_up_to_rounding(make_exercise):
    def raised(X):
        return X + 5

    tiny = said(make_exercise(raised, TABLES), lambda X: 1e-20 * X**2)
    assert tiny == ("lost", "Every number is 0, whatever comes in.")


def test_nearly_right_is_said_with_how_nearly(doubled):
    kind, sentence = said(doubled, lambda X: 2 * X + 1e-5 * np.sin(X))
    assert kind == "near"
    assert "to about 5 digits, no further" in sentence
    assert said(doubled, lambda X: 2 * X + np.sin(X))[0] == ""


def test_what_holds_beside_numbers_that_are_not_finite(make_exercise):
    def ratio(z):
        return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))

    z = np.array([-2.0, -1.0, 0.5, 0.25, 3.0, 1500.0])
    exercise = make_exercise(ratio, [(z,), (z[::-1] / 2,), (z[1:] * 0.75,)])
    kind, sentence = said(exercise, lambda z: np.exp(z) / (1 + np.exp(z)))
    assert (kind, sentence.split(".")[0]) == ("relation", "All other numbers are right")
    turned = said(exercise, lambda z: -np.exp(z) / (1 + np.exp(z)))[1]
    assert turned.endswith("are finite: every sign is turned around.")


def test_which_cases_are_wrong(make_exercise):
    def shares(y, a):
        return np.mean((np.ravel(a) > 0.5) == np.ravel(y))

    y, a = np.array([0, 1, 1, 0, 1]), np.array([0.2, 0.9, 0.3, 0.7, 0.8])
    shapes = [(y, a), (y[:, None], a[:, None]), (y[:, None], a), (y, a[:, None]), (y[1:], a[1:])]
    exercise = make_exercise(shares, shapes)
    assert said(exercise, lambda y, a: ((a > 0.5) == y).sum() / len(y)) == (
        "case",
        "It is wrong in every case where one of y and a is a column and the other flat, and right "
        "in all others.",
    )


def test_which_text_the_wrong_cases_have(make_exercise):
    def slope(z, name):
        return {"tanh": 1 - np.tanh(z) ** 2, "relu": 1.0 * (z > 0)}[name]

    cases = [(z, name) for z in (0.0, 0.5, -1.5, 0.25) for name in ("tanh", "relu")]
    exercise = make_exercise(slope, cases)
    wrong = {"tanh": lambda z: 1 - z**4, "relu": lambda z: 1.0 * (z > 0)}
    assert said(exercise, lambda z, name: wrong[name](z)) == (
        "case",
        "It is wrong only in cases where name is 'tanh'.",
    )


NAMES = {
    "Every name that is listed belongs there, but some are missing.": lambda d: [
        k for k in d if d[k] > 2
    ],
    "All names that belong there are listed, and some that do not.": list,
    "Exactly the other names are listed: those that should not be.": lambda d: [
        k for k in d if d[k] <= 1
    ],
}


@pytest.mark.parametrize(("sentence", "attempt"), NAMES.items(), ids=NAMES)
def test_lists_of_names(make_exercise, sentence, attempt):
    def large(d):
        return [k for k in d if d[k] > 1]

    cases = [({"a": 0.5, "b": 2.5, "c": 1.5},), ({"a": 3.5, "b": 1.5, "c": 0},)]
    assert said(make_exercise(large, cases), attempt) == ("names", sentence)


def test_a_sentence_that_fails_in_one_case_is_not_said(doubled):
    def moody(X):
        return -2 * X if len(X) < 7 else 2 * X + np.arange(3)

    assert said(doubled, moody) == ("", "")


def test_one_case_or_two_numbers_are_no_evidence(make_exercise):
    def double(x):
        return 2 * x

    cases = [(np.array([1.0, 2.0, 3.0]),), (np.zeros(3),)]
    assert said(make_exercise(double, cases), lambda x: -2 * x) == ("", "")
    assert said(make_exercise(double, [(1.0,), (2.0,)]), lambda x: -2 * x) == ("", "")
    cases = [(1.0,), (2.0,), (3.0,)]
    assert said(make_exercise(double, cases), lambda x: -2 * x)[0] == "relation"


def test_which_label_the_wrong_cases_have(make_exercise):
    def step(w, target, lr):
        return w + lr * (target - 0.5)

    tables = [table for (table,) in TABLES]
    cases = [(w, target, lr) for w in tables for target in (0, 1) for lr in (1, 2, 3)]
    exercise = make_exercise(step, cases)
    assert said(exercise, lambda w, target, lr: w + lr * (target / 2 + w * (1 - target))) == (
        "case",
        "It is wrong in every case where target is 0, and right in all others.",
    )
    wrong_for_3 = said(exercise, lambda w, target, lr: step(w, target, lr) + w**2 * (lr == 3))
    assert wrong_for_3 == ("", "")  # one of many numbers


def test_minus_one_for_zero(make_exercise):
    def fires(X):
        return (X.sum(axis=1) > 0) * 1

    rows = [(np.vstack([X, 0 * X[:1], -X]),) for (X,) in TABLES]
    sign = said(make_exercise(fires, rows), lambda X: np.sign(X.sum(axis=1)))
    assert sign == ("relation", "−1 stands in place of 0.")


def test_arrays_of_a_dict_are_called_by_their_names(make_exercise):
    def slopes(params):
        return params["w"] ** 2 + 1

    cases = [({"w": X, "b": X[:1]},) for (X,) in TABLES]
    updated = said(make_exercise(slopes, cases), lambda params: params["w"] - slopes(params))
    assert updated == ("relation", "This is w minus the right numbers.")


def test_some_rows_of_all_arrays(make_exercise):
    def loss(y, a):
        return float(np.mean((y - a) ** 2))

    cases = [(RNG.normal(size=(m, 1)), RNG.normal(size=(m, 1))) for m in (3, 4, 5, 7)]
    exercise = make_exercise(loss, cases)
    assert said(exercise, lambda y, a: loss(y[:1], a[:1])) == (
        "other input",
        "These are the right numbers for the first row of y and a alone.",
    )


def test_the_same_answer_whatever_comes_in(make_exercise):
    def describe(name):
        return {"first letter": name[0], "last letter": name[-1]}

    exercise = make_exercise(describe, [("AND",), ("NOR",), ("OR",), ("NAND",)])
    assert said(exercise, lambda name: describe("XOR")) == (
        "setting",
        "The answer is the same in every call, whatever name is.",
    )


def test_parts_that_are_exchanged(make_exercise):
    def three(X):
        return 2 * X, 3 * X + 1, X**3

    exercise = make_exercise(three, TABLES, returns=("a", "b", "c"), parts=("a", "b", "c"))
    both = "a and c are exchanged: each is what the other one should be."
    assert said(exercise, lambda X: (X**3, 3 * X + 1, 2 * X)) == ("exchanged", both)
    assert said(exercise, lambda X: (X**3, X, X**3)) == ("another part", "a is what c should be.")
    later = said(exercise, lambda X: (X**2 - 9, X**3, X**3))
    assert later == ("another part", "b is what c should be.")
    assert said(exercise, lambda X: (X[:1] ** 3, X**5, X))[0] not in ("exchanged", "another part")


def test_parts_are_told_one_by_one(make_exercise):
    def pair(X):
        return 2 * X, 3 * X

    exercise = make_exercise(pair, TABLES, returns=("a", "b"), parts=("b", "a"))
    assert said(exercise, lambda X: (-2 * X, 3 * X)) == (
        "relation",
        "a: every sign is turned around.",
    )
    assert said(exercise, lambda X: (-2 * X, -3 * X))[1] == "b and a: every sign is turned around."
    assert said(exercise, lambda X: (3 * X, -3 * X))[1] == "b: every sign is turned around."


@pytest.fixture
def leaky(make_exercise):
    """An exercise with a setting."""

    def leak(z, slope=0.1):
        return np.where(z > 0, z, slope * z)

    cases = [(table[0], s) for table, s in zip(TABLES, (0.1, 0.3, 0.2), strict=True)]
    return make_exercise(leak, [*cases, (TABLES[0][0],), (TABLES[2][0],)])


def test_another_default(leaky):
    def theirs(z, slope=0.01):
        return np.where(z > 0, z, slope * z)

    sentence = "The default is slope=0.01. It should be slope=0.1."
    assert said(leaky, theirs) == ("default", sentence)


def test_a_default_is_not_blamed_for_what_is_wrong_besides(make_exercise):
    def leak(z, slope=0.1):
        return np.where(z > 0, z, slope * z)

    def theirs(z, slope=0.01):
        return np.where(z > 0, z, -slope * z)

    assert said(make_exercise(leak, TABLES), theirs)[0] != "default"


def test_a_setting_without_effect(leaky):
    sentence = "slope has no effect: the answer is the same whatever slope is."
    assert said(leaky, lambda z, slope=0.1: np.where(z > 0, z, 0.1 * z)) == ("setting", sentence)


def test_of_values_that_are_not_returned_no_setting_is_said_to_have_no_effect(make_exercise):
    def step(w, lr):
        return w - lr, w + 1

    cases = [(w, lr) for (w,) in TABLES for lr in (0.1, 0.3)]
    exercise = make_exercise(step, cases, returns=("down", "up"), settings=("lr",))
    assert said(exercise, lambda w, lr: [w + 1])[0] != "setting"
    assert said(exercise, lambda w, lr: (w**2, w + 1))[0] == "setting"


def test_a_setting_is_not_blamed_for_what_it_cannot_do(make_exercise):
    def clipped(z, most=5.0):
        return np.minimum(z, most)

    cases = [(table[0], most) for table in TABLES for most in (0.5, 5.0)]
    exercise = make_exercise(clipped, cases)
    assert said(exercise, lambda z, most=5.0: z**3)[0] != "setting"


def test_two_things(doubled):
    @doubled.mistake("A cube was taken.")
    def cubed(X):
        return X**3

    kind, sentence = said(doubled, lambda X: -(X**3))
    assert (kind, sentence) == (
        "two things",
        "Two things. Every sign is turned around. And: A cube was taken.",
    )


def test_where_two_pairs_of_things_fit_neither_is_said(doubled):
    @doubled.mistake("A cube was taken.")
    def cubed(X):
        return X**3

    @doubled.mistake("A cube was taken, and it lost something.")
    def small(X):
        return -(X**3) / 2

    assert said(doubled, lambda X: -(X**3))[0] != "two things"


def test_two_things_are_not_one_thing_twice(doubled):
    @doubled.mistake("The sign is wrong, and a cube was taken.")
    def minus_cubed(X):
        return -(X**3)

    assert said(doubled, lambda X: X**3)[0] != "two things"


def power(x, n):
    """A reference, whose source its mutants are made from."""
    made = 1.0
    for _ in range(n):
        made = made * x + 0.5
    return made


@pytest.fixture
def powers(make_exercise):
    """An exercise with a number of rounds."""
    return make_exercise(power, [(0.3, 2), (1.7, 3), (-0.6, 5), (2.5, 4)])


def test_another_input(powers):
    sentence = "These are the right numbers for n + 1."
    assert said(powers, lambda x, n: power(x, n + 1)) == ("other input", sentence)
    sentence = "These are the right numbers for minus x."
    assert said(powers, lambda x, n: power(-x, n)) == ("other input", sentence)


def test_another_operation_is_named_and_no_line(powers, monkeypatch):
    def turned(x, n):
        made = 1.0
        for _ in range(n):
            made = made * x - 0.5
        return made

    monkeypatch.setattr("helpers.checks.kinds.operations._COURSE", "")
    sentence = "These numbers come out if − stands in place of +."
    assert said(powers, turned) == ("other operation", sentence)


def test_of_another_way_it_is_said_that_it_is_another(make_exercise, monkeypatch):
    def weighted(x, w):
        return np.sum(x * w)

    def by_hand(x, w):
        return np.sum(w * (x + x)) / 2

    monkeypatch.setattr("helpers.checks.kinds.operations._COURSE", "")
    cases = [(RNG.normal(size=n), RNG.normal(size=n)) for n in (3, 4, 5, 7)]
    exercise = make_exercise(weighted, cases)
    exercise.variant(by_hand)
    other = said(exercise, lambda x, w: np.sum(w * (x * x)) / 2)[1]
    assert other == "These numbers come out if, in one right way, * stands in place of +."
    # + in place of * gives this in both ways, so it need not be said in which.
    exercise = make_exercise(weighted, cases)
    exercise.variant(lambda x, w: np.sum(x * w))
    plain = said(exercise, lambda x, w: np.sum(x + w))[1]
    assert plain == "These numbers come out if + stands in place of *."


def spread(x):
    """A reference with brackets, a call and a choice."""
    return np.log(1 + x**2) - np.sum(x + 1) / 2


REWRITTEN = {
    "brackets stand elsewhere: + is done before **.": lambda x: (
        np.log((1 + x) ** 2) - np.sum(x + 1) / 2
    ),
    "1 + … stands before the brackets of log, and not inside.": lambda x: (
        1 + np.log(x**2) - np.sum(x + 1) / 2
    ),
    "+ 1 stands behind the brackets of sum, and not inside.": lambda x: (
        np.log(1 + x**2) - (np.sum(x) + 1) / 2
    ),
}


@pytest.mark.parametrize(("sentence", "attempt"), REWRITTEN.items(), ids=REWRITTEN)
def test_brackets_and_the_order_of_steps(make_exercise, sentence, attempt):
    exercise = make_exercise(spread, [(x,) for (x,) in TABLES])
    assert said(exercise, attempt) == ("other operation", f"These numbers come out if {sentence}")


def test_where_two_sentences_fit_none_is_said(make_exercise):
    def line(x, w, b):
        return (x * w + b > 0) * 1.0

    cases = [(x, w, b) for x in (-1.5, 0.5, 2.5) for w in (-2.0, 0.7) for b in (0.5, -0.9, 2.0)]
    exercise = make_exercise(line, cases)
    assert said(exercise, lambda x, w, b: line(x, w, 2 * b)) == ("", "")  # or half of x


def test_what_cannot_be_told_apart_is_said_together(make_exercise):
    def product(x, y):
        return x * y + 1

    exercise = make_exercise(product, [(1.5, 2.5), (0.3, -2.0), (3.5, 0.7)])
    sentence = "These are the right numbers for minus x, or minus y."
    assert said(exercise, lambda x, y: -x * y + 1) == ("other input", sentence)


def test_without_source_nothing_is_made_up(monkeypatch):
    from helpers.checks.kinds.operations import with_other_operations

    exercise = COURSE["relu_derivative"]
    assert list(with_other_operations(exercise))

    def lost(_):
        raise OSError("could not get source code")

    monkeypatch.setattr(inspect, "getsource", lost)
    assert list(with_other_operations(exercise)) == []


def test_a_crash_or_a_change_of_the_input_is_not_explained_by_numbers(doubled):
    def changing(X):
        X *= -2
        return X

    def crashing(X):
        return -2 * X if len(X) < 7 else 1 / 0

    assert said(doubled, changing) == ("", "")
    assert said(doubled, crashing) == ("", "")
    assert said(doubled, lambda X: None) == ("", "")


def test_the_message_says_looks_like(doubled):
    text = without_color(message(doubled.verdict(lambda X: -2 * X)))
    assert "  looks like    Every sign is turned around.\n" in text


def test_namers_are_imported_for_wrong_answers_only():
    code = (
        "import sys; from helpers import check; from helpers.checks import exercises\n"
        "step = exercises()['step']; assert step.verdict(step.reference).right\n"
        "assert not any(name.startswith('helpers.checks.kinds') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
