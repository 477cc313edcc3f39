"""The student's functions and objects, held by number and used as the grader asks."""

import contextlib
import inspect
import math
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np

from helpers import reference
from helpers.checks import calling
from helpers.checks.timing import TimeIsUp
from helpers.course.grading.channel import Channel, Garbled
from helpers.course.grading.functions import found_by_name, made_from_code
from helpers.course.grading.inside.alarm import Alarm
from helpers.course.grading.inside.drawings import fresh_axes, seen_on
from helpers.course.grading.inside.watch import Watch
from helpers.course.grading.wire import MOST_ENTRIES, Oversized, TooDeep, TooMany, Tree, Wire

_NO_ERROR = {"missing": False}
TOO_LARGE = {
    "sentence": "The answer takes more than 16 megabytes, which is more than any answer needs.",
    "line": "",
    "missing": False,
    "large": True,  # and takes time, so that no other case is tried
}
_ONE_OF_A_BATCH = {"way": "call", "fresh": True, "changes": [], "kwargs": ["m", 0, ["d", []]]}
_ANSWER = 0  # the number of the answer itself
_LIBRARY = str(Path(reference.__file__).parent)
_KNOWN = {name: part for name, part in sys.modules.items() if name.startswith(reference.__name__)}


class Answers:
    """Everything of the student's that the grader has a number for.

    Parameters
    ----------
    channel : Channel
        To the grader, for functions that it passes to the student's.
    alarm : Alarm
        Limits the time of a call.
    """

    def __init__(self, channel: Channel, alarm: Alarm) -> None:
        self._channel = channel
        self._alarm = alarm
        self._wire = Wire(1, self._opaque, self._given)
        self._held: dict[int, Any] = {}
        self._axes: dict[int, Any] = {}
        self._kept: list[Callable] = []
        self._theirs: dict[int, Tree] = {}  # functions from the grader, by id()
        self._call = 0  # and these work in one call only
        self._case: int | None = None  # which case of a batch it is

    def let_go(self) -> None:
        """Hold nothing: what is asked of an answer that is not there finds none."""
        self._held = {}

    def take(self, answer: Any) -> Tree:
        """Hold a new answer, and describe it."""
        self._held = {_ANSWER: answer}
        self._wire.forget()
        tree = self._wire.encode(answer)
        self._wire.forget()
        return self._opaque(answer, _ANSWER) if isinstance(tree, list) and tree[0] == "o" else tree

    def use(self, request: dict[str, Any]) -> dict[str, Any]:
        """Do what the grader asks with one of the objects; return what came of it."""
        if request.get("fresh"):
            self._held = {_ANSWER: self._held.get(_ANSWER)}
            self._axes, self._theirs, self._kept = {}, {}, []
            self._wire.forget()
        self._call += 1
        self._wire.apply(request["changes"])
        thing = self._held[request["number"]]
        args, kwargs = self._wire.decode(request["args"]), self._wire.decode(request["kwargs"])
        watch = Watch(_LIBRARY, request["watch"]) if request.get("watch") else None
        with self._recording(request["ignores"]) as record:
            found = self._found(request, thing, args, kwargs, watch)
        self._call += 1
        drawn = self._pictures() if self._axes and "error" not in found else {}
        return {
            **found,
            "changes": self._wire.changes(),
            "printed": record["output"].text,
            "warned": [calling.one_line(warning.message) for warning in record["warnings"]][:20],
            "used": sorted(watch.seen) if watch else [],
            **drawn,
        }

    def batch(self, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Call the answer on one case after another; yield what came of each."""
        watch = request["watch"]
        for self._case, args in enumerate(request["cases"]):
            try:
                found = self.use({**request, **_ONE_OF_A_BATCH, "args": args, "watch": watch})
            except Exception as error:
                found = unsendable(error)
            yield found
            error = found.get("error", _NO_ERROR)
            if found.get("endless") or error["missing"] or error is TOO_LARGE:
                break
            watch = []  # watching takes time
        self._case = None

    def _pictures(self) -> dict[str, Any]:
        """Return what was drawn; nothing where drawing has left something unreadable."""
        try:
            return {"drawn": self._wire.encode({n: seen_on(ax) for n, ax in self._axes.items()})}
        except Exception as error:
            return {"error": _report(error, None)}

    @contextlib.contextmanager
    def _recording(self, ignored: list[str]) -> Iterator[dict[str, Any]]:
        """Catch what a call prints and warns of, as `helpers.checks.calling` does.

        Of the floating-point errors, those that the grader ignores just now are ignored.
        """
        output = calling.FirstPart(calling.KEPT_OUTPUT)
        with (
            warnings.catch_warnings(record=True) as caught,
            np.errstate(all="warn", **dict.fromkeys(ignored, "ignore")),
            contextlib.redirect_stdout(output),
            contextlib.redirect_stderr(output),
        ):
            warnings.simplefilter("default")
            yield {"output": output, "warnings": caught}

    def _found(
        self, request: dict[str, Any], thing: Any, args: tuple, kwargs: dict, watch: Watch | None
    ) -> dict[str, Any]:
        """Make the call; return the tree of its value, or what it raised."""

        def work() -> Tree:
            with watch or contextlib.nullcontext():
                value = _WAYS[request["way"]](thing, *args, **kwargs)
            return self._wire.encode(value)

        try:
            return {"value": self._alarm.within(request["seconds"], work)}
        except TimeIsUp:
            return {"endless": True}
        except (Oversized, MemoryError):
            return {"error": TOO_LARGE}
        except StopIteration as error:
            return (
                {"stopped": True} if request["way"] == "next" else {"error": _report(error, thing)}
            )
        except AttributeError as error:
            if request["way"] == "get":
                return {"absent": True}
            return {"error": _report(error, thing)}
        except BaseException as error:
            return {"error": _report(error, thing)}

    # What is not plain data -----------------------------------------------------------------------

    def _opaque(self, value: Any, number: int | None = None) -> Tree:
        """Describe what stays here, and give it a number."""
        kind = type(value)
        if id(value) in self._theirs:
            return self._theirs[id(value)]
        if isinstance(value, TooDeep):
            return ["o", -1, "value nested more than 60 levels deep", [], None]
        if isinstance(value, TooMany):
            return ["o", -1, f"dict or set of more than {MOST_ENTRIES} entries", [], None]
        if kind is int:
            name = "integer with more than 19 digits, too large for NumPy"
            return ["o", -1, name, [], None]
        if issubclass(kind, np.ndarray | np.generic):
            return ["o", -1, f"array of {value.dtype.name} values", [], None]
        if number is None:
            number = max(self._held, default=0) + 1
        if number > 20_000:
            raise MemoryError("too many objects")
        self._held[number] = value
        return ["o", number, kind.__name__, _traits(value), _parameters(value)]

    def _given(self, tree: Tree) -> Any:
        """Make what the grader passes that is not plain data."""
        match tree:
            case ["n", str() as name]:
                return _found_by_name(name)
            case ["k", str() as name, str() as code]:
                return made_from_code(name, code, _found_by_name)
            case ["f", int() as number, str() as name, list() as parameters]:
                return self._their_function(number, name, parameters)
            case ["x", int() as number, str() as projection]:
                return self._axes.setdefault(number, fresh_axes(projection))
            case ["o", int() as number]:
                return self._held[number]
        raise Garbled("This is no value.")

    def _their_function(self, number: int, name: str, parameters: list[str]) -> Callable:
        """Make a function that asks the grader for its answers."""
        made_in = self._call

        def ask(*args: Any, **kwargs: Any) -> Any:
            if self._call != made_in:
                raise RuntimeError(f"{name} can be called during the check only.")
            args = _by_position(name, parameters, args, kwargs)
            with self._alarm.silent():
                self._channel.send(
                    {
                        "callback": number,
                        "case": self._case,
                        "ignores": calling.ignored_errors(),
                        "args": self._wire.encode(args),
                        "changes": self._wire.changes(),
                    }
                )
                reply = self._channel.receive()
                self._wire.apply(reply["changes"])
                if "raised" not in reply:
                    return self._wire.decode(reply["value"])
            raise _error(*reply["raised"])

        ask.__name__ = ask.__qualname__ = name
        self._theirs[id(ask)] = ["f", number, name]
        self._kept.append(ask)  # or another object could get its id()
        return ask


def _found_by_name(name: str) -> Callable:
    """Return a function of a library; the student's process has it too, whatever was lent."""
    module, _, function = name.rpartition(".")
    return getattr(_KNOWN[module], function) if module in _KNOWN else found_by_name(name)


def _by_position(name: str, parameters: list[str], args: tuple, kwargs: dict) -> tuple:
    """Put arguments in order: over there they have no names."""
    if not kwargs:
        return args
    rest = parameters[len(args) :]
    unknown = [key for key in kwargs if key not in rest]
    if unknown:
        raise TypeError(f"{name}() got an unexpected keyword argument {unknown[0]!r}")
    missing = [key for key in rest[: len(kwargs)] if key not in kwargs]
    if missing:
        raise TypeError(f"{name}() missing a required argument: {missing[0]!r}")
    return (*args, *(kwargs[key] for key in rest[: len(kwargs)]))


def unsendable(error: Exception) -> dict[str, Any]:
    """Return the reply in place of one that cannot be made."""
    if isinstance(error, Oversized | MemoryError):
        return {"error": TOO_LARGE, "changes": []}
    sentence = f"The answer cannot be looked at ({type(error).__name__})."
    return {"error": {"sentence": sentence, "line": "", "missing": False}, "changes": []}


def _call(thing: Any, *args: Any, **kwargs: Any) -> Any:
    return thing(*args, **kwargs)


_WAYS = {"call": _call, "next": next, "get": getattr, "iter": iter}


def _traits(value: Any) -> list[str]:
    kind = type(value)
    return [
        *["function"] * (kind is FunctionType),
        *["class"] * issubclass(kind, type),
        *["callable"] * callable(value),
        *["iterator"] * hasattr(kind, "__next__"),
        *["iterable"] * hasattr(kind, "__iter__"),
    ]


def _parameters(value: Any) -> list[str | list] | None:
    """Name the parameters, each with its default where it has one: a number, or None for any."""
    if not callable(value):
        return None
    try:
        known = list(inspect.signature(value).parameters.items())[:50]
        return [
            str(name) if p.default is p.empty else [str(name), _number(p.default)]
            for name, p in known
        ]
    except Exception:  # a strange object may raise anything
        return None


def _number(value: Any) -> float | None:
    short = type(value) is int and abs(value) < 2**53
    return value if short or (type(value) is float and math.isfinite(value)) else None


def _report(error: BaseException, attempt: Any) -> dict[str, Any]:
    return {
        "sentence": calling.sentence(error),
        "line": calling.students_line(error, attempt),
        "missing": isinstance(error, NotImplementedError),
    }


def _error(kind: str, *args: Any) -> Exception:
    """Make again the error that a function of the grader's raised."""
    import builtins

    known = getattr(builtins, kind, None)
    if isinstance(known, type) and issubclass(known, Exception):
        return known(*args)
    return type(kind, (Exception,), {})(*args)
