"""Plain data: the only things that a check compares.

Numbers, strings, ``None``, NumPy arrays of numbers, and lists, tuples and dicts
of these. An answer is turned into plain data by its type alone, never by asking
the answer: an object that claims to equal everything is not plain.
"""

from collections.abc import Sized
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


_MOST_ENTRIES = 60
_LONGEST_TEXT = 1_500
_LINE = 70
_DIGITS = 10  # more than any tolerance can tell apart


def show(value: Any, code: bool = False) -> str:
    """Write plain data for a reader, at most a screenful of it.

    Parameters
    ----------
    value : Any
        Plain data, or an argument of a case.
    code : bool
        Write arrays as ``np.array(...)`` and numbers exactly, ready to be pasted
        into a cell.

    Examples
    --------
    >>> show(np.array([0.1 + 0.2, 0.25])), show(np.array([1, 0]), code=True)
    ('[0.3, 0.25]', 'np.array([1, 0])')
    >>> show([np.finfo(float).max, np.inf])
    '[1.7976931348623157e+308, inf]'
    """
    text = _show(value, code)
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]} …"


def _show(value: Any, code: bool) -> str:
    if isinstance(value, np.ndarray):
        return _show_array(value, code)
    if isinstance(value, float | np.generic):
        return _show_number(value, code)
    if isinstance(value, tuple):
        return _show_entries("(", [_show(item, code) for item in value[:_MOST_ENTRIES]], value, ")")
    if isinstance(value, list):
        return _show_entries("[", [_show(item, code) for item in value[:_MOST_ENTRIES]], value, "]")
    if isinstance(value, dict):
        entries = islice(value.items(), _MOST_ENTRIES)
        texts = [after(f"{key!r}: ", _show(item, code)) for key, item in entries]
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


def _show_array(array: np.ndarray, code: bool) -> str:
    """Write an array, the columns of a matrix below each other."""
    prefix, closing = ("np.array(", ")") if code else ("", "")
    small = array.ndim > 1 and array.size <= _MOST_ENTRIES
    width = max((len(_show_number(item, code)) for item in array.flat), default=0) if small else 0
    text = np.array2string(
        array,
        separator=", ",
        threshold=_MOST_ENTRIES,
        max_line_width=_LINE - len(prefix),
        formatter={"all": lambda item: _show_number(item, code).rjust(width)},
    )
    return after(prefix, text) + closing


def _show_number(number: Any, code: bool) -> str:
    number = number.item() if isinstance(number, np.generic) else number
    if code or not isinstance(number, float):
        return repr(number)
    rounded = float(f"{number:.{_DIGITS}g}")
    return repr(number if np.isinf(rounded) else rounded)  # the largest number would become inf


def after(prefix: str, text: str) -> str:
    r"""Write `text` after `prefix`, its further lines below its first one.

    >>> print(after("x = ", "[[1],\n [2]]"))
    x = [[1],
         [2]]
    """
    return prefix + text.replace("\n", "\n" + " " * len(prefix))
