"""What a tested row of ERRATA.md must show, and how the file is read.

A row is registered with ``@row("A2")``. Its function recomputes the row from the walkthrough's own
inputs and returns a ``Finding``; the numbers that ERRATA.md prints are compared with it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import numpy as np

ERRATA = Path(__file__).resolve().parents[2] / "ERRATA.md"
KINDS = {"number", "formula", "name", "code", "claim", "contradiction", "right"}
ROWS: dict[str, Callable[[], "Finding"]] = {}
STARTS_OF: dict[str, int | None] = {}
RUN_SAMPLES: set[str] = set()
FEWEST_STARTS = 20


@dataclass(frozen=True)
class Finding:
    """The numbers of one row, in reading order.

    right      what the last word on it is, at full precision
    published  what the walkthrough prints, as text, so that its precision is known
    same       the positions at which the published number is right after all
    why        further computed numbers, cited in the last column
    """

    right: Sequence[float] = ()
    published: Sequence[str] = ()
    same: frozenset[int] = field(default_factory=frozenset)
    why: Sequence[float] = ()


def row(row_id, starts=0, any_draw=False, runs_samples=False):
    """Register the function that recomputes a row.

    What is measured on random numbers says on how many starts (draws of data, of weights), which
    the row prints; or, by ``any_draw``, that it holds whatever is drawn, and asserts it. What runs
    the walkthrough's own samples says so too.
    """

    def register(function):
        assert row_id not in ROWS, f"{row_id} is registered twice"
        assert any_draw or not 0 < starts < FEWEST_STARTS, f"{row_id}: too few starts"
        ROWS[row_id] = function
        STARTS_OF[row_id] = None if any_draw else starts
        if runs_samples:
            RUN_SAMPLES.add(row_id)
        return function

    return register


def agreeing(holds):
    """Return for how many starts a claim holds; refuse it below nine in ten."""
    holds = np.asarray(holds)
    assert holds.size >= FEWEST_STARTS, f"{holds.size} starts are too few"
    assert holds.mean() >= 0.9, f"it holds for {holds.sum()} of {holds.size} starts only"
    return int(holds.sum())


def reach(values):
    """Return the smallest and the largest of the values, one for each start."""
    return [float(np.min(values)), float(np.max(values))]


def numbers(text):
    """Return the numbers in ``text`` as printed.

    >>> numbers("[[-0.5, 1e-8], [3]]")
    ['-0.5', '1e-8', '3']
    """
    return re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text)


def flat(*arrays):
    """Return the values of several arrays or numbers in one list."""
    return [float(v) for a in arrays for v in np.ravel(a)]


def half_unit(printed):
    """Return half a unit in the last printed place.

    >>> half_unit("0.05"), half_unit("2e-8")
    (0.005, 5e-09)
    """
    return 0.5 * 10.0 ** Decimal(printed).as_tuple().exponent


def agrees(printed, value):
    """Tell whether ``printed`` is ``value`` rounded to the printed precision.

    >>> agrees("0.48", 0.4786), agrees("0.47", 0.4786)
    (True, False)
    """
    return abs(float(printed) - value) <= half_unit(printed) * (1 + 1e-9) + 1e-15


@dataclass(frozen=True)
class Entry:
    """One table row of ERRATA.md."""

    id: str
    kinds: frozenset[str]
    tested: bool
    where: str
    says: str
    right: str
    why: str

    @property
    def consequence_of(self):
        return re.findall(r"[Cc]onsequence of rows? ([A-Z]\d+(?:(?:, | and )[A-Z]\d+)*)", self.why)


NUMERIC = re.compile(r"[\[\](),;\s\d.e%-]*\d[\[\](),;\s\d.e%-]*")


def spans(cell):
    """Return the numbers in those code spans of a cell that hold nothing but numbers.

    >>> spans("`[0.5, 1]` by `1/m`, at row 3: `2.0`")
    ['0.5', '1', '2.0']
    """
    found = re.findall(r"`([^`]*)`", cell)
    return [n for span in found if NUMERIC.fullmatch(span) for n in numbers(span)]


def bare_decimals(cell):
    """Return the decimal numbers that stand outside code spans.

    >>> bare_decimals("`0.5` and 0.7")
    ['0.7']
    """
    return re.findall(r"\d+\.\d+", re.sub(r"`[^`]*`", "", cell))


def read():
    """Return every table row of ERRATA.md whose first cell is a row id."""
    entries = []
    for cells in _table_rows():
        if cells[0].startswith("X"):
            continue
        assert len(cells) == 6, f"{cells[0]} has {len(cells)} cells, not 6"
        words = frozenset(re.split(r",\s*", cells[1]))
        entries.append(Entry(cells[0], words - {"tested"}, "tested" in words, *cells[2:]))
    return entries + [term.entry for term in read_terms()]


def _table_rows():
    for line in ERRATA.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if re.fullmatch(r"[A-Z]\d+", cells[0]):
            yield cells


@dataclass(frozen=True)
class Term:
    """A row of the table that says how each walkthrough uses a term."""

    id: str
    term: str
    uses: dict[str, str]
    translation: str

    @property
    def entry(self):
        """The row as the others are: what it prints in the last column is tested."""
        tested = bool(spans(self.translation))
        return Entry(self.id, frozenset({"contradiction"}), tested, "", "", "", self.translation)


def read_terms():
    """Return the rows of the table between the walkthroughs."""
    return [
        Term(cells[0], cells[1], dict(zip("ABCDE", cells[2:7], strict=True)), cells[7])
        for cells in _table_rows()
        if cells[0].startswith("X")
    ]
