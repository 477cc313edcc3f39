"""Who does the grading: the workers of a Dask cluster, on this machine or on many.

What travels is what handing a file over would be: the bytes of a submission there,
its graded notebook back. The workers see no gradebook and need no common folder.
"""

import atexit
import contextlib
import hashlib
import math
import os
import pickle
import threading
import time
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace

from distributed import Client, Future, as_completed, wait
from distributed.client import FutureCancelledError

from helpers.course.folder import CourseError
from helpers.course.grading.assignments import Assignment, Result, Submission
from helpers.course.grading.clean_process import Opening, ProcessGone
from helpers.course.grading.package import version
from helpers.course.grading.workers import Failure, Local, Outcome

_RETRIES = 3
_AHEAD = 3  # submissions under way for each thread of a worker
_CONNECT_SECONDS = 30
_LOOK_SECONDS = 0.02
_DESERTED_SECONDS = 30  # without a worker, after which nobody waits for one
_VERSION = version()  # as it was imported, whatever has been installed since
_KEPT = "What was graded until then is kept: start {} again, and the same command goes on."
_DESERTED = f"every worker of the cluster has left. {_KEPT.format('workers')}"
_LOST = f"the cluster's scheduler does not answer any more. {_KEPT.format('the cluster')}"
_UNFIT = (
    "the worker {} cannot grade ({}: {}). Install the same version of the course there, see "
    "whether its disk or memory is full, and start it again."
)
_judges: dict[bytes, Local] = {}  # of the last task
_one_at_a_time = threading.Lock()  # a worker has one seat


def _seated(task: bytes, wanted: str) -> Local:
    """Return this worker's judge's seat, which lives as long as the worker.

    The clean process is a program of its own: this one has read submissions.
    """
    if wanted != _VERSION:
        raise CourseError(
            "a worker has another version of the course than this machine. Install the same one "
            "everywhere, and start the workers again."
        )
    if task not in _judges:
        _close()
        opening, assignment = pickle.loads(task)
        _judges[task] = Local(replace(opening, slot=os.getpid()), 1, fresh=True)
        try:
            _judges[task].take(assignment)
        except ProcessGone:
            _close()
            raise
    return _judges[task]


@atexit.register
def _close() -> None:
    while _judges:
        _judges.popitem()[1].close()


def _grade(submission: Submission, task: bytes, wanted: str) -> Result:
    with _one_at_a_time:
        (outcome,) = _seated(task, wanted).results([submission])
    if isinstance(outcome, Failure):
        raise RuntimeError(outcome.reason)
    return outcome[1]


def _protections(task: bytes, wanted: str) -> dict[str, bool]:
    with _one_at_a_time:
        return _seated(task, wanted).protections()


def _held(worker: str, asked: Future) -> dict[str, bool]:
    """Return which protections held on a worker.

    Raises
    ------
    CourseError
        If it cannot grade.
    """
    error = asked.exception()  # the worker's; what is raised here is ours, or the scheduler's
    if error is None or isinstance(error, CourseError):
        return asked.result()
    raise CourseError(_UNFIT.format(worker, type(error).__name__, error)) from error


def _is_ready(done: as_completed, tick: float) -> bool:
    """Wait until there is a result, or a while."""
    until = time.monotonic() + tick
    while not done.has_ready():
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK_SECONDS)
    return True


@contextlib.contextmanager
def _in_touch() -> Iterator[None]:
    """Say in a sentence that the scheduler has gone.

    Raises
    ------
    CourseError
        If it has.
    """
    try:
        yield
    except (OSError, FutureCancelledError) as error:
        raise CourseError(_LOST) from error


