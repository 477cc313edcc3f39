"""Behind the wall every known answer gets the verdict that it gets in a notebook.

Marks and messages depend on nothing but the verdict. So what the course knows is sent through
the wall one answer after another, without a notebook, a kernel or a command around each.
"""

import itertools
import zlib
from dataclasses import asdict, replace

import pytest

from helpers.checks import State, adapters, exercises
from helpers.checks.callers import HERE
from helpers.course.folder import CourseError
from helpers.course.grading.judge import judge
from helpers.course.grading.sandbox import Limits, Sandbox
from helpers.course.grading.session import Session

from .course_directory import MODULES, exercises_of, needs_wall
from .submissions import called, library

pytestmark = [needs_wall, pytest.mark.tier("test"), pytest.mark.usefixtures("one_alarm")]
EXERCISES = [exercise for module in MODULES for exercise in exercises_of(module)]
each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)


@pytest.fixture(scope="module")
def sandbox():
    """A warm process behind the wall."""
    with Sandbox(limits=Limits(seconds=1200)) as made:
        yield made


class Known:
    """Gives what is known of our own answers: each call is made once, for the mistakes too."""

    def __init__(self, seed):
        self.seed = seed

    def outcomes(self, exercise, attempt, cases):
        """Yield what comes of each case."""
        if called(exercise):
            return HERE.outcomes(exercise, attempt, cases)
        return exercise.case_set(self.seed).answers(attempt)


@pytest.fixture
def pairs(sandbox, monkeypatch):
    """A function that judges answers on both sides of the wall, and yields both verdicts."""
    for exercise in EXERCISES:  # no answer here is slow: on a busy machine it has more time
        monkeypatch.setattr(exercise, "seconds", 12 * exercise.seconds)

    def judged(exercise, sources, seed, caller=HERE):
        with sandbox.submission() as inmate:
            session = Session(inmate.channel, inmate.end)
            assert session.run(1, f"from helpers import check{library(exercise.name)}", 60) == []
            for source in sources:
                assert session.run(2, source, 60) == []
                found = session.find(exercise.name)
                assert found.there, found
                names = {"_course": exercises()}
                exec(source, names)
                ours = exercise.verdict(names[exercise.name], seed, caller)
                yield judge(exercise, found.answer, session, seed), ours

    return judged


def hidden_seed(exercise):
    """The seed of the hidden cases, as `course build` chooses it."""
    return zlib.crc32(exercise.name.encode())


def facts(verdict):
    """A verdict, field by field.

    In a notebook the course's own source has a line that a crash can name; behind the wall not.
    """
    return asdict(replace(verdict, got="") if verdict.state is State.CRASHED else verdict)


def known(exercise, *attributes):
    """The source of an answer that the course itself has."""
    value = called(exercise)
    return f"{exercise.name} = _course[{exercise.name!r}]{''.join(attributes)}{value}"


def mistakes(exercise):
    """The sources of all known mistakes."""
    return [known(exercise, f".mistakes[{k}].attempt") for k in range(len(exercise.mistakes))]


def same(pairs):
    """Expect the same facts of every pair, and return how many there were."""
    count = 0
    for theirs, ours in pairs:
        assert facts(theirs) == facts(ours)
        count += 1
    return count


# Six of a hundred take half of the time of all: they train, draw, or answer step by step.
LONG = ["minibatches", "fit", "train_digits", "EarlyStopping", "gradient_check", "plot_surface"]
in_full = pytest.mark.tier("full")


def ways():
    """Each exercise with its open cases, and in the largest run with hidden ones.

    Both take the same way, with other numbers. Of long exercises some mistakes stand for all.
    """
    for exercise in EXERCISES:
        long = exercise.name in LONG
        yield pytest.param(exercise, False, 8 if long else None, id=f"open-{exercise.name}")
        if long:
            yield pytest.param(exercise, False, None, id=f"open-all-{exercise.name}", marks=in_full)
        yield pytest.param(exercise, True, None, id=f"hidden-{exercise.name}", marks=in_full)


@pytest.mark.parametrize(("exercise", "hidden", "most"), list(ways()))
def test_every_known_mistake_gets_the_same_verdict(pairs, exercise, hidden, most):
    seed = hidden_seed(exercise) if hidden else None
    sources = mistakes(exercise)[:most]
    assert same(pairs(exercise, sources, seed, Known(seed))) == len(sources) > 0


@each_exercise
def test_right_answers_and_the_first_mistake_get_the_same_verdict_on_hidden_cases(pairs, exercise):
    sources = [known(exercise, ".reference"), mistakes(exercise)[0]]
    right, wrong = pairs(exercise, sources, hidden_seed(exercise))
    assert same([right, wrong]) == 2
    assert [right[0].right, wrong[0].right] == [True, False]


def wrapped(exercise, doing):
    """The source of a right answer that does something else besides."""
    reference = known(exercise, ".reference").partition(" = ")[2]
    if isinstance(exercise.reference, type):
        return (
            f"class {exercise.name}({reference}):\n    def __init__(self, *args, **kwargs):\n"
            f"        {doing}\n        super().__init__(*args, **kwargs)"
        )
    return f"def {exercise.name}(*args):\n    {doing}\n    return {reference}(*args)"


NOISES = {
    "prints": "print('here I am')",
    "warns": "import warnings; warnings.warn('careful')",
    "divides by zero": "import numpy as np; np.log(np.zeros(1))",
    "warns of much": "import warnings; [warnings.warn(f'careful {k}') for k in range(30)]",
}
CALLED = [exercise for exercise in EXERCISES if exercise.adapter is not adapters.value]


