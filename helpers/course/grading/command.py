"""``course grade``: grade what was handed in, show how it goes, and say how it went."""

import contextlib
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Protocol, TextIO

from tqdm import tqdm

from helpers.course.folder import CourseError
from helpers.course.grading.assignments import (
    Assignment,
    Result,
    Submission,
    plain_tests,
    require_checks,
)
from helpers.course.grading.classroom import Classroom
from helpers.course.grading.clean_process import Premises, ProcessGone, opening
from helpers.course.grading.gradebook import GET_CLUSTER, Marks
from helpers.course.grading.interrupts import Interrupts
from helpers.course.grading.patience import patiently
from helpers.course.grading.pool import FILE, Pool
from helpers.course.grading.probing import in_words
from helpers.course.grading.report import Report
from helpers.course.grading.sandbox import can_be_walled
from helpers.course.grading.trace import Trace
from helpers.course.grading.workers import Failure, Local, Outcome

BATCH = 16  # submissions in one transaction
_BATCH_SECONDS = 1.0
_SECONDS_IN_A_FILE = 30.0  # between two states of a progress bar that nobody watches
FORGEABLE = (
    "FORGEABLE: {names}. These are plain tests: they run in the student's own process, behind the "
    "wall, so an answer can make them pass. Only check.NAME(NAME) is judged outside."
)
OTHER_SECRET = (
    f"The course's secret ({FILE}) is not the one that earlier marks were made with: it was lost "
    "or replaced. From here on answers meet other hidden cases. Marks that are made stay."
)
_NO_TEXT = "the name of the folder is not in UTF-8; rename it"
_TWICE = "{all} graded a second time, to compare; {other} of them got other marks."
_NO_MEMORY = (
    "Is there enough memory? Fewer --workers need less. What is graded so far is in its place; "
    "the same command goes on"
)
_INTERRUPTED = 130  # the exit status of what Ctrl-C has ended


@dataclass(frozen=True)
class Order:
    """What was asked for on the command line."""

    assignment: str
    students: list[str] = field(default_factory=list)
    workers: int = 0
    timeout: float = 30.0
    force: bool = False
    database: str | None = None
    scheduler: str | None = None
    walled: bool = True
    fresh: bool = False  # whether this process may have read what students wrote


class Workers(Protocol):
    """Whoever does the grading."""

    def take(self, assignment: Assignment) -> None:
        """Hear what is graded."""

    def protections(self) -> dict[str, bool]:
        """Return which protections held."""

    def results(self, submissions: Iterable[Submission], tick: float) -> Iterator[Outcome | None]:
        """Grade submissions, in any order; None where nothing has come for `tick` seconds."""

    def close(self) -> None:
        """End the work."""


def grade_class(
    root: Path, order: Order, screen: TextIO = sys.stdout, premises: Premises | None = None
) -> int:
    """Grade an assignment; return the exit status: 1 where a submission could not be graded.

    Ctrl-C ends it with what is graded in its place. What has begun already is in `premises`.

    Raises
    ------
    CourseError
        If nothing can be graded.
    """
    if order.walled and order.scheduler is None and can_be_walled():
        raise CourseError(
            f"student code cannot be walled off: {can_be_walled()}. "
            "With --no-sandbox it runs as you, with nothing but limits around it."
        )
    classroom = Classroom(root, order.assignment, order.database)
    known = classroom.students()
    unknown = [student for student in order.students if student not in known]
    if unknown:
        raise CourseError(f"{', '.join(unknown)} handed in nothing of {order.assignment}.")
    try:
        students = list(dict.fromkeys(order.students)) or known
        interrupts = Interrupts()
        with interrupts.heard():
            return _graded(classroom, students, order, screen, interrupts, premises)
    except KeyboardInterrupt:
        print("Stopped before anything was graded.", file=screen, flush=True)
        return _INTERRUPTED
    except ProcessGone as error:
        raise CourseError(f"{error}. {_NO_MEMORY}") from error


def _graded(
    classroom: Classroom,
    students: list[str],
    order: Order,
    screen: TextIO,
    interrupts: Interrupts,
    premises: Premises | None,
) -> int:
    with contextlib.closing(_workers(classroom, order, len(students), premises)) as workers:
        penalties, say = classroom.penalties(), partial(print, file=screen, flush=True)
        book = classroom.database, order.assignment, classroom.course, penalties
        marks = patiently(lambda: Marks(*book), say)
        with contextlib.closing(marks):
            assignment = classroom.assignment(patiently(marks.notebooks, say))
            require_checks(assignment)
            with classroom.alone():
                patiently(classroom.make_private, say)
                patiently(classroom.tidy, say)
                run = _Run(classroom, marks, assignment, order, workers, screen, interrupts)
                return run.grade(students)


def _workers(classroom: Classroom, order: Order, most: int, premises: Premises | None) -> Workers:
    """Return who does the grading: judges are forked before the gradebook is opened.

    Raises
    ------
    CourseError
        If there is no cluster where one should be.
    """
    told = opening(Path(classroom.directory.root), order.timeout, order.walled)
    if not order.scheduler:
        count = min(order.workers or _cores(), most)
        return Local(told, count, order.fresh, premises=premises)
    try:
        from helpers.course.grading.cluster import Cluster
    except ImportError as error:
        raise CourseError(f"Dask does not start: {error}. {GET_CLUSTER}") from error
    return Cluster(told, order.scheduler)