class Cluster:
    """The workers of a Dask cluster.

    Parameters
    ----------
    opening : Opening
        What the workers need to know before they know what is graded.
    address : str
        The scheduler, as ``tcp://host:8786``.

    Raises
    ------
    CourseError
        If there is no scheduler at that address, or no worker.
    """

    def __init__(self, opening: Opening, address: str) -> None:
        self._opening = opening
        try:
            self._client = Client(address, timeout=_CONNECT_SECONDS)
            self._client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            raise CourseError(
                f"there is no Dask cluster with workers at {address}: {error}"
            ) from error

    def take(self, assignment: Assignment) -> None:
        """Say what is graded.

        It is handed over as what a call returns, not scattered: Dask keeps one copy of either, and
        if the worker that has it dies, only a call is made again. As bytes it is anything to a
        worker without the course.
        """
        task = pickle.dumps((self._opening, assignment))
        key = f"task-{hashlib.sha256(task).hexdigest()[:12]}-{os.getpid()}"
        with warnings.catch_warnings():  # Dask would have it scattered
            warnings.filterwarnings("ignore", "Sending large graph")
            self._shared = self._client.submit(bytes, task, key=key, retries=_RETRIES, pure=False)

    def protections(self) -> dict[str, bool]:
        """Return which protections held on every worker.

        Raises
        ------
        CourseError
            If a worker cannot grade: without a sandbox, with another version of the course, or for
            whatever reason of its own. Or if nobody is left.
        """
        with _in_touch():
            return self._protections()

    def _protections(self) -> dict[str, bool]:
        while self._client.nthreads():
            found = [_held(worker, future) for worker, future in self._answered().items()]
            if found:  # else all who were asked have left, and others have come
                return {name: all(held[name] for held in found) for name in found[0]}
        raise CourseError(_DESERTED)

    def _answered(self) -> dict[str, Future]:
        """Ask every worker which protections held, and wait for those who stay."""
        asked = {
            w: self._client.submit(_protections, self._shared, _VERSION, workers=w, pure=False)
            for w in self._client.nthreads()
        }
        while any(not future.done() for future in asked.values()):
            here = self._client.nthreads()  # Dask would wait for one that has left
            asked = {worker: future for worker, future in asked.items() if worker in here}
            with contextlib.suppress(TimeoutError):
                wait(list(asked.values()), timeout=_LOOK_SECONDS)
        return asked

    def results(
        self, submissions: Iterable[Submission], tick: float = math.inf
    ) -> Iterator[Outcome | None]:
        """Grade submissions; yield what comes of each, in the order in which they end.

        None means that nothing has come for `tick` seconds.

        Raises
        ------
        CourseError
            If nobody is left: no worker, or no scheduler.
        """
        with _in_touch():
            yield from self._results(iter(submissions), tick)

    def _results(self, waiting: Iterator[Submission], tick: float) -> Iterator[Outcome | None]:
        running: dict[str, Submission] = {}
        done = as_completed(with_results=False)
        seen = time.monotonic()
        for submission in waiting:
            self._submit(submission, running, done)
            if len(running) >= self._most():
                break
        while running:
            if not _is_ready(done, tick):
                if self._client.nthreads():
                    seen = time.monotonic()
                elif time.monotonic() - seen > _DESERTED_SECONDS:
                    raise CourseError(_DESERTED)
                yield None
                continue
            seen = time.monotonic()
            future = next(done)
            submission = running.pop(future.key)
            yield self._outcome(future, submission)
            following = next(waiting, None)
            if following is not None:
                self._submit(following, running, done)

    def _most(self) -> int:
        return max(_AHEAD * sum(self._client.nthreads().values()), 1)

    def _submit(self, submission: Submission, running: dict, done: as_completed) -> None:
        key = f"grade-{submission.student}-{submission.digest[:12]}-{os.getpid()}"
        future = self._client.submit(
            _grade, submission, self._shared, _VERSION, key=key, retries=_RETRIES, pure=False
        )
        running[key] = submission
        done.add(future)

    def _outcome(self, future: Future, submission: Submission) -> Outcome:
        """Return what came of a submission.

        Raises
        ------
        CourseError
            If a worker that has joined since cannot grade.
        """
        try:
            return submission, future.result()
        except (CourseError, FutureCancelledError):  # a worker that came later, and cannot grade
            raise
        except Exception as error:
            if future.status != "error":  # not the work has failed, but the way to what came of it
                raise
            return Failure(submission, f"{type(error).__name__}: {error}")

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()
