"""A right answer with one operation changed: made from its source, where that can be read.

What is said names the operation, never the line: a student's own code looks different.
"""

import ast
import inspect
import re
import textwrap
import warnings
from collections.abc import Callable, Iterator
from types import FunctionType, ModuleType, SimpleNamespace

import numpy as np

from helpers.checks.exercise import Exercise
from helpers.checks.kinds.rewrites import (
    SIGNS,
    Mutant,
    chosen,
    into_brackets,
    last_name,
    out_of_brackets,
    regrouped,
    without_sign,
)

_MOST = 700
_DEEPEST = 3  # functions that call each other
_COURSE = "helpers."
_OF_ONE_WAY = re.compile(r"brackets|nothing |no power |\W+ stands in place of \W+$")
IN_ONE_WAY = ", in one right way, "


def with_other_operations(exercise: Exercise) -> Iterator[tuple[str, Callable]]:
    """Yield the reference and the variants, changed, with what is changed; none without source."""
    made = 0
    right = [f for f in (exercise.reference, *exercise.variants) if isinstance(f, FunctionType)]
    for path in (path for function in right for path in _paths(function, (function,))):
        function = path[-1]
        as_told = path[0] is exercise.reference  # and not another way to the same numbers
        names = _data(exercise) if path == (exercise.reference,) else ()
        for sentence, changed in _mutants(function, names, as_told):
            for caller, called in zip(path[-2::-1], path[:0:-1], strict=True):
                changed = _calling(caller, called, changed)
            yield _told(sentence, as_told), changed
            made += 1
            if made == _MOST:
                return


def _told(sentence: str, as_told: bool) -> str:
    """Say it of a right answer; of brackets, signs and what is not done it matters in which."""
    of_another_way = not as_told and _OF_ONE_WAY.match(sentence)
    return f"These numbers come out if{IN_ONE_WAY if of_another_way else ' '}{sentence}"


def _data(exercise: Exercise) -> tuple[str, ...]:
    """Return the parameters that are no settings."""
    known = inspect.signature(exercise.reference).parameters.values()
    needed = (p.name for p in known if p.default is inspect.Parameter.empty)
    return tuple(name for name in needed if name not in exercise.settings)


def _paths(
    function: FunctionType, path: tuple[FunctionType, ...]
) -> Iterator[tuple[FunctionType, ...]]:
    """Yield the chains of our own functions that call each other."""
    yield path
    if len(path) == _DEEPEST:
        return
    for called in _called(function):
        if called not in path:
            yield from _paths(called, (*path, called))


def _called(function: FunctionType) -> Iterator[FunctionType]:
    for name in function.__code__.co_names:
        value = function.__globals__.get(name)
        if _is_ours(value):
            yield value
        elif isinstance(value, ModuleType) and value.__name__.startswith(_COURSE):
            for inner in function.__code__.co_names:
                if _is_ours(vars(value).get(inner)):
                    yield vars(value)[inner]


def _is_ours(value: object) -> bool:
    if not isinstance(value, FunctionType) or not value.__module__.startswith(_COURSE):
        return False
    return not value.__module__.endswith("_validate")


def _calling(caller: FunctionType, called: FunctionType, other: FunctionType) -> FunctionType:
    """Make a function that calls another one in place of `called`."""
    names = dict(caller.__globals__)
    for name in caller.__code__.co_names:
        value = names.get(name)
        if value is called:
            names[name] = other
        elif isinstance(value, ModuleType) and vars(value).get(called.__name__) is called:
            names[name] = SimpleNamespace(**{**vars(value), called.__name__: other})
    made = FunctionType(
        caller.__code__, names, caller.__name__, caller.__defaults__, caller.__closure__
    )
    made.__kwdefaults__ = caller.__kwdefaults__
    return made


# One function ------------------------------------------------------------------------------------


