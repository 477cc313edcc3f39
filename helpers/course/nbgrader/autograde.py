"""``nbgrader autograde`` and Formgrader's Autograde button, led to the grader behind the wall.

Loading nbgrader_config.py puts this in place. Both then do what ``course grade`` does; stock
execution is left to whoever asks for it by a setting that says what it means.
"""

import fnmatch
import io
from logging import Logger
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException

from helpers.course.folder import CourseError
from helpers.course.nbgrader.stages import SAY_SO, ExecuteToTheEnd

RUNS_AS_YOU = (
    "STUDENT CODE RUNS AS YOU, without a wall: it can read and change your files, the gradebook "
    "and what others handed in, and give itself marks. The setting that says so is "
    "c.ExecuteToTheEnd.student_code_runs_as_me in nbgrader_config.py."
)
_stock = Autograde.start


def guard() -> None:
    """Let nbgrader grade behind the wall, or not at all."""
    Autograde.start = _start


def _start(converter: Autograde) -> None:
    """Grade as ``course grade`` does.

    Raises
    ------
    NbGraderException
        If that is not possible; nbgrader shows what it says.
    """
    if ExecuteToTheEnd(parent=converter).student_code_runs_as_me:
        converter.log.warning(RUNS_AS_YOU)
        _stock(converter)
        return
    try:
        status = _grade(converter)
    except CourseError as error:
        converter.log.error(str(error))
        raise NbGraderException(str(error)) from None
    if status:
        raise NbGraderException("Not everything was graded; the log says what and why.")


def _grade(converter: Autograde) -> int:
    """Return the exit status of ``course grade`` for the same submissions."""
    from helpers.course.grading.command import Order, grade_class  # most commands need it not
    from helpers.course.grading.sandbox import can_be_walled

    directory = converter.coursedir
    if can_be_walled():
        raise CourseError(
            f"student code cannot be walled off: {can_be_walled()}. Nothing was run. "
            f"It runs as you, with nothing around it, only if {SAY_SO}"
        )
    if directory.notebook_id != "*":
        raise CourseError("a submission is graded as a whole: leave out --notebook.")
    order = Order(
        directory.assignment_id,
        _students(converter),
        force=converter.force,
        database=directory.db_url,
        fresh=True,
    )
    return grade_class(Path(directory.root), order, _Lines(converter.log))


def _students(converter: Autograde) -> list[str]:
    """Return whose submissions nbgrader was asked to grade.

    Raises
    ------
    CourseError
        If there are none, or some are unknown and are not to be made known.
    """
    from helpers.course.grading.classroom import Classroom

    directory = converter.coursedir
    classroom = Classroom(Path(directory.root), directory.assignment_id, directory.db_url)
    left_out = directory.student_id_exclude.split(",")
    found = [
        student
        for student in classroom.students()
        if fnmatch.fnmatchcase(student, directory.student_id) and student not in left_out
    ]
    if not found:
        raise CourseError(f"{directory.student_id} handed in nothing of {classroom.name}.")
    if not converter.create_student:
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            unknown = set(found) - {student.id for student in gradebook.students}
        if unknown:
            raise CourseError(f"the gradebook does not know {', '.join(sorted(unknown))}.")
    return found


class _Lines(io.TextIOBase):
    """A text stream that writes lines into a log."""

    def __init__(self, log: Logger) -> None:
        self._log = log

    def write(self, text: str) -> int:
        """Write what is no empty line."""
        for line in filter(str.strip, text.split("\n")):
            self._log.info(line)
        return len(text)
