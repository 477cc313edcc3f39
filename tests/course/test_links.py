"""Every link that stays in the repository leads to a file, and to a heading if it names one."""

import re

import pytest

from .links import relative_links, resolve, text_of
from .small_course import REPOSITORY

pytestmark = pytest.mark.tier("check")
NOTEBOOKS = sorted(REPOSITORY.glob("notebooks/*/*.ipynb"))
TEXTS = [path for part in ("*.md", "docs/*.md") for path in sorted(REPOSITORY.glob(part))]
MODULE = re.compile(r"[Mm]odules? \d\d")


def named(path):
    return str(path.relative_to(REPOSITORY))


@pytest.mark.parametrize("path", [*NOTEBOOKS, *TEXTS], ids=named)
def test_every_link_leads_somewhere(path):
    for target in relative_links(path):
        resolve(path, target)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_a_notebook_links_only_to_notebooks(path):
    for target in relative_links(path):
        assert re.match(r"\.\./(\d\d-[a-z-]+)/\1\.ipynb(#|$)", target), target


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_modules_to_know_and_to_read_next_are_linked(path):
    text = text_of(path)
    parts = re.findall(r"^\*\*You need\*\*.*", text, re.M)
    parts += re.findall(r"^## Where next\n(.*?)(?=^\*\*Read on|^## |\Z)", text, re.M | re.S)
    for part in parts:
        unlinked = re.sub(r"\[[^\]]*\]\([^)]*\)", "", part)
        assert not MODULE.search(unlinked), part


def test_a_broken_link_is_found():
    here = REPOSITORY / "README.md"
    for target in ("nowhere.md", "CONTRIBUTING.md#no-such-heading", "../outside.md"):
        with pytest.raises(AssertionError):
            resolve(here, target)
    assert resolve(here, "CONTRIBUTING.md#draw-a-figure").text == "Draw a figure"
