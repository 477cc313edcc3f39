"""How two pieces of plain data differ, in one sentence."""

from collections.abc import Sized
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from helpers.checks.plain import digits_apart, show, with_article

_KINDS = {"b": "booleans", "i": "integers", "u": "integers", "f": "floats", "c": "complex numbers"}


@dataclass(frozen=True)
class Tolerance:
    """How close two numbers must be, and whether their kinds must agree.

    `atol` matters: without it, correct rewrites of a formula fail where a
    sigmoid saturates.
    """

    rtol: float = 1e-7
    atol: float = 1e-9
    same_kind: bool = False


def difference(
    got: Any, expected: Any, tolerance: Tolerance, names: tuple[str, ...] = ()
) -> str | None:
    """Say how `got` differs from `expected`, or return None where it does not.

    Parameters
    ----------
    got, expected : Any
        Plain data; see `helpers.checks.plain`.
    tolerance : Tolerance
        How close numbers must be.
    names : tuple of str
        What to call the entries where `expected` is a tuple.

    Returns
    -------
    str or None
        One sentence; empty where the two values themselves say it all.

    Examples
    --------
    >>> difference(np.ones((3, 1)), np.ones(3), Tolerance())
    'The shape is (3, 1), but it should be (3,).'
    >>> difference(1, 1.0, Tolerance()) is None
    True
    """
    if isinstance(expected, dict):
        return _dict_difference(got, expected, tolerance)
    if isinstance(expected, tuple):
        return _tuple_difference(got, expected, tolerance, names)
    if isinstance(expected, str) or expected is None:
        equal = type(got) is type(expected) and got == expected
        return None if equal else _wrong_type(got, expected)
    with np.errstate(all="ignore"):  # infinities and huge numbers are compared as well
        return _number_difference(got, expected, tolerance)


def same(one: Any, other: Any, tolerance: Tolerance) -> bool:
    """Whether two pieces of plain data are the same.

    Both ways: a dict with more keys than are asked for differs from one with fewer. Nothing is
    put into words, which is what takes long where two things differ.
    """
    if isinstance(one, tuple) and isinstance(other, tuple):
        entries = zip(one, other, strict=False)
        return len(one) == len(other) and all(same(a, b, tolerance) for a, b in entries)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k], tolerance) for k in one)
    pairs = ((one, other), (other, one))
    return all(_may_be_equal(a, b, tolerance) for a, b in pairs) and all(
        difference(a, b, tolerance) is None for a, b in pairs
    )


def _may_be_equal(got: Any, expected: Any, tolerance: Tolerance) -> bool:
    """Whether a second look is needed: not at numbers that are surely apart."""
    if not all(isinstance(value, np.ndarray | float) for value in (got, expected)):
        return True
    number, target = np.asarray(got), np.asarray(expected)
    with np.errstate(all="ignore"):
        return number.shape == target.shape and bool(_close(number, target, tolerance).all())


def _wrong_type(got: Any, expected: Any) -> str:
    """Name the two types, or say nothing where they agree."""
    if type(got) is type(expected):
        return ""
    return f"The answer is {type_name(got)}, but it should be {type_name(expected)}."


def type_name(value: Any) -> str:
    """Name the type of plain data as a student would.

    >>> type_name(0.5), type_name((1, 2)), type_name(np.zeros(3))
    ('a single number', 'a tuple of 2 values', 'an array of shape (3,)')
    """
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple | list):
        return f"{with_article(type(value).__name__)} of {_count(value)}"
    if isinstance(value, str):
        return "a string"
    if isinstance(value, dict):
        return "a dict"
    if isinstance(value, bool | int | float | complex):
        return "a single number"
    return with_article(type(value).__name__)


def _count(values: Sized) -> str:
    return f"{len(values)} value{'s' * (len(values) != 1)}"


def _dict_difference(got: Any, expected: dict, tolerance: Tolerance) -> str | None:
    if not isinstance(got, dict):
        return _wrong_type(got, expected)
    missing = [key for key in expected if key not in got]
    if missing:
        return f"The dict has no key {', '.join(map(repr, missing))}."
    for key, value in expected.items():
        problem = difference(got[key], value, tolerance)
        if problem is not None:
            return at(repr(key), problem)
    return None


