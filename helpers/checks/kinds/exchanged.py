"""Parts of an answer that stand in each other's place: Z1 is what A1 should be."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from helpers.checks.comparing import as_array
from helpers.checks.kinds.evidence import Evidence
from helpers.checks.kinds.numbers import close

_FEWEST_CASES, _FEWEST_NUMBERS = 2, 3

Parts = dict[str, np.ndarray]


def exchanged(evidence: Evidence) -> str:
    """Say which two parts are exchanged."""
    found = _found(evidence)
    for name, other in found.items():
        if found.get(other) == name:
            return f"{name} and {other} are exchanged: each is what the other one should be."
    return ""


def another_part(evidence: Evidence) -> str:
    """Say whose numbers a wrong part holds."""
    found = _found(evidence).items()
    return next((f"{name} is what {other} should be." for name, other in found), "")


def _found(evidence: Evidence) -> dict[str, str]:
    """Return, by the name of a wrong part, the one whose numbers it holds in every case."""
    if evidence.seen_as_facts:
        return {}
    pairs = [pair for i in range(len(evidence.cases)) if (pair := _parts(evidence, i))[1]]
    names = dict.fromkeys(name for _, want in pairs for name in want if " " not in name)
    found = {}
    for name in names:
        others = (other for other in names if other != name and _holds(pairs, name, other))
        if other := next(others, ""):
            found[name] = other
    return found


def _parts(evidence: Evidence, i: int) -> tuple[Parts, Parts]:
    return tuple(
        dict(_arrays(evidence.exercise.parts_of(seen)))
        for seen in (evidence.got[i].seen, evidence.want[i].seen)
    )


def _arrays(parts: dict[str, Any]) -> Iterator[tuple[str, np.ndarray]]:
    for name, part in parts.items():
        array = as_array(part)
        if array is not None:
            yield name, array.astype(float)


def _holds(pairs: list[tuple[Parts, Parts]], name: str, other: str) -> bool:
    """Whether a part that is wrong is the right other one, wherever there are both."""
    numbers = wrong = 0
    for got, want in pairs:
        if name not in want or other not in want:
            continue
        if name not in got or not close(got[name], want[other]):
            return False
        if not close(got[name], want[name]):
            wrong += 1
            numbers += want[other].size
    return wrong >= _FEWEST_CASES and numbers >= _FEWEST_NUMBERS
