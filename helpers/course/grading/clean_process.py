"""The beginning of a clean process, before anything is imported that takes long.

It never opens the gradebook and never reads what a student wrote: see `bench`. The first
process begins it, and imports nbgrader meanwhile; it imports what judges need, while its own
warm process, behind the wall, imports what notebooks need.
"""

import ctypes
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

from helpers.course.folder import CourseError
from helpers.course.grading.leftovers import WorkFolder
from helpers.course.grading.sandbox import Limits, Sandbox, can_be_walled, list_of_fonts

HEADER = struct.Struct("!I")
_PIECE = 2**20
_END_SECONDS = 10
_DIES_WITH_PARENT = 1  # prctl's name for it


@dataclass(frozen=True)
class Opening:
    """What a clean process needs to know before it knows what is graded.

    Attributes
    ----------
    limits : Limits
        What each submission may use.
    walled : bool
        Whether there is a wall around student code.
    course : str
        The course directory, to be hidden.
    slot : int
        The number of its first seat on this machine: each seat has a user of its own.
    folder : str
        Where temporary files go; the one who opens it removes it.
    fonts : str
        A folder with a list of fonts.
    judge_seconds : int
        The processor time of a judge, for one exercise or to read a notebook.
    """

    limits: Limits
    walled: bool = True
    course: str = ""
    slot: int = field(default_factory=lambda: 37 * os.getpid())  # two runs share no users
    folder: str = ""
    fonts: str = ""
    judge_seconds: int = 20


class ProcessGone(ConnectionError):
    """The clean process is gone: nobody's fault whose notebook was judged."""

    def __str__(self) -> str:
        return f"the process that forks the judges is gone ({super().__str__()})"


class CleanProcess:
    """The first process's end of a clean process.

    Parameters
    ----------
    opening : Opening
        What it needs to know.
    fresh : bool
        Whether it must be a new program, since this process is no longer clean.
    """

    def __init__(self, opening: Opening, fresh: bool = False) -> None:
        self.opening = opening
        ours, theirs = socket.socketpair()
        self.control = ours
        self._program = _start_program(theirs) if fresh else None
        self.pid = self._program.pid if self._program else self._fork(theirs)
        theirs.close()
        self._is_there = True
        self.order({"opening": asdict(opening)})

    def _fork(self, theirs: socket.socket) -> int:
        pid = os.fork()
        if pid == 0:
            try:
                self.control.close()
                _serve(theirs)
            finally:
                os._exit(0)
        return pid

    def order(self, order: dict[str, Any], passed: socket.socket | None = None) -> None:
        """Tell it what to do, and pass it one end of a connection.

        Raises
        ------
        ProcessGone
            If there is no such process any more.
        """
        data = json.dumps(order).encode()
        descriptors = [] if passed is None else [passed.fileno()]
        try:
            socket.send_fds(self.control, [HEADER.pack(len(data)) + data], descriptors)
        except OSError as error:
            raise ProcessGone(error) from error

    def close(self) -> None:
        """End it, and all that it has started."""
        self.control.close()
        if self._program:
            try:
                self._program.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                self._program.kill()
                self._program.wait()
            return
        patience = time.monotonic() + _END_SECONDS
        while self._is_there and not os.waitpid(self.pid, os.WNOHANG)[0]:
            if time.monotonic() > patience:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                break
            time.sleep(0.01)
        self._is_there = False


def _start_program(theirs: socket.socket) -> subprocess.Popen:
    """Start a new Python, which knows nothing of this one."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "helpers.course.grading.clean_process", str(theirs.fileno())]
    return subprocess.Popen(command, env=environment, pass_fds=[theirs.fileno()])


class Premises:
    """The folder of a run, and its first clean process.

    Parameters
    ----------
    opening : Opening
        What clean processes need to know.
    fresh : bool
        See `CleanProcess`.
    """

    def __init__(self, opening: Opening, fresh: bool = False) -> None:
        self._folder = WorkFolder()
        try:
            place = {"folder": self._folder.path, "fonts": list_of_fonts(self._folder.path)}
            self.first = CleanProcess(replace(opening, **place), fresh)
        except BaseException:  # such as Ctrl-C, while fonts are searched for
            self._folder.remove()
            raise

    @property
    def opening(self) -> Opening:
        """What the clean process was told."""
        return self.first.opening

    def close(self) -> None:
        """End the process, and remove the folder."""
        self.first.close()
        self._folder.remove()


def opening(root: Path, timeout: float, walled: bool) -> Opening:
    """Return what follows from the command line."""
    limits = Limits(cell_seconds=timeout, seconds=max(300.0, 10 * timeout))
    return Opening(limits, walled, str(root))


@contextmanager
def begun(root: Path, timeout: float, walled: bool) -> Iterator[Premises | None]:
    """Begin what a run on this machine needs; None where there can be no wall."""
    if walled and can_be_walled():
        yield None
        return
    premises = Premises(opening(root, timeout, walled))
    try:
        yield premises
    finally:
        premises.close()


# The clean process's side -------------------------------------------------------------------------


def _serve(control: socket.socket) -> None:
    """Be the clean process, until the first one hangs up."""
    die_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process
    opened = _opened(control)
    if opened is None:
        return
    sandbox, trouble, told = opened
    try:
        without_servers("nbgrader")
        from helpers.course.grading.bench import serve

        serve(control, sandbox, trouble, told["judge_seconds"])
    finally:
        if sandbox is not None:
            sandbox.close()


def _opened(control: socket.socket) -> tuple[Sandbox | None, str, dict[str, Any]] | None:
    """Return a sandbox, or why there is none, and what was told; None where nothing was."""
    header = control.recv(HEADER.size)
    if not header:
        return None
    told = json.loads(exactly(control, HEADER.unpack(header)[0]))["opening"]
    tempfile.tempdir = told["folder"] or None
    limits = Limits(**told["limits"])
    place = told["slot"], limits, told["walled"], told["course"]
    try:
        return Sandbox(*place, wait=False, fonts=told["fonts"]), "", told
    except CourseError as error:  # which is said when somebody asks
        return None, str(error), told


def without_servers(name: str) -> None:
    """Let the modules of a package be imported without what its own first lines import.

    nbgrader's import its servers and all of its commands, of which no judge needs any.
    """
    spec = find_spec(name) if name not in sys.modules else None
    if spec is not None:
        sys.modules[name] = module_from_spec(spec)


def exactly(connection: socket.socket, length: int) -> bytes:
    """Receive so many bytes.

    Raises
    ------
    ConnectionError
        If the other side is gone.
    """
    data = bytearray()
    while len(data) < length:
        part = connection.recv(min(length - len(data), _PIECE))
        if not part:
            raise ConnectionError("The other side is gone.")
        data += part
    return bytes(data)


def die_with_parent() -> None:
    """Let this process end when the one that has forked it does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
