"""An exported notebook that the browser prints is whole: nothing ends at the edge of the paper."""

import nbformat
import pytest
from nbconvert import HTMLExporter

from helpers.course.build import FIRST_CELL
from helpers.style import PICTURE_CLASS, STYLE_SHEET

from . import lab

pytestmark = [
    pytest.mark.tier("full"),
    pytest.mark.needs("browser"),
    pytest.mark.xdist_group("print"),
]
NOTEBOOKS = sorted(lab.ROOT.glob("solutions/*/*.ipynb"))
PAPER = {"width": 718, "height": 1047}  # A4 at 96 dots an inch, less the margins of 0.4 inch
CUT = """() => {
    const edge = one => {  // where what stands in an element ends at the latest
        let right = document.documentElement.clientWidth;
        for (; one; one = one.parentElement)
            if (getComputedStyle(one).overflowX !== "visible")
                right = Math.min(right, one.getBoundingClientRect().right);
        return right + 1;
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let text; (text = texts.nextNode()); ) {
        const range = document.createRange();
        range.selectNodeContents(text);
        const right = Math.max(0, ...[...range.getClientRects()].map(line => line.right));
        if (text.data.trim() && right > edge(text.parentElement)) found.push(text.data.trim());
    }
    for (const one of document.querySelectorAll("img, svg"))
        if (one.getBoundingClientRect().right > edge(one.parentElement)) found.push(one.outerHTML);
    return found;
}"""


@pytest.fixture(scope="module")
def paper(browser):
    """A page as wide as paper, without a network."""
    page = browser.new_page(viewport=PAPER)
    page.emulate_media(media="print")
    page.route("http**", lambda route: route.abort())
    yield page
    page.close()


def printed(paper, notebook, template="lab"):
    """Show a notebook as readers export it, and as it is printed."""
    html, _ = HTMLExporter(template_name=template).from_notebook_node(notebook)
    paper.set_content(html)
    return paper


@pytest.mark.parametrize("template", ["lab", "classic"])
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_is_cut_off(paper, path, template):
    notebook = nbformat.read(path, as_version=4)
    page = printed(paper, notebook, template)
    assert page.evaluate(CUT) == []
    text = page.locator("body").inner_text()
    assert notebook.cells[0].source.splitlines()[0].strip("# ") in text
    if template == "lab":  # the usual one; the cell for readers without the course is left out
        assert FIRST_CELL.splitlines()[0] not in text


WIDE = "x" * 300
PLANTED = {
    "code": nbformat.v4.new_code_cell(f"y = '{WIDE}'"),
    "output": nbformat.v4.new_code_cell(
        "show()",
        outputs=[
            nbformat.v4.new_output("display_data", {"text/html": f"<table><td>{WIDE}</table>"})
        ],
    ),
    "picture": nbformat.v4.new_markdown_cell(
        f'<img alt="{WIDE}" style="max-width:none;width:900px">'
    ),
}


@pytest.mark.parametrize("kind", PLANTED)
def test_what_is_cut_off_is_found(paper, kind):
    page = printed(paper, nbformat.v4.new_notebook(cells=[PLANTED[kind]]))
    assert any(WIDE in found for found in page.evaluate(CUT))


@pytest.mark.tier("test")
def test_the_style_sheet_alone_keeps_a_page_whole(paper):
    """One page with all that it rules: long lines, what scrolls, prompts, a cell to be left out."""
    wide = f'<p style="width:30em">{"A table that is wide. " * 9}</p>'
    scrolls = f'{STYLE_SHEET}<div style="width:9em;overflow:auto">{wide}</div>'
    cells = [
        nbformat.v4.new_code_cell("left_out()", metadata={"tags": ["remove-cell"]}),
        nbformat.v4.new_code_cell(
            f"y = '{WIDE}'",
            execution_count=7,
            outputs=[
                nbformat.v4.new_output("stream", text=WIDE),
                nbformat.v4.new_output("display_data", {"text/html": scrolls}),
            ],
        ),
    ]
    page = printed(paper, nbformat.v4.new_notebook(cells=cells))
    assert page.evaluate(CUT) == []
    text = page.locator("body").inner_text()
    assert text.count("x") >= 2 * len(WIDE)
    assert "left_out" not in text
    assert "[7]" not in text
    page.emulate_media(media="screen")
    assert "[7]" in page.locator("body").inner_text()
    page.emulate_media(media="print")


@pytest.mark.tier("test")
@pytest.mark.parametrize(("theme", "turned"), [("true", False), ("false", True)])
def test_pictures_are_turned_dark_with_the_page(paper, theme, turned):
    paper.set_content(
        f'<body data-jp-theme-light="{theme}">{STYLE_SHEET}<img class="{PICTURE_CLASS}">'
    )
    seen = paper.locator("img").evaluate("image => getComputedStyle(image).filter")
    assert ("invert" in seen) == turned
