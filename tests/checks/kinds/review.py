"""What the namers say of the course's own mistakes, and the table in which people judged it.

``python -m tests.checks.kinds.review`` prints what nobody has judged yet, ready to be pasted
into reviewed.tsv; name exercises after it to look at these alone.
"""

import csv
import functools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from helpers.checks import Exercise, exercises
from helpers.checks.exercise import Mistake
from helpers.checks.kill_table import unknown

TABLE = Path(__file__).with_name("reviewed.tsv")
JUDGEMENTS = ("same", "compatible", "contradiction")


class Row(NamedTuple):
    """One sentence about one mistake: its judgement is empty where nobody has judged it."""

    exercise: str
    mistake: str
    kind: str
    sentence: str
    judgement: str = ""


def sentences(exercise: Exercise, mistake: Mistake, seed: int | None = None) -> Iterator[Row]:
    """Yield what each namer would say, if the mistake were not known."""
    for kind, sentence in unknown(exercise, mistake, seed):
        yield Row(exercise.name, mistake.name, kind, sentence)


@functools.cache
def reviewed() -> list[Row]:
    """Read the table."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return [Row(*row) for row in csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]


def judged(row: Row) -> str:
    """Return what was judged of a sentence; empty where nobody has judged it."""
    return next((known.judgement for known in reviewed() if known[:4] == row[:4]), "")


def unjudged(exercise: Exercise, seed: int | None = None, every: int = 1) -> list[Row]:
    """Return the sentences about an exercise's mistakes, or about every so many, unjudged yet."""
    mistakes = exercise.mistakes[::every]
    rows = (row for mistake in mistakes for row in sentences(exercise, mistake, seed))
    return [row for row in rows if not judged(row)]


def main() -> int:
    """Print what nobody has judged, with the mistake's own hint above it."""
    known = exercises()
    count = 0
    for name in sys.argv[1:] or known:
        hints = {mistake.name: mistake.hint for mistake in known[name].mistakes}
        for row in unjudged(known[name]):
            print(f"# {hints[row.mistake]}")
            print("\t".join([*row[:4], "?"]))
            count += 1
    print(f"# {count} to judge: {', '.join(JUDGEMENTS)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
