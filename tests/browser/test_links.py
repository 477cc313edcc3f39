"""Links between notebooks in a real JupyterLab, from the glossary to the section they name."""

import re

import pytest
from playwright.sync_api import expect

from . import lab

pytestmark = [
    pytest.mark.tier("full"),
    pytest.mark.needs("browser"),
    pytest.mark.xdist_group("jupyter"),
]
GLOSSARY = "14-glossary/14-glossary.ipynb"
LINK = re.compile(
    r"\((?:\.\./|notebooks/)(?P<path>[\w/-]+\.ipynb)#(?P<anchor>(?:[^()\s]|\([^()]*\))+)\)"
)


def linked():
    """Return each notebook that a fragment leads into, with the fragments."""
    texts = [path.read_text(encoding="utf-8") for path in lab.ROOT.glob("notebooks/*/*.ipynb")]
    texts.append((lab.ROOT / "CONCEPTS.md").read_text(encoding="utf-8"))
    found = {}
    for link in LINK.finditer("\n".join(texts)):
        found.setdefault(link["path"], set()).add(link["anchor"])
    return found


LINKED = linked()


def test_a_link_of_the_glossary_opens_the_section(browser, jupyter):
    opened = lab.Notebook(browser, jupyter.address, GLOSSARY)
    page = opened.page
    row = page.locator(".jp-RenderedMarkdown tr", has_text="chain rule").first
    row.get_by_role("link").click()
    heading = page.locator(f'{lab.SHOWN} [data-jupyter-id="2.-Chains"]')
    expect(heading).to_be_attached()
    # JupyterLab jumps only in a notebook that is open already; the glossary says so.
    page.get_by_role("tab", name="14-glossary.ipynb").click()
    row.get_by_role("link").click()
    expect(heading).to_be_in_viewport()
    assert heading.bounding_box()["y"] < 300
    opened.screenshot("glossary-link")
    assert opened.console_errors == []
    page.close()


@pytest.mark.parametrize("path", sorted(LINKED))
def test_each_fragment_is_the_name_of_a_heading(browser, jupyter, path):
    page = browser.new_page()
    page.goto(f"{jupyter.address}/lab/tree/{path}?token={lab.TOKEN}&reset")  # no kernel is needed
    headings = page.locator(f"{lab.SHOWN} [data-jupyter-id]")
    expect(headings.first).to_be_attached(timeout=lab.SECONDS)
    names = "all => all.map(one => one.getAttribute('data-jupyter-id'))"
    assert LINKED[path] - set(headings.evaluate_all(names)) == set()
    page.close()
