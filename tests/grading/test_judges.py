"""The judges are expendable: what a notebook does to its own, it does to nobody else."""

import contextlib
import json
import os
import select
import signal
from contextlib import closing
from dataclasses import replace

import pytest

from helpers.course.grading import bench, workers
from helpers.course.grading.bench import Bench
from helpers.course.grading.clean_process import CleanProcess, Opening, ProcessGone
from helpers.course.grading.sandbox import Limits
from helpers.course.grading.workers import Failure, Local
from tests.waiting import HANGS

from .bombs import Bomb
from .course_directory import needs_wall
from .small_class import NAME, assignment, submission

pytestmark = [pytest.mark.tier("test"), needs_wall, pytest.mark.xdist_group("judges")]

AFFINE = "def affine(X, W, b):\n    return X @ W + b"
SUM = "def weighted_sum(x, w, b):\n    return float(np.dot(x, w) + b)"
RIGHT = {"affine": AFFINE, "weighted_sum": SUM}


@pytest.fixture(scope="module")
def judged():
    """A function that grades submissions of two exercises, with little time for each judge."""
    local = Local(Opening(Limits(cell_seconds=5, seconds=60), judge_seconds=1), 2)
    local.take(assignment("affine", "weighted_sum"))
    local.protections()

    def run(*submissions):
        found = {}
        for outcome in local.results(submissions):
            assert not isinstance(outcome, Failure), outcome
            found[outcome[0].student] = outcome[1].notebooks[NAME]
        return found

    run.local = local
    yield run
    local.close()


def marks(graded):
    return [mark.score for mark in graded.marks]


def said(graded):
    """What stands below the checks, in one line."""
    outputs = [o for cell in json.loads(graded.text)["cells"] for o in cell.get("outputs", ())]
    lines = [line for output in outputs for line in output.get("traceback", ())]
    return " ".join(" ".join(lines).split())


def takes_over(reply):
    """Code that gives a reply of its own in place of the answer to the first exercise."""
    return f"""
import gc
student = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Student")

def find(request, found=student._find):
    student.asked = request["name"]
    return found(request)

def batch(request, made=student._batch):
    return {reply} if student.asked == "affine" else made(request)

student._find, student._batch = find, batch
"""


KEYS = "[['c', -1000003.0 * n, float(n)] for n in range(1, 9_999)]"  # all of one hash
DICT = f'["m", 0, ["d", [[key, 0] for key in {KEYS}]]]'
HARD = {
    "dicts of colliding keys": f'{{"outcomes": [{{"value": ["t", [{DICT}] * 20]}}]}}',
    "sets of colliding keys": f'{{"outcomes": [{{"value": ["t", [["e", "set", {KEYS}]] * 20]}}]}}',
}
ODD = {
    "a dtype of a million characters": '{"outcomes": [{"value": ["s", "f8," * 10**6, ""]}]}',
    "lists in lists": '{"outcomes": [{"value": eval("[" * 50 + "]" * 50)}]}',
    "no outcomes": '{"outcomes": []}',
    "too many outcomes": '{"outcomes": [{"value": 1}] * 10**5}',
    "outcomes without end": '{"outcomes": [{"value": 1}], "more": True}',
    "a value of another kind": '{"outcomes": [{"value": {"a": 1}}]}',
    "changes of nothing": '{"outcomes": [{"value": 1, "changes": [[99, ["l", []]]]}]}',
    "a large text": '{"outcomes": [{"value": "x" * 10**7}]}',
    "a large warning": '{"outcomes": [{"value": 1, "warned": ["x" * 10**6] * 10}]}',
}


@pytest.mark.parametrize(
    "reply",
    [  # the gallery has colliding dicts as well
        pytest.param(reply, id=name, marks=pytest.mark.tier("full") if "dicts" in name else ())
        for name, reply in HARD.items()
    ],
)
def test_an_answer_that_ends_its_judge_costs_that_exercise_alone(judged, reply):
    mallory = submission("mallory", takes_over(reply), **RIGHT)
    found = judged(mallory, *(submission(name, **RIGHT) for name in ("ada", "bob")))
    assert marks(found["mallory"]) == [0, 1]
    assert "takes more than any answer needs (too much time)" in said(found["mallory"])
    assert marks(found["ada"]) == marks(found["bob"]) == [1, 1]


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(reply, id=name, marks=pytest.mark.tier("full") if "end" in name else ())
        for name, reply in ODD.items()
    ],
)
def test_an_odd_answer_earns_nothing(judged, reply):
    found = judged(submission("mallory", takes_over(reply), **RIGHT), submission("ada", **RIGHT))
    assert marks(found["mallory"])[0] == 0
    assert marks(found["ada"]) == [1, 1]


