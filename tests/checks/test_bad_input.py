"""Whatever comes as an answer: one clear sentence, nothing on the screen, nothing of ours."""

import collections
import contextlib
import gc
import itertools
import signal
import sys
import threading
import time
import tracemalloc
import warnings

import numpy as np
import pytest

from helpers.checks import State, timing
from helpers.checks.exercise import Exercise, exercises
from helpers.checks.messages import message, without_color
from helpers.checks.timing import TimeIsUp, within

pytestmark = pytest.mark.tier("check")


@pytest.fixture(autouse=True)
def nothing_on_the_screen(capfd):
    yield
    assert capfd.readouterr() == ("", "")


class EqualsEverything:
    def __eq__(self, other):
        return True

    __hash__ = None


class EvilArray(np.ndarray):
    def __eq__(self, other):
        return np.ones(2, dtype=bool)

    def __array_ufunc__(self, *args, **kwargs):
        return np.zeros(2)

    __hash__ = None


class Liar:
    """Says that it is an array."""

    __class__ = np.ndarray
    shape = (2,)
    dtype = np.dtype(float)


class EqualType(type):
    """The type of a class that says it is every other class."""

    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(float)


class ClaimsToBeAFloat(EqualsEverything, metaclass=EqualType):
    pass


class MyFloat(float):
    def __eq__(self, other):
        return True

    __hash__ = None


def nested_in_itself():
    items = [1.0]
    items += [items, items, items]
    return items


def dict_in_itself():
    table = {}
    table["me"] = table
    return table


NOT_PLAIN = {
    "an object that equals everything": (EqualsEverything, "an EqualsEverything"),
    "one in a list": (lambda: [EqualsEverything()], "an EqualsEverything"),
    "one as a dict's value": (lambda: {"w": EqualsEverything()}, "an EqualsEverything"),
    "a liar": (Liar, "a Liar"),
    "a class that equals float": (ClaimsToBeAFloat, "a ClaimsToBeAFloat"),
    "a subclass of float": (lambda: MyFloat(2.0), "a MyFloat"),
    "a generator": (lambda: (i for i in range(2)), "a generator"),
    "a range": (lambda: range(2), "a range"),
    "a function": (lambda: abs, "a builtin_function_or_method"),
    "a set": (lambda: {1.0, 2.0}, "a set"),
    "bytes": (lambda: b"12", "a bytes"),
    "an ellipsis": (lambda: ..., "an ellipsis"),
    "an object array": (lambda: np.array([1, None]), "an array of object values"),
    "dates": (lambda: np.array(["2020-01-01"], "M8[D]"), "an array of datetime64[D] values"),
    "a list in itself": (nested_in_itself, "a list that contains itself"),
    "a dict in itself": (dict_in_itself, "a dict that contains itself"),
    "a huge integer": (
        lambda: 10**5000,
        "an integer with more than 19 digits, too large for NumPy",
    ),
}


