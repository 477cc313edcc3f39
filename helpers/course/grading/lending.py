"""What a released notebook names of the course's library."""

import re
from collections.abc import Iterable, Iterator

_NAMED = re.compile(r"\breference\.(\w+(?:\.\w+)*)")
_IMPORTED = re.compile(r"from helpers\.reference[\w.]* import (\([^)]*\)|[^\n]*)")
_YOURS = re.compile(r"\bcheck\.yours\(([^)]*)\)")
_ALIAS = re.compile(r"\b(?:helpers\.|import )reference as (\w+)")


def named(sources: Iterable[str]) -> frozenset[str]:
    """Return the names of the library that cells and texts use.

    >>> sorted(named(["reference.fit(X)", "check.yours(update=update)", "`reference.training`"]))
    ['fit', 'training', 'update']
    """
    return frozenset(name for source in sources for name in _named(source))


def _named(source: str) -> Iterator[str]:
    found = [*_NAMED.findall(source), *_IMPORTED.findall(source)]
    for alias in _ALIAS.findall(source):
        found += re.findall(rf"\b{alias}\.(\w+)", source)
    for text in found:
        yield from re.findall(r"\w+", text)
    for text in _YOURS.findall(source):
        yield from re.findall(r"(\w+)\s*=", text)
