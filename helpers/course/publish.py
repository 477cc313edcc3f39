"""The repository's name on GitHub: one name, wherever a link needs it."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from helpers.course.folder import CourseError, tracked

_URL = "https://github.com/"
_OWNER = r"[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,38}"
_REPOSITORY = r"(?!\.{1,2}$)(?!.*\.git$)[A-Za-z0-9._-]{1,100}"


def publish(root: Path, name: str) -> list[Path]:
    """Write the repository's new name wherever the old one stands; return the files changed.

    The old one is that of `current`.

    Raises
    ------
    CourseError
        If the name cannot be one on GitHub.
    """
    if not re.fullmatch(f"{_OWNER}/{_REPOSITORY}", name):
        raise CourseError(
            f"{name!r} is no repository on GitHub. Give its owner, a slash and its name, "
            "as in: course publish ada-lovelace/backprop"
        )
    old = current(root)
    changed = list(_renamed(root, old, name)) if name != old else []
    for path, text in changed:
        path.write_bytes(text.encode("utf-8"))
    return [path for path, _ in changed]


def current(root: Path) -> str:
    """Return the name that stands in pyproject.toml, the one place where it is looked up.

    Raises
    ------
    CourseError
        If there is none.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    url = project.get("urls", {}).get("Repository", "")
    if not re.fullmatch(f"{re.escape(_URL)}{_OWNER}/{_REPOSITORY}", url):
        raise CourseError(
            'pyproject.toml needs, below [project.urls]: Repository = "https://github.com/OWNER/NAME"'
        )
    return url.removeprefix(_URL)


def _renamed(root: Path, old: str, new: str) -> Iterator[tuple[Path, str]]:
    """Yield each text that names the repository, with the name exchanged."""
    name = re.compile(rf"(?<![\w.-]){re.escape(old)}(?![\w-])")
    for path in tracked(root):
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        exchanged = name.sub(new, text)
        if exchanged != text:
            yield path, exchanged
