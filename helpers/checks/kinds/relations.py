"""How what came back follows from what was expected: the same way in every case.

Each function yields candidates: a sentence and two arrays, which are the same where the
sentence is true. What is computed with the right answer is never computed with the student's
code, so a candidate costs next to nothing.
"""

import re
from collections.abc import Callable, Iterator
from itertools import permutations

import numpy as np

from helpers.checks.comparing import as_array
from helpers.checks.kinds.evidence import Evidence, Triple
from helpers.checks.kinds.factors import (
    FEW,
    by_a_constant,
    by_a_power,
    by_size,
    distinct,
    fits,
    floats,
    from_a_size,
    limited,
    times_an_argument,
)
from helpers.checks.kinds.numbers import close
from helpers.checks.plain import listed

_NEARLY_ALL = 0.9  # of a region is wrong
_ENOUGH = 0.2  # times as many right numbers are outside of it

_NEAR = 1e-3
_FEWEST = 2  # cases

_OF_NAN = "nan comes of 0/0, ∞/∞, ∞ − ∞ or 0·∞"
Candidate = tuple[str, np.ndarray, np.ndarray]
Region = Callable[[Triple], np.ndarray | None]


def relation(evidence: Evidence) -> str:
    """Say how the numbers that came back follow from the right ones, part by part."""
    return _of_the_first_part(evidence, _followed) or _of_the_first_part(evidence, _beside_nan)


def place(evidence: Evidence) -> str:
    """Say where all the wrong numbers are: in a row, a column, or where something is negative."""
    return _of_the_first_part(evidence, _places)


def lost(evidence: Evidence) -> str:
    """Say that everything is 0 up to rounding, or that decimals are lost on the way."""
    return _of_the_first_part(evidence, _lost)


def near(evidence: Evidence) -> str:
    """Say that all numbers are nearly right, and to how many digits."""
    return _of_the_first_part(evidence, _nearly)


def _of_the_first_part(
    evidence: Evidence, sentences: Callable[[list[Triple], bool], Iterator[str]]
) -> str:
    """Return the first sentence that is true in every case, and of which parts it is true."""
    columns = [column for column in evidence.columns if column.speaks]
    if not columns or columns[0] is not evidence.columns[0]:
        return ""
    with np.errstate(all="ignore"):
        said = [next(sentences(column.triples, bool(column.name)), "") for column in columns]
    if not said[0] or not columns[0].name:
        return said[0]
    names = [column.name for column, one in zip(columns, said, strict=True) if one == said[0]]
    return f"{listed(names)}: {said[0][0].lower()}{said[0][1:]}"


def _followed(triples: list[Triple], _named: bool) -> Iterator[str]:
    triples = [triple.with_entries() for triple in triples]
    yield from _constant(triples)
    first = next(triple for triple in triples if triple.wrong)
    for group in _GROUPS:
        if group is _missing and distinct(triples) <= FEW:
            continue
        if group is _plus_an_argument:
            yield from by_size(triples)
            yield from by_a_constant(triples)
        for sentence in dict.fromkeys(s for s, one, other in group(first) if close(one, other)):
            if all(_holds(sentence, group, triple) for triple in triples):
                yield sentence
    yield from from_a_size(triples)
    yield from by_a_power(triples)
    yield from times_an_argument(triples)
    yield from limited(triples)


def _beside_nan(triples: list[Triple], named: bool) -> Iterator[str]:
    """Say what holds of all other numbers, where some are not finite that should be, or should not.

    Only numbers at the same place are compared.
    """
    if not all(map(fits, triples)):
        return
    came = [np.isfinite(triple.got.astype(float)) for triple in triples]
    right = [np.isfinite(triple.want.astype(float)) for triple in triples]
    if all((one == other).all() for one, other in zip(came, right, strict=True)):
        return
    pairs = list(zip(triples, came, right, strict=True))
    kept = [_only_where(t, one & other) for t, one, other in pairs if (one & other).any()]
    lost = sum(int((one != other).sum()) for one, other in zip(came, right, strict=True))
    if sum(triple.got.size for triple in kept) < lost or distinct(kept) <= FEW:
        return
    if not any(triple.wrong for triple in kept):
        yield from _not_finite(triples)
    elif sum(triple.wrong for triple in kept) > 1:
        for sentence in _followed(kept, named):
            where = "Where both this number and the right one are finite"
            yield f"{where}: {sentence[0].lower()}{sentence[1:]}"


