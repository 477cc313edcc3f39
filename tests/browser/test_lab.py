"""Module 01, step by step, as a student meets it: a real JupyterLab, a real browser."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from . import lab

pytestmark = pytest.mark.needs("browser")
MODULE = "01-neurons"
# The tests of a theme share one page, so they go to one worker.
THEMES = [
    pytest.param(theme, marks=[pytest.mark.tier(size), pytest.mark.xdist_group("jupyter")])
    for theme, size in (("light", "test"), ("dark", "full"))
]


@pytest.fixture(scope="module", params=THEMES)
def theme(request):
    return request.param


@pytest.fixture(scope="module")
def student(theme, jupyter):
    """The folder of a student, who writes into it."""
    folder = jupyter.folder / f"student-{theme}"
    shutil.copytree(lab.ROOT / "notebooks" / MODULE, folder)
    shutil.copy(lab.ROOT / "solutions" / MODULE / f"{MODULE}.ipynb", folder / "solutions.ipynb")
    return folder.name


@pytest.fixture(scope="module")
def notebook(browser, jupyter, student, theme):
    path = f"{student}/{MODULE}.ipynb"
    opened = lab.Notebook(browser, jupyter.address, path, theme, height=1500)
    opened.run_all()
    yield opened
    opened.page.close()


def test_the_untouched_notebook_runs_to_its_end(notebook, theme):
    expect(notebook.output("quiz.show(")).to_contain_text("parts of an artificial neuron")
    for name in ("weighted_sum", "xor_network"):
        expect(notebook.output(f"check.{name}({name}")).to_contain_text("Not started")
    notebook.screenshot(f"notebook-{theme}")


def test_a_dark_theme_turns_pictures_dark(notebook, theme):
    turned = notebook.page.locator("figure img").first.evaluate("e => getComputedStyle(e).filter")
    assert ("invert" in turned) == (theme == "dark")


def test_the_keyboard_moves_a_slider_picture_and_text(notebook, theme):
    explorer = notebook.output("explorers.perceptron(")
    twin, area = explorer.locator(".words > p"), explorer.locator("polygon").first
    expect(twin).to_contain_text("1·x1 + 1·x2 − 0.5 > 0")
    before = area.get_attribute("points")
    explorer.get_by_role("slider", name="w1").focus()
    for _ in range(4):
        notebook.page.keyboard.press("ArrowRight")
    expect(twin).to_contain_text("2·x1 + 1·x2 − 0.5 > 0")
    expect(area).not_to_have_attribute("points", before)
    explorer.scroll_into_view_if_needed()
    notebook.screenshot(f"explorer-{theme}", explorer)


def test_arrow_keys_move_what_has_the_focus_and_not_the_notebook(notebook):
    explorer = notebook.output("explorers.perceptron(")
    point = explorer.get_by_role("slider", name="point 1")
    point.focus()
    for key in ("ArrowUp", "ArrowRight"):
        notebook.page.keyboard.press(key)
    expect(point).to_have_attribute("aria-valuetext", re.compile(r"^\(0\.25, 0\.25\)"))
    expect(point).to_be_focused()
    update = explorer.get_by_role("button", name="One update")
    update.focus()
    notebook.page.keyboard.press("Enter")  # which would begin to edit the cell
    expect(explorer.locator(".words > p")).to_contain_text("Update 1 used the row")
    expect(update).to_be_focused()
    explorer.get_by_role("radio", name="AND", exact=True).focus()
    notebook.page.keyboard.press("ArrowRight")
    expect(explorer.locator(".words > p")).to_contain_text("OR: prediction 1")


def test_a_wrong_answer_is_named_and_a_right_one_accepted(notebook, theme):
    check = notebook.output("check.weighted_sum(weighted_sum")
    notebook.answer("weighted_sum", "def weighted_sum(x, w, b):\n    return x @ w\n")
    expect(check).to_contain_text("✗ Wrong")
    expect(check).to_contain_text("The bias is missing.")
    assert "Traceback" not in check.inner_text()
    check.scroll_into_view_if_needed()
    notebook.screenshot(f"wrong-{theme}", check)
    notebook.answer("weighted_sum", "def weighted_sum(x, w, b):\n    return x @ w + b\n")
    expect(check).to_contain_text("✓ Right · 1.1 weighted_sum")
    notebook.screenshot(f"right-{theme}", check)


def test_a_crash_shows_the_students_line(notebook, theme):
    check = notebook.output("check.step(step")
    notebook.answer("step", "def step(z):\n    z = z + threshold\n    return z > 0\n")
    expect(check).to_contain_text("⚠ Crashed")
    expect(check).to_contain_text("line 2: z = z + threshold")
    check.scroll_into_view_if_needed()
    notebook.screenshot(f"crashed-{theme}", check)


def test_hints_are_closed_until_opened(notebook):
    hints = notebook.output("check.predict.hints(")
    first = hints.locator("details").first
    assert not first.evaluate("e => e.open")
    first.locator("summary").focus()
    notebook.page.keyboard.press("Enter")
    expect(first).to_contain_text("One matrix product")
    assert first.evaluate("e => e.open")


def test_a_quiz_option_says_why(notebook):
    option = notebook.output("quiz.show(").locator("details", has_text="Dendrites")
    option.locator("summary").click()
    expect(option).to_contain_text("✗ Not quite. These are parts of a biological neuron.")


@pytest.mark.tier("full")  # what the button does is seen in test_desk.py
def test_validate_praises_the_solutions(browser, jupyter, student):
    notebook = lab.Notebook(browser, jupyter.address, f"{student}/solutions.ipynb")
    notebook.page.get_by_role("button", name="Validate").click()
    dialog = notebook.page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("Success! Your notebook passes all the tests.")
    notebook.page.close()
