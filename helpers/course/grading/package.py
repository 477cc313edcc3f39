"""The course's package without what a student's process must not see."""

import shutil
from pathlib import Path

_HOME = Path(__file__).parents[2]
_GRADING = "course/grading"
_LEFT_OUT = ("checks/modules", "course")  # the exercises with their mistakes; the grader itself
_TAKEN = (
    "course/__init__.py",
    f"{_GRADING}/__init__.py",
    f"{_GRADING}/channel.py",
    f"{_GRADING}/wire.py",
    f"{_GRADING}/inside",
)
_NO_EXERCISES = '"""The exercises are not here: answers are judged elsewhere."""\n'


def write_package(folder: Path) -> None:
    """Write a copy of ``helpers`` into `folder`, without exercises and without the grader."""

    def left_out(where: str, names: list[str]) -> list[str]:
        inside = Path(where).relative_to(_HOME)
        return [n for n in names if n == "__pycache__" or (inside / n).as_posix() in _LEFT_OUT]

    target = folder / "helpers"
    shutil.copytree(_HOME, target, ignore=left_out)
    for name in _TAKEN:
        source, copy = _HOME / name, target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy)
    modules = target / "checks" / "modules"
    modules.mkdir()
    (modules / "__init__.py").write_text(_NO_EXERCISES, encoding="utf-8")
