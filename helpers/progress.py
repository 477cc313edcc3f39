"""Where you stand in the course, read from your own saved notebooks.

Nothing is executed, and nothing leaves the computer. What counts is the message
that was saved below each check.
"""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.checks import State, exercises
from helpers.checks.messages import without_color
from helpers.tables import Cell, Table

_NAME = "[0-9][0-9]-*"
_CHECK = re.compile(r"^check\.(\w+)\(", re.M)


@dataclass(frozen=True)
class Module:
    """One notebook's checks, as they were saved.

    Attributes
    ----------
    title, link : str
        What the module is called, and where its notebook is.
    states : dict
        The state of each exercise of the module, by name and in order.
    points, most : float
        The points of the checks that say right, and of all checks.
    problem : str
        What keeps the notebook from being read, and what to do; empty for nothing.
    path : Path or None
        The notebook; None where there is none.
    time : str
        How long it takes, as the notebook says; empty where it does not.
    touched : bool
        Whether any of its cells was run and saved.
    """

    title: str
    link: str
    states: dict[str, State]
    points: float = 0
    most: float = 0
    problem: str = ""
    path: Path | None = None
    time: str = ""
    touched: bool = False

    @property
    def passed(self) -> int:
        """How many of its exercises are right."""
        return list(self.states.values()).count(State.RIGHT)

    @property
    def next(self) -> str:
        """Number, name and state of the first exercise that is not right; empty if all are."""
        known = exercises()
        for name, state in self.states.items():
            if state is not State.RIGHT:
                return f"{known[name].number} {name}: {state.value.lower()}"
        return ""

    @property
    def row(self) -> tuple[Cell, str, str, str]:
        """Title, exercises passed, points, and what comes next."""
        title = Cell(self.title, self.link)
        if self.problem:
            return title, "–", "–", self.problem
        marks = "".join(state.symbol for state in self.states.values())
        points = f"{self.points:g} of {self.most:g}" if self.most else "practice"
        return title, f"{self.passed} of {len(self.states)} {marks}", points, self.next or "done"


def show(folder: str | Path | None = None) -> Table | str:
    """Return a table of all modules: exercises passed, points, and what comes next.

    Parameters
    ----------
    folder : str or Path, optional
        The folder that holds the modules' folders; found from the notebook that is
        open by default.
    """
    place = Path.cwd() if folder is None else Path(folder)
    if re.match(r"\d\d-", place.name) and folder is None:
        place = place.parent
    if any(source.stem == source.parent.name for source in place.glob(f"{_NAME}/*.md")):
        return Note("These are the solutions. Your progress is counted in your own notebooks.")
    found = modules(place)
    if all(module.path is None for module in found):
        return Note(f"No notebook of the course is in {place}. {_ELSEWHERE}")
    return table(found)


_ELSEWHERE = 'Say where the folders of the modules are: progress.show("path/to/notebooks").'


class Note(str):
    """A sentence that a notebook shows without quotation marks."""

    def __repr__(self) -> str:
        return str(self)


def table(found: list[Module]) -> Table:
    """Lay modules out as a table, with the totals in its caption."""
    states = [state for m in found if not m.problem for state in m.states.values()]
    passed = states.count(State.RIGHT)
    points, most = sum(m.points for m in found), sum(m.most for m in found)
    caption = f"{passed} of {len(states)} exercises passed, {points:g} of {most:g} points."
    caption += " ✓ right, ✗ wrong, ⚠ crashed, ○ not started."
    if all(state is State.NOT_STARTED for state in states):
        caption += " Nothing is saved yet: run a check, then save the notebook (Ctrl+S)."
    return Table(
        caption, ("module", "exercises", "points", "next"), [module.row for module in found]
    )


def example() -> Table:
    """Return the table of a student who does not exist, to see what one looks like."""
    right, wrong, not_started = State.RIGHT, State.WRONG, State.NOT_STARTED
    first, second = (
        [e.name for e in exercises().values() if e.module == module] for module in ("00", "01")
    )
    states = dict.fromkeys(second, not_started)
    states |= dict.fromkeys(second[:4], right) | {second[4]: wrong}
    return table(
        [
            Module("00 Start here", "", dict.fromkeys(first, right)),
            Module(
                "01 Neurons and perceptrons", "", states, points=sum(_WORTH[:4]), most=sum(_WORTH)
            ),
        ]
    )


# The points of each exercise of module 01.
# <!-- generated: worth 01-neurons -->
_WORTH = (1, 1, 1, 2, 2, 3, 2)
# <!-- end -->


