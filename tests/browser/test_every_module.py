"""Every student notebook in a real JupyterLab: it runs, can be read, and moves by keyboard."""

import functools
import shutil
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests.explorers.page import press_any, seen

from . import lab

pytestmark = pytest.mark.needs("browser")
NOTEBOOKS = sorted(lab.ROOT.glob("notebooks/*/*.ipynb"))
LESSONS = [path.stem for path in NOTEBOOKS if "quiz.show(" in path.read_text(encoding="utf-8")]
PAGES = [path.stem for path in NOTEBOOKS if path.stem not in LESSONS]  # the quiz, the lists
# Visited whole in each `make test`, beside module 01 in test_lab.py; all others begin there.
OFTEN = {("light", "02"), ("dark", "05")}
WHOLE = ("01", *(module for _, module in OFTEN))


def visit(theme, module):
    """Return a visit: its tests share one page, so they go to one worker."""
    size = "test" if (theme, module[:2]) in OFTEN else "full"
    marks = [pytest.mark.tier(size), pytest.mark.xdist_group(f"{theme}-{module}")]
    return pytest.param((theme, module), id=f"{theme}-{module}", marks=marks)


def visits(modules):
    return [visit(theme, module) for theme in lab.THEMES for module in modules]


@pytest.fixture(scope="session")
def address_in(tmp_path_factory):
    """Return a function that starts JupyterLab in a theme, once, and returns its address."""
    with ExitStack() as servers:

        @functools.cache
        def start(theme):
            folder = tmp_path_factory.mktemp("course") / "notebooks"
            shutil.copytree(lab.ROOT / "notebooks", folder)
            return servers.enter_context(lab.server(folder, theme))

        yield start


@pytest.fixture(scope="module", params=visits(LESSONS))
def notebook(request, browser, address_in):
    theme, module = request.param
    opened = lab.Notebook(browser, address_in(theme), f"{module}/{module}.ipynb", height=1500)
    opened.run_all()
    opened.module, opened.theme = module, theme
    yield opened
    opened.page.close()


@pytest.mark.tier("test")
@pytest.mark.xdist_group("beginnings")
@pytest.mark.parametrize("module", [p.stem for p in NOTEBOOKS if p.stem[:2] not in WHOLE])
def test_it_opens_and_its_first_cells_run(browser, address_in, module):
    opened = lab.Notebook(browser, address_in("light"), f"{module}/{module}.ipynb")
    shown = opened.page.locator(".cm-content")  # the very first cell is folded
    code = opened.page.locator(".jp-Notebook .jp-CodeCell", has=shown)
    for cell in code.all()[:3]:
        if "NotImplementedError" in cell.inner_text():
            break  # an exercise that has not been started
        cell.locator(".cm-content").click()
        opened.page.keyboard.press("Shift+Enter")
        opened.wait_until_run(cell)
    assert opened.page.locator(".jp-mod-error, [data-mime-type*=stderr]").count() == 0
    assert opened.console_errors == []
    opened.page.close()


def test_it_runs_to_its_end(notebook):
    turned = notebook.page.locator("figure img").first.evaluate("e => getComputedStyle(e).filter")
    assert ("invert" in turned) == (notebook.theme == "dark")
    expect(notebook.output("quiz.show(").locator("details").first).to_be_visible()
    notebook.pages(f"{notebook.module}-{notebook.theme}")


def test_every_figure_has_an_alt_text(notebook):
    alts = notebook.page.locator("figure img").evaluate_all("all => all.map(one => one.alt)")
    assert alts
    assert all(len(alt) > 40 for alt in alts)


def test_explorers_move_by_keyboard(notebook):
    explorers = notebook.page.locator(".explorer")
    assert explorers.count() > 0
    for explorer in explorers.all():
        before = seen(explorer)
        assert press_any(explorer.get_by_role("slider").first)
        assert seen(explorer) != before


def test_the_console_shows_no_error(notebook):
    assert notebook.console_errors == []


@pytest.mark.parametrize("chosen", visits(PAGES))
def test_the_quiz_and_the_lists_can_be_read(browser, address_in, chosen):
    theme, page = chosen
    opened = lab.Notebook(browser, address_in(theme), f"{page}/{page}.ipynb", height=1500)
    if opened.page.locator(".jp-CodeCell").count():
        opened.run_all()
    opened.pages(f"{page}-{theme}")
    assert opened.console_errors == []
    opened.page.close()
