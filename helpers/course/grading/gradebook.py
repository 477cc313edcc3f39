"""Marks into nbgrader's gradebook: everything about one submission, or nothing of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.plugins import LateSubmissionPlugin
from sqlalchemy.exc import SQLAlchemyError

from helpers.course.folder import CourseError
from helpers.course.grading.assignments import Graded, Notebook, Result
from helpers.course.grading.patience import in_the_way
from helpers.course.nbgrader import NO_RESPONSE
from helpers.course.nbgrader.stages import known_cells

GET_CLUSTER = "Run: pip install -e '.[cluster]'"  # Dask, and a driver for PostgreSQL
_NOT_HANDED_IN = "There is no {name}.ipynb among the files that were handed in."


def open_gradebook(url: str, course: str) -> Gradebook:
    """Open nbgrader's gradebook.

    Raises
    ------
    CourseError
        If the address is none, or if its driver is missing.
    OperationalError, InterfaceError
        If it is locked or away, which may pass: see `patiently`.
    """
    try:
        return Gradebook(url, course)
    except ImportError as error:
        raise CourseError(f"the gradebook does not open: {error}. {GET_CLUSTER}") from error
    except SQLAlchemyError as error:
        if in_the_way(error):
            raise
        reason = str(error).split("\n", 1)[0]
        raise CourseError(f"the gradebook does not open: {reason}") from error


class Marks:
    """The marks of one assignment.

    Parameters
    ----------
    url : str
        The database, as SQLAlchemy writes it.
    assignment : str
        The name of the assignment.
    course : str
        The course that it belongs to.
    penalties : LateSubmissionPlugin
        Decides what a late submission costs.

    Raises
    ------
    CourseError
        If the gradebook does not open, or knows no such assignment.
    """

    def __init__(
        self, url: str, assignment: str, course: str, penalties: LateSubmissionPlugin
    ) -> None:
        self._book = open_gradebook(url, course)
        self._penalties = penalties
        self._name = assignment
        try:
            self._assignment = self._book.find_assignment(assignment)
            self._cells = dict(self._names_of_cells())
        except MissingEntry:
            self._book.close()
            raise CourseError(
                f"the gradebook knows no assignment {assignment}. "
                f"Run: nbgrader generate_assignment {assignment}"
            ) from None
        except BaseException:
            self._book.close()
            raise

    def _names_of_cells(self) -> Iterator[tuple[str, str]]:
        for notebook in self._assignment.notebooks:
            for cell in (*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells):
                yield cell.id, cell.name

    def close(self) -> None:
        """Close the gradebook."""
        self._book.close()

    def notebooks(self) -> list[Notebook]:
        """Return the notebooks of the assignment."""
        with self.transaction():
            return [
                Notebook(
                    notebook.name,
                    json.loads(notebook.kernelspec),
                    tuple(known_cells(self._book, notebook.name, self._name)),
                )
                for notebook in self._assignment.notebooks
            ]

    def complete(self) -> set[str]:
        """Return the students all of whose checks have marks."""
        with self.transaction():
            rows = (
                self._book.db.query(
                    SubmittedAssignment.student_id, Grade.auto_score, Grade.needs_manual_grade
                )
                .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
                .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
                .filter(SubmittedAssignment.assignment_id == self._assignment.id)
                .all()
            )
        seen, open_ = set(), set()
        for student, score, by_hand in rows:
            seen.add(student)
            if score is None and not by_hand:
                open_.add(student)
        return seen - open_

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside, or nothing of it."""
        try:
            yield
            self._book.db.commit()
        except BaseException:
            self._book.db.rollback()
            raise

    def write(self, result: Result, timestamp: datetime | None) -> None:
        """Write the marks of one submission; the caller commits."""
        submission = self._submission(result.student)
        submission.timestamp = timestamp
        for notebook in submission.notebooks:
            graded = result.notebooks.get(notebook.notebook.name)
            _write_grades(notebook, self._cells, graded)
            _write_comments(notebook, self._cells, graded)
        self._book.db.flush()
        self._write_penalties(submission)

    def _submission(self, student: str) -> SubmittedAssignment:
        """Find a submission, or make a new one, without committing."""
        session = self._book.db
        found = (
            session.query(SubmittedAssignment)
            .filter_by(assignment_id=self._assignment.id, student_id=student)
            .one_or_none()
        )
        return found or self._new_submission(student)

    def _new_submission(self, student: str) -> SubmittedAssignment:
        session = self._book.db
        if session.get(Student, student) is None:
            session.add(Student(id=student))
        made = SubmittedAssignment(assignment_id=self._assignment.id, student_id=student)
        session.add(made)
        session.flush()  # gives it its id
        for notebook in self._assignment.notebooks:
            page = SubmittedNotebook(notebook_id=notebook.id, assignment_id=made.id)
            session.add(page)
            for cell in (*notebook.grade_cells, *notebook.task_cells):
                page.grades.append(Grade(cell_id=cell.id))
            for cell in (*notebook.solution_cells, *notebook.task_cells):
                page.comments.append(Comment(cell_id=cell.id))
        session.flush()
        session.refresh(made)
        return made

    def _write_penalties(self, submission: SubmittedAssignment) -> None:
        """Take off what being late costs, as `nbgrader autograde` does."""
        session = self._book.db
        session.refresh(submission, ["timestamp"])
        for notebook in submission.notebooks:
            notebook.late_submission_penalty = None
            if submission.total_seconds_late > 0:
                session.flush()
                session.refresh(notebook)
                score = notebook.score
                penalty = self._penalties.late_submission_penalty(
                    submission.student_id, score, submission.total_seconds_late
                )
                if penalty is not None:
                    notebook.late_submission_penalty = min(max(penalty, 0), score)


def _write_grades(
    notebook: SubmittedNotebook, cells: dict[str, str], graded: Graded | None
) -> None:
    """Write the marks of a notebook; a missing one earns nothing."""
    scores = {mark.grade_id: mark.score for mark in graded.marks} if graded else {}
    for grade in notebook.grades:
        score = scores.get(cells[grade.cell_id], 0.0 if graded is None else None)
        grade.auto_score = score
        grade.needs_manual_grade = grade.manual_score is not None or score is None


def _write_comments(
    notebook: SubmittedNotebook, cells: dict[str, str], graded: Graded | None
) -> None:
    """Say why there are no marks, where there is a reason."""
    if graded is None:
        reason, unanswered = _NOT_HANDED_IN.format(name=notebook.notebook.name), frozenset()
    else:
        reason, unanswered = graded.trouble, graded.unanswered
    for comment in notebook.comments:
        no_response = NO_RESPONSE if cells[comment.cell_id] in unanswered else None
        comment.auto_comment = reason or no_response
