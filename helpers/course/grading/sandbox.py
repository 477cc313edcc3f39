"""The wall around student code: bubblewrap, namespaces, another user, limits, a filter.

One warm process stands inside an outer wall that hides everything but the system's
programs, the Python environment and the course's package. It forks one process for
each submission, which gives up the rest of its rights before it reads anything.
"""

import contextlib
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from helpers.course.folder import CourseError
from helpers.course.grading import digits
from helpers.course.grading.channel import Channel, Closed
from helpers.course.grading.inside.usage import processor_seconds
from helpers.course.grading.interrupts import afterward
from helpers.course.grading.memory_groups import MemoryGroups
from helpers.course.grading.package import write_package

_FIRST_USER = 64_000  # users of this number and above belong to nobody
_PACKAGE = "/course"
_FONTS = "/tmp/.matplotlib"  # Matplotlib searches all fonts if it finds no list of them
_ANSWER_SECONDS = 60  # for the warm process, and of its own time to become warm
_WARM_SECONDS = 600  # to become warm on a machine that has other things to do
_LIBRARIES = ("/lib", "/lib32", "/lib64", "/libx32", "/usr/lib", "/usr/lib32", "/usr/lib64")
_SYSTEM = ("/bin", "/sbin", "/usr/bin", "/usr/sbin", *_LIBRARIES, "/usr/share/zoneinfo")
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/share/fontconfig")
_PACKAGES = ("python3*/site-packages", "python3*/dist-packages", "python3/dist-packages")
_SETTINGS = ("/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/etc/localtime")
_MEGABYTE = 2**20
_ENVIRONMENT = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "MPLBACKEND": "agg",
    "MPLCONFIGDIR": _FONTS,
    "IPYTHONDIR": "/tmp/.ipython",
    "PATH": "/usr/bin:/bin",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",  # the order of a set is the same each time that it is graded
    "PYTHONWARNINGS": "ignore:::IPython",
    "TMPDIR": "/tmp",
    "USER": "student",
}


def environment() -> dict[str, str]:
    """Return all of the environment: nothing of the instructor's but what decides last digits."""
    return {**_ENVIRONMENT, **digits.settings()}


@dataclass(frozen=True)
class Limits:
    """What one submission may use.

    Attributes
    ----------
    cell_seconds, seconds : float
        The time for one cell, and for the whole submission.
    memory, file_size, folder_size : int
        Bytes of memory, of one file, and of all temporary files.
    processes, open_files : int
        How many at a time.
    """

    cell_seconds: float = 30.0
    seconds: float = 300.0
    memory: int = 3 * 1024 * _MEGABYTE
    file_size: int = 64 * _MEGABYTE
    folder_size: int = 128 * _MEGABYTE
    processes: int = 64
    open_files: int = 256

    def as_resources(self) -> dict[str, int]:
        """Return the limits by the names that the kernel has for them."""
        return {
            "AS": self.memory,
            "CPU": int(self.seconds) + 1,
            "NPROC": self.processes,
            "NOFILE": self.open_files,
            "FSIZE": self.file_size,
        }


@dataclass(frozen=True)
class Ending:
    """How a submission's process ended: exit status, processor time and peak memory."""

    status: int
    seconds: float
    kilobytes: int


def can_be_walled() -> str:
    """Say why there can be no wall here; nothing where there can."""
    if sys.platform != "linux":
        return f"there is no bubblewrap for {sys.platform}"
    if shutil.which("bwrap") is None:
        return "bubblewrap is not installed (on Debian: apt-get install bubblewrap)"
    return ""


