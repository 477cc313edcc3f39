"""Who does the grading: judges on this machine, forked by clean processes as they are needed."""

import contextlib
import math
import random
import selectors
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from helpers.course.folder import CourseError
from helpers.course.grading import canaries
from helpers.course.grading.assignments import Assignment, Graded, Result, Submission
from helpers.course.grading.bench import Bench, Sitting
from helpers.course.grading.canaries import ASSIGNMENT, Canary
from helpers.course.grading.clean_process import CleanProcess, Opening, Premises, ProcessGone
from helpers.course.grading.marking import Job, jobs
from helpers.course.grading.sandbox import Ending

_SEATS = 4  # judges that one clean process forks, so that nobody waits for a fork
_TRIES = 3  # of a submission whose clean process has ended, or had no process for it
SAMPLE = 0.02  # of the submissions are graded a second time
_DICE = random.SystemRandom()  # nobody knows beforehand who is
_DEATHS = 4  # of judges, after which what is left of a notebook is not tried again

_Done = TypeVar("_Done")


@dataclass(frozen=True)
class Failure:
    """A submission that could not be graded, and why: a fault of ours, not the student's."""

    submission: Submission
    reason: str


Outcome = tuple[Submission, Result] | Failure


@dataclass
class Case:
    """A submission under way: its notebooks are judged one after another."""

    submission: Submission
    assignment: Assignment
    jobs: list[Job]
    remarks: list[str]
    started: float = field(default_factory=time.perf_counter)
    graded: dict[str, Graded] = field(default_factory=dict)
    endings: list[Ending] = field(default_factory=list)
    deaths: Counter[str] = field(default_factory=Counter)  # of judges, by where they were
    tries: int = 0
    stopped: tuple[str, ...] = ()  # the first time
    first: Result | None = None  # what came of it, where it is graded a second time
    canary: Canary | None = None  # what must come of it, where it is one of ours

    @classmethod
    def of(cls, submission: Submission, assignment: Assignment) -> "Case":
        """Begin with a submission."""
        return cls(submission, assignment, *jobs(submission, assignment))

    @classmethod
    def planted(cls, canary: Canary) -> "Case":
        """Begin with one of ours."""
        return cls(canary.submission(), ASSIGNMENT, [canary.job()], [], canary=canary)

    @property
    def is_done(self) -> bool:
        """Whether every notebook is judged."""
        return not self.jobs

    def is_to_be_tried_again(self) -> bool:
        """Whether something was stopped because its time was up, for the first time."""
        return self.is_done and not self.stopped and bool(self._stopped())

    def again(self) -> "Case":
        """Return it as it was at the beginning, but for what was stopped."""
        made = (
            self.planted(self.canary) if self.canary else self.of(self.submission, self.assignment)
        )
        kept = {name: getattr(self, name) for name in ("started", "endings", "first")}
        return replace(made, stopped=self._stopped(), **kept)

    def once_more(self) -> "Case":
        """Return it as it was at the beginning, to see whether the same comes of it."""
        return replace(self.of(self.submission, self.assignment), first=self.result())

    def given_up(self) -> Outcome:
        """Return what there is of it, where no process judges it to its end."""
        self.require()
        if self.first is not None:
            return self.submission, self.first
        return Failure(self.submission, "no process could judge it to its end")

    def require(self) -> None:
        """Make sure that what came of it is what must, where that is known.

        Raises
        ------
        CourseError
            If it is not.
        """
        if self.canary is not None:
            self.canary.require(next(iter(self.graded.values()), None))

    def _stopped(self) -> tuple[str, ...]:
        return tuple(name for graded in self.graded.values() for name in graded.stopped)

    def _times_up(self) -> Iterator[str]:
        """Say what was stopped; a mark that is lost by that was tried for twice."""
        twice = self._stopped()
        if twice:
            yield f"stopped when its time was up, both times: {', '.join(twice)}"
        once = [name for name in self.stopped if name not in twice]
        if once:
            yield f"stopped when its time was up, but not the second time: {', '.join(once)}"

    def note(self, sitting: Sitting) -> None:
        """Take in how a judge has ended: with a graded notebook, or at a check."""
        if sitting.ending is not None:
            self.endings.append(sitting.ending)
        if sitting.graded is not None:
            job = self.jobs.pop(0)
            self.graded[self.assignment.notebooks[job.notebook].name] = sitting.graded
        elif sitting.doubtful and not self.jobs[0].careful:
            self.jobs[0] = replace(self.jobs[0], careful=True)
        elif sitting.ending is None:
            self.tries += 1
        else:
            self.deaths[sitting.at] += 1
            if sitting.status == -_TOO_MUCH_TIME or self.deaths[sitting.at] > 1:
                enough = self.deaths.total() >= _DEATHS
                self.jobs[0] = _after_death(self.jobs[0], sitting, enough, self.assignment)

    def result(self) -> Result:
        """Return what came of it; the first time counts."""
        if self.first is not None:
            return _compared(self.first, self.graded)
        return Result(
            self.submission.student,
            self.submission.digest,
            self.graded,
            (*self.remarks, *self._times_up()),
            seconds=time.perf_counter() - self.started,
            processor_seconds=sum(ending.seconds for ending in self.endings),
            kilobytes=max((ending.kilobytes for ending in self.endings), default=0),
        )


