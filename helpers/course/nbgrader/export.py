"""Marks as the files that Canvas and Moodle read.

Use them through nbgrader's own command, which also chooses assignments and students::

    nbgrader export --exporter=helpers.course.nbgrader.export.CanvasExport --to=canvas.csv
    nbgrader export --exporter=helpers.course.nbgrader.export.MoodleExport --to=moodle.csv
"""

import csv
from collections.abc import Iterable
from typing import Any

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from nbgrader.plugins import ExportPlugin
from traitlets import Dict, Unicode


class LearningSystemExport(ExportPlugin):
    """One row for each student, one column for each assignment.

    A submission that is missing or not yet graded leaves its place empty: both
    systems then keep the mark that they have. Set ``missing = "0"`` to count it.
    """

    filename = "grades.csv"
    titles = Dict(
        help="The column of an assignment in the other system, by the assignment's name. "
        "Canvas wants its number too: {'01-neurons': '01 Neurons (4711)'}."
    ).tag(config=True)
    missing = Unicode("", help="What stands for a submission that is not there.").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Write the file.

        Raises
        ------
        SystemExit
            If an assignment or a student that was asked for is not in the gradebook.
            The log says what there is.
        """
        try:
            assignments = _chosen(gradebook.assignments, "name", self.assignment, "assignment")
            students = _chosen(gradebook.students, "id", self.student, "student")
        except ValueError as error:
            self.log.error(error)
            raise SystemExit(1) from None
        with open(self.to or self.filename, "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            titles = [self.titles.get(made.name, made.name) for made in assignments]
            writer.writerow([*self.header(), *titles])
            writer.writerows(self.rows_above(assignments))
            for student in students:
                marks = [self.mark(gradebook, made, student) for made in assignments]
                writer.writerow([*self.identity(student), *marks])
        self.log.info("Wrote %s", self.to or self.filename)

    def mark(self, gradebook: Gradebook, assignment: Assignment, student: Student) -> str:
        """Return a student's mark for an assignment, less the penalty for being late."""
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


def _name(student: Student) -> str:
    return ", ".join(part for part in (student.last_name, student.first_name) if part)


def _chosen(found: Iterable[Any], key: str, wanted: list[str], kind: str) -> list[Any]:
    """Return all, or the wanted ones, in order."""
    known = {getattr(one, key): one for one in found}
    for name in wanted:
        if name not in known:
            raise ValueError(f"there is no {kind} {name!r}; there are: {', '.join(sorted(known))}")
    return [known[name] for name in sorted(wanted or known)]
