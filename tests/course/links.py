"""The links of a Markdown text, and the places in notebooks and texts that they can lead to."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import nbformat
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .small_course import REPOSITORY

LINK = re.compile(r"\[[^\]]*\]\((?P<target>(?:[^()\s]|\([^()]*\))+)\)")  # a cell of links alone
MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Heading:
    """A heading, and all that stands below it up to the next of its level."""

    text: str
    body: str

    @property
    def safe(self) -> bool:
        """Whether JupyterLab finds it: it does not undo the escapes of a link."""
        return self.text.isascii() and not re.search(r'[`*$"\\_<>\[\]{}|^%]', self.text)


def text_of(path: Path) -> str:
    """Return the Markdown of a text or of a notebook."""
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def sections(path: Path) -> dict[str, str]:
    """Return what stands in each section of a text source, by its heading: that and code too."""
    return {heading.text: f"{heading.text}\n{heading.body}" for heading in headings(path)}


def headings(path: Path) -> list[Heading]:
    """Return the headings of a text or of a notebook."""
    text = text_of(path)
    lines, tokens = text.splitlines(), MARKDOWN.parse(text)
    found = [
        (token.tag, *token.map, following.content)
        for token, following in pairwise(tokens)
        if token.type == "heading_open"
    ]
    result = []
    for i, (level, _, begin, title) in enumerate(found):
        after = (start for tag, start, _, _ in found[i + 1 :] if tag <= level)
        result.append(Heading(title, "\n".join(lines[begin : next(after, len(lines))])))
    return result


@functools.cache
def anchors(path: Path) -> dict[str, Heading]:
    """Return the fragments that lead somewhere: JupyterLab's in notebooks, GitHub's in texts."""
    if path.suffix == ".ipynb":
        return {h.text.replace(" ", "-"): h for h in headings(path) if h.safe}
    return {re.sub(r"[^\w\- ]", "", h.text.lower()).replace(" ", "-"): h for h in headings(path)}


def relative_links(path: Path, text: str = "") -> list[str]:
    """Return the targets of all links and pictures that stay in the repository."""
    found = _targets(MARKDOWN.parse(text or text_of(path)))
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def _targets(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        target = token.attrs.get("href") or token.attrs.get("src")
        if target:
            yield str(target)
        yield from _targets(token.children or ())


def resolve(path: Path, target: str) -> Heading | None:
    """Follow a link from a file; return the heading it leads to, if it names one.

    Raises
    ------
    AssertionError
        If there is no such file or no such heading.
    """
    name, _, fragment = unquote(target).partition("#")
    file = (path.parent / name).resolve() if name else path
    assert file.exists(), f"{path.name}: there is no {target}"
    assert REPOSITORY.resolve() in file.parents, f"{path.name}: {target} leads out"
    if not fragment:
        return None
    known = anchors(file)
    assert fragment in known, f"{path.name}: {file.name} has no {fragment!r}"
    return known[fragment]