@pytest.mark.parametrize(("make", "kind"), NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_not_plain_data(double, make, kind):
    verdict = double.verdict(lambda x: make())
    assert verdict.state is State.WRONG
    assert verdict.problem == (
        f"The answer is {kind}. Return numbers, NumPy arrays, or lists, tuples and dicts of these."
    )


WRONG = {
    "a number": (1.0, "The answer is a single number, but it should be an array of shape (2,)."),
    "a string": ("2, 4", "The answer is a string, but it should be an array of shape (2,)."),
    "None": (None, "The function returns None. Does every way through it end in return?"),
    "a dict": ({"x": 2}, "The answer is a dict, but it should be an array of shape (2,)."),
    "a wrong shape": (np.ones((2, 1)), "The shape is (2, 1), but it should be (2,)."),
    "no shape": (np.array(3.0), "The answer is a single number, but it should be an array"),
    "an empty array": ([], "The shape is (0,), but it should be (2,)."),
    "nan": ([2.0, np.nan], "The answer contains nan (not a number)."),
    "inf": (np.array([2.0, -np.inf]), "The answer contains inf (infinity)."),
    "ragged lists": ([[1], [2, 3]], "The rows of the answer have different lengths, or are not"),
    "a list of strings": (["2", "4"], "The rows of the answer have different lengths, or are not"),
    "an array of strings": (
        np.array(["2", "4"]),
        "The rows of the answer have different lengths, or are not all numbers.",
    ),
    "two dicts": ([{}, {}], "The rows of the answer have different lengths, or are not all num"),
    "too much": ((2.0, 4.0, 6.0), "The shape is (3,), but it should be (2,)."),
    "other numbers": ([2, 5], ""),
    "huge numbers": ([1e308, -1e308], ""),
}


@pytest.mark.parametrize(("answer", "problem"), WRONG.values(), ids=WRONG)
def test_wrong_answers(double, answer, problem):
    verdict = double.verdict(lambda x: answer)
    assert verdict.state is State.WRONG
    assert verdict.problem.startswith(problem)
    assert bool(verdict.problem) == bool(problem)
    assert verdict.call == "double(x=np.array([1.0, 2.0]))"
    assert verdict.expected == "[2.0, 4.0]"


RIGHT = {
    "a list": list,
    "a tuple": tuple,
    "a subclass of ndarray": lambda y: y.view(EvilArray),
    "long doubles": lambda y: y.astype(np.longdouble),
    "complex numbers": lambda y: y.astype(complex),
    "a named tuple or list": lambda y: collections.deque(y) and list(y),
    "a list of 0-d arrays": lambda y: [np.array(v) for v in y],
    "numpy scalars": lambda y: [np.float64(v) for v in y],
    "single long doubles": lambda y: [np.longdouble(v) for v in y],
}


@pytest.mark.parametrize("change", RIGHT.values(), ids=RIGHT)
def test_right_answers_in_another_dress(double, change):
    assert double.verdict(lambda x: change(2 * x)).right


@pytest.mark.parametrize("name", ["sigmoid", "bce", "fit_scaler", "backward", "update"])
def test_complex_numbers(name):
    """One number, an array, a dict or a tuple of them."""
    known = exercises()[name]

    def turned(value):
        if isinstance(value, dict):
            return {key: turned(part) for key, part in value.items()}
        return tuple(map(turned, value)) if isinstance(value, tuple) else value * (1 + 0.5j)

    verdict = known.verdict(lambda *args: turned(known.reference(*args)))
    assert verdict.state is State.WRONG
    assert "The numbers are complex numbers, but they should be floats." in verdict.problem


def test_an_array_subclass_is_judged_by_its_numbers(double):
    verdict = double.verdict(lambda x: np.zeros_like(x).view(EvilArray))
    assert (verdict.state, verdict.got) == (State.WRONG, "[0.0, 0.0]")


def test_prints_instead_of_returning(double):
    verdict = double.verdict(lambda x: print(2 * x))
    assert verdict.problem == (
        "The function prints its answer and returns None. Replace print(...) by return."
    )


def test_prints_something_else_and_returns_nothing(double):
    verdict = double.verdict(lambda x: print("hello", len(x)))
    assert verdict.problem.startswith("The function prints, and returns None. Does every way")


def test_prints_as_well(double):
    def chatty(x):
        print(x)
        print(x, file=sys.stderr)
        return 2 * x

    verdict = double.verdict(chatty)
    assert verdict.right
    assert "It also prints." in verdict.note


def test_huge_prints_take_little_memory(double):
    def flood(x):
        for _ in range(20_000):
            print("x" * 1_000)
        return 2 * x

    double.seconds = 20
    tracemalloc.start()
    verdict = double.verdict(flood)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert verdict.right
    assert peak < 1_000_000


def test_warns(double):
    def worried(x):
        warnings.warn("look out\nbelow", stacklevel=1)
        np.log(np.zeros(3))
        return 2 * x

    verdict = double.verdict(worried)
    assert verdict.right
    assert verdict.note == "NumPy warns on the way (look out below). That costs nothing here."
    double.silent = True
    verdict = double.verdict(worried)
    assert verdict.state is State.WRONG
    assert verdict.problem == "The answer is right, but NumPy warns: look out below."


def test_warnings_set_to_errors_stay_warnings(double):
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        verdict = double.verdict(lambda x: 2 * x + 0 * np.exp(-1 / np.abs(x * 0)))
    assert verdict.state is not State.CRASHED


def test_a_flood_of_warnings_is_kept_small(double):
    def flood(x):
        for _ in range(10_000):
            warnings.warn("again", stacklevel=1)
        return 2 * x

    double.seconds = 20
    assert double.verdict(flood).right


class EvilWarning(UserWarning):
    def __str__(self):
        raise ValueError("no")


def test_a_warning_that_cannot_be_read(double):
    def warn(x):
        warnings.warn(EvilWarning(), stacklevel=1)
        return 2 * x

    assert double.verdict(warn).problem == "ValueError: no"


@pytest.mark.parametrize("k", [0, 1])
def test_mutates_its_inputs(double, k):
    def spoil(x):
        x *= 2
        return x

    verdict = double.verdict(spoil)
    assert verdict.state is State.WRONG
    assert verdict.problem == (
        "The answer is right, but the function changes its input x. Work on a copy: x = x.copy()"
    )


def test_a_copied_dict_still_has_the_old_arrays():
    def zeros(params):
        return {name: np.zeros(P.shape) for name, P in params.items()}

    def zeros_in_place(params):
        params = params.copy()
        for P in params.values():
            P[:] = 0
        return params

    made = Exercise("0.0", "zeros", zeros, lambda rng: [({"W": np.ones(3)},)], ("", "", ""))
    assert made.verdict(zeros_in_place).problem == (
        "The answer is right, but the function changes its input params. "
        "Build a new one, of new arrays: params.copy() alone keeps the old arrays."
    )


@pytest.mark.parametrize("given", [np.ones((2, 3)), np.ones(2), [1.0, 2.0]], ids=repr)
def test_a_copy_is_enough_where_it_holds_all(given):
    def first_doubled(x):
        return [2 * x[0], *x[1:]]

    def doubled_in_place(x):
        x[0] = 2 * x[0]
        return x

    made = Exercise("0.0", "doubled", first_doubled, lambda rng: [(given,)], ("", "", ""))
    assert made.verdict(doubled_in_place).problem.endswith("Work on a copy: x = x.copy()")


def test_every_input_that_it_mutates_is_named():
    def spoil(w, g, v, lr, beta=0.9):
        v *= beta
        v += g
        w -= lr * v
        return w, v

    assert exercises()["momentum_step"].verdict(spoil).problem == (
        "The answer is right, but the function changes its input w and v. "
        "Work on copies: w = w.copy(), v = v.copy()"
    )


def test_training_twice_for_a_rate_costs_too_much():
    def sweep(train, lrs):
        return [np.inf if np.isnan(train(lr)) else train(lr) for lr in lrs]

    problem = exercises()["lr_sweep"].verdict(sweep).problem
    assert problem.startswith("train was called 8 times for 5 rates.")


MUTATIONS = {
    "a number in a list": ([1, 2], lambda x: x.__setitem__(0, 5)),
    "a number in a list of lists": ([[1.0, 2.0]], lambda x: x[0].__setitem__(0, 5.0)),
    "something that equals everything": ([1, 2], lambda x: x.__setitem__(0, EqualsEverything())),
    "the list itself": ([1, 2], lambda x: x.__setitem__(0, x)),
    "one more entry": ([1, 2], lambda x: x.append(3)),
    "a number in a dict": ({"w": 1}, lambda x: x.__setitem__("w", 2)),
    "one more key": ({"w": 1}, lambda x: x.__setitem__("b", 2)),
    "an array in a dict": ({"w": np.ones(2)}, lambda x: x["w"].__setitem__(0, 9)),
    "another array in a dict": ({"w": np.ones(2)}, lambda x: x.__setitem__("w", np.ones(3))),
    "text in an array": (np.array(["a", "b"]), lambda x: x.__setitem__(0, "c")),
    "an array in a tuple": ((np.ones(2), 1), lambda x: x[0].__setitem__(0, 9)),
}


@pytest.mark.parametrize(("given", "mutate"), MUTATIONS.values(), ids=MUTATIONS)
def test_every_mutation_is_seen(make_exercise, given, mutate):
    def size(x):
        return 2

    def spoil(x):
        mutate(x)
        return 2

    exercise = make_exercise(size, [(given,)])
    assert exercise.verdict(lambda x: 2).right
    assert "changes its input x" in exercise.verdict(spoil).problem


def test_unchanged_nan_and_generators_are_no_mutations(make_exercise):
    def draw(x, rng, text):
        return rng.normal() * 0

    cases = [([float("nan"), np.array([np.nan])], np.random.default_rng(0), np.array(["a"]))]
    assert make_exercise(draw, cases).verdict(draw).right


def loops(x):
    while True:
        pass


def swallows_everything(x):
    while True:
        try:
            x = x + 1
        except:  # noqa: E722
            x = 0


def sleeps_and_swallows(x):
    while True:
        try:
            time.sleep(60)
        except BaseException:
            continue


def loops_inside_a_try(x):
    while True:
        try:
            n = 0
            while True:
                n += 1
        except:  # noqa: E722
            pass


def counts_without_end(x):
    return sum(itertools.count())


def yields_forever_in_a_list(x):
    items = []
    for i in itertools.count():
        items.append(i % 7)
        if len(items) > 1000:
            items.clear()


def returns_too_much(x):
    items = 0
    for _ in range(12):
        items = [items] * 12
    return items


ENDLESS = [
    loops,
    lambda x: time.sleep(60),
    swallows_everything,
    sleeps_and_swallows,
    loops_inside_a_try,
    yields_forever_in_a_list,
]


@pytest.mark.parametrize("attempt", ENDLESS, ids=lambda f: f.__name__)
def test_loops_forever(double, attempt):
    verdict = double.verdict(attempt)
    assert verdict.state is State.WRONG
    assert verdict.calls == 1
    assert verdict.problem == (
        "The call was stopped after 0.3 seconds. Is there a loop that never ends, or one that does "
        "far too much work?"
    )


def works_for(seconds):
    """Make an answer that needs so much of a processor."""

    def works(x):
        start = time.process_time()
        while time.process_time() - start < seconds:
            pass
        return 2 * x

    return works


def test_a_slow_answer_is_right_and_a_slower_one_is_not(double):
    assert double.verdict(works_for(0.1)).right
    assert "stopped after 0.3 seconds" in double.verdict(works_for(1)).problem


class Clocks:
    """Two clocks that move on each time the watchdog looks at them."""

    def __init__(self, share):
        self.share, self.looks = share, -1  # the first look is at the start

    def monotonic(self):
        self.looks += 1
        return self.looks * 0.02

    def process_time(self):
        return self.looks * 0.02 * self.share


def looked_at(clocks, seconds):
    """Work until the watchdog has looked a few times; say how many looks there were."""

    def work():
        while clocks.looks < 10:
            pass

    with contextlib.suppress(TimeIsUp):
        within(seconds, work)
    return clocks.looks


@pytest.mark.parametrize(
    ("share", "looks"),
    [
        (1, 1),  # all of a processor: at the first look the time is up
        (0.25, 4),  # others work as well: it gets four times as long
        (0.01, 1),  # it waits
    ],
)
def test_a_busy_machine_gives_an_answer_longer(monkeypatch, share, looks):
    monkeypatch.setattr(timing, "time", clocks := Clocks(share))
    assert looked_at(clocks, 0.02) == looks


def test_an_answer_that_unfolds_without_end(double):
    if sys.gettrace():
        pytest.skip("coverage may be stopped with its own lock held, and waits for it forever")
    verdict = double.verdict(returns_too_much)
    assert verdict.state is State.WRONG
    assert verdict.calls == 1
    # Whichever comes first: a fast machine counts a million items before the time is up.
    assert verdict.problem.startswith(("The answer is too large.", "The call was stopped after"))


def test_the_time_is_up_while_garbage_is_collected(monkeypatch):
    """Raised inside a collector's callback, the stop would be printed and lost."""
    woken, stopped_in_callback = threading.Event(), []

    def wake():
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
        woken.set()

    def callback(phase, info):
        try:
            woken.wait(10)
            for _ in range(1000):
                pass
        except TimeIsUp:
            stopped_in_callback.append(phase)
            raise

    def collects_and_loops(x):
        gc.collect()
        while True:
            pass

    monkeypatch.setattr(timing, "_wake_main_thread", wake)
    gc.callbacks.append(callback)
    try:
        with pytest.raises(TimeIsUp):
            within(0.1, lambda: collects_and_loops(1))
    finally:
        gc.callbacks.remove(callback)
    assert not stopped_in_callback


def test_a_stopped_call_leaves_the_interpreter_as_it_was(double):
    handler, trace, threads = signal.getsignal(2), sys.gettrace(), threading.active_count()
    double.verdict(sleeps_and_swallows)
    assert (signal.getsignal(2), sys.gettrace()) == (handler, trace)
    assert threading.active_count() == threads


def test_a_loop_that_only_ends_the_first_time(double):
    calls = []

    def tired(x):
        calls.append(1)
        if len(calls) > 2:
            time.sleep(60)
        return 2 * x

    verdict = double.verdict(tired)
    assert verdict.problem == "The same call gives two different answers. What does it remember?"


def test_recurses_without_end(double):
    def recurse(x):
        return recurse(x)

    verdict = double.verdict(recurse)
    assert verdict.state is State.CRASHED
    assert verdict.problem == "The function calls itself without end (RecursionError)."
    assert verdict.got.endswith("return recurse(x)")


def test_ends_python(double):
    verdict = double.verdict(lambda x: sys.exit())
    assert verdict.state is State.CRASHED
    assert verdict.problem == (
        "The function called exit(), which ends Python. Use return to end a function."
    )


def test_an_interrupt_of_the_reader_goes_through(double):
    def interrupted(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        double.verdict(interrupted)


def test_ctrl_c_during_a_call_is_an_interrupt():
    with pytest.raises(KeyboardInterrupt):
        within(5, lambda: signal.raise_signal(signal.SIGINT))


class EvilText(Exception):
    def __str__(self):
        raise SystemExit("no")


class SlowText(Exception):
    def __str__(self):
        time.sleep(60)


class StringWithTricks(str):
    __slots__ = ()

    def split(self, *args):
        raise ValueError("no")


ERRORS = {
    "a custom one": (type("Custom", (Exception,), {})("bad"), "Custom: bad"),
    "without text": (ValueError(), "ValueError"),
    "with a str that raises": (EvilText(), "EvilText"),
    "with lines": (ValueError("one\n  two"), "ValueError: one two"),
    "with terminal codes": (ValueError("\x1b[2J✓ Right"), "ValueError: ?[2J✓ Right"),
    "with much text": (ValueError("x" * 10_000), f"ValueError: {'x' * 300}…"),
    "with a strange string": (ValueError(StringWithTricks("a b")), "ValueError: a b"),
    "a base exception": (GeneratorExit("out"), "GeneratorExit: out"),
}


@pytest.mark.parametrize(("error", "sentence"), ERRORS.values(), ids=ERRORS)
def test_raises(double, error, sentence):
    def fail(x):
        raise error

    verdict = double.verdict(fail)
    assert verdict.state is State.CRASHED
    assert verdict.problem == sentence
    assert verdict.got.endswith(": raise error")


def test_an_error_that_takes_forever_to_say(double):
    def fail(x):
        raise SlowText

    assert double.verdict(fail).problem == "SlowText"


NOT_FUNCTIONS = {
    "a list": ([1, 2], "a list of 2 values"),
    "an array": (np.ones(3), "an array of shape (3,)"),
    "None": (None, "None"),
    "a string": ("double", "a string"),
    "an object that equals everything": (EqualsEverything(), "an EqualsEverything"),
    "a liar": (Liar(), "a Liar"),
}


@pytest.mark.parametrize(("attempt", "kind"), NOT_FUNCTIONS.values(), ids=NOT_FUNCTIONS)
def test_not_callable(double, attempt, kind):
    verdict = double.verdict(attempt)
    assert verdict.state is State.WRONG
    assert verdict.problem == (
        f"double is {kind}, not a function. Give the check the function itself: double, not "
        "double(...). Or does another cell use its name for something else? Then run the cell that "
        "defines double again."
    )


def test_a_callable_with_a_strange_code_attribute(double):
    class Strange:
        def __getattr__(self, name):
            raise ValueError("no")

        def __call__(self, x):
            return 1 / 0

    assert double.verdict(Strange()).problem == "ZeroDivisionError: division by zero"


@pytest.mark.parametrize("attempt", [lambda: 1, lambda x, y: x], ids=["none", "two"])
def test_wrong_number_of_parameters(double, attempt):
    verdict = double.verdict(attempt)
    assert verdict.state is State.CRASHED
    assert verdict.problem.startswith("TypeError: ")
    assert "positional argument" in verdict.problem


@pytest.mark.parametrize("error", [ValueError, RuntimeError])
def test_a_callable_that_hides_its_parameters(double, error):
    class Shy:
        @property
        def __signature__(self):
            raise error

        def __call__(self, x):
            return 3 * x

    assert double.verdict(Shy()).state is State.WRONG


def test_parameters_in_another_order(make_exercise):
    def power(base, exponent):
        return base**exponent

    exercise = make_exercise(power, [(2.0, 3.0)])
    verdict = exercise.verdict(lambda exponent, base: base**exponent)
    assert "The parameters should stand in this order: base, exponent." in verdict.problem


def test_different_answers_each_call(double):
    answers = itertools.count()

    def drifting(x):
        return 2 * x + next(answers) * (len(answers_given) > 2)

    answers_given = []

    def attempt(x):
        answers_given.append(x)
        return drifting(x)

    verdict = double.verdict(attempt)
    assert verdict.state is State.WRONG
    assert verdict.problem == "The same call gives two different answers. What does it remember?"
    assert verdict.got == "[2.0, 4.0], then [4.0, 6.0]"
    assert verdict.expected == "the same answer twice"


def test_keeps_state_between_calls(double):
    total = np.zeros(())

    def remembering(x):
        nonlocal total
        total = total + 1
        return 2 * x + (total > 2)

    assert "What does it remember?" in double.verdict(remembering).problem


def test_finished_for_some_inputs_only(double):
    def half(x):
        if len(x) == 3:
            raise NotImplementedError
        return 2 * x

    verdict = double.verdict(half)
    assert verdict.state is State.CRASHED
    assert verdict.problem == (
        "The answer is not finished: for this call it still raises NotImplementedError "
        "(NotImplementedError)"
    )


def test_the_stub_of_another_exercise_is_not_this_one(double):
    def helper(x):
        raise NotImplementedError("Exercise 1.5: one step of the learning rule")

    verdict = double.verdict(lambda x: helper(x))
    assert verdict.state is State.CRASHED
    assert verdict.problem == ("It uses exercise 1.5, which is not written yet. Do that one first.")
    assert verdict.got.endswith(
        'raise NotImplementedError("Exercise 1.5: one step of the learning rule")'
    )


@pytest.mark.parametrize("size", [10**5, 10**6])
def test_messages_about_large_answers_are_short(double, size):
    double.seconds = 20
    for answer in (list(range(size)), np.zeros(size), "x" * size, {i: i for i in range(size)}):
        verdict = double.verdict(lambda x, answer=answer: answer)
        assert not verdict.right
        assert len(without_color(message(verdict))) < 3_000


def test_outside_the_main_thread_there_is_no_time_limit(double):
    verdicts = []
    thread = threading.Thread(target=lambda: verdicts.append(double.verdict(lambda x: 2 * x)))
    thread.start()
    thread.join()
    assert verdicts[0].right


def test_without_threads_there_is_no_time_limit(double, monkeypatch):
    def no_threads(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_threads)
    assert double.verdict(lambda x: 2 * x).right


def test_on_windows_the_main_thread_is_woken_another_way(double, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert "stopped after 0.3 seconds" in double.verdict(loops).problem


def test_a_signal_that_comes_too_late_is_ignored():
    def handler_after_a_stop():
        try:
            time.sleep(60)
        except BaseException:
            handlers.append(signal.getsignal(signal.SIGINT))
            raise

    handlers = []
    with pytest.raises(TimeIsUp):
        within(0.1, handler_after_a_stop)
    assert handlers[0](signal.SIGINT, sys._getframe()) is None