def _not_finite(triples: list[Triple]) -> Iterator[str]:
    """Say of what sort the only wrong numbers are."""
    wrong = [~_same(triple) for triple in triples]
    got = np.concatenate([t.got[mask] for t, mask in zip(triples, wrong, strict=True)])
    want = np.concatenate([t.want[mask] for t, mask in zip(triples, wrong, strict=True)])
    if np.isfinite(want).all() and np.isnan(got).all():
        yield f"All other numbers are right. {_OF_NAN}."
    if np.isfinite(want).all() and np.isinf(got).all():
        yield "Only those numbers are wrong that are infinite."
    if np.isinf(want).all():
        yield "Only those numbers are wrong that should be infinite."


def _only_where(triple: Triple, mask: np.ndarray) -> Triple:
    """Take the numbers at some places alone, those of the arguments of that shape as well."""
    known = {name: as_array(value) for name, value in triple.arguments.items()}
    same = {n: a[mask] for n, a in known.items() if a is not None and a.shape == mask.shape}
    single = {n: v for n, v in triple.arguments.items() if type(v) in (int, float)}
    got, want = triple.got[mask], triple.want[mask]
    return Triple(single | same, got, want, not close(got.astype(float), want.astype(float)))


def _holds(sentence: str, group: Callable[[Triple], Iterator[Candidate]], triple: Triple) -> bool:
    found = [(one, other) for said, one, other in group(triple) if said == sentence]
    return any(close(one, other) for one, other in found)


def _turned(triple: Triple) -> Iterator[Candidate]:
    got, want = floats(triple)
    if got.shape != want.shape:
        yield "The numbers are right, their shape is not.", got.ravel(), want.ravel()
    yield "Every sign is turned around.", got, -want
    yield "Every number is 1 minus what it should be.", got, 1 - want
    yield "−1 and 1 stand for 0 and 1.", got, 2 * want - 1
    yield "0 and 1 stand for −1 and 1.", 2 * got - 1, want
    yield "Every number is 1 divided by what it should be.", got, 1 / want


def _step(a: np.ndarray) -> np.ndarray:
    return (a > 0) * 1.0


def _sigmoid(a: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-a))


def _softmax(a: np.ndarray) -> np.ndarray:
    if not a.ndim or not a.size:
        return a
    e = np.exp(a - a.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


_FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "ReLU": lambda a: np.maximum(0, a),
    "the absolute value": np.abs,
    "the sigmoid": _sigmoid,
    "tanh": np.tanh,
    "a step function (1 where it is above 0)": _step,
    "a threshold at 0.5": lambda a: (a > 0.5) * 1.0,
    "np.sign": np.sign,
    "a square": np.square,
    "a square root": np.sqrt,
    "np.log": np.log,
    "np.exp": np.exp,
    "a softmax over each row": _softmax,
    "rounding to whole numbers": np.round,
    "cutting off the decimals": np.trunc,
    "rounding down": np.floor,
    "a clip to 0 … 1": lambda a: np.clip(a, 0, 1),
    "a clip to −1 … 1": lambda a: np.clip(a, -1, 1),
    "the sigmoid's slope, a(1 − a),": lambda a: a * (1 - a),
    "softplus, log(1 + e^a),": lambda a: np.logaddexp(0, a),
    "the slope of tanh, 1 − a²,": lambda a: 1 - a**2,
    "a factor of 1 minus itself": lambda a: a - a**2,
}
_MISSING = ("a square", "a square root", "np.log", "np.exp", "the sigmoid", "tanh", "ReLU")
_MISSING += ("the absolute value", "a step function (1 where it is above 0)", "a threshold at 0.5")
_MISSING += ("a softmax over each row",)


