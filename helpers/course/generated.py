"""Tables and numbers that stand in a text and are made from the sources.

A region of a text is marked ``<!-- generated: KIND -->`` and ``<!-- end -->``.
In backticks it is none. ``course build`` writes what is between;
``course build --check`` says where it is stale.
The kinds are the functions below whose names begin with ``_make_``.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from helpers.checks import exercises
from helpers.course import outline
from helpers.course.folder import CourseError, read

REGION = re.compile(
    r"(?P<begin>(?<!`)<!-- generated: (?P<kind>[a-z0-9 -]+) -->)(?P<made>.*?)(?P<end><!-- end -->)",
    re.S,
)
_BEGIN = re.compile("(?<!`)<!-- generated: ")
_TEXTS = ("*.md", "docs/*.md", "solutions/*/*.md", "helpers/progress.py")


def texts(root: Path) -> list[Path]:
    """Return the files that may have such regions."""
    found = (root.glob(pattern) for pattern in _TEXTS)
    return sorted(path for paths in found for path in paths)


def refresh(root: Path) -> list[Path]:
    """Write all regions anew; return the files that this changed."""
    changed = list(_changes(root))
    for path, text in changed:
        path.write_text(text, encoding="utf-8", newline="\n")
    return [path for path, _ in changed]


def stale(root: Path) -> list[str]:
    """Return one sentence for each file with a region that is not up to date."""
    return [
        f"{path.relative_to(root).as_posix()} has generated numbers that are not up to date. "
        "Run: course build"
        for path, _ in _changes(root)
    ]


def without_marks(text: str) -> str:
    """Return a text whose regions are no longer marked.

    >>> without_marks("<!-- generated: size -->Two exercises, 3 points.<!-- end --> Go!")
    'Two exercises, 3 points. Go!'
    """
    return REGION.sub(lambda region: region["made"], text)


def _changes(root: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file that is not up to date, with its new text."""
    write = _Writer(root)
    for path in texts(root):
        try:
            old = read(path)
            new = REGION.sub(lambda region, path=path: write.region(region, path), old)
            if len(_BEGIN.findall(old)) != len(REGION.findall(old)):
                raise CourseError("close each <!-- generated: KIND --> with <!-- end -->.")
        except CourseError as error:
            raise CourseError(f"{path.relative_to(root).as_posix()}: {error}") from None
        if new != old:
            yield path, new


class _Writer:
    """Writes regions; reads the course when the first one is met."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def course(self) -> outline.Course:
        return outline.course(self.root)

    def region(self, region: re.Match, path: Path) -> str:
        kind, *rest = region["kind"].split()
        make = getattr(self, f"_make_{kind}", None)
        if make is None:
            makers = (name for name in dir(self) if name.startswith("_make_"))
            kinds = [name.removeprefix("_make_") for name in makers]
            raise CourseError(
                f"there is no generated {region['kind']!r}; there are: {', '.join(kinds)}."
            )
        return region["begin"] + make(path, " ".join(rest)) + region["end"]

    def _make_size(self, path: Path, _: str) -> str:
        """Write in a module how many exercises and points it has."""
        return size(self.course.module(path.stem))

    def _make_worth(self, _: Path, module: str) -> str:
        """Write in a program what each exercise of a module is worth, if there is that module."""
        worth = [m.exercises.values() for m in self.course.modules if m.name == module]
        points = ", ".join(f"{points:g}" for values in worth for points in values)
        return f"\n_WORTH = ({points})\n# "

    def _make_count(self, _: Path, noun: str) -> str:
        """Write how many there are of something in the whole course."""
        return f"{self._count(noun):,}"

    def _make_hundreds(self, _: Path, noun: str) -> str:
        """Write how many there are at least, in round numbers, which rarely change."""
        return f"{self._count(noun) // 100 * 100:,}"

    def _count(self, noun: str) -> int:
        known = counts(self.course)
        if noun not in known:
            raise CourseError(f"{noun!r} are not counted; what is: {', '.join(known)}.")
        return known[noun]

    def _make_hours(self, *_: object) -> str:
        """Write how many hours the whole course takes."""
        low, high = (round(minutes / 60) for minutes in self.course.minutes)
        return f"{low} hours" if low == high else f"{low} to {high} hours"

    def _make_modules(self, path: Path, _: str) -> str:
        """Write the table of modules for somebody who meets the course."""
        rows = [("module", "what you build", "exercises", "points", "time")]
        for module in self.course.modules:
            link = self._link(path, module, f"{module.number} {module.title}")
            points = f"{module.points:g}" if module.points else ""
            rows.append((link, module.summary, _exercises(module), points, _time(module)))
        return _table(rows)

    def _make_weeks(self, path: Path, _: str) -> str:
        """Write the table of modules for somebody who plans a class."""
        rows = [("week", "module", "a student needs about", "points", "talk about in class")]
        for name, weeks in self.course.weeks.items():
            module = self.course.module(name)
            when = " and ".join(str(week) for week in dict.fromkeys((weeks[0], weeks[-1])))
            link = self._link(path, module, f"{module.number} {module.title}")
            points = f"{module.points:g}" if module.points else "practice"
            rows.append((when, link, _time(module), points, module.talk))
        return _table(rows)

    def _link(self, path: Path, module: outline.Module, text: str) -> str:
        up = "../" * len(path.relative_to(self.root).parent.parts)
        return f"[{text}]({up}notebooks/{module.name}/{module.name}.ipynb)"


def counts(course: outline.Course) -> dict[str, int]:
    """Return how many there are of what a text may count, by its plural."""
    known = exercises().values()
    return {
        "checks": len(known),
        "exercises": course.count("exercise"),
        "questions": course.count("question"),
        "points": int(course.points),
        "mistakes": sum(len(exercise.mistakes) for exercise in known),
        "modules": len(course.modules),
        "weeks": max((weeks[-1] for weeks in course.weeks.values()), default=0),
    }


def size(module: outline.Module) -> str:
    """Say how many exercises and points a module has."""
    number = len(module.exercises)
    said = outline.WORDS[number] if number < len(outline.WORDS) else str(number)
    exercises = f"{said.capitalize()} {module.noun}{'s' * (number != 1)}"
    if not module.points:
        return f"{exercises}, for practice: no points."
    return f"{exercises}, {module.points:g} point{'s' * (module.points != 1)}."


def _exercises(module: outline.Module) -> str:
    number = len(module.exercises)
    if not number:
        return ""
    if module.noun == "question":
        return f"{number} questions"
    return str(number) if module.points else f"{number}, for practice"


def _time(module: outline.Module) -> str:
    """Write the time of a module briefly, as in ``2 to 3 h`` or ``80 min``."""
    if module.minutes is None:
        return ""
    low, high = module.minutes
    if any(minutes % 30 for minutes in module.minutes) or high < 60:
        return f"{low} min" if low == high else f"{low} to {high} min"
    said = [f"{minutes // 60}{'½' * (minutes % 60 == 30)}" for minutes in (low, high)]
    return f"{said[0]} h" if low == high else f"{said[0]} to {said[1]} h"


def _table(rows: list[tuple[str, ...]]) -> str:
    head, *body = ("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join(("", head, "|---" * len(rows[0]) + "|", *body, ""))
