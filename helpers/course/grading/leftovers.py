"""Temporary folders and control groups end with the run that made them, even if it is killed."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from helpers.course.grading.memory_groups import remove_groups

_PREFIX = "course-grade-"
_LOCK = ".in-use"


class WorkFolder:
    """A temporary folder, and what earlier runs have left of theirs is removed.

    A lock in it is held as long as a process of this run lives.
    """

    def __init__(self) -> None:
        for folder in _left_behind():
            _remove(folder)
        self.path = tempfile.mkdtemp(prefix=_PREFIX)
        try:
            os.chmod(self.path, 0o755)  # students' users read the package, which is in there
            new = Path(self.path, f"{_LOCK}.new")
            self._lock = new.open("w")
            _lock(self._lock)
            new.rename(Path(self.path, _LOCK))  # another run finds no lock that nobody holds yet
        except BaseException:  # such as Ctrl-C
            shutil.rmtree(self.path, ignore_errors=True)
            raise

    def remove(self) -> None:
        """Remove it."""
        _remove(Path(self.path))
        self._lock.close()


def _remove(folder: Path) -> None:
    """Remove a folder, and the control groups of sandboxes in it that were killed."""
    for sandbox in folder.glob(f"{_PREFIX}*"):
        remove_groups(sandbox.name)
    shutil.rmtree(folder, ignore_errors=True)


def _left_behind() -> Iterator[Path]:
    """Yield the folders of runs that have ended without removing them."""
    for lock in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        with contextlib.suppress(OSError), lock.open("r+") as opened:  # another's, or just gone
            _lock(opened)
            yield lock.parent


def _lock(file: IO) -> None:
    """Lock a file.

    Raises
    ------
    OSError
        If somebody else has.
    """
    if sys.platform == "win32":  # where nothing is graded
        return
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
