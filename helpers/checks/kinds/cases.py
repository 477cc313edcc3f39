"""Which cases are wrong: all those, and only those, that have something in common.

Where the answer is right in every other case, what the wrong ones have in common is where to
look. It is no more than what is seen, so both sides need several cases, and only one thing may
tell them apart.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from helpers.checks.comparing import as_array
from helpers.checks.kinds.evidence import Evidence

_FEWEST = 2  # cases on each side
_FAR = 100

Fact = tuple[str, bool]


def case(evidence: Evidence) -> str:
    """Say which cases are wrong, where all of them and no others have one thing in common."""
    wrong = set(evidence.wrong)
    count = len(evidence.cases)
    if min(len(wrong), count - len(wrong)) < _FEWEST:
        return ""
    if not hasattr(evidence.exercise.adapter, "arguments"):  # a case is no call of the student's
        return ""
    for facts in (_of_form, _of_contents):
        every = [dict(facts(evidence, i)) for i in range(count)]
        words = dict.fromkeys(words for of in every for words in of)
        found = [w for w in words if {i for i, of in enumerate(every) if of.get(w)} == wrong]
        if found:
            told = f"It is wrong in every case where {found[0]}, and right in all others."
            return told if len(found) == 1 else ""
    return _only_where(evidence, wrong)


def _only_where(evidence: Evidence, wrong: set[int]) -> str:
    """Say by which text or setting the wrong cases are called, where others of it are right."""
    every = [dict(_of_form(evidence, i)) for i in range(len(evidence.cases))]
    words = dict.fromkeys(words for of in every for words in of if _is_chosen(words))
    called = {w: {i for i, of in enumerate(every) if of.get(w)} for w in words}
    found = [w for w, cases in called.items() if wrong <= cases and 2 * len(cases) <= len(every)]
    return f"It is wrong only in cases where {found[0]}." if len(found) == 1 else ""


def _is_chosen(words: str) -> bool:
    """Whether it is a choice of the caller's: a text, a whole number, or what is left out."""
    return words.endswith(("'", "is left out", "' is right")) or words[-1].isdigit()


def _of_form(evidence: Evidence, i: int) -> Iterator[Fact]:
    """Yield what can be said of a case without its numbers, and whether it is true."""
    arguments = evidence.arguments(i)
    for name in evidence.exercise.parameters[len(arguments) :]:
        yield f"{name} is left out", True
    for name, value in arguments.items():
        if isinstance(value, str) and value.isidentifier():
            yield f"{name} is {value!r}", True
        if type(value) is int and _is_one_of_two(evidence, name):
            yield f"{name} is {value}", True
        if not isinstance(value, np.ndarray):
            continue
        yield f"{name} is flat", value.ndim == 1
        yield f"{name} has more than two axes", value.ndim > 2
        if value.ndim == 2:
            yield f"{name} has one row", len(value) == 1
            yield f"{name} has more than one column", value.shape[1] > 1
    yield from _of_pairs(arguments)
    want = evidence.want[i].seen
    if isinstance(want, str):
        yield f"{want!r} is right", True


def _is_one_of_two(evidence: Evidence, name: str) -> bool:
    """Whether an argument is one of two whole numbers in all cases, such as a label."""
    values = [evidence.arguments(i).get(name) for i in range(len(evidence.cases))]
    return all(type(value) is int for value in values) and len(set(values)) == _FEWEST


def _of_pairs(arguments: dict[str, Any]) -> Iterator[Fact]:
    """Yield whether two arguments differ in a way that NumPy bridges: a column, and a flat one."""
    shapes = {n: np.shape(v) for n, v in arguments.items() if isinstance(v, np.ndarray)}
    names = list(shapes)
    for k, one in enumerate(names):
        for other in names[k + 1 :]:
            dimensions = sorted((len(shapes[one]), len(shapes[other])))
            same = set(shapes[one]) | {1} == set(shapes[other]) | {1}
            words = f"one of {one} and {other} is a column and the other flat"
            yield words, dimensions == [1, 2] and same


def _of_contents(evidence: Evidence, i: int) -> Iterator[Fact]:
    """Yield what can be said of the numbers of which the answer has one for each."""
    want = as_array(evidence.want[i].seen)
    shape = None if want is None else want.shape
    for name, value in evidence.arguments(i).items():
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "fiu" or not value.size:
            continue
        yield f"{name} holds whole numbers", value.dtype.kind in "iu"
        if value.shape == shape or shape == ():
            with np.errstate(all="ignore"):
                yield f"{name} has a number beyond ±{_FAR}", bool((np.abs(value) > _FAR).any())
        if value.shape == shape:
            with np.errstate(all="ignore"):
                yield f"{name} has a 0", bool((value == 0).any())
                yield f"{name} has a negative number", bool((value < 0).any())
