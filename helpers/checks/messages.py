"""Verdicts in words: a symbol, a word and a color, then the facts in a fixed order.

Messages are text with ANSI colors. JupyterLab, the terminal and nbgrader's
feedback all draw these in the colors of their own theme, light or dark, and the
text reads the same without them.
"""

import re
import textwrap

from helpers.checks.explaining import in_words
from helpers.checks.verdict import State, Verdict

_WIDTH = 72  # fits beside an open file browser
_INDENT = 16
# White on a dark badge, from the 256-color palette: as readable on JupyterLab's red error
# background as in a terminal, in light and in dark.
_COLORS = {
    State.NOT_STARTED: 25,  # blue
    State.CRASHED: 90,  # purple
    State.WRONG: 124,  # red
    State.RIGHT: 22,  # green
}
_WRITE_IT = "Write your answer in the cell above, in place of the raise line."
_OPERATOR = re.compile(r" ([-+*/@<>=]+) ")  # a formula is not broken in two
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def message(verdict: Verdict) -> str:
    """Write a verdict for the student who made the answer.

    Parameters
    ----------
    verdict : Verdict
        What the check found.

    Returns
    -------
    str
        Text with ANSI colors; `without_color` takes them out.

    Examples
    --------
    >>> print(without_color(message(Verdict(State.RIGHT, "1.2", "step", calls=6))))
    ✓ Right · 1.2 step · 6 calls checked
    """
    state = verdict.state
    badge = f"\x1b[1;38;5;231;48;5;{_COLORS[state]}m{state.symbol} {state.value}\x1b[0m"
    head = f"{badge} · {verdict.number} {verdict.name}"
    if verdict.right and verdict.calls:
        head += f" · {verdict.calls} calls checked"
    return "\n".join([head, *_body(verdict)])


def _body(verdict: Verdict) -> list[str]:
    if verdict.state is State.NOT_STARTED:
        return [
            _fact("do this", verdict.problem or _WRITE_IT),
            _fact("then", "Run that cell, and after it this one."),
        ]
    facts = _hidden_facts(verdict) if verdict.hidden else _open_facts(verdict)
    why = "likely cause" if verdict.call else "why not"
    facts += [(why, verdict.cause), ("looks like", verdict.likeness), ("note", verdict.note)]
    lines = [_fact(label, text) for label, text in facts if text]
    if not verdict.right:
        lines.append(
            _fact("stuck?", f"Run check.{verdict.name}.hints() and open one hint at a time.")
        )
    return lines


def _open_facts(verdict: Verdict) -> list[tuple[str, str]]:
    if verdict.state is State.CRASHED:
        return [
            ("call", verdict.call),
            ("your line", verdict.got),
            ("error", verdict.problem),
            ("in words", "" if verdict.cause else in_words(verdict.problem, verdict.name)),
        ]
    return [
        ("call", verdict.call),
        ("got", verdict.got),
        ("expected", verdict.expected),
        ("parts", verdict.parts),
        ("problem", verdict.problem),
    ]


def _hidden_facts(verdict: Verdict) -> list[tuple[str, str]]:
    """Say that a hidden case failed, and keep its numbers hidden."""
    if verdict.right:
        return []
    return [
        (
            "problem",
            "The inputs you can see pass, but others do not. "
            "Does the answer work for every input, or only for those?",
        )
    ]


def _fact(label: str, text: str) -> str:
    """Write one labeled fact, wrapped, with its lines aligned."""
    pad = " " * _INDENT
    lines = []
    for paragraph in text.split("\n"):
        deeper = pad + " " * (len(paragraph) - len(paragraph.lstrip()))
        lines += textwrap.wrap(
            _OPERATOR.sub("\u00a0\\1\u00a0", paragraph),
            _WIDTH,
            initial_indent=pad,
            subsequent_indent=deeper,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [pad]
    first = f"{label:<{_INDENT - 4}}".strip()
    lines[0] = f"  \x1b[1m{first}\x1b[0m{' ' * (_INDENT - 2 - len(first))}{lines[0][_INDENT:]}"
    return "\n".join(lines).replace("\u00a0", " ")


def without_color(text: str) -> str:
    """Take the ANSI colors out of a message."""
    return _ANSI.sub("", text)