def _is_text(name: str) -> bool:
    """Whether a gradebook and a table can hold a name: not where it is in another encoding."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Run:
    """One run of the command."""

    def __init__(
        self,
        classroom: Classroom,
        marks: Marks,
        assignment: Assignment,
        order: Order,
        workers: Workers,
        screen: TextIO,
        interrupts: Interrupts,
    ) -> None:
        self._classroom = classroom
        self._marks = marks
        self._assignment = assignment
        self._order = order
        self._workers = workers
        self._screen = screen
        self._interrupts = interrupts
        self._report = patiently(lambda: Report(classroom.reports() / "timing.csv"), self._say)
        root = Path(classroom.directory.root)
        self._pool = patiently(lambda: Pool.of_course(root), self._say)
        self._trace = Trace(classroom.reports() / "trace.jsonl", self._pool.name)
        self._twice = Counter[str]()
        self._ungraded: list[tuple[str, str]] = []
        self._batch: list[tuple[Submission, Result]] = []
        self._batch_started = 0.0
        self._done = 0

    def grade(self, students: list[str]) -> int:
        """Grade the submissions that are not graded yet."""
        todo = self._todo(students)
        if len(todo) < len(students):
            self._say(f"{len(students) - len(todo)} of {len(students)} are graded already.")
        if todo:
            try:
                self._grade(todo)
            except KeyboardInterrupt:
                again = "The same command" + " without --force" * self._order.force
                self._say(f"Stopped after {self._done} of {len(todo)}. {again} goes on.")
                return _INTERRUPTED
            finally:
                with contextlib.suppress(OSError):  # every row is there; the next run sorts them
                    self._report.close()
        self._say(self._report.as_text(students, self._ungraded))
        if self._twice:
            self._say(_TWICE.format(all=self._twice.total(), other=self._twice["other"]))
        return 1 if self._ungraded else 0

    def _grade(self, todo: list[str]) -> None:
        self._workers.take(self._assignment)
        if self._trace.of_another_secret():
            self._say(OTHER_SECRET)
        self._say(in_words(self._workers.protections()))
        plain = plain_tests(self._assignment)
        if plain:
            self._say(FORGEABLE.format(names=", ".join(plain)))
        self._interrupts.stop_if_asked()
        self._work(todo)

    def _todo(self, students: list[str]) -> list[str]:
        """Return who is not graded yet, or has handed in something else since."""
        if self._order.force:
            patiently(lambda: list(map(self._classroom.forget, students)), self._say)
            return students
        complete = patiently(self._marks.complete, self._say)
        return [
            student
            for student in students
            if student not in complete or not self._classroom.is_graded(student)
        ]

    def _work(self, todo: list[str]) -> None:
        """Grade, and write marks as they come."""
        try:
            with self._bar(len(todo)) as bar:
                for outcome in self._workers.results(self._readable(todo), _BATCH_SECONDS):
                    if outcome is None:  # whoever takes long keeps nobody's marks from being kept
                        self._write()
                        continue
                    bar.update()
                    if isinstance(outcome, Failure):
                        self._ungraded.append((outcome.submission.student, outcome.reason))
                    else:
                        self._keep(*outcome)
                    self._interrupts.stop_if_asked()
        finally:
            self._write()

    def _readable(self, students: Iterable[str]) -> Iterator[Submission]:
        """Read what was handed in, one after another, where it can be read."""
        for student in students:
            if not _is_text(student):
                self._ungraded.append((student, _NO_TEXT))
                continue
            try:
                submission = self._classroom.submission(student)
                yield replace(submission, hidden=self._pool.hidden(student, self._assignment))
            except OSError as error:
                self._ungraded.append((student, f"{error.filename}: {error.strerror}"))

    def _bar(self, total: int) -> tqdm:
        """Make a progress bar; in a file, a line now and then."""
        return tqdm(
            total=total,
            unit=" students",
            disable=bool(os.environ.get("CI")),
            ncols=shutil.get_terminal_size().columns,
            mininterval=0.1 if sys.stderr.isatty() else _SECONDS_IN_A_FILE,
            smoothing=0.05,
        )

    def _keep(self, submission: Submission, result: Result) -> None:
        """Keep a result until there are enough of them for a transaction."""
        if not self._batch:
            self._batch_started = time.monotonic()
        self._batch.append((submission, result))
        if result.second:
            self._twice["same" if result.second == "same" else "other"] += 1
        waited = time.monotonic() - self._batch_started
        if len(self._batch) >= BATCH or waited > _BATCH_SECONDS:
            self._write()

    def _write(self) -> None:
        """Write what was kept, whole."""
        with self._interrupts.held():
            batch, self._batch = self._batch, []
            self._write_batch(batch)

    def _write_batch(self, batch: list[tuple[Submission, Result]]) -> None:
        """Write marks first, then files: a submission with its files has its marks for sure."""
        try:
            self._write_together(batch)
        except CourseError:
            raise
        except Exception:
            for one in batch:  # what cannot be written must cost nobody else
                try:
                    self._write_together([one])
                except CourseError:
                    raise
                except Exception as error:
                    reason = f"{type(error).__name__}: {error}"
                    self._ungraded.append((one[0].student, reason))

    def _write_together(self, batch: list[tuple[Submission, Result]]) -> None:
        """Write it all, or nothing; wait for what passes.

        Raises
        ------
        CourseError
            If it does not pass.
        """
        if batch:
            patiently(lambda: self._write_once(batch), self._say)
            self._done += len(batch)

    def _write_once(self, batch: list[tuple[Submission, Result]]) -> None:
        for submission, _ in batch:
            self._classroom.forget(submission.student)  # until marks and files agree again
        results = [result for _, result in batch]
        self._report.add(results)
        self._trace.add(results)
        with self._marks.transaction():
            for submission, result in batch:
                self._marks.write(result, submission.handed_in)
        for submission, result in batch:
            self._classroom.write(submission, self._assignment, result, self._order.walled)

    def _say(self, text: str) -> None:
        print(text, file=self._screen, flush=True)
