"""Hints that know what came back: where to start, and which lines stand in the answer already.

The third hint of an exercise is written whole, ``return X @ W + «b»``, and shown with a gap,
``return X @ W + ____``. So a line that a student has written already can be told from one that
is still to come.
"""

import ast
import copy
import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any

from helpers.checks.exercise import Exercise
from helpers.checks.verdict import State, Verdict

_FILLED = re.compile("«(.*?)»")
_LONGEST = 100_000  # characters of an answer that are read
_HAVE_IT = "  # as in your answer"
_ALL_THERE = "Your answer has this already, as it should be:\n{lines}\nLook at {elsewhere}."


def hints_for(exercise: Exercise, attempt: Any, verdict: Verdict | None) -> tuple[str, str, str]:
    """Return the three hints for whoever gave this answer last.

    Parameters
    ----------
    exercise : Exercise
        What was asked for.
    attempt : Any
        The answer that was checked last.
    verdict : Verdict or None
        What was found; None where nothing was checked yet.
    """
    where, formula, line = exercise.hints
    if verdict is None or verdict.state not in (State.WRONG, State.CRASHED):
        return where, formula, with_gaps(line)
    begin = f"{_begin(verdict)} {where}".strip()
    return begin, formula, _still_to_write(line, attempt, _start(verdict))


def with_gaps(hint: str) -> str:
    """Return a hint as it is shown.

    >>> with_gaps("return X @ W + «b»")
    'return X @ W + ____'
    """
    return _FILLED.sub("____", hint)


def filled(hint: str) -> str:
    """Return a hint without its gaps.

    >>> filled("return X @ W + «b»")
    'return X @ W + b'
    """
    return _FILLED.sub(r"\1", hint)


def _begin(verdict: Verdict) -> str:
    """Say where to begin, as far as the check has found it."""
    if verdict.state is State.CRASHED:
        return f"Begin at {verdict.got}, which stops your answer." if verdict.got else ""
    start = _start(verdict)
    if not start or not verdict.right_parts:  # nothing is right that could come before it
        return f"Begin with {start}." if start else ""
    return f"Begin with {start}: what comes before it is right."


def _start(verdict: Verdict) -> str:
    """Return the part that is to be mended first; empty where an answer has no parts."""
    return verdict.wrong_parts[0] if verdict.wrong_parts else ""


def _still_to_write(hint: str, attempt: Any, start: str) -> str:
    """Show a hint with gaps only in those lines that the answer does not have yet."""
    ours, theirs = dict(_lines(filled(hint))), set()
    for forms in dict(_lines(_source(attempt))).values():
        theirs |= forms
    there = {number for number, forms in ours.items() if forms <= theirs}
    gaps, whole = with_gaps(hint).split("\n"), filled(hint).split("\n")
    if ours and there == set(ours):
        elsewhere = f"how {start} is computed" if start else "what comes before and after"
        return _ALL_THERE.format(lines="\n".join(whole), elsewhere=elsewhere)
    return "\n".join(
        whole[i] + _HAVE_IT if i + 1 in there and gaps[i] != whole[i] else gaps[i]
        for i in range(len(gaps))
    )


def _source(attempt: Any) -> str:
    """Return how an answer is written, where that can be found."""
    try:
        source = inspect.getsource(attempt)
    except (OSError, TypeError):
        return ""
    return source if len(source) <= _LONGEST else ""


def _lines(source: str) -> Iterator[tuple[int, set[str]]]:
    """Yield the number of each line on which a statement begins, and how these are written.

    Spaces, quotation marks and comments make no difference.
    """
    try:
        tree = ast.parse(textwrap.dedent(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    found: dict[int, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt):
            found.setdefault(node.lineno, set()).add(_head(node))
    yield from found.items()


def _head(node: ast.stmt) -> str:
    """Write a statement, without those that stand in it."""
    alone = copy.copy(node)
    if hasattr(alone, "body"):
        alone.body = [ast.Pass()]
    if hasattr(alone, "orelse"):
        alone.orelse = []
    return ast.unparse(alone)
