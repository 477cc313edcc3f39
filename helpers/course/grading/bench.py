"""A clean process that forks a judge for each notebook that was handed in.

It never opens the gradebook and never reads what a student wrote: it knows the exercises,
and has found out what is expected. A judge reads one notebook, reaches its verdicts, and
is gone. What a notebook does to its judge, it does to nobody else: a judge that takes too
much time or memory is ended, and that costs the exercise that it was at.

The first process, the grader, sits at the other end of a `Bench`.
"""

import contextlib
import gc
import json
import math
import os
import pickle
import resource
import selectors
import signal
import socket
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from helpers.checks import exercises, kinds, timing
from helpers.checks.callers import CaseSet
from helpers.course.folder import CourseError
from helpers.course.grading import canaries
from helpers.course.grading.assignments import Assignment, Graded, Mark, read_check
from helpers.course.grading.channel import Channel, Closed, Garbled
from helpers.course.grading.clean_process import (
    HEADER,
    CleanProcess,
    ProcessGone,
    die_with_parent,
    exactly,
)
from helpers.course.grading.clock import lost
from helpers.course.grading.digits import compute_as_inside
from helpers.course.grading.inside import usage
from helpers.course.grading.inside.alarm import Alarm
from helpers.course.grading.judge import prepare, rehearse, write_down
from helpers.course.grading.marking import Doubtful, Job, mark
from helpers.course.grading.needed import look_at
from helpers.course.grading.probing import protections
from helpers.course.grading.sandbox import Ending, Inmate, Sandbox

_MOST_BYTES = 128 * 2**20  # of what a judge sends: a graded notebook
_MEMORY = 2 * 2**30  # bytes for a judge, above what it has when it begins
_MORE_SECONDS = 120  # for a judge, above what the submission's own process may take
_START_SECONDS = 600  # to become warm on a machine that has other things to do
_PIECE = 2**20


# The first process's side -------------------------------------------------------------------------


@dataclass
class Sitting:
    """A judge at work on one notebook, as the first process sees it.

    Attributes
    ----------
    at : str
        The check that the judge was at last; empty before the first, and after the last.
    graded : Graded, optional
        What it found.
    stopped : str
        Why the whole run must stop.
    doubtful : bool
        Whether the notebook is to be judged once more, carefully.
    status : int, optional
        How the judge ended.
    ending : Ending, optional
        How the submission's own process ended.
    hung_up : bool
        Whether there is no more to come.
    lost : bool
        Whether its clean process was given up before it has ended.
    """

    connection: socket.socket
    at: str = ""
    graded: Graded | None = None
    stopped: str = ""
    doubtful: bool = False
    status: int | None = None
    ending: Ending | None = None
    hung_up: bool = False
    lost: bool = False
    _received: bytearray = field(default_factory=bytearray)

    @property
    def is_killed(self) -> bool:
        """Whether somebody else ended the judge, as where memory runs out."""
        return self.graded is None and self.status == -signal.SIGKILL

    def hear(self) -> None:
        """Take in what the judge has sent, without waiting for more."""
        while True:
            try:
                part = self.connection.recv(_PIECE)
            except BlockingIOError:
                return
            except OSError:
                part = b""
            self._received += part
            for message in self._messages():
                self._note(message)
            if not part or len(self._received) > _MOST_BYTES:
                self.hung_up = True
                return

    def _messages(self) -> Iterator[dict[str, Any]]:
        while len(self._received) >= HEADER.size:
            (length,) = HEADER.unpack(self._received[: HEADER.size])
            end = HEADER.size + length
            if len(self._received) < end:
                return
            text = bytes(self._received[HEADER.size : end])
            del self._received[:end]
            with contextlib.suppress(ValueError, RecursionError):
                message = json.loads(text)
                if isinstance(message, dict):
                    yield message

    def _note(self, message: dict[str, Any]) -> None:
        if "at" in message:
            self.at = str(message["at"])
        if "stop" in message:
            self.stopped = str(message["stop"])
        self.doubtful = self.doubtful or message.get("doubtful") is True
        if "graded" in message:
            with contextlib.suppress(TypeError, KeyError, ValueError):
                self.graded = _graded(message["graded"])


