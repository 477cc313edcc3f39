"""The parts of an answer, in the order in which they are computed.

What is computed later can be wrong because of what is computed earlier, never the other way
round. So the first wrong part is where to start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from helpers.checks.comparing import Tolerance, difference, has_entries

Order = tuple[str, ...] | Callable[[Any], dict[str, Any]]


def parts_of(value: Any, names: tuple[str, ...], order: Order) -> dict[str, Any]:
    """Return the parts of an answer by name, in the order in which they are computed.

    Parameters
    ----------
    value : Any
        The answer as plain data.
    names : tuple of str
        What the answer's values are called, where it is several.
    order : tuple of str or Callable
        The names in order; none where the answer is one thing. Where the answer names
        nothing itself, a function that makes the dict of its parts. It may raise what it likes
        where the answer does not fit.

    Returns
    -------
    dict
        Empty where the answer is one thing, or not of the form that is asked for.

    Examples
    --------
    >>> list(parts_of((0.5, {"A1": 2, "Z1": 1}), ("A2", "cache"), ("Z1", "A1", "A2")))
    ['Z1', 'A1', 'A2']
    """
    if not order:
        return {}
    if callable(order):
        try:
            return order(value)
        except Exception:  # a student's answer, of whatever form
            return {}
    found: dict[str, Any] = {}
    for name, part in _named(value, names).items():
        whole = name in order or not isinstance(part, dict)
        for own, leaf in ({name: part} if whole else part).items():
            found[f"{name}[{own!r}]" if own in found else str(own)] = leaf
    places = {name: place for place, name in enumerate(order)}
    return dict(sorted(found.items(), key=lambda item: places.get(item[0], len(places))))


def _named(value: Any, names: tuple[str, ...]) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return {} if value.keys() & {*names} else value  # A2, or the cache's A2? Nobody can say.
    if names and has_entries(value) and len(value) == len(names):
        return dict(zip(names, value, strict=True))
    return {}


def wrong_parts(got: dict[str, Any], want: dict[str, Any], tolerance: Tolerance) -> list[str]:
    """Return the parts that are missing, or not as expected, the first one first."""
    return [
        name
        for name, part in want.items()
        if name not in got or difference(got[name], part, tolerance) is not None
    ]
