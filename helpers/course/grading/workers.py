"""Who does the grading: processes of this machine. Each has a warm sandbox of its own."""

import contextlib
import ctypes
import math
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice

from helpers.course.folder import CourseError
from helpers.course.grading.assignments import Assignment, Result, Submission
from helpers.course.grading.marking import grade
from helpers.course.grading.probing import protections
from helpers.course.grading.sandbox import Limits, Sandbox

_TRIES = 3
_MEMORY = 4 * 2**30  # bytes for a process that grades, above what it has at first
_MORE_SECONDS = 120  # for the grading of a submission, above what its own process may take
_DIES_WITH_PARENT = 1  # prctl's name for it


@dataclass(frozen=True)
class Task:
    """What a worker needs besides the submissions."""

    assignment: Assignment
    limits: Limits
    walled: bool
    course: str = ""  # the course directory, to be hidden

    def sandbox(self, slot: int) -> Sandbox:
        """Make a sandbox for it."""
        return Sandbox(slot, self.limits, self.walled, self.course)


@dataclass(frozen=True)
class Failure:
    """A submission that could not be graded, and why: a fault of ours, not the student's."""

    submission: Submission
    reason: str


Outcome = tuple[Submission, Result] | Failure


class _Worker:
    """What one process keeps between submissions."""

    task: Task
    slot: int
    sandbox: Sandbox | None = None


def _start(task: Task, slots: multiprocessing.Queue, folder: str) -> None:
    """Prepare a process; its temporary files go into a folder that the first process removes."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process
    tempfile.tempdir = folder
    _Worker.task, _Worker.slot = task, slots.get()
    with contextlib.suppress(CourseError):  # it says so when it is asked to grade
        _sandbox()
    _limit_memory()


def _limit_memory() -> None:
    """Let this process, and no child that it has already, find an end of memory.

    What is sent to it is limited elsewhere; this is for what nobody has thought of.
    """
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/statm", encoding="ascii") as sizes:
        now = int(sizes.read().split()[0]) * resource.getpagesize()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or now + _MEMORY < most:
        resource.setrlimit(resource.RLIMIT_AS, (now + _MEMORY, most))


def _sandbox() -> Sandbox:
    if _Worker.sandbox is None:
        _Worker.sandbox = _Worker.task.sandbox(_Worker.slot)
    return _Worker.sandbox


def _grade(submission: Submission) -> Result:
    task = _Worker.task
    with _time_limit(task.limits.seconds * len(task.assignment.notebooks) + _MORE_SECONDS):
        return grade(submission, task.assignment, _sandbox())


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Let the kernel end this process, whatever it does, when the time is up."""
    if not hasattr(signal, "alarm"):
        yield
        return
    signal.alarm(math.ceil(seconds))
    try:
        yield
    finally:
        signal.alarm(0)


def _protections() -> dict[str, bool]:
    return protections(_sandbox())


class Local:
    """Processes of this machine.

    Parameters
    ----------
    task : Task
        What is graded, and how.
    count : int
        How many processes.
    """

    def __init__(self, task: Task, count: int) -> None:
        self._task = task
        self._count = count
        self._tries: Counter[str] = Counter()
        self._alone = False  # whether the submission that is graded now is the only one
        self._folder = tempfile.mkdtemp(prefix="course-grade-")
        os.chmod(self._folder, 0o755)  # students' users read the package, which is in there
        self._open()

    def _open(self) -> None:
        context = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
        slots = context.Queue()
        for slot in range(self._count):
            slots.put(slot)
        arguments = (self._task, slots, self._folder)
        self._pool = ProcessPoolExecutor(self._count, context, _start, arguments)

    def protections(self) -> dict[str, bool]:
        """Return which protections held when they were tried.

        Raises
        ------
        CourseError
            If there is no sandbox.
        """
        return self._pool.submit(_protections).result()

    def results(self, submissions: Iterable[Submission]) -> Iterator[Outcome]:
        """Grade submissions; yield what comes of each, in the order in which they end.

        When a process dies, all that were under way are graded again, one at a time: a
        submission that ends processes takes no neighbor along.
        """
        waiting = iter(submissions)
        suspects: deque[Submission] = deque()
        running: dict[Future, Submission] = {}
        while True:
            self._fill(running, waiting, suspects)
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                submission = running.pop(future)
                outcome = self._outcome(future, submission)
                if outcome is None:
                    suspects.append(submission)
                else:
                    yield outcome

    def _fill(
        self,
        running: dict[Future, Submission],
        waiting: Iterator[Submission],
        suspects: deque[Submission],
    ) -> None:
        """Give out work: one suspect alone, or else as much as there is to do."""
        if suspects or (self._alone and running):
            if not running:
                self._alone = True
                submission = suspects.popleft()
                running[self._submit(submission)] = submission
            return
        self._alone = False
        for submission in islice(waiting, 2 * self._count - len(running)):
            running[self._submit(submission)] = submission

    def _submit(self, submission: Submission) -> Future:
        try:
            return self._pool.submit(_grade, submission)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._open()
            return self._pool.submit(_grade, submission)

    def _outcome(self, future: Future, submission: Submission) -> Outcome | None:
        """Return what came of a submission; None where it should be tried again."""
        try:
            return submission, future.result()
        except BrokenProcessPool:
            if not self._alone:  # it may have been another's doing
                return None
            reason = "the process that graded it ended"
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
        self._tries[submission.student] += 1
        if self._tries[submission.student] < _TRIES:
            return None
        return Failure(submission, reason)

    def close(self) -> None:
        """End all processes, and remove what they leave behind."""
        processes = list((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            with contextlib.suppress(OSError, AttributeError):
                process.terminate()
                process.join()
        shutil.rmtree(self._folder, ignore_errors=True)
