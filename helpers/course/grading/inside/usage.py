"""What a submission's processes use: processor time, memory, and time spent waiting for a core."""

import os
from collections.abc import Iterator
from pathlib import Path

_PARENT, _FIRST_TIME, _AFTER_TIMES = 1, 11, 15  # of the fields of /proc/PID/stat after the name
_BYTES_OF_A_FILE = 208 * 1024  # a socket that nobody reads holds so much (net.core.wmem_default)


def waited(pid: int | str = "self") -> float:
    """Return how many seconds a process was ready to run, and no core was free; 0 if unknown."""
    try:
        return _waited(Path(f"/proc/{pid}/schedstat").read_bytes())
    except OSError:
        return 0.0


def _waited(schedstat: bytes) -> float:
    fields = schedstat.split()
    return int(fields[1]) / 1e9 if len(fields) > 1 else 0.0


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and all that it has started; 0 if unknown.

    What its children have started and left behind has become its own child.
    """
    return sum(time for _, time in _tree(pid)) / os.sysconf("SC_CLK_TCK")


def takes_more_memory(pid: int, most: int) -> bool:
    """Whether a process and all that it has started hold more bytes of memory than `most`.

    What they share counts once, and each open file with what the kernel may hold for it.
    """
    numbers = [number for number, _ in _tree(pid)]
    most -= sum(map(_open_files, numbers)) * _BYTES_OF_A_FILE
    if sum(_bytes(number, "status", ("RssAnon", "RssShmem")) for number in numbers) <= most:
        return False
    shared = ("Pss_Anon", "Pss_Shmem")  # takes more time to find out
    return sum(_bytes(number, "smaps_rollup", shared) for number in numbers) > most


def _open_files(number: int) -> int:
    try:
        return len(os.listdir(f"/proc/{number}/fd"))
    except OSError:  # it has just ended
        return 0


def _bytes(pid: int, file: str, names: tuple[str, ...]) -> int:
    """Add up some lines of a file that has kilobytes in it."""
    try:
        lines = (
            Path(f"/proc/{pid}/{file}").read_text(encoding="ascii", errors="replace").split("\n")
        )
    except OSError:  # it has just ended
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.split(":")[0] in names)


def _tree(pid: int) -> Iterator[tuple[int, int]]:
    """Yield the number and the time of a process, and of all that is below it."""
    known = dict(_processes())
    children: dict[int, list[int]] = {}
    for number, (parent, _) in known.items():
        children.setdefault(parent, []).append(number)
    below = {pid}
    while below:
        number = below.pop()
        if number in known:
            yield number, known[number][1]
        below.update(children.get(number, ()))


def _processes() -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the number of each process, its parent's, and its time with that of its dead."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            _, _, rest = (folder / "stat").read_bytes().rpartition(b")")  # a name may hold any
        except OSError:  # it has just ended
            continue
        fields = rest.split()
        times = map(int, fields[_FIRST_TIME:_AFTER_TIMES])
        yield int(folder.name), (int(fields[_PARENT]), sum(times))


class OwnWait:
    """How long this process has waited for a core, where it will see no ``/proc``."""

    def __init__(self) -> None:
        try:
            self._file = os.open("/proc/self/schedstat", os.O_RDONLY)
        except OSError:
            self._file = -1

    def seconds(self) -> float:
        """Return it; 0 if unknown."""
        try:
            return _waited(os.pread(self._file, 100, 0))
        except OSError:
            return 0.0
