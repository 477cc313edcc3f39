"""Every student notebook in a real JupyterLab: it runs, can be read, and moves by keyboard."""

import shutil

import pytest
from playwright.sync_api import expect

from . import lab

NOTEBOOKS = sorted(lab.ROOT.glob("notebooks/*/*.ipynb"))
LESSONS = [path.stem for path in NOTEBOOKS if "quiz.show(" in path.read_text(encoding="utf-8")]
PAGES = [path.stem for path in NOTEBOOKS if path.stem not in LESSONS]  # the quiz, the lists


@pytest.fixture(scope="module", params=["light", "dark"])
def address(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("course") / "notebooks"
    shutil.copytree(lab.ROOT / "notebooks", folder)
    with lab.server(folder, request.param) as started:
        yield started, request.param


@pytest.fixture(scope="module", params=LESSONS)
def notebook(request, browser, address):
    (where, theme), module = address, request.param
    opened = lab.Notebook(browser, where, f"{module}/{module}.ipynb", height=1500)
    opened.run_all()
    opened.module, opened.theme = module, theme
    yield opened
    opened.page.close()


def test_it_runs_to_its_end(notebook):
    expect(notebook.output("quiz.show(").locator("details").first).to_be_visible()
    notebook.pages(f"{notebook.module}-{notebook.theme}")


def test_every_figure_has_an_alt_text(notebook):
    alts = notebook.page.locator("figure img").evaluate_all("all => all.map(one => one.alt)")
    assert alts
    assert all(len(alt) > 40 for alt in alts)


def test_explorers_move_by_keyboard(notebook):
    explorers = notebook.page.locator(".jp-OutputArea:has(.bbh-text-twin)")
    assert explorers.count() > 0
    for i in range(explorers.count()):
        explorer = explorers.nth(i)
        twin = explorer.locator(".bbh-text-twin")
        before = twin.inner_text()
        slider = explorer.get_by_role("slider").first
        slider.focus()
        key = "ArrowRight" if lab.has_room(slider) else "ArrowLeft"
        for _ in range(3):
            notebook.page.keyboard.press(key)
        expect(twin).not_to_have_text(before)
        expect(explorer.locator("img.bbh-picture")).to_be_visible()
        assert lab.is_drawn(explorer.locator("img.bbh-picture"))


def test_choices_are_made_by_keyboard(notebook):
    explorers = notebook.page.locator(".jp-OutputArea:has(.bbh-text-twin)")
    for i in range(explorers.count()):
        twin = explorers.nth(i).locator(".bbh-text-twin")
        for buttons in explorers.nth(i).locator(".widget-toggle-buttons").all():
            another = buttons.locator("button:not(.mod-active)").last
            if another.is_disabled():  # it means nothing at this step of the explorer
                continue
            before = twin.inner_text()
            label = another.inner_text()
            another.focus()
            notebook.page.keyboard.press("Space")
            expect(buttons.locator("button.mod-active")).to_have_text(label)
            expect(twin).not_to_have_text(before)


def test_the_console_shows_no_error(notebook):
    assert notebook.console_errors == []


@pytest.mark.parametrize("page", PAGES)
def test_the_quiz_and_the_lists_can_be_read(browser, address, page):
    where, theme = address
    opened = lab.Notebook(browser, where, f"{page}/{page}.ipynb", height=1500)
    if opened.page.locator(".jp-CodeCell").count():
        opened.run_all()
    opened.pages(f"{page}-{theme}")
    assert opened.console_errors == []
    opened.page.close()