@pytest.mark.parametrize(
    ("value", "times"),
    [
        ("np.zeros(2**27)", "== 1"),
        ("'x' * 2**30", "== 1"),
        ("[0.0] * 10**8", "== 1"),
        pytest.param("{1: np.ones(2**27)}", "== 1", marks=pytest.mark.tier("full")),
        # No data at all, whatever its size: it is asked for each case.
        pytest.param("b'x' * 2**30", "> 1", marks=pytest.mark.tier("full")),
    ],
)
def test_an_answer_of_a_gigabyte_costs_that_exercise_alone(judged, value, times):
    huge = f"huge, turns = {value}, []\n\ndef affine(*args):\n    turns.append(1)\n    return huge"
    seen = f"{SUM} if len(turns) {times} else None"
    found = judged(submission("mallory", affine=huge, weighted_sum=seen))["mallory"]
    assert marks(found) == [0, 1]


def test_a_cell_that_leaves_python_costs_nothing(judged):
    left = "exit()\nquit()\nraise SystemExit"
    assert marks(judged(submission("ada", left, **RIGHT))["ada"]) == [1, 1]


def test_a_command_of_the_shell_shows_what_it_says(judged):
    found = judged(submission("ada", "word = 'here'\n!echo {word}; pip-of-mine install", **RIGHT))
    text = json.loads(found["ada"].text)["cells"][0]["outputs"][0]["text"]
    assert text.split()[0] == "here"
    assert "pip-of-mine: " in text


def test_what_a_cell_shows_is_as_a_screen_leaves_it(judged):
    shows = "print('\\x1b[31mred\\x1b[0m\\x1b[2K'); print('10 %\\r20 %\\r\\r\\n' + 'x' * 10**5)"
    text = json.loads(judged(submission("ada", shows, **RIGHT))["ada"].text)["cells"][0]
    first, second, more, rest = text["outputs"][0]["text"].split("\n")
    assert (first, second, rest) == ("red", "20 %", "… The rest is left out.")
    assert 9_000 < len(more) < 10_000


def test_what_is_no_data_costs_that_exercise_alone_wherever_it_stands(judged):
    odd = "def affine(X, W, b):\n    return [object(), ({'a': range(3)},), [open, np.add]]"
    found = judged(submission("mallory", affine=odd, weighted_sum=SUM))["mallory"]
    assert marks(found) == [0, 1]


@pytest.mark.parametrize(("times", "score"), [(1, [1, 1]), (2, [0, 1])])
def test_a_judge_that_ends_is_believed_the_second_time(judged, monkeypatch, times, score):
    """Whatever ends it: here somebody who knows its number."""
    killed = []
    hear = bench.Sitting.hear

    def killing(sitting):
        hear(sitting)
        if sitting.at == "affine-check" and sitting not in killed and len(killed) < times:
            killed.append(sitting)
            for pid in children(judged.local._benches[0].pid):
                with contextlib.suppress(OSError):  # it has just ended by itself
                    if b"bwrap" not in command(pid):
                        os.kill(pid, signal.SIGKILL)

    monkeypatch.setattr(bench.Sitting, "hear", killing)
    slow = {**RIGHT, "affine": AFFINE.replace("return", "__import__('time').sleep(0.1); return")}
    found = judged(submission("ada", **slow))
    assert len(killed) == times
    assert marks(found["ada"]) == score


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as listed:
        return [int(child) for child in listed.read().split()]


def command(pid):
    with open(f"/proc/{pid}/cmdline", "rb") as words:
        return words.read()


