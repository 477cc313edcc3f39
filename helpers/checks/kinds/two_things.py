"""Two things at once: a known mistake's answer, turned around once more.

A second thing must be plain to see: a sign, a factor, 1 minus it, or lying on its side.
"""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from helpers.checks.calling import Outcome
from helpers.checks.comparing import as_array, flat
from helpers.checks.kinds.evidence import Evidence
from helpers.checks.kinds.numbers import close, differing

_FEWEST_NUMBERS = 3
_FEWEST_VALUES = 3  # of answers such as 0 and 1 too much could be said
_TWO = "Two things"

Turn = Callable[[np.ndarray, dict[str, float]], np.ndarray]
# How an answer may be turned; and of what the mistake's own hint must not speak already.
_HALVES = r"hal[fv]|½|twice|2|mean|sum"
_TURNS: dict[str, tuple[Turn, str]] = {
    "Every sign is turned around": (lambda a, _: -a, r"sign|minus|way|hill|negativ|opposite"),
    "Every number is twice as large as it would be": (lambda a, _: 2 * a, _HALVES),
    "Every number is half of what it would be": (lambda a, _: a / 2, f"{_HALVES}|square"),
    "Every number is 1 minus what it would be": (lambda a, _: 1 - a, r"1 [-−]|upside|opposite"),
    "The answer lies on its side": (lambda a, _: a.T, r"side|transpose|\.T|column|plac|order|swap"),
}
_OF_SIZES = r"times|divi|average|mean|sum|many|depth|count|rate"


def two_things(evidence: Evidence) -> str:
    """Name a known mistake and what is wrong besides, where just one pair fits all cases."""
    if evidence.values < _FEWEST_VALUES:
        return ""
    turns = {**_TURNS, **_by_sizes(evidence)}
    found = []
    for mistake in evidence.suspected:
        if mistake.hint.startswith(_TWO):  # a third thing would be one too many
            continue
        for words, (turn, spoken_of) in turns.items():
            if not re.search(spoken_of, mistake.hint) and _fits(
                evidence, evidence.known.answers(mistake.attempt), turn
            ):
                found.append((words, mistake.hint))
    if len(found) != 1:
        return ""
    words, hint = found[0]
    return f"{_TWO}. {words}. And: {hint}"


def _by_sizes(evidence: Evidence) -> dict[str, tuple[Turn, str]]:
    """Return factors that vary from case to case."""
    every = [evidence.sizes(i) for i in range(len(evidence.cases))]
    found: dict[str, tuple[Turn, str]] = {}
    for name in every[0]:
        if len({of.get(name) for of in every}) > 1:
            words = f"Every number is what it would be, {{}} {name}"
            times = lambda a, of, name=name: a * of.get(name, np.nan)  # noqa: E731
            parts = lambda a, of, name=name: a / of.get(name, np.nan)  # noqa: E731
            found[words.format("times")] = times, _OF_SIZES
            found[words.format("divided by")] = parts, _OF_SIZES
    return found


def _fits(evidence: Evidence, theirs: Iterator[Outcome], turn: Turn) -> bool:
    """Whether the answer is the mistake's, turned, and neither alone explains it."""
    from_mistake = from_right = cases = 0
    for got, other, want in zip(evidence.got, theirs, evidence.want, strict=False):
        if other.error or not _may_be_turned(got, other, turn, evidence.sizes(cases)):
            return False
        if not _is_turned(got.seen, other.seen, turn, evidence.sizes(cases)):
            return False
        cases += 1
        from_mistake += differing(got.seen, other.seen)
        from_right += differing(other.seen, want.seen)
    enough = min(from_mistake, from_right) >= _FEWEST_NUMBERS
    return enough and cases == len(evidence.cases)


def _may_be_turned(got: Outcome, other: Outcome, turn: Turn, of: dict[str, float]) -> bool:
    """Look at the first number alone, which nearly always tells."""
    theirs, ours = flat(got.seen)[:1], flat(other.seen)[:1]
    if not theirs or not ours:
        return False
    with np.errstate(all="ignore"):
        one, other = float(theirs[0]), float(turn(np.float64(ours[0]), of))
    return math.isnan(one) or math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-9)


def _is_turned(got: Any, other: Any, turn: Turn, of: dict[str, float]) -> bool:
    """Whether all parts of an answer are those of another one, turned."""
    if isinstance(other, dict):
        fits = isinstance(got, dict) and list(got) == list(other)
        return fits and all(_is_turned(got[key], other[key], turn, of) for key in other)
    if isinstance(other, tuple):
        fits = isinstance(got, tuple) and len(got) == len(other)
        return fits and all(_is_turned(a, b, turn, of) for a, b in zip(got, other, strict=True))
    one, array = as_array(got), as_array(other)
    if one is None or array is None or array.dtype.kind not in "fiub":
        return False
    with np.errstate(all="ignore"):
        return close(one.astype(float), turn(array.astype(float), of))
