"""``nbgrader collect`` from an exchange folder, in which students can put what they like.

Stock nbgrader follows links, with the instructor's rights: a link called ``x.txt`` to somebody
else's file would be copied, and handed to the student's code. A pipe among the files would end
the command for the whole class, a link to ``/dev/zero`` fill the disk, and a folder with another
student's name count as theirs.
"""

import fnmatch
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from helpers.course.grading.assignments import TIMESTAMP, Submission
from helpers.course.grading.words import printable

_MOST_FILES = 2_000  # and folders
_DEEPEST = 20  # folders
_LONGEST_LIST = 300  # characters of names in the log
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
NOT_THEIRS = (
    "%s is not collected: it belongs to %s. Where all students are one user of the system, "
    "say so: c.ExchangeCollect.check_owner = False"
)


class Collect(ExchangeCollect):
    """Collects regular files only, from folders that belong to the student they are named after."""

    def init_src(self) -> None:
        """Find what there is to collect; a folder that counts for nobody stops nobody."""
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"]]

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """Read a folder's name; no student's where it is not to be collected."""
        try:
            record = super()._path_to_record(path)
        except (ValueError, OverflowError):
            self.log.warning("%s is not collected: its name holds no time.", printable(path))
            return _NOBODYS
        if not stat.S_ISDIR(os.lstat(path).st_mode):
            self.log.warning("%s is not collected: it is no folder.", printable(path))
            return _NOBODYS
        owner = _owner(path)
        if self.check_owner and owner not in ("", record["username"]):
            self.log.error(NOT_THEIRS, printable(path), owner)
            return _NOBODYS
        return record

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy what is a file, and was not swapped for something else meanwhile."""
        with tempfile.TemporaryDirectory(prefix="course-collect-") as folder:
            clean = Path(folder, "clean")
            clean.mkdir()
            left_out = [name for name, copied in self._copied(src, clean) if not copied]
            if left_out:
                listed = printable(", ".join(left_out)[:_LONGEST_LIST])
                self.log.warning("Left out, since only files are collected: %s", listed)
            super().do_copy(str(clean), dest, log)

    def _copied(self, src: str, target: Path) -> Iterator[tuple[str, bool]]:
        """Copy one file after another; yield its name, and whether it could be copied."""
        count = 0
        for folder, folders, names, descriptor in os.fwalk(src, follow_symlinks=False):
            inside = os.path.relpath(folder, src)
            count += 1
            if count > _MOST_FILES:
                yield inside, False
                return
            yield from ((name, False) for name in folders if _is_link(name, descriptor))
            folders[:] = [f for f in folders if not self._is_ignored(f)]
            if inside.count(os.sep) > _DEEPEST:
                folders.clear()
            for name in names:
                count += 1
                data = None if count > _MOST_FILES else self._read(name, descriptor)
                kept = data is not None and not _is_bad_date(inside, name, data)
                if kept and not self._is_ignored(name):
                    with suppress(FileExistsError):
                        (target / inside).mkdir(parents=True)
                    (target / inside / name).write_bytes(data)
                yield os.path.normpath(os.path.join(inside, name)), kept

    def _is_ignored(self, name: str) -> bool:
        return any(fnmatch.fnmatch(name, pattern) for pattern in self.coursedir.ignore)

    def _read(self, name: str, folder: int) -> bytes | None:
        """Return the contents of a file; None where it is none, or too large to be collected."""
        try:
            with open(os.open(name, _OPEN, dir_fd=folder), "rb") as file:
                most = int(1000 * self.coursedir.max_file_size)
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    return None
                data = file.read(most + 1)
                return data if len(data) <= most else None
        except OSError:
            return None


_NOBODYS = {"username": "", "filename": "", "timestamp": datetime.min}


def _owner(path: str) -> str:
    """Return whose folder it is; empty where the system does not say."""
    try:
        return Path(path).owner()
    except (KeyError, NotImplementedError):
        return ""


def _is_link(name: str, folder: int) -> bool:
    return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)


def _is_bad_date(inside: str, name: str, data: bytes) -> bool:
    """Whether it is the file that says when something was handed in, and it does not."""
    is_date = inside == "." and name == TIMESTAMP
    return is_date and Submission("", {TIMESTAMP: data}).has_bad_timestamp
