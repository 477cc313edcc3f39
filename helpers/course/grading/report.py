"""How a class's grading went: a table that outlives the run, and its summary."""

import csv
import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from helpers.course.grading.assignments import Result
from helpers.course.grading.lines import append
from helpers.course.grading.words import printable
from helpers.course.spreadsheet import original, safe_cell

_BARS = 10
_WIDTH = 40
_MOST_LINES = 20
_LONGEST = 1_000  # characters of what is said of one student


@dataclass(frozen=True)
class Row:
    """What the table says of one student.

    Attributes
    ----------
    student : str
        Who it is.
    seconds, processor_seconds, megabytes : str
        What the grading took.
    score, points : str
        What was earned, before any penalty for being late, and what could be.
    trouble : str
        What went wrong.
    look_at : str
        What a person should look at.
    """

    student: str
    seconds: str
    processor_seconds: str
    megabytes: str
    score: str
    points: str
    trouble: str
    look_at: str

    @classmethod
    def of(cls, result: Result) -> "Row":
        """Make the row of a result."""
        graded = result.notebooks.values()
        marks = [mark for notebook in graded for mark in notebook.marks]
        return cls(
            result.student,
            f"{result.seconds:.3f}",
            f"{result.processor_seconds:.3f}",
            f"{result.kilobytes / 1024:.0f}",
            f"{sum(mark.score or 0 for mark in marks):g}",
            f"{sum(mark.points for mark in marks):g}",
            _joined([*result.remarks, *(notebook.trouble for notebook in graded)]),
            _joined([what for notebook in graded for what in notebook.suspicions]),
        )

    @property
    def share(self) -> float:
        """The part of the points that was earned."""
        points = float(self.points)
        return float(self.score) / points if points else 0.0


class Report:
    """The table of an assignment: a row for each student, the last one that was graded.

    Rows are appended before the marks are written, so that a run that is killed loses none.

    Parameters
    ----------
    path : Path
        The file, which may not be there yet.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._rows = {row.student: row for row in _read(path)}
        self._rewrite()

    def add(self, results: Iterable[Result]) -> None:
        """Add a row for each result."""
        rows = list(map(Row.of, results))
        lines = io.StringIO(newline="")
        _writer(lines).writerows(map(_cells, rows))
        append(self._path, lines.getvalue())
        self._rows |= {row.student: row for row in rows}

    def close(self) -> None:
        """Leave one row for each student, in order."""
        self._rows = dict(sorted(self._rows.items()))
        self._rewrite()

    def as_text(self, students: Sequence[str], ungraded: Sequence[tuple[str, str]]) -> str:
        """Sum up what is known of some students, in text.

        Parameters
        ----------
        students : Sequence of str
            Who handed in.
        ungraded : Sequence of (str, str)
            Who could not be graded, through no fault of theirs, and why.
        """
        failed = dict(ungraded)
        rows = [self._rows[s] for s in students if s in self._rows and s not in failed]
        lines = [f"{len(rows)} graded, {len(failed)} could not be graded."]
        if rows:
            lines += ["", "Share of the points, before late penalties"]
            lines += _histogram([row.share for row in rows])
        for title, found in (
            ("Trouble", [(row.student, row.trouble) for row in rows if row.trouble]),
            ("To be looked at by a person", [(r.student, r.look_at) for r in rows if r.look_at]),
            ("NOT GRADED; run the same command again", ungraded),
        ):
            if found:
                lines += ["", f"{title} ({len(found)})", *_listed(found)]
        return "\n".join([*lines, "", f"All of it is in {self._path}."])

    def _rewrite(self) -> None:
        new = self._path.with_suffix(".new")
        with new.open("w", encoding="utf-8", newline="") as table:
            writer = _writer(table)
            writer.writeheader()
            writer.writerows(map(_cells, self._rows.values()))
        os.replace(new, self._path)


_COLUMNS = [field.name for field in fields(Row)]


def _read(path: Path) -> Iterator[Row]:
    """Yield the rows of a table; none where it is not there, or of another kind."""
    try:
        with path.open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table):
                if list(row) == _COLUMNS and None not in row.values():
                    yield Row(**{column: original(cell) for column, cell in row.items()})
    except (FileNotFoundError, UnicodeDecodeError, csv.Error):
        return


def _writer(table: object) -> csv.DictWriter:
    return csv.DictWriter(table, _COLUMNS)


def _cells(row: Row) -> dict[str, str]:
    return {column: safe_cell(text) for column, text in asdict(row).items()}


def _joined(sentences: Sequence[str]) -> str:
    text = "; ".join(dict.fromkeys(sentence for sentence in sentences if sentence))
    return printable(text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …")


def _histogram(shares: Sequence[float]) -> list[str]:
    """Draw how many earned which share."""
    counts = Counter(min(int(share * _BARS), _BARS - 1) for share in shares)
    most = max(counts.values())
    return [
        f"{100 * i // _BARS:>4}-{100 * (i + 1) // _BARS:>3} % {counts[i]:>6} "
        + "█" * round(_WIDTH * counts[i] / most)
        for i in range(_BARS)
    ]


def _listed(rows: Sequence[tuple[str, str]]) -> list[str]:
    lines = [printable(f"  {student}: {what}"[:_LONGEST]) for student, what in rows[:_MOST_LINES]]
    if len(rows) > _MOST_LINES:
        lines.append(f"  … and {len(rows) - _MOST_LINES} more")
    return lines
