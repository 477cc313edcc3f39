"""One submission's process: runs its cells and uses its answers, as the grader asks."""

import base64
import contextlib
import json
import os
from collections import deque
from pathlib import Path
from typing import Any

from helpers.checks import timing
from helpers.course.grading.channel import MOST_BYTES, Channel, Closed, Garbled
from helpers.course.grading.inside.alarm import Alarm
from helpers.course.grading.inside.answers import TOO_LARGE, Answers, unsendable
from helpers.course.grading.inside.checks import intact
from helpers.course.grading.inside.shell import Shell, run_cell
from helpers.course.grading.inside.usage import OwnWait

_MOST_NAMES = 500


class Student:
    """Serves the grader until it hangs up."""

    def __init__(self, channel: Channel, shell: Shell, wait: OwnWait | None = None) -> None:
        self._channel = channel
        self._shell = shell
        self._alarm = Alarm(wait)
        self._answers = Answers(channel, self._alarm)
        self._steps: deque[dict[str, Any]] = deque()  # that are asked for together
        self._found: dict[str, Any] = {}  # answers as they were when they were checked
        timing.keep_time_with(self._alarm.within)

    def serve(self) -> None:
        """Answer one request after another."""
        while True:
            try:
                request = self._channel.receive()
                self._steps = deque(request.get("steps") or [request])
                while self._steps:
                    self._reply_to(self._steps.popleft())
            except Closed:
                return

    def _reply_to(self, request: dict[str, Any]) -> None:
        try:
            reply = getattr(self, f"_{request['do']}")(request)
        except Exception as error:  # one answer's fault, which costs that one
            if isinstance(error, Closed):
                raise
            reply = unsendable(error)
        if reply is None:  # it is sent already
            return
        try:
            self._channel.send(reply)
        except Garbled:
            self._channel.send({"error": TOO_LARGE, "changes": []})

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
        return {"outputs": shown}

    def _find(self, request: dict[str, Any]) -> dict[str, Any]:
        """Hold the answer of a name."""
        self._answers.let_go()
        if request["held"]:
            return {"found": self._answers.take(self._found[request["name"]])}
        space = self._shell.user_ns
        trouble = intact(space, request["name"])
        if trouble:
            return {"trouble": trouble}
        if request["name"] not in space:
            names = [n for n in space if isinstance(n, str)]
            return {"missing": names[-_MOST_NAMES:]}
        answer = self._found[request["name"]] = space[request["name"]]
        return {"found": self._answers.take(answer)}

    def _apart(self, request: dict[str, Any]) -> dict[str, Any] | None:  # noqa: ARG002
        """Let a copy of this process answer, and be thrown away; nothing of it is left here."""
        pid = os.fork()
        if pid:
            _, status = os.waitpid(pid, 0)
            self._steps.clear()  # the copy has taken them
            return {"gone": os.waitstatus_to_exitcode(status)}
        self._alarm.count_own_time_only()
        return {}

    def _leave(self, request: dict[str, Any]) -> None:  # noqa: ARG002
        """End this copy."""
        os._exit(0)

    def _use(self, request: dict[str, Any]) -> dict[str, Any]:
        """Use the answer, or what it gave."""
        return self._answers.use(request)

    def _batch(self, request: dict[str, Any]) -> None:
        """Call the answer on every case of a batch, and send what came of them together."""
        texts: list[str] = []
        for found in self._answers.batch(request):
            text = _as_text(found)
            texts.append(text)
            if sum(map(len, texts)) > _TOGETHER:
                last = texts.pop() if len(texts) > 1 else None
                self._send_outcomes(texts, more=True)
                texts = [] if last is None else [last]
        self._send_outcomes(texts, more=False)

    def _send_outcomes(self, texts: list[str], more: bool) -> None:
        rest = ',"more":true' if more else ""
        self._channel.send_text(f'{{"outcomes":[{",".join(texts)}]{rest}}}')


def _as_text(found: dict[str, Any]) -> str:
    """Return a reply as JSON, where it is not too large."""
    try:
        text = json.dumps(found, separators=(",", ":"))
    except MemoryError:
        return _TOO_LARGE_TEXT
    return text if len(text) < MOST_BYTES - _ROOM else _TOO_LARGE_TEXT


_ROOM = 100  # characters around a reply
_TOO_LARGE_TEXT = json.dumps({"error": TOO_LARGE, "changes": []})
_TOGETHER = 2**22  # characters of replies in one message
