"""Which cells must run for the marks: a demonstration that nothing uses need not."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field


@dataclass
class _Names:
    bound: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    always: bool = False


def needed(sources: Sequence[str], optional: Sequence[bool]) -> list[bool]:
    """Say which cells must run.

    Parameters
    ----------
    sources : Sequence of str
        The code cells, in order.
    optional : Sequence of bool
        Which of them may be left out: those that are as they were released, and are
        no answers.

    Returns
    -------
    list of bool
        True for each cell that may not be left out, and for each that makes or
        changes something that such a cell reads. Imports always run.

    Examples
    --------
    >>> needed(["a = 1", "b = 2", "print(a)"], [True, True, False])
    [True, False, True]
    """
    names = [_names(source) for source in sources]
    run = [not may or each.always for may, each in zip(optional, names, strict=True)]
    while True:
        wanted = set().union(*(each.read for each, runs in zip(names, run, strict=True) if runs))
        more = [
            runs or bool((each.bound | each.changed) & wanted)
            for each, runs in zip(names, run, strict=True)
        ]
        if more == run:
            return run
        run = more


def _names(source: str) -> _Names:
    """Return the names that a cell makes, reads and changes; all of it where it is no Python."""
    found = _Names()
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found.always = True
        return found
    for node in ast.walk(tree):
        match node:
            case ast.Import() | ast.ImportFrom() | ast.Global() | ast.Delete():
                found.always = True
            case ast.AugAssign(target=ast.Name(id=name)):
                found.read.add(name)
            case ast.Name(id=name, ctx=ast.Load()):
                found.read.add(name)
            case ast.Name(id=name):
                found.bound.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.bound.add(name)
    found.changed = set(_changed(tree))
    return found


def _changed(tree: ast.Module) -> Iterator[str]:
    """Yield the names of objects that a cell changes in place, or may change."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                yield from _root(node)
            case ast.Expr(ast.Call(func=ast.Attribute() as method)):
                yield from _root(method)


def _root(node: ast.AST) -> Iterator[str]:
    """Yield the name that an expression such as ``a.b[0]`` starts from."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        yield node.id
