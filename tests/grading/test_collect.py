"""What students put into the exchange: files are collected, and nobody else's."""

import errno
import os
import shutil
import stat

import nbgrader.coursedir
import pytest

from helpers.course.folder import replacing
from helpers.course.nbgrader.collect import Collect

from .course_directory import COURSE_ID, MODULES, CourseDirectory, empty_gradebook

pytestmark = pytest.mark.tier("test")
MODULE = MODULES[0]
EARLIER = "2026-01-01 10:00:00 UTC"
LATER = "2031-01-01 10:00:00 UTC"
SECRET = "nobody else reads this"


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """A course into which everything was collected, and what the command said."""
    course = CourseDirectory(tmp_path_factory.mktemp("collected"), MODULE)
    course.release()
    (course.folder / "secret.txt").write_text(SECRET)
    inbound = course.exchange / COURSE_ID / "inbound"
    inbound.mkdir(parents=True)
    course.me = inbound.owner()
    handed_in = inbound / f"{course.me}+{MODULE}+{EARLIER}"
    shutil.copytree(course.folder / "notebooks" / MODULE, handed_in)
    (handed_in / "timestamp.txt").write_text(EARLIER)
    (handed_in / "data").mkdir()
    (handed_in / "data" / "own.csv").write_text("1")
    (handed_in / "data" / "link.csv").symlink_to(course.folder / "secret.txt")
    (handed_in / "course").symlink_to(course.folder)
    (handed_in / "zeros").symlink_to("/dev/zero")
    (handed_in / "large").write_bytes(bytes(200_000))
    os.mkfifo(handed_in / "pipe")
    os.mknod(handed_in / "socket", stat.S_IFSOCK)
    shutil.copytree(course.folder / "notebooks" / MODULE, inbound / f"ada+{MODULE}+{LATER}")
    (inbound / f"{course.me}+{MODULE}+whenever").mkdir()
    (inbound / f"{course.me}+{MODULE}+{LATER}").symlink_to(course.folder / "solutions" / MODULE)
    course.configure("c.CourseDirectory.max_file_size = 100")  # kilobytes
    course.said = course.through_exchange("collect", MODULE)
    return course


def test_files_are_collected_and_nothing_else(collected):
    place = collected.folder / "submitted" / collected.me / MODULE
    found = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert found == {f"{MODULE}.ipynb", "timestamp.txt", "data/own.csv"}
    for name in ("data/link.csv", "course", "zeros", "large", "pipe", "socket"):
        assert name in collected.said


def test_nobody_hands_in_for_somebody_else(collected):
    assert not (collected.folder / "submitted" / "ada").exists()
    assert f"it belongs to {collected.me}" in collected.said


def test_a_name_without_a_time_and_a_link_stop_nobody(collected):
    assert "whenever is not collected: its name holds no time." in collected.said
    assert f"{LATER} is not collected: it is no folder." in collected.said


def test_a_date_that_is_none_does_not_stop_the_next_update(collected):
    inbound = collected.exchange / COURSE_ID / "inbound"
    again = inbound / f"{collected.me}+{MODULE}+2032-01-01 10:00:00 UTC"
    shutil.copytree(collected.folder / "notebooks" / MODULE, again)
    (again / "timestamp.txt").write_bytes(b"\xff2026")
    for _ in range(2):
        collected.through_exchange("collect", MODULE, "--update")
    assert not (collected.folder / "submitted" / collected.me / MODULE / "timestamp.txt").exists()