def _tuple_difference(
    got: Any, expected: tuple, tolerance: Tolerance, names: tuple[str, ...]
) -> str | None:
    together = f": return {', '.join(names)}" if names else ""
    unfit = f"The answer is {type_name(got)}, but it should be {_count(expected)}{together}."
    if not has_entries(got) or len(got) != len(expected):
        return unfit
    for i, (one, other) in enumerate(zip(got, expected, strict=True)):
        problem = difference(one, other, tolerance)
        if problem is not None:
            stands = _fits_tuple(got, expected)
            return at(names[i] if names else f"entry {i}", problem) if stands else unfit
    return None


def _fits_tuple(got: Any, expected: tuple) -> bool:
    """Whether `got` has entries that can stand for those of `expected`.

    The rows of a matrix seldom do, though Python unpacks them.
    """
    if isinstance(got, np.ndarray):
        return got.ndim == 1 and not any(has_entries(item) for item in expected)
    return has_entries(got)


def has_entries(value: Any) -> bool:
    """Whether it is several values, one after another."""
    return isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim > 0)


def at(place: str, problem: str) -> str:
    """Say where inside the answer the problem is.

    What is said of the whole answer alone, a comma after return, is left out.

    >>> at("entry 2", at("w", "The answer contains inf (infinity)."))
    'The first difference is in entry 2, w. The answer contains inf (infinity).'
    """
    problem = problem.removesuffix(_COMMA)
    if problem.startswith(DIFFERENCE):
        return f"{DIFFERENCE}{place}, {problem.removeprefix(DIFFERENCE)}"
    return f"{DIFFERENCE}{place}. {problem}".rstrip()


DIFFERENCE = "The first difference is in "


def _number_difference(got: Any, expected: Any, tolerance: Tolerance) -> str | None:
    if isinstance(expected, list) and not isinstance(got, list | tuple | np.ndarray):
        return _wrong_type(got, expected)
    number, target = as_array(got), as_array(expected)
    if target is None:
        return _entries(got, expected, tolerance)
    if isinstance(got, tuple) and (number is None or number.ndim != target.ndim):
        wanted = type_name(expected).replace("an array", "one array")
        if got and number is not None and number.tolist() == list(target.shape):
            return f"The answer is {tuple(got)}, the shape alone. It should be {wanted}."
        comma = f" {_COMMA}" if got else ""
        return f"The answer is {type_name(got)}, but it should be {wanted}.{comma}"
    if number is None:
        if isinstance(got, list | tuple):
            return "The rows of the answer have different lengths, or are not all numbers."
        return _wrong_type(got, expected)
    if number.shape != target.shape:
        return _wrong_shape(number.shape, target.shape)
    values, kinds = _value_difference(number, target, tolerance), _kind_difference(number, target)
    strange = values is not None and number.dtype.kind == "c"
    if kinds is None or not (tolerance.same_kind or strange):
        return values
    return kinds if values is None else f"{values or _UNLIKE} {kinds}"


_COMMA = "Did a comma after return make it one?"


def _entries(got: Any, expected: list, tolerance: Tolerance) -> str | None:
    """Compare a list whose entries are not all numbers of one shape."""
    if not has_entries(got) or len(got) != len(expected):
        return f"The answer is {type_name(got)}, but it should be {type_name(expected)}."
    return _tuple_difference(tuple(got), tuple(expected), tolerance, ())


_UNLIKE = "The values are not the expected ones."


def _kind_difference(number: np.ndarray, target: np.ndarray) -> str | None:
    kind, wanted = (_KINDS[a.dtype.kind] for a in (number, target))
    if kind == wanted or not number.size:
        return None
    advice = " Use .astype(int) on an array, or int(...) on one number."
    return f"The numbers are {kind}, but they should be {wanted}." + advice * (wanted == "integers")


def as_array(value: Any) -> np.ndarray | None:
    """Return numbers, or lists of numbers, as one array; None for anything else."""
    if _holds_text(value):  # of which NumPy would make an array as wide as the longest
        return None
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        return None
    return array if array.dtype.kind in _KINDS else None


def flat(value: Any) -> list[float]:
    """Return all numbers of a piece of plain data in a row."""
    array = as_array(value)
    if array is not None:
        return array.ravel().tolist()
    if isinstance(value, dict):
        return [number for part in value.values() for number in flat(part)]
    if isinstance(value, list | tuple):
        return [number for part in value for number in flat(part)]
    return []


def _holds_text(value: Any) -> bool:
    """Whether text is all, or part, of a piece of plain data."""
    if isinstance(value, list | tuple):
        return any(map(_holds_text, value))
    return isinstance(value, str)


