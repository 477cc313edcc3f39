"""What a release consists of: a wheel, the course for students, and what has changed."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

from helpers.course.folder import CourseError
from helpers.course.handout import handout
from helpers.course.publish import current


def release(root: Path, tag: str) -> list[Path]:
    """Make the files of a release in ``dist/``, and return them.

    Raises
    ------
    CourseError
        If something of the release is not ready; says what.
    """
    text = notes(root, tag)
    folder = root / "dist"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.whl"):
        old.unlink()
    # What builds the wheel is installed already, pinned: nothing is loaded here.
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    done = subprocess.run([*pip, "--wheel-dir", str(folder), str(root)], capture_output=True)
    if done.returncode:
        raise CourseError(f"no wheel was made. {done.stderr.decode(errors='replace').strip()}")
    (folder / "notes.md").write_text(text, encoding="utf-8")
    return [*folder.glob("*.whl"), handout(root, folder / "students.zip"), folder / "notes.md"]


def notes(root: Path, tag: str) -> str:
    """Return what the changelog says of a release, which must be ready.

    Raises
    ------
    CourseError
        If the tag, the version or the changelog disagree, or the repository has no name yet.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version = project["version"]
    if tag != f"v{version}":
        raise CourseError(f"the tag is {tag}, but pyproject.toml says {version}: tag v{version}.")
    if f"\nversion: {version}\n" not in (root / "CITATION.cff").read_text(encoding="utf-8"):
        raise CourseError(f"CITATION.cff has another version: write {version} there, too.")
    if current(root).startswith("OWNER/"):
        raise CourseError("the repository has no name yet: course publish NAME.")
    sections = (root / "CHANGELOG.md").read_text(encoding="utf-8").split("\n## ")[1:]
    for section in sections:
        heading, _, text = section.partition("\n")
        if heading.startswith(f"{version} "):
            if not re.search(r"\(\d{4}-\d\d-\d\d\)$", heading):
                raise CourseError(f"CHANGELOG.md says {heading}: put the date in parentheses.")
            return text.strip() + "\n"
    raise CourseError(f"CHANGELOG.md has no section ## {version} (date).")
