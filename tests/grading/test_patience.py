"""A gradebook that is away for a moment, a full disk, a read-only folder: one sentence each."""

import errno
import shutil
import sqlite3
import stat
from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook, Student
from sqlalchemy.exc import IntegrityError, OperationalError

from helpers.course.folder import CourseError
from helpers.course.grading import classroom as classroom_module
from helpers.course.grading.assignments import Result
from helpers.course.grading.classroom import Classroom
from helpers.course.grading.gradebook import Marks
from helpers.course.grading.patience import patiently

from .course_directory import MODULES, REPOSITORY, empty_gradebook

pytestmark = pytest.mark.tier("check")

LOCKED = OperationalError("INSERT INTO grade VALUES (?)", {}, Exception("database is locked"))
FULL = OSError(errno.ENOSPC, "No space left on device", "/srv/course/autograded")
FORBIDDEN = PermissionError(errno.EACCES, "Permission denied", "/srv/course/autograded")


class Work:
    """Work that fails so many times."""

    def __init__(self, error, times):
        self.error, self.times, self.waited, self.said = error, times, [], []

    def __call__(self):
        if self.times:
            self.times -= 1
            raise self.error

    def done(self):
        patiently(self, self.said.append, (1, 2, 4), self.waited.append)


@pytest.mark.parametrize("error", [LOCKED, FULL])
@pytest.mark.parametrize("times", [0, 1, 3])
def test_what_passes_is_waited_for(error, times):
    work = Work(error, times)
    work.done()
    assert work.waited == [1, 2, 4][:times]
    assert len(work.said) == (times > 0)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (LOCKED, "the gradebook cannot be used (database is locked). What is graded so far"),
        (FULL, "the disk is full (/srv/course/autograded). What is graded so far"),
    ],
)
def test_what_does_not_pass_stops_the_run_in_one_sentence(error, sentence):
    work = Work(error, 9)
    with pytest.raises(CourseError) as stopped:
        work.done()
    assert str(stopped.value).startswith(sentence)
    assert "INSERT" not in str(stopped.value)
    assert work.waited == [1, 2, 4]


def test_a_folder_that_is_read_only_is_not_waited_for():
    work = Work(FORBIDDEN, 9)
    with pytest.raises(CourseError, match="nothing can be written here"):
        work.done()
    assert work.waited == []


@pytest.mark.parametrize(
    "error", [IntegrityError("", {}, Exception("twice")), FileNotFoundError(2, "none"), KeyError()]
)
def test_what_is_one_submissions_fault_is_not_waited_for(error):
    work = Work(error, 1)
    with pytest.raises(type(error)):
        work.done()
    assert work.waited == []


@pytest.fixture
def classroom(tmp_path):
    shutil.copy(REPOSITORY / "nbgrader_config.py", tmp_path)
    return Classroom(tmp_path, MODULES[0])


@pytest.mark.tier("test")
def test_a_gradebook_that_another_program_has_locked_is_written_later(tmp_path):
    """With SQLite itself: it is locked until somebody has waited twice."""
    path = tmp_path / "gradebook.db"
    path.write_bytes(empty_gradebook())
    with Gradebook(f"sqlite:///{path}?timeout=0.01") as book:
        other = sqlite3.connect(path)
        other.execute("BEGIN EXCLUSIVE")
        waited = []

        def wait(seconds):
            waited.append(seconds)
            if len(waited) == 2:
                other.rollback()

        def write():
            try:
                book.db.add(Student(id="ada"))
                book.db.commit()
            except Exception:
                book.db.rollback()
                raise

        patiently(write, lambda _: None, (1, 2, 4), wait)
        assert [student.id for student in book.students] == ["ada"]
        other.close()
    assert waited == [1, 2]


class NoPenalty:
    """Penalties that cannot be told: the configuration is wrong, say."""

    def late_submission_penalty(self, *_):
        raise ValueError("no penalty")


@pytest.mark.tier("test")
def test_of_a_submission_that_fails_halfway_nothing_is_written(tmp_path):
    path, due = tmp_path / "gradebook.db", datetime(2026, 1, 1)
    path.write_bytes(empty_gradebook())
    url = f"sqlite:///{path}"
    with Gradebook(url, "course") as book:
        book.add_assignment("small", duedate=due)
        book.add_notebook("small", "small", kernelspec="{}")
    marks = Marks(url, "small", "course", NoPenalty())
    with pytest.raises(ValueError, match="no penalty"), marks.transaction():
        marks.write(Result("ada", "", {}), due + timedelta(days=1))
    marks.close()
    with Gradebook(url, "course") as book:
        assert book.students == []
        assert book.assignment_submissions("small") == []


def test_marks_are_nobody_elses_to_read(classroom, tmp_path):
    (tmp_path / "gradebook.db").touch(mode=0o666)
    with classroom.alone():
        classroom.make_private()
    for name in ("gradebook.db", "grading", f"grading/{MODULES[0]}", "autograded", "feedback"):
        mode = stat.S_IMODE((tmp_path / name).stat().st_mode)
        assert mode & 0o077 == 0, name


def test_where_nothing_can_be_written_one_sentence_says_so(classroom, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system", "/srv/course/grading")

    monkeypatch.setattr(classroom_module.Path, "mkdir", refuse)
    with (
        pytest.raises(CourseError, match=r"^nothing can be written here \(/srv/course/grading"),
        classroom.alone(),
    ):
        pytest.fail("it went on")