def test_a_clean_process_that_ends_is_replaced(judged):
    gone = judged.local._benches[0]
    os.kill(gone.pid, signal.SIGKILL)
    found = judged(*(submission(f"s{number}", **RIGHT) for number in range(4)))
    assert judged.local._benches[0] is not gone
    assert all(marks(graded) == [1, 1] for graded in found.values())


def kill(local):
    """End the clean process of a run, and wait until it is over."""
    pid = local._benches[0].pid
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)


def test_a_clean_process_that_ends_before_it_is_told_anything_is_replaced():
    with closing(Local(Opening(Limits()), 1, sample=0)) as local:
        kill(local)
        local.take(assignment("affine"))
        kill(local)
        assert all(local.protections().values())
        ((_, result),) = local.results([submission("ada", affine=AFFINE)])
    assert marks(result.notebooks[NAME]) == [1]


def test_a_clean_process_that_ends_as_a_judge_does_costs_the_other_judges_nothing(
    judged, monkeypatch
):
    """They are forgotten with it, and waited for by nobody."""
    ended, killed = Bench.ended, []

    def last_word(self):
        event = ended(self)
        if self._sittings and not killed:
            killed.append(kill(judged.local))
        return event

    judged.local.protections()
    monkeypatch.setattr(Bench, "ended", last_word)
    found = judged(*(submission(f"s{number}", **RIGHT) for number in range(4)))
    assert killed
    assert [marks(graded) for graded in found.values()] == [[1, 1]] * 4


def test_a_clean_process_knows_neither_a_gradebook_nor_a_student(judged):
    """Its files and its memory, after it has had others judged."""
    secret = "SECRET" + "OF-ANOTHER-STUDENT"
    judged(submission("ada", f"secret = {secret!r}", **RIGHT))
    pid = judged.local._benches[0].pid
    links = [os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")]
    assert not [link for link in links if "gradebook" in link or link.endswith(".db")]
    assert secret.encode() not in memory(pid)


def memory(pid):
    """What is on the heap of a process."""
    found = bytearray()
    with open(f"/proc/{pid}/maps", encoding="utf-8") as maps, open(f"/proc/{pid}/mem", "rb") as mem:
        for line in maps:
            if "[heap]" in line:
                start, end = (int(part, 16) for part in line.split()[0].split("-"))
                mem.seek(start)
                found += mem.read(end - start)
    return bytes(found)


def test_a_notebook_that_no_judge_can_read_earns_nothing(judged, monkeypatch):
    monkeypatch.setattr(workers, "jobs", lambda *_: ([Bomb(0, b"{}")], []))
    found = judged(submission("mallory", **RIGHT))
    assert marks(found["mallory"]) == [0, 0]
    assert "too large to be a notebook" in found["mallory"].trouble


@pytest.mark.tier("full")
def test_a_judge_of_a_new_program_does_the_same():
    local = Local(replace(Opening(Limits()), judge_seconds=10), 1, fresh=True)
    try:
        local.take(assignment("affine"))
        assert all(local.protections().values())
        ((_, result),) = local.results([submission("ada", affine=AFFINE)])
        assert marks(result.notebooks[NAME]) == [1]
    finally:
        local.close()


def test_no_process_is_left_behind():
    local = Local(Opening(Limits()), 1)
    local.take(assignment("affine"))
    local.protections()
    pid = local._benches[0].pid
    below = children(pid)
    assert below
    ends = [os.pidfd_open(one) for one in (pid, *below)]
    local.close()
    for end in ends:
        assert select.select([end], [], [], HANGS)[0]  # the kernel says when it is over
        os.close(end)


@pytest.mark.tier("full")
def test_without_a_wall_it_is_all_the_same():
    local = Local(Opening(Limits(), walled=False), 1)
    try:
        local.take(assignment("affine"))
        ((_, result),) = local.results([submission("ada", affine=AFFINE)])
        assert marks(result.notebooks[NAME]) == [1]
    finally:
        local.close()


def test_a_bench_that_is_gone_says_so():
    made = Bench(CleanProcess(Opening(Limits())))
    os.kill(made.pid, signal.SIGKILL)
    os.waitid(os.P_PID, made.pid, os.WEXITED | os.WNOWAIT)
    with pytest.raises(ProcessGone, match="the process that forks the judges is gone"):
        made.event()
    made.close()
