"""axe-core finds nothing in what the course shows: explorers, and whole notebooks as pages."""

import nbformat
import pytest
from nbconvert import HTMLExporter

from tests import needs

from . import javascript
from .page import Shown

pytestmark = [
    pytest.mark.needs("browser"),
    pytest.mark.needs("axe"),
    pytest.mark.xdist_group("explorers together"),
]
NOTEBOOKS = sorted((needs.ROOT / "solutions").glob("*/*.ipynb"))
OURS = ".jp-RenderedHTML, .jp-RenderedMarkdown, .jp-RenderedText"  # the rest is nbconvert's page
themes = pytest.mark.parametrize("theme", ["light", "dark"])
# Jupyter's own style sheet does not underline links.
FIND = """async part => (await axe.run(part ? {include: [part]} : document,
    {rules: {'link-in-text-block': {enabled: !part}}})).violations.flatMap(found => found.nodes.map(
        node => `${found.id}: ${node.target.flat().join(' ')}: ${node.failureSummary}`))"""


def violations(page, part=""):
    page.evaluate(needs.AXE.read_text(encoding="utf-8"))
    return page.evaluate(FIND, part)


@pytest.mark.parametrize(
    ("theme", "width"),
    [
        pytest.param(theme, width, marks=pytest.mark.tier(size))
        for theme, width, size in (
            ("light", 880, "test"), ("dark", 400, "test"),
            ("light", 400, "full"), ("dark", 880, "full"),
        )
    ],
)  # fmt: skip
def test_explorers_keep_nobody_out(browser, theme, width):
    outputs = [javascript.output(name) for name in javascript.NAMES]
    page = Shown(browser, *outputs, theme=theme, width=width)
    for words in page.page.locator(".words > summary").all():
        words.click()
    assert violations(page.page) == []
    page.close()


@pytest.mark.tier("test")
def test_what_keeps_people_out_is_found(browser):
    page = Shown(browser, "<button></button><p style='color:#bbb'>pale</p>")
    found = " ".join(violations(page.page))
    assert "button-name" in found
    assert "color-contrast" in found
    page.close()


@pytest.mark.tier("full")
@themes
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_exported_notebooks_keep_nobody_out(browser, path, theme):
    exporter = HTMLExporter(theme=theme)
    html, _ = exporter.from_notebook_node(nbformat.read(path, as_version=4))
    page = Shown(browser)
    page.page.route("**/*", lambda route: route.abort())
    page.page.set_content(html, wait_until="domcontentloaded")
    page.page.wait_for_function("() => !document.querySelector('details > summary:empty')")
    assert violations(page.page, OURS) == []
    page.close()
