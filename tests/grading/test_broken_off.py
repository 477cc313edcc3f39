"""A full disk, a read-only one, a kill, at each place where a run writes: the next run goes on."""

import contextlib
import errno
import io
import json
import os
import shutil
from itertools import count

import pytest
from nbgrader.api import Gradebook

from helpers.course.folder import CourseError
from helpers.course.grading import command, patience
from helpers.course.grading.assignments import Graded, Mark, Result
from helpers.course.grading.classroom import Classroom
from helpers.course.grading.command import Order, grade_class
from helpers.course.grading.pool import FILE, Pool
from helpers.course.grading.report import Report
from helpers.course.grading.trace import Trace
from helpers.course.nbgrader import RECORD

from .course_directory import COURSE_ID, REPOSITORY, empty_gradebook
from .small_class import NAME, known

pytestmark = pytest.mark.tier("test")
NEW = {"mkdir", "replace", "rename", "link"}  # what a full disk refuses, besides files
CHANGES = {*NEW, "unlink", "rmdir", "chmod"}


class Killed(BaseException):
    """Nothing catches it, and after it nothing is written any more."""


class Disk:
    """Lets nothing be written from the time on when so much was."""

    def __init__(self, monkeypatch, error, refused, after, times=10**9):
        self.error, self.refused, self.after, self.times = error, refused, after, times
        self.broke = False
        for name in CHANGES:
            monkeypatch.setattr(os, name, self.watched(name, getattr(os, name)))
        monkeypatch.setattr(os, "open", self.watched_open(os.open))
        monkeypatch.setattr(io, "open", self.watched_open(io.open))

    def watched(self, name, work):
        def done(*arguments, **options):
            if name in self.refused:
                self.count(arguments[0])
            return work(*arguments, **options)

        return done

    def watched_open(self, work):
        def done(path, mode=os.O_RDONLY, *arguments, **options):
            writes = mode & (os.O_WRONLY | os.O_RDWR) if isinstance(mode, int) else mode[0] in "wax"
            if writes:
                self.count(path)
            return work(path, mode, *arguments, **options)

        return done

    def count(self, path):
        self.after -= 1
        if self.after < 0 and self.times > 0:
            self.broke, self.times = True, self.times - 1
            raise Killed if self.error is None else OSError(self.error, "refused", str(path))


class Graders:
    """Workers who find every answer right."""

    def take(self, assignment):
        pass

    def protections(self):
        return {}

    def results(self, submissions, tick):
        graded = Graded("{}", (Mark("affine-check", 1.0, 1.0, "Right"),))
        for submission in submissions:
            yield submission, Result(submission.student, submission.digest, {NAME: graded})

    def close(self):
        pass


def hand_in(course, student, text):
    folder = course / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.ipynb").write_text(json.dumps({"cells": [], "says": text}))