def _on_top(triple: Triple) -> Iterator[Candidate]:
    got, want = floats(triple)
    for name, function in _FUNCTIONS.items():
        yield f"The right numbers with {name} on top.", got, function(want)


def _missing(triple: Triple) -> Iterator[Candidate]:
    got, want = floats(triple)
    if not np.isfinite(got).all():  # −∞ has the absolute value ∞, and nobody forgot that
        return
    for name in _MISSING:
        yield f"The right numbers before {name}: that is missing.", _FUNCTIONS[name](got), want


def _order(triple: Triple) -> Iterator[Candidate]:
    got, want = floats(triple)
    rows = "numbers" if want.ndim == 1 else "rows"
    if not want.ndim or len(want) < 1:
        return
    yield "The answer lies on its side.", got, want.T
    yield f"The {rows} stand in reverse order.", got, want[::-1]
    yield f"The {rows} are sorted.", got, np.sort(want, axis=0)
    yield f"The {rows} are shifted by one place.", got, np.roll(want, 1, axis=0)
    yield f"The {rows} are shifted by one place, the other way.", got, np.roll(want, -1, axis=0)
    yield f"The {rows} are added up on the way.", got, np.cumsum(want, axis=0)
    yield f"The {rows} are not added up on the way.", np.cumsum(got, axis=0), want
    if want.ndim > 1:
        yield "The columns stand in reverse order.", got, want[:, ::-1]
        yield "The columns are added up on the way.", got, np.cumsum(want, axis=1)
        both = "The rows and the columns are shifted by one place"
        yield f"{both}.", got, np.roll(want, 1, axis=(0, 1))
        yield f"{both}, the other way.", got, np.roll(want, -1, axis=(0, 1))


def _length(triple: Triple) -> Iterator[Candidate]:
    got, want = floats(triple)
    if not want.ndim or not got.ndim:
        return
    row = "number" if want.ndim == 1 else "row"
    yield f"The last {row} is missing.", got, want[:-1]
    yield f"The first {row} is missing.", got, want[1:]
    yield f"The first and the last {row} are missing.", got, want[1:-1]
    yield f"Only the last {row} is there.", got, want[-1:]
    yield f"Only the first {row} is there.", got, want[:1]
    yield f"The right {row}s, and one more at the end.", got[:-1], want
    yield f"The right {row}s, and one more in front.", got[1:], want
    if want.ndim > 1:
        yield "The last column is missing.", got, want[:, :-1]
        yield "The first column is missing.", got, want[:, 1:]


def _filled(triple: Triple) -> Iterator[Candidate]:
    got, want = floats(triple)
    if not want.ndim:
        return
    row = "number" if want.ndim == 1 else "row"
    for words, place, where in (
        ("first", slice(0, 1), "Does return stand inside a loop?"),
        ("last", slice(-1, None), "Is the answer begun anew inside a loop?"),
    ):
        kept = np.zeros(want.shape)
        kept[place] = want[place]
        yield f"Only the {words} {row} is filled, all others are 0. {where}", got, kept


def _reduced(triple: Triple) -> Iterator[Candidate]:
    got, want = floats(triple)
    if not want.ndim or not want.size:
        return
    if want.shape[-1] > 1 and set(np.unique(want)) - {0, 1}:
        largest = (want == want.max(axis=-1, keepdims=True)) * 1.0
        yield "Each row has 1 at the place of its largest number, and 0 elsewhere.", got, largest
    yield "One number: the sum of the right ones.", got.ravel(), want.sum().reshape(1)
    yield "One number: the mean of the right ones.", got.ravel(), want.mean().reshape(1)
    if set(np.unique(want)) - {0, 1}:
        yield "One number: the first of the right ones.", got.ravel(), want.ravel()[:1]
        yield "One number: the last of the right ones.", got.ravel(), want.ravel()[-1:]
    if want.ndim > 1:
        for axis, what in ((0, "columns"), (1, "rows")):
            if want.shape[axis] < 2:
                continue
            yield f"The sums of the right {what}.", got.ravel(), want.sum(axis=axis).ravel()
            yield f"The means of the right {what}.", got.ravel(), want.mean(axis=axis).ravel()
            best = want.argmax(axis=axis).astype(float).ravel()
            yield f"The place of the largest number in each of the right {what}.", got, best


