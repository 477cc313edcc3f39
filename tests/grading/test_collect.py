"""What students put into the exchange: files are collected, and nobody else's."""

import os
import shutil

import pytest

from .course_directory import COURSE_ID, MODULES, CourseDirectory

pytestmark = pytest.mark.tier("test")
MODULE = MODULES[0]
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
    handed_in = inbound / f"{course.me}+{MODULE}+2026-01-01 10:00:00 UTC"
    shutil.copytree(course.folder / "notebooks" / MODULE, handed_in)
    (handed_in / "timestamp.txt").write_text("2026-01-01 10:00:00 UTC")
    (handed_in / "data").mkdir()
    (handed_in / "data" / "own.csv").write_text("1")
    (handed_in / "data" / "link.csv").symlink_to(course.folder / "secret.txt")
    (handed_in / "course").symlink_to(course.folder)
    (handed_in / "zeros").symlink_to("/dev/zero")
    (handed_in / "large").write_bytes(bytes(200_000))
    os.mkfifo(handed_in / "pipe")
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
    for name in ("data/link.csv", "course", "zeros", "large", "pipe"):
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
