"""Whole numbers: an answer that is right for floats, and not for integers.

It is tried: the same calls once more, with floats of the same size.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from helpers.checks.calling import Outcome
from helpers.checks.comparing import flat
from helpers.checks.kinds.evidence import Evidence

_RIGHT = "With floats in {0} the answer is right, but here {0} is of whole numbers."
_NO_ROOM = " Begin with {0} = {0}.astype(float), or make a new array in place of += or -=."
_CUT = (
    "The numbers came out whole: np.zeros_like({0}) and {0}.copy() make whole numbers where {0} is "
    "of whole numbers. Say dtype=float, or begin with {0} = {0}.astype(float)."
)
_PERHAPS_CUT = " Is an array made from it, by np.zeros_like({0}), say? That cuts decimals off."


def whole_numbers(evidence: Evidence) -> str:
    """Say that an answer is right as soon as the whole numbers of one argument are floats."""
    if len(evidence.got) != len(evidence.cases) or not evidence.wrong:
        return ""
    if any(got.changed or (got.error and not got.crashed) for got in evidence.got):
        return ""
    wrong = [evidence.got[i] for i in evidence.wrong]
    named = [
        {name for name, value in evidence.arguments(i).items() if _is_whole(value)}
        for i in evidence.wrong
    ]
    for name in sorted(set.intersection(*named)):
        if all(_is_right_with_floats(evidence, i, name) for i in evidence.wrong):
            return _sentence(wrong).format(name)
    return ""


def _sentence(wrong: Sequence[Outcome]) -> str:
    crashed = [got for got in wrong if got.crashed]
    if crashed:
        return _RIGHT + _NO_ROOM * all("Cannot cast" in got.error for got in crashed)
    numbers = [number for got in wrong for number in flat(got.seen)]
    return _CUT if all(number == np.rint(number) for number in numbers) else _RIGHT + _PERHAPS_CUT


def _is_right_with_floats(evidence: Evidence, i: int, name: str) -> bool:
    case, place = evidence.cases[i], list(evidence.arguments(i)).index(name)
    given = (*case[:place], _floats(case[place]), *case[place + 1 :])
    outcomes = evidence.ask([given])
    return all(not got.error and evidence.right(got, evidence.want[i]) for got in outcomes)


def _is_whole(value: Any) -> bool:
    """Whether integers stand in an array, or in one of a container."""
    if isinstance(value, dict):
        return any(map(_is_whole, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_is_whole, value))
    return isinstance(value, np.ndarray) and value.dtype.kind == "i"


def _floats(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _floats(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_floats, value))
    return value.astype(float) if _is_whole(value) else value
