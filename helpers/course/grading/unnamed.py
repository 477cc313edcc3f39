"""``course mistakes --unnamed``: what a class did wrong that no known mistake names."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.checks import State, exercises
from helpers.course.folder import CourseError
from helpers.course.grading.classroom import Classroom
from helpers.course.grading.words import printable
from helpers.course.nbgrader import exercise_name

_MOST_GROUPS = 10
_MOST_LINES = 25
_LONGEST_LINE = 200
_WRONG = (State.CRASHED.value, State.WRONG.value)

Answers = Counter[tuple[str, str]]  # by source and kind


def unnamed(root: Path, assignment: str, database: str | None = None) -> int:
    """Print the answers, the most frequent ones first, ready to become known mistakes."""
    classroom = Classroom(root, assignment, database)
    found: dict[str, Answers] = defaultdict(Counter)
    graded = sorted(Path(classroom.directory.root).glob(f"autograded/*/{assignment}"))
    if not graded:
        raise CourseError(f"nothing of {assignment} is graded. Run: course grade {assignment}")
    for folder in graded:
        for path in sorted(folder.glob("*.ipynb")):
            for name, source, kind in answers(json.loads(path.read_text(encoding="utf-8"))):
                found[name][source, kind] += 1
    print(as_text(found))
    return 0


def answers(notebook: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield each exercise whose mistake has no name, with the answer and the kind."""
    sources = {}
    for cell in notebook["cells"]:
        marks, found = (cell["metadata"].get(key) or {} for key in ("nbgrader", "course"))
        name = exercise_name(str(marks.get("grade_id", "")))
        if marks.get("solution"):
            sources[name] = _plain("".join(cell["source"]))
        if found.get("state") in _WRONG and not found.get("mistake") and name in exercises():
            yield name, sources.get(name, ""), str(found.get("kind", ""))


def _plain(source: str) -> str:
    """Leave out blank lines, comments, and what a terminal would take as a command."""
    lines = (line.rstrip() for line in source.split("\n"))
    kept = [line for line in lines if line and not line.lstrip().startswith("#")]
    cut = [_short(printable(line)) for line in kept[:_MOST_LINES]]
    return "\n".join([*cut, *["…"] * (len(kept) > _MOST_LINES)])


def _short(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]} …"


def as_text(found: Mapping[str, Answers]) -> str:
    """Lay answers out as text, by exercise."""
    if not found:
        return "Every mistake of this class has a name."
    lines = []
    for name, exercise in exercises().items():
        groups = found.get(name)
        if not groups:
            continue
        lines.append(f"{exercise.number} {name}: {groups.total()} without a name")
        for (source, kind), count in groups.most_common(_MOST_GROUPS):
            lines += ["", f"  {count} ×" + f", looks like: {kind}" * bool(kind)]
            lines += [f"    {line}" for line in source.split("\n")]
        if len(groups) > _MOST_GROUPS:
            lines.append(f"  … and {len(groups) - _MOST_GROUPS} others")
        lines.append("")
    lines.append(
        "To name one: write it into the file of its exercise in helpers/exercises, below\n"
        '@NAME.mistake("What went wrong, and what to do about it."), then: course mistakes NAME'
    )
    return "\n".join(lines)
