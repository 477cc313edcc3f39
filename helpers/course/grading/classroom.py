"""The course directory, as nbgrader lays it out: what was handed in, and what was graded."""

import contextlib
import fnmatch
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from unicodedata import category

from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import is_grade, is_locked, is_solution
from sqlalchemy.engine import make_url
from traitlets.config import Config, PyFileConfigLoader

from helpers.course.folder import CONFIG, CourseError, make_deletable, replacing, stop_walking
from helpers.course.grading.assignments import (
    TIMESTAMP,
    Assignment,
    Notebook,
    Result,
    Submission,
    beside,
)
from helpers.course.grading.lending import named
from helpers.course.nbgrader import RECORD
from helpers.course.nbgrader.submission import bare, read_submission

_LARGEST_FILE = 20 * 2**20
_MOST_FILES = 1_000
_MOST_BYTES = 40 * 2**20
_LONGEST_NAME = 1_000  # bytes, with its folders: it is written again further down


class Classroom:
    """One assignment of a course directory.

    Parameters
    ----------
    root : Path
        The folder with ``nbgrader_config.py``.
    assignment : str
        The name of the assignment.
    database : str, optional
        The gradebook, where it is not the one that the configuration names.
    """

    def __init__(self, root: Path, assignment: str, database: str | None = None) -> None:
        self.name = assignment
        self.config: Config = PyFileConfigLoader(CONFIG, str(root)).load_config()
        self.config.CourseDirectory.root = str(root)
        self.directory = CourseDirectory(config=self.config)
        self.database = database or self.directory.db_url
        self.course = self.directory.course_id
        self._unfinished = f".{assignment}-"  # how folders begin that are being written

    def penalties(self) -> LateSubmissionPlugin:
        """Return what decides what being late costs."""
        return AssignLatePenalties(config=self.config).plugin_class(config=self.config)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Let no other process grade this assignment; the lock ends with the process.

        Raises
        ------
        CourseError
            If another one does, or nothing can be written here.
        """
        import fcntl  # not there on Windows, where `course stats` works

        try:
            self.reports().mkdir(parents=True, exist_ok=True)
            opened = (self.reports() / ".lock").open("w")
        except OSError as error:
            reason = f"{error.filename}: {error.strerror}"
            raise CourseError(f"nothing can be written here ({reason}).") from error
        with opened as lock:
            try:
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError):
                raise CourseError(f"another `course grade {self.name}` is at work here.") from None
            yield

    def make_private(self) -> None:
        """Let nobody else on this machine read marks and graded notebooks."""
        root = Path(self.directory.root)
        parts = [
            Path(self.directory.format_path(self._part(part), "", "")).resolve()
            for part in ("autograded", "feedback")
        ]
        for folder in parts:
            folder.mkdir(parents=True, exist_ok=True)
        url = make_url(self.database)
        book = [root / url.database] if url.get_backend_name() == "sqlite" and url.database else []
        with contextlib.suppress(PermissionError):  # another instructor's, who sees to it
            for folder in (self.reports().parent, self.reports(), *parts):
                folder.chmod(0o700)
            for file in book:
                file.chmod(0o600)

    # Before ---------------------------------------------------------------------------------------

    def students(self) -> list[str]:
        """Return who has handed in.

        Raises
        ------
        CourseError
            If nobody has.
        """
        pattern = self._path("submitted", "*")
        depth = Path(self._path("submitted", "STUDENT")).parts.index("STUDENT")
        found = {path.parts[depth] for path in _glob(pattern) if path.is_dir()}
        if not found:
            raise CourseError(f"nobody has handed in {self.name}: there is no {pattern}.")
        return sorted(found)

    def submission(self, student: str) -> Submission:
        """Read what a student handed in, notebooks first.

        Raises
        ------
        OSError
            If a file or a folder cannot be read.
        """
        folder = Path(self._path("submitted", student))
        files, too_large, total = {}, [], 0
        for path in sorted(self._files(folder), key=_is_no_notebook):
            name = path.relative_to(folder).as_posix()
            size = path.stat().st_size
            too_much = size > _LARGEST_FILE or total + size > _MOST_BYTES
            if too_much or len(files) >= _MOST_FILES or len(name.encode()) > _LONGEST_NAME:
                too_large.append(name)
                continue
            total += size
            files[name] = path.read_bytes()
        return Submission(student, files, tuple(too_large))

    def assignment(self, notebooks: Iterable[Notebook]) -> Assignment:
        """Put together all that is needed to grade the assignment."""
        source = Path(self.directory.format_path(self._part("source"), ".", self.name))
        files = {
            path.relative_to(source).as_posix(): path.read_bytes()
            for path in (self._files(source) if source.is_dir() else ())
            if path.suffix != ".ipynb"
        }
        return Assignment(self.name, tuple(map(self._with_release, notebooks)), files)

    def _with_release(self, notebook: Notebook) -> Notebook:
        """Add what is known of the notebook that students got."""
        for part in ("release", "source"):
            folder = Path(self.directory.format_path(self._part(part), ".", self.name))
            path = folder / f"{notebook.name}.ipynb"
            if path.exists():
                cells = read_submission(path.read_bytes()).cells
                lent = named(cell.source for cell in cells if not is_solution(cell))
                released = (bare(cell.source) for cell in cells if _is_demonstration(cell))
                return replace(notebook, released=frozenset(released), lent=lent)
        return notebook

    # After ----------------------------------------------------------------------------------------

    def is_graded(self, student: str) -> bool:
        """Return whether what a student handed in is what was graded last."""
        try:
            path = Path(self._path("autograded", student)) / RECORD
            graded = json.loads(path.read_text(encoding="utf-8"))["submission"]
            return graded == self.submission(student).digest
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def forget(self, student: str) -> None:
        """Forget which submission was graded last, so that it counts as not graded."""
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            (Path(self._path("autograded", student)) / RECORD).unlink()

    def graded_notebooks(self, student: str) -> list[Path]:
        """Return the graded notebooks of a student."""
        return sorted(Path(self._path("autograded", student)).glob("*.ipynb"))

    def reports(self) -> Path:
        """Return the folder for what a run has to say."""
        return Path(self.directory.root) / "grading" / self.name

    def write(
        self, submission: Submission, assignment: Assignment, result: Result, walled: bool = True
    ) -> None:
        """Put the graded notebooks where `nbgrader autograde` puts them, in one go."""
        target = Path(self._path("autograded", submission.student))
        with replacing(target, self._unfinished) as new:
            _fill(new, _contents(submission, assignment, result))
            record = {"submission": result.digest, "walled": walled}
            _fill(new, [(RECORD, json.dumps(record).encode())])
            self._remove_feedback(submission.student)  # while it still counts as not graded

    def _remove_feedback(self, student: str) -> None:
        """Remove feedback on what was graded before; nbgrader would take it for up to date."""
        feedback = Path(self._path("feedback", student))
        if feedback.exists():
            make_deletable(feedback)
            shutil.rmtree(feedback)

    def tidy(self) -> None:
        """Remove what a run that was killed while it wrote has left."""
        everyone = Path(self._path("autograded", "*")).parent
        for folder in _glob(f"{everyone / self._unfinished}*"):
            make_deletable(folder)
            shutil.rmtree(folder)

    def _path(self, part: str, student: str) -> str:
        return self.directory.format_path(self._part(part), student, self.name)

    def _part(self, part: str) -> str:
        return getattr(self.directory, f"{part}_directory")

    def _files(self, folder: Path) -> Iterator[Path]:
        """Yield the files of a folder; a link could lead anywhere, and is left out."""
        for where, folders, names in os.walk(folder, onerror=stop_walking):
            inside = len(os.fsencode(os.path.relpath(where, folder)))
            folders[:] = sorted(f for f in folders if not self._is_ignored(f))
            if inside > _LONGEST_NAME:  # what lies further down is not looked for
                folders.clear()
            for name in sorted(names):
                path = Path(where, name)
                if path.is_file() and not path.is_symlink() and not self._is_ignored(str(path)):
                    yield path

    def _is_ignored(self, path: str) -> bool:
        try:
            path.encode()
        except UnicodeEncodeError:  # a name in another encoding, which cannot be sent on
            return True
        if any(category(c) == "Cc" for c in Path(path).name):  # nbgrader's log shows it as it is
            return True
        return any(fnmatch.fnmatch(Path(path).name, p) for p in self.directory.ignore)


def _is_demonstration(cell: NotebookNode) -> bool:
    """Whether a cell of a release is code that is not the student's to change."""
    graded = is_grade(cell) or is_solution(cell) or is_locked(cell)
    return cell.cell_type == "code" and not graded


def _is_no_notebook(path: Path) -> bool:
    return path.suffix.lower() != ".ipynb"


def _glob(pattern: str) -> Iterator[Path]:
    path = Path(pattern)
    return Path(path.anchor).glob(str(path.relative_to(path.anchor)))


def _contents(
    submission: Submission, assignment: Assignment, result: Result
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a graded submission: the student's, the instructor's, the notebooks."""
    yield from beside(submission, assignment, reserved=[RECORD, TIMESTAMP]).items()
    if submission.handed_in:  # nothing but a date: nbgrader shows it, and stops at what is none
        yield TIMESTAMP, f"{submission.handed_in} UTC".encode()
    for name, graded in result.notebooks.items():
        yield f"{name}.ipynb", graded.text.encode("utf-8", "replace")


def _fill(folder: Path, contents: Iterable[tuple[str, bytes]]) -> None:
    """Write files that can only be read, as nbgrader's are."""
    for name, data in contents:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o444)
