"""How notebooks of students are drawn: nothing in them can run, or pass for the page's own."""

import html
from collections.abc import Callable, Mapping

from jinja2 import BaseLoader, Environment, pass_context
from jinja2.runtime import Context
from latex2mathml.converter import convert
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from traitlets import default

from helpers.course.nbgrader import NO_RESPONSE, Resources
from helpers.course.nbgrader.harmless import clean_html


class CleanPage(HTMLExporter):
    """nbgrader's page with clean Markdown, whose formulas need no script and no network."""

    @pass_context
    def markdown2html(self, context: Context, source: str) -> str:
        """Return Markdown as clean HTML."""
        if _PLAIN in context.get("cell", {}).get("metadata", {}):
            return f"<pre>{html.escape(source)}</pre>"
        renderer = _Renderer(
            escape=False,
            attachments=context.get("cell", {}).get("attachments", {}),
            exclude_anchor_links=True,  # headings have no names to lead to
        )
        return clean_html(MarkdownWithMath(renderer=renderer).render(source))

    @default("filters")
    def _default_filters(self) -> dict[str, Callable]:
        return {"highlight_code": _Colored(pygments_lexer="python", parent=self)}

    def _preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        nb, resources = super()._preprocess(nb, resources)
        _leave_long_cells_plain(nb)
        return nb, resources

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.loader = Changed(environment.loader, without_mathjax)
        return environment


def _leave_long_cells_plain(nb: NotebookNode) -> None:
    """Mark cells that are too long to be drawn or colored, or come after too many others.

    What does that takes a time that grows with the square of a cell: with an hour's work for
    one page, a student would keep the feedback of all others waiting.
    """
    room = _LONGEST_PAGE
    for cell in nb.cells:
        room -= len(cell.source)
        if len(cell.source) > _LONGEST_CELL or room < 0:
            cell.metadata[_PLAIN] = True


_LONGEST_CELL = 5_000  # characters; the course's own have 4,000 at most
_LONGEST_PAGE = 200_000  # and its notebooks 50,000
_PLAIN = "plain"


class _Colored(Highlight2HTML):
    """Colors code, unless it is to be left plain."""

    def __call__(
        self, source: str, language: str | None = None, metadata: Mapping | None = None
    ) -> str:
        """Return code as HTML."""
        return super().__call__(source, "text" if _PLAIN in (metadata or {}) else language)


class Changed(BaseLoader):
    """Templates of others, with a change to their source."""

    def __init__(self, loader: BaseLoader, change: Callable[[str], str]) -> None:
        self._loader = loader
        self._change = change

    def get_source(self, environment: Environment, template: str) -> tuple:
        """Return a template, changed."""
        source, *rest = self._loader.get_source(environment, template)
        return self._change(source), *rest


def without_mathjax(template: str) -> str:
    """Return a template that does not load MathJax from the network."""
    return template.replace("{{ mathjax() }}", "")


class _Renderer(IPythonRenderer):
    """Draws formulas as MathML; makes a page too where a picture is missing."""

    def block_math(self, body: str) -> str:
        """Draw a formula on a line of its own."""
        return formula(body, "block")

    def inline_math(self, body: str) -> str:
        """Draw a formula in a line."""
        return formula(body, "inline")

    def latex_environment(self, name: str, body: str) -> str:
        """Draw an environment, such as aligned equations."""
        return formula(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")

    def _embed_image_or_attachment(self, src: str) -> str:
        """Take a picture from what is pasted in; nothing else is read, wherever it leads."""
        name = src.removeprefix("attachment:")
        formats: Mapping[str, str] = self.attachments.get(name, {}) if name != src else {}
        return next((f"data:{kind};base64,{data}" for kind, data in formats.items()), src)


def formula(tex: str, display: str) -> str:
    """Return a formula as MathML; as it is written, where that cannot be drawn.

    >>> formula("x", "inline").endswith("<mi>x</mi></mrow></math>")
    True
    """
    try:
        return convert(tex, display=display)
    except Exception:  # whatever a student writes between dollars
        return f"<code>{html.escape(tex)}</code>"


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
                data["text/html"] = clean_html(data["text/html"])
        return cell, resources


class AddStyle(NbGraderPreprocessor):
    """Add the style of the page to its head, where no cell can get at it."""

    display_data_priority = GetGrades.display_data_priority

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Add it to what nbconvert has put there."""
        resources["inlining"]["css"].append(_STYLE)
        return nb, resources


_STYLE = """
#toc { display: none; }
#notebook a:not([href]) { color: inherit; text-decoration: none; }
#notebook pre { white-space: pre-wrap; word-break: normal; overflow-wrap: anywhere; }
@media screen { #notebook .output_wrapper pre { max-height: 40em; overflow: auto; } }
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
