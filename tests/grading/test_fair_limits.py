"""Time limits are fair: a busy machine costs no marks, and who keeps it busy gains none."""

import multiprocessing
import os
import socket
import time

import pytest

from helpers.checks import exercises
from helpers.course.grading.assignments import Graded, Mark
from helpers.course.grading.bench import Sitting
from helpers.course.grading.channel import Channel
from helpers.course.grading.clean_process import Opening
from helpers.course.grading.clock import FairClock, lost
from helpers.course.grading.inside import usage
from helpers.course.grading.sandbox import Ending, Limits
from helpers.course.grading.workers import Case, Failure, Local

from .course_directory import needs_wall
from .small_class import NAME, assignment, submission

pytestmark = pytest.mark.tier("test")
takes_long = pytest.mark.xdist_group("takes long")

AFFINE = "def affine(X, W, b):\n    return X @ W + b"
BURN = "import time\nwhile time.process_time() - {start} < {seconds}:\n    pass"


@pytest.mark.tier("check")
@pytest.mark.parametrize(
    ("elapsed", "waited", "used", "taken"),
    [
        (60, 45, 15, 45),  # three others at the same core
        (60, 0, 60, 0),
        (60, 0, 0, 0),  # asleep
        (60, 59, 118, 0),  # two cores, kept busy by its own children
        (60, 59, 50, 10),
    ],
)
def test_what_is_lost_is_what_others_took(elapsed, waited, used, taken):
    assert lost(elapsed, waited, used) == taken


@pytest.mark.tier("check")
def test_a_clock_asks_only_at_a_deadline():
    asked = []
    clock = FairClock(lambda: asked.append(1) or 100.0)
    start = clock.now()
    assert not clock.is_over(start + 50)
    assert not asked
    assert not clock.is_over(start - 50)  # a hundred seconds were lost
    assert clock.is_over(start - 150)
    assert len(asked) == 2
    assert clock.on_the_wall(0) == 100


@pytest.mark.tier("check")
def test_a_message_can_be_waited_for_again():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel = Channel(ours)
        text = b'{"a": 1}'
        for piece in (len(text).to_bytes(4, "big")[:3], b"\x08" + text[:4]):
            theirs.sendall(piece)
            with pytest.raises(TimeoutError):
                channel.receive(time.monotonic() + 0.01)
        theirs.sendall(text[4:])
        assert channel.receive(time.monotonic() + 60) == {"a": 1}


def _spin(seconds, spun=None):
    os.setsid()  # some kernels share a core among sessions first
    start = time.process_time()  # a fork goes on counting from where its parent was
    while time.process_time() < start + seconds:
        pass
    if spun is not None:
        spun.release()
        time.sleep(600)


@pytest.mark.skipif(
    not os.path.exists("/proc/self/schedstat"),
    reason="the time that others took is missing: use Linux",
)
def test_the_time_of_children_counts():
    context = multiprocessing.get_context("fork")
    before = usage.processor_seconds(os.getpid())
    spun = context.Semaphore(0)
    children = [context.Process(target=_spin, args=(0.3, spun), daemon=True) for _ in range(2)]
    for child in children:
        child.start()
    for _ in children:
        spun.acquire()
    assert usage.processor_seconds(os.getpid()) - before >= 0.5  # while they live
    for child in children:
        child.kill()
        child.join()
    assert usage.processor_seconds(os.getpid()) - before >= 0.5  # and afterwards
    assert usage.waited() >= 0
    assert usage.waited("nobody") == 0


