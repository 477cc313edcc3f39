"""Lines at the end of a file, whole: a full disk or a kill leaves half a one."""

import os
from pathlib import Path
from typing import BinaryIO

_BLOCK = 4096  # bytes


def append(path: Path, text: str) -> None:
    r"""Add lines to a file, which is made for its owner only; half a line at its end is cut off.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     _ = Path(file.name).write_text("whole\nhal")
    ...     append(Path(file.name), "next\n")
    ...     Path(file.name).read_text()
    'whole\nnext\n'
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with open(descriptor, "r+b") as file:
        file.seek(_end_of_lines(file))
        file.truncate()
        file.write(text.encode())


def _end_of_lines(file: BinaryIO) -> int:
    """Return where the last whole line ends."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(end - _BLOCK, 0)
        file.seek(start)
        newline = file.read(end - start).rfind(b"\n")
        if newline >= 0:
            return start + newline + 1
        end = start
    return 0
