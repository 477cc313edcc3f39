"""Functions that a case passes to an answer hand out numbers, and nothing else."""

import contextlib
import dataclasses
import socket
import threading
import time

import numpy as np
import pytest

from helpers.checks import exercises
from helpers.checks.adapters import with_function
from helpers.course.grading.channel import Channel, Closed
from helpers.course.grading.functions import OnCall, as_code, made_from_code, public_name
from helpers.course.grading.judge import judge
from helpers.course.grading.parcels import Parcel
from helpers.course.grading.sandbox import Limits, Sandbox
from helpers.course.grading.session import Ended, Session
from helpers.reference import relu

from .course_directory import needs_wall

pytestmark = pytest.mark.tier("check")
SECRET = b"the notebook of another student " * 64


def test_what_both_sides_have_goes_by_name():
    assert [public_name(f) for f in (np.sin, np.exp, np.mean)] == [
        "numpy.sin",
        "numpy.exp",
        "numpy.mean",
    ]
    assert public_name(relu).startswith("helpers.reference.")
    assert public_name(lambda x: x) == public_name(exercises) == public_name(print) == ""


OFFSET = 5


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x + OFFSET,
        lambda x, y=2: x * y,
        lambda x: exercises(),
        lambda x: unknown(x),  # noqa: F821
        lambda x: (lambda y: y + OFFSET)(x),
        (lambda secret: lambda x: x * secret)(3),
        OnCall(lambda x: x),
        len,
        dict,
    ],
)
def test_what_reads_anything_else_stays_here(function):
    assert as_code(function) == ""


def test_what_reads_nothing_else_goes_as_code():
    quartic, relu_ = lambda w: 4 * w**3 - 4 * w, lambda z: np.maximum(0, z)
    for function, arg in ((quartic, 0.5), (relu_, -1)):
        made = made_from_code("made", as_code(function))
        assert made(arg) == function(arg)
        assert made.__code__.co_filename == "<case>"
        assert made.__globals__.keys() - {"__builtins__"} == {"np"}


def test_what_reads_the_library_goes_as_code_that_names_it():
    def leak(x):
        return np.where(x > 0, relu(x), 0.1 * x)

    made = made_from_code("leak", as_code(leak))
    assert made(2.0) == leak(2.0)
    assert made.__globals__["relu"] is relu


@pytest.mark.tier("test")
def test_no_function_of_the_course_is_called_back():
    """Each call back takes longer than what is called."""
    for exercise in exercises().values():
        if hasattr(exercise.adapter, "arguments"):
            for case in exercise.case_set().cases:
                assert not Parcel(exercise, case).functions._functions


def on_call(exercise):
    """The exercise, with closures in place of its functions: cubes all of them."""
    power = 3

    def cube(x):
        return x**power

    names = {case[0] for case in exercise.case_set().cases}
    return dataclasses.replace(exercise, adapter=with_function(dict.fromkeys(names, cube)))


class Subclass(np.ndarray):
    """An array that would run code of its own."""


FITS = [0.5, 3, True, 1j, np.float64(2), np.zeros((3, 4)), np.array(7), [1.0, 2.0], (1, 2)]
FITS += [{"W": np.ones((2, 2))}, [[1, 2], [3, 4]]]
REFUSED = {
    "text": "x",
    "None": None,
    "dtype": np.dtype("O"),
    "objects": np.array([{}], dtype=object),
    "words": np.array(["a"]),
    "records": np.zeros(2, dtype=[("a", "f8")]),
    "dates": np.zeros(2, dtype="M8[s]"),
    "subclass": np.zeros(3).view(Subclass),
    "masked": np.ma.zeros(3),
    "too large": np.zeros(20_000),
    "too many parts": [0.0] * 5_000,
    "too deep": [[[1.0]]],
    "function": np.sin,
    "dict of text": {"W": "x"},
}


@pytest.mark.parametrize("argument", FITS, ids=repr)
def test_numbers_are_taken(argument):
    assert OnCall(lambda x: (x, 1))(argument)[1] == 1


@pytest.mark.parametrize("argument", REFUSED.values(), ids=REFUSED)
def test_anything_else_is_refused(argument):
    with pytest.raises(TypeError, match="takes numbers, and small arrays"):
        OnCall(lambda x: pytest.fail("it was called"))(argument)


def test_a_row_and_a_column_do_not_make_a_huge_table():
    loss = OnCall(lambda w1, w2: w1 * w2)
    assert loss(np.ones((100, 1)), np.ones(100)).shape == (100, 100)
    with pytest.raises(TypeError):
        loss(np.ones((9_000, 1)), np.ones(9_000))


@pytest.mark.parametrize("count", [0, 2, 300])
def test_another_number_of_arguments_is_refused_in_pythons_words(count):
    with pytest.raises(TypeError, match="positional argument"):
        OnCall(lambda x: pytest.fail("it was called"))(*[1.0] * count)


# Through the wall ---------------------------------------------------------------------------------

