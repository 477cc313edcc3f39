"""What a student's process sends cannot make the grader swell, wait or fail."""

import base64
import contextlib
import dataclasses
import itertools
import math
import pickle
import socket
import threading
import time
import tracemalloc

import numpy as np
import pytest

from helpers.checks import exercises
from helpers.checks.adapters import generator
from helpers.checks.calling import Reported, call
from helpers.checks.comparing import Tolerance, difference
from helpers.checks.plain import NotPlain, plain
from helpers.course.grading.assignments import Submission
from helpers.course.grading.channel import Channel, Closed, Garbled
from helpers.course.grading.inside.drawings import fresh_axes
from helpers.course.grading.redrawing import draw_on
from helpers.course.grading.session import Ended, Session, to_run
from helpers.course.grading.wire import Wire

pytestmark = pytest.mark.tier("check")

MEGABYTE = 2**20


@pytest.fixture
def peak():
    """A function that returns how many bytes were in use at most."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def doubled(times):
    """A list that holds a list twice, which holds a list twice, and so on."""
    value = [0]
    for _ in range(times):
        value = [value, value]
    return value


class Clock:
    """A clock that can be put forward."""

    def __init__(self, now):
        self._now = now
        self._put_forward = 0.0

    def __call__(self):
        return self._now() + self._put_forward

    def forward(self, seconds):
        """Let time pass."""
        self._put_forward += seconds


@pytest.fixture
def clock(monkeypatch):
    """The clock that limits are read from; no test waits for it."""
    made = Clock(time.monotonic)
    monkeypatch.setattr(time, "monotonic", made)
    return made


# Answers ------------------------------------------------------------------------------------------


def test_long_text_among_short_takes_no_more_than_it_is(peak):
    answer = ["x" * 10**6] + [""] * 1000
    assert difference(answer, np.zeros(3), Tolerance())
    assert difference(answer, ["x"] * 1001, Tolerance())
    assert peak() < 20 * MEGABYTE


def test_lists_that_unfold_without_end_are_no_answer():
    with pytest.raises(NotPlain, match="too large"):
        plain(doubled(50))


def test_an_array_that_stands_in_a_list_many_times_is_no_answer(peak):
    with pytest.raises(NotPlain, match="too large"):
        plain([np.zeros(10**6)] * 10**4)
    assert peak() < 200 * MEGABYTE


def test_what_an_honest_answer_holds_is_plain():
    assert plain(doubled(14)) == doubled(14)
    assert plain(np.zeros(1_500_000)).size == 1_500_000


# Sessions -----------------------------------------------------------------------------------------


@pytest.fixture
def talk():
    """A function that starts a session with a process that gives the replies it is told to."""
    started = []

    def start(reply, end=30.0):
        ours, theirs = socket.socketpair()

        def serve():
            channel = Channel(theirs)
            with theirs, contextlib.suppress(Closed):
                while True:
                    channel.send(reply(channel.receive()))

        thread = threading.Thread(target=serve)
        thread.start()
        started.append((ours, thread))
        return Session(Channel(ours), time.monotonic() + end)

    yield start
    for ours, thread in started:
        ours.close()
        thread.join()


def test_what_was_foreseen_and_is_not_asked_is_passed_over():
    ours, theirs = socket.socketpair()

    def serve():
        channel = Channel(theirs)
        with theirs, contextlib.suppress(Closed):
            while True:
                asked = channel.receive()
                for step in asked.get("steps", [asked]):
                    channel.send({"outputs": [{"kind": "stdout", "text": step["source"]}]})

    thread = threading.Thread(target=serve)
    thread.start()
    with ours:
        session = Session(Channel(ours), time.monotonic() + 120)

        def shown(number, source):
            return session.run(number, source, 9)[0]["text"]

        session.foresee([to_run(number, source, 9) for number, source in enumerate("abc")])
        assert [shown(0, "a"), shown(7, "other"), shown(1, "b")] == ["a", "other", "b"]
        session.foresee([to_run(number, source, 9) for number, source in enumerate("abc")])
        session.foresee([to_run(number, source, 9) for number, source in enumerate("def")])
        assert [shown(number, source) for number, source in enumerate("def")] == [*"def"]
    thread.join()


@pytest.mark.parametrize("outcomes", [[], [{}]])
def test_a_batch_without_end_ends_when_its_time_is_up(outcomes):
    ours, theirs = socket.socketpair()

    def send():
        channel = Channel(theirs)
        with theirs, contextlib.suppress(Closed):
            while True:
                channel.send({"outcomes": outcomes, "more": True})

    thread = threading.Thread(target=send)
    thread.start()
    with ours, pytest.raises(Ended):
        Session(Channel(ours), time.monotonic() + 0.2).batch(0, [], 0.1)
    thread.join()


def array(shape, data=""):
    return ["m", 1, ["a", "<f8", shape, data, "C"]]


KEY = {"bit_generator": "MT19937", "state": {"key": [1, 2], "pos": 5}}
GARBAGE = [
    {"callback": []},
    {"callback": 5},
    {"found": array([0, 2**40, 2**40])},
    {"found": array([0, 2**30])},
    {"found": ["m", 1, ["g", "MT19937", KEY]]},
    {"found": ["m", 1, ["g", "PCG64", {"state": "x" * 9}]]},
    {"missing": 1},
]


@pytest.mark.parametrize("reply", GARBAGE, ids=str)
def test_garbage_ends_the_session(talk, reply):
    with pytest.raises(Ended, match="it does not talk as it should"):
        talk(lambda _: reply).find("step")


@pytest.mark.parametrize("outputs", [{}, 1, "x", None])
def test_garbage_in_place_of_outputs_ends_the_session(talk, outputs):
    with pytest.raises(Ended, match="it does not talk as it should"):
        talk(lambda _: {"outputs": outputs}).run(1, "1", 1)


def test_a_change_that_cannot_be_undone_ends_the_session(talk):
    def reply(request):
        ((_, ((_, number, _),)),) = [request["args"]]
        return {"value": 0, "changes": [[number, ["d", [["a", 2**70]]]]]}

    session = talk(reply)
    with pytest.raises(Ended), session.case(5):
        session.use("call", 0, ({"a": 1},))


class Iterator:
    """Replies of a process whose answer gives items without end, each after so many seconds."""

    def __init__(self, clock, seconds):
        self._clock = clock
        self._seconds = seconds
        self.given = 0

    def __call__(self, request):
        if request["way"] == "next":
            self._clock.forward(self._seconds)
            self.given += 1
            return {"value": 0, "changes": []}
        return {"value": ["o", 7, "generator", ["iterator", "iterable"], None], "changes": []}


def test_an_iterator_has_no_more_time_than_its_case(talk, clock):
    reply = Iterator(clock, 1.0)
    session = talk(reply, end=1000)
    with session.case(10):
        outcome = call(generator, lambda: session.use("call", 0), (), (), math.inf)
    assert outcome.endless
    assert 1 <= reply.given <= 11


def test_an_iterator_has_no_more_time_than_the_submission(talk, clock):
    reply = Iterator(clock, 1.0)
    session = talk(reply, end=10)
    with pytest.raises(Ended, match="its time was up"), session.case(1000):
        call(generator, lambda: session.use("call", 0), (), (), math.inf)
    assert 1 <= reply.given <= 13


class Dripping:
    """A socket from which a long message comes, one byte a second."""

    def __init__(self, clock):
        self._clock = clock
        self._message = itertools.chain((10**4).to_bytes(4), itertools.repeat(ord("1")))

    def settimeout(self, seconds):
        """Accept it: there always is something."""

    def recv(self, length):
        """Give one byte."""
        self._clock.forward(1.0)
        return bytes([next(self._message)])


def test_a_message_that_comes_byte_by_byte_ends_with_the_time(clock):
    channel = Channel(Dripping(clock))
    with pytest.raises(TimeoutError):
        channel.receive(clock() + 100)
    assert channel.received < 110


def test_what_was_reported_survives_the_way_between_processes():
    found = {"crashed": True, "error": "ValueError", "line": "line 1"}
    assert pickle.loads(pickle.dumps(Reported(found))).found == found


def test_a_question_is_not_asked_again_for_its_letter():
    exercise = exercises()["question_1"]
    wrong, right = "abcd".replace(exercise.question.letter, "")[0], exercise.question.letter
    for letter in (wrong, right):
        asked = iter([letter, letter, "no letter"])
        answer = lambda asked=asked: next(asked)  # noqa: E731 (one of ours may stand for a value)
        known = dataclasses.replace(exercise, variants=[answer])
        assert known.verdict(answer).right == (letter == right)


# Pictures -----------------------------------------------------------------------------------------


def picture(**parts):
    """What is sent of Axes."""
    empty = {"title": "", "labels": {}, "lines": [], "collections": [], "limits": {}}
    return {**empty, "legend": None, "axes shown": True, **parts}


def surface(*data, method="contour"):
    return {"method": method, "data": list(data), "label": "", "visible": True, "alpha": None}


LOOK = {"color": "k", "linestyle": "-", "marker": "o", "linewidth": 1}
LINE = {"data": [[1], [1]], **LOOK, "label": "", "visible": True, "alpha": None}
GRID = np.arange(9.0).reshape(3, 3)


@pytest.mark.parametrize(
    "seen",
    [
        picture(lines=[LINE] * 15_000),
        picture(collections=[surface(GRID)] * 15_000),
        picture(legend={"texts": ["a"] * 15_000, "handles": []}),
        picture(lines=[{**LINE, "data": [doubled(30), [1]]}]),
        picture(lines=[{**LINE, "data": [["x" * 10**6] + [""] * 1000, [1]]}]),
        picture(collections=[surface(np.zeros((1000, 1000)))]),
    ],
    ids=["lines", "collections", "legend", "laughs", "text", "points"],
)
def test_too_large_a_picture_is_not_drawn(seen):
    with pytest.raises((ValueError, TypeError)):
        draw_on(fresh_axes("rectilinear"), seen)


def test_contours_are_drawn_with_few_levels():
    ax = fresh_axes("rectilinear")
    levels = list(range(10**5))
    draw_on(ax, picture(collections=[surface(GRID, 2_000_000), surface(GRID, levels)]))
    assert all(len(drawn.levels) <= 60 for drawn in ax.collections)


# Values -------------------------------------------------------------------------------------------


def stranger(tree):
    raise Garbled("a stranger")


@pytest.mark.parametrize(
    "tree",
    [
        2**63,
        ["m", 1, ["d", [[i * (2**61 - 1), 0] for i in range(20_000)]]],
        ["m", 1, ["d", [[str(i), 0] for i in range(10_001)]]],
        ["e", "set", list(range(10_001))],
        array([0, 10**4, 10**4]),
    ],
    ids=["integer", "colliding keys", "dict", "set", "array without entries"],
)
def test_what_takes_long_to_make_is_refused(tree):
    with pytest.raises(Garbled):
        Wire(2, repr, stranger).decode(tree)


# Budgets ------------------------------------------------------------------------------------------


def test_what_comes_for_one_case_has_a_limit(talk):
    large = array([1_250_000], base64.b64encode(bytes(10**7)).decode())

    def reply(request):
        return {"value": [*large[:1], 0, *large[2:]], "changes": []}

    session = talk(reply)
    for _ in range(2):  # the next case has a budget of its own
        with session.case(30):
            outcome = call(
                lambda use: [use("call", 0) for _ in range(9)], session.use, (), (), math.inf
            )
        assert outcome.error.startswith("The answer sends more than 64 megabytes")
        with session.case(30):
            assert session.use("call", 0).size == 1_250_000


def test_what_a_notebook_shows_has_a_limit(talk):
    output = {"kind": "stdout", "name": "", "text": "x" * 12_000}
    session = talk(lambda _: {"outputs": [output] * 50})
    shown = [session.run(n, "", 1) for n in range(1, 5)]
    texts = [output["text"] for outputs in shown for output in outputs]
    assert sum(map(len, texts)) < 1_100_000
    assert texts[-1] == "This notebook shows too much; the rest is left out.\n"


def test_a_timestamp_of_200_000_digits_is_no_date():
    started = time.process_time()
    late = Submission("mallory", {"timestamp.txt": b"9" * 200_000})
    assert late.handed_in is None
    assert late.has_bad_timestamp
    assert time.process_time() - started < 1
