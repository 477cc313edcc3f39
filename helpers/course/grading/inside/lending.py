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
from helpers import explorers, figures, reference
from helpers.course.grading.inside import checks

REFUSED = (
    "helpers.reference.{name} is not there while a notebook is graded, since neither a released "
    "cell nor its text names it. Write your own."
)
_LIBRARY = reference.__name__
_ROOMS = (_LIBRARY, figures.__name__, explorers.__name__)  # the others have taken from the first
for _part in pkgutil.iter_modules(reference.__path__, f"{_LIBRARY}."):
    import_module(_part.name)  # or a notebook could be the first, and get it whole


@cache
def lent(names: frozenset[str]) -> dict[str, ModuleType]:
    """Return the library with these functions and classes, in which all others are refused.

    Figures and explorers go on with what they have imported; who takes it from there is refused.
    """
    parts = {name: part for name, part in sys.modules.items() if _is_in(name, *_ROOMS)}
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
    for room in _ROOMS:
        setattr(helpers, room.rpartition(".")[2], parts[room])
    checks.reference = parts[_LIBRARY]


def _is_in(name: str, *rooms: str) -> bool:
    return any(f"{name}.".startswith(f"{room}.") for room in rooms)


def _is_its_own(key: str, value: Any) -> bool:
    home = getattr(value, "__module__", None)
    return not key.startswith("__") and callable(value) and _is_in(str(home), _LIBRARY)


def _refusal(name: str) -> Callable:
    def refused(*_: Any, **__: Any) -> None:
        raise RuntimeError(REFUSED.format(name=name))

    refused.__name__ = refused.__qualname__ = name
    return refused
