"""How feedback is drawn: what a student wrote can neither run nor pass for the page's own."""

import html
import re

import bleach
from bleach.css_sanitizer import CSSSanitizer
from bs4 import BeautifulSoup
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import InvalidNotebook
from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor

from helpers.course.nbgrader import NO_RESPONSE, Resources

_ATTACHED = re.compile(r"attachment:([^\s)\"'>]+)")


class FeedbackPage(HTMLExporter):
    """nbgrader's page, with a style of its own and with clean Markdown."""

    @pass_context
    def markdown2html(self, context: Context, source: str) -> str:
        """Return Markdown as clean HTML; nbconvert makes no page where a picture is missing."""
        there = context.get("cell", {}).get("attachments", {})
        source = _ATTACHED.sub(lambda m: m[0] if m[1] in there else f"missing:{m[1]}", source)
        try:
            page = super().markdown2html(context, source)
        except InvalidNotebook:
            page = super().markdown2html(context, source.replace("attachment:", "missing:"))
        return clean(page)


class Tidy(NbGraderPreprocessor):
    """Leave out what could harm the page, and what tells a student nothing."""

    display_data_priority = GetGrades.display_data_priority  # or nbgrader logs a warning

    def preprocess_cell(
        self,
        cell: NotebookNode,
        resources: Resources,
        cell_index: int,  # noqa: ARG002 (nbgrader hands it over)
    ) -> tuple[NotebookNode, Resources]:
        """Tidy one cell."""
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("comment") == NO_RESPONSE:
            marks["comment"] = None
        if cell.cell_type == "raw":  # it would be drawn as HTML
            cell.cell_type, cell.source = "markdown", f"<pre>{html.escape(cell.source)}</pre>"
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            data.pop("application/javascript", None)
            if "text/html" in data:
                data["text/html"] = clean(data["text/html"])
        return cell, resources


class AddStyle(NbGraderPreprocessor):
    """Add the style of the page to its head, where no cell can get at it."""

    display_data_priority = GetGrades.display_data_priority

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Add it to what nbconvert has put there."""
        resources["inlining"]["css"].append(_STYLE)
        return nb, resources


def clean(text: str) -> str:
    """Return HTML without scripts, styles, and links that lead nowhere.

    Links between the notebooks of the course are dead beside a page of feedback.

    >>> clean('<b onclick="x()">Now</b><script>x()</script> <a href="../02/02.ipynb">02</a>')
    '<b>Now</b> <a>02</a>'
    """
    parsed = BeautifulSoup(text, "html.parser")
    for part in parsed(["script", "style"]):
        part.decompose()
    return bleach.clean(
        str(parsed),
        tags=_TAGS,
        attributes=_is_harmless,
        protocols=["http", "https", "mailto", "data"],
        css_sanitizer=CSSSanitizer(allowed_css_properties=_PROPERTIES),
    )


def _is_harmless(tag: str, name: str, value: str) -> bool:
    """Whether an attribute cannot move, hide or imitate another part of the page."""
    match name:
        case "class":
            return bool(_CLASSES.fullmatch(value))
        case "href":
            return bool(_LEADS_SOMEWHERE.match(value))
        case "id":
            return tag in _HEADINGS
    return name in _ATTRIBUTES


_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_TAGS = {
    *_HEADINGS,
    *("a", "abbr", "b", "br", "code", "del", "em", "i", "kbd", "mark", "s", "small"),
    *("span", "strong", "sub", "sup", "u"),
    *("blockquote", "details", "div", "figcaption", "figure", "hr", "img", "p", "pre", "summary"),
    *("dd", "dl", "dt", "li", "ol", "ul"),
    *("caption", "table", "tbody", "td", "th", "thead", "tr"),
}
_ATTRIBUTES = {
    *("align", "alt", "colspan", "height", "open", "rowspan", "scope", "src", "start"),
    *("style", "title", "type", "width"),
}
_CLASSES = re.compile(r"anchor-link|highlight|[a-z]{1,2}\d?")  # the short ones color code
_LEADS_SOMEWHERE = re.compile(r"#|https?:|mailto:", re.I)
_PROPERTIES = ["color", "font-weight", "list-style-type", "text-align", "white-space"]
_STYLE = """
#toc, .anchor-link { display: none; }
#notebook a:not([href]) { color: inherit; text-decoration: none; }
#notebook table { border-spacing: 0; margin-bottom: 0.6em; }
#notebook th, #notebook td { padding: 0.2em 1.5em 0.2em 0; text-align: left; }
main > div > div > .cell:first-child {  /* the marks; no other table can look like this one */
  border: 1px solid #bbb; border-radius: 4px; padding: 0 1.5em 0.5em; background: #f7f7f7;
}
.ansi-bold { font-weight: bold; }
.ansi-red-fg, .ansi-red-intense-fg { color: #b3261e; }
.ansi-green-fg, .ansi-green-intense-fg { color: #00701a; }
.ansi-blue-fg, .ansi-blue-intense-fg { color: #0b57a4; }
.ansi-magenta-fg, .ansi-magenta-intense-fg { color: #8e2a86; }
"""