def _plus_an_argument(triple: Triple) -> Iterator[Candidate]:
    got, want = floats(triple)
    for name, value in triple.arguments.items():
        array = as_array(value)
        if array is None or array.dtype.kind not in "fiu":
            continue
        yield f"This is {name}, as it came in.", got, array.astype(float)
        try:
            plus, minus = want + array, want - array
        except ValueError:
            continue
        yield f"The right numbers plus {name}.", got, plus
        yield f"The right numbers minus {name}.", got, minus
        yield f"This is {name} minus the right numbers.", got, -minus
        if array.ndim and array.shape == want.shape:
            yield f"The right numbers times {name}, number by number.", got, want * array
            yield f"The right numbers divided by {name}, number by number.", got, want / array


# Of these it is told that one is taken of an argument.
_OF_ARGUMENTS = ("ReLU", "the absolute value", "the sigmoid", "tanh", "a square", "np.log")
_OF_ARGUMENTS += ("a step function (1 where it is above 0)", "np.sign", "np.exp")
_OF_ARGUMENTS += ("a softmax over each row", "softplus, log(1 + e^a),")


def _of_an_argument(triple: Triple) -> Iterator[Candidate]:
    """Compare with a function of an argument, or with two arguments put together."""
    got, want = floats(triple)
    known = {name: as_array(value) for name, value in triple.arguments.items()}
    arrays = {
        n: a.astype(float) for n, a in known.items() if a is not None and a.shape == got.shape
    }
    arrays = {name: array for name, array in arrays.items() if array.ndim}
    if want.shape != got.shape:
        return
    for name, array in arrays.items():
        yield f"This is minus {name}.", got, -array
        yield f"This is 1 − {name}.", got, 1 - array
        yield f"This is {name} · (1 − {name}).", got, array * (1 - array)
        yield f"This is 1 − {name}².", got, 1 - array**2
        for words in _OF_ARGUMENTS:
            yield f"This is {words} of {name}.", got, _FUNCTIONS[words](array)
    for one, other in permutations(arrays, 2):
        a, b = arrays[one], arrays[other]
        yield f"This is {one} − {other}.", got, a - b
        yield f"This is {one} / {other}.", got, a / b
        yield f"This is −{one} / {other}.", got, -a / b
        yield f"This is half the square of {one} − {other}.", got, (a - b) ** 2 / 2
        if one < other:
            yield f"This is {one} + {other}.", got, a + b
            yield f"This is {one} · {other}.", got, a * b


_CHOSEN = ("largest number", "smallest number", "middle number")  # any number may be one of few
_SUMMARIES: dict[str, Callable] = {
    "sum": np.sum,
    "mean": np.mean,
    "largest number": np.max,
    "smallest number": np.min,
    "middle number": np.median,
    "standard deviation": np.std,
    "variance": np.var,
}


def _summaries(triple: Triple) -> Iterator[Candidate]:
    """Compare with what sums up an argument: its columns, its rows, or all of it."""
    got, _ = floats(triple)
    for name, value in triple.arguments.items():
        array = as_array(value)
        if array is None or array.dtype.kind not in "fiu" or not 0 < array.ndim < 3:
            continue
        axes = {"each column of ": 0, "each row of ": 1} if array.ndim > 1 else {}
        for where, axis in {**axes, "": None}.items():
            many = array.size if axis is None else array.shape[axis]
            for words, function in _SUMMARIES.items() if array.size > 1 else ():
                found = np.ravel(function(array, axis=axis))
                if words in _CHOSEN and (many < 3 or found.size < 2):
                    continue
                yield f"This is the {words} of {where}{name}.", got.ravel(), found


def _negative(triple: Triple) -> Iterator[Candidate]:
    got, want = floats(triple)
    yield "−1 stands in place of 0.", np.where(got == -1, 0, got), want


