"""Call a student's function so that nothing it does can spoil the check.

Its prints are caught, its warnings recorded, its inputs are copies, its time is
limited, and whatever it raises becomes a sentence.
"""

import contextlib
import copy
import io
import linecache
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np

from helpers.checks.plain import NotPlain, TooLarge, Unusable, plain
from helpers.checks.timing import TimeIsUp, within

KEPT_OUTPUT = 2_000
_LONGEST_SENTENCE = 300
_OURS = str(Path(__file__).parents[1])
_CELLS = ("ipykernel_", "<ipython-input")  # how the files of notebook cells are called


@dataclass(frozen=True)
class Outcome:
    """What one call brought: a plain value or an error, and what else it did.

    Attributes
    ----------
    value : Any
        The answer as plain data; None where there is an error.
    seen : Any
        What of the answer is compared: the answer itself, or a view of it.
    error : str
        One sentence on why there is no value; empty where there is one.
    line : str
        The student's line that raised, as ``line 3: return x @ v``.
    missing, endless : bool
        Whether a stub is still in place; whether the time ran out.
    crashed : bool
        Whether the function raised, rather than returned something unusable.
    printed : str
        What it printed.
    warned : tuple of str
        The warnings it caused.
    changed : tuple of str
        The names of the inputs that it modified.
    """

    value: Any = None
    seen: Any = None
    error: str = ""
    line: str = ""
    missing: bool = False
    endless: bool = False
    crashed: bool = False
    printed: str = ""
    warned: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @cached_property
    def total(self) -> float:
        """The sum of the numbers that are compared: a quick way to see that two are not alike."""
        return _total(self.seen)

    @property
    def final(self) -> bool:
        """Whether going on with other cases would be no use."""
        return self.missing or self.endless


def _total(value: Any) -> float:
    if isinstance(value, np.ndarray):
        with np.errstate(all="ignore"):
            return float(value.sum().real)
    if isinstance(value, dict):
        return sum(map(_total, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(_total, value))
    return float(value) if isinstance(value, bool | int | float) else 0.0


class Reported(Exception):
    """What a call in another process came to, where that is no value.

    Parameters
    ----------
    found : dict
        The fields of an `Outcome` that say so.
    """

    def __init__(self, found: dict[str, Any]) -> None:
        self.found = found
        super().__init__(found.get("error", ""))

    def __reduce__(self) -> tuple:
        """Say how it is made again: by default from its text, which is no dict."""
        return type(self), (self.found,)


class Unreachable(BaseException):
    """The answer can no longer be asked, nor can any other of its notebook: it ends the check."""


class FirstPart(io.TextIOBase):
    """A text stream that keeps its first characters and forgets the rest.

    Parameters
    ----------
    most : int
        How many it keeps.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self.text = ""

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep what still fits."""
        self.text += text[: self._most - len(self.text)]
        return len(text)


def call(
    run: Callable[..., Any],
    attempt: Any,
    args: Sequence[Any],
    names: Sequence[str],
    seconds: float,
) -> Outcome:
    """Call ``run(attempt, *args)`` and report what came of it.

    Parameters
    ----------
    run : Callable
        The adapter that hands `args` to `attempt`.
    attempt : Any
        The student's function, class or value.
    args : Sequence
        The arguments of the case; `attempt` gets copies.
    names : Sequence of str
        What the arguments are called.
    seconds : float
        How long the call may take.
    """
    given = copy.deepcopy(tuple(args))
    output = FirstPart(KEPT_OUTPUT)
    with (
        warnings.catch_warnings(record=True) as caught,
        np.errstate(all="warn", under="ignore"),  # a tiny number that becomes 0 is no fault
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(output),
    ):
        warnings.simplefilter("default")  # each warning once for each line, so that few are kept
        found = brought(lambda: run(attempt, *given), seconds, attempt)
        warned = tuple(dict.fromkeys(one_line(warning.message) for warning in caught))
    return Outcome(
        printed=output.text,
        warned=warned,
        changed=tuple(changed(names, args, given)),
        **found,
    )


def brought(work: Callable[[], Any], seconds: float, attempt: Any = None) -> dict[str, Any]:
    """Return the value of ``work()`` or its error, as fields of an `Outcome`.

    Parameters
    ----------
    work : Callable
        Uses an answer, or tells what came of it elsewhere: it may raise `Reported`.
    seconds : float
        How long it may take.
    attempt : Any
        The answer, in whose code a line that raised is looked for.
    """
    try:
        value = within(seconds, lambda: plain(work()))
    except Reported as report:
        return report.found
    except NotPlain as error:
        # What is too large takes time, so that no other case is tried: as if it had no end.
        large = isinstance(error, TooLarge)
        return {"endless": large, "error": f"The answer is {error}. {_PLAIN_ADVICE}"}
    except Unusable as error:
        return {"error": str(error)}
    except TimeIsUp:
        return endless(seconds)
    except (KeyboardInterrupt, Unreachable):
        raise
    except BaseException as error:
        return {
            "crashed": True,
            "missing": isinstance(error, NotImplementedError),
            "error": sentence(error),
            "line": students_line(error, attempt),
        }
    return {"value": value, "seen": value}


def endless(seconds: float) -> dict[str, Any]:
    """Say that a call was stopped, as fields of an `Outcome`."""
    return {"endless": True, "error": _ENDLESS.format(seconds=seconds)}


_PLAIN_ADVICE = "Return numbers, NumPy arrays, or lists, tuples and dicts of these."
_ENDLESS = (
    "The call was stopped after {seconds:g} seconds. Is there a loop that never ends, or one that "
    "does far too much work?"
)


def changed(names: Sequence[str], args: Sequence[Any], given: Sequence[Any]) -> Iterator[str]:
    """Yield the names of the arguments that the call modified."""
    for name, before, after in zip(names, args, given, strict=False):
        if not unchanged(before, after):
            yield name


def unchanged(before: Any, after: Any) -> bool:
    """Whether plain data is what it was; anything else (a generator, say) may change.

    Types come first: what a student put in its place is never asked.
    """
    if type(before) is not type(after):
        return False
    if isinstance(before, np.ndarray):
        return before.dtype == after.dtype and before.tobytes() == after.tobytes()
    if isinstance(before, dict):
        return unchanged(list(before.items()), list(after.items()))
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(unchanged, before, after))
    if isinstance(before, bool | int | float | complex | str):
        return repr(before) == repr(after)
    return True