def score(number: int, answers: dict[str, Any]) -> Table | str:
    """Check every answer of a module again, count, and say where to look.

    Parameters
    ----------
    number : int
        The number of the module.
    answers : dict
        The answers by name; in a notebook, ``globals()``.

    Returns
    -------
    Table or str
        The count, and one row for each answer that is not right, with its first hint.
    """
    asked = [e for e in exercises().values() if e.module == f"{number:0>2}"]
    if not asked:
        return Note(f"Module {number} has no checks to count here.")
    rows = []
    for e in asked:
        state = e.verdict(answers[e.name]).state if e.name in answers else State.NOT_STARTED
        if state is not State.RIGHT:
            rows.append((e.name, f"{state.symbol} {state.value.lower()}", e.hints[0]))
    caption = f"{len(asked) - len(rows)} of {len(asked)} right."
    return Table(caption, ("answer", "state", "look again at"), rows) if rows else Note(caption)


def modules(folder: Path) -> list[Module]:
    """Read every module that has exercises, in order; also one whose notebook is not there."""
    return [module for module in everything(folder) if module.states]


def everything(folder: Path) -> list[Module]:
    """Read every module of the course, in order, and the pages to look things up in."""
    by_number: dict[str, list[str]] = {}
    for exercise in exercises().values():
        by_number.setdefault(exercise.module, []).append(exercise.name)
    for path in folder.glob(f"{_NAME}/*.ipynb"):
        by_number.setdefault(path.parent.name[:2], [])
    return [_module(folder, number, names) for number, names in sorted(by_number.items())]


def _module(folder: Path, number: str, names: list[str]) -> Module:
    not_started = dict.fromkeys(names, State.NOT_STARTED)
    paths = [p for p in sorted(folder.glob(f"{number}-*/*.ipynb")) if p.stem == p.parent.name]
    if not paths:
        return Module(f"Module {number}", "", not_started, problem=_MISSING)
    path = paths[0]
    link = Path(os.path.relpath(path)).as_posix()
    try:
        cells = _cells(path)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        title = path.stem.replace("-", " ")
        return Module(title, link, not_started, problem=_UNREADABLE, path=path)
    points = dict.fromkeys(names, 0.0)
    states = dict(not_started)
    for cell in cells:
        for name in _CHECK.findall(cell["source"]):
            if name in states:
                states[name] = _state(cell["outputs"], name)
                points[name] = max(points[name], cell["points"])
    earned = sum(points[name] for name, state in states.items() if state is State.RIGHT)
    return Module(
        _title(cells, path),
        link,
        states,
        earned,
        sum(points.values()),
        path=path,
        time=_time(cells),
        touched=any(cell["run"] for cell in cells),
    )


_MISSING = "not found: get a fresh copy of its folder"
_UNREADABLE = "cannot be read: rename it, then get a fresh copy"


def _cells(path: Path) -> list[dict[str, Any]]:
    """Return what counts of each cell of a notebook: type, source, outputs, points."""
    content = json.loads(path.read_text(encoding="utf-8-sig"))
    return [
        {
            "type": cell["cell_type"],
            "source": _joined(cell.get("source", "")),
            "outputs": "\n".join(map(_output, cell.get("outputs", []))),
            "run": cell.get("execution_count") is not None,
            "points": float(cell.get("metadata", {}).get("nbgrader", {}).get("points", 0)),
        }
        for cell in content["cells"]
    ]


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _output(output: dict[str, Any]) -> str:
    """Return the text of an output: what was printed, or an error's message."""
    lines = output.get("traceback", [])
    return without_color(_joined(output.get("text", "")) + "\n".join(lines))


def _state(outputs: str, name: str) -> State:
    """Return the state that a check's saved message names."""
    words = "|".join(state.value for state in State)
    found = re.findall(rf"^. ({words}) · \d+\.\d+ {re.escape(name)}\b", outputs, re.M)
    return State(found[-1]) if found else State.NOT_STARTED


def _title(cells: list[dict[str, Any]], path: Path) -> str:
    """Return the notebook's first heading."""
    for cell in cells:
        heading = re.search(r"^# (.+)$", cell["source"], re.M)
        if cell["type"] == "markdown" and heading:
            return heading[1].strip()
    return path.stem


def _time(cells: list[dict[str, Any]]) -> str:
    """Return how long a notebook says that it takes."""
    for cell in cells:
        said = re.search(r"^\*\*Time:\*\* (.+?)(?:\.|;|$)", cell["source"], re.M)
        if cell["type"] == "markdown" and said:
            return said[1]
    return ""
