"""Turn answers that are not plain functions into plain data.

An adapter runs beside the student's code. It takes the answer and the arguments
of a case, uses the answer as a reader would, and returns what came of it as
plain data. It knows neither what is expected nor the known mistakes.
"""

from collections.abc import Callable, Iterable
from itertools import islice
from types import FunctionType
from typing import Any

MOST_ITEMS = 10_000


def function(attempt: Callable[..., Any], *args: Any) -> Any:
    """Call a function; what it returns is already the answer."""
    return attempt(*args)


def value(attempt: Any) -> Any:
    """Take a value as it is: the exercise asks for a number, not for a function.

    The reference and the known mistakes are functions that return the value.

    >>> value(0.25), value(lambda: 0.5)
    (0.25, 0.5)
    """
    return attempt() if isinstance(attempt, FunctionType) else attempt


def returned_function(*points: Any) -> Callable[..., list]:
    """Make an adapter for functions that return a function: call that at `points`.

    >>> returned_function(1, 2)(lambda slope: lambda x: slope * x, 10)
    [10, 20]
    """

    def use(attempt: Callable[..., Callable], *args: Any) -> list:
        inner = attempt(*args)
        if not callable(inner):
            raise TypeError(f"a function was expected, but {type(inner).__name__} came back")
        return [inner(point) for point in points]

    return use


def with_function(functions: dict[str, Callable]) -> Callable[..., Any]:
    """Make an adapter for functions whose first argument is a function.

    The case names that function, so that the case itself stays plain data.

    >>> double = with_function({"square": lambda x: x * x})
    >>> double(lambda f, x: 2 * f(x), "square", 3)
    18
    """

    def use(attempt: Callable[..., Any], name: str, *args: Any) -> Any:
        return attempt(functions[name], *args)

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
        raise TypeError(
            f"an iterator was expected, but {type(iterator).__name__} came back; "
            "use yield, or return iter(...)"
        )
    items = list(islice(iterator, MOST_ITEMS + 1))
    if len(items) > MOST_ITEMS:
        raise ValueError(f"the iterator gave more than {MOST_ITEMS} items; does it ever end?")
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
        part = getattr(thing, name)
        answers.append(part(*args) if callable(part) else part)
    return answers


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
