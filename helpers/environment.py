"""Is everything here that the course needs? One row for each part, and what to do about it.

It imports nothing that it looks for, so it can say that NumPy is missing.
"""

import platform
import re
from collections.abc import Callable
from importlib import metadata

from helpers.tables import Table

# The oldest versions that will do, as pyproject.toml says.
PYTHON = "3.11"
PACKAGES = {
    "numpy": "1.26",
    "matplotlib": "3.8",
    "pillow": "10",
    "ipywidgets": "7.7",
    "ipython": "7.34",
    "scikit-learn": "1.6",
}

_Find = Callable[[str], str]


def show(find: _Find = metadata.version, python: str | None = None) -> Table:
    """Return a table of the versions that are here, and what to do where one will not do.

    Parameters
    ----------
    find : Callable
        Returns the version of a package, or raises ``PackageNotFoundError``.
    python : str, optional
        The version of Python; this one's by default.
    """
    rows = [_row("Python", python or platform.python_version(), PYTHON, _OTHER_PYTHON)]
    for package, oldest in PACKAGES.items():
        rows.append(_row(package, _version(find, package), oldest, _install(package, oldest)))
    wrong = sum(not row[1].startswith("✓") for row in rows)
    caption = (
        "✓ Everything that the course needs is here."
        if not wrong
        else f"✗ {wrong} of {len(rows)} parts need your attention."
    )
    return Table(caption, ("part", "what to do", "found"), rows)


def _version(find: _Find, package: str) -> str:
    try:
        return find(package)
    except metadata.PackageNotFoundError:
        return ""


def _row(part: str, version: str, oldest: str, remedy: str) -> tuple[str, str, str]:
    if not version:
        return part, f"✗ {remedy}", "missing"
    found = f"version {version}"
    if _numbers(version) >= _numbers(oldest):
        return part, "✓ nothing", found
    return part, f"✗ {remedy}", f"{found}, older than {oldest}"


def _numbers(version: str) -> list[int]:
    """Return the leading numbers of a version, for comparing.

    >>> _numbers("2.4.0rc1") >= _numbers("1.26")
    True
    """
    return [int(part) for part in re.match(r"[\d.]*", version)[0].split(".") if part]


_OTHER_PYTHON = (
    f"Install Python {PYTHON} or newer from python.org, then set the course up again as its "
    "README says."
)


def _install(package: str, oldest: str) -> str:
    return (
        f'Run %pip install "{package}>={oldest}" in a new cell, then choose Kernel, Restart Kernel.'
    )
