"""Faults to plant: what a careless change could break, and which tests should say so first.

They stand in `planted/`, a file for each area. Where each was noticed, when it was last planted,
stands in `noticed.tsv`.
"""

import csv
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
TABLE = HERE / "noticed.tsv"


@dataclass(frozen=True)
class Fault:
    """One change that breaks something.

    Attributes
    ----------
    area : str
        The file of `planted/` that it stands in.
    breaks : str
        What a user would suffer.
    file, old, new : str
        In this file, this text, which stands there once, becomes that.
    tests : str
        The tests that are asked first, as pytest's arguments. ``BUILD`` stands for the comparison
        of notebooks with their sources, ``NOTEBOOK`` for running one again.
    earlier : dict of str to str
        What `file`, `old` and `new` were in the suite that this one is compared with.
    """

    area: str
    breaks: str
    file: str
    old: str
    new: str
    tests: str
    earlier: dict[str, str]


class Noticed(NamedTuple):
    """A row of the table: the smallest size of the tests that notices a fault, and which test."""

    area: str
    breaks: str
    size: str
    by: str


def load() -> list[Fault]:
    """Read all faults, area by area."""
    return [
        Fault(path.stem, **{"earlier": {}, **fault})
        for path in sorted((HERE / "planted").glob("*.toml"))
        for fault in tomllib.loads(path.read_text(encoding="utf-8"))["fault"]
    ]


def noticed() -> list[Noticed]:
    """Read the table."""
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [Noticed(*row) for row in csv.reader(file, dialect="excel-tab")][1:]


def record(new: Iterable[Noticed], wrong: Collection[Noticed] = ()) -> None:
    """Write rows into the table, in the order of the faults.

    Those go that were `wrong`, and those of faults that are no longer planted.
    """
    rows = {(row.area, row.breaks): row for row in [*noticed(), *new] if row not in wrong}
    order = [(fault.area, fault.breaks) for fault in load()]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, dialect="excel-tab", lineterminator="\n")
        writer.writerow(Noticed._fields)
        writer.writerows(rows[key] for key in order if key in rows)
