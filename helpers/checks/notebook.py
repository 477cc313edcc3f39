"""Checks as a notebook shows them: a thin layer over `Exercise.verdict`.

``check.weighted_sum(weighted_sum)`` prints that the answer is right, or raises
`CheckFailed`, whose traceback is the message and nothing else.
"""

import ast
import difflib
import html
import re
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from helpers.checks.exercise import Exercise, exercises
from helpers.checks.hinting import hints_for
from helpers.checks.messages import message
from helpers.checks.verdict import State, Verdict
from helpers.checks.yours import last, remember, yours

LONGEST_CELL = 100_000  # characters; for some texts Python's parser takes the square of the time
_NOTHING = object()
_HINT = "margin:.3em 0 .8em 1.2em;white-space:pre-wrap;word-break:normal;overflow-wrap:anywhere"
_STEPS = ("where to look", "the formula", "the line with a gap")


class CheckFailed(Exception):
    """An answer that is not right; shown as its message alone."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(f"{verdict.state.value}: {verdict.number} {verdict.name}")

    def _render_traceback_(self) -> list[str]:
        return message(self.verdict).split("\n")


class NotebookCheck:
    """The check of one exercise, as ``check.NAME``."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise

    def __repr__(self) -> str:
        return f"check.{self._exercise.name}({self._exercise.name})"

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"A check has no {name!r}. Did you mean {self!r} or .hints()?")

    def __call__(self, attempt: Any = _NOTHING, *, hidden: int | None = None) -> None:
        """Check an answer; print that it is right, or raise.

        Parameters
        ----------
        attempt : Any
            The student's function, class or value.
        hidden : int, optional
            The seed of hidden cases. Silent where they pass, and its message
            shows no numbers where they do not.

        Raises
        ------
        CheckFailed
            If the answer is not started, crashes, or is wrong.
        """
        if attempt is _NOTHING:
            raise TypeError(f"The check needs your answer between its brackets: {self!r}")
        verdict = self._exercise.verdict(attempt, hidden)
        if hidden is None:
            remember(self._exercise, attempt, verdict)
        if not verdict.right:
            raise CheckFailed(verdict)
        if hidden is None:
            print(message(verdict))

    def hints(self, step: int | None = None) -> "Hints":
        """Show the three hints, closed; or print hint `step`, where there is no mouse.

        They refer to the answer that was checked last; see `helpers.checks.hinting`.

        Raises
        ------
        ValueError
            If `step` is not 1, 2 or 3.
        """
        if step is not None and step not in (1, 2, 3):
            raise ValueError(f"step must be 1, 2 or 3, not {step!r}")
        return Hints(self._exercise, step)


class Hints:
    """Three hints, each closed until it is asked for."""

    def __init__(self, exercise: Exercise, step: int | None) -> None:
        self._exercise = exercise
        self._step = step
        self._hints = hints_for(exercise, *last.get(exercise.name, (None, None)))

    def __repr__(self) -> str:
        name = self._exercise.name
        if self._step is None:
            return f"3 hints for {name}, closed. check.{name}.hints(1) opens the first."
        return f"Hint {self._step}, {_STEPS[self._step - 1]}: {self._hints[self._step - 1]}"

    def _repr_html_(self) -> str | None:
        if self._step is not None:
            return None
        rows = (
            f"<details><summary>Hint {i}: {step}</summary>"
            f"<pre style='{_HINT}'>{html.escape(hint)}</pre>"
            "</details>"
            for i, (step, hint) in enumerate(zip(_STEPS, self._hints, strict=True), 1)
        )
        return "".join(rows)


class Check:
    """Every check of the course, as ``check.NAME(NAME)``."""

    def __getattr__(self, name: str) -> NotebookCheck:
        known = exercises()
        if name in known:
            return NotebookCheck(known[name])
        close = difflib.get_close_matches(name, known, n=1)
        meant = f" Did you mean check.{close[0]}?" if close else ""
        raise AttributeError(f"There is no exercise called {name!r}.{meant}")

    def yours(self, **attempts: Any) -> SimpleNamespace:
        """Return answers whose checks are right, the course's in place of all others; say which.

        See `helpers.checks.yours`. An unknown name raises ``AttributeError``.
        """
        for name in attempts:
            getattr(self, name)
        return yours(**attempts)

    def __dir__(self) -> list[str]:
        return list(exercises())

    def __repr__(self) -> str:
        return "check.NAME(NAME) checks an exercise. Type check. and press Tab for their names."


check = Check()


def explain_missing_names() -> None:
    """In IPython, let a check of a name that does not exist yet say "not started".

    It is what a student sees who runs the check before the answer, and what is
    left where an answer cell was deleted.
    """
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is None:
        return

    def show(shell: Any, kind: type, error: NameError, trace: Any, tb_offset: Any = None) -> None:
        name = error.name or ""
        sources = list(shell.user_ns.get("In", [""]))
        asked = rf"^check\.{name}\({name}\b|\bcheck\.yours\([^)]*\b{name}="
        if name in exercises() and re.search(asked, sources[-1], re.M):
            missing = CheckFailed(absent(name, shell.user_ns, sources))
            error._render_traceback_ = missing._render_traceback_
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)

    shell.set_custom_exc((NameError,), show)


def absent(name: str, namespace: Iterable[str], sources: Iterable[str]) -> Verdict:
    """Judge an answer that is not there: not started, or lost in a cell that failed.

    Parameters
    ----------
    name : str
        The answer.
    namespace : Iterable of str
        The names that there are.
    sources : Iterable of str
        The cells that were run.
    """
    crashes = (_crash(name, source) for source in reversed(list(sources)))
    crash = next((found for found in crashes if found), None)
    number = exercises()[name].number
    return crash or Verdict(State.NOT_STARTED, number, name, problem=_where_is(name, namespace))


_STOPPED = (
    "There is no {name} yet: its cell stopped before that. Below the cell stands what stopped it."
)


def _crash(name: str, source: str) -> Verdict | None:
    """Judge a cell that was to write an answer and did not; none where it was another cell."""
    if len(source) > LONGEST_CELL or "raise NotImplementedError" in source:
        return None
    if re.search(rf"^[ \t]*del\b.*\b{name}\b", source, re.M):
        return None
    try:
        ast.parse(source)
        indent, why = "", {"problem": _STOPPED.format(name=name)}
    except SyntaxError as error:
        line = f"line {error.lineno}: {(error.text or '').strip()}"
        indent, why = r"[ \t]*", {"got": line, "problem": f"{type(error).__name__}: {error.msg}"}
    except (ValueError, RecursionError, MemoryError):
        return None
    if not re.search(rf"^{indent}((def|class)\s+{name}\b|{name}\s*=(?!=))", source, re.M):
        return None
    return Verdict(State.CRASHED, exercises()[name].number, name, **why)


def _where_is(name: str, namespace: Iterable[str]) -> str:
    """Say what may have become of a name that is not there."""
    own = [other for other in namespace if not other.startswith("_") and other not in exercises()]
    close = difflib.get_close_matches(name, own, n=1, cutoff=0.8)
    if close:
        return f"There is no {name} yet, but there is {close[0]}. Give it the name {name}."
    return (
        f"There is no {name} yet. Write it in the cell above, in place of the raise line. If you "
        "have, run that cell; after a restart, run all cells above it first."
    )


explain_missing_names()