def noises():
    """Each exercise with one noise, in turn: what is told of it does not depend on the exercise."""
    for exercise, noise in zip(CALLED, itertools.cycle(NOISES)):
        yield pytest.param(exercise, [noise], id=exercise.name)
        yield pytest.param(exercise, list(NOISES), id=f"{exercise.name}-all", marks=in_full)


@pytest.mark.parametrize(("exercise", "doing"), list(noises()))
def test_what_an_answer_prints_and_warns_of_is_told_alike(pairs, exercise, doing):
    found = list(pairs(exercise, [wrapped(exercise, NOISES[noise]) for noise in doing], None))
    assert same(found) == len(doing)
    for noise, (theirs, _) in zip(doing, found, strict=True):
        told = f"{theirs.note}{theirs.problem}"
        assert any(word in told for word in ("prints", "careful", "divide by zero")), noise


PLAIN = [exercise for exercise in EXERCISES if exercise.adapter is adapters.function]


@pytest.mark.parametrize("exercise", PLAIN, ids=lambda exercise: exercise.name)
def test_odd_answers_get_the_same_verdict(pairs, exercise):
    name, reference = exercise.name, known(exercise, ".reference").partition(" = ")[2]
    forward, back = ", ".join(exercise.parameters), ", ".join(exercise.parameters[::-1])
    sources = [
        f"def {name}(*args):\n    raise NotImplementedError('Exercise {exercise.number}: it')",
        f"def {name}(*args):\n    raise NotImplementedError('Exercise 0.0: another')",
        f"def {name}({back}):\n    return {reference}({forward})",
        f"def {name}(*args):\n    return None",
        f"def {name}(*args):\n    return object()",
        f"def {name}(*args):\n    return {reference}",
        f"{name} = 5",
    ]
    assert same(pairs(exercise, sources, None)) == len(sources)


ENDLESS = {
    "works": "while True:\n        pass",
    "waits": "import time\n    while True:\n        time.sleep(60)",
    "swallows": "while True:\n        try:\n            x = 1\n        except BaseException:\n"
    "            pass",
    "works in a library": "import numpy as np\n    while True:\n        np.zeros(1000).sum()",
}


def test_an_answer_that_never_ends_is_told_alike_and_costs_no_other(pairs, monkeypatch):
    """Whatever else the machine does: it has no end, and the answer after it all the time."""
    exercise = PLAIN[0]
    sources = [f"def {exercise.name}(*args):\n    {body}" for body in ENDLESS.values()]
    found = pairs(exercise, [*sources, known(exercise, ".reference")], None)
    patient = exercise.seconds
    monkeypatch.setattr(exercise, "seconds", 0.2)
    for _ in sources:
        theirs, ours = next(found)
        assert facts(theirs) == facts(ours)
        assert theirs.problem.startswith("The call was stopped after 0.2 seconds")
    monkeypatch.setattr(exercise, "seconds", patient)
    assert next(found)[0].right


def test_a_reference_that_fails_costs_no_student_a_mark():
    def reference(*args):
        raise ValueError("this machine has another NumPy")

    reference.__name__ = PLAIN[0].name
    broken = replace(PLAIN[0], reference=reference)
    with pytest.raises(CourseError, match="fails: ValueError: this machine has another NumPy"):
        judge(broken, PLAIN[0].reference, session=None)


KINDS = {
    "whole numbers": (
        "column_means",
        "def column_means(X):\n    import numpy as np\n    means = np.zeros_like(X[:1])\n"
        "    means[0] = {right}(X)[0]\n    return means",
    ),
    "relation": (
        "softmax",
        "def softmax(logits, temperature=1.0):\n    return -{right}(logits, temperature)",
    ),
    "setting": ("elu", "def elu(z, alpha=1.0):\n    return {right}(z, 0.7)"),
    "default": (
        "step_decay",
        "def step_decay(lr, epoch, drop=0.25, every=10):\n"
        "    return {right}(lr, epoch, drop, every)",
    ),
    "place": (
        "relu_derivative",
        "def relu_derivative(z):\n    return {right}(z) + 3 * (z < 0)",
    ),
    "other input": (
        "weighted_sum",
        "def weighted_sum(x, w, b):\n    return {right}(x, -w, b)",
    ),
    "other operation": (
        "momentum_step",
        "def momentum_step(w, g, v, lr, beta=0.9):\n"
        "    new = beta * v * g\n    return w - lr * new, new",
    ),
}


@pytest.mark.parametrize(("name", "source"), KINDS.values(), ids=KINDS)
def test_kinds_are_named_alike(pairs, name, source, request):
    """The namers ask the answer again where they need to: on this side of the wall, too."""
    exercise = exercises()[name]
    right = known(exercise, ".reference").partition(" = ")[2]
    for seed in (None, hidden_seed(exercise)):
        ((theirs, ours),) = pairs(exercise, [source.format(right=right)], seed)
        assert facts(theirs) == facts(ours)
        assert theirs.kind == request.node.callspec.id
        assert theirs.likeness


def test_cases_that_cannot_be_made_here_stop_the_run_with_a_sentence():
    def cases(rng):
        raise ImportError("This data set comes with scikit-learn, which is not installed here.")

    without = replace(PLAIN[0], cases=cases)
    with pytest.raises(CourseError, match="cannot be made: This data set comes with scikit-learn"):
        judge(without, PLAIN[0].reference, session=None)
