"""Expressions put together in another way: brackets elsewhere, or two steps in the other order."""

import ast
from collections.abc import Iterator

Mutant = tuple[str, ast.AST]

SIGNS = {
    ast.Add: "+", ast.Sub: "−", ast.Mult: "*", ast.Div: "/", ast.Pow: "**", ast.FloorDiv: "//",
    ast.MatMult: "@", ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<=", ast.And: "and",
    ast.Or: "or",
}  # fmt: skip
_SUMS, _PRODUCTS = (ast.Add, ast.Sub), (ast.Mult, ast.Div)
# What works on many numbers at once, so that it matters what is done before it.
_ONE_BY_ONE = {"exp", "log", "abs", "sqrt", "square", "tanh", "sigmoid", "relu", "maximum", "cos"}
_TOGETHER = {"mean", "sum", "max", "min", "std", "var", "norm", "argmax"}


def last_name(node: ast.AST) -> str:
    """Return the name of a function or an attribute: exp, of np.exp."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def regrouped(node: ast.BinOp) -> Iterator[Mutant]:
    """Yield a calculation with its brackets elsewhere: (a − b) / c as a − b / c."""
    left, right = node.left, node.right
    if isinstance(left, ast.BinOp) and _matters(left.op, node.op):
        inner = ast.BinOp(left.right, node.op, right)
        yield _before(node.op, left.op), ast.BinOp(left.left, left.op, inner)
    if isinstance(right, ast.BinOp) and _matters(right.op, node.op):
        inner = ast.BinOp(left, node.op, right.left)
        yield _before(node.op, right.op), ast.BinOp(inner, right.op, right.right)


def _matters(one: ast.operator, other: ast.operator) -> bool:
    """Whether brackets change anything, as they do not between + and +."""
    kinds = type(one), type(other)
    return kinds not in ((ast.Add, ast.Add), (ast.Mult, ast.Mult), (ast.MatMult, ast.MatMult))


def _before(first: ast.operator, then: ast.operator) -> str:
    one, other = SIGNS.get(type(first)), SIGNS.get(type(then))
    return f"brackets stand elsewhere: {one} is done before {other}."


def out_of_brackets(node: ast.Call) -> Iterator[Mutant]:
    """Yield a call whose last operation comes after it: sum(w ** 2) as sum(w) ** 2."""
    name = last_name(node.func)
    if name not in _ONE_BY_ONE | _TOGETHER or len(node.args) != 1:
        return
    inner = node.args[0]
    if isinstance(inner, ast.BinOp) and type(inner.op) in SIGNS:
        words = f"{_piece(inner)} stands behind the brackets of {name}, and not inside."
        yield words, ast.BinOp(_with(node, inner.left), inner.op, inner.right)
        if isinstance(inner.left, ast.Constant):
            words = f"{inner.left.value:g} {SIGNS[type(inner.op)]} … stands before the brackets of "
            other = ast.BinOp(inner.left, inner.op, _with(node, inner.right))
            yield f"{words}{name}, and not inside.", other
    if isinstance(inner, ast.Call) and len(inner.args) == 1:
        other = last_name(inner.func)
        if other in _ONE_BY_ONE | _TOGETHER:
            words = f"{other} is taken after {name}, and not before."
            yield words, _with(inner, _with(node, inner.args[0]))


def into_brackets(node: ast.BinOp) -> Iterator[Mutant]:
    """Yield a calculation that a call takes in: exp(z) − 1 as exp(z − 1)."""
    call = node.left
    if not isinstance(call, ast.Call) or len(call.args) != 1 or type(node.op) not in SIGNS:
        return
    name = last_name(call.func)
    if name in _ONE_BY_ONE | _TOGETHER:
        words = f"{_piece(node)} stands inside the brackets of {name}, and not behind."
        yield words, _with(call, ast.BinOp(call.args[0], node.op, node.right))


def _with(call: ast.Call, argument: ast.expr) -> ast.Call:
    return ast.Call(call.func, [argument], call.keywords)


def _piece(node: ast.BinOp) -> str:
    """Write an operation and what is right of it, where that is short."""
    short = isinstance(node.right, ast.Constant | ast.Name)
    return f"{SIGNS[type(node.op)]} {ast.unparse(node.right) if short else '…'}"


def chosen(node: ast.Call) -> Iterator[Mutant]:
    """Yield one of the things that a function chooses from."""
    name, args = last_name(node.func), node.args
    if name == "where" and len(args) == 3:
        yield "np.where takes its first choice everywhere.", args[1]
        yield "np.where takes its second choice everywhere.", args[2]
        turned = ast.Call(node.func, [args[0], args[2], args[1]], [])
        yield "the two choices of np.where are exchanged.", turned
    if name in ("maximum", "minimum") and len(args) == 2:
        for arg in args:
            if not isinstance(arg, ast.Constant):
                yield f"{name} is left out.", arg
    if name == "clip" and len(args) == 3:
        yield "clip is left out.", args[0]


def without_sign(node: ast.Call) -> Iterator[Mutant]:
    """Yield the absolute value in place of what is cut off at 0."""
    name, args = last_name(node.func), node.args
    if name == "maximum" and len(args) == 2 and any(map(_is_zero, args)):
        (other,) = (arg for arg in args if not _is_zero(arg))
        absolute = ast.Attribute(ast.Name("np", ast.Load()), "abs", ast.Load())
        yield "abs stands in place of maximum.", ast.Call(absolute, [other], [])


def _is_zero(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0
