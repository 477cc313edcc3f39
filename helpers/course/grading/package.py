"""The course's package: which one it is, and without what no student's process may see."""

import hashlib
import shutil
from importlib.util import cache_from_source
from pathlib import Path

_HOME = Path(__file__).parents[2]
_GRADING = "course/grading"
_LEFT_OUT = ("exercises", "quiz", "course")
_PUT_IN = {  # instead: answers are judged elsewhere
    "exercises/__init__.py": "",
    "quiz/__init__.py": "def ask(number):\n    pass\n\n\ndef show(module):\n    pass\n",
}
_TAKEN = (
    "course/__init__.py",
    f"{_GRADING}/__init__.py",
    f"{_GRADING}/channel.py",
    f"{_GRADING}/functions.py",
    f"{_GRADING}/wire.py",
    f"{_GRADING}/inside",
)


def version() -> str:
    """Return a name for exactly this package: the same checks, graded in the same way."""
    found = hashlib.sha256()
    for path in sorted(_HOME.rglob("*.py")):
        found.update(f"{path.relative_to(_HOME)}\n".encode() + path.read_bytes())
    return found.hexdigest()


def write_package(folder: Path) -> None:
    """Write a copy of ``helpers`` into `folder`, without exercises, questions and grader."""

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
            shutil.copy2(source, copy)
    _add_compiled(target)
    for name, text in _PUT_IN.items():
        file = target / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _add_compiled(target: Path) -> None:
    """Add what Python has compiled of these files, and of no others: it takes longer than all else.

    Python uses it where the time and the size of a file are those that were compiled.
    """
    for copy in list(target.rglob("*.py")):
        compiled = Path(cache_from_source(str(_HOME / copy.relative_to(target))))
        if compiled.exists():
            place = Path(cache_from_source(str(copy)))
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(compiled, place)
