"""Grade one notebook: run its cells behind the wall, and judge its answers on this side."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Protocol

import nbformat
from nbformat import NotebookNode
from nbgrader import utils

from helpers.checks import State, Verdict, adapters, exercises
from helpers.checks.messages import message
from helpers.checks.notebook import CheckFailed, absent
from helpers.course.folder import CourseError
from helpers.course.grading.assignments import (
    TIMESTAMP,
    Assignment,
    Check,
    Graded,
    Hidden,
    Mark,
    Notebook,
    Submission,
    beside,
    read_check,
)
from helpers.course.grading.clock import FairClock
from helpers.course.grading.judge import judge, questions
from helpers.course.grading.needed import needed
from helpers.course.grading.sandbox import Ending, Inmate
from helpers.course.grading.session import (
    TO_GO_APART,
    TO_LEAVE,
    Ended,
    Found,
    Gone,
    Request,
    Session,
    to_find,
    to_run,
)
from helpers.course.grading.suspicions import suspicions
from helpers.course.grading.words import printable
from helpers.course.nbgrader import FORGEABLE, error_output
from helpers.course.nbgrader.harmless import harmless
from helpers.course.nbgrader.submission import (
    COULD_NOT_RUN,
    ENDED,
    IMPORT_CHECK,
    MOST_CELLS,
    TOO_LARGE,
    bare,
    mend,
    read_submission,
    why_unreadable,
)

_known = cache(exercises)
Step = tuple[NotebookNode, Check | None]  # a cell that runs, and the check that it is
UNJUDGED = (
    "Looking at the answer takes more than any answer needs ({reason}). Return numbers, arrays, or "
    "lists and dicts of these, no larger than the task asks for."
)
_GONE = "Python ended during a call: it called exit(), or took more memory than there is."
_NO_DATE = f"{TIMESTAMP} holds no date, so the submission counts as in time"
_LONGEST_REASON = 200


@dataclass(frozen=True)
class Job:
    """A notebook for a judge.

    Attributes
    ----------
    notebook : int
        Which of the assignment's notebooks it is.
    data : bytes, optional
        What was handed in; None where it is too large to be read.
    files : dict of str to bytes
        What lies beside it.
    spoiled : dict of str to str
        The checks that have ended a judge before, and why; they are not tried again.
    unreadable : bool
        Whether it has ended a judge before the first check.
    planted : bool
        Whether it is one of ours, which the judge is not told otherwise.
    hidden : dict of str to Hidden
        Which hidden cases each exercise's answer meets.
    careful : bool
        Whether each answer meets its hidden cases as soon as it is checked, in a copy of its
        own, and not together with all others after the last cell.
    """

    notebook: int
    data: bytes | None
    files: dict[str, bytes] = field(default_factory=dict)
    spoiled: dict[str, str] = field(default_factory=dict)
    unreadable: bool = False
    planted: bool = False
    hidden: dict[str, Hidden] = field(default_factory=dict)
    careful: bool = False


class Doubtful(Exception):
    """An answer may have met its hidden cases too late, or never: it is to be judged carefully."""


class Clerk(Protocol):
    """Whom a judge reports to."""

    def begin(self, check: str) -> None:
        """Hear which check comes next."""

    def remember(self, exercise: str, seed: int | None, unnamed: bool) -> None:
        """Hear that a known mistake was looked for, and whether none was found."""

    def ending(self) -> Ending | None:
        """End the submission's process, and say how it ended."""

    def lost(self) -> float:
        """Say how many seconds of the submission's time others took."""


def jobs(submission: Submission, assignment: Assignment) -> tuple[list[Job], list[str]]:
    """Return the notebooks of a submission that are judged, and what is to be said of its files."""
    found, remarks = [], [_NO_DATE] if submission.has_bad_timestamp else []
    if submission.too_large:
        remarks.append(f"too large or too many, and left out: {_listed(submission.too_large)}")
    for place, notebook in enumerate(assignment.notebooks):
        name, remark = _file_of(notebook, submission, alone=len(assignment.notebooks) == 1)
        if remark:
            remarks.append(remark)
        if name:
            files = beside(submission, assignment, reserved=())
            job = Job(place, submission.files.get(name), files, hidden=submission.hidden)
            found.append(job)
    return found, remarks


