"""What a student is called harms nobody: no file, no table, no terminal, no other student."""

import json
import os

import pytest

from .course_directory import MODULES, CourseDirectory, needs_wall, points_of
from .submissions import answered

pytestmark = [needs_wall, pytest.mark.tier("test"), pytest.mark.xdist_group("names")]
MODULE = MODULES[0]
NAMES = [
    "\x1b]0;owned\x07",
    'line\nline", "score": 99',
    "=HYPERLINK(1)",
    "--force",
    "..x",
    "*",
    "[ab]",
    "{student_id}",
    "%s",
    "'; DROP TABLE grade; --",
    "\u202eadlanor",
    "x" * 200,
    "zz-honest",
]
NOT_UTF_8 = os.fsdecode(b"bad\xff")


def write_deep_file(folder):
    """Write a file whose name is so long that no folder with a longer name can hold it."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range((4_090 - len(str(folder))) // 201):
        os.mkdir("d" * 200, dir_fd=here)
        above, here = here, os.open("d" * 200, os.O_RDONLY, dir_fd=here)
        os.close(above)
    os.close(os.open("x", os.O_CREAT, dir_fd=here))
    os.close(here)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    course = CourseDirectory(tmp_path_factory.mktemp("names"), MODULE)
    course.release()
    for name in [*NAMES, NOT_UTF_8]:
        course.hand_in(name, answered(MODULE))
    write_deep_file(course.folder / "submitted" / NAMES[-1] / MODULE)
    course.said = course.course("grade", MODULE, "--workers", "2", status=1)
    return course


def test_everybody_has_their_marks(graded):
    assert graded.marks == dict.fromkeys(NAMES, points_of(MODULE))


def test_who_cannot_be_named_is_told_of(graded):
    assert "bad?: the name of the folder is not in UTF-8; rename it" in graded.said


def test_a_terminal_shows_text(graded):
    assert "\x1b]" not in graded.said


def test_each_has_one_record(graded):
    path = graded.folder / "grading" / MODULE / "trace.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]
    assert {record["student"] for record in records} == set(NAMES)
    assert all("score" not in record for record in records)


def test_a_spreadsheet_takes_them_for_text(graded):
    path = graded.folder / "grading" / MODULE / "timing.csv"
    table = path.read_text(encoding="utf-8")
    assert "\n=HYPER" not in table
    assert "\n'=HYPER" in table
