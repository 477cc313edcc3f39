"""``course stats``: what a class found hard, and what tells its students apart."""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from helpers.checks import State, exercises
from helpers.course.folder import CourseError
from helpers.course.grading.classroom import Classroom
from helpers.course.grading.gradebook import open_gradebook
from helpers.course.grading.patience import patiently
from helpers.course.grading.words import counted
from helpers.course.nbgrader import exercise_name
from helpers.course.spreadsheet import safe_cell

_FEW = 10  # below this many students a correlation says little
_MOST_MISTAKES = 3
_STATES = [state.value for state in (State.NOT_STARTED, State.CRASHED, State.WRONG)]
_WEAK = 0.2  # separation below which an item is worth a look, after Ebel


@dataclass
class Item:
    """One exercise of a graded class.

    Attributes
    ----------
    exercise : str
        Its name.
    points : float
        What it is worth.
    scores : list of float
        What each student earned.
    rests : list of float
        What the same students earned in all other exercises.
    states, mistakes, kinds : Counter
        How often each state, each known mistake, and each kind of an unknown one, was found.
    """

    exercise: str
    points: float
    scores: list[float] = field(default_factory=list)
    rests: list[float] = field(default_factory=list)
    states: Counter = field(default_factory=Counter)
    mistakes: Counter = field(default_factory=Counter)
    kinds: Counter = field(default_factory=Counter)

    @property
    def passed(self) -> int:
        """How many students earned all points."""
        return sum(score >= self.points for score in self.scores)

    @property
    def separation(self) -> float:
        """The correlation of this exercise with the rest of the work.

        It is near 1 where strong students pass and weak ones do not, near 0 where it is
        a matter of luck, and nan where all students earned the same.
        """
        if len(set(self.scores)) < 2 or len(set(self.rests)) < 2:
            return float("nan")
        return float(np.corrcoef(self.scores, self.rests)[0, 1])


def items(classroom: Classroom) -> list[Item]:
    """Read the marks of a class from the gradebook, and its mistakes from the graded notebooks.

    Raises
    ------
    CourseError
        If nothing is graded.
    """
    scores, points = patiently(lambda: _scores(classroom), print, pauses=())
    if not scores:
        raise CourseError(
            f"nothing of {classroom.name} is graded. Run: course grade {classroom.name}"
        )
    found = scored(scores, points)
    for student, earned in scores.items():
        findings = dict(_findings(classroom, student))
        for name, score in earned.items():
            state, mistake, kind = findings.get(name, (State.NOT_STARTED.value, "", ""))
            if score < points[name]:  # or a person has given the points
                found[name].states[state if state in _STATES else State.CRASHED.value] += 1
            if mistake:
                found[name].mistakes[mistake] += 1
            if kind:
                found[name].kinds[kind] += 1
    order = list(exercises())
    return sorted(found.values(), key=lambda item: order.index(item.exercise))


def scored(
    scores: Mapping[str, Mapping[str, float]], points: Mapping[str, float]
) -> dict[str, Item]:
    """Set what each student earned in an exercise beside what the same one earned in all others.

    >>> scored({"ada": {"step": 1, "fit": 3}}, {"step": 1, "fit": 4})["fit"].rests
    [1]
    """
    found = {name: Item(name, points[name]) for name in points}
    for earned in scores.values():
        total = sum(earned.values())
        for name, score in earned.items():
            found[name].scores.append(score)
            found[name].rests.append(total - score)
    return found


def _scores(classroom: Classroom) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Return what each student earned in each exercise, and what each is worth."""
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    points: dict[str, float] = {}
    known = exercises()
    with open_gradebook(classroom.database, classroom.course) as gradebook:
        for submission in gradebook.assignment_submissions(classroom.name):
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    name = exercise_name(grade.cell.name)
                    if name in known:
                        scores[submission.student_id][name] = grade.score
                        points[name] = grade.cell.max_score
    return scores, points


def _findings(classroom: Classroom, student: str) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Yield each exercise with the state, the mistake and the kind that `course grade` noted."""
    for path in classroom.graded_notebooks(student):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            marks, found = (cell["metadata"].get(key) for key in ("nbgrader", "course"))
            if marks and marks.get("grade"):
                noted = [found.get(k, "") for k in ("state", "mistake", "kind")] if found else ()
                yield exercise_name(marks["grade_id"]), tuple(noted) or ("Not checked", "", "")


def as_text(found: Sequence[Item]) -> str:
    """Lay the analysis out as text."""
    count = max(len(item.scores) for item in found)
    lines = [
        counted(count, "student"),
        "",
        f"{'exercise':<28} {'passed':>12} {'not started':>12} {'crashed':>8} {'wrong':>6} "
        f"{'separates':>10}",
    ]
    for item in found:
        lines.append(_row(item))
        lines += [f"      {line}" for line in _mistakes(item)]
    lines += ["", *_notes(found, count)]
    return "\n".join(lines)


