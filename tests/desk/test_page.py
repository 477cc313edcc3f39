"""The page that the course opens with: what it says of saved notebooks, and where it leads."""

import os
import re
from html.parser import HTMLParser

import pytest

from helpers.checks import State
from helpers.desk.page import find_modules, page, stopped_at
from helpers.progress import everything
from tests.learners.test_progress_view import NAMES, PRACTICE, TITLE, check, save

pytestmark = pytest.mark.tier("check")


def run(cell):
    return {**cell, "execution_count": 1}


def address(path):
    return f"/lab/tree/{path.parent.name}/{path.name}"


def made(folder):
    return page(folder, address, "/lab")


def module(folder, name, cells, when, title="A title"):
    heading = {**TITLE, "source": f"# {name[:2]} {title}\n\n**Time:** about an hour. More."}
    path = save(folder, [heading, *cells], name)
    os.utime(path, (when, when))
    return path


@pytest.fixture
def course(tmp_path):
    """Module 00 done, 01 begun after it, and a page to look things up in."""
    module(tmp_path, "00-start", [run(check(n, State.RIGHT, 0)) for n in PRACTICE], 100)
    states = [State.RIGHT, State.WRONG]
    begun = [run(check(n, s)) for n, s in zip(NAMES, states, strict=False)]
    module(tmp_path, "01-neurons", [*begun, *(check(n) for n in NAMES[2:])], 200)
    module(tmp_path, "11-glossary", [], 300, title="Glossary")
    return tmp_path


def test_every_module_has_a_row_and_a_link(course):
    html = made(course)
    assert re.findall(r'href="(/lab/tree/[^"]+)"', html)[1:] == [
        "/lab/tree/00-start/00-start.ipynb",
        "/lab/tree/01-neurons/01-neurons.ipynb",
        "/lab/tree/11-glossary/11-glossary.ipynb",
    ]
    rows = re.findall(r'<tr>\s*<th scope="row">', html)
    assert len(rows) == len(everything(course))


def test_a_row_says_time_exercises_and_points(course):
    row = re.search(r'<tr>\s*<th scope="row"><a [^>]*>01 A title</a>(.*?)</tr>', made(course), re.S)
    text = re.sub(r"<[^>]+>", " ", row[1])
    assert "about an hour" in text
    assert f"1 of {len(NAMES)}" in text
    assert "✓✗○" in text.replace(" ", "")
    assert f"1 of {len(NAMES)}" in text.split("✗")[1]  # points: one for each check here


def test_you_go_on_where_you_saved_last(course):
    assert stopped_at(everything(course)).title == "01 A title"
    card = re.search(r'<section class="card">(.*?)</section>', made(course), re.S)[1]
    assert "Where you stopped" in card
    assert 'href="/lab/tree/01-neurons/01-neurons.ipynb"' in card
    assert f"Next is exercise 1.2 {NAMES[1]}: wrong." in card


@pytest.mark.parametrize(("saved_00", "saved_01", "title"), [(1, 2, "01"), (2, 1, "00")])
def test_of_two_that_are_begun_the_one_saved_last_comes(course, saved_00, saved_01, title):
    module(course, "00-start", [run(check(n, points=0)) for n in PRACTICE], saved_00)
    module(course, "01-neurons", [run(check(n)) for n in NAMES], saved_01)
    assert stopped_at(everything(course)).title == f"{title} A title"


def test_after_a_module_that_is_done_comes_the_next(course):
    os.utime(course / "00-start" / "00-start.ipynb", (900, 900))
    assert stopped_at(everything(course)).title == "01 A title"


def test_a_fresh_copy_begins_with_the_first_module(course):
    module(course, "00-start", [check(n, points=0) for n in PRACTICE], 900)
    module(course, "01-neurons", [check(n) for n in NAMES], 950)
    assert stopped_at(everything(course)).title == "00 A title"
    assert "Begin here" in made(course)


def test_who_has_run_a_cell_without_an_answer_goes_on_there(course):
    module(course, "00-start", [check(n, points=0) for n in PRACTICE], 100)
    module(course, "01-neurons", [run(check(n)) for n in NAMES], 50)
    assert stopped_at(everything(course)).title == "01 A title"


def test_a_notebook_that_cannot_be_read_is_said_and_stops_nothing(course):
    (course / "01-neurons" / "01-neurons.ipynb").write_text("{")
    html = made(course)
    assert "cannot be read: rename it, then get a fresh copy" in html
    assert "Glossary" in html


def test_all_done_is_said(tmp_path):
    modules = [m for m in everything(tmp_path) if not m.path]
    assert stopped_at(modules) is None


def test_where_there_are_no_modules_it_says_what_to_do(tmp_path):
    assert find_modules(tmp_path) is None
    html = page(None, address, "/lab")
    assert "No modules here" in html
    assert "make lab" in html


def test_modules_are_found_in_the_course_and_in_its_notebooks(course):
    assert find_modules(course) == course
    outer = course.parent / "outer"
    outer.mkdir()
    course.rename(outer / "notebooks")
    assert find_modules(outer) == outer / "notebooks"


def test_what_a_notebook_says_is_text(course):
    module(course, "01-neurons", [], 1, title="<script>alert(1)</script>")
    html = made(course)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


class Outline(HTMLParser):
    """Headings, landmarks and headers, as a screen reader lists them; and what stays open."""

    def __init__(self, html):
        super().__init__()
        self.found, self.open = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_a_screen_reader_finds_its_way(course):
    outline = Outline(made(course))
    assert outline.open == []
    tags = [tag for tag, _ in outline.found]
    assert [tag for tag in tags if re.match(r"h\d", tag)] == ["h1", "h2"]
    assert {"header", "main", "footer", "caption"} <= set(tags)
    assert dict(outline.found)["html"] == {"lang": "en"}
    scopes = [attrs.get("scope") for tag, attrs in outline.found if tag == "th"]
    assert scopes[:4] == ["col"] * 4
    assert set(scopes[4:]) == {"row"}
    links = [attrs for tag, attrs in outline.found if tag == "a"]
    assert all("href" in attrs for attrs in links)