_GROUPS = (
    _turned,
    _order,
    _length,
    _filled,
    _on_top,
    _missing,
    _reduced,
    _plus_an_argument,
    _of_an_argument,
    _summaries,
    _negative,
)


def _constant(triples: list[Triple]) -> Iterator[str]:
    """Say that all numbers, or all rows, are the same."""
    first = triples[0].got
    if not first.size or any(not triple.got.size for triple in triples):
        return
    value = first.flat[0]
    if all(close(t.got.astype(float), np.full(t.got.shape, float(value))) for t in triples):
        why = f" {_OF_NAN}, or of a log or a root of what is below 0." if np.isnan(value) else ""
        yield f"Every number is {float(value) + 0:.4g}, whatever comes in.{why}"  # 0, not -0
    wrong = [t for t in triples if t.wrong and fits(t) and t.want.ndim and len(t.want) > 1]
    tall = [t for t in triples if t.got.ndim and len(t.got) > 1]
    if len(wrong) < 2 or any(not fits(triple) for triple in triples) or distinct(triples) < 3:
        return
    if all(close(t.got.astype(float), np.broadcast_to(t.got[:1], t.got.shape)) for t in tall):
        row = "number" if first.ndim == 1 else "row"
        which = ("first", 0), ("last", -1)
        for name, place in which:
            if all(close(t.got[0] * 1.0, t.want[place] * 1.0) for t in tall):
                yield f"Every {row} is the {name} one."
        yield f"All {row}s are the same."


def _nearly(triples: list[Triple], _named: bool) -> Iterator[str]:
    wrong = [triple for triple in triples if triple.wrong]
    if any(not fits(triple) for triple in wrong):
        return
    pairs = [floats(triple) for triple in wrong]
    worst = max(float(np.abs(got - want).max() / np.abs(want).max()) for got, want in pairs)
    if 0 < worst < _NEAR:
        yield (
            f"All numbers are right to about {int(-np.log10(worst))} digits, no further. A small "
            "number that is added, a rounded constant, or a slope that is measured can do that."
        )


def _lost(triples: list[Triple], _named: bool) -> Iterator[str]:
    if all(np.abs(t.got.astype(float)).max(initial=0.0) <= _size(t) for t in triples):
        yield "Every number is 0, whatever comes in."
    wrong = [triple for triple in triples if triple.wrong and triple.got.size]
    decimals = [t for t in wrong if (np.isfinite(t.want) & (t.want % 1 != 0)).any()]
    whole = all(t.got.dtype.kind in "iu" and t.got.ndim and fits(t) for t in wrong)
    if whole and len(decimals) > 1 and distinct(triples) > FEW:
        yield (
            "Whole numbers came back where there should be decimals. An array that was made of "
            "whole numbers cuts off the decimals of what is put in, and // those of a division."
        )


def _size(triple: Triple) -> float:
    """Return what counts as 0 beside the right numbers."""
    return 1e-12 * float(np.abs(triple.want[np.isfinite(triple.want)]).max(initial=0.0))


def _places(triples: list[Triple], named: bool) -> Iterator[str]:
    wrong = [triple for triple in triples if triple.wrong]
    if any(not fits(triple) or not triple.want.ndim for triple in wrong):
        return
    masks = [~_same(triple) for triple in wrong]
    if all(mask.all() for mask in masks):
        return
    for sentence, region in _regions(wrong, named).items():
        regions = [region(triple) for triple in wrong]
        if any(one is None for one in regions):
            continue
        pairs = list(zip(masks, regions, strict=True))
        inside, outside = (sum(int((r == side).sum()) for r in regions) for side in (True, False))
        both = sum(int((mask & region).sum()) for mask, region in pairs)
        strays = sum(int((mask & ~region).sum()) for mask, region in pairs)
        if not strays and both >= _NEARLY_ALL * inside and outside >= _ENOUGH * inside:
            yield f"{sentence}{_there(triples, region)}"


# What is true of nearly any numbers where the right one is the same everywhere.
_VACUOUS = "^The right numbers (?:before|with) |times the square"


