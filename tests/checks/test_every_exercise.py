"""What holds for every exercise of the course, those included that are written later."""

import dataclasses
import functools
import inspect
import io
import pickle
import re
from contextlib import redirect_stderr, redirect_stdout
from types import FunctionType

import numpy as np
import pytest

from helpers.checks import State, adapters, exercises
from helpers.checks.calling import unchanged
from helpers.checks.parts import parts_of

from .known import (
    EXERCISES,
    HIDDEN,
    each,
    every_callable,
    every_exercise,
    every_plain_function,
    verdict_on,
    verdicts_on_mistakes,
)

pytestmark = [pytest.mark.tier("test"), pytest.mark.usefixtures("one_alarm")]
check = pytest.mark.tier("check")
full = pytest.mark.tier("full")

OPEN = 1958  # what makes the cases that students see
SEEDS = [
    pytest.param(None, marks=check, id="open"),
    pytest.param(HIDDEN, id="hidden"),
    *(pytest.param(seed, marks=full) for seed in (1, 2, 20)),
]
# What holds for some mistakes of an exercise as it does for all: these take the same way.
FEW_OR_ALL = pytest.mark.parametrize(
    "most", [pytest.param(5, id="few"), pytest.param(None, marks=full, id="all")]
)
FAKES = (None, 0, 1.5, True, "answer", [], (), {}, [1, 2], (1, 2), {"w": 1}, [[1], [2, 3]])


def is_question(exercise):
    """Whether it is a question, which has no more mistakes than wrong options."""
    return hasattr(exercise, "question")


@check
@every_exercise
def test_has_enough_mistakes_and_variants(exercise):
    wrong_options = len(exercise.question.options) - 1 if is_question(exercise) else 5
    assert len(exercise.mistakes) >= wrong_options >= 3
    assert len(exercise.variants) >= 3


@check
@every_exercise
def test_every_part_has_its_place_in_the_order_of_computing(exercise):
    for outcome in exercise.case_set().expected():
        seen = outcome.seen
        if callable(exercise.parts):
            assert len(exercise.parts_of(seen)) > 1
        elif exercise.returns or (isinstance(seen, dict) and seen is outcome.value):
            named = parts_of(seen, exercise.returns, exercise.parts or ("none",))
            assert len(named) < 2 or set(named) <= set(exercise.parts), named


@every_exercise
@pytest.mark.parametrize("seed", SEEDS)
def test_every_mistake_is_named_and_every_variant_accepted(exercise, seed):
    for mistake, verdict in verdicts_on_mistakes(exercise, seed):
        assert (verdict.right, verdict.mistake) == (False, mistake.name)
        assert verdict.cause == mistake.hint
    for variant in (exercise.reference, *exercise.variants):
        verdict = verdict_on(exercise.name, variant, seed)
        assert (verdict.right, verdict.mistake) == (True, ""), variant.__name__


@check
@every_exercise
def test_hints_and_numbers_are_well_formed(exercise):
    assert len(exercise.hints) == 3
    assert all(hint.strip() for hint in exercise.hints)
    assert re.search("«.+?»|____", exercise.hints[2])
    assert re.fullmatch(r"\d\d?\.[1-9]\d?", exercise.number)
    assert exercise.module == f"{int(exercise.number.split('.')[0]):02d}"
    assert exercise.title


@check
@every_exercise
def test_sentences_about_mistakes_are_short_and_differ(exercise):
    hints = [mistake.hint for mistake in exercise.mistakes]
    assert len(set(hints)) == len(hints)
    for hint in hints:
        assert 20 < len(hint) < 240
        assert hint[-1] in ".?!…"


@check
def test_names_and_numbers_are_unique():
    assert len({e.name for e in EXERCISES}) == len(EXERCISES)
    assert list(exercises()) == [e.name for e in EXERCISES]
    in_order = [tuple(map(int, e.number.split("."))) for e in EXERCISES]
    assert in_order == sorted(in_order)


@check
@every_exercise
def test_a_stub_is_not_started(exercise):
    def stub(*args, **kwargs):
        raise NotImplementedError(f"Exercise {exercise.number}: {exercise.title}")

    assert exercise.verdict(stub).state is State.NOT_STARTED
    assert exercise.verdict(stub, seed=HIDDEN).state is State.NOT_STARTED