def _compared(first: Result, graded: dict[str, Graded]) -> Result:
    """Say whether the same came of a submission the second time."""
    before, after = (_scores(found) for found in (first.notebooks, graded))
    others = [name for name in before if after.get(name) != before[name]]
    if not others:
        return replace(first, second="same")
    told = ", ".join(
        f"{check} {before[n, check]} and {after.get((n, check))}" for n, check in others
    )
    remark = f"graded twice, with different marks: {told}; the first ones count"
    return replace(first, remarks=(*first.remarks, remark), second=told)


def _scores(graded: dict[str, Graded]) -> dict[tuple[str, str], float | None]:
    return {(n, mark.grade_id): mark.score for n, found in graded.items() for mark in found.marks}


def _after_death(job: Job, sitting: Sitting, enough: bool, assignment: Assignment) -> Job:
    """Return the job without that of which a judge has died; without any check if it is enough.

    Too much processor time is nobody else's doing. Anything else that ends a judge may be, and
    is believed the second time.
    """
    if not sitting.at:
        return replace(job, unreadable=True)
    reason = _WHY.get(-(sitting.status or 0), "its judge ended")
    cells = assignment.notebooks[job.notebook].cells
    names = [cell.name for cell in cells if cell.points is not None]
    spoiled = {sitting.at: reason}
    if enough:
        spoiled |= {name: reason for name in names if name not in job.spoiled}
    return replace(job, spoiled=job.spoiled | spoiled)


_TOO_MUCH_TIME = getattr(signal, "SIGXCPU", 24)
_WHY = {
    _TOO_MUCH_TIME: "too much time",
    signal.SIGKILL: "too much time or memory",
    signal.SIGSEGV: "too much memory",
    signal.SIGABRT: "too much memory",
}


