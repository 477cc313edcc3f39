"""How a run went: the distribution of marks, what went wrong, and what to look at."""

from collections import Counter
from collections.abc import Sequence

from helpers.course.grading.assignments import Result

_BARS = 10
_WIDTH = 40
_MOST_LINES = 20


class Summary:
    """Collects what is worth saying at the end of a run."""

    def __init__(self) -> None:
        self._shares: list[float] = []
        self._troubles: list[tuple[str, str]] = []
        self._suspicions: list[tuple[str, str]] = []
        self.ungraded: list[tuple[str, str]] = []

    def add(self, result: Result, notebooks: Sequence[str]) -> None:
        """Add one graded submission."""
        marks = [mark for graded in result.notebooks.values() for mark in graded.marks]
        points = sum(mark.points for mark in marks)
        self._shares.append(sum(mark.score or 0 for mark in marks) / points if points else 0.0)
        for name in notebooks:
            if name not in result.notebooks:
                self._troubles.append((result.student, f"{name}.ipynb was not handed in"))
        for graded in result.notebooks.values():
            if graded.trouble:
                self._troubles.append((result.student, graded.trouble))
            self._suspicions += [(result.student, what) for what in graded.suspicions]

    def add_failure(self, student: str, reason: str) -> None:
        """Add a submission that has no marks, through no fault of the student's."""
        self.ungraded.append((student, reason))

    def as_text(self) -> str:
        """Lay the summary out as text."""
        count = len(self._shares)
        lines = [f"{count} graded, {len(self.ungraded)} could not be graded."]
        if count:
            lines += ["", "Share of the points", *_histogram(self._shares)]
        for title, rows in (
            ("Trouble", self._troubles),
            ("To be looked at by a person", self._suspicions),
            ("NOT GRADED; run the same command again", self.ungraded),
        ):
            if rows:
                lines += ["", f"{title} ({len(rows)})", *_listed(rows)]
        return "\n".join(lines)


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
    lines = [f"  {student}: {what}" for student, what in rows[:_MOST_LINES]]
    if len(rows) > _MOST_LINES:
        lines.append(f"  … and {len(rows) - _MOST_LINES} more")
    return lines