def _row(item: Item) -> str:
    name = f"{exercises()[item.exercise].number} {item.exercise}"
    share = f"{item.passed} ({100 * item.passed / len(item.scores):.0f} %)"
    separation = "-" if np.isnan(item.separation) else f"{item.separation:.2f}"
    not_started, crashed, wrong = (item.states[state] for state in _STATES)
    return f"{name:<28} {share:>12} {not_started:>12} {crashed:>8} {wrong:>6} {separation:>10}"


def _mistakes(item: Item) -> Iterator[str]:
    """Yield the most frequent mistakes, with what students were told, and kinds of others."""
    hints = _hints(item)
    for name, count in item.mistakes.most_common(_MOST_MISTAKES):
        yield f"{count} × {name}: {hints.get(name, '')}"
    for kind, count in item.kinds.most_common():
        yield f"{count} × no known mistake; looks like: {kind}"


def _hints(item: Item) -> dict[str, str]:
    return {mistake.name: mistake.hint for mistake in exercises()[item.exercise].mistakes}


def _notes(found: Sequence[Item], count: int) -> Iterator[str]:
    yield "not started: also where no notebook was handed in, or none that can be read."
    yield (
        "separates: how the exercise goes together with the rest of the work, from -1 to 1. "
        "Near 0 it tells strong and weak students apart no better than luck."
    )
    if count < _FEW:
        yield f"With {counted(count, 'student')} that number says little."
    hard = min(found, key=lambda item: item.passed / len(item.scores))
    if hard.passed < len(hard.scores):
        yield f"To explain again first: {hard.exercise}, which {hard.passed} of {count} passed."
    weak = [i.exercise for i in found if i.separation < _WEAK and i.passed < len(i.scores)]
    if weak and count >= _FEW:
        yield f"Worth a look, since strong students fail there too: {', '.join(weak)}."


def write_table(found: Sequence[Item], path: Path) -> None:
    """Write the analysis as a table."""
    with path.open("w", encoding="utf-8", newline="") as table:
        rows = csv.writer(table)
        columns = ["exercise", "students", "passed", *_STATES]
        rows.writerow([*columns, "separation", "mistake", "kind", "times", "hint"])
        for item in found:
            counts = [len(item.scores), item.passed, *(item.states[state] for state in _STATES)]
            hints = _hints(item)
            for mistake, times in item.mistakes.most_common() or [("", 0)]:
                about = [mistake, times, hints.get(mistake, "")]
                cells = [item.exercise, *counts, f"{item.separation:.4f}", *about]
                rows.writerow([safe_cell(str(cell)) for cell in cells])


def draw(ax: Any, found: Sequence[Item]) -> str:
    """Draw for each exercise how many passed, and how well it separates; return the alt text."""
    places = np.arange(len(found))[::-1]
    shares = [100 * item.passed / len(item.scores) for item in found]
    names = [f"{exercises()[item.exercise].number} {item.exercise}" for item in found]
    ax.barh(places, shares, color="#0072B2", height=0.7)
    ax.set_yticks(places, names)
    ax.set_xlim(0, 100)
    ax.set_xlabel("students who passed (%), and how well the exercise separates")
    for place, share, item in zip(places, shares, found, strict=True):
        text = "all alike" if np.isnan(item.separation) else f"separates {item.separation:.2f}"
        inside = share > 50
        ax.text(
            share - 1 if inside else share + 1,
            place,
            text,
            ha="right" if inside else "left",
            va="center",
            color="white" if inside else "black",
        )
    told = ", ".join(f"{n} {s:.0f} percent" for n, s in zip(names, shares, strict=True))
    return f"Bars of the share of students who passed each exercise: {told}."


def stats(root: Path, assignment: str, database: str | None = None) -> int:
    """Print the analysis, and write a table and a picture of it."""
    classroom = Classroom(root, assignment, database)
    found = items(classroom)
    print(as_text(found))
    folder = classroom.reports()
    patiently(lambda: _write(found, folder), print, pauses=())
    print(f"\nThe table is in {folder / 'items.csv'}, the picture in {folder / 'items.png'}.")
    return 0


def _write(found: Sequence[Item], folder: Path) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    folder.mkdir(parents=True, exist_ok=True)
    write_table(found, folder / "items.csv")
    figure = Figure(figsize=(9, 1.2 + 0.4 * len(found)), layout="constrained")
    FigureCanvasAgg(figure)
    alt = draw(figure.add_subplot(), found)
    figure.savefig(folder / "items.png", dpi=144, metadata={"Description": alt})
