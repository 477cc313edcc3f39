"""What a demonstration calls: the student's answer where its check is right, else the course's."""

import numpy as np
import pytest

from helpers import check, reference
from helpers.checks import exercises, yours
from helpers.checks.notebook import CheckFailed
from helpers.course.grading.inside.checks import GradedElsewhere

pytestmark = pytest.mark.tier("check")


@pytest.fixture(autouse=True)
def _nothing_was_checked(monkeypatch):
    monkeypatch.setattr(yours, "last", {})


def weighted_sum(x, w, b):
    return x @ w + b


def without_bias(x, w, b):
    return x @ w


def not_written(x, w, b):
    raise NotImplementedError("Exercise 1.1: the weighted sum of one neuron")


def crashing(x, w, b):
    return x @ w + bias  # noqa: F821


@pytest.mark.parametrize(
    ("attempt", "said"),
    [
        (weighted_sum, "This uses your own weighted_sum.\n"),
        (without_bias, "Your weighted_sum is not right yet, so this uses the course's. "),
        (not_written, "weighted_sum is not written yet, so this uses the course's.\n"),
        (crashing, "Your weighted_sum is not right yet, so this uses the course's. "),
    ],
)
def test_it_says_whose_it_is(attempt, said, capsys):
    mine = check.yours(weighted_sum=attempt)
    assert capsys.readouterr().out.startswith(said)
    assert (mine.weighted_sum is reference.weighted_sum) == (attempt is not weighted_sum)
    assert mine.weighted_sum(np.array([1.0, 2.0]), np.array([3.0, 4.0]), 0.5) == 11.5


def test_several_at_once(capsys):
    def stub(*_):
        raise NotImplementedError("Exercise 6.4: the training loop")

    mine = check.yours(
        weighted_sum=weighted_sum,
        step=lambda z: (z > 0) * 1,
        predict=without_bias,
        perceptron_update=crashing,
        fit=stub,
    )
    assert capsys.readouterr().out == (
        "This uses your own weighted_sum and step.\n"
        "fit is not written yet, so this uses the course's.\n"
        "Your predict and perceptron_update are not right yet, so this uses the course's. "
        "The check says why.\n"
    )
    X, w = np.array([[1.0, 2.0], [-1.0, 0.0]]), np.array([3.0, 4.0])
    assert mine.predict(X, w, 0.5).tolist() == [1, 0]  # the library has no predict


def test_a_check_is_not_repeated_for_the_very_same_answer(monkeypatch, capsys):
    check.weighted_sum(weighted_sum)
    with pytest.raises(CheckFailed):
        check.step(without_bias)
    monkeypatch.setattr(type(exercises()["step"]), "verdict", None)
    check.yours(weighted_sum=weighted_sum, step=without_bias)
    assert "your own weighted_sum.\nYour step is not right yet" in capsys.readouterr().out


def test_an_answer_that_was_written_anew_is_checked_anew(capsys):
    with pytest.raises(CheckFailed):
        check.weighted_sum(without_bias)
    check.yours(weighted_sum=weighted_sum)
    assert capsys.readouterr().out == "This uses your own weighted_sum.\n"


def test_hidden_cases_are_not_remembered(capsys):
    check.weighted_sum(weighted_sum, hidden=3)
    assert not yours.last


def right_but(then):
    """Return a right answer that does something else for an input that no check has."""

    def weighted_sum(x, w, b):
        return then() if len(x) == 99 else x @ w + b

    return weighted_sum


LONG = np.ones(99), np.ones(99), 1.0


@pytest.mark.parametrize(
    ("then", "why"),
    [
        (lambda: 1 / 0, "ZeroDivisionError: division by zero"),
        (exit, "The function called exit(), which ends Python"),
        (lambda: [None for _ in iter(int, 1)], "it takes more than 0.2 seconds"),
    ],
)
def test_one_that_fails_in_a_demonstration_leaves_it_to_the_courses(then, why, monkeypatch, capsys):
    monkeypatch.setattr(yours, "SECONDS", 0.2)
    mine = check.yours(weighted_sum=right_but(then))
    assert mine.weighted_sum(*LONG) == mine.weighted_sum(*LONG) == 100
    first, second, *more = capsys.readouterr().out.splitlines()
    assert first == "This uses your own weighted_sum."
    assert second.startswith(f"Your weighted_sum stops here: {why}")
    assert second.endswith("The course's goes on.")
    assert not more  # said once


def test_the_time_of_all_calls_counts_together(monkeypatch, capsys):
    monkeypatch.setattr(yours, "SECONDS", 0.2)
    mine = check.yours(weighted_sum=right_but(lambda: sum(range(1_000_000))))
    for _ in range(200):
        mine.weighted_sum(*LONG)
    assert "it takes more than 0.2 seconds" in capsys.readouterr().out


def test_the_interrupt_button_still_stops_the_cell():
    def interrupt():
        raise KeyboardInterrupt

    mine = check.yours(weighted_sum=right_but(interrupt))
    with pytest.raises(KeyboardInterrupt):
        mine.weighted_sum(*LONG)


def test_one_answer_may_be_called_by_another(capsys):
    mine = check.yours(weighted_sum=weighted_sum, descend=exercises()["descend"].reference)
    path = mine.descend(lambda w: mine.weighted_sum(w, np.eye(2), 0.0), [1.0, 2.0], 0.5, 2)
    assert path.tolist() == [[1, 2], [0.5, 1], [0.25, 0.5]]
    assert "stops" not in capsys.readouterr().out


def test_the_time_of_one_that_is_called_by_another_is_that_ones(monkeypatch, capsys):
    def endless():
        return [None for _ in iter(int, 1)]

    def slope(w):
        sum(range(1_000_000))  # the outer one has used some of its time already
        return w + mine.weighted_sum(*LONG)

    monkeypatch.setattr(yours, "SECONDS", 0.2)
    descend = exercises()["descend"].reference
    mine = check.yours(weighted_sum=right_but(endless), descend=descend)
    try:
        mine.descend(slope, [1.0, 2.0], 0.5, 1)
    except KeyboardInterrupt:
        pytest.fail("the clock of one has stopped the other")
    assert "Your weighted_sum stops here: it takes more than 0.2" in capsys.readouterr().out


def test_classes_and_values(capsys):
    mine = check.yours(
        EarlyStopping=exercises()["EarlyStopping"].reference,
        asd_loss=exercises()["asd_loss"].reference(),
        asd_losses=None,
    )
    assert mine.EarlyStopping is exercises()["EarlyStopping"].reference
    assert np.mean(mine.asd_losses) == pytest.approx(mine.asd_loss)
    assert "own EarlyStopping and asd_loss.\nYour asd_losses" in capsys.readouterr().out


def test_an_unknown_name_is_refused():
    with pytest.raises(AttributeError, match=r"Did you mean check\.weighted_sum"):
        check.yours(wheighted_sum=weighted_sum)


def test_where_marks_are_given_nothing_is_checked_or_run(capsys):
    """A demonstration behind the wall: no exercises, no time, no sentence."""
    mine = GradedElsewhere().yours(weighted_sum=None, gate_weights=without_bias)
    assert mine.weighted_sum is reference.weighted_sum
    assert mine.gate_weights is without_bias
    assert capsys.readouterr().out == ""
