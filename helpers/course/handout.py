"""What students get who shall not have the solutions: one file, made from the sources."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.course import build

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

    The same course makes the same bytes.

    Raises
    ------
    CourseError
        If a student notebook cannot be made from its source.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as work,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name, path in sorted(_files(root, Path(work))):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}")  # its date is the first that a zip knows
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return target


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
