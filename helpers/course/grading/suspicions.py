"""What a person should look at: answers that ask the course's own library, and strange code."""

import ast
import contextlib
from collections.abc import Collection, Iterable, Iterator

from helpers.checks.notebook import LONGEST_CELL
from helpers.course.grading.needed import parsed

_LIBRARY = ("helpers.reference", "helpers.checks")
_STRANGE_MODULES = {
    *("builtins", "ctypes", "gc", "importlib", "inspect", "multiprocessing", "os", "pickle"),
    *("signal", "socket", "subprocess", "sys", "threading"),
}
_COMMON = {"__init__", "__name__"}  # a decorator asks a function's name
_STRANGE_NAMES = {"__import__", "compile", "eval", "exec", "get_ipython", "getattr", "globals"}
_LONGEST_NAME = 40


def imported(sources: Iterable[str]) -> frozenset[str]:
    """Return what cells import, each as ``module.name``."""
    found = set()
    for source in sources:
        with contextlib.suppress(*_UNREADABLE):
            found |= {name for node in parsed(source)[1] for name in _imported_by(node)}
    return frozenset(found)


def suspicions(
    answers: Iterable[tuple[str, str]], usual: Collection[str] = frozenset()
) -> Iterator[str]:
    """Yield one sentence for each thing in a student's cells that no answer needs.

    Parameters
    ----------
    answers : Iterable of (str, str)
        The exercise that a cell answers, or what else it is, and its source.
    usual : Collection of str
        What the released notebook imports itself; see `imported`.
    """
    for where, source in answers:
        if len(source) > LONGEST_CELL:
            yield f"{where} is too long to be looked at"
            continue
        try:
            _, nodes = parsed(source)
        except _UNREADABLE:
            continue
        for what in sorted(set(_found(nodes, usual))):
            yield f"{where} {what[:_LONGEST_NAME]}"


_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)


def _found(nodes: Iterable[ast.AST], usual: Collection[str]) -> Iterator[str]:
    for node in nodes:
        for name in _imported_by(node):
            if name not in usual:
                yield from _about_import(name)
        match node:
            case ast.Name(id=name) if name in _STRANGE_NAMES:
                yield f"uses {name}"
            case ast.Attribute(attr="reference"):
                yield "uses the course's own library"
            case ast.Attribute(attr=name) if name.startswith("__") and name not in _COMMON:
                yield f"uses {name}"


def _imported_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.ImportFrom(module=str() as module, names=names):
            yield from (f"{module}.{alias.name}" for alias in names)
        case ast.Import(names=names):
            yield from (alias.name for alias in names)


def _about_import(module: str) -> Iterator[str]:
    if module == "helpers" or module.startswith(_LIBRARY):
        yield "imports the course's own library"
    elif module.split(".")[0] in _STRANGE_MODULES:
        yield f"imports {module.split('.')[0]}"
