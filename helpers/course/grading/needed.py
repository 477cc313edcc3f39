"""Which cells must run for the marks: a demonstration that nothing uses need not."""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from symtable import SymbolTable, symtable

from helpers.checks.notebook import LONGEST_CELL


@dataclass
class _Names:
    """What a cell does to global names.

    Attributes
    ----------
    wants : set of str
        What it reads before it has surely made it.
    wants_later : set of str
        What its functions read when they are called, whenever that is.
    makes, surely_makes, changes : set of str
        What it binds, what it binds whatever happens, what it changes in place.
    always : bool
        Whether it must run in any case.
    all_wanted : bool
        Whether it can read any name at all, in a way that cannot be seen.
    """

    wants: set[str] = field(default_factory=set)
    wants_later: set[str] = field(default_factory=set)
    makes: set[str] = field(default_factory=set)
    surely_makes: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    always: bool = False
    all_wanted: bool = False


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
        changes something that such a cell reads.

    Examples
    --------
    >>> needed(["a = 1", "b = 2", "a = 3", "print(a)"], [True, True, True, False])
    [False, False, True, True]
    """
    cells = [_names(source) for source in sources]
    if sum(len(cell.wants) + len(cell.makes) for cell in cells) > _MOST_NAMES:
        return [True] * len(cells)
    if any(cell.all_wanted and not may for cell, may in zip(cells, optional, strict=True)):
        return [True] * len(cells)
    run = [not may or cell.always for may, cell in zip(optional, cells, strict=True)]
    open_ = [i for i, runs in enumerate(run) if runs]
    while open_:
        reader = open_.pop()
        for i in _providers(reader, cells, optional):
            if not run[i]:
                run[i] = True
                open_.append(i)
    return run


def _providers(reader: int, cells: Sequence[_Names], optional: Sequence[bool]) -> Iterator[int]:
    """Yield the cells that a cell needs."""
    for i, cell in enumerate(cells):
        if (cell.makes | cell.changes) & cells[reader].wants_later:
            yield i
    wanted = set(cells[reader].wants)
    for i in range(reader - 1, -1, -1):
        if (cells[i].makes | cells[i].changes) & wanted:
            yield i
            if optional[i]:  # a student's cell may fail before it has made anything
                wanted -= cells[i].surely_makes


def look_at(sources: Iterable[str]) -> None:
    """Look at cells that most of a class hand in, once for all."""
    for source in sources:
        _names(source)


@lru_cache(maxsize=500)  # most cells are the same for the whole class
def _names(source: str) -> _Names:
    """Return what a cell does to global names."""
    if len(source) > LONGEST_CELL:
        return _Names(always=True, all_wanted=True)
    try:
        return _analyzed(source)
    except (SyntaxError, ValueError, MemoryError):
        return _Names(always=True, all_wanted=bool(_IPYTHON.search(source)))
    except RecursionError:
        return _Names(always=True, all_wanted=True)


@lru_cache(maxsize=500)
def parsed(source: str) -> tuple[ast.Module, list[ast.AST]]:
    """Return a cell as a tree, and all of its nodes: most cells are looked at twice.

    Raises
    ------
    SyntaxError, ValueError, RecursionError, MemoryError
        If it is no Python, or more than Python can take in.
    """
    tree = ast.parse(source)
    return tree, list(ast.walk(tree))


def _analyzed(source: str) -> _Names:
    found = _Names()
    tree, nodes = parsed(source)
    table = symtable(source, "cell", "exec")
    found.always = any(map(_must_run, nodes))
    for inner in table.get_children():
        found.wants_later |= set(_read_later(inner))
    for statement in tree.body:
        found.wants |= set(_read_now(statement)) - found.surely_makes
        found.makes |= set(_made(statement))
        if not isinstance(statement, ast.If | ast.For | ast.While | ast.Try | ast.Match):
            found.surely_makes |= set(_made(statement))
    found.changes = set(_changed(nodes))
    found.all_wanted = bool(_DYNAMIC & (found.wants | found.wants_later))
    return found


def _must_run(node: ast.AST) -> bool:
    """Whether a statement does something that its names do not show."""
    if isinstance(node, ast.ImportFrom):
        return any(alias.name == "*" for alias in node.names)
    return isinstance(node, ast.Global | ast.Delete)


def _read_later(scope: SymbolTable) -> Iterator[str]:
    """Yield the global names that a function or class reads."""
    for symbol in scope.get_symbols():
        if symbol.is_global() and symbol.is_referenced():
            yield symbol.get_name()
    for inner in scope.get_children():
        yield from _read_later(inner)


_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def _read_now(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement reads outside of functions."""
    match node:
        case ast.Name(id=name, ctx=ast.Load()) | ast.AugAssign(target=ast.Name(id=name)):
            yield name
    parts = _outside(node) if isinstance(node, _FUNCTIONS) else ast.iter_child_nodes(node)
    found = {name for part in parts for name in _read_now(part)}
    if isinstance(node, _COMPREHENSIONS):
        found -= {name for part in node.generators for name in _made(part.target)}
        found |= set(_read_now(node.generators[0].iter))
    yield from found


def _outside(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> Iterator[ast.AST]:
    """Yield what is evaluated where a function is made: defaults, annotations, decorators."""
    yield from getattr(node, "decorator_list", ())
    parts = (*node.args.defaults, *node.args.kw_defaults, getattr(node, "returns", None))
    yield from (part for part in parts if part is not None)
    for inner in ast.walk(node.args):
        if isinstance(inner, ast.arg) and inner.annotation is not None:
            yield inner.annotation


def _made(node: ast.AST) -> Iterator[str]:
    """Yield the names that a statement binds outside of functions."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
        return
    if isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from ((alias.asname or alias.name).split(".")[0] for alias in names)
        case ast.ExceptHandler(name=str() as name):
            yield name
    for inner in ast.iter_child_nodes(node):
        yield from _made(inner)


def _changed(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names of objects that a cell changes in place, or may change."""
    for node in nodes:
        match node:
            case ast.Attribute(ctx=ast.Store()) | ast.Subscript(ctx=ast.Store()):
                yield from _root(node)
            case ast.Expr(ast.Call(func=ast.Attribute(attr=name) as method, args=args)):
                yield from _root(method)
                if name in _CHANGES_ARGUMENTS:
                    yield from (name for value in args for name in _root(value))


def _root(node: ast.AST) -> Iterator[str]:
    """Yield the name that an expression such as ``a.b[0]`` starts from."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name) and node.id not in _UNCHANGED:
        yield node.id


_CHANGES_ARGUMENTS = {"copyto", "fill_diagonal", "place", "put", "putmask", "shuffle"}  # NumPy's
_DYNAMIC = {"dir", "eval", "exec", "get_ipython", "globals", "locals", "vars"}
_MOST_NAMES = 20_000
_IPYTHON = re.compile(r"^[ \t]*[%!?]|\?[ \t]*$", re.M)  # what only IPython understands
_UNCHANGED = {"check", "explorers", "figures", "np", "plt", "quiz", "reference"}
