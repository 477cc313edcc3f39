"""Plain data: the only things that a check compares.

Numbers, strings, ``None``, NumPy arrays of numbers, and lists, tuples and dicts
of these. An answer is turned into plain data by its type alone, never by asking
the answer: an object that claims to equal everything is not plain.
"""

from typing import Any

import numpy as np

_NUMBERS = "biufc"
_DEEPEST = 20
_SHORT = 10


class NotPlain(TypeError):
    """An answer that is not plain data; the message says what it is."""


def plain(value: Any, depth: int = 0) -> Any:
    """Return `value` as plain data, sharing nothing with it.

    Parameters
    ----------
    value : Any
        What the student's function returned.
    depth : int
        How many containers `value` stands in.

    Raises
    ------
    NotPlain
        If `value` is, or holds, anything else.

    Examples
    --------
    >>> plain((np.float64(0.5), [np.array(2)]))
    (0.5, [2])
    """
    kind = type(value)
    if value is None or kind in (bool, int, float, complex, str):
        return value
    if issubclass(kind, np.generic):
        return plain(np.ndarray.item(np.asarray(value)), depth)
    if issubclass(kind, np.ndarray):
        array = np.array(value, subok=False)
        if array.dtype.kind not in _NUMBERS + "U":
            raise NotPlain(f"an array of {array.dtype.name} values")
        return array.item() if array.ndim == 0 else array
    if depth == _DEEPEST:
        raise NotPlain("lists nested more than 20 deep")
    if issubclass(kind, list):
        return [plain(item, depth + 1) for item in list.__iter__(value)]
    if issubclass(kind, tuple):
        return tuple(plain(item, depth + 1) for item in tuple.__iter__(value))
    if issubclass(kind, dict):
        return {plain(k, depth + 1): plain(v, depth + 1) for k, v in dict.items(value)}
    raise NotPlain(with_article(kind.__name__))


def with_article(noun: str) -> str:
    """Return `noun` with "a" or "an" before it.

    >>> with_article("array"), with_article("list")
    ('an array', 'a list')
    """
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def show(value: Any, code: bool = False) -> str:
    """Write plain data for a reader: short, and exact where it is short.

    Parameters
    ----------
    value : Any
        Plain data, or an argument of a case.
    code : bool
        Write arrays as ``np.array(...)``, ready to be pasted into a cell.

    Examples
    --------
    >>> show(np.array([0.5, -1.0])), show(np.array([1, 0]), code=True)
    ('[0.5, -1.0]', 'np.array([1, 0])')
    """
    if isinstance(value, float):
        text = f"{value:.10g}"
        return text if set(text) & set(".einf") else f"{text}.0"
    if isinstance(value, np.ndarray) and value.ndim == 1 and value.size <= _SHORT:
        return f"np.array({show(value.tolist())})" if code else show(value.tolist())
    if isinstance(value, np.ndarray):
        prefix = "np.array(" if code else ""
        text = np.array2string(
            value,
            separator=", ",
            threshold=60,
            prefix=prefix,
            max_line_width=76,
            floatmode="unique",
        )
        return f"{prefix}{text}{')' if code else ''}"
    if isinstance(value, np.generic):
        return show(value.item(), code)
    if isinstance(value, tuple):
        inner = ", ".join(show(item, code) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, list):
        return f"[{', '.join(show(item, code) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k!r}: {show(v, code)}" for k, v in value.items()) + "}"
    if isinstance(value, np.random.Generator):
        return "rng"
    if callable(value):
        return getattr(value, "__name__", type(value).__name__)
    return repr(value)
