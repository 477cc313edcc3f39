"""Notebook cells as a kernel runs them, without a kernel: no sockets, no messages."""

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from helpers.checks.calling import FirstPart
from helpers.checks.timing import TimeIsUp

_KEPT_OUTPUT = 10_000  # characters of one cell
_STOPPED = "The cell was stopped: its time was up. Is there a loop that never ends?"
_NO_EXIT = "exit() is passed over while a notebook is graded."
_REST = "\n… The rest is left out."
_CODES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")  # colors, and what moves a cursor

Output = dict[str, Any]


class _Results(DisplayHook):
    """Records what the last line of a cell gives."""

    def __call__(self, result: Any = None) -> None:
        if result is None or self.quiet():
            return
        formats, _ = self.shell.display_formatter.format(result)
        self.shell.outputs.append(_shown("result", str(formats.get("text/plain", ""))))
        self.update_user_ns(result)


class _Displays(DisplayPublisher):
    """Records the text of what a cell displays."""

    def publish(self, data: dict, *_: Any, **__: Any) -> None:
        """Record one display."""
        self.shell.outputs.append(_shown("display", str(data.get("text/plain", ""))))


class Shell(InteractiveShell):
    """IPython, with what cells show in a list instead of on a screen."""

    displayhook_class = _Results
    display_pub_class = _Displays

    def __init__(self, **options: Any) -> None:
        self.outputs: list[Output] = []
        super().__init__(**options)
        self.display_formatter.active_types = ["text/plain"]  # nobody looks at the pictures
        self.InteractiveTB.set_mode("Plain")  # the others take longer than the cell

    def enable_gui(self, gui: str | None = None) -> None:
        """Open no windows."""

    def system(self, cmd: str) -> None:
        """Run ``!command`` without a terminal, of which there is none here."""
        if shown := self.getoutput(cmd, split=False, depth=1):
            print(shown)

    def ask_exit(self) -> None:
        """Go on after ``exit()``: what a student typed on leaving shall cost no answer below."""
        print(_NO_EXIT, file=sys.stderr)

    def _showtraceback(self, kind: type, error: BaseException, lines: list[str]) -> None:  # noqa: ARG002
        """Record an error."""
        if kind is TimeIsUp:
            self.outputs.append({"kind": "error", "name": "Timeout", "text": _STOPPED})
            return
        text = _CODES.sub("", "\n".join(lines))
        self.outputs.append(
            {"kind": "error", "name": kind.__name__, "text": text[-_KEPT_OUTPUT:].strip()}
        )


def new_shell() -> Shell:
    """Make the shell that every submission gets a copy of."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.banner1 = ""
    shell = Shell.instance(config=config)
    shell.run_cell("None")  # what the first cell of all takes long for
    shell.outputs.clear()
    return shell


def run_cell(
    shell: Shell, source: str, number: int, within: Callable[[float, Callable], Any], seconds: float
) -> list[Output]:
    """Run a cell, and return what it shows."""
    shell.outputs = []
    shell.execution_count = number
    output, complaints = FirstPart(_KEPT_OUTPUT), FirstPart(_KEPT_OUTPUT)
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(complaints):
            within(seconds, lambda: shell.run_cell(source, store_history=False))
    except TimeIsUp:
        shell.outputs.append({"kind": "error", "name": "Timeout", "text": _STOPPED})
    except Exception as error:  # in IPython itself, such as for a sum of thousands of terms
        name = type(error).__name__
        shell.outputs.append({"kind": "error", "name": name, "text": f"{name}: {error}"})
    return [*_streams(output, complaints), *shell.outputs]


def _streams(output: FirstPart, complaints: FirstPart) -> Iterator[Output]:
    for name, stream in (("stdout", output), ("stderr", complaints)):
        if stream.text:
            yield _shown(name, stream.text)


def _shown(kind: str, text: str) -> Output:
    """Return an output as a screen leaves it: colorless, less what is written over."""
    plain = _CODES.sub("", text[:_KEPT_OUTPUT]).replace("\r\n", "\n")
    lines = (line.rstrip("\r").rpartition("\r")[2] for line in plain.split("\n"))
    return {"kind": kind, "text": "\n".join(lines) + _REST * (len(text) >= _KEPT_OUTPUT)}