def graded(limits, *submissions, seats=2):
    """Grade submissions; return what came of each."""
    local = Local(Opening(limits), seats)
    try:
        local.take(assignment("affine"))
        outcomes = list(local.results(submissions))
    finally:
        local.close()
    assert not [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    return {of.student: result for of, result in outcomes}


def score(result):
    return [mark.score for mark in result.notebooks[NAME].marks]


@pytest.fixture
def one_core():
    """One core for this process and all that it starts: so a few others keep it busy."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    yield
    os.sched_setaffinity(0, before)


@needs_wall
def test_a_busy_machine_costs_no_marks(one_core):
    """Half a second of work takes two, and is not stopped after one."""
    slow = "import time\nstart = time.process_time()\n" + BURN.format(start="start", seconds=0.5)
    context = multiprocessing.get_context("fork")
    busy = [context.Process(target=_spin, args=(600,), daemon=True) for _ in range(3)]
    local = Local(Opening(Limits(cell_seconds=1, seconds=300)), 1)
    try:
        local.take(assignment("affine"))
        local.protections()
        for process in busy:
            process.start()
        ((_, found),) = local.results([submission("ada", slow, affine=AFFINE)])
    finally:
        for process in busy:
            if process.pid:
                process.kill()
                process.join()
        local.close()
    assert score(found) == [1]
    assert found.remarks == ()
    assert found.seconds > 1  # longer than its limit


def test_a_second_look_that_is_stopped_is_tried_again():
    """What a busy machine stops on the second look says nothing of the first."""

    def judged(case, score, *stopped):
        found = Graded("", (Mark("affine-check", score, 1.0),), stopped=stopped)
        case.note(Sitting(None, graded=found, ending=Ending(0, 0.1, 1)))
        return case

    first = judged(Case.of(submission("ada", affine=AFFINE), assignment("affine")), 1.0)
    second = judged(first.once_more(), 0.0, "affine-check")
    assert second.is_to_be_tried_again()
    assert judged(second.again(), 1.0).result().second == "same"
    third = judged(second.again(), 0.0, "affine-check")
    assert not third.is_to_be_tried_again()
    assert third.result().second == "affine-check 1.0 and 0.0"


SLEEPS = """
import os, time
for _ in range({children}):
    if os.fork() == 0:
        while True:
            pass
try:
    while True:
        time.sleep(0.1)
except BaseException:
    while True:
        time.sleep(0.1)
"""
OTHERS = ["s0", "s1", "s2"]


@pytest.fixture(scope="module")
def stopped():
    """A class in which three take too long, each in another way."""
    class_ = [
        submission("endless-cell", "while True:\n    pass", affine=AFFINE),
        submission("sleeper", SLEEPS.format(children=0), affine=AFFINE),
        submission("endless-answer", affine="def affine(X, W, b):\n    while True:\n        pass"),
        *(submission(name, affine=AFFINE) for name in OTHERS),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exercises()["affine"], "seconds", 0.3)
        return graded(Limits(cell_seconds=1, seconds=20), *class_)


@needs_wall
@takes_long
def test_what_is_stopped_is_tried_once_more_and_said(stopped):
    found = stopped["endless-cell"]
    assert found.remarks == ("stopped when its time was up, both times: cell 1",)
    assert score(found) == [1]


@needs_wall
@takes_long
def test_what_is_stopped_keeps_nobody_waiting(stopped):
    assert set(list(stopped)[: len(OTHERS)]) == set(OTHERS)  # in the order in which they ended
    assert all(score(stopped[name]) == [1] for name in OTHERS)
    assert not any(stopped[name].remarks for name in OTHERS)


@needs_wall
@takes_long
def test_an_answer_that_is_stopped_is_named(stopped):
    found = stopped["endless-answer"]
    assert score(found) == [0]
    assert found.remarks == ("stopped when its time was up, both times: affine-check",)


@needs_wall
@takes_long
def test_who_sleeps_is_stopped(stopped):
    assert "stopped when its time was up, both times" in "; ".join(stopped["sleeper"].remarks)


@needs_wall
@pytest.mark.tier("full")
def test_who_keeps_the_cores_busy_is_stopped():
    """Children that spin use the time of the one that has started them."""
    attack = submission("eve", SLEEPS.format(children=50), affine=AFFINE)
    found = graded(Limits(cell_seconds=1, seconds=20), attack)
    assert "stopped when its time was up, both times" in "; ".join(found["eve"].remarks)


@needs_wall
@pytest.mark.tier("full")
def test_children_that_spin_cost_a_neighbor_nothing():
    attack = "import os, time\nfor _ in range(50):\n    if os.fork() == 0:\n        while True:\n"
    attack += "            pass\ntime.sleep(60)"
    busy = "import time\nstart = time.process_time()\n" + BURN.format(start="start", seconds=0.3)
    class_ = [submission("eve", attack, affine=AFFINE)]
    class_ += [submission(f"s{number}", busy, affine=AFFINE) for number in range(3)]
    found = graded(Limits(cell_seconds=2, seconds=60), *class_)
    assert all(score(found[f"s{number}"]) == [1] for number in range(3))
    assert all(not found[f"s{number}"].remarks for number in range(3))
