"""The processes that grade: one that dies costs no neighbor a mark, and nothing is left behind."""

import contextlib
import os
import signal
import sys
import time

import pytest

from helpers.course.grading import workers
from helpers.course.grading.assignments import Assignment, Submission
from helpers.course.grading.sandbox import Limits, Sandbox
from helpers.course.grading.session import Session
from helpers.course.grading.workers import Failure, Local, Task

from .course_directory import MODULES, CourseDirectory, needs_wall
from .submissions import answered

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
]


@pytest.fixture
def graded(monkeypatch):
    """A function that grades a class in which mallory's submission ends the process."""

    def grade(submission, *_):
        time.sleep(0.05)
        if submission.student.startswith("mallory"):
            os._exit(1)
        if submission.student == "slow":
            time.sleep(60)
        if submission.student == "large":
            with pytest.raises(MemoryError):
                bytearray(5 * 2**30)
        return submission.student

    def run(students, count, seconds=300.0):
        task = Task(Assignment("", ()), Limits(seconds=seconds), walled=False)
        local = Local(task, count)
        try:
            found = list(local.results(Submission(s, {}) for s in students))
        finally:
            local.close()
        lost = {f.submission.student for f in found if isinstance(f, Failure)}
        return lost, sorted(outcome[1] for outcome in found if not isinstance(outcome, Failure))

    monkeypatch.setattr(workers, "grade", grade)
    monkeypatch.setattr(Task, "sandbox", lambda *_: object())
    return run


@pytest.mark.parametrize("count", [1, 2])
def test_a_submission_that_ends_processes_costs_no_neighbor_the_marks(graded, count):
    honest = [f"s{number:02}" for number in range(12)]
    students = [*honest[:3], "mallory", *honest[3:8], "mallory2", *honest[8:]]
    assert graded(students, count) == ({"mallory", "mallory2"}, honest)


def test_a_process_that_grades_has_no_more_than_its_time(graded, monkeypatch):
    monkeypatch.setattr(workers, "_MORE_SECONDS", 1)
    assert graded(["ada", "slow", "zoe"], 1) == ({"slow"}, ["ada", "zoe"])


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits of the kernel")
def test_a_process_that_grades_has_no_more_than_its_memory(graded):
    assert graded(["ada", "large"], 1) == (set(), ["ada", "large"])


@pytest.mark.parametrize("walled", [False, pytest.param(True, marks=needs_wall)])
def test_a_warm_process_that_ends_is_replaced(walled):
    with Sandbox(limits=Limits(), walled=walled) as sandbox:
        for _ in range(2):
            with sandbox.submission() as inmate:
                (shown,) = Session(inmate.channel, inmate.end).run(1, "print(1 + 1)", 10)
            assert shown["text"] == "2\n"
            sandbox._process.kill()
            with contextlib.suppress(ConnectionError), sandbox.submission():
                pass  # it may or may not be gone by now; what comes next must work


@needs_wall
def test_what_lies_in_a_folder_that_is_shown_is_hidden(tmp_path):
    """Programs are shown; a course or an exchange among them is not."""
    listed = (
        "import os; [len(os.listdir(f)) for f in ('/usr/local/share', '/usr/share/doc', '/usr')]"
    )
    with Sandbox(course="/usr/share/doc") as sandbox, sandbox.submission() as inmate:
        (shown,) = Session(inmate.channel, inmate.end).run(1, listed, 10)
    empty, hidden, programs = eval(shown["text"])
    assert (empty, hidden) == (0, 0)
    assert programs > 3


@needs_wall
@pytest.mark.parametrize("interrupted", [False, True])
def test_no_temporary_file_is_left_behind(tmp_path, interrupted):
    course = CourseDirectory(tmp_path, MODULES[0])
    course.release()
    course.hand_in("ada", answered(MODULES[0]))
    temporary = tmp_path / "temporary"
    temporary.mkdir(mode=0o755)
    course.settings["TMPDIR"] = str(temporary)
    grading = course.start("grade", MODULES[0], "--workers", "2")
    if interrupted:
        while not list(temporary.glob("course-grade-*/*")):
            assert grading.poll() is None
            time.sleep(0.01)
        grading.send_signal(signal.SIGINT)
    grading.communicate(timeout=60)
    assert grading.returncode == (130 if interrupted else 0)
    assert not list(temporary.iterdir())
