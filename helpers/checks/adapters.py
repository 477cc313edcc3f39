"""Turn answers that are not plain functions into plain data.

An adapter runs beside the student's code. It takes the answer and the arguments
of a case, uses the answer as a reader would, and returns what came of it as
plain data. It knows neither what is expected nor the known mistakes.

The arguments of a case are the last parameters of the function: an adapter may
supply the first ones, as `figure` does. An adapter that does more than one call
can say so: its attribute ``written(name, *case)`` makes the text of a message.
An adapter that does nothing but call the answer, once, says with what: its attribute
``arguments(*case)`` returns the arguments; see `helpers.checks.callers`.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from inspect import signature
from itertools import islice
from types import FunctionType
from typing import Any

from helpers.checks.plain import Unusable, after, show, with_article

MOST_ITEMS = 10_000


def function(attempt: Callable[..., Any], *args: Any) -> Any:
    """Call a function; what it returns is already the answer."""
    return attempt(*args)


function.arguments = lambda *case: case


def value(attempt: Any) -> Any:
    """Take a value as it is: the exercise asks for a number, not for a function.

    The reference and the known mistakes are functions that return the value.

    >>> value(0.25), value(lambda: 0.5)
    (0.25, 0.5)
    """
    return attempt() if isinstance(attempt, FunctionType) else attempt


def with_function(functions: dict[str, Callable]) -> Callable[..., Any]:
    """Make an adapter for functions whose first argument is a function.

    The case names that function, so that the case itself stays plain data.

    >>> double = with_function({"square": lambda x: x * x})
    >>> double(lambda f, x: 2 * f(x), "square", 3)
    18
    """

    def use(attempt: Callable[..., Any], name: str, *args: Any) -> Any:
        return attempt(functions[name], *args)

    use.arguments = lambda name, *args: (functions[name], *args)
    return use


def generator(attempt: Callable[..., Iterable], *args: Any) -> list:
    """Collect everything that an iterator gives, through ``next``.

    >>> def countdown(n):
    ...     while n:
    ...         yield n
    ...         n -= 1
    >>> generator(countdown, 3)
    [3, 2, 1]
    """
    iterator = attempt(*args)
    if iterator is None or not hasattr(type(iterator), "__next__"):
        raise Unusable(
            f"The answer should be an iterator, but it is {_kind(iterator)}. "
            "Use yield, or return iter(...)."
        )
    items = list(islice(iterator, MOST_ITEMS + 1))
    if len(items) > MOST_ITEMS:
        raise Unusable(f"The iterator gave more than {MOST_ITEMS} items. Does it ever end?")
    return items


def instance(attempt: type, arguments: tuple, steps: Iterable[tuple]) -> list:
    """Make an object of a class and use it step by step.

    Each step is ``("method", arg, …)`` to call a method or ``("attribute",)`` to
    read an attribute; the answers are collected.

    >>> from collections import Counter
    >>> instance(Counter, ("aab",), [("total",), ("most_common", 1)])
    [3, [('a', 2)]]
    """
    thing = attempt(*arguments)
    answers = []
    for name, *args in steps:
        if not hasattr(thing, name):
            raise Unusable(f"The object has no {name}. Set it in __init__, or define it with def.")
        part = getattr(thing, name)
        answers.append(part(*args) if callable(part) else part)
    return answers


def _kind(value: Any) -> str:
    return "None" if value is None else with_article(type(value).__name__)


def figure(attempt: Callable[..., Any], *args: Any) -> dict:
    """Let a function draw on fresh Axes and read back what can be seen.

    Returns
    -------
    dict
        ``title``, ``xlabel``, ``ylabel``, ``legend`` (list of str) and ``lines``,
        a list of dicts with ``label``, ``x`` and ``y``.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    fig = Figure()
    FigureCanvasAgg(fig)
    ax = fig.add_subplot()
    attempt(ax, *args)
    legend = ax.get_legend()
    return {
        "title": ax.get_title(),
        "xlabel": ax.get_xlabel(),
        "ylabel": ax.get_ylabel(),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "lines": [
            {"label": str(line.get_label()), "x": line.get_xdata(), "y": line.get_ydata()}
            for line in ax.get_lines()
        ],
    }


def written(adapter: Callable, reference: Callable, case: Sequence[Any]) -> str:
    """Write what an adapter does with a case, ready to be pasted into a cell.

    >>> def step(z): ...
    >>> written(function, step, [0.5])
    'step(z=0.5)'
    """
    name = reference.__name__
    if adapter is value:
        return name
    if hasattr(adapter, "written"):
        return adapter.written(name, *case)
    if adapter is not instance:
        return _written_call(name, *parameters(reference, len(case)), case)
    arguments, steps = case
    names = parameters(reference, len(arguments))
    lines = [after("thing = ", _written_call(name, *names, arguments))]
    for part, *args in steps:
        is_method = callable(getattr(reference, part, None))
        lines.append(_written_call(f"thing.{part}", (), (), args) if is_method else f"thing.{part}")
    return "\n".join(lines)


@cache
def parameters(reference: Callable, count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the parameters that the adapter supplies, and those that `count` arguments fill.

    A case may leave out arguments that have a default.

    >>> def bce(y, a, eps=1e-12): ...
    >>> parameters(bce, 2), parameters(bce, 3)
    (((), ('y', 'a')), ((), ('y', 'a', 'eps')))
    >>> def draw(ax, x, color): ...
    >>> parameters(draw, 2)
    (('ax',), ('x', 'color'))
    """
    known = signature(reference).parameters
    needed = [name for name, parameter in known.items() if parameter.default is parameter.empty]
    supplied = max(len(needed) - count, 0)
    names = tuple(known)
    return names[:supplied], names[supplied : supplied + count]


def _written_call(
    name: str, supplied: Sequence[str], named: Sequence[str], args: Sequence[Any]
) -> str:
    """Write a call with keywords for its last arguments, where their names are known."""
    keywords = [f"{known}=" for known in named] if len(named) == len(args) else [""] * len(args)
    texts = [f"    {known}" for known in supplied]
    for keyword, arg in zip(keywords, args, strict=True):
        texts.append(show(arg, code=True, prefix=f"    {keyword}"))
    one_line = f"{name}({', '.join(text.strip() for text in texts)})"
    if len(one_line) <= _LINE and "\n" not in one_line:
        return one_line
    return "\n".join((f"{name}(", *(f"{text}," for text in texts), ")"))


_LINE = 56  # fits beside a label, in 72 columns