class Bench:
    """A clean process, and the judges that it forks, as the first process sees them.

    Parameters
    ----------
    process : CleanProcess
        The one.
    """

    def __init__(self, process: CleanProcess) -> None:
        self._process = process
        self.control, self.pid = process.control, process.pid
        self._sittings: dict[int, Sitting] = {}
        self._held: dict[str, bool] | None = None

    def take(self, assignment: Assignment) -> None:
        """Tell it what is graded."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self._process.order({"do": "assignment"}, theirs)
            theirs.close()
            self._send(ours, pickle.dumps(assignment))

    def protections(self) -> dict[str, bool]:
        """Return which protections held when they were tried, and planted submissions judged.

        Raises
        ------
        CourseError
            If there is no sandbox, a reference fails, or a planted submission does not get
            what it must.
        """
        if self._held is None:
            self._process.order({"do": "probe"})
            self.control.settimeout(_START_SECONDS)
            answer = self.event()
            if "stop" in answer:
                raise CourseError(answer["stop"])
            self._held = answer["held"]
            self._try_canaries()
        return self._held

    def _try_canaries(self) -> None:
        planted = dict(enumerate(canaries.drawn()))
        for seat, canary in planted.items():
            self.sit(seat, canary.job())
        killed = set[int]()
        while planted:
            seat, sitting = self.ended()
            if sitting.is_killed and seat not in killed:
                killed.add(seat)
                self.sit(seat, planted[seat].job())
            else:
                planted.pop(seat).require(sitting.graded)

    def sit(self, seat: int, job: Job) -> Sitting:
        """Let a judge begin with a notebook.

        Raises
        ------
        ProcessGone
            If there is no such process any more.
        CourseError
            As for `protections`: nobody is judged by a process that was not tried.
        """
        self.protections()
        ours, theirs = socket.socketpair()
        self._sittings[seat] = sitting = Sitting(ours)
        with theirs:
            needed = [[name, chosen.seed] for name, chosen in job.hidden.items()]
            place = None if job.planted else job.notebook
            order = {"do": "sit", "seat": seat, "notebook": place, "hidden": needed}
            self._process.order(order, theirs)
        with contextlib.suppress(ProcessGone):  # a judge that dies is heard of otherwise
            self._send(ours, pickle.dumps(job))
        ours.setblocking(False)
        return sitting

    def event(self) -> dict[str, Any]:
        """Return the next thing that the clean process has to say.

        Raises
        ------
        ProcessGone
            If it is gone.
        """
        try:
            return Channel(self.control).receive(time.monotonic() + _START_SECONDS)
        except (Closed, Garbled, TimeoutError) as error:
            raise ProcessGone(error) from error

    def ended(self) -> tuple[int, Sitting]:
        """Return the seat and the work of the next judge that has ended."""
        event = self.event()
        sitting = self._sittings.pop(event["seat"])
        sitting.hear()
        sitting.connection.close()
        sitting.status = event["status"]
        sitting.ending = Ending(**event["ending"]) if event["ending"] else None
        return event["seat"], sitting

    def _send(self, connection: socket.socket, data: bytes) -> None:
        try:
            connection.settimeout(_START_SECONDS)
            connection.sendall(HEADER.pack(len(data)) + data)
        except OSError as error:
            raise ProcessGone(error) from error

    def close(self) -> None:
        """End it, its judges and all that they judge."""
        for sitting in self._sittings.values():
            sitting.connection.close()
            sitting.lost, sitting.graded, sitting.ending = True, None, None
        self._sittings = {}
        self._process.close()


# The clean process's side -------------------------------------------------------------------------


@dataclass
class _Judge:
    """A judge, as the process that has forked it sees it."""

    seat: int
    pid: int
    aside: Channel
    connection: socket.socket
    inmate: Inmate
    deadline: float


class _Clerk:
    """Forks judges as the first process asks, and notices when one has ended."""

    def __init__(
        self, control: socket.socket, sandbox: Sandbox | None, trouble: str, judge_seconds: int
    ) -> None:
        self._control = control
        self._sandbox = sandbox
        self._trouble = trouble
        self._judge_seconds = judge_seconds
        self._assignment: Assignment | None = None
        self._judges: dict[int, _Judge] = {}
        self._homework: list[tuple[CaseSet, list[Any]]] = []
        self._noted: set[tuple[str, int | None, bool]] = set()
        self._prepared: set[tuple[str, int]] = set()
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ)

    def serve(self) -> None:
        """Do what is asked, until the first process hangs up."""
        while True:
            ready = self._selector.select(0 if self._homework else 1)
            for key, _ in ready:
                if key.fileobj is self._control:
                    if not self._obey():
                        return
                elif key.data in self._judges:
                    self._answer(self._judges[key.data])
            if not ready:
                self._do_homework()
            self._end_the_late()

    def close(self) -> None:
        """End all judges."""
        for judge in self._judges.values():
            os.kill(judge.pid, signal.SIGKILL)

    def _obey(self) -> bool:
        """Do one order; say whether there was one."""
        header, received, _, _ = socket.recv_fds(self._control, HEADER.size, 1)
        if not header:
            return False
        order = json.loads(exactly(self._control, HEADER.unpack(header)[0]))
        passed = socket.socket(fileno=received[0]) if received else None
        match order["do"]:
            case "assignment":
                self._take(passed)
            case "probe":
                self._probe()
            case "sit":
                self._prepare(order["hidden"])
                self._sit(order["seat"], order["notebook"], passed)
        return True

    def _take(self, passed: socket.socket) -> None:
        """Find out what does not depend on a student."""
        with passed:
            data = exactly(passed, HEADER.unpack(exactly(passed, HEADER.size))[0])
        self._assignment = pickle.loads(data)
        known = exercises()
        try:
            for notebook in self._assignment.notebooks:
                _ = notebook.plain_tests  # found out once
                look_at(notebook.released)
                look_at(cell.source for cell in notebook.cells)
                for cell in notebook.cells:
                    check = read_check(cell.source) if cell.points is not None else None
                    if check and check.exercise in known:
                        prepare(known[check.exercise], None)
                        write_down(known[check.exercise], None)
                        rehearse(known[check.exercise])
        except CourseError as error:
            self._trouble = str(error)
        gc.collect()
        gc.freeze()  # so that a judge that collects garbage copies no page of it

    def _prepare(self, hidden: list[list]) -> None:
        """Find out what is expected of the hidden cases of a submission, once for each set.

        A reference that fails is noticed by the judge, who stops the run.
        """
        new = [(name, seed) for name, seed in hidden if (name, seed) not in self._prepared]
        for name, seed in new:
            self._prepared.add((name, seed))
            with contextlib.suppress(CourseError, KeyError):
                prepare(exercises()[name], seed)
                write_down(exercises()[name], seed)
        if new:
            gc.freeze()

    def _probe(self) -> None:
        try:
            if self._trouble:
                raise CourseError(self._trouble)
            self._say({"held": protections(self._sandbox)})
        except CourseError as error:
            self._say({"stop": str(error)})

    def _sit(self, seat: int, notebook: int | None, passed: socket.socket) -> None:
        """Fork a judge, and a process for the submission that it judges."""
        asked = canaries.ASSIGNMENT if notebook is None else self._assignment
        try:
            inmate = self._sandbox.begin(seat, asked.notebooks[notebook or 0].lent)
        except (OSError, ValueError, CourseError):
            passed.close()
            self._say({"seat": seat, "status": 0, "ending": None})
            return
        ours, theirs = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            self._be_a_judge(passed, theirs, inmate)
        for connection in (passed, theirs):
            connection.close()
        inmate.channel.close()
        patience = self._sandbox.limits.seconds + _MORE_SECONDS
        judge = _Judge(seat, pid, Channel(ours), ours, inmate, time.monotonic() + patience)
        self._judges[seat] = judge
        self._selector.register(ours, selectors.EVENT_READ, seat)

    def _be_a_judge(self, connection: socket.socket, aside: socket.socket, inmate: Inmate) -> None:
        """Be the judge of one notebook; never return."""
        status = 1
        try:
            self._control.close()
            self._sandbox.let_go()
            for other in self._judges.values():
                other.connection.close()
            die_with_parent()
            warnings.simplefilter("ignore")  # of what a student sent: it is the grader's screen
            timing.keep_time_with(Alarm().within)  # of this process's own time
            judging = _Judging(connection, aside, inmate, self._judge_seconds)
            status = judging.judge(self._assignment)
        finally:
            os._exit(status)

    def _answer(self, judge: _Judge) -> None:
        """Answer a judge; where it is gone, say so."""
        try:
            asked = judge.aside.receive()
        except (Closed, Garbled):
            self._bury(judge)
            return
        if "end" in asked:
            ending = self._ending(judge)
            with contextlib.suppress(Closed):
                judge.aside.send(asdict(ending) if ending else {})
        elif "usage" in asked:
            waited, used = self._usage(judge)
            with contextlib.suppress(Closed):
                judge.aside.send({"waited": waited, "used": used})
        elif "remember" in asked:
            self._note_homework(*asked["remember"])

    def _ending(self, judge: _Judge) -> Ending | None:
        if judge.inmate.ending is None:
            with contextlib.suppress(OSError, ValueError):
                self._sandbox.end(judge.inmate)
        return judge.inmate.ending

    def _usage(self, judge: _Judge) -> tuple[float, float]:
        try:
            return self._sandbox.usage(judge.inmate)
        except (OSError, ValueError):
            return 0.0, 0.0

    def _bury(self, judge: _Judge) -> None:
        self._selector.unregister(judge.connection)
        judge.connection.close()
        del self._judges[judge.seat]
        with contextlib.suppress(ProcessLookupError):
            os.kill(judge.pid, signal.SIGKILL)
        _, status = os.waitpid(judge.pid, 0)
        ending = self._ending(judge)
        self._say(
            {
                "seat": judge.seat,
                "status": os.waitstatus_to_exitcode(status),
                "ending": asdict(ending) if ending else None,
            }
        )

    def _end_the_late(self) -> None:
        for judge in [j for j in self._judges.values() if time.monotonic() > j.deadline]:
            waited, used = self._usage(judge)
            elapsed = time.monotonic() - judge.inmate.started
            taken = lost(elapsed, waited + usage.waited(judge.pid), used)
            if time.monotonic() > judge.deadline + taken:
                self._bury(judge)

    def _note_homework(self, name: str, seed: int | None, unnamed: bool) -> None:
        """Find out, while there is nothing else to do, what known mistakes answer, or suspects."""
        if (name, seed, unnamed) in self._noted:
            return
        self._noted.add((name, seed, unnamed))
        known = exercises()[name]
        attempts = [mistake.attempt for mistake in known.mistakes]
        attempts += kinds.suspected(known) if unnamed else []
        self._homework.append((known.case_set(seed), attempts))

    def _do_homework(self) -> None:
        if self._homework:
            cases, attempts = self._homework[-1]
            if attempts:
                next(cases.answers(attempts.pop()))  # one case tells most of them from an answer
            else:
                self._homework.pop()
                gc.freeze()

    def _say(self, event: dict[str, Any]) -> None:
        Channel(self._control).send(event)


def serve(
    control: socket.socket, sandbox: Sandbox | None, trouble: str, judge_seconds: int
) -> None:
    """Be the clean process, until the first one hangs up.

    Parameters
    ----------
    control : socket.socket
        To the first process.
    sandbox : Sandbox, optional
        Where submissions run.
    trouble : str
        Why there is none, where there is none.
    judge_seconds : int
        The processor time of a judge, for one exercise or to read a notebook.
    """
    timing.keep_time_with(Alarm().within)  # without threads, which a fork would lose
    compute_as_inside()
    clerk = _Clerk(control, sandbox, trouble, judge_seconds)
    try:
        clerk.serve()
    finally:
        clerk.close()


# A judge's side -----------------------------------------------------------------------------------


class _Judging:
    """The work of a judge: it is the only one that reads what was handed in."""

    def __init__(
        self, connection: socket.socket, aside: socket.socket, inmate: Inmate, seconds: int
    ) -> None:
        self._connection = connection
        self._report = Channel(connection, _MOST_BYTES)
        self._aside = Channel(aside)
        self._inmate = inmate
        self._seconds = seconds

    def judge(self, assignment: Assignment) -> int:
        """Judge one notebook; return the exit status."""
        _limit_memory()
        self.begin("")
        header = exactly(self._connection, HEADER.size)
        job: Job = pickle.loads(exactly(self._connection, HEADER.unpack(header)[0]))
        try:
            asked = canaries.ASSIGNMENT if job.planted else assignment
            graded = mark(job, asked.notebooks[job.notebook], self._inmate, self)
        except CourseError as error:
            self._report.send({"stop": str(error)})
            return 0
        except Doubtful:
            self._report.send({"doubtful": True})
            return 0
        self._report.send({"graded": _as_json(graded)})
        return 0

    def begin(self, check: str) -> None:
        """Say which check comes next, and let it have processor time of its own."""
        self._report.send({"at": check})
        _limit_time(self._seconds)

    def remember(self, exercise: str, seed: int | None, unnamed: bool) -> None:
        """Let the clean process find out what mistakes answer: the next judge knows."""
        self._aside.send({"remember": [exercise, seed, unnamed]})

    def lost(self) -> float:
        """Return how many seconds of the submission's time others took, or took from us."""
        self._aside.send({"usage": True})
        found = self._aside.receive()
        elapsed = time.monotonic() - self._inmate.started
        return lost(elapsed, found["waited"] + usage.waited(), found["used"])

    def ending(self) -> Ending | None:
        """End the submission's own process; return how it ended."""
        self._inmate.channel.close()
        self._aside.send({"end": True})
        found = self._aside.receive()
        return Ending(**found) if found else None