@every_exercise
def test_no_constant_passes(exercise, capfd):
    for fake in FAKES:
        verdict = exercise.verdict(lambda *args, fake=fake, **kwargs: fake)
        assert verdict.state in (State.WRONG, State.CRASHED), fake
    assert capfd.readouterr() == ("", "")


@every_plain_function
def test_no_constant_taken_from_the_reference_passes(exercise):
    for case in exercise.cases(np.random.default_rng(OPEN)):
        answer = exercise.reference(*case)
        assert not exercise.verdict(lambda *args, answer=answer: answer).right


@every_plain_function
def test_every_argument_is_really_used(exercise):
    first = exercise.cases(np.random.default_rng(OPEN))[0]
    for k, frozen in enumerate(first[: len(exercise.parameters)]):

        def ignoring(*args, k=k, frozen=frozen):
            return exercise.reference(*args[:k], frozen, *args[k + 1 :])

        assert not exercise.verdict(ignoring).right, exercise.parameters[k]


DEFAULTS = [
    pytest.param(e, k, id=f"{e.name}-{parameter.name}", marks=pytest.mark.xdist_group(e.name))
    for e in EXERCISES
    if inspect.isfunction(e.reference)
    for k, parameter in enumerate(
        p for p in inspect.signature(e.reference).parameters.values() if p.default is not p.empty
    )
    if type(parameter.default) in (int, float)
]


@check
@pytest.mark.parametrize("seed", [None, HIDDEN])
@pytest.mark.parametrize(("exercise", "k"), DEFAULTS)
def test_another_default_is_wrong_and_is_named(exercise, k, seed):
    ours = exercise.reference
    defaults = list(ours.__defaults__)
    defaults[k] = defaults[k] + 1 if type(defaults[k]) is int else 1.2 * defaults[k] or 0.1
    other = FunctionType(ours.__code__, ours.__globals__, ours.__name__, tuple(defaults))
    verdict = exercise.verdict(other, seed)
    assert not verdict.right
    assert verdict.mistake or verdict.kind == "default"


def answers(exercise, most):
    """The reference, and so many mistakes."""
    return [exercise.reference, *(mistake.attempt for mistake in exercise.mistakes[:most])]


@every_exercise
@FEW_OR_ALL
def test_a_verdict_leaves_no_trace(exercise, most, capfd):
    np.random.seed(1)  # noqa: NPY002 (the point is that this state stays)
    before, errors = np.random.get_state()[1].copy(), np.geterr()  # noqa: NPY002
    anew = dataclasses.replace(exercise)  # which has reached no verdict yet
    for attempt in answers(exercise, most):
        assert anew.verdict(attempt) == verdict_on(exercise.name, attempt)
    for used in (anew, exercise):
        assert unchanged(used.case_set().cases, exercise.cases(np.random.default_rng(OPEN)))
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002
    assert np.geterr() == errors
    assert capfd.readouterr() == ("", "")


@check
@every_exercise
def test_a_verdict_is_frozen_and_can_be_sent(exercise):
    for attempt in (exercise.reference, exercise.mistakes[0].attempt):
        verdict = verdict_on(exercise.name, attempt)
        assert pickle.loads(pickle.dumps(verdict)) == verdict
        with pytest.raises(dataclasses.FrozenInstanceError):
            verdict.state = State.RIGHT
        for name, fact in vars(verdict).items():
            assert type(fact) in (str, int, bool, tuple, State), name


class Proxy:
    """Stands for a function that lives somewhere else."""

    def __init__(self, function):
        self._function = function

    def __call__(self, *args, **kwargs):
        return self._function(*args, **kwargs)


@every_callable
@pytest.mark.parametrize("proxy", [Proxy, pytest.param(functools.partial, marks=full)])
@FEW_OR_ALL
def test_a_proxy_gets_the_same_verdict(exercise, proxy, most):
    for attempt in answers(exercise, most):
        assert exercise.verdict(proxy(attempt)) == verdict_on(exercise.name, attempt)


@each(e for e in EXERCISES if e.adapter is not adapters.value and not inspect.isclass(e.reference))
def test_an_answer_that_prints_is_right_and_told_so(exercise):
    def chatty(*args):
        print("here", args)
        return exercise.reference(*args)

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        verdict = exercise.verdict(chatty)
    assert verdict.right
    assert verdict.note == "It also prints. That costs nothing, but a function should only return."
    assert out.getvalue() == err.getvalue() == ""
