"""Every student notebook in a real JupyterLab: it runs, can be read, and moves by keyboard."""

import nbformat
import pytest
from playwright.sync_api import expect

from tests.explorers.page import press_any, seen

from . import lab

pytestmark = pytest.mark.needs("browser")
NOTEBOOKS = sorted(lab.ROOT.glob("notebooks/*/*.ipynb"))
LESSONS = [path.stem for path in NOTEBOOKS if "quiz.show(" in path.read_text(encoding="utf-8")]
PAGES = [path.stem for path in NOTEBOOKS if path.stem not in LESSONS]  # the quiz, the lists
# Visited whole in each `make test`, beside module 01 in test_lab.py; all others are opened there.
OFTEN = {"02": ("light",), "05": ("dark",)}
WHOLE = ("01", *OFTEN)


def visit(module, themes=lab.THEMES, size="full", group=""):
    """Return a visit: its tests share one page, so they go to one worker."""
    marks = [pytest.mark.tier(size), pytest.mark.xdist_group(group or f"visit {module}")]
    return pytest.param((themes, module), id=f"{'-'.join(themes)}-{module}", marks=marks)


VISITS = [
    *(visit(m, OFTEN[m[:2]], "test", "jupyter") for m in LESSONS if m[:2] in OFTEN),
    *(visit(m) for m in LESSONS),
]


@pytest.fixture(scope="module", params=VISITS)
def notebook(request, browser, jupyter):
    """A notebook that has run to its end in the first of its themes."""
    themes, module = request.param
    path = f"{module}/{module}.ipynb"
    opened = lab.Notebook(browser, jupyter.address, path, themes[0], height=1500)
    opened.run_all()
    opened.module, opened.themes = module, themes
    yield opened
    opened.page.close()


@pytest.fixture(scope="module")
def desktop(browser, jupyter):
    """One page of JupyterLab, in which one notebook after the other is opened."""
    opened = lab.Notebook(browser, jupyter.address, f"{LESSONS[0]}/{LESSONS[0]}.ipynb")
    yield opened
    opened.page.close()


@pytest.mark.tier("test")
@pytest.mark.xdist_group("jupyter")
@pytest.mark.parametrize(
    "path", [p for p in NOTEBOOKS if p.stem[:2] not in WHOLE], ids=lambda path: path.stem
)
def test_it_opens_and_can_be_read(desktop, path):
    """Its cells are run in JupyterLab in `make test-all`, and by nbval each time."""
    desktop.open(f"{path.stem}/{path.name}")
    panel = desktop.page.locator(lab.SHOWN)
    cells = nbformat.read(lab.ROOT / "notebooks" / path, as_version=4).cells
    title = cells[0].source.splitlines()[0].strip("# ")
    expect(panel.get_by_role("heading", level=1).first).to_contain_text(title)
    expect(panel.locator(".jp-Cell")).to_have_count(len(cells))
    expect(panel.locator(".jp-MarkdownOutput").last).not_to_be_empty()
    assert desktop.console_errors == []


def test_it_runs_to_its_end(notebook):
    for theme in notebook.themes:
        notebook.follow(theme)
        figure = notebook.page.locator("figure img").first
        turned = figure.evaluate("e => getComputedStyle(e).filter")
        assert ("invert" in turned) == (theme == "dark")
        expect(notebook.output("quiz.show(").locator("details").first).to_be_visible()
        if notebook.themes == lab.THEMES:
            notebook.pages(f"{notebook.module}-{theme}")


def test_every_figure_has_an_alt_text(notebook):
    alts = notebook.page.locator("figure img").evaluate_all("all => all.map(one => one.alt)")
    assert alts
    assert all(len(alt) > 40 for alt in alts)


def test_explorers_move_by_keyboard(notebook):
    explorers = notebook.page.locator(".explorer")
    (path,) = [path for path in NOTEBOOKS if path.stem == notebook.module]
    assert (explorers.count() > 0) == ("explorers." in path.read_text(encoding="utf-8"))
    for theme in notebook.themes:
        notebook.follow(theme)
        for explorer in explorers.all():
            before = seen(explorer)
            assert press_any(explorer.get_by_role("slider").first)
            assert seen(explorer) != before


def test_the_console_shows_no_error(notebook):
    assert notebook.console_errors == []


@pytest.mark.parametrize("chosen", [visit(page) for page in PAGES])
def test_the_quiz_and_the_lists_can_be_read(browser, jupyter, chosen):
    themes, page = chosen
    opened = lab.Notebook(browser, jupyter.address, f"{page}/{page}.ipynb", height=1500)
    if opened.page.locator(".jp-CodeCell").count():
        opened.run_all()
    for theme in themes:
        opened.follow(theme)
        opened.pages(f"{page}-{theme}")
    assert opened.console_errors == []
    opened.page.close()
