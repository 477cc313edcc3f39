"""What the course consists of, read from the text sources: the one place for its numbers.

A source begins with YAML. What stands below ``course:`` is for tables of modules:

``summary``
    what one builds in the module, in a few words;
``weeks``
    how long a class takes for it, such as 1, 2 or 0.5;
``talk``
    what a teacher might talk about in class.

Its title is the first heading, its time is the line that begins with ``**Time:**``, and its
exercises are its checks, with their points.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from helpers.course.folder import CourseError, read

WORDS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
]  # fmt: skip
_AMOUNT = rf"(?:half an|an|{'|'.join(WORDS)}|\d+)(?:½| and a half)?"
_TIME = re.compile(
    rf"\b({_AMOUNT})(?: to ({_AMOUNT}))? (hours?|minutes)(?: and (a half|{_AMOUNT} minutes))?", re.I
)
_CHECK = re.compile(r"^:check: (\w+)\n:points: ([\d.]+)$", re.M)


@dataclass(frozen=True)
class Module:
    """One module of the course.

    Attributes
    ----------
    name, title : str
        As in ``"01-neurons"`` and ``"Neurons and perceptrons"``.
    exercises : dict
        The points of each exercise by its name, in order; 0 for practice.
    minutes : tuple of int, or None
        From and to; None where the source names no time.
    summary, talk : str
        See above; empty where the source has none.
    weeks : Fraction
        0 for what a class does not work through.
    """

    name: str
    title: str
    exercises: dict[str, float]
    minutes: tuple[int, int] | None
    summary: str
    talk: str
    weeks: Fraction

    @property
    def number(self) -> str:
        """Its two digits."""
        return self.name[:2]

    @property
    def points(self) -> float:
        """What all its exercises are worth together."""
        return sum(self.exercises.values())

    @property
    def noun(self) -> str:
        """What its exercises are called: ``"question"`` in a quiz."""
        quiz = self.exercises and all(name.startswith("question_") for name in self.exercises)
        return "question" if quiz else "exercise"


@dataclass(frozen=True)
class Course:
    """All modules, in order, and what they come to."""

    modules: tuple[Module, ...]

    def module(self, name: str) -> Module:
        """Return a module by its name."""
        return next(module for module in self.modules if module.name == name)

    def count(self, noun: str) -> int:
        """Count the exercises that are called so."""
        return sum(len(m.exercises) for m in self.modules if m.noun == noun)

    @property
    def points(self) -> float:
        """What the whole course is worth."""
        return sum(module.points for module in self.modules)

    @property
    def minutes(self) -> tuple[int, int]:
        """From and to, for the whole course."""
        known = [module.minutes for module in self.modules if module.minutes]
        return sum(low for low, _ in known), sum(high for _, high in known)

    @cached_property
    def weeks(self) -> dict[str, range]:
        """The weeks in which a class works on each module, by the module's name."""
        found, before = {}, Fraction(0)
        for module in self.modules:
            if module.weeks:
                after = before + module.weeks
                found[module.name] = range(int(before) + 1, -int(-after // 1) + 1)
                before = after
        return found


def course(root: Path) -> Course:
    """Read the course from its sources.

    Raises
    ------
    CourseError
        If a source does not say what it should; says which, and how to mend it.
    """
    return Course(tuple(_modules(root)))


def _modules(root: Path) -> Iterator[Module]:
    for source in sorted(root.glob("solutions/*/*.md")):
        try:
            yield _module(source)
        except CourseError as error:
            raise CourseError(f"{source.name}: {error}") from None


def _module(source: Path) -> Module:
    about, text = _parts(read(source))
    title = re.search(r"^# (?:\d+ )?(.+)$", text, re.M)
    if title is None:
        raise CourseError("it needs a heading that begins with one # and says its title.")
    time = re.search(r"^\*\*Time:\*\* (.+)$", text, re.M)
    return Module(
        name=source.stem,
        title=title[1].strip(),
        exercises={name: float(points) for name, points in _CHECK.findall(text)},
        minutes=minutes(time[1]) if time else None,
        summary=about.get("summary", ""),
        talk=about.get("talk", ""),
        weeks=_weeks(about.get("weeks", 0)),
    )


def _parts(text: str) -> tuple[dict[str, Any], str]:
    """Return what a source says of itself at its top, and what comes below."""
    parts = re.match(r"---\n(.*?)^---\n(.*)", text, re.M | re.S)
    if parts is None:
        raise CourseError("it needs, at its top, what other sources have between two lines ---.")
    try:
        front = yaml.safe_load(parts[1])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" from line {mark.line + 2} on" if mark else ""
        raise CourseError(f"what stands at its top is no YAML{place}.") from None
    about = front.get("course", {}) if isinstance(front, dict) else None
    if not isinstance(about, dict):
        raise CourseError("at its top it needs course: and below that lines such as weeks: 1.")
    return about, parts[2]


def _weeks(said: Any) -> Fraction:
    try:
        return Fraction(str(said))
    except ValueError:
        raise CourseError(f"weeks: should be a number such as 1 or 0.5, not {said!r}.") from None


def minutes(text: str) -> tuple[int, int]:
    """Read a time that is written for people, and return it as minutes, from and to.

    >>> minutes("About two and a half to three hours, if this is new to you.")
    (150, 180)
    >>> minutes("An hour and 20 minutes.")
    (80, 80)

    Raises
    ------
    CourseError
        If there is none.
    """
    found = _TIME.search(text)
    if found is None:
        raise CourseError(
            f"no time can be read in {text!r}. Write it as: about two to three hours, "
            "or: 80 minutes."
        )
    low, high, unit, more = found.groups()
    size = 60 if unit.lower().startswith("hour") else 1
    rest = 30 if more == "a half" else _amount(more.split()[0]) if more else 0
    ends = (low, high or low)
    return tuple(int(_amount(end.lower()) * size + rest) for end in ends)


def _amount(text: str) -> Fraction:
    """Return a number that is written in digits or words.

    >>> _amount("two and a half")
    Fraction(5, 2)
    """
    if text == "half an":
        return Fraction(1, 2)
    half = Fraction(1, 2) if re.search(r"½| and a half", text) else Fraction(0)
    whole = re.sub(r"½| and a half", "", text)
    return half + (1 if whole == "an" else int(whole) if whole.isdigit() else WORDS.index(whole))
