"""Each adapter with right, wrong and useless answers."""

import itertools

import numpy as np
import pytest

from helpers.checks import State, adapters
from helpers.checks.messages import message, without_color

pytestmark = pytest.mark.tier("check")


@pytest.fixture
def twice(make_exercise):
    """An answer that takes a function."""

    def twice(f, x):
        return f(f(x))

    adapter = adapters.with_function({"square": np.square, "half": lambda x: x / 2})
    return make_exercise(twice, [("square", 3.0), ("half", 2.0)], adapter=adapter)


def test_with_function(twice):
    assert twice.verdict(twice.reference).right
    assert twice.verdict(lambda f, x: f(x)).got == "9.0"
    assert twice.verdict(lambda f, x: f).problem.startswith("The answer is ")
    assert twice.verdict(lambda f, x: f(x, 1, 2, 3)).state is State.CRASHED


@pytest.fixture
def countdown(make_exercise):
    """An answer that is a generator."""

    def countdown(n):
        while n:
            yield np.full(2, n)
            n -= 1

    return make_exercise(countdown, [(3,), (0,)], adapter=adapters.generator)


def test_generator(countdown):
    assert countdown.verdict(lambda n: iter([np.full(2, i) for i in range(n, 0, -1)])).right
    assert countdown.verdict(lambda n: ([i, i] for i in range(n, 0, -1))).right
    assert not countdown.verdict(lambda n: iter([])).right
    verdict = countdown.verdict(lambda n: [np.full(2, i) for i in range(n, 0, -1)])
    assert verdict.state is State.WRONG
    assert verdict.problem == (
        "The answer should be an iterator, but it is a list. Use yield, or return iter(...)."
    )
    assert "but it is None" in countdown.verdict(lambda n: None).problem


def test_a_generator_that_never_ends(countdown):
    verdict = countdown.verdict(lambda n: itertools.count())
    assert verdict.problem == "The iterator gave more than 10000 items. Does it ever end?"


def test_a_generator_that_raises(countdown):
    def stub(n):
        raise NotImplementedError("Exercise 9.1: a small one")
        yield

    assert countdown.verdict(stub).state is State.NOT_STARTED


class Tally:
    """Adds up, and remembers the largest."""

    def __init__(self, start):
        self.total = start
        self.largest = None

    def add(self, amount):
        self.total = self.total + amount
        self.largest = amount if self.largest is None else max(self.largest, amount)
        return self.total

    def reset(self):
        self.total = 0.0


@pytest.fixture
def tally(make_exercise):
    steps = [("add", 2.0), ("add", 1.0), ("largest",), ("reset",), ("total",)]
    return make_exercise(Tally, [((1.0,), steps), ((0.0,), steps[:3])], adapter=adapters.instance)


def test_instance(tally):
    class Other(Tally):
        def add(self, amount):
            super().add(amount)
            return np.float64(self.total)

    assert tally.verdict(Other).right

    class Forgetful(Tally):
        def add(self, amount):
            return self.total + amount

    verdict = tally.verdict(Forgetful)
    assert verdict.got == "[3.0, 2.0, None, None, 0.0]"
    assert verdict.expected == "[3.0, 4.0, 2.0, None, 0.0]"
    assert verdict.problem == "The first difference is in entry 1."
    assert verdict.call.split("\n") == [
        "thing = Tally(start=1.0)",
        "thing.add(2.0)",
        "thing.add(1.0)",
        "thing.largest",
        "thing.reset()",
        "thing.total",
    ]


def test_an_instance_without_a_part(tally):
    verdict = tally.verdict(lambda start: start)
    assert verdict.state is State.WRONG
    assert verdict.problem == ("The object has no add. Set it in __init__, or define it with def.")


def test_an_instance_whose_methods_are_stubs(tally):
    class Stub:
        def __init__(self, start):
            raise NotImplementedError("Exercise 9.1: a small one")

    assert tally.verdict(Stub).state is State.NOT_STARTED


@pytest.fixture
def loss(make_exercise):
    """An answer that is a number."""

    def loss():
        return 0.25

    return make_exercise(loss, [()], adapter=adapters.value)


def test_a_function_is_no_value(loss):
    """What follows computes with the value, and would fail there."""
    verdict = loss.verdict(lambda: 0.25)
    assert verdict.state is State.WRONG
    assert verdict.problem.startswith("loss is a function, but it should be the value itself")


def test_value(loss):
    assert without_color(message(loss.verdict(0.25))) == "✓ Right · 9.1 loss"
    assert loss.verdict(np.array(0.25)).right
    verdict = loss.verdict(0.5)
    assert (verdict.call, verdict.got, verdict.expected) == ("loss", "0.5", "0.25")
    assert loss.verdict([0.25, 1]).problem.startswith("The answer is an array of shape (2,)")
    assert loss.verdict(None).problem == "loss is None. Give it a value, in place of None."
    assert loss.verdict(...).problem.startswith("The answer is an ellipsis.")
    assert loss.verdict(abs).problem.startswith("The answer is a builtin")


@pytest.fixture
def curve(make_exercise):
    """An answer that is a picture."""

    def plot_curve(ax, x, color):
        ax.plot(x, x**2, color=color, label="square")
        ax.set(xlabel="x", ylabel="y", title="curve")
        ax.legend()

    return make_exercise(plot_curve, [(np.array([0.0, 1.0, 2.0]), "red")], adapter=adapters.figure)


def test_figure(curve):
    assert curve.verdict(curve.reference).right

    def without_legend(ax, x, color):
        ax.plot(x, x**2, label="square")
        ax.set(xlabel="x", ylabel="y", title="curve")

    verdict = curve.verdict(without_legend)
    assert verdict.call == "plot_curve(ax, x=np.array([0.0, 1.0, 2.0]), color='red')"
    assert "The first difference is in 'legend'. " in verdict.problem
    assert curve.verdict(lambda ax, x, color: None).state is State.WRONG
    assert curve.verdict(lambda ax, x, color: ax.plot(x, x[:2])).state is State.CRASHED


def test_figure_inputs_are_named_rightly(curve):
    def spoil(ax, x, color):
        curve.reference(ax, x.copy(), color)
        x[0] = 7

    assert "changes its input x." in curve.verdict(spoil).problem


def test_calls_with_more_arguments_than_names():
    def anything(*args):
        return 0

    assert adapters.written(adapters.function, anything, [1, 2]) == "anything(1, 2)"


def test_long_calls_stand_on_several_lines():
    def layer(params, X):
        return 0

    params = {"W1": np.array([[1.0, 20.5], [3.0, 4.0]]), "b1": np.zeros((1, 2))}
    assert adapters.written(adapters.function, layer, [params, np.array(0.5)]) == (
        "layer(\n"
        "    params={'W1': np.array([[ 1.0, 20.5],\n"
        "                            [ 3.0,  4.0]]),\n"
        "            'b1': np.array([[0.0, 0.0]])},\n"
        "    X=np.array(0.5),\n"
        ")"
    )


def test_a_case_may_leave_out_an_argument_with_a_default(make_exercise):
    def power(x, k=2):
        return x**k

    raised = make_exercise(power, [(np.array([3.0]), 3), (np.array([3.0]),)])
    assert raised.verdict(power).right
    verdict = raised.verdict(lambda x, k=4: x**k)
    assert verdict.call == "power(x=np.array([3.0]))"

    def spoil(x, k=2):
        x **= k
        return x

    assert "changes its input x" in raised.verdict(spoil).problem