class Sandbox:
    """A warm process behind the wall, and the children that it forks.

    Parameters
    ----------
    slot : int
        The number of its first submission on this machine: each has a user of its own.
    limits : Limits
        What each submission may use.
    walled : bool
        False runs student code with nothing but limits around it.
    course : str
        The course directory, which is hidden wherever it is.
    wait : bool
        Whether to wait until the process is warm, or to do so when it is needed.
    fonts : str
        A folder with Matplotlib's list of fonts, see `list_of_fonts`; empty for Matplotlib's own.

    Raises
    ------
    CourseError
        If the wall cannot be built.
    """

    def __init__(
        self,
        slot: int = 0,
        limits: Limits | None = None,
        walled: bool = True,
        course: str = "",
        wait: bool = True,
        fonts: str = "",
    ) -> None:
        if walled and can_be_walled():
            raise CourseError(f"student code cannot be walled off: {can_be_walled()}.")
        self.limits = limits or Limits()
        self.walled = walled
        self.course = course
        self._fonts = Path(fonts) if fonts else _font_lists()
        self._slot = slot
        self._is_root = walled and os.geteuid() == 0
        self._folder = tempfile.TemporaryDirectory(prefix="course-grade-")
        folder = Path(self._folder.name)
        folder.chmod(0o755)  # the student's user reads the package
        write_package(folder / "package")
        self._log = (folder / "log").open("wb+")
        self._groups = _memory_groups(folder.name, self.limits.memory) if walled else None
        self._start(folder)
        if wait:
            self._wait_until_warm()

    def _start(self, folder: Path) -> None:
        """Start the warm process."""
        ours, theirs = socket.socketpair()
        self._control = ours
        python = [sys.executable if not self.walled else os.path.realpath(sys.executable)]
        package = _PACKAGE if self.walled else str(folder / "package")
        libraries = _libraries().values() if self.walled else _libraries()
        start = _START.format(paths=[package, *libraries])
        command = [*python, *_ALONE, "-c", start, str(theirs.fileno()), self._word()]
        if self.walled:
            wall = _bubblewrap(folder / "package", self._is_root, self.course, self._fonts)
            command = [*wall, *command]
        self._process = subprocess.Popen(
            command,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            pass_fds=[theirs.fileno()],
            cwd="/",
        )
        theirs.close()
        self._is_warm = False

    def _wait_until_warm(self) -> None:
        """Wait until it has imported everything."""
        if self._is_warm:
            return
        begun = time.monotonic()
        try:
            while not select.select([self._control], [], [], _ANSWER_SECONDS)[0]:
                used = processor_seconds(self._process.pid)
                if used > _ANSWER_SECONDS or time.monotonic() > begun + _WARM_SECONDS:
                    raise TimeoutError(f"it was not warm after {used:.0f} seconds")
            self._hear()
            self._is_warm = True
        except (OSError, ValueError) as error:
            self._process.kill()
            raise CourseError(f"student code cannot be walled off: {self.complaint()}") from error

    def _word(self) -> str:
        return "walled" if self.walled else "bare"

    @property
    def keeper(self) -> str:
        """Who keeps the limit on the memory of all processes of a submission together."""
        return "the kernel (control group)" if self._groups else "a watch"

    def keeps_memory_together(self) -> bool:
        """Whether somebody keeps that limit, for a submission that is there now."""
        return self._groups is None or self._groups.hold_something()

    def complaint(self) -> str:
        """Return the last thing that the warm process has complained of."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().split("\n")
        return lines[-1] or "the sandbox did not start"

    @contextlib.contextmanager
    def submission(self) -> Iterator["Inmate"]:
        """Give a new process for one submission; afterwards nothing of it is left.

        Raises
        ------
        CourseError, OSError, ValueError
            If there is none. The next submission gets a new warm process.
        """
        inmate = self.begin()
        try:
            yield inmate
        finally:
            self.end(inmate)

    def begin(self, seat: int = 0, lent: Collection[str] | None = None) -> "Inmate":
        """Start a new process for one submission.

        Parameters
        ----------
        seat : int
            Which of those that are there at the same time.
        lent : Collection of str, optional
            What it may use of the course's library; None stands for all of it.

        Raises
        ------
        CourseError, OSError, ValueError
            If there is none. The next submission gets a new warm process.
        """
        if self._process.poll() is not None:
            self._control.close()
            self._start(Path(self._folder.name))
        self._wait_until_warm()
        own = None if self.walled else tempfile.TemporaryDirectory(prefix="course-grade-")
        ours, theirs = socket.socketpair()
        order = {
            "do": "fork",
            "user": _FIRST_USER + (self._slot + seat) % 1000 if self._is_root else None,
            "folder": own.name if own else "/tmp",
            "folder_bytes": self.limits.folder_size,
            "limits": self.limits.as_resources(),
            "lent": None if lent is None else sorted(lent),
        }
        try:
            with theirs, self._entrance(seat) as entrance:
                passed = [theirs.fileno(), *([entrance.fileno()] if entrance else [])]
                pid = self._ask(order, *passed)["pid"]
        except (OSError, ValueError):
            ours.close()
            if own:
                own.cleanup()
            raise
        return Inmate(Channel(ours), self.limits, pid, own)

    def _entrance(self, seat: int) -> contextlib.AbstractContextManager[BinaryIO | None]:
        return self._groups.entrance(seat) if self._groups else contextlib.nullcontext()

    def end(self, inmate: "Inmate") -> None:
        """End the process of a submission, and all that it has started.

        Raises
        ------
        OSError, ValueError
            If the warm process is gone, and the submission's with it.
        """
        inmate.channel.close()
        try:
            inmate.ending = Ending(**self._ask({"do": "end", "pid": inmate.pid}))
        finally:
            if inmate.folder:
                inmate.folder.cleanup()

    def usage(self, inmate: "Inmate") -> tuple[float, float]:
        """Return how long a submission has waited for a core, and its processor time.

        Raises
        ------
        OSError, ValueError
            If the warm process is gone.
        """
        found = self._ask({"do": "usage", "pid": inmate.pid})
        return found["waited"], found["used"]

    def let_go(self) -> None:
        """Let go of the warm process, in a fork that has no use for it."""
        self._control.close()

    def _ask(self, order: dict[str, Any], *descriptors: int) -> dict[str, Any]:
        """Give an order to the warm process; end it where it does not answer."""
        try:
            socket.send_fds(self._control, [json.dumps(order).encode()], descriptors)
            return self._hear()
        except (OSError, ValueError):
            self._process.kill()
            self._process.wait()
            raise

    def _hear(self) -> dict[str, Any]:
        self._control.settimeout(_ANSWER_SECONDS)
        data = self._control.recv(64 * 1024)
        if not data:
            raise Closed("The warm process is gone.")
        return json.loads(data)

    def close(self) -> None:
        """End the warm process and everything that it has started."""
        self._control.close()
        if not self._is_warm:  # nobody waits until it is
            self._process.kill()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        if self._groups:
            self._groups.remove()
        self._folder.cleanup()

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Inmate:
    """One submission's process, as the grader sees it."""

    def __init__(
        self,
        channel: Channel,
        limits: Limits,
        pid: int,
        folder: tempfile.TemporaryDirectory | None = None,
    ) -> None:
        self.channel = channel
        self.limits = limits
        self.pid = pid
        self.folder = folder
        self.started = time.monotonic()
        self.ending: Ending | None = None

    @property
    def end(self) -> float:
        """When the submission's time is up, on the monotonic clock."""
        return self.started + self.limits.seconds


