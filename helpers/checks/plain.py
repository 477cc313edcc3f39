"""Plain data: the only things that a check compares.

Numbers, strings, ``None``, NumPy arrays of numbers, and lists, tuples and dicts
of these. An answer is turned into plain data by its type alone, never by asking
the answer: an object that claims to equal everything is not plain.
"""

from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np

_SCALARS = {id(kind) for kind in (bool, int, float, complex, str)}  # a type can fake ==
_LARGEST_INTEGER = 2**63  # NumPy's limit
_MOST_ITEMS = 1_000_000
_BYTES_OF_AN_ITEM = 128  # so many bytes of an array count as one item: 128 MB are too large


class NotPlain(TypeError):
    """An answer that is not plain data; the message says what it is."""


class TooLarge(NotPlain):
    """An answer that holds more than anything that is asked for."""


class Unusable(TypeError):
    """An answer that cannot be used as the exercise asks; the message is a sentence."""


class _Room:
    """How much more plain data may hold: a list that holds another twice, and so on, has no end."""

    def __init__(self) -> None:
        self._left = _MOST_ITEMS

    def take(self, count: int = 1) -> None:
        """Count so many items more."""
        self._left -= count
        if self._left < 0:
            raise TooLarge("too large")


def plain(value: Any) -> Any:
    """Return `value` as plain data, sharing nothing with it.

    Parameters
    ----------
    value : Any
        What the student's function returned.

    Raises
    ------
    NotPlain
        If `value` is, or holds, anything else, or holds too much.

    Examples
    --------
    >>> plain((np.float64(0.5), [np.array(2)]))
    (0.5, [2])
    """
    return _plain(value, (), _Room())


