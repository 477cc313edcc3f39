"""Hints: a line with a gap, where to begin, and which lines stand in the answer already."""

import ast
import inspect
import re

import numpy as np
import pytest

from helpers import check
from helpers.checks import State, hinting
from helpers.checks.hinting import filled, hints_for, with_gaps
from helpers.checks.notebook import CheckFailed

from .known import COURSE, EXERCISES, each

pytestmark = pytest.mark.tier("check")
ASKED = [e for e in EXERCISES if not hasattr(e, "question")]
LAST_OF_SEVERAL = {"perceptron_update", "layer_forward", "critical_lr", "lr_sweep"}
IN_PROSE = {"train_xor"}  # whose third hint is no Python
every_exercise_with_code = each(e for e in ASKED if e.name not in IN_PROSE)


def asked(exercise, attempt):
    return hints_for(exercise, attempt, exercise.verdict(attempt))


@every_exercise_with_code
def test_the_third_hint_is_python_with_its_gaps_filled(exercise):
    hint = exercise.hints[2]
    assert ast.parse(filled(hint)).body
    assert "«" not in filled(hint) + with_gaps(hint)
    assert "____" in with_gaps(hint)


@each(e for e in ASKED if re.match("return [^\n]*$", e.hints[2]))
def test_a_third_hint_that_is_the_whole_answer_is_right_once_it_is_filled(exercise):
    scope = {"np": np, **{name: other.reference for name, other in COURSE.items()}}
    head = f"def {exercise.name}{inspect.signature(exercise.reference)}:\n    "
    exec(head + filled(exercise.hints[2]), scope)
    verdict = exercise.verdict(scope[exercise.name])
    assert verdict.right != (exercise.name in LAST_OF_SEVERAL), verdict.problem


def test_nothing_is_said_of_an_answer_before_a_check_or_after_a_right_one():
    def affine(X, W, b):
        return X @ W + b

    exercise = COURSE["affine"]
    assert filled(exercise.hints[2]) == "return X @ W + b"
    as_written = (*exercise.hints[:2], with_gaps(exercise.hints[2]))
    assert hints_for(exercise, None, None) == as_written
    assert asked(exercise, affine) == as_written


def test_hints_are_about_the_answer_that_was_checked_last():
    def affine(X, W, b):
        return W @ X + b

    with pytest.raises(CheckFailed):
        check.affine(affine)
    assert "which stops your answer" in repr(check.affine.hints(1))
    check.affine(COURSE["affine"].reference)
    assert "your answer" not in repr(check.affine.hints(1))


def test_the_first_hint_says_with_which_part_to_begin():
    def forward(X, params):
        Z1 = X @ params["W1"] + params["b1"]
        A1 = np.maximum(0, Z1)
        Z2 = A1 @ params["W2"] - params["b2"]
        A2 = 1 / (1 + np.exp(-Z2))
        return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    first, formula, line = asked(COURSE["forward"], forward)
    assert first.startswith("Begin with Z2: what comes before it is right. Four lines")
    assert (formula, line) == (
        COURSE["forward"].hints[1],
        'Z2 = ____ @ params["W2"] + params["b2"]',
    )


def test_where_no_part_is_right_nothing_is_said_of_what_comes_before():
    def forward(X, params):
        A2, cache = COURSE["forward"].reference(X, params)
        return A2 + 1, {key: value + 1 for key, value in cache.items()}

    assert asked(COURSE["forward"], forward)[0].startswith("Begin with Z1. ")


def test_the_first_hint_says_which_line_stops_the_answer():
    def affine(X, W, b):
        return W @ X + b

    first, _, _ = asked(COURSE["affine"], affine)
    assert "return W @ X + b, which stops your answer. Look at the shapes." in first


def test_the_third_hint_does_not_give_away_a_line_that_is_there():
    def forward(X, params):
        Z1 = X @ params["W1"] + params["b1"]
        A1 = np.maximum(0, Z1)
        Z2 = A1@params['W2'] + params['b2']  # fmt: skip
        A2 = np.tanh(Z2)
        return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    first, _, line = asked(COURSE["forward"], forward)
    assert first.startswith("Begin with cache['A2']")
    assert line == (
        "Your answer has this already, as it should be:\n"
        'Z2 = A1 @ params["W2"] + params["b2"]\n'
        "Look at how cache['A2'] is computed."
    )


def test_lines_that_are_there_are_shown_whole_and_the_others_with_their_gaps():
    def fit_scaler(X):
        mean = X.mean(axis=0, keepdims=True)
        std = X.std(axis=0)
        return mean, np.where(std == 0, 1, std)

    verdict = COURSE["fit_scaler"].verdict(fit_scaler)
    assert verdict.state is State.WRONG
    assert hints_for(COURSE["fit_scaler"], fit_scaler, verdict)[2].split("\n") == [
        "mean = X.mean(axis=0, keepdims=True)  # as in your answer",
        "std = X.std(axis=____, keepdims=True)",
        "return mean, np.where(std == 0, 1, std)  # as in your answer",
    ]


def test_an_answer_without_end_is_not_read(monkeypatch):
    """For some texts Python's parser takes the square of the time."""

    def fit_scaler(X):
        mean = X.mean(axis=0, keepdims=True)
        return mean, X.std(axis=0)

    line = "mean = X.mean(axis=0, keepdims=True)"
    assert f"{line}  # as in your answer" in asked(COURSE["fit_scaler"], fit_scaler)[2]
    monkeypatch.setattr(hinting, "_LONGEST", 100)
    assert asked(COURSE["fit_scaler"], fit_scaler)[2] == with_gaps(COURSE["fit_scaler"].hints[2])


@pytest.mark.parametrize("attempt", [7, len, type("C", (), {})(), np.array([1.0])])
def test_an_answer_whose_source_is_not_known_gets_the_hint_as_it_is(attempt):
    step = COURSE["step"]
    wrong = step.verdict(lambda z: z)
    assert hints_for(step, attempt, wrong)[2] == with_gaps(step.hints[2])
