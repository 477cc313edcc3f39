"""Which cells must run for the marks: a demonstration that nothing uses need not."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from symtable import SymbolTable, symtable


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
    """Return the global names that a cell makes, reads and changes."""
    found = _Names()
    try:
        tree, table = ast.parse(source), symtable(source, "cell", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # IPython may know more
        found.always = True
        return found
    always = (ast.Import, ast.ImportFrom, ast.Global, ast.Delete)
    found.always = any(isinstance(node, always) for node in ast.walk(tree))
    _look_up(table, found)
    found.changed = set(_changed(tree))
    return found


def _look_up(table: SymbolTable, found: _Names) -> None:
    """Note the global names in a scope, and in the scopes within it."""
    outermost = table.get_type() == "module"
    for symbol in table.get_symbols():
        if outermost or symbol.is_global():
            if symbol.is_referenced():
                found.read.add(symbol.get_name())
            if symbol.is_assigned() or symbol.is_imported():
                found.bound.add(symbol.get_name())
    for inner in table.get_children():
        _look_up(inner, found)


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
    if isinstance(node, ast.Name) and node.id != "check":  # which shows hints, and changes nothing
        yield node.id
