"""What a person should look at: answers that ask the course's own library, and strange code."""

import ast
from collections.abc import Iterable, Iterator

from helpers.checks.notebook import LONGEST_CELL
from helpers.course.grading.needed import parsed

_LIBRARY = ("helpers.reference", "helpers.checks")
_STRANGE_MODULES = {
    *("builtins", "ctypes", "gc", "importlib", "inspect", "multiprocessing", "os", "pickle"),
    *("signal", "socket", "subprocess", "sys", "threading"),
}
_STRANGE_NAMES = {"__import__", "compile", "eval", "exec", "get_ipython", "getattr", "globals"}
_LONGEST_NAME = 40


def suspicions(answers: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield one sentence for each thing in a student's cells that no answer needs.

    Parameters
    ----------
    answers : Iterable of (str, str)
        The exercise that a cell answers, or what else it is, and its source.
    """
    for where, source in answers:
        if len(source) > LONGEST_CELL:
            yield f"{where} is too long to be looked at"
            continue
        try:
            _, nodes = parsed(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for what in sorted(set(_found(nodes))):
            yield f"{where} {what[:_LONGEST_NAME]}"


def _found(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        match node:
            case ast.ImportFrom(module=str() as module, names=names):
                for alias in names:
                    yield from _about_import(f"{module}.{alias.name}")
            case ast.Import(names=names):
                for alias in names:
                    yield from _about_import(alias.name)
            case ast.Name(id=name) if name in _STRANGE_NAMES:
                yield f"uses {name}"
            case ast.Attribute(attr="reference"):
                yield "uses the course's own library"
            case ast.Attribute(attr=name) if name.startswith("__") and name != "__init__":
                yield f"uses {name}"


def _about_import(module: str) -> Iterator[str]:
    if module == "helpers" or module.startswith(_LIBRARY):
        yield "imports the course's own library"
    elif module.split(".")[0] in _STRANGE_MODULES:
        yield f"imports {module.split('.')[0]}"
