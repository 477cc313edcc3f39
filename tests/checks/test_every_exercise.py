"""What holds for every exercise of the course, those included that are written later."""

import dataclasses
import functools
import inspect
import io
import pickle
import re
from contextlib import redirect_stderr, redirect_stdout

import numpy as np
import pytest

from helpers.checks import State, adapters, exercises
from helpers.checks.calling import _unchanged
from helpers.checks.report import kill_table

EXERCISES = list(exercises().values())
SEEDS = (None, 1, 2, 20)  # None: the cases that students see
FAKES = (None, 0, 1.5, True, "answer", [], (), {}, [1, 2], (1, 2), {"w": 1}, [[1], [2, 3]])

every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.name)


def is_question(exercise):
    """Whether it is a question, which has no more mistakes than wrong options."""
    return hasattr(exercise, "question")


ARGUMENTS = [
    pytest.param(exercise, k, id=f"{exercise.name}-{name}")
    for exercise in EXERCISES
    if exercise.adapter is adapters.function
    for k, name in enumerate(exercise.parameters)
]


@every_exercise
def test_has_enough_mistakes_and_variants(exercise):
    wrong_options = len(exercise.question.options) - 1 if is_question(exercise) else 5
    assert len(exercise.mistakes) >= wrong_options >= 3
    assert len(exercise.variants) >= 3


@every_exercise
@pytest.mark.parametrize("seed", SEEDS)
def test_every_mistake_is_named_and_every_variant_accepted(exercise, seed):
    assert [row for row in kill_table([exercise], seed) if not row.passed] == []


@every_exercise
def test_a_mistake_is_told_by_its_own_hint(exercise):
    for mistake in exercise.mistakes:
        assert exercise.verdict(mistake.attempt).cause == mistake.hint


@every_exercise
def test_hints_and_numbers_are_well_formed(exercise):
    assert len(exercise.hints) == 3
    assert all(hint.strip() for hint in exercise.hints)
    assert "____" in exercise.hints[2]
    assert re.fullmatch(r"\d\d?\.[1-9]\d?", exercise.number)
    assert exercise.module == f"{int(exercise.number.split('.')[0]):02d}"
    assert exercise.title


@every_exercise
def test_sentences_about_mistakes_are_short_and_differ(exercise):
    hints = [mistake.hint for mistake in exercise.mistakes]
    assert len(set(hints)) == len(hints)
    for hint in hints:
        assert 20 < len(hint) < 240
        assert hint[-1] in ".?!…"


def test_names_and_numbers_are_unique():
    assert len({e.name for e in EXERCISES}) == len(EXERCISES)
    assert list(exercises()) == [e.name for e in EXERCISES]
    in_order = [tuple(map(int, e.number.split("."))) for e in EXERCISES]
    assert in_order == sorted(in_order)


@every_exercise
def test_a_stub_is_not_started(exercise):
    def stub(*args, **kwargs):
        raise NotImplementedError(f"Exercise {exercise.number}: {exercise.title}")

    assert exercise.verdict(stub).state is State.NOT_STARTED
    assert exercise.verdict(stub, seed=1).state is State.NOT_STARTED


@every_exercise
@pytest.mark.parametrize("fake", FAKES, ids=repr)
def test_no_constant_passes(exercise, fake, capfd):
    verdict = exercise.verdict(lambda *args, **kwargs: fake)
    assert verdict.state in (State.WRONG, State.CRASHED)
    assert capfd.readouterr() == ("", "")


@every_exercise
def test_no_constant_taken_from_the_reference_passes(exercise):
    if exercise.adapter is not adapters.function:
        pytest.skip("a constant is no answer to this kind of exercise")
    for case in exercise.cases(np.random.default_rng(1958)):
        answer = exercise.reference(*case)
        assert not exercise.verdict(lambda *args, answer=answer: answer).right


@pytest.mark.parametrize(("exercise", "k"), ARGUMENTS)
def test_every_argument_is_really_used(exercise, k):
    frozen = exercise.cases(np.random.default_rng(1958))[0][k]

    def ignoring(*args):
        return exercise.reference(*args[:k], frozen, *args[k + 1 :])

    assert not exercise.verdict(ignoring).right


@every_exercise
def test_a_verdict_leaves_no_trace(exercise, capfd):
    np.random.seed(1)  # noqa: NPY002 (the point is that this state stays)
    before, errors = np.random.get_state()[1].copy(), np.geterr()  # noqa: NPY002
    attempts = [exercise.reference, *(mistake.attempt for mistake in exercise.mistakes)]
    for attempt in attempts:
        assert exercise.verdict(attempt) == exercise.verdict(attempt)
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002
    assert np.geterr() == errors
    assert capfd.readouterr() == ("", "")


@every_exercise
def test_the_cases_are_the_same_each_time_and_stay_what_they_are(exercise):
    first, again = (exercise.cases(np.random.default_rng(7)) for _ in range(2))
    same = dataclasses.replace(exercise, cases=lambda rng: first)
    for attempt in (exercise.reference, *(m.attempt for m in exercise.mistakes)):
        same.verdict(attempt)
    assert _unchanged(first, again)


@every_exercise
def test_a_verdict_is_frozen_and_can_be_sent(exercise):
    for attempt in (exercise.reference, exercise.mistakes[0].attempt):
        verdict = exercise.verdict(attempt)
        assert pickle.loads(pickle.dumps(verdict)) == verdict
        with pytest.raises(dataclasses.FrozenInstanceError):
            verdict.state = State.RIGHT
        for name, fact in vars(verdict).items():
            assert type(fact) in (str, int, bool, State), name


class Proxy:
    """Stands for a function that lives somewhere else."""

    def __init__(self, function):
        self._function = function

    def __call__(self, *args, **kwargs):
        return self._function(*args, **kwargs)


@every_exercise
def test_a_proxy_gets_the_same_verdict(exercise):
    if exercise.adapter is adapters.value:
        pytest.skip("a value needs no proxy")
    for attempt in (exercise.reference, *(m.attempt for m in exercise.mistakes)):
        for proxy in (Proxy(attempt), functools.partial(attempt)):
            assert exercise.verdict(proxy) == exercise.verdict(attempt)


@every_exercise
def test_an_answer_that_prints_is_right_and_told_so(exercise):
    if exercise.adapter is adapters.value or inspect.isclass(exercise.reference):
        pytest.skip("only functions print")

    def chatty(*args):
        print("here", args)
        return exercise.reference(*args)

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        verdict = exercise.verdict(chatty)
    assert verdict.right
    assert verdict.note == "It also prints. That costs nothing, but a function should only return."
    assert out.getvalue() == err.getvalue() == ""