def _memory_groups(name: str, most: int) -> MemoryGroups | None:
    """Return control groups, where this process may make some."""
    try:
        return MemoryGroups(name, most)
    except OSError:
        return None


_ALONE = ("-P", "-s", "-S")  # not -I, which reads no PYTHONHASHSEED: nothing else is set
_START = (
    "import sys; sys.path[:0] = {paths!r}\n"
    "from helpers.course.grading.inside.forkserver import main\n"
    "main(int(sys.argv[1]), sys.argv[2] == 'walled')"
)


def _libraries() -> dict[str, str]:
    """Return the folders of installed packages, and where they stand behind the wall."""
    paths = sysconfig.get_paths()
    more = [path for path in sys.path if path.endswith(("/site-packages", "/dist-packages"))]
    folders = dict.fromkeys([paths["purelib"], paths["platlib"], *more])
    found = filter(os.path.isdir, folders)
    return {folder: f"/packages/{number}" for number, folder in enumerate(found)}


def _bubblewrap(package: Path, is_root: bool, course: str, fonts: Path) -> list[str]:
    """Return the command that builds the outer wall."""
    own_user = () if is_root else ("--unshare-user", "--uid", "0", "--gid", "0")
    return [
        "bwrap",
        *own_user,
        *("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"),
        *("--unshare-cgroup-try", "--hostname", "sandbox"),
        *("--die-with-parent", "--new-session", "--cap-add", "ALL"),
        *("--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp"),
        *_shown(fonts),
        *_hidden(course),
        *("--ro-bind", str(package), _PACKAGE),
        *("--remount-ro", "/dev", "--remount-ro", "/"),
        "--",
    ]