@pytest.fixture
def collect(tmp_path):
    """What collects from ada and bob; of ada an earlier submission is there already."""
    (tmp_path / "gradebook.db").write_bytes(empty_gradebook())
    inbound = tmp_path / "exchange" / COURSE_ID / "inbound"
    earlier = tmp_path / "submitted" / "ada" / MODULE
    for folder in (earlier, *(inbound / f"{name}+{MODULE}+{LATER}" for name in ("ada", "bob"))):
        folder.mkdir(parents=True)
        (folder / f"{MODULE}.ipynb").write_text("{}")
    (earlier / "timestamp.txt").write_text(EARLIER)
    later = inbound / f"ada+{MODULE}+{LATER}"
    (later / "timestamp.txt").write_text(LATER)
    (later / "data").mkdir()
    (later / "data" / "own.csv").write_bytes(bytes(2_000))
    directory = nbgrader.coursedir.CourseDirectory(
        root=str(tmp_path), course_id=COURSE_ID, assignment_id=MODULE
    )
    made = Collect(coursedir=directory, root=str(tmp_path / "exchange"))
    made.update, made.check_owner = True, False
    return made


def contents(folder):
    """Return what a folder holds, hidden files too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def fails(module, function, part, code):
    """Let a function fail for whatever has this in its name: nothing is forbidden to root."""

    def begin(patch, _collect):
        real = getattr(module, function)

        def fake(*arguments, **options):
            if any(part in str(argument) for argument in arguments):
                raise OSError(code, os.strerror(code), part)
            return real(*arguments, **options)

        patch.setattr(module, function, fake)

    return begin


def is_too_large(patch, collect):
    """Let what ada handed in be more than is collected."""
    patch.setattr(collect.coursedir, "max_dir_size", 1)  # kilobyte


@pytest.mark.parametrize(
    ("begin", "reason"),
    [
        pytest.param(fails(os, "open", "own.csv", errno.EIO), "own.csv", id="file"),
        pytest.param(fails(os, "open", "data", errno.EACCES), "data", id="folder"),
        pytest.param(fails(os, "lstat", "/ada+", errno.ESTALE), "Stale", id="submission"),
        pytest.param(fails(shutil, "copyfile", "own.csv", errno.ENOSPC), "No space", id="disk"),
        pytest.param(is_too_large, "it holds more than 1 kB", id="too-large"),
    ],
)
def test_who_cannot_be_collected_keeps_what_is_there_and_stops_nobody(
    collect, tmp_path, monkeypatch, caplog, begin, reason
):
    collect.log.propagate = True
    submitted = tmp_path / "submitted"
    before = contents(submitted)
    with monkeypatch.context() as patch:
        begin(patch, collect)
        collect.start()
    assert f"ada+{MODULE}+{LATER} is not collected: " in caplog.text
    assert reason in caplog.text
    assert contents(submitted) == before | {f"bob/{MODULE}/{MODULE}.ipynb": b"{}"}
    collect.start()
    inbound = tmp_path / "exchange" / COURSE_ID / "inbound"
    assert contents(submitted / "ada" / MODULE) == contents(inbound / f"ada+{MODULE}+{LATER}")


@pytest.mark.parametrize(
    ("options", "date", "is_due"),
    [
        pytest.param({}, EARLIER, False, id="newer"),
        pytest.param({"update": True}, EARLIER, True, id="newer-update"),
        pytest.param({"update": True}, LATER, False, id="same-update"),
        pytest.param({"before_duedate": True}, LATER, False, id="same-before-duedate"),
        pytest.param({"before_duedate": True}, "2032-01-01", True, id="other-before-duedate"),
        pytest.param({"update": True}, "by mail", True, id="no-date-update"),
    ],
)
def test_what_is_there_gives_way_where_stock_nbgrader_says_so(
    collect, tmp_path, options, date, is_due
):
    there = tmp_path / "submitted" / "ada" / MODULE
    (there / "timestamp.txt").write_text(date)
    collect.update = False
    for name, value in options.items():
        setattr(collect, name, value)
    collect.start()
    assert (there / "data").exists() == is_due


def test_what_is_there_stays_where_nothing_takes_its_place(tmp_path):
    (tmp_path / "ada" / "kept").mkdir(parents=True)
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "ada"):
        pass  # makes nothing
    assert [path.name for path in tmp_path.rglob("*")] == ["ada", "kept"]
