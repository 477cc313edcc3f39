"""nbgrader's Validate button, with one sentence for each exercise that is not right yet."""

import html
import re

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.validator import Validator

from helpers.checks import State
from helpers.checks.messages import without_color

_SENTENCES = {
    State.NOT_STARTED: "Exercise {number}, {name}, is not started.",
    State.CRASHED: "Exercise {number}, {name}, crashes. Run its check to see where.",
    State.WRONG: "Exercise {number}, {name}, is wrong. Run its check to see why.",
}
_STATES = "|".join(state.value for state in _SENTENCES)
_MESSAGE = re.compile(rf"^. ({_STATES}) · (\d+\.\d+) (\w+)", re.M)


class SentenceValidator(Validator):
    """Validate practice exercises too, and say what is left in a few words."""

    def validate(self, filename: str) -> dict[str, list[dict[str, str]]]:
        """Run a notebook; return what nbgrader's page shows."""
        results = super().validate(filename)
        if failed := results.get("failed"):
            sentences = [sentence(cell["source"], cell["raw_error"]) for cell in failed]
            results["failed"] = [_together(sentences)]
        return results

    def _get_failed_cells(self, nb: NotebookNode) -> list[NotebookNode]:
        graded = super()._get_failed_cells(nb)
        return [cell for cell in nb.cells if cell in graded or _is_failed_practice(cell)]


def _is_failed_practice(cell: NotebookNode) -> bool:
    is_practice = utils.is_locked(cell) and not utils.is_grade(cell)
    outputs = cell.get("outputs", [])
    return is_practice and any(output.output_type == "error" for output in outputs)


def sentence(source: str, error: str) -> str:
    """Say what is missing of an exercise, from its check's cell and what that raised."""
    found = _MESSAGE.search(without_color(error))
    if found:
        state, number, name = found.groups()
        return _SENTENCES[State(state)].format(number=number, name=name)
    said = without_color(error).strip().split("\n")[-1]
    return f"{source.strip().splitlines()[0]} stopped: {said}"


def _together(sentences: list[str]) -> dict[str, str]:
    """Return the one entry that stands for all; nbgrader shows the second part as HTML."""
    count = len(sentences)
    head = "1 exercise is not right yet." if count == 1 else f"{count} exercises are not right yet."
    text = "\n".join(sentences)
    return {"source": head, "error": html.escape(text), "raw_error": text}


def use_sentences() -> None:
    """Let the Validate button use this; nbgrader has no setting for it."""
    from nbgrader.server_extensions.validate_assignment import handlers

    handlers.Validator = SentenceValidator
