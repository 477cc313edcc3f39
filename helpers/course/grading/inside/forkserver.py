"""The warm parent: it has imported everything, and forks one process for each submission.

It never sees a student's code. Each child gets a connection of its own to the
grader, gives up its rights, and only then reads what was handed in.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
from importlib import import_module
from typing import Any

from helpers.course.grading.channel import Channel
from helpers.course.grading.inside import checks, confine, lending, usage
from helpers.course.grading.inside.drawings import fresh_axes
from helpers.course.grading.inside.shell import Shell, new_shell

_LONGEST = 64 * 1024
_NOBODY = 65_534
_LOOK_SECONDS = 0.25


class ForkServer:
    """Forks a process for each submission, and ends it.

    Parameters
    ----------
    control : socket.socket
        To the grader, who waits for the answer to each order.
    walled : bool
        Whether this process may give its children namespaces.
    """

    def __init__(self, control: socket.socket, walled: bool) -> None:
        self._control = control
        self._walled = walled
        self._here = os.open("/proc/self/ns/pid", os.O_RDONLY) if walled else -1
        self._most: dict[int, int] = {}  # bytes of memory, for who is in no control group
        self._to_lend: list[str] | None = None
        self._shell = warm_up()

    def serve(self) -> None:
        """Do one order after another, until the grader hangs up."""
        self._say({"ready": os.getpid()})
        while True:
            while self._most and not select.select([self._control], [], [], _LOOK_SECONDS)[0]:
                self._look_at_memory()
            data, received, _, _ = socket.recv_fds(self._control, _LONGEST, 2)
            if not data:
                return
            order = json.loads(data)
            match order["do"]:
                case "fork":
                    self._fork(order, *received)
                case "usage":
                    pid = order["pid"]
                    self._say({"waited": usage.waited(pid), "used": usage.processor_seconds(pid)})
                case "end":
                    self._end(order["pid"])

    def _fork(self, order: dict[str, Any], connection: int, entrance: int | None = None) -> None:
        self._prepare_to_lend(order["lent"])
        if self._walled:
            confine.own_pids_for_children()
        pid = os.fork()
        if pid == 0:
            self._be_a_student(order, connection, entrance)
        os.close(connection)
        if entrance is None:
            self._most[pid] = order["limits"]["AS"]
        else:
            os.close(entrance)
        if self._walled:
            confine.pids_as_before(self._here)
        self._say({"pid": pid})

    def _prepare_to_lend(self, names: list[str] | None) -> None:
        """Make once for a class what of the library its notebooks may use."""
        if names is not None and names != self._to_lend:
            self._to_lend = names
            lending.lent(frozenset(names))
            gc.freeze()

    def _look_at_memory(self) -> None:
        """End who takes more memory in all than one process may."""
        for pid, most in self._most.items():
            if usage.takes_more_memory(pid, most):
                os.kill(pid, signal.SIGKILL)

    def _end(self, pid: int) -> None:
        """End a child and all that it started, and say how it went."""
        self._most.pop(pid, None)
        if not self._walled:
            _kill_group(pid)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _, status, used = os.wait4(pid, 0)
        self._say(
            {
                "status": os.waitstatus_to_exitcode(status),
                "seconds": used.ru_utime + used.ru_stime,
                "kilobytes": used.ru_maxrss,
            }
        )

    def _say(self, message: dict[str, Any]) -> None:
        self._control.send(json.dumps(message).encode())

    def _be_a_student(self, order: dict[str, Any], connection: int, entrance: int | None) -> None:
        """Be the process of one submission; never return."""
        try:
            self._control.close()
            if entrance is not None:
                os.write(entrance, b"0")  # join the control group
                os.close(entrance)
            wait = usage.OwnWait()
            shut_in(order, self._here)
            if order["lent"] is not None:
                lending.lend(lending.lent(frozenset(order["lent"])))
            serve(connection, self._shell, wait)
        except BaseException:  # whatever it was, the warm parent must not live on twice
            os._exit(99)
        os._exit(0)


def shut_in(order: dict[str, Any], here: int) -> None:
    """Give up every right, in the order in which that is possible."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # the log is one file for all submissions
        os.dup2(null, stream)
    os.close(null)
    if here >= 0:
        os.close(here)
        if order["user"] is None:  # the grader is not root
            confine.own_user(_NOBODY)
        confine.own_world(order["folder_bytes"])
        if order["user"] is not None:
            confine.become(order["user"])
    else:
        os.setsid()
    os.chdir(order["folder"])
    sys.path.insert(0, "")  # modules beside the notebook, as in a kernel
    confine.limit(order["limits"])
    if here >= 0:
        confine.drop_rights()
        confine.refuse_system_calls()


def serve(connection: int, shell: Shell, wait: usage.OwnWait) -> None:
    """Serve the grader over a connection."""
    from helpers.course.grading.inside.student import Student

    Student(Channel(socket.socket(fileno=connection)), shell, wait).serve()


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def warm_up() -> Shell:
    """Import what notebooks import, once for all."""
    for name in _OFTEN_IMPORTED:
        import_module(name)
    fresh_axes("rectilinear").legend([])
    checks.install()
    shell = new_shell()
    shell.run_cell("raise ValueError")  # what the first error takes long for
    shell.reset()
    gc.collect()
    gc.freeze()  # so that collecting garbage copies no page of it into a child
    return shell


_OFTEN_IMPORTED = (
    "matplotlib.pyplot",
    *(f"helpers.{part}" for part in ("explorers", "figures", "progress", "quiz", "reference")),
    "helpers.course.grading.inside.student",
)


def main(descriptor: int, walled: bool) -> None:
    """Serve the grader at the other end of a file descriptor."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the grader
    ForkServer(socket.socket(fileno=descriptor), walled).serve()