def _shown(fonts: Path) -> Iterator[str]:
    """Show what a student's process may read: programs, fonts, and the Python environment.

    Nothing else is there. Of Python it is the interpreter and the libraries below its prefix.
    """
    for path in shown_paths():
        if os.path.islink(path):
            yield from (*_folders_above(path), "--symlink", os.readlink(path), path)
        elif os.path.exists(path):
            yield from (*_folders_above(path), "--ro-bind", path, path)
    for path, place in _libraries().items():
        yield from (*_folders_above(place), "--ro-bind", path, place)
    for found in fonts.glob("fontlist-*.json"):
        yield from ("--ro-bind", str(found), f"{_FONTS}/{found.name}")


def shown_paths() -> list[str]:
    """Return the folders and files that are shown where they are; none lies in another one."""
    python = [os.path.realpath(sys.executable), f"{sys.base_prefix}/lib"]
    paths = dict.fromkeys([*_SYSTEM, *_FONT_FOLDERS, *_SETTINGS, *python])
    folders = [Path(path) for path in paths]
    return [
        str(path)
        for path in folders
        if not any(path.is_relative_to(f) and path != f for f in folders)
    ]


def _hidden(course: str) -> Iterator[str]:
    """Hide what lies in a folder that is shown: the course, however it is installed.

    Packages are shown elsewhere, without the course.
    """
    places = [Path(path) for path in shown_paths() if os.path.isdir(path)]
    packages = [found for place in places for glob in _PACKAGES for found in place.glob(glob)]
    own = [Path(course)] if course and any(Path(course).is_relative_to(p) for p in places) else []
    for folder in dict.fromkeys(str(folder.resolve()) for folder in (*packages, *own)):
        if os.path.isdir(folder):
            yield from ("--tmpfs", folder, "--remount-ro", folder)
    for path, place in _libraries().items():
        if os.path.isdir(f"{path}/helpers"):
            yield from ("--tmpfs", f"{place}/helpers", "--remount-ro", f"{place}/helpers")


def _folders_above(path: str) -> Iterator[str]:
    """Make the folders that a path is in; bubblewrap's own would be closed to other users."""
    for parent in list(Path(path).parents)[-2::-1]:
        yield from ("--perms", "0755", "--dir", str(parent))


def list_of_fonts(folder: str) -> str:
    """Return a folder with a list of fonts; where Matplotlib has none of its own, make one.

    To search all fonts takes long, and no clock of a submission or of a warm process runs here.
    """
    own = _font_lists()
    installed = Path(find_spec("matplotlib").origin).stat().st_mtime
    if any(found.stat().st_mtime > installed for found in own.glob("fontlist-*.json")):
        return str(own)
    made = str(Path(folder, "fonts"))
    with contextlib.ExitStack() as end:
        with afterward():  # when there is something that Ctrl-C can end
            search = subprocess.Popen(
                [sys.executable, "-c", "import matplotlib.font_manager"],
                env={**os.environ, "MPLCONFIGDIR": made},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            end.callback(search.wait)
            end.callback(search.kill)
        search.wait()
    return made


def _font_lists() -> Path:
    """Return where Matplotlib keeps its list of fonts, without importing it for that."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("MPLCONFIGDIR") or Path(cache, "matplotlib"))