def run(course):
    return grade_class(course, Order(NAME, walled=False), io.StringIO())


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course in which ada was graded, got her page, and hands in something else."""
    monkeypatch.setattr(command, "_workers", lambda *_: Graders())
    monkeypatch.setattr(patience, "PAUSES", (0.0,))
    folder = tmp_path / "course"
    folder.mkdir()
    shutil.copy(REPOSITORY / "nbgrader_config.py", folder)
    (folder / "gradebook.db").write_bytes(empty_gradebook())
    with Gradebook(f"sqlite:///{folder}/gradebook.db", COURSE_ID) as book:
        book.add_assignment(NAME)
        book.add_notebook(NAME, NAME, kernelspec="{}")
        for cell in known("affine"):
            book.add_source_cell(cell.name, NAME, NAME, cell_type="code", source=cell.source)
        book.add_grade_cell("affine-check", NAME, NAME, max_score=1, cell_type="code")
    hand_in(folder, "ada", "first")
    assert run(folder) == 0
    page = folder / "feedback" / "ada" / NAME / f"{NAME}.html"
    page.parent.mkdir(parents=True)
    page.touch()
    (folder / "autograded" / "ada" / f".{NAME}-killed" / "new").mkdir(parents=True)
    hand_in(folder, "ada", "second")
    (folder / FILE).unlink()
    return folder


def broken_off(course, error, refused, times=10**9):
    """Yield a course for each place where a run writes, and how one ended that was refused there.

    When it is asked for the next one, the disk works again.
    """
    for place in count():
        again = course.with_name(f"course-{place}")
        shutil.copytree(course, again)
        with pytest.MonkeyPatch.context() as monkeypatch:
            disk = Disk(monkeypatch, error, refused, place, times)
            try:
                ended = run(again)
            except (CourseError, Killed) as stopped:
                ended = stopped
        if not disk.broke:
            assert place > 20
            return
        yield again, ended
        shutil.rmtree(again)


def test_killed_anywhere_it_leaves_no_outdated_page_and_the_next_run_goes_on(course):
    for again, _ in broken_off(course, None, CHANGES):
        classroom = Classroom(again, NAME)
        page = again / "feedback" / "ada" / NAME
        assert not (page.exists() and classroom.is_graded("ada"))
        assert run(again) == 0
        assert classroom.is_graded("ada")
        assert not page.exists()
        for name in ("trace.jsonl", "timing.csv"):
            lines = (again / "grading" / NAME / name).read_text(encoding="utf-8").splitlines()
            assert "ada" in lines[-1]


def test_a_disk_that_is_full_for_a_moment_is_waited_for(course):
    for again, ended in broken_off(course, errno.ENOSPC, NEW, times=1):
        assert ended == 0 or str(ended).startswith(f"nothing can be written here ({again}")


def test_where_nothing_can_be_written_one_sentence_says_so(course):
    ends = [ended for _, ended in broken_off(course, errno.EROFS, CHANGES)]
    assert all(end == 0 or str(end).startswith("nothing can be written here") for end in ends)
    assert ends.index(0) == len(ends) - 2  # of what is written last, a table sorted, all is there


def test_where_the_record_of_old_marks_stays_no_new_ones_are_written(course, monkeypatch):
    def refuse(path, **options):
        if os.path.basename(path) == RECORD:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        unlink(path, **options)

    unlink = os.unlink
    trace = course / "grading" / NAME / "trace.jsonl"
    before = trace.read_bytes()
    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(CourseError, match="nothing can be written here"):
        run(course)
    assert trace.read_bytes() == before


def test_whoever_waits_need_not_be_told(monkeypatch):
    """What the command prints may go into a file on the disk that is full."""
    work = iter([OSError(errno.ENOSPC, "No space left on device"), None])

    def done():
        error = next(work)
        if error:
            raise error
        return "done"

    def say(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(patience, "PAUSES", (0.0,))
    assert patience.patiently(done, say) == "done"


@contextlib.contextmanager
def no_file_longer_than(size):
    """Break a write off there, as a full disk does."""
    import resource  # not there on Windows, where modules are read to see which tests are quick

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


RESULTS = [Result(name, "0" * 64, {}, remarks=('a "word", ' * 9,)) for name in ("ada", "bob")]


@pytest.mark.parametrize("kind", [Report, lambda path: Trace(path, "secret")])
def test_half_a_line_is_cut_off(tmp_path, kind):
    path = tmp_path / "lines"
    kind(path).add(RESULTS[:1])
    first = path.read_bytes()
    kind(path).add(RESULTS[1:])
    whole = path.stat().st_size
    for size in range(len(first), whole, 9):
        path.write_bytes(first)
        table = kind(path)
        with no_file_longer_than(size):
            table.add(RESULTS[1:])
        assert path.stat().st_size == size
        table.add(RESULTS[1:])
        assert path.read_bytes().startswith(first)
        assert path.stat().st_size == whole


def test_a_secret_is_made_whole_or_not_at_all(tmp_path):
    with no_file_longer_than(0):
        Pool.of_course(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert Pool.of_course(tmp_path).name == Pool.of_course(tmp_path).name


def test_two_first_runs_at_once_have_one_secret(tmp_path, monkeypatch):
    link, others = os.link, []

    def later(*arguments):
        monkeypatch.setattr(os, "link", link)
        others.append(Pool.of_course(tmp_path).name)
        link(*arguments)

    monkeypatch.setattr(os, "link", later)
    assert [Pool.of_course(tmp_path).name] == others


def test_a_disk_without_hard_links_holds_a_secret_too(tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert Pool.of_course(tmp_path).name == Pool.of_course(tmp_path).name
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
