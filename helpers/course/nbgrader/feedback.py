"""What students get back: their marks on top, and no hidden test."""

import json
import re
from collections.abc import Iterator

import nbformat
from nbconvert.filters import strip_ansi
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests, GetGrades, NbGraderPreprocessor

from helpers.checks import exercises
from helpers.checks.verdict import State
from helpers.course.nbgrader import Resources, error_output, exercise_name
from helpers.course.nbgrader.submission import COULD_NOT_RUN, why_unreadable


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
        if not utils.is_grade(cell) or cell.cell_type != "code":
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


class Summarize(NbGraderPreprocessor):
    """Open the feedback with a table of the exercises: points, result, and a link to each.

    nbgrader's own list calls every check "Test cell".
    """

    display_data_priority = GetGrades.display_data_priority

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Insert the table above the first cell; of an unreadable file nothing else is shown."""
        facts = resources["nbgrader"]
        reason = why_unreadable(nb)
        by_hand = _marked_by_hand(facts)
        rows = [_row(cell, reason, by_hand) for cell in nb.cells if utils.is_grade(cell)]
        table = "\n".join(["| Exercise | Points | Result |", "|---|---|---|", *rows, *_sums(facts)])
        parts = ["## Your marks", reason, table, "" if reason else _note(nb)]
        text = "\n\n".join(part for part in parts if part)
        top = nbformat.v4.new_markdown_cell(text, id="marks")
        nb.cells = [top] if reason else [top, *nb.cells]
        return nb, resources


def _marked_by_hand(facts: Resources) -> set[str]:
    """Return the grade_ids of the checks whose marks a person has set or changed."""
    with Gradebook(facts["db_url"]) as gradebook:
        notebook = gradebook.find_submission_notebook(
            facts["notebook"], facts["assignment"], facts["student"]
        )
        return {
            grade.name
            for grade in notebook.grades
            if grade.manual_score is not None or grade.extra_credit
        }


def _row(cell: NotebookNode, reason: str, by_hand: set[str]) -> str:
    """Return the row of one exercise."""
    marks = cell.metadata.nbgrader
    exercise = exercises().get(exercise_name(marks["grade_id"]))  # none: marked by hand
    title = f"{exercise.number} {exercise.title}" if exercise else marks["grade_id"]
    link = title if reason else f"[{title}](#{marks['grade_id']})"
    if marks["grade_id"] in by_hand:
        result = "marked by hand"
    else:
        plain = cell.cell_type == "code" and not utils.is_solution(cell)
        own = _of_a_plain_test(marks) if plain else "not marked yet"
        result = "not readable" if reason else _result(cell) if exercise else own
    return f"| {link} | {_of(marks['score'], marks['points'])} | {result} |"


def _of_a_plain_test(marks: NotebookNode) -> str:
    """Return how a test of the instructor's own went.

    >>> [_of_a_plain_test({"score": score, "points": 2}) for score in (0, 1, 2)]
    ['not passed', 'partly passed', 'passed']
    """
    if marks["score"] >= marks["points"]:
        return "passed"
    return "partly passed" if marks["score"] else "not passed"


def _sums(facts: Resources) -> Iterator[str]:
    """Yield the rows below the exercises."""
    if facts["late_penalty"]:
        yield f"| Late submission | −{_number(facts['late_penalty'])} | |"
    yield f"| **Total** | **{_of(facts['score'], facts['max_score'])}** | |"


def _of(score: float, points: float) -> str:
    return f"{_number(score)} of {_number(points)}"


def _number(points: float) -> str:
    return f"{round(points, 2):g}"


def _note(nb: NotebookNode) -> str:
    """Say that there are cells that were not run, unless Python ended before them."""
    code = [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]
    idle = [cell for cell in code if cell.execution_count is None]
    return "" if not idle or any(map(utils.is_grade, idle)) else NOT_RUN


NOT_RUN = (
    "Cells that no mark depends on were not run for grading, so their output is missing here. "
    "Your own notebook still has it."
)


def _result(cell: NotebookNode) -> str:
    """Return the state that the last message below a check begins with; an error has the word.

    >>> right = nbformat.v4.new_output("stream", text="✓ Right · 1.2 step")
    >>> wrong = nbformat.v4.new_output("error", traceback=["✗ Wrong · 1.2 step"])
    >>> _result(nbformat.v4.new_code_cell(outputs=[right, wrong]))
    'Wrong'
    """
    errors = [output for output in cell.outputs if output.output_type == "error"]
    shown = errors[-1:] or cell.outputs
    texts = [o.get("text", "") + "\n".join(o.get("traceback", [])) for o in shown]
    found = [_HEAD.match(strip_ansi(text)) for text in texts]
    heads = [match[1] for match in found if match]
    return heads[-1] if heads else "⚠ Not checked"


_HEAD = re.compile(rf"\W*({'|'.join(state.value for state in State)})\b")
