"""The kill table: whether every check rejects its known mistakes, and names them.

The list of mistakes is at the same time the mutation test of the check.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from helpers.checks.callers import HERE, Case
from helpers.checks.calling import Outcome
from helpers.checks.exercise import Exercise, Mistake


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
    likeness : str
        What a kind would say of it, if the mistake were not known; empty for nothing.
    """

    exercise: str
    kind: str
    name: str
    expected: str
    found: str
    right: bool
    likeness: str = ""

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
                    next((sentence for _, sentence in unknown(exercise, mistake, seed)), ""),
                )
            )
        for variant in (exercise.reference, *exercise.variants):
            verdict = exercise.verdict(variant, seed)
            rows.append(
                Row(exercise.name, "variant", variant.__name__, "", verdict.mistake, verdict.right)
            )
    return rows


def unknown(
    exercise: Exercise, mistake: Mistake, seed: int | None = None
) -> Iterator[tuple[str, str]]:
    """Yield the kinds of a mistake and what they would say, if it were not known."""
    from helpers.checks.kinds import Evidence, findings

    known, attempt = exercise.case_set(seed), mistake.attempt

    def ask(cases: Sequence[Case]) -> list[Outcome]:
        return list(HERE.outcomes(exercise, attempt, cases))

    others = [other for other in exercise.mistakes if other is not mistake]
    evidence = Evidence(exercise, known, list(known.answers(attempt)), ask, {}, others)
    for found in findings(evidence):
        yield found.kind, found.sentence


def as_text(rows: Iterable[Row], contradictions: Collection[tuple[str, ...]] = ()) -> str:
    """Lay a kill table out as text, totals last.

    Parameters
    ----------
    rows : Iterable of Row
        The table.
    contradictions : Collection of tuple
        Exercise, mistake and sentence, where a person has found that the sentence is wrong.
    """
    rows = list(rows)
    width = max((len(row.exercise) for row in rows), default=0)
    wrong = [row for row in rows if (row.exercise, row.name, row.likeness) in contradictions]
    lines = [
        f"{row.exercise:<{width}}  {row.kind:<8} {_result(row)}{', CONTRADICTED' * (row in wrong)}"
        for row in rows
    ]
    mistakes = [row for row in rows if row.kind == "mistake"]
    variants = [row for row in rows if row.kind == "variant"]
    rejected = sum(not row.right for row in mistakes)
    named = sum(row.passed for row in mistakes)
    accepted = sum(row.right for row in variants)
    lines.append(
        f"{len({row.exercise for row in rows})} exercises; {len(mistakes)} mistakes: {rejected} "
        f"rejected, {named} named rightly; {len(variants)} correct variants: {accepted} accepted; "
        f"if they were unknown: {sum(bool(row.likeness) for row in mistakes)} named by a kind, "
        f"{len(wrong)} contradicted"
    )
    return "\n".join(lines)


def _result(row: Row) -> str:
    if row.kind == "variant":
        return f"{'accepted' if row.right else 'REJECTED'}  {row.name}"
    if row.right:
        return f"ACCEPTED  {row.name}"
    if row.passed:
        return f"rejected, named{', has a kind' * bool(row.likeness)}  {row.name}"
    return f"rejected, NAMED {row.found or 'NOTHING'}  {row.name}"