def mark(job: Job, notebook: Notebook, inmate: Inmate, clerk: Clerk) -> Graded:
    """Grade one notebook."""
    return _Marking(job, notebook, clerk).grade(inmate)


def _file_of(notebook: Notebook, submission: Submission, alone: bool) -> tuple[str, str]:
    """Return which file is graded as a notebook, or none, and what is to be said of that.

    Files that travel by mail come back under other names, and in folders. Where one
    notebook is asked for and one was handed in, that is it.
    """
    wanted = f"{notebook.name}.ipynb"
    if wanted in submission.files or wanted in submission.too_large:
        return wanted, ""
    others = [name for name in submission.files if name.lower().endswith(".ipynb")]
    listed = _listed(others)
    if alone and len(others) == 1:
        return others[0], f"{wanted} was not handed in; {listed} was graded in its place"
    handed_in = f"; handed in were {listed}" if others else ""
    return "", f"{wanted} was not handed in{handed_in}"


def _listed(names: Sequence[str]) -> str:
    """Write the names of a student's files in one line, or the first of them."""
    return printable(", ".join(names)[:_LONGEST_REASON])


class _Marking:
    """The grading of one notebook."""

    def __init__(self, job: Job, notebook: Notebook, clerk: Clerk) -> None:
        self._known = notebook
        self._files = job.files
        self._spoiled = job.spoiled
        self._clerk = clerk
        self._plain = notebook.plain_tests
        self._nb = read_submission(b"" if job.data is None or job.unreadable else job.data)
        if job.data is None or job.unreadable:
            self._nb.cells[0].source = TOO_LARGE
        unread = why_unreadable(self._nb).replace("*", "")
        surplus = len(self._nb.cells) > MOST_CELLS
        del self._nb.cells[MOST_CELLS:]
        imports = IMPORT_CHECK if unread else notebook.imports
        mended = mend(self._nb, notebook.cells, imports)
        self._trouble = [unread] if unread else mended
        if surplus:
            self._trouble.insert(0, f"Only the first {MOST_CELLS} cells were read.")
        for number, cell in enumerate(self._nb.cells, 1):
            cell["id"] = f"cell-{number}"
        self._nb.metadata = NotebookNode(
            kernelspec=notebook.kernelspec, language_info={"name": "python"}
        )
        self._verdicts: dict[str, Verdict] = {}
        self._sets = job.hidden
        self._hidden: dict[str, str] = {}
        self._careful = job.careful
        self._waiting: list[tuple[str, Check, int]] = []  # right so far, with the seed to come
        self._used: set[str] = set()
        self._stopped: list[str] = []
        self._number = 0
        self._sources: list[str] = []  # what was run

    def grade(self, inmate: Inmate) -> Graded:
        """Run the notebook and judge its answers.

        Raises
        ------
        Doubtful
            If this must be done again, carefully: most notebooks need it not.
        """
        session = Session(inmate.channel, inmate.end, FairClock(self._clerk.lost))
        fault = ""
        try:
            self._go(list(self._steps()), session, inmate.limits.cell_seconds)
            self._meet_hidden_cases(session)
        except (CourseError, Doubtful):
            raise
        except Ended as reason:
            fault = f"Python ended early: {str(reason) or _why(self._clerk.ending())}."
        except Exception as error:  # whatever a notebook contains, it is that one's fault
            fault = _in_words(error)
        self._clerk.begin("")
        self._used = session.used
        if fault and self._waiting:
            raise Doubtful
        if fault:
            self._give_up(fault)
        return Graded(
            _as_text(harmless(self._nb)),
            tuple(self._marks()),
            frozenset(self._unanswered()),
            " ".join(self._trouble),
            tuple(self._suspicions()),
            tuple(self._stopped),
        )

    def _steps(self) -> Iterator[Step]:
        """Yield the cells that run, and the checks, in order."""
        cells = [cell for cell in self._nb.cells if cell.cell_type == "code"]
        checks = [self._check(cell) for cell in cells]
        optional = ["nbgrader" not in cell.metadata and self._is_released(cell) for cell in cells]
        run = needed([cell.source for cell in cells], optional)
        for cell, check, runs in zip(cells, checks, run, strict=True):
            if check is not None or runs:
                yield cell, check

    def _check(self, cell: NotebookNode) -> Check | None:
        """Return the check that a cell is; a student's own copies of checks are none."""
        if not utils.is_locked(cell):
            return None
        check = read_check(cell.source)
        return check if check is not None and check.exercise in _known() else None

    def _is_released(self, cell: NotebookNode) -> bool:
        return bare(cell.source) in self._known.released

    def _go(self, steps: list[Step], session: Session, seconds: float) -> None:
        """Take one step after another."""
        for name, data in self._files.items():
            session.put(name, data)
        for place, (cell, check) in enumerate(steps):
            if not place or steps[place - 1][1] is not None:
                session.foresee(list(self._up_to_a_verdict(steps[place:], session, seconds)))
            self._number += 1
            stopped = session.stopped
            try:
                if check is None:
                    self._run(cell, session, seconds)
                    if _name(cell) in self._plain:
                        cell.metadata["course"] = NotebookNode(state=FORGEABLE, mistake="")
                else:
                    cell.outputs = list(self._outputs(cell, check, session))
            finally:
                if session.stopped > stopped:
                    self._stopped.append(_place(cell, self._number))
            cell.execution_count = self._number

    def _up_to_a_verdict(
        self, steps: list[Step], session: Session, seconds: float
    ) -> Iterator[Request]:
        """Yield what is asked before there is something to decide."""
        for number, (cell, check) in enumerate(steps, self._number + 1):
            if check is None:
                yield to_run(number, cell.source, seconds)
                continue
            if check.seeds[0] is None and _name(cell) not in self._spoiled:
                yield to_find(check.name)
                yield from questions(_known()[check.exercise], None, session)
            return

    def _run(self, cell: NotebookNode, session: Session, seconds: float) -> None:
        shown = session.run(self._number, cell.source, seconds)
        cell.outputs = [_output(output, self._number) for output in shown]
        self._sources.append(cell.source)

    def _outputs(self, cell: NotebookNode, check: Check, session: Session) -> Iterator[Any]:
        """Judge an answer; yield what its check shows."""
        name = cell.metadata.nbgrader.grade_id
        self._clerk.begin(name)
        for asked in check.seeds:
            seed = self._seed(check, asked, name)
            if seed is not None and not self._careful:
                self._waiting.append((name, check, seed))
                continue
            judged = self._judged if seed is None else self._judged_apart
            verdict = judged(name, check, session, seed)
            if isinstance(verdict, Found):
                cell.metadata.pop("course", None)  # on other cases it may have been right
                yield error_output(
                    "CheckCouldNotRun", COULD_NOT_RUN.format(reason=f" ({verdict.trouble})")
                )
                return
            self._verdicts[name] = verdict
            cell.metadata["course"] = NotebookNode(
                state=verdict.state.value, mistake=verdict.mistake, kind=verdict.kind
            )
            if not verdict.right:
                if verdict.problem or verdict.got:
                    self._clerk.remember(check.exercise, seed, not verdict.mistake)
                yield _failed(verdict)
                return
            if seed is None:
                yield nbformat.NotebookNode(
                    output_type="stream", name="stdout", text=message(verdict) + "\n"
                )

    def _meet_hidden_cases(self, session: Session) -> None:
        """Let all answers that are right so far meet their hidden cases, in one copy.

        No cell comes after that, so nothing can be shown of them.
        """
        if not self._waiting:
            return
        session.foresee(list(self._up_to_the_end(session)))
        try:
            with session.apart():
                for name, check, seed in self._waiting:
                    self._clerk.begin(name)
                    verdict = self._judged(name, check, session, seed, held=True)
                    if isinstance(verdict, Found) or not verdict.right:
                        raise Doubtful  # at its check it may have been right
        except Gone:
            raise Doubtful from None
        self._waiting = []

    def _up_to_the_end(self, session: Session) -> Iterator[Request]:
        """Yield what the copy is asked, up to an answer that is used step by step."""
        yield TO_GO_APART
        for _, check, seed in self._waiting:
            known = _known()[check.exercise]
            yield to_find(check.name, held=True)
            if known.adapter is not adapters.value:
                calls = questions(known, seed, session)
                yield from calls
                if not calls:
                    return
        yield TO_LEAVE

    def _seed(self, check: Check, asked: int | None, name: str) -> int | None:
        """Return the seed of the cases that come next; hidden ones are of the student's own."""
        if asked is None:
            return None
        chosen = self._sets.get(check.exercise)
        self._hidden[name] = f"set {chosen.place}" if chosen else f"seed {asked}"
        return chosen.seed if chosen else asked

    def _judged_apart(
        self, name: str, check: Check, session: Session, seed: int | None
    ) -> Verdict | Found:
        """Reach a verdict in a copy of the process, so that no later cell knows the cases."""
        try:
            with session.apart():
                return self._judged(name, check, session, seed)
        except Gone:
            known = _known()[check.exercise]
            return Verdict(State.CRASHED, known.number, known.name, problem=_GONE, hidden=True)

    def _judged(
        self, name: str, check: Check, session: Session, seed: int | None, held: bool = False
    ) -> Verdict | Found:
        """Reach the verdict on what a name stands for, or find that it cannot be asked for."""
        if name in self._spoiled:
            return _unjudged(check, self._spoiled[name])
        found = session.find(check.name, held)
        if found.trouble:
            return found
        if not found.there:
            return absent(check.exercise, found.names, self._sources)
        try:
            return judge(_known()[check.exercise], found.answer, session, seed)
        except CourseError:
            raise
        except Exception as error:  # such as a MemoryError: it costs this exercise alone
            return _unjudged(check, type(error).__name__)

    def _give_up(self, reason: str) -> None:
        """Give every check that was not reached, or not to its end, its reason."""
        self._trouble.append(reason)
        for cell in self._nb.cells:
            if self._is_check(cell) and cell.execution_count is None:
                cell.outputs = [error_output("DeadKernelError", f"{ENDED} {reason}")]
                cell.metadata["course"] = NotebookNode(state=State.CRASHED.value, mistake="")
                self._verdicts.pop(cell.metadata.nbgrader.grade_id, None)

    def _is_check(self, cell: NotebookNode) -> bool:
        return utils.is_grade(cell) and cell.cell_type == "code" and not utils.is_solution(cell)

    # What came of it ------------------------------------------------------------------------------

    def _marks(self) -> Iterator[Mark]:
        for cell in self._nb.cells:
            if not utils.is_grade(cell):
                continue
            name = cell.metadata.nbgrader.grade_id
            verdict = self._verdicts.get(name)
            score, points = _grade(cell)
            forgeable = name in self._plain
            if self._is_check(cell) and not forgeable and score and not (verdict and verdict.right):
                raise AssertionError(f"{name} has points, but no verdict")  # belt and braces
            found = cell.metadata.get("course", {})
            state, mistake = found.get("state", ""), found.get("mistake", "")
            yield Mark(name, score, points, state, mistake, self._hidden.get(name, ""))

    def _unanswered(self) -> Iterator[str]:
        for cell in self._nb.cells:
            if utils.is_solution(cell) and not utils.is_task(cell):
                marks = cell.metadata.nbgrader
                if marks.get("checksum") == utils.compute_checksum(cell):
                    yield marks.grade_id

    def _suspicions(self) -> Iterator[str]:
        own = [
            (cell.metadata.get("nbgrader", {}).get("grade_id", "another cell"), cell.source)
            for cell in self._nb.cells
            if cell.cell_type == "code"
            and not utils.is_locked(cell)
            and not self._is_released(cell)
            and cell.source != IMPORT_CHECK
        ]
        yield from suspicions(own, self._known.imported)
        for mark in self._marks():
            if mark.grade_id in self._plain and mark.score:
                yield f"{mark.grade_id} is a plain test, which an answer can forge"
        if self._used:
            yield f"an answer calls the course's own {', '.join(sorted(self._used))}"


