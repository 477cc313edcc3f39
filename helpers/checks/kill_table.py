"""The kill table: whether every check rejects its known mistakes, and names them.

The list of mistakes is at the same time the mutation test of the check.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from helpers.checks.exercise import Exercise


@dataclass(frozen=True)
class Row:
    """What the checks of one exercise did with one known answer.

    Attributes
    ----------
    exercise, kind, name : str
        The exercise; ``"mistake"`` or ``"variant"``; the name of the answer.
    expected, found : str
        The mistake that should be named, and the one that was; empty for none.
    right : bool
        Whether the answer was accepted.
    """

    exercise: str
    kind: str
    name: str
    expected: str
    found: str
    right: bool

    @property
    def passed(self) -> bool:
        """Whether the check did what it should."""
        return self.right == (self.kind == "variant") and self.expected == self.found


def kill_table(exercises: Iterable[Exercise], seed: int | None = None) -> list[Row]:
    """Check every known mistake and every right variant of `exercises`.

    Parameters
    ----------
    exercises : Iterable of Exercise
        The exercises to report on.
    seed : int, optional
        Use hidden cases made from this seed.
    """
    rows = []
    for exercise in exercises:
        for mistake in exercise.mistakes:
            verdict = exercise.verdict(mistake.attempt, seed)
            rows.append(
                Row(
                    exercise.name,
                    "mistake",
                    mistake.name,
                    mistake.name,
                    verdict.mistake,
                    verdict.right,
                )
            )
        for variant in (exercise.reference, *exercise.variants):
            verdict = exercise.verdict(variant, seed)
            rows.append(
                Row(exercise.name, "variant", variant.__name__, "", verdict.mistake, verdict.right)
            )
    return rows


def as_text(rows: Iterable[Row]) -> str:
    """Lay a kill table out as text, totals last."""
    rows = list(rows)
    width = max((len(row.exercise) for row in rows), default=0)
    lines = [f"{row.exercise:<{width}}  {row.kind:<8} {_result(row)}" for row in rows]
    mistakes = [row for row in rows if row.kind == "mistake"]
    variants = [row for row in rows if row.kind == "variant"]
    rejected = sum(not row.right for row in mistakes)
    named = sum(row.passed for row in mistakes)
    accepted = sum(row.right for row in variants)
    lines.append(
        f"{len({row.exercise for row in rows})} exercises; {len(mistakes)} mistakes: {rejected} "
        f"rejected, {named} named rightly; {len(variants)} correct variants: {accepted} accepted"
    )
    return "\n".join(lines)


def _result(row: Row) -> str:
    if row.kind == "variant":
        return f"{'accepted' if row.right else 'REJECTED'}  {row.name}"
    if row.right:
        return f"ACCEPTED  {row.name}"
    if row.passed:
        return f"rejected, named  {row.name}"
    return f"rejected, NAMED {row.found or 'NOTHING'}  {row.name}"