ATTACKS = {
    "where": "f(np.zeros(1000), where=False)",
    "out": "f(np.zeros(3), out=np.zeros(3))",
    "out by position": "f(x, np.zeros(3))",
    "dtype": "f(x, dtype=object)",
    "casting": "f(x, casting='unsafe', dtype='V100')",
    "no argument": "f()",
    "attribute": "f.at(np.zeros(3), [0], 1)",
    "itself": "f(f)",
    "an object that calls back": "f(type('E', (), {'__array__': lambda *_: f(x)})())",
    "huge": "f(np.zeros(10**5))",
    "strings": "f(np.array(['a' * 1000]))",
}


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(limits=Limits()) as made:
        yield made


@needs_wall
@pytest.mark.tier("test")
@pytest.mark.parametrize("call", ATTACKS.values(), ids=ATTACKS)
def test_a_call_with_strange_arguments_reads_nothing(sandbox, call):
    exercise = on_call(exercises()["numerical_derivative"])
    keep = bytearray(SECRET)  # somewhere in this process's memory
    del keep
    source = f"""
import numpy as np
from helpers import check
seen = []
def numerical_derivative(f, x, h=1e-6):
    try:
        seen.append(np.asarray({call}).tobytes())
    except Exception as error:
        seen.append(repr(error).encode())
    return (f(x + h) - f(x - h)) / (2 * h)
"""
    with sandbox.submission() as inmate:
        session = Session(inmate.channel, inmate.end)
        assert session.run(1, source, 10) == []
        found = session.find("numerical_derivative")
        assert judge(exercise, found.answer, session).right
        (shown,) = session.run(2, "print(b''.join(seen))", 10)
    assert SECRET[:32].decode() not in shown["text"]
    assert "Error" in shown["text"]


@needs_wall
@pytest.mark.tier("test")
def test_a_named_argument_is_one_all_the_same(sandbox):
    source = """
from helpers import check
def numerical_derivative(f, x, h=1e-6):
    try:
        return (f(x=x + h) - f(x=x - h)) / (2 * h)
    except TypeError:  # a ufunc has no such name
        return (f(x + h) - f(x - h)) / (2 * h)
"""
    known = exercises()["numerical_derivative"]
    with sandbox.submission() as inmate:
        session = Session(inmate.channel, inmate.end)
        session.run(1, source, 10)
        found = session.find("numerical_derivative")
        for exercise in (known, on_call(known)):
            assert judge(exercise, found.answer, session).right


# A process that makes its own messages ------------------------------------------------------------


@pytest.fixture
def talk():
    """A function that judges one call by a process that asks for something of its own."""
    ends = []

    def start(asked):
        ours, theirs = socket.socketpair()
        answers = []

        def serve():
            channel = Channel(theirs)
            with theirs, contextlib.suppress(Closed, KeyError):
                channel.receive()
                channel.send({"ignores": [], "changes": [], **asked})
                answers.append(channel.receive())
                channel.send({"outcomes": [{"value": 0.0, "changes": []}] * 9})

        thread = threading.Thread(target=serve)
        thread.start()
        ends.append((ours, thread))
        session = Session(Channel(ours), time.monotonic() + 120)
        exercise = on_call(exercises()["numerical_derivative"])
        parcels = [Parcel(exercise, case) for case in exercise.case_set().cases]
        with contextlib.suppress(Ended):
            session.batch(0, parcels, 5)
        return answers[0] if answers else None

    yield start
    for ours, thread in ends:
        ours.close()
        thread.join()


def test_a_call_by_hand_is_answered(talk):
    assert talk({"callback": 0, "case": 0, "args": ["t", [3.0]]})["value"] == 27.0


@pytest.mark.parametrize(
    "asked",
    [
        {"callback": 1, "case": 0, "args": ["t", [3.0]]},
        {"callback": -1, "case": 0, "args": ["t", [3.0]]},
        {"callback": [], "case": 0, "args": ["t", [3.0]]},
        {"callback": True, "case": 0, "args": ["t", [3.0]]},
        {"callback": 0, "case": 99, "args": ["t", [3.0]]},
        {"callback": 0, "case": None, "args": ["t", [3.0]]},
        {"callback": 0, "case": 0, "args": [3.0]},
        {
            "callback": 0,
            "case": 0,
            "args": ["t", [["m", 1, ["a", "|O", [1], "AAAAAAAAAAA=", "C"]]]],
        },
        {"callback": 0, "case": 0, "args": ["t", [["s", "|V8", "AAAAAAAAAAA="]]]},
    ],
    ids=str,
)
def test_a_call_that_is_none_ends_the_conversation(talk, asked):
    assert talk(asked) is None


@pytest.mark.parametrize(
    "args",
    [
        [["o", 5, "ndarray", ["callable"], None]],
        [["f", 0, "f"]],
        ["text"],
        [None],
        [],
        [1.0, 2.0],
        [["t", [["t", [["t", [1]]]]]]],
    ],
    ids=str,
)
def test_arguments_that_do_not_fit_are_refused(talk, args):
    answer = talk({"callback": 0, "case": 0, "args": ["t", args], "kwargs": {"where": False}})
    assert answer["raised"][0] == "TypeError"