def _there(triples: list[Triple], region: Region) -> str:
    """Say what holds of all numbers in a region, in the cases that are right as well."""
    pairs = [(triple, region(triple)) for triple in triples]
    if any(mask is None for _, mask in pairs):
        return ""
    inside = [_only_where(triple, mask) for triple, mask in pairs if mask.any()]
    if sum(triple.wrong for triple in inside) < _FEWEST:
        return ""
    sentences = _followed(inside, False) if distinct(inside) > FEW else _constant(inside)
    if len({number for triple in inside for number in triple.want.tolist()}) < _FEWEST:
        sentences = (one for one in sentences if not re.search(_VACUOUS, one))
    said = next(sentences, "")
    return f" There: {said[0].lower()}{said[1:]}" if said else ""


def _same(triple: Triple) -> np.ndarray:
    got, want = floats(triple)
    scale = np.abs(want[np.isfinite(want)]).max(initial=0.0)
    return np.isclose(got, want, rtol=1e-6, atol=1e-9 * scale, equal_nan=True)


def _regions(triples: list[Triple], named: bool) -> dict[str, Region]:
    """Return regions by the sentence that says that all that is wrong is there."""
    found: dict[str, Region] = {}
    for name in triples[0].arguments:
        for words, test in _SIGNS.items():
            found[f"Only where {name} {words} are numbers wrong."] = _where(name, test)
    for words, test in _SIGNS.items():
        sentence = f"Only numbers are wrong that should be {words.removeprefix('is ')}."
        found[sentence] = lambda t, test=test: test(t.want)
    if named:  # of the parts of a network it would tell where the cases have their zeros
        return found
    tall = max(len(triple.want) for triple in triples) > 2
    row = "number" if triples[0].want.ndim == 1 else "row"
    for words, place in (("first", slice(0, 1)), ("last", slice(-1, None))):
        if tall:
            found[f"Only the {words} {row} is wrong."] = _rows(place)
            found[f"Only the {words} {row} is right."] = _rows(place, inside=False)
            if triples[0].want.ndim > 1:
                both = f"Only the {words} row and the {words} column are wrong."
                found[both] = _cross(place)
        if triples[0].want.ndim > 1:
            found[f"Only the {words} column is wrong."] = _columns(place)
            found[f"Only the {words} column is right."] = _columns(place, inside=False)
    if triples[0].want.ndim > 1:
        found["Only the first row and the first column are right."] = _beyond_the_first
    return found


_SIGNS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "is 0": lambda a: a == 0,
    "is negative": lambda a: a < 0,
    "is positive": lambda a: a > 0,
    "is 0 or negative": lambda a: a <= 0,
    "is 1": lambda a: a == 1,
}


def _where(name: str, test: Callable) -> Region:
    def region(triple: Triple) -> np.ndarray | None:
        array = as_array(triple.arguments.get(name))
        same = array is not None and array.shape == triple.want.shape
        return test(array) if same else None

    return region


def _rows(place: slice, inside: bool = True) -> Region:
    def region(triple: Triple) -> np.ndarray | None:
        if len(triple.want) < 2:
            return None
        mask = np.full(triple.want.shape, not inside)
        mask[place] = inside
        return mask

    return region


def _beyond_the_first(triple: Triple) -> np.ndarray | None:
    if triple.want.ndim != 2 or min(triple.want.shape) < 2:
        return None
    mask = np.zeros(triple.want.shape, dtype=bool)
    mask[1:, 1:] = True
    return mask


def _cross(place: slice) -> Region:
    def region(triple: Triple) -> np.ndarray | None:
        row, column = (of(place)(triple) for of in (_rows, _columns))
        return None if row is None or column is None else row | column

    return region


def _columns(place: slice, inside: bool = True) -> Region:
    def region(triple: Triple) -> np.ndarray | None:
        if triple.want.ndim != 2 or triple.want.shape[1] < 2:
            return None
        mask = np.full(triple.want.shape, not inside)
        mask[:, place] = inside
        return mask

    return region