def _wrong_shape(got: tuple[int, ...], expected: tuple[int, ...]) -> str:
    if not expected:
        return f"The answer is an array of shape {got}, but it should be a single number."
    if not got:
        return f"The answer is a single number, but it should be an array of shape {expected}."
    return f"The shape is {got}, but it should be {expected}."


def _value_difference(number: np.ndarray, target: np.ndarray, tolerance: Tolerance) -> str | None:
    if number.dtype == target.dtype and number.tobytes() == target.tobytes():
        return None
    close = _close(number, target, tolerance)
    if close.all():
        return None
    for name, found in (("nan (not a number)", np.isnan), ("inf (infinity)", np.isinf)):
        if found(number).any() and not found(target).any():
            return f"The answer contains {name}."
    if _single_precision(number, target):
        return _SINGLE_PRECISION
    if _close(number, target, replace(tolerance, rtol=2e-6)).all():
        return _SIX_DIGITS
    decimals = _rounded_to(number, target)
    if decimals:
        return (
            f"These are the right numbers, rounded to {decimals} decimals. Leave out the rounding."
        )
    sums = _row_sums(number, target)
    if sums or number.ndim == 0 or number.size <= 12:
        return sums
    where = tuple(int(i) for i in np.argwhere(~close)[0])
    one, other = number[where].item(), target[where].item()
    digits = digits_apart([(one, other)])
    return (
        f"{int((~close).sum())} of {number.size} entries differ, first at index {list(where)}: "
        f"got {show(one, digits=digits)}, expected {show(other, digits=digits)}."
    )


def _close(number: np.ndarray, target: np.ndarray, tolerance: Tolerance) -> np.ndarray:
    """Do what `numpy.isclose` does, where nan is like nan, in less than half of its time."""
    target = np.asarray(target, np.result_type(target, 1.0))  # booleans cannot be subtracted
    near = np.abs(number - target) <= tolerance.atol + tolerance.rtol * np.abs(target)
    near = near & np.isfinite(target) | (number == target)
    return near if near.all() else near | (np.isnan(number) & np.isnan(target))


def _row_sums(number: np.ndarray, target: np.ndarray) -> str:
    """Say what rows sum to, where they should sum to 1."""
    if target.dtype.kind != "f" or not target.ndim or target.shape[-1] < 2:
        return ""
    if not ((target >= 0).all() and (target < 1).all() and np.allclose(target.sum(axis=-1), 1)):
        return ""
    totals = number.sum(axis=-1).ravel()
    wrong = totals[~np.isclose(totals, 1)]
    if not wrong.size:
        return ""
    total = show(wrong[0], digits=digits_apart([(wrong[0], 1.0)]))
    if target.ndim == 1:
        return f"The numbers should sum to 1, but these sum to {total}."
    return f"Each row should sum to 1, but one sums to {total}."


_SINGLE_PRECISION = (
    "The numbers are right to about 7 digits only, because they are float32. The course uses "
    "float64, NumPy's usual floats: leave out float32."
)
_SIX_DIGITS = (
    "The numbers are right to about 6 digits, no further. A rounded constant, a small number that "
    "is added, a slope that is measured, or float32 on the way can do that."
)


def _single_precision(number: np.ndarray, target: np.ndarray) -> bool:
    """Whether nothing is wrong but that the numbers have 32 bits."""
    if number.dtype != np.float32:
        return False
    size = np.abs(target).max(initial=1.0, where=np.isfinite(target))
    return bool(np.allclose(number, target, rtol=1e-5, atol=1e-6 * size, equal_nan=True))


_TWO_DECIMALS = Tolerance(rtol=0.0, atol=0.00501)  # nothing that is rounded to more is further off


def _rounded_to(number: np.ndarray, target: np.ndarray) -> int:
    """Count the decimals that numbers were rounded to; 0 where nothing shows that they were."""
    if number.dtype.kind != "f" or target.dtype.kind != "f":
        return 0
    if not _close(number, target, _TWO_DECIMALS).all():
        return 0
    if not np.allclose(number, number.round(6), rtol=0, atol=1e-11, equal_nan=True):
        return 0
    for decimals in range(2, 7):
        if np.allclose(number, target.round(decimals), rtol=0, atol=1e-12, equal_nan=True):
            # Enough numbers must need their last decimal, so that it is no accident.
            last = np.abs(number - number.round(decimals - 1)) > 10.0 ** -(decimals + 1)
            return decimals if last.sum() >= min(2, number.size) else 0
    return 0
