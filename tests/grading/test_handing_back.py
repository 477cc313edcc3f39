"""What students put beside a notebook keeps nobody's feedback from being made and released."""

import pytest

from .course_directory import COURSE_ID, MODULES, CourseDirectory, needs_wall
from .submissions import untouched

pytestmark = [needs_wall, pytest.mark.tier("test"), pytest.mark.xdist_group("handed back")]
MODULE = MODULES[0]
DATE = "2026-01-01 10:00:00 UTC"
SECRET = "submission_secret.txt"
BESIDE = {
    "by-mail": {},
    "date-is-none": {"timestamp.txt": b"whenever", SECRET: b"a"},
    "date-is-a-folder": {"timestamp.txt/a": b"", SECRET: b"b"},
    "date-and-orders": {"timestamp.txt": f"{DATE}\n\x1b[2J".encode(), SECRET: b"c"},
    "secret-in-latin-1": {"timestamp.txt": DATE.encode(), SECRET: b"\xff"},
    "page-is-a-folder": {f"{MODULE}.html/a": b"", "timestamp.txt": DATE.encode(), SECRET: b"d"},
    "pages-of-its-own": {f"{MODULE}.html": b"mine", "a\x1b[2J.html": b"", "\x1b[2J.txt": b""},
    "zz-honest": {"timestamp.txt": DATE.encode(), SECRET: b"e", "picture.png": b"x"},
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made = CourseDirectory(tmp_path_factory.mktemp("handed-back"), MODULE)
    made.release()
    for student, files in BESIDE.items():
        made.hand_in(student, untouched(MODULE))
        for name, data in files.items():
            path = made.folder / "submitted" / student / MODULE / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
    made.course("grade", MODULE)
    made.said = made.nbgrader("generate_feedback", MODULE)
    made.said += made.nbgrader("generate_feedback", MODULE)
    made.exchange.mkdir()
    made.said += made.through_exchange("release_feedback", MODULE)
    return made


@pytest.mark.parametrize("student", BESIDE)
def test_everybody_has_feedback_and_it_is_ours(course, student):
    pages = list((course.folder / "feedback" / student / MODULE).glob("*.html"))
    assert [page.name for page in pages] == [f"{MODULE}.html"]
    assert "Your marks" in pages[0].read_text(encoding="utf-8")


def test_who_lacks_what_nbgrader_asks_for_keeps_nobody_waiting(course):
    kept_back = {line.split("/feedback/")[1] for line in course.said.split("\n") if "lacks" in line}
    assert {name.split("/")[0] for name in kept_back} == {
        *("by-mail", "date-is-none", "date-is-a-folder", "secret-in-latin-1", "pages-of-its-own")
    }
    assert len(list((course.exchange / COURSE_ID / "feedback").iterdir())) == 3


def test_a_terminal_shows_text(course):
    assert "\x1b" not in course.said


def test_what_a_page_may_need_comes_along(course):
    assert (course.folder / "feedback" / "zz-honest" / MODULE / "picture.png").exists()