def _mutants(
    function: FunctionType, parameters: tuple[str, ...], as_told: bool
) -> Iterator[tuple[str, FunctionType]]:
    """Yield a function with one node of its syntax tree replaced, again and again."""
    tree = _tree(function)
    if tree is None:
        return
    keys = sorted({node.slice.value for node in ast.walk(tree) if _is_key(node)})
    for parent, name, place, node in list(_slots(tree)):
        if isinstance(parent, ast.Slice) or name == "slice":
            continue
        if not as_told and isinstance(node, ast.Constant | ast.UnaryOp | ast.Compare):
            continue
        for sentence, other in _replacements(node, parameters, keys):
            if not as_told and sentence.startswith(_OWN_WAY):
                continue
            ast.copy_location(other, node)
            ast.fix_missing_locations(other)
            _put(parent, name, place, other)
            changed = _compiled(tree, function)
            _put(parent, name, place, node)
            if changed is not None:
                yield sentence, changed


def _tree(function: FunctionType) -> ast.Module | None:
    """Read the source of a function; None where there is none, or none that is plain and ends."""
    if function.__closure__:
        return None
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return None
    definition = tree.body[0]
    if not isinstance(definition, ast.FunctionDef):
        return None
    definition.decorator_list = []
    unfit = (ast.While, ast.Lambda)
    if any(isinstance(node, unfit) or _is_complex(node) for node in ast.walk(tree)):
        return None
    return tree


def _is_complex(node: ast.AST) -> bool:
    """Whether it is a number such as 1j, which stands for a trick."""
    return isinstance(node, ast.Constant) and isinstance(node.value, complex)


