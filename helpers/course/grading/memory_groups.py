"""A limit that the kernel keeps on all memory of a submission: a control group for each seat.

It counts what belongs to no process as well: files in memory, sockets, pipes. Only root may make
groups at the top of the hierarchy; where there are none, a watch over all processes stands in.
"""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

MOUNTS = Path("/proc/self/mounts")
_LIMITS = {  # by version; the first file must be there, {most} is how many bytes
    1: {"memory.limit_in_bytes": "{most}", "memory.memsw.limit_in_bytes": "{most}"},
    2: {"memory.max": "{most}", "memory.swap.max": "0", "memory.oom.group": "1"},
}
_ENOUGH_SECONDS = 2.0  # for processes to be gone that have been ended


class MemoryGroups:
    """Control groups below one of our own.

    Parameters
    ----------
    name : str
        The name of our own.
    most : int
        Bytes of memory for each group below it.

    Raises
    ------
    OSError
        If there can be none.
    """

    def __init__(self, name: str, most: int) -> None:
        version, top = hierarchy()
        self._limits = {file: text.format(most=most) for file, text in _LIMITS[version].items()}
        self._own = top / name
        self._own.mkdir()
        try:
            if version == 2:
                (self._own / "cgroup.subtree_control").write_text("+memory")
            self.entrance(0).close()
        except OSError:
            self.remove()
            raise

    def entrance(self, seat: int) -> BinaryIO:
        """Return the file by which a process joins the group of a seat: it writes 0 there."""
        group = self._own / f"seat-{seat}"
        if not group.exists():
            group.mkdir()
            for number, (file, text) in enumerate(self._limits.items()):
                if number == 0 or (group / file).exists():
                    (group / file).write_text(text)
        return (group / "cgroup.procs").open("wb", buffering=0)

    def hold_something(self) -> bool:
        """Whether there is a process in one of them."""
        return any(path.read_text() for path in self._own.glob("seat-*/cgroup.procs"))

    def remove(self) -> None:
        """Remove them."""
        _remove(self._own)


def remove_groups(name: str) -> None:
    """Remove the groups of a run that has not done so itself."""
    with contextlib.suppress(OSError):
        _remove(hierarchy()[1] / name)


def _remove(own: Path) -> None:
    until = time.monotonic() + _ENOUGH_SECONDS
    while own.exists() and time.monotonic() < until:
        for group in (*own.glob("seat-*"), own):
            with contextlib.suppress(OSError):  # a process in it is not quite gone
                group.rmdir()
        time.sleep(0.01)


def hierarchy() -> tuple[int, Path]:
    """Return the version of the memory controller, and the folder at its top.

    Raises
    ------
    OSError
        If there is none that we could use.
    """
    for version, top in _mounted():
        if version == 1 or "memory" in (top / "cgroup.subtree_control").read_text().split():
            return version, top
    raise FileNotFoundError("no memory controller")


def _mounted() -> Iterator[tuple[int, Path]]:
    for line in MOUNTS.read_text(encoding="utf-8").splitlines():
        _, place, kind, options, *_ = line.split()
        if kind == "cgroup" and "memory" in options.split(","):
            yield 1, Path(place)
        if kind == "cgroup2":
            yield 2, Path(place)
