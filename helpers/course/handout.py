"""What students get who shall not have the solutions: one file, made from the sources."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.course import build
from helpers.course.folder import CourseError

FOLDER = "backprop-by-hand"
# What sets the course up, and what its pages link to. Notebooks are made anew.
_PARTS = (
    "*.md",
    "CITATION.cff",
    "LICENSE",
    "Makefile",
    "bootstrap.py",
    "docs/**/*",
    "helpers/**/*",
    "pyproject.toml",
    "requirements.txt",
)
_JUNK = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


def handout(root: Path, target: Path) -> Path:
    """Zip the course without its solutions, hidden tests and what people have written into it.

    The same course makes the same bytes. An older file stays until the new one is whole.

    Raises
    ------
    CourseError
        If a student notebook cannot be made from its source, or the file not be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=target.parent, prefix=".handout-") as work:
            made = Path(work) / "made.zip"
            _zip(made, _files(root, Path(work)))
            made.replace(target)
    except OSError as error:
        raise CourseError(
            f"{target} cannot be written: {error.strerror}. Name another file."
        ) from error
    return target


def _zip(target: Path, files: Iterator[tuple[str, Path]]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(files):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}")  # its date is the first that a zip knows
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def _files(root: Path, work: Path) -> Iterator[tuple[str, Path]]:
    """Yield the name of each file in the zip, and where its bytes are."""
    for part in _PARTS:
        for path in root.glob(part):
            if path.is_file() and not _JUNK.intersection(path.parts):
                yield path.relative_to(root).as_posix(), path
    for source in build.find_sources(root, []):
        made = build.student_folder(root, source, build.solutions_notebook(source), work)
        for path in made.rglob("*"):
            if path.is_file():
                yield f"notebooks/{path.relative_to(made.parent).as_posix()}", path