def sentence(error: BaseException) -> str:
    """Say what a student's code raised, in one sentence."""
    if isinstance(error, RecursionError):
        return "The function calls itself without end (RecursionError)."
    if isinstance(error, SystemExit):
        return "The function called exit(), which ends Python. Use return to end a function."
    message = one_line(error)
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def one_line(error: BaseException | Warning) -> str:
    """Return the message of an error, on one line, whatever its class makes of ``str``."""
    try:
        words = within(1, lambda: str.split(str(error)))
    except (Exception, TimeIsUp, SystemExit):
        return ""
    text = "".join(c if c.isprintable() else "?" for c in " ".join(words))
    return text if len(text) <= _LONGEST_SENTENCE else f"{text[:_LONGEST_SENTENCE]}…"


def students_line(error: BaseException, attempt: Any) -> str:
    """Find the last line of the student's own code on the way to the error."""
    home = attempt.__code__.co_filename if type(attempt) is FunctionType else None
    steps = deque(traceback.walk_tb(error.__traceback__), maxlen=50)
    for code, number in reversed([(frame.f_code, number) for frame, number in steps]):
        file, name = code.co_filename, code.co_name
        theirs = file == home or any(mark in file for mark in _CELLS)
        if theirs and not file.startswith(_OURS):
            linecache.checkcache(file)
            source = linecache.getline(file, number or 0).strip()
            # A helper of the student's, from another cell, has other lines.
            elsewhere = home is not None and name != attempt.__name__
            place = f"{name}, " * elsewhere
            return f"{place}line {number}" + f": {source}" * bool(source)
    return ""


def ignored_errors() -> list[str]:
    """Return the kinds of floating-point errors of which NumPy does not warn now."""
    return [kind for kind, how in np.geterr().items() if how == "ignore"]
