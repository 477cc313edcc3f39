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
        If nothing of the assignment was graded.
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
    changed = [path for path in found if _clean_file(path)]
    pages = list(_files(directory, "feedback", assignment, "html")) if changed else []
    for page in pages:
        page.unlink()
    done = f"{len(changed)} of them made clean" if changed else "clean already"
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
    yield from (Path(path) for path in sorted(glob.glob(f"{pattern}/*.{ending}")))


def _clean_file(path: Path) -> bool:
    """Rewrite one notebook in one go; return whether that was needed."""
    before = _read(path)
    after = harmless(before) if before else harmless(read_submission(b""))
    if after == before:
        return False
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=".", delete=False
    ) as file:
        file.write(nbformat.writes(after))
    os.chmod(file.name, path.stat().st_mode & 0o777)
    os.replace(file.name, path)
    return True


def _read(path: Path) -> NotebookNode | None:
    try:
        return nbformat.read(path, as_version=4)
    except (ValueError, AttributeError, KeyError, TypeError):
        return None
