"""``nbgrader collect`` from an exchange folder, in which students can put what they like.

Stock nbgrader follows links, with the instructor's rights: a link called ``x.txt`` to somebody
else's file would be copied, and handed to the student's code. A pipe among the files would end
the command for the whole class, a link to ``/dev/zero`` fill the disk, and a folder with another
student's name count as theirs.
"""

import errno
import fnmatch
import os
import stat
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect

from helpers.course.folder import replacing, stop_walking
from helpers.course.grading.assignments import TIMESTAMP, Submission
from helpers.course.grading.words import printable

_MOST_FILES = 2_000  # and folders
_DEEPEST = 20  # folders
_LONGEST_LIST = 300  # characters of names in the log
_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_NO_FILE = (errno.ELOOP, errno.ENXIO)  # what opening a link and a socket says
NOT_THEIRS = (
    "%s is not collected: it belongs to %s. Where all students are one user of the system, "
    "say so: c.ExchangeCollect.check_owner = False"
)
NOBODY_KNOWN = "%s is counted as %s's, though the system does not know to whom it belongs."
NOT_COLLECTED = (
    "%s is not collected: %s. What was collected before is still there. Once that is mended, "
    "type the command again."
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
            if not stat.S_ISDIR(os.lstat(path).st_mode):
                self.log.warning("%s is not collected: it is no folder.", printable(path))
                return _NOBODYS
            owner = _owner(path)
        except (ValueError, OverflowError):
            self.log.warning("%s is not collected: its name holds no time.", printable(path))
            return _NOBODYS
        except OSError as error:
            self._say_why_not(path, error)
            return _NOBODYS
        if self.check_owner and owner not in ("", record["username"]):
            self.log.error(NOT_THEIRS, printable(path), owner)
            return _NOBODYS
        if self.check_owner and not owner:
            self.log.warning(NOBODY_KNOWN, printable(path), printable(record["username"]))
        return record

    def copy_files(self) -> None:
        """Collect one student after another; what cannot be read or written stops nobody.

        Stock nbgrader removes what was collected before it reads what is to take its place.
        """
        if not self.src_records:
            super().copy_files()  # says so
        for record in self.src_records:
            try:
                self._collect(record)
            except OSError as error:
                self._say_why_not(record["filename"], error)

    def _say_why_not(self, folder: str, error: OSError) -> None:
        reason = printable(str(error)[:_LONGEST_LIST])
        self.log.error(NOT_COLLECTED, printable(folder), reason)

    def _collect(self, record: dict[str, Any]) -> None:
        """Collect what one student handed in, if it is to be."""
        student, assignment = record["username"], self.coursedir.assignment_id
        place = self.coursedir.format_path(self.coursedir.submitted_directory, student, assignment)
        what, is_due = self._what_to_do(record["timestamp"], Path(place))
        self.log.info("%s: %s %s", what, printable(student), assignment)
        if is_due:
            with replacing(Path(place)) as new:
                self.do_copy(os.path.join(self.inbound_path, record["filename"]), str(new))

    def _what_to_do(self, timestamp: datetime, place: Path) -> tuple[str, bool]:
        """Return what to say, and whether to collect: as stock nbgrader decides it."""
        if not place.is_dir():
            return "Collecting submission", True
        known = _handed_in(place)
        is_newer = self.update and (known is None or timestamp > known)
        if is_newer or (self.before_duedate and timestamp != known):
            return "Updating submission", True
        if self.update:
            return "No newer submission to collect", False
        return "Submission already exists, use --update to update", False

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
        """Copy one file after another; yield its name, and whether it is one to be copied.

        Raises
        ------
        OSError
            If something cannot be read or written, or if there is too much of it.
        """
        count, room = 0, 1000 * self.coursedir.max_dir_size
        for folder, folders, names, descriptor in os.fwalk(src, onerror=stop_walking):
            inside = os.path.relpath(folder, src)
            count += 1
            if count > _MOST_FILES:
                yield inside, False
                return
            links = {name for name in folders if _is_link(name, descriptor)}
            yield from ((name, False) for name in sorted(links))
            folders[:] = [f for f in folders if f not in links and not self._is_ignored(f)]
            if inside.count(os.sep) > _DEEPEST:
                folders.clear()
            for name in names:
                if self._is_ignored(name):
                    continue
                count += 1
                data = None if count > _MOST_FILES else self._read(name, descriptor)
                kept = data is not None and not _is_bad_date(inside, name, data)
                if kept:
                    room -= len(data)
                    if room < 0:
                        raise OSError(f"it holds more than {self.coursedir.max_dir_size} kB")
                    (target / inside).mkdir(parents=True, exist_ok=True)
                    (target / inside / name).write_bytes(data)
                yield os.path.normpath(os.path.join(inside, name)), kept
        if not count:
            raise OSError("it is no folder any more")

    def _is_ignored(self, name: str) -> bool:
        return any(fnmatch.fnmatch(name, pattern) for pattern in self.coursedir.ignore)

    def _read(self, name: str, folder: int) -> bytes | None:
        """Return the contents of a file; None where it is none, or too large to be collected."""
        try:
            descriptor = os.open(name, _OPEN, dir_fd=folder)
        except OSError as error:
            if error.errno in _NO_FILE:
                return None
            raise
        with open(descriptor, "rb") as file:
            most = int(1000 * self.coursedir.max_file_size)
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            data = file.read(most + 1)
            return data if len(data) <= most else None


_NOBODYS = {"username": "", "filename": "", "timestamp": datetime.min}


def _owner(path: str) -> str:
    """Return whose folder it is; empty where the system does not say."""
    try:
        return Path(path).owner()
    except (KeyError, NotImplementedError):
        return ""


def _handed_in(place: Path) -> datetime | None:
    """Return when it was handed in what was collected; None where nothing says so."""
    path = place / TIMESTAMP
    return Submission("", {TIMESTAMP: path.read_bytes()}).handed_in if path.exists() else None


def _is_link(name: str, folder: int) -> bool:
    return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)


def _is_bad_date(inside: str, name: str, data: bytes) -> bool:
    """Whether it is the file that says when something was handed in, and it does not."""
    is_date = inside == "." and name == TIMESTAMP
    return is_date and Submission("", {TIMESTAMP: data}).has_bad_timestamp
