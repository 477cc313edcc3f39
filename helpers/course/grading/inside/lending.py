"""Of the course's library a notebook gets what its released cells or their text name.

The rest says so when it is called. This keeps an answer from borrowing by chance or by habit,
not from a student's code that looks for it: that is what the watch over calls is for.
"""

import pkgutil
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

import helpers
from helpers import reference
from helpers.course.grading.inside import checks

REFUSED = (
    "helpers.reference.{name} is not there while a notebook is graded, since neither a released "
    "cell nor its text names it. Write your own."
)
_LIBRARY = reference.__name__
for _part in pkgutil.iter_modules(reference.__path__, f"{_LIBRARY}."):
    import_module(_part.name)  # or a notebook could be the first, and get it whole


@cache
def lent(names: frozenset[str]) -> dict[str, ModuleType]:
    """Return the library with these functions and classes, in which all others are refused."""
    parts = {name: module for name, module in sys.modules.items() if _is_library(name)}
    made = {id(module): ModuleType(name, module.__doc__) for name, module in parts.items()}
    for module in parts.values():
        part = made[id(module)]
        for key, value in vars(module).items():
            if isinstance(value, ModuleType):
                value = made.get(id(value), value)
            elif _is_its_own(key, value) and key not in names:
                value = _refusal(key)
            setattr(part, key, value)
    return {name: made[id(module)] for name, module in parts.items()}


def lend(parts: dict[str, ModuleType]) -> None:
    """Put this library in the place of the whole one."""
    sys.modules.update(parts)
    helpers.reference = checks.reference = parts[_LIBRARY]


def _is_library(name: str) -> bool:
    return name == _LIBRARY or name.startswith(f"{_LIBRARY}.")


def _is_its_own(key: str, value: Any) -> bool:
    home = getattr(value, "__module__", None)
    return not key.startswith("__") and callable(value) and _is_library(str(home))


def _refusal(name: str) -> Callable:
    def refused(*_: Any, **__: Any) -> None:
        raise RuntimeError(REFUSED.format(name=name))

    refused.__name__ = refused.__qualname__ = name
    return refused