def _plain(value: Any, inside: tuple[int, ...], room: _Room) -> Any:
    """Return what stands in the containers whose ids are `inside` as plain data."""
    room.take()
    kind = type(value)
    if value is None:
        return None
    if id(kind) in _SCALARS:
        if kind is int and abs(value) >= _LARGEST_INTEGER:
            raise NotPlain("an integer with more than 19 digits, too large for NumPy")
        return value
    if issubclass(kind, np.ndarray | np.generic):
        array = np.array(value, subok=False)
        room.take(array.size if array.dtype.kind == "U" else array.nbytes // _BYTES_OF_AN_ITEM)
        return _plain_array(array)
    if id(value) in inside:
        raise NotPlain(f"{with_article(kind.__name__)} that contains itself")
    inside = (*inside, id(value))
    if issubclass(kind, list):
        return [_plain(item, inside, room) for item in list.__iter__(value)]
    if issubclass(kind, tuple):
        return tuple(_plain(item, inside, room) for item in tuple.__iter__(value))
    if issubclass(kind, dict):
        pairs = dict.items(value)
        return {_plain(k, inside, room): _plain(v, inside, room) for k, v in pairs}
    raise NotPlain(with_article(kind.__name__))


def _plain_array(array: np.ndarray) -> Any:
    """Return numbers as an array or, where there is one, a number; text as lists."""
    if array.dtype.kind == "U":
        return array.tolist()
    if array.dtype.kind not in "biufc":
        raise NotPlain(f"an array of {array.dtype.name} values")
    if array.dtype.char in "gG":  # longer than Python's own numbers
        array = array.astype(float if array.dtype.char == "g" else complex)
    return array.item() if array.ndim == 0 else array


def with_article(noun: str) -> str:
    """Return `noun` with "a" or "an" before it.

    >>> with_article("array"), with_article("list")
    ('an array', 'a list')
    """
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def listed(names: Sequence[str]) -> str:
    """Write names as a list in a sentence.

    >>> listed(["forward", "backward", "update"])
    'forward, backward and update'
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


@dataclass(frozen=True)
class _How:
    """How values are written: as code or for reading, with how many digits, and how wide."""

    code: bool
    digits: int
    width: int

    def beside(self, prefix: str) -> "_How":
        """Say how it is written behind a prefix."""
        return replace(self, width=self.width - len(prefix))


_MOST_ENTRIES = 60
_LONGEST_TEXT = 1_500
_LINE = 56  # fits beside a label, in 72 columns
_NARROWEST = 20
_FEWEST_DIGITS = 4
_DIGITS = 10  # more than any tolerance can tell apart


def show(value: Any, code: bool = False, digits: int = _DIGITS, prefix: str = "") -> str:
    """Write plain data for a reader, at most a screenful of it.

    Parameters
    ----------
    value : Any
        Plain data, or an argument of a case.
    code : bool
        Write arrays as ``np.array(...)`` and numbers exactly, ready to be pasted
        into a cell.
    digits : int
        How many significant digits a float has, where it is not written as code.
    prefix : str
        What stands before it, on its first line.

    Examples
    --------
    >>> show(np.array([0.1 + 0.2, 0.25])), show(np.array([1, 0]), code=True)
    ('[0.3, 0.25]', 'np.array([1, 0])')
    >>> show([2 / 3, 12345.6], digits=4)
    '[0.6667, 12346.0]'
    >>> show([np.finfo(float).max, np.inf])
    '[1.7976931348623157e+308, inf]'
    """
    text = _show(value, _How(code, digits, _LINE).beside(prefix))
    short = text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]} …"
    return after(prefix, short)


def _show(value: Any, how: _How) -> str:
    if isinstance(value, np.ndarray):
        return _show_array(value, how)
    if isinstance(value, float | np.generic):
        return _show_number(value, how)
    if isinstance(value, tuple | list):
        opening, closing = "()" if isinstance(value, tuple) else "[]"
        texts = [_show(item, how.beside(opening)) for item in value[:_MOST_ENTRIES]]
        return _show_entries(opening, texts, value, closing)
    if isinstance(value, dict):
        keys = [(f"{key!r}: ", item) for key, item in islice(value.items(), _MOST_ENTRIES)]
        texts = [after(key, _show(item, how.beside(f"{{{key}"))) for key, item in keys]
        return _show_entries("{", texts, value, "}")
    if isinstance(value, np.random.Generator):
        return "rng"
    if callable(value):
        return getattr(value, "__name__", type(value).__name__)
    return repr(value)


def _show_entries(opening: str, texts: list[str], value: Sized, closing: str) -> str:
    """Put entries between brackets: on one line, or below each other where one needs more."""
    if len(texts) < len(value):
        texts = [*texts, "…"]
    elif isinstance(value, tuple) and len(value) == 1:
        closing = f",{closing}"
    separator = ",\n" if any("\n" in text for text in texts) else ", "
    return after(opening, separator.join(texts)) + closing


def _show_array(array: np.ndarray, how: _How) -> str:
    """Write an array, the columns of a matrix below each other."""
    prefix, closing = ("np.array(", ")") if how.code else ("", "")
    small = array.ndim > 1 and array.size <= _MOST_ENTRIES
    width = max((len(_show_number(item, how)) for item in array.flat), default=0) if small else 0
    text = np.array2string(
        array,
        separator=", ",
        threshold=_MOST_ENTRIES,
        max_line_width=max(how.width - len(prefix), _NARROWEST),
        formatter={"all": lambda item: _show_number(item, how).rjust(width)},
    )
    return after(prefix, text) + closing


def _show_number(number: Any, how: _How) -> str:
    number = number.item() if isinstance(number, np.generic) else number
    if how.code or not isinstance(number, float):
        return repr(number)
    rounded = _rounded(number, how.digits)
    return repr(number if np.isinf(rounded) else rounded)  # the largest number would become inf


def _rounded(number: float, digits: int) -> float:
    """Round to significant digits; those before the point all stay."""
    if 10**digits <= abs(number) < 10**_DIGITS:
        return round(number, 0)
    return float(f"{number:.{digits}g}")


def digits_apart(pairs: Iterable[tuple[float, float]]) -> int:
    """Return how many digits tell the numbers of each pair apart, four or more.

    >>> digits_apart([(2 / 3, 1 / 3)]), digits_apart([(0.123456, 0.123457)])
    (4, 6)
    """
    pairs = list(pairs)
    for digits in range(_FEWEST_DIGITS, _DIGITS):
        if all(show(one, digits=digits) != show(other, digits=digits) for one, other in pairs):
            return digits
    return _DIGITS


def after(prefix: str, text: str) -> str:
    r"""Write `text` after `prefix`, its further lines below its first one.

    >>> print(after("x = ", "[[1],\n [2]]"))
    x = [[1],
         [2]]
    """
    return prefix + text.replace("\n", "\n" + " " * len(prefix))
