"""One submission's process: runs its cells and uses its answers, as the grader asks."""

import base64
import contextlib
import os
from pathlib import Path
from typing import Any

from helpers.checks import calling
from helpers.course.grading.channel import Channel, Closed, Garbled
from helpers.course.grading.inside.alarm import Alarm
from helpers.course.grading.inside.answers import Answers
from helpers.course.grading.inside.checks import intact
from helpers.course.grading.inside.shell import Shell, run_cell

_MOST_NAMES = 500


class Student:
    """Serves the grader until it hangs up."""

    def __init__(self, channel: Channel, shell: Shell) -> None:
        self._channel = channel
        self._shell = shell
        self._alarm = Alarm()
        self._answers = Answers(channel, self._alarm)
        calling.within = (
            self._alarm.within
        )  # a thread for each call would take longer than the call

    def serve(self) -> None:
        """Answer one request after another."""
        while True:
            try:
                request = self._channel.receive()
                reply = getattr(self, f"_{request['do']}")(request)
                try:
                    self._channel.send(reply)
                except Garbled:
                    self._channel.send({"error": _TOO_LARGE, "changes": []})
            except Closed:
                return

    def _put(self, request: dict[str, Any]) -> dict[str, Any]:
        """Write a piece of a file that lies beside the notebook, as far as there is room."""
        path = Path(request["name"])
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                file.write(base64.b64decode(request["piece"]))
        return {}

    def _run(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run a cell."""
        number, source, seconds = (request[key] for key in ("number", "source", "seconds"))
        shown = run_cell(self._shell, source, number, self._alarm.within, seconds)
        if getattr(self._shell, "exit_now", False):
            os._exit(0)
        return {"outputs": shown}

    def _find(self, request: dict[str, Any]) -> dict[str, Any]:
        """Hold the answer of a name."""
        space = self._shell.user_ns
        trouble = intact(space, request["name"])
        if trouble:
            return {"trouble": trouble}
        if request["name"] not in space:
            names = [n for n in space if isinstance(n, str)]
            return {"missing": names[-_MOST_NAMES:]}
        return {"found": self._answers.take(space[request["name"]])}

    def _use(self, request: dict[str, Any]) -> dict[str, Any]:
        """Use the answer, or what it gave."""
        return self._answers.use(request)


_TOO_LARGE = {
    "sentence": "The answer takes more than 16 megabytes, which is more than any answer needs.",
    "line": "",
    "missing": False,
}
