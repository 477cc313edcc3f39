"""``course clean``: make harmless what was graded before the graders did so themselves."""

import glob
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

from helpers.course.folder import CONFIG, CourseError
from helpers.course.grading.words import counted
from helpers.course.nbgrader.harmless import harmless
from helpers.course.nbgrader.submission import read_submission


def clean(root: Path, assignment: str = "*") -> int:
    """Rewrite graded notebooks, and remove the feedback that was made from them.

    Raises
    ------
    CourseError
        If nothing of the assignment was graded, or something cannot be read or written.
    """
    config: Config = PyFileConfigLoader(CONFIG, str(root)).load_config()
    config.CourseDirectory.root = str(root)
    directory = CourseDirectory(config=config)
    found = list(_files(directory, "autograded", assignment, "ipynb"))
    if not found:
        what = "nothing" if assignment == "*" else f"nothing of {assignment}"
        raise CourseError(
            f"{what} was graded: there is no notebook in "
            f"{directory.format_path(directory.autograded_directory, '*', assignment)}."
        )
    try:
        unclean = [path for path in found if _cleaned(path)]
        pages = list(_files(directory, "feedback", assignment, "html")) if unclean else []
        for page in pages:
            page.unlink()
        for path in unclean:  # last: they tell a second run that pages are to go
            _rewrite(path)
    except OSError as error:
        raise CourseError(
            f"not all could be made clean ({error}). Once that is mended, type the command again."
        ) from error
    done = f"{len(unclean)} of them made clean" if unclean else "clean already"
    print(f"{counted(len(found), 'graded notebook')}, {done}.")
    if pages:
        print(
            f"Removed {counted(len(pages), 'page')} of feedback made before. To make it again: "
            "nbgrader generate_feedback ASSIGNMENT --force"
        )
    return 0


def _files(directory: CourseDirectory, part: str, assignment: str, ending: str) -> Iterator[Path]:
    """Yield the files of all students."""
    folder = getattr(directory, f"{part}_directory")
    pattern = directory.format_path(folder, "*", assignment)
    found = map(Path, sorted(glob.glob(f"{pattern}/*.{ending}")))
    yield from filter(Path.is_file, found)


def _cleaned(path: Path) -> NotebookNode | None:
    """Return what a notebook is to be; None where it is that already."""
    before = _read(path)
    after = harmless(before or read_submission(b""))
    return None if after == before else after


def _rewrite(path: Path) -> None:
    """Write one notebook in one go, as what it is to be."""
    text = nbformat.writes(_cleaned(path))
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".") as work:
        new = Path(work, path.name)
        new.write_bytes(text.encode("utf-8", "replace"))
        new.chmod(path.stat().st_mode & 0o777)
        os.replace(new, path)


def _read(path: Path) -> NotebookNode | None:
    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, AttributeError, KeyError, TypeError):
        return None
