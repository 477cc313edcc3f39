"""The first look of a student and of an instructor: real Jupyter, real browser, no settings."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from . import lab

pytestmark = [pytest.mark.tier("test"), pytest.mark.needs("browser")]
MODULES = list((lab.ROOT / "notebooks").glob("[0-9][0-9]-*/"))
KINDS = {"lab": "lab/tree/00-start-here/00-start-here.ipynb",
         "notebook": "notebooks/00-start-here/00-start-here.ipynb"}  # fmt: skip


# The tests of a kind share one server, so they go to one worker.
@pytest.fixture(
    scope="module",
    params=[
        pytest.param("lab", marks=pytest.mark.xdist_group("lab")),
        pytest.param(
            "notebook", marks=[pytest.mark.xdist_group("notebook"), pytest.mark.tier("full")]
        ),
    ],
)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def address(kind, tmp_path_factory):
    course = tmp_path_factory.mktemp(kind) / "course"
    shutil.copytree(lab.ROOT / "notebooks", course / "notebooks")
    with lab.desk(kind, course) as started:
        yield started


@pytest.fixture(scope="module")
def visit(browser, address):
    """A student who opens the address that Jupyter prints; their pages."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(lab.SECONDS)
    landing = context.new_page()
    landing.goto(f"{address}/?token={lab.TOKEN}")
    yield landing
    context.close()


@pytest.fixture(scope="module")
def notebook(visit):
    """The notebook that the page leads to, opened with the keyboard alone."""
    visit.keyboard.press("Tab")
    with visit.context.expect_page() as opened:
        visit.keyboard.press("Enter")
    page = opened.value
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=lab.SECONDS)
    return page


def test_the_page_opens_first(visit, kind):
    assert "/course" in visit.url
    expect(visit.get_by_role("heading", level=1)).to_have_text("Backprop by Hand")
    expect(visit.get_by_role("heading", name="Begin here")).to_be_visible()
    rows = visit.get_by_role("rowheader")
    assert rows.count() == len(MODULES)
    expect(visit.get_by_role("columnheader", name="exercises right")).to_be_visible()


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        ("light", 1280),
        ("dark", 360),
        pytest.param("light", 360, marks=pytest.mark.tier("full")),
        pytest.param("dark", 1280, marks=pytest.mark.tier("full")),
    ],
)
def test_it_follows_the_theme_and_fits_a_phone(visit, kind, scheme, width):
    visit.emulate_media(color_scheme=scheme)
    visit.set_viewport_size({"width": width, "height": 800})
    colors = visit.evaluate(
        "() => (({color, backgroundColor}) => [color, backgroundColor])"
        "(getComputedStyle(document.body))"
    )
    text, back = (sum(map(int, re.findall(r"\d+", color)[:3])) for color in colors)
    assert (text < back) == (scheme == "light")
    assert visit.evaluate("() => document.documentElement.scrollWidth") <= width
    lab.ARTIFACTS.mkdir(exist_ok=True)
    visit.screenshot(path=lab.ARTIFACTS / f"course-{kind}-{scheme}-{width}.png", full_page=True)
    visit.set_viewport_size({"width": 1280, "height": 800})


def test_its_first_link_opens_the_notebook(notebook, kind):
    expect(notebook).to_have_url(re.compile(re.escape(KINDS[kind])))


def test_nothing_is_the_instructors(notebook, kind):
    menus = notebook.locator(".lm-MenuBar-itemLabel").all_inner_texts()
    assert "Kernel" in menus
    assert "Nbgrader" not in menus
    text = notebook.locator("body").inner_text()
    for word in ("Formgrader", "Create Assignment", "Assignment List", "Course List"):
        assert word not in text
    lab.ARTIFACTS.mkdir(exist_ok=True)
    notebook.screenshot(path=lab.ARTIFACTS / f"first-look-{kind}.png")


def test_the_file_browser_shows_the_modules(notebook, kind):
    if kind == "notebook":  # its list of files is a page of its own
        notebook.goto(re.sub(r"/notebooks/.*", "/tree", notebook.url))
    listing = notebook.get_by_role("listitem", name=re.compile(r"Name: \d\d-"))
    expect(listing).to_have_count(len(MODULES))
    if kind == "notebook":
        notebook.go_back()
        expect(notebook.locator(".jp-Notebook .jp-Cell").first).to_be_visible()


def test_validate_says_what_is_left(notebook, kind):
    button = notebook.get_by_role("button", name="Validate")
    expect(button).to_be_enabled()
    button.click()
    dialog = notebook.locator(".jp-Dialog")
    expect(dialog).to_contain_text("3 exercises are not right yet.", timeout=lab.SECONDS)
    expect(dialog).to_contain_text("Exercise 0.1, affine, is not started.")
    dialog.screenshot(path=lab.ARTIFACTS / f"validate-{kind}.png")
    dialog.get_by_role("button", name="OK").click()


def test_nothing_is_asked(notebook, kind):
    """The question about news comes late; by now a kernel has started and has run all cells."""
    assert notebook.locator(".Toastify__toast, .jp-toastContainer .jp-Notification").count() == 0


def test_who_comes_back_sees_what_was_saved(visit, notebook, kind, tmp_path_factory):
    """Validate has saved; nothing was run in the page, so the file itself gets an answer."""
    base = tmp_path_factory.getbasetemp()
    path = next(base.glob(f"{kind}*/course/notebooks/01-neurons/01-neurons.ipynb"))
    solved = lab.ROOT / "solutions" / "01-neurons" / "01-neurons.ipynb"
    shutil.copy(solved, path)
    visit.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    row = visit.get_by_role("row").filter(has_text="01 Neurons")
    expect(row).to_contain_text("7 of 7")
    expect(visit.get_by_role("heading", name="Where you stopped")).to_be_visible()
    expect(visit.locator(".card")).to_contain_text("02 Activation functions")


@pytest.mark.xdist_group("lab")
def test_the_instructors_desk_has_formgrader_and_no_page(browser, tmp_path):
    course = tmp_path / "course"
    course.mkdir()
    for name in ("notebooks", "solutions"):
        shutil.copytree(lab.ROOT / name / "00-start-here", course / name / "00-start-here")
    shutil.copy(lab.ROOT / "nbgrader_config.py", course)
    with lab.desk("desk", course) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(lab.SECONDS)
        page.goto(f"{address}/?token={lab.TOKEN}")
        menu = page.get_by_role("menuitem", name="Nbgrader")
        expect(menu).to_be_visible(timeout=lab.SECONDS)
        assert "/lab" in page.url
        menu.click()
        expect(page.get_by_role("menuitem", name="Formgrader", exact=True)).to_be_visible()
        assert page.get_by_role("menuitem", name="Assignment List").count() == 0
        page.keyboard.press("Escape")
        for folder in ("solutions", "notebooks"):
            listed = page.get_by_role("listitem", name=re.compile(f"Name: {folder}"))
            expect(listed).to_be_visible()
        page.screenshot(path=lab.ARTIFACTS / "desk.png")
        page.close()