def _limit_time(seconds: int) -> None:
    """Let this process have so much more processor time from now on."""
    used = time.process_time()
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = math.ceil(used) + seconds
    if most == resource.RLIM_INFINITY or limit < most:
        resource.setrlimit(resource.RLIMIT_CPU, (limit, most))


def _limit_memory() -> None:
    if sys.platform != "linux":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open("/proc/self/statm", encoding="ascii") as sizes:
        now = int(sizes.read().split()[0]) * resource.getpagesize()
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or now + _MEMORY < most:
        resource.setrlimit(resource.RLIMIT_AS, (now + _MEMORY, most))


def _as_json(graded: Graded) -> dict[str, Any]:
    return {**asdict(graded), "unanswered": sorted(graded.unanswered)}


def _graded(found: dict[str, Any]) -> Graded:
    """Read what a judge has found."""
    return Graded(
        str(found["text"]),
        tuple(_mark(**one) for one in found["marks"]),
        frozenset(map(str, found["unanswered"])),
        str(found["trouble"]),
        tuple(map(str, found["suspicions"])),
        tuple(map(str, found["stopped"])),
    )


def _mark(grade_id: str, score: float | None, points: float, **words: str) -> Mark:
    found = {name: str(word) for name, word in words.items()}
    return Mark(str(grade_id), None if score is None else float(score), float(points), **found)