def _grade(cell: NotebookNode) -> tuple[float | None, float]:
    """Return what a cell earned, and what it could; a number above that is no part of it."""
    try:
        return utils.determine_grade(cell)
    except (KeyError, ValueError):  # of a plain test, whose outputs are the student's
        return 0.0, float(cell.metadata.nbgrader.points)


def _as_text(nb: NotebookNode) -> str:
    """Write a notebook as JSON, a line for each cell: to indent it takes ten times as long."""
    dumps = partial(json.dumps, ensure_ascii=False, sort_keys=True)
    cells = ",\n".join(map(dumps, nb.cells))
    rest = ",\n".join(f"{dumps(key)}: {dumps(nb[key])}" for key in sorted(nb) if key != "cells")
    return f'{{"cells": [\n{cells}\n],\n{rest}}}\n'


def _name(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _place(cell: NotebookNode, number: int) -> str:
    return _name(cell) or f"cell {number}"


def _unjudged(check: Check, reason: str) -> Verdict:
    """Return the verdict on an answer that cannot be looked at."""
    known = _known()[check.exercise]
    return Verdict(State.WRONG, known.number, known.name, problem=UNJUDGED.format(reason=reason))


def _why(ending: Ending | None) -> str:
    """Say how a process came to its end."""
    if ending is None or ending.status == 0:
        return "it called exit()"
    if ending.status > 0:
        return f"it ended itself with status {ending.status}"
    return {
        -9: "it was killed, for it used more time or memory than there is",
        -11: "it crashed (segmentation fault)",
        -6: "it crashed (abort)",
        -25: "it wrote a file that is too large",
    }.get(ending.status, f"it crashed (signal {-ending.status})")


def _in_words(error: Exception) -> str:
    """Say that the grader itself has failed at a notebook, on one line."""
    text = printable(str(error)[:_LONGEST_REASON])
    return f"The grader could not work with it: {type(error).__name__} {text}".strip() + "."


def _failed(verdict: Verdict) -> NotebookNode:
    """Return the output of a check that an answer did not pass."""
    return nbformat.NotebookNode(
        output_type="error",
        ename=CheckFailed.__name__,
        evalue=str(CheckFailed(verdict)),
        traceback=message(verdict).split("\n"),
    )


def _output(shown: dict[str, str], number: int) -> NotebookNode:
    """Return what a cell showed, as a notebook keeps it."""
    kind, text = shown["kind"], shown["text"]
    match kind:
        case "stdout" | "stderr":
            return NotebookNode(output_type="stream", name=kind, text=text)
        case "error":
            return NotebookNode(
                output_type="error",
                ename=shown["name"],
                evalue=text.split("\n")[-1].removeprefix(f"{shown['name']}: "),
                traceback=text.split("\n"),
            )
        case "result":
            return NotebookNode(
                output_type="execute_result",
                data=NotebookNode({"text/plain": text}),
                metadata=NotebookNode(),
                execution_count=number,
            )
    return NotebookNode(
        output_type="display_data",
        data=NotebookNode({"text/plain": text}),
        metadata=NotebookNode(),
    )