class Local:
    """Judges on this machine. Made before the gradebook is opened: they are forked from here.

    Parameters
    ----------
    opening : Opening
        What the clean processes need to know.
    count : int
        How many judges at a time.
    fresh : bool
        Whether this process has seen what no judge may see.
    sample : float
        The share of the submissions that are graded a second time, and compared.
    premises : Premises, optional
        What has begun already, with the same opening.
    """

    def __init__(
        self,
        opening: Opening,
        count: int,
        fresh: bool = False,
        sample: float = SAMPLE,
        premises: Premises | None = None,
    ) -> None:
        self._sample = sample
        self._premises = premises or Premises(opening, fresh)
        self._count = count
        self._assignment: Assignment | None = None
        self._fresh = fresh
        self._benches: dict[int, Bench] = {0: Bench(self._premises.first)}  # by their first seat
        for seat in range(_SEATS, count, _SEATS):
            self._open(seat)
        self._fresh = True

    def _open(self, seat: int) -> None:
        opening = self._premises.opening
        process = CleanProcess(replace(opening, slot=opening.slot + seat), self._fresh)
        self._benches[seat] = Bench(process)
        if self._assignment is not None:
            self._benches[seat].take(self._assignment)

    def take(self, assignment: Assignment) -> None:
        """Say what is graded."""
        for first in self._benches:
            self._let(first, lambda bench: bench.take(assignment))
        self._assignment = assignment

    def protections(self) -> dict[str, bool]:
        """Return which protections held when they were tried.

        Raises
        ------
        CourseError
            If there is no sandbox.
        """
        found = [self._let(first, Bench.protections) for first in self._benches]
        return {name: all(held[name] for held in found) for name in found[0]}

    def results(
        self, submissions: Iterable[Submission], tick: float = math.inf
    ) -> Iterator[Outcome | None]:
        """Grade submissions; yield what comes of each, in the order in which they end.

        None means that nothing has come for `tick` seconds.
        """
        waiting = iter(submissions)
        again: deque[Case] = deque()
        last: deque[Case] = deque()  # what was stopped is tried once more when there is time
        free = deque(range(self._count))
        running: dict[int, tuple[Case, Sitting]] = {}
        while True:
            while free:
                case = again.popleft() if again else self._next(waiting)
                if case is None and not last:
                    break
                case = case or last.popleft().again()
                if case.is_done:  # nothing was handed in that could be judged
                    yield case.submission, case.result()
                    continue
                seat = free.popleft()
                running[seat] = case, self._sit(seat, case.jobs[0])
            if not running:
                return
            ended = self._ended(running, tick)
            if not ended:
                yield None
            for seat, sitting in ended.items():
                case, _ = running.pop(seat)
                free.append(seat)
                if sitting.stopped:
                    raise CourseError(sitting.stopped)
                case.note(sitting)
                if case.is_to_be_tried_again():
                    last.append(case)
                elif case.is_done and case.canary is not None:
                    case.require()
                elif case.is_done and case.first is None and self._is_sampled():
                    again += [case.once_more(), Case.planted(canaries.drawn()[0])]
                elif case.is_done:
                    yield case.submission, case.result()
                elif case.tries >= _TRIES or case.deaths.total() > 2 * _DEATHS:
                    yield case.given_up()
                else:
                    again.append(case)

    def _is_sampled(self) -> bool:
        return _DICE.random() < self._sample

    def _next(self, waiting: Iterator[Submission]) -> Case | None:
        submission = next(waiting, None)
        return None if submission is None else Case.of(submission, self._assignment)

    def _sit(self, seat: int, job: Job) -> Sitting:
        """Let a judge begin."""
        first = seat - seat % _SEATS
        return self._let(first, lambda bench: bench.sit(seat - first, job))

    def _let(self, first: int, work: Callable[[Bench], _Done]) -> _Done:
        """Let a clean process do something; one that has ended is replaced.

        Raises
        ------
        ProcessGone
            If the one in its place ends as well.
        """
        try:
            return work(self._benches[first])
        except ProcessGone:
            self._replace(first)
            return work(self._benches[first])

    def _replace(self, first: int) -> None:
        self._benches[first].close()
        self._open(first)

    def _ended(self, running: dict[int, tuple[Case, Sitting]], tick: float) -> dict[int, Sitting]:
        """Wait until a judge has ended, or a while, and take in what they all send."""
        ended = _lost(running)
        until = time.monotonic() + tick
        with selectors.DefaultSelector() as selector:
            for seat, (_, sitting) in running.items():
                if not (sitting.hung_up or sitting.lost):
                    selector.register(sitting.connection, selectors.EVENT_READ, (seat, sitting))
            for first, bench in self._benches.items():
                selector.register(bench.control, selectors.EVENT_READ, (first, bench))
            while not ended and (left := until - time.monotonic()) > 0:
                for key, _ in selector.select(None if left == math.inf else left):
                    place, what = key.data
                    if isinstance(what, Sitting):
                        what.hear()
                        if what.hung_up:
                            selector.unregister(what.connection)
                        continue
                    ended |= self._hear(place, what, running)
        return ended

    def _hear(
        self, first: int, bench: Bench, running: dict[int, tuple[Case, Sitting]]
    ) -> dict[int, Sitting]:
        """Hear of a judge that has ended; or of all of a clean process that has."""
        try:
            seat, sitting = bench.ended()
            return {first + seat: sitting}
        except ProcessGone:
            self._replace(first)
            return _lost(running)

    def close(self) -> None:
        """End all processes, and remove what they leave behind."""
        for bench in self._benches.values():
            with contextlib.suppress(ProcessGone):
                bench.close()
        self._premises.close()


def _lost(running: dict[int, tuple[Case, Sitting]]) -> dict[int, Sitting]:
    """Return the judges whose clean process has been replaced since they began."""
    return {seat: sitting for seat, (_, sitting) in running.items() if sitting.lost}