def _slots(tree: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Yield where each expression and statement of a function stands."""
    for parent in ast.walk(tree):
        if isinstance(parent, ast.Module | ast.arguments):
            continue
        for name, value in ast.iter_fields(parent):
            if name in ("args", "returns") and isinstance(parent, ast.FunctionDef):
                continue
            for place, node in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(node, ast.expr | ast.stmt):
                    yield parent, name, place if isinstance(value, list) else None, node


def _put(parent: ast.AST, name: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[place] = node


def _compiled(tree: ast.Module, function: FunctionType) -> FunctionType | None:
    names: dict = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as of a number that is called
            code = compile(tree, "<changed>", "exec")
        exec(code, dict(function.__globals__), names)
    except (SyntaxError, ValueError, TypeError, NameError):
        return None
    (made,) = names.values()
    return FunctionType(
        made.__code__, function.__globals__, function.__name__, function.__defaults__
    )


# One node ----------------------------------------------------------------------------------------


def _replacements(node: ast.AST, parameters: tuple[str, ...], keys: list[str]) -> Iterator[Mutant]:
    """Yield what may stand in the place of a node, with the words for it."""
    kind = _KINDS.get(type(node))
    if kind is not None:
        yield from kind(node)
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in parameters:
        for other in parameters:
            if other != node.id:
                yield _in_place(other, node.id), ast.Name(other, ast.Load())
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield from _entry(node)
    if _is_key(node):
        for other in keys:
            if other != node.slice.value:
                changed = ast.Subscript(node.value, ast.Constant(other), node.ctx)
                yield _in_place(other, node.slice.value), changed


def _entry(node: ast.Subscript) -> Iterator[Mutant]:
    of = "size of a shape" if last_name(node.value) == "shape" else "entry"
    for here, other, words in (
        ("0", ast.Constant(-1), f"the last {of} stands in place of the first."),
        ("-1", ast.Constant(0), f"the first {of} stands in place of the last."),
    ):
        if ast.unparse(node.slice) == here:
            yield words, ast.Subscript(node.value, other, node.ctx)


def _is_key(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    )


def _in_place(one: object, other: object) -> str:
    return f"{one} stands in place of {other}."


_OTHERS: dict[type, tuple[type, ...]] = {
    ast.Add: (ast.Sub, ast.Mult), ast.Sub: (ast.Add,), ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv), ast.Pow: (ast.Mult,), ast.FloorDiv: (ast.Div,),
    ast.MatMult: (ast.Mult,),
    ast.Gt: (ast.GtE,), ast.Lt: (ast.LtE,), ast.GtE: (ast.Gt,), ast.LtE: (ast.Lt,),
    ast.And: (ast.Or,), ast.Or: (ast.And,),
}  # fmt: skip
_NOTHING = {
    ast.Add: "nothing is added", ast.Sub: "nothing is subtracted",
    ast.Mult: "nothing is multiplied", ast.Div: "nothing is divided", ast.Pow: "no power is taken",
}  # fmt: skip
# What says something else of another way to the same numbers than of the one that is told.
_OWN_WAY = ("the two sides of", "nothing is divided")
_ORDERED = (ast.Sub, ast.Div, ast.Pow, ast.MatMult, ast.FloorDiv)
_FUNCTIONS = {
    "mean": ("sum", "max", "median"), "sum": ("mean", "max"), "max": ("sum", "min", "mean"),
    "min": ("max",), "maximum": ("minimum",), "minimum": ("maximum",),
    "log": ("log2", "log10", "log1p"), "exp": ("expm1", "exp2"), "sqrt": ("square",),
    "std": ("var",), "var": ("std",), "cos": ("sin",), "any": ("all",), "all": ("any",),
    "argmax": ("argmin",), "relu": ("sigmoid", "tanh"), "sigmoid": ("relu", "tanh"),
    "tanh": ("sigmoid",), "floor": ("round", "ceil"),
}  # fmt: skip
_NEVER_LEFT_OUT = {"range", "zip", "len", "enumerate", "dict", "list", "tuple", "zeros", "array"}
_NEVER_LEFT_OUT |= {"reversed", "items", "values", "keys", "append", "float", "int", "asarray"}


def _operation(node: ast.BinOp) -> Iterator[Mutant]:
    kind = type(node.op)
    for other in _OTHERS.get(kind, ()):
        yield _in_place(SIGNS[other], SIGNS[kind]), ast.BinOp(node.left, other(), node.right)
    if kind in _NOTHING:
        yield f"{_NOTHING[kind]}.", node.left
    if kind in (ast.Add, ast.Mult):
        yield f"{_NOTHING[kind]}.", node.right
    if kind in _ORDERED:
        turned = ast.BinOp(node.right, node.op, node.left)
        yield f"the two sides of {SIGNS[kind]} are exchanged.", turned
    yield from regrouped(node)
    yield from into_brackets(node)


def _comparison(node: ast.Compare) -> Iterator[Mutant]:
    if len(node.ops) == 1:
        for other in _OTHERS.get(type(node.ops[0]), ()):
            words = _in_place(SIGNS[other], SIGNS[type(node.ops[0])])
            yield words, ast.Compare(node.left, [other()], node.comparators)
        for here, other in ((0, 0.5), (0.5, 0)):
            if isinstance(node.comparators[0], ast.Constant) and node.comparators[0].value == here:
                changed = ast.Compare(node.left, node.ops, [ast.Constant(other)])
                yield _in_place(f"{other:g}", f"{here:g}"), changed


def _minus(node: ast.UnaryOp) -> Iterator[Mutant]:
    if isinstance(node.op, ast.USub):
        yield "a minus is missing.", node.operand


def _choice(node: ast.BoolOp) -> Iterator[Mutant]:
    for other in _OTHERS[type(node.op)]:
        yield _in_place(SIGNS[other], SIGNS[type(node.op)]), ast.BoolOp(other(), node.values)


def _number(node: ast.Constant) -> Iterator[Mutant]:
    if type(node.value) in (int, float):
        next_to_it = (node.value + 1, node.value - 1) if type(node.value) is int else ()
        for other in next_to_it or (0, 1):
            if other != node.value and other >= 0:
                yield _in_place(f"{other:g}", f"{node.value:g}"), ast.Constant(other)


def _attribute(node: ast.Attribute) -> Iterator[Mutant]:
    if node.attr == "T":
        yield ".T is missing.", node.value
    if node.attr == "size":
        yield "len(…) stands in place of size.", _call("len", node.value)


def _call(name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


def _function(node: ast.Call) -> Iterator[Mutant]:
    name = last_name(node.func)
    if not name or name.startswith("_"):
        return
    for other in _FUNCTIONS.get(name, ()):
        yield _in_place(other, name), ast.Call(_renamed(node.func, other), node.args, node.keywords)
    for k, keyword in enumerate(node.keywords):
        yield from _keyword(node, k, keyword)
    yield from out_of_brackets(node)
    yield from without_sign(node)
    yield from chosen(node)
    if name in _NEVER_LEFT_OUT or not _is_known(node.func):
        return
    if len(node.args) == 1:
        yield f"{name} is left out.", node.args[0]
    if not node.args and isinstance(node.func, ast.Attribute):
        yield f"{name} is left out.", node.func.value
    if len(node.args) == 2:
        turned = ast.Call(node.func, node.args[::-1], node.keywords)
        yield f"the two arguments of {name} are exchanged.", turned


def _is_known(node: ast.AST) -> bool:
    """Whether a student knows a function by the name that it has here."""
    if isinstance(node, ast.Attribute):
        return hasattr(np, node.attr) or hasattr(np.ndarray, node.attr)
    return last_name(node) in _FUNCTIONS or last_name(node) in ("activation", "abs")


def _keyword(node: ast.Call, k: int, keyword: ast.keyword) -> Iterator[Mutant]:
    rest = [*node.keywords[:k], *node.keywords[k + 1 :]]
    if keyword.arg not in ("axis", "keepdims", "ddof"):
        return
    value = ast.unparse(keyword.value)
    yield f"{keyword.arg}={value} is missing.", ast.Call(node.func, node.args, rest)
    for other in (0, 1) if keyword.arg == "axis" else ():
        if value not in (str(other), str(other - 2)):
            changed = [*rest, ast.keyword("axis", ast.Constant(other))]
            words = _in_place(f"axis={other}", f"axis={value}")
            yield words, ast.Call(node.func, node.args, changed)


def _renamed(node: ast.AST, name: str) -> ast.expr:
    if isinstance(node, ast.Attribute):
        return ast.Attribute(node.value, name, node.ctx)
    return ast.Name(name, ast.Load())


def _returned(node: ast.Return) -> Iterator[Mutant]:
    if isinstance(node.value, ast.Tuple):
        turned = ast.Tuple(node.value.elts[::-1], ast.Load())
        yield "the values are returned in the other order.", ast.Return(turned)


def _loop(node: ast.For) -> Iterator[Mutant]:
    early = ast.For(node.target, node.iter, [*node.body, ast.Break()], node.orelse)
    yield "a loop ends after its first round.", early
    for words, part in (
        ("a loop ends one round early.", ast.Slice(None, ast.Constant(-1), None)),
        ("a loop leaves out its first round.", ast.Slice(ast.Constant(1), None, None)),
    ):
        rounds = ast.Subscript(_call("list", node.iter), part, ast.Load())
        yield words, ast.For(node.target, rounds, node.body, node.orelse)


def _added_on(node: ast.AugAssign) -> Iterator[Mutant]:
    yield "= stands in place of an assignment such as +=.", _assigned(node)


def _assigned(node: ast.AugAssign) -> ast.Assign:
    return ast.Assign([node.target], node.value)


def _stop(_: ast.Break) -> Iterator[Mutant]:
    yield "break is missing.", ast.Pass()


_KINDS: dict[type, Callable[..., Iterator[Mutant]]] = {
    ast.BinOp: _operation,
    ast.Compare: _comparison,
    ast.UnaryOp: _minus,
    ast.BoolOp: _choice,
    ast.Constant: _number,
    ast.Attribute: _attribute,
    ast.Call: _function,
    ast.Return: _returned,
    ast.For: _loop,
    ast.AugAssign: _added_on,
    ast.Break: _stop,
}
