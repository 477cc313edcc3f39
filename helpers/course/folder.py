"""The course folder, and what goes wrong in it."""

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
