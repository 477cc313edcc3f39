"""The course folder, and what goes wrong in it."""

import subprocess
from pathlib import Path

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
    for folder in (start, *start.parents):
        if (folder / CONFIG).exists():
            return folder
    raise CourseError(f"{start} is not in a course: no {CONFIG} here or above. Go to the course.")


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
