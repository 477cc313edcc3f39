"""Call a student's function so that nothing it does can spoil the check.

Its prints are caught, its warnings recorded, its inputs are copies, its time is
limited, and whatever it raises becomes a sentence.
"""

import _thread
import contextlib
import copy
import io
import linecache
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from helpers.checks.plain import NotPlain, plain

_KEPT_OUTPUT = 2_000
_OURS = str(Path(__file__).parent)


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
        Whether the stub is still in place; whether the time ran out.
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


class _TimeIsUp(BaseException):
    """Raised inside the student's code; not an Exception, so that it gets through."""


class _FirstPart(io.TextIOBase):
    """A text stream that keeps its first part and forgets the rest."""

    def __init__(self) -> None:
        self.text = ""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text[: _KEPT_OUTPUT - len(self.text)]
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
    output = _FirstPart()
    found = {}
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn"):
        warnings.simplefilter("always")
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            try:
                with _time_limit(seconds):
                    answer = run(attempt, *given)
                found["value"] = found["seen"] = plain(answer)
            except NotPlain as error:
                found["error"] = f"The answer is {error}. {_PLAIN_ADVICE}"
            except NotImplementedError:
                found["missing"] = True
            except _TimeIsUp:
                found["endless"] = True
                found["error"] = _ENDLESS.format(seconds=seconds)
            except KeyboardInterrupt:
                raise
            except BaseException as error:
                found["crashed"] = True
                found["error"] = _sentence(error)
                found["line"] = _students_line(error, attempt)
    return Outcome(
        printed=output.text,
        warned=tuple(dict.fromkeys(str(w.message) for w in caught)),
        changed=tuple(_changed(names, args, given)),
        **found,
    )


_PLAIN_ADVICE = "Return numbers, NumPy arrays, or lists, tuples and dicts of these."
_ENDLESS = (
    "The call was stopped after {seconds:g} seconds. Is there a loop that never ends, or one that "
    "does far too much work?"
)


def _changed(names: Sequence[str], args: Sequence[Any], given: Sequence[Any]) -> Iterator[str]:
    """Yield the names of the arguments that the call modified."""
    for name, before, after in zip(names, args, given, strict=False):
        if not _unchanged(before, after):
            yield name


def _unchanged(before: Any, after: Any) -> bool:
    """Whether plain data is what it was; anything else (a generator, say) may change."""
    if isinstance(before, np.ndarray):
        return before.shape == after.shape and bool(np.array_equal(before, after, equal_nan=True))
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(
            _unchanged(before[k], after[k]) for k in before
        )
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(_unchanged, before, after))
    return True


def _sentence(error: BaseException) -> str:
    """Say what was raised, in one sentence."""
    if isinstance(error, RecursionError):
        return "The function calls itself without end (RecursionError)."
    if isinstance(error, SystemExit):
        return "The function called exit(), which ends Python. Use return to end a function."
    message = " ".join(str(error).split())
    return f"{type(error).__name__}: {message}" if message else type(error).__name__


def _students_line(error: BaseException, attempt: Any) -> str:
    """Find the last line of the student's own code on the way to the error."""
    home = getattr(getattr(attempt, "__code__", None), "co_filename", None)
    for frame in reversed(traceback.extract_tb(error.__traceback__, limit=-50)):
        theirs = frame.filename == home or "ipykernel_" in frame.filename
        if theirs and not frame.filename.startswith(_OURS):
            source = linecache.getline(frame.filename, frame.lineno or 0).strip()
            return f"line {frame.lineno}: {source}" if source else f"line {frame.lineno}"
    return ""


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `_TimeIsUp` in the main thread when the time is up.

    A watchdog thread sends the signal that Ctrl-C sends; our handler tells the
    two apart. Outside the main thread, and where no thread can be started (a
    browser kernel), there is no limit.
    """
    expired = threading.Event()
    finished = threading.Event()

    def interrupt(signum: int, frame: Any) -> None:  # noqa: ARG001 (the handler's signature)
        if finished.is_set():
            return
        raise _TimeIsUp if expired.is_set() else KeyboardInterrupt

    def watch() -> None:
        pause = seconds
        while not finished.wait(pause):
            expired.set()
            _wake_main_thread()
            pause = 0.5  # again, in case the student's code swallowed it

    watchdog = threading.Thread(target=watch, daemon=True)
    try:
        previous = signal.signal(signal.SIGINT, interrupt)
    except ValueError:  # not the main thread
        yield
        return
    try:
        with contextlib.suppress(RuntimeError):  # no threads in a browser kernel
            watchdog.start()
        yield
    finally:
        finished.set()
        if watchdog.ident is not None:
            watchdog.join()
        signal.signal(signal.SIGINT, previous)


def _wake_main_thread() -> None:
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
