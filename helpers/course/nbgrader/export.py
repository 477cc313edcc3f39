"""Marks as the files that Canvas and Moodle read.

Use them through nbgrader's own command, which also chooses assignments and students::

    nbgrader export --exporter=helpers.course.nbgrader.export.CanvasExport --to=canvas.csv
    nbgrader export --exporter=helpers.course.nbgrader.export.MoodleExport --to=moodle.csv

Both systems take a blank for "no mark" and wipe the one that they have. So a file has no blank.
"""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from nbgrader.plugins import ExportPlugin
from traitlets import Bool, Dict, Unicode

from helpers.course.grading.words import counted
from helpers.course.spreadsheet import safe_cell


class LearningSystemExport(ExportPlugin):
    """A file for each assignment, with a row for each student who has a mark.

    A submission that is missing or not yet graded has no row: the other system then
    keeps the mark that it has. Set ``missing = "0"`` to count it.
    """

    filename = "grades.csv"
    titles = Dict(
        help="The column of an assignment in the other system, by the assignment's name. "
        "Canvas wants its number too: {'01-neurons': '01 Neurons (4711)'}."
    ).tag(config=True)
    whole_course = Bool(
        False, help="One file for all assignments; refused where a student lacks a mark."
    ).tag(config=True)
    missing = Unicode("", help="What stands for a submission that is not there.").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Write the files.

        Raises
        ------
        SystemExit
            If an assignment or a student that was asked for is not in the gradebook, or
            if a mark is missing from a file of the whole course. The log says which.
        """
        try:
            assignments = _chosen(gradebook.assignments, "name", self.assignment, "assignment")
            students = _chosen(gradebook.students, "id", self.student, "student")
            marks = {
                student.id: [self.mark(gradebook, made, student) for made in assignments]
                for student in students
            }
            if self.whole_course:
                _refuse_holes(assignments, marks)
        except ValueError as error:
            self.log.error(error)
            raise SystemExit(1) from None
        path = Path(self.to or self.filename)
        if self.whole_course or len(self.assignment) == 1:
            self._write(path, assignments, students, marks)
            return
        for place, assignment in enumerate(assignments):
            own = {student: [found[place]] for student, found in marks.items()}
            name = f"{path.stem}-{assignment.name}{path.suffix}"
            self._write(path.with_name(name), [assignment], students, own)

    def _write(
        self,
        path: Path,
        assignments: list[Assignment],
        students: list[Student],
        marks: dict[str, list[str]],
    ) -> None:
        """Write one file, with the students who have marks."""
        titles = [self.titles.get(made.name, made.name) for made in assignments]
        marked = [student for student in students if all(marks[student.id])]
        rows = [
            [*self.header(), *titles],
            *self.rows_above(assignments),
            *([*self.identity(student), *marks[student.id]] for student in marked),
        ]
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([safe_cell(cell) for cell in row] for row in rows)
        unmarked = [student.id for student in students if student not in marked]
        left_out = f"; without a mark, and so left out: {', '.join(unmarked)}" if unmarked else ""
        self.log.info("Wrote %s: %s%s", path, counted(len(marked), "student"), left_out)

    def mark(self, gradebook: Gradebook, assignment: Assignment, student: Student) -> str:
        """Return a student's mark, less the penalty for being late; empty where there is none."""
        try:
            submission = gradebook.find_submission(assignment.name, student.id)
        except MissingEntry:
            return self.missing
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        if any(grade.auto_score is None and grade.manual_score is None for grade in grades):
            return self.missing
        return f"{max(0.0, submission.score - (submission.late_submission_penalty or 0)):g}"

    def header(self) -> list[str]:
        """Return the titles of the columns that say who it is."""
        raise NotImplementedError

    def identity(self, student: Student) -> list[str]:
        """Return who it is."""
        raise NotImplementedError

    def rows_above(self, assignments: list[Assignment]) -> list[list[str]]:  # noqa: ARG002
        """Return what stands between the header and the students."""
        return []


class CanvasExport(LearningSystemExport):
    """The file that Canvas reads under Grades, Import.

    nbgrader's student id is taken for the login that Canvas knows, and its
    ``lms_user_id``, where there is one, for the number of the user in Canvas.
    """

    filename = "canvas.csv"

    def header(self) -> list[str]:
        """Return Canvas's own titles."""
        return ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]

    def identity(self, student: Student) -> list[str]:
        """Return name, number and login."""
        return [_name(student), student.lms_user_id or "", "", student.id, ""]

    def rows_above(self, assignments: list[Assignment]) -> list[list[str]]:
        """Return the row of the points that can be had."""
        most = [f"{assignment.max_score:g}" for assignment in assignments]
        return [["    Points Possible", "", "", "", "", *most]]


class MoodleExport(LearningSystemExport):
    """The file that Moodle reads under Grades, Import, CSV file.

    Moodle asks which column names the user: map Username to username, or
    Email address to email.
    """

    filename = "moodle.csv"

    def header(self) -> list[str]:
        """Return Moodle's own titles."""
        return ["Username", "First name", "Last name", "Email address"]

    def identity(self, student: Student) -> list[str]:
        """Return login, name and address."""
        return [student.id, student.first_name or "", student.last_name or "", student.email or ""]


def _refuse_holes(assignments: list[Assignment], marks: dict[str, list[str]]) -> None:
    """Make sure that who has a mark has all of them."""
    holes = [
        f"{student} ({made.name})"
        for student, found in marks.items()
        if any(found)
        for made, mark in zip(assignments, found, strict=True)
        if not mark
    ]
    if holes:
        raise ValueError(
            f"a file of the whole course would wipe marks: {', '.join(holes[:10])} "
            f"{'and more ' * (len(holes) > 10)}have none. Export one file for each assignment, "
            "or choose assignments and students, or set missing to 0."
        )


def _name(student: Student) -> str:
    return ", ".join(part for part in (student.last_name, student.first_name) if part)


def _chosen(found: Iterable[Any], key: str, wanted: list[str], kind: str) -> list[Any]:
    """Return all, or the wanted ones, in order."""
    known = {getattr(one, key): one for one in found}
    for name in wanted:
        if name not in known:
            raise ValueError(f"there is no {kind} {name!r}; there are: {', '.join(sorted(known))}")
    return [known[name] for name in sorted(wanted or known)]
