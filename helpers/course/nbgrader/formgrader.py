"""Formgrader for pages that students have a hand in: its second wall, and its gatekeeper.

Loading nbgrader_config.py puts this in place, in the server that runs Formgrader.
"""

import json
import re
import secrets
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, FileSystemLoader
from markupsafe import escape
from nbformat import NotebookNode
from nbgrader.server_extensions.formgrader import handlers
from nbgrader.server_extensions.formgrader.base import BaseHandler

from helpers.course.nbgrader import FORGEABLE, RECORD, Resources
from helpers.course.nbgrader.harmless import is_harmless
from helpers.course.nbgrader.page import Changed, CleanPage, without_mathjax

NOT_CLEAN = (
    "**This notebook is not shown: it is not cleaned of what a student could hide in it.** "
    "It was graded before the course did that, or changed since. Type `course clean` in the "
    "course directory, then load this page again."
)
UNWALLED = (
    "**Student code ran without a wall when this was graded**, as whoever typed the command or "
    "clicked. It could give itself marks. To grade it behind the wall, type "
    "`course grade ASSIGNMENT --force`."
)
PLAIN_TEST = (
    "**Forgeable:** the test below ran in the student's own process. An answer can make it pass, "
    "so look at the answer before you trust the mark."
)
_SPACE_FOR_NONCE = secrets.token_urlsafe(32)  # in templates, until a page gets its own
_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'self'; object-src 'none'"
)
_FOR_FILES = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
_CALL = re.compile(r'onclick="(\w+)\(([^")]*)\);?"', re.I)
_CALLS = """<script>
$(document).on("click", "[data-call]", function () {
  window[$(this).attr("data-call")].apply(null, JSON.parse($(this).attr("data-arguments")));
});
</script>
</head>"""


def guard() -> None:
    """Let Formgrader run its own scripts only, and show cleaned notebooks only."""
    BaseHandler.nonce = property(_nonce)
    BaseHandler.content_security_policy = property(_policy)
    BaseHandler.render = _render
    handlers.SubmissionHandler.exporter = property(_exporter)
    handlers.SubmissionFilesHandler.content_security_policy = _FOR_FILES


class FormgraderPage(CleanPage):
    """The page on which a person marks a notebook."""

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.loader = Changed(environment.loader, _with_nonce)
        return environment

    def __init__(self, nonce: str, **options: Any) -> None:
        super().__init__(**options)
        self._nonce = nonce

    def from_filename(
        self, filename: str, resources: Resources, **options: Any
    ) -> tuple[str, Resources]:
        """Draw a notebook, if it is clean; names of students and files are text."""
        resources = {name: _as_text(value) for name, value in resources.items()}
        page, resources = self.from_notebook_node(_read(Path(filename)), resources, **options)
        return page.replace(_SPACE_FOR_NONCE, self._nonce), resources


def _as_text(value: Any) -> Any:
    return str(escape(value)) if isinstance(value, str) else value


def _read(path: Path) -> NotebookNode:
    """Return a notebook, or one that says why it is not shown."""
    try:
        nb = nbformat.read(path, as_version=4)
        if is_harmless(nb):
            return _with_warnings(nb, _was_walled(path.parent / RECORD))
    except (ValueError, AttributeError, KeyError, TypeError):
        pass  # no notebook at all
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(NOT_CLEAN)])


def _was_walled(record: Path) -> bool:
    """Whether a submission was graded behind the wall; no other grader leaves such a record."""
    try:
        return json.loads(record.read_bytes())["walled"] is True
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _with_warnings(nb: NotebookNode, walled: bool) -> NotebookNode:
    """Say, above what it is about, which marks a student could have forged."""
    cells = [] if walled else [nbformat.v4.new_markdown_cell(UNWALLED)]
    for cell in nb.cells:
        if cell.metadata.get("course", {}).get("state") == FORGEABLE:
            cells.append(nbformat.v4.new_markdown_cell(PLAIN_TEST))
        cells.append(cell)
    return NotebookNode({**nb, "cells": cells})


def _nonce(handler: BaseHandler) -> str:
    if not hasattr(handler, "_one_nonce"):
        handler._one_nonce = secrets.token_urlsafe(16)
    return handler._one_nonce


def _policy(handler: BaseHandler) -> str:
    own = super(BaseHandler, handler).content_security_policy
    return f"{own}; {_POLICY.format(nonce=handler.nonce)}"


def _exporter(handler: BaseHandler) -> FormgraderPage:
    config = handler.settings["nbgrader_exporter"].config
    return FormgraderPage(handler.nonce, config=config)


def _render(handler: BaseHandler, name: str, **values: Any) -> str:
    page = _pages().get_template(name).render(**values)
    return page.replace(_SPACE_FOR_NONCE, handler.nonce)


@cache
def _pages() -> Environment:
    loader = FileSystemLoader(handlers.template_path)
    return Environment(loader=Changed(loader, _with_nonce), autoescape=True)


def _with_nonce(template: str) -> str:
    """Return a template whose own scripts may run; what it calls on a click is a script too."""
    calls = _CALL.sub(r"data-call='\1' data-arguments='[\2]'", without_mathjax(template))
    return calls.replace("</head>", _CALLS).replace(
        "<script", f'<script nonce="{_SPACE_FOR_NONCE}"'
    )
