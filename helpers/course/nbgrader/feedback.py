"""What students get back: their marks on top, and no hidden test."""

import json
import re

import nbformat
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import ClearHiddenTests, GetGrades, NbGraderPreprocessor

from helpers.checks import exercises
from helpers.checks.verdict import State
from helpers.course.nbgrader import Resources, error_output, exercise_name


class HideTests(ClearHiddenTests):
    """Take the hidden tests out of the feedback.

    They are back in the checks that were graded. They also stand in the traceback
    of a check that could not run, because the student's notebook changed the name
    ``check``.
    """

    display_data_priority = GetGrades.display_data_priority  # or nbgrader logs a warning

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Clear one cell, if it is a check."""
        if not utils.is_grade(cell):
            return cell, resources
        lines = cell.source.split("\n")
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        secrets = [line for line in lines if line.strip() and line not in cell.source.split("\n")]
        secrets += re.findall(r"\d{4,}", "\n".join(secrets))
        cell.outputs = [self._clean(output, secrets) for output in cell.outputs]
        return cell, resources

    @staticmethod
    def _clean(output: NotebookNode, secrets: list[str]) -> NotebookNode:
        """Replace an output that shows any of the `secrets`."""
        shown = strip_ansi("\n".join([*output.get("traceback", []), json.dumps(output)]))
        if not any(secret in shown for secret in secrets):
            return output
        reason = f" ({output.ename}: {output.evalue})" if output.output_type == "error" else ""
        return error_output("CheckCouldNotRun", COULD_NOT_RUN.format(reason=reason))


COULD_NOT_RUN = (
    "⚠ The check could not run{reason}. It needs the name check, which the first code cell of "
    "the notebook imports. Does another cell change it?"
)


class Summarize(NbGraderPreprocessor):
    """Open the feedback with a table of the exercises: points, result, and a link to each.

    nbgrader's own list calls every check "Test cell". Its page also lacks the colors
    of the messages.
    """

    display_data_priority = GetGrades.display_data_priority

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Insert the table above the first cell."""
        rows = [self._row(cell) for cell in nb.cells if utils.is_grade(cell)]
        table = "\n".join(["| Exercise | Points | Result |", "|---|---|---|", *rows])
        title = nbformat.v4.new_markdown_cell(f"## Your marks\n\n{table}\n\n{_STYLE}", id="marks")
        nb.cells.insert(0, title)
        return nb, resources

    @staticmethod
    def _row(cell: NotebookNode) -> str:
        marks = cell.metadata.nbgrader
        exercise = exercises()[exercise_name(marks["grade_id"])]
        link = f"[{exercise.number} {exercise.title}](#{marks['grade_id']})"
        return f"| {link} | {marks['score']:g} of {marks['points']:g} | {_result(cell)} |"


def _result(cell: NotebookNode) -> str:
    """Return the state that the last message below a check begins with."""
    texts = [o.get("text", "") + "\n".join(o.get("traceback", [])) for o in cell.outputs]
    found = [re.search("|".join(map(re.escape, _LABELS)), strip_ansi(text)) for text in texts]
    heads = [match[0] for match in found if match]
    return heads[-1] if heads else "⚠ Not checked"


_LABELS = [state.value for state in State]
_STYLE = """<style>
#toc { display: none; }
#notebook table { border-spacing: 0; }
#notebook th, #notebook td { padding: 0.2em 1.5em 0.2em 0; text-align: left; }
.ansi-bold { font-weight: bold; }
.ansi-red-fg, .ansi-red-intense-fg { color: #b3261e; }
.ansi-green-fg, .ansi-green-intense-fg { color: #00701a; }
.ansi-blue-fg, .ansi-blue-intense-fg { color: #0b57a4; }
.ansi-magenta-fg, .ansi-magenta-intense-fg { color: #8e2a86; }
</style>"""
