"""The course folder, and what goes wrong in it."""

import contextlib
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import helpers

CONFIG = "nbgrader_config.py"


class CourseError(Exception):
    """Something that the person at the keyboard can mend; the message says how."""


def find_root(start: Path) -> Path:
    """Return the course folder that `start` is in.

    Raises
    ------
    CourseError
        If there is none.
    """
    if (root := _root_above(start)) is None:
        raise CourseError(
            f"{start} is not in a course: no {CONFIG} here or above. Go to the course."
        )
    return root


def _root_above(start: Path) -> Path | None:
    folders = (start, *start.parents)
    return next((folder for folder in folders if (folder / CONFIG).exists()), None)


def refuse_strange_helpers(start: Path, arguments: Sequence[str]) -> None:
    """Stop in a clone of the course whose `helpers` are not the ones that are running.

    Parameters
    ----------
    start : Path
        A folder, in a course or not.
    arguments : sequence of str
        What the command was called with, to be typed again.

    Raises
    ------
    CourseError
        If the course has its own `helpers`, and they are others.
    """
    root, running = _root_above(start), Path(helpers.__file__).parent
    if root is None or not (own := root / running.name / "__init__.py").exists():
        return  # an instructor's folder: it has none of its own
    if not own.samefile(helpers.__file__):
        again = shlex.join([sys.executable, "-m", "helpers.course.cli", *arguments])
        raise CourseError(
            f"this command would work on {root} with the helpers of another copy, "
            f"{running.parent}. Type: cd {shlex.quote(str(root))} && {again}"
        )


def read(path: Path) -> str:
    """Return a text of the course.

    Raises
    ------
    CourseError
        If it is not written in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CourseError(f"byte {error.start} is no UTF-8. Save the file as UTF-8.") from None


def tracked(root: Path) -> list[Path]:
    """Return the files that belong to the course and are no one's own, sorted.

    Raises
    ------
    CourseError
        If the folder is no repository of its own, which alone can tell.
    """
    command = ["git", "-C", str(root), "ls-files", "-z"]
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CourseError(
            f"git cannot say which files of {root} are the course's. "
            "Install git, and do this in a clone of the repository."
        ) from error
    names = done.stdout.decode("utf-8").split("\0")
    return sorted(path for name in names if name and (path := root / name).is_file())


@contextlib.contextmanager
def replacing(folder: Path, prefix: str = ".new-") -> Iterator[Path]:
    """Give a place for a folder that takes another one's in one go, once it is whole.

    Parameters
    ----------
    folder : Path
        Where it will be. What is there stays if anything is raised meanwhile.
    prefix : str, optional
        How the name of the folder beside it begins in which the new one is made.

    Yields
    ------
    Path
        Where to make it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=prefix) as work:
        new, old = Path(work, "new"), Path(work, "old")
        yield new
        if folder.exists():
            os.replace(folder, old)
        try:
            os.replace(new, folder)
        except BaseException:  # such as Ctrl-C
            if old.exists() and not folder.exists():
                os.replace(old, folder)
            raise
        make_deletable(old)


def make_deletable(folder: Path) -> None:
    """Let what is in a folder be removed, as nbgrader's files, which can only be read, cannot."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


def stop_walking(error: OSError) -> None:
    """Raise what `os.walk` and `os.fwalk` pass over: a folder that cannot be read is not empty."""
    raise error
