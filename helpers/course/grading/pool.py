"""Which hidden cases a student's answer meets: one of 32 sets, known to nobody before.

The set and its cases follow from a secret of the course, so that they are the same each time
a submission is graded, and others in another course. What travels to the judges are the seeds
of one student, never the secret.
"""

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

from helpers.course.folder import CourseError
from helpers.course.grading.assignments import Assignment, Hidden, read_check

FILE = "grading-secret"  # beside the gradebook, for its owner only
SETS = 32
_BYTES = 32


class Pool:
    """Chooses hidden cases.

    Parameters
    ----------
    secret : bytes
        Of the course.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @classmethod
    def of_course(cls, root: Path) -> "Pool":
        """Return the pool of a course directory; a new course gets a secret.

        Raises
        ------
        CourseError
            If the file is there and holds no secret, or cannot be read.
        OSError
            If it cannot be written, which may pass: see `patiently`.
        """
        path = root / FILE
        if not path.exists():
            _make(path)
        try:
            return cls(_read(path))
        except OSError as error:
            raise CourseError(f"the secret of the course: {path}: {error.strerror}.") from error

    @property
    def name(self) -> str:
        """A name for the secret that says nothing of it."""
        return self._number("name").to_bytes(_BYTES).hex()[:8]

    def hidden(self, student: str, assignment: Assignment) -> dict[str, Hidden]:
        """Return which hidden cases each check of an assignment is for a student."""
        cells = (cell for notebook in assignment.notebooks for cell in notebook.cells)
        checks = (read_check(cell.source) for cell in cells if cell.points is not None)
        return dict(self._chosen(student, {check.exercise for check in checks if check}))

    def _chosen(self, student: str, exercises: set[str]) -> Iterator[tuple[str, Hidden]]:
        for exercise in sorted(exercises):
            place = self._number("place", student, exercise) % SETS
            yield exercise, Hidden(place, self.seed(exercise, place))

    def seed(self, exercise: str, place: int) -> int:
        """Return what makes the cases of a set."""
        return self._number("seed", exercise, str(place)) % 2**32

    def _number(self, *words: str) -> int:
        text = "\0".join(words).encode("utf-8", "surrogatepass")
        return int.from_bytes(hmac.new(self._secret, text, hashlib.sha256).digest())


def _read(path: Path) -> bytes:
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        secret = b""
    if len(secret) != _BYTES:
        raise CourseError(
            f"{path} does not hold the secret of the course. Put it back from your backup, or "
            "remove the file: then a new one is made, and hidden cases are other ones."
        )
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    return secret


def _make(path: Path) -> None:
    """Make a secret, whole or not at all; of two first runs at once, one makes it for both."""
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f"{FILE}-") as work:
        new = Path(work) / FILE
        new.touch(0o600)
        new.write_text(f"{secrets.token_hex(_BYTES)}\n", encoding="ascii")
        try:
            os.link(new, path)
        except FileExistsError:
            return
        except OSError:  # a disk without hard links
            os.replace(new, path)
