"""The grader's side of a submission's process: runs cells, and calls answers from afar.

An answer behind the wall is stood in for by a function, class or object of the
same name here, so that `Exercise.verdict` uses it as it uses any other.
"""

import base64
import contextlib
import json
import math
import re
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from inspect import Parameter, Signature
from itertools import accumulate
from typing import Any

import numpy as np

from helpers.checks.calling import (
    KEPT_OUTPUT,
    Outcome,
    Reported,
    Unreachable,
    brought,
    endless,
    ignored_errors,
)
from helpers.course.grading.channel import Channel, Closed, Garbled
from helpers.course.grading.clock import FairClock
from helpers.course.grading.parcels import Directory, Parcel, number_of
from helpers.course.grading.redrawing import draw_on
from helpers.course.grading.wire import Tree, Wire
from helpers.course.grading.words import printable

_PIECE = 8 * 2**20  # bytes of a file in one message
_FIND_SECONDS = 10.0
_TOGETHER = 2**20  # characters of requests in one message
_GRACE = 2.0  # seconds after which a process that should have answered is given up
_LONGEST_TEXT = 400
_MOST_OUTPUT = 12_000  # characters of one output
_MOST_OUTPUTS = 1_000_000  # and of all that a notebook shows
_MOST_RECEIVED = 64 * 2**20  # bytes for one case: what has come is held until the case is over
_IGNORED = ["under"]  # a tiny number that becomes 0 is no fault
TIMEOUT = "Timeout"  # what a cell that was stopped shows
_TOO_LONG = "it did not stop when its time was up"
_NAME = re.compile(r"[^\W\d]\w*")


class Ended(Unreachable):
    """The submission's process can no longer be asked; the message says why."""


class Gone(Unreachable):
    """A copy of the submission's process has ended before it was done with; the process goes on."""


@dataclass(frozen=True)
class Found:
    """What a name stands for in a notebook.

    Attributes
    ----------
    answer : Any
        The value, or what stands in for it.
    there : bool
        Whether there is such a name.
    names : list of str
        The names that there are, where it is not among them.
    trouble : str
        Why the check could not be called.
    """

    answer: Any = None
    there: bool = False
    names: list[str] = field(default_factory=list)
    trouble: str = ""


@dataclass(frozen=True)
class Request:
    """What a submission's process is asked to do: a key that tells it from others, and its JSON."""

    key: tuple
    text: str


def _request(do: str, **fields: Any) -> Request:
    return Request((do,), json.dumps({"do": do, **fields}, separators=(",", ":")))


def to_run(number: int, source: str, seconds: float) -> Request:
    """Return what `Session.run` asks."""
    asked = _request("run", number=number, source=source, seconds=seconds)
    return replace(asked, key=("run", number))


def to_find(name: str, held: bool = False) -> Request:
    """Return what `Session.find` asks."""
    return replace(_request("find", name=name, held=held), key=("find", name, held))


TO_GO_APART, TO_LEAVE = _request("apart"), _request("leave")  # what `Session.apart` asks


class Session:
    """A conversation with the process of one submission.

    Parameters
    ----------
    channel : Channel
        To that process.
    end : float
        When the time of the whole submission is up, on the monotonic clock.
    clock : FairClock, optional
        Knows how much of that time others took.
    """

    def __init__(self, channel: Channel, end: float, clock: FairClock | None = None) -> None:
        self._channel = channel
        self._end = end
        self._clock = clock or FairClock()
        self._wire = Wire(2, self._foreign, self._stranger)
        self._functions = Directory()
        self._batch: list[Parcel] = []
        self._axes: dict[int, Any] = {}
        self._deadline = end
        self._limit = 0.0
        self._fresh = True
        self._watch: list[str] = []
        self._foreseen: deque[Request] = deque()  # sent already, in this order
        self._copied = False  # whether a copy of the process is asked
        self._received = 0  # before this case
        self._shown = 0
        self.used: set[str] = set()
        self.stopped = 0  # how many times something was stopped because its time was up

    # Cells ----------------------------------------------------------------------------------------

    def put(self, name: str, data: bytes) -> None:
        """Write a file beside the notebook, one piece after another."""
        for start in range(0, len(data) or 1, _PIECE):
            piece = base64.b64encode(data[start : start + _PIECE]).decode()
            self._ask(_request("put", name=name, piece=piece), self._end)

    def foresee(self, requests: Sequence[Request]) -> None:
        """Send together what will be asked, in this order, as much as fits into a message.

        What is not asked after all is passed over.
        """
        self._pass_over()
        sizes = accumulate(len(request.text) for request in requests)
        first = [request for request, size in zip(requests, sizes, strict=True) if size < _TOGETHER]
        if len(first) > 1:
            text = f'{{"steps":[{",".join(request.text for request in first)}]}}'
            self._send(text, self._end + _GRACE)
            self._foreseen.extend(first)

    def run(self, number: int, source: str, seconds: float) -> list[dict[str, str]]:
        """Run a cell; return what it shows."""
        deadline = min(self._clock.now() + seconds, self._end) + _GRACE
        reply = self._ask(to_run(number, source, seconds), deadline)
        with self._guarded():
            outputs = _outputs(reply)
            self.stopped += any(output["name"] == TIMEOUT for output in outputs)
            return self._kept(outputs)

    def _kept(self, outputs: list[dict[str, str]]) -> list[dict[str, str]]:
        """Keep of what a cell shows what there is still room for in the notebook."""
        kept = []
        for output in outputs:
            if self._shown > _MOST_OUTPUTS:
                return [*kept, _DROPPED]
            self._shown += len(output["text"])
            kept.append(output)
        return kept

    def find(self, name: str, held: bool = False) -> Found:
        """Find the answer of a name as it stands now, or as it was found the last time."""
        self._begin(0.0)
        reply = self._ask(to_find(name, held), self._clock.now() + _FIND_SECONDS)
        if "trouble" in reply:
            return Found(trouble=_text(reply["trouble"]))
        if "missing" in reply:
            return Found(names=[_text(n) for n in _list(reply, "missing")[:1000]])
        with self._guarded():
            found = _OVERSIZED if "error" in reply else reply.get("found")
            return Found(self._wire.decode(found), there=True)

    @contextlib.contextmanager
    def apart(self) -> Iterator[None]:
        """Ask a copy of the process meanwhile; it is thrown away, with all that it has seen.

        Raises
        ------
        Gone
            If the copy ends by itself.
        """
        self._copied = True
        try:
            self._ask(TO_GO_APART, self._clock.now() + _FIND_SECONDS)
            yield
            with contextlib.suppress(Gone):  # as it should be
                self._ask(TO_LEAVE, self._clock.now() + _FIND_SECONDS)
        finally:
            self._copied = False

    # Calls ----------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def case(self, seconds: float, watch: Sequence[str] = ()) -> Iterator[None]:
        """Use an answer on one case, for so many seconds in all.

        The names of `watch` that it calls from the course's library are noted in `used`.
        Afterwards everything that it got is as it was.
        """
        self._begin(seconds)
        self._watch = list(watch)
        try:
            yield
        finally:
            with self._guarded():
                self._wire.restore()
            self._begin(0.0)

    def _begin(self, seconds: float) -> None:
        self._wire.forget()
        self._functions, self._axes = Directory(), {}
        self._fresh, self._watch = True, []
        self._received = self._channel.received
        self._limit = seconds
        self._deadline = self._clock.now() + seconds

    def batch(
        self, number: int, parcels: Sequence[Parcel], seconds: float, watch: Sequence[str] = ()
    ) -> list[Outcome]:
        """Call an answer on the cases of a batch, up to one after which going on is no use.

        Parameters
        ----------
        number : int
            What is called.
        parcels : Sequence of Parcel
            The cases.
        seconds : float
            How long the answer may take for each.
        watch : Sequence of str
            As for `case`; noted for the first case only.
        """
        self._begin(seconds)
        if self._clock.is_over(self._end):
            raise Ended(_TOO_LONG)
        request = self.to_call(number, parcels, seconds, watch)
        deadline = self._clock.now() + seconds * len(parcels) + _GRACE
        try:
            with contextlib.ExitStack() as opened:
                opened.enter_context(self._guarded())
                for parcel in parcels:
                    opened.enter_context(parcel.opened(self._stranger))
                self._batch = list(parcels)
                replies = self._replies(request, deadline)
                return [self._outcome(*pair) for pair in zip(parcels, replies, strict=False)]
        finally:
            self._batch = []
            self._begin(0.0)

    def to_call(
        self, number: int, parcels: Sequence[Parcel], seconds: float, watch: Sequence[str] = ()
    ) -> Request:
        """Return what `batch` asks."""
        seconds = min(seconds, max(self._end - self._clock.now(), 0.05))
        asked = _request(
            "batch", number=number, watch=list(watch), seconds=seconds, ignores=_IGNORED
        )
        cases = ",".join(parcel.text for parcel in parcels)
        return Request(("batch", number, *parcels), f'{asked.text[:-1]},"cases":[{cases}]}}')

    def _replies(self, request: Request, deadline: float) -> list[dict[str, Any]]:
        """Return the reply to each case of a batch; they may come in several messages."""
        reply = self._ask(request, deadline)
        replies = [*_list(reply, "outcomes")]
        while reply.get("more"):
            if not reply["outcomes"] or self._clock.is_over(deadline):
                raise TimeoutError  # though there is always something to hear
            reply = self._hear(deadline)
            replies += _list(reply, "outcomes")
            if self._is_too_much():  # the rest is heard, but not kept
                replies.clear()
        if self._is_too_much():
            return [_TOO_MUCH]
        if not replies or not all(isinstance(reply, dict) for reply in replies):
            raise Garbled("These are no outcomes.")
        return replies

    def _outcome(self, parcel: Parcel, reply: dict[str, Any]) -> Outcome:
        """Return what came of one case of a batch."""
        found = brought(lambda: self._value(reply, parcel.wire), math.inf)
        warned = _list(reply, "warned")[:20] if reply.get("warned") else []
        self._note_used(reply)
        return Outcome(
            printed=str(reply.get("printed") or "")[:KEPT_OUTPUT],
            warned=tuple(dict.fromkeys(map(_text, warned))),
            changed=parcel.changed(),
            **found,
        )

    def use(self, way: str, number: int, args: tuple = (), kwargs: dict | None = None) -> Any:
        """Use an object behind the wall: ``call``, ``next``, ``iter`` or ``get`` an attribute."""
        left = self._seconds_left()
        request = _request(
            "use",
            way=way,
            number=number,
            fresh=self._fresh,
            watch=self._watch if self._fresh else [],
            seconds=left,
            ignores=ignored_errors(),
            changes=self._wire.changes(),
            args=self._wire.encode(args),
            kwargs=self._wire.encode(kwargs or {}),
        )
        self._fresh = False
        reply = self._ask(request, self._clock.now() + left + _GRACE)
        self._repeat(reply)
        value = self._value(reply, self._wire)
        if reply.get("stopped"):
            raise StopIteration
        if reply.get("absent"):
            raise AttributeError
        return value

    def _value(self, reply: dict[str, Any], wire: Wire) -> Any:
        """Return the value of a reply, after the changes that come with it.

        Raises
        ------
        Reported
            If there is none.
        """
        if reply is _TOO_MUCH:
            raise Reported(_TOO_MUCH)
        if "error" in reply:
            raise Reported(_failure(reply["error"]))
        if reply.get("endless"):
            self.stopped += 1
            raise Reported(endless(self._limit))
        with self._guarded():
            value = wire.decode(reply.get("value"))
            drawn = wire.decode(reply.get("drawn"))
            wire.apply(reply.get("changes"))
            if isinstance(drawn, dict):
                self._draw(drawn)
        return value

    def _seconds_left(self) -> float:
        """Return how long the answer may still be used on this case.

        Raises
        ------
        Ended
            If the time of the whole submission is up.
        Reported
            If that of the case is.
        """
        if self._clock.is_over(self._end):
            raise Ended(_TOO_LONG)
        if self._limit and self._clock.is_over(self._deadline):
            self.stopped += 1
            raise Reported(endless(self._limit))
        return max(min(self._deadline, self._end) - self._clock.now(), 0.05)

    def _repeat(self, reply: dict[str, Any]) -> None:
        """Print and warn of what was printed and warned of behind the wall."""
        if reply.get("printed"):
            print(str(reply["printed"])[:2000], end="")
        for text in _list(reply, "warned")[:20] if reply.get("warned") else []:
            warnings.warn(_text(text), RuntimeWarning, stacklevel=2)
        self._note_used(reply)

    def _note_used(self, reply: dict[str, Any]) -> None:
        if reply.get("used"):
            self.used |= {_text(name) for name in _list(reply, "used")[:100]}

    def _draw(self, drawn: dict) -> None:
        for number, ax in self._axes.items():
            try:
                draw_on(ax, drawn[number])
            except Exception as error:  # what cannot be drawn here was not drawn by Matplotlib
                raise Garbled(f"This is no picture: {_text(error)}") from None

    # Messages -------------------------------------------------------------------------------------

    def _ask(self, request: Request, deadline: float) -> dict[str, Any]:
        """Send a request, serve what is asked meanwhile, and return the reply.

        Raises
        ------
        Ended
            If there is no reply in time, or none that makes sense.
        """
        deadline = min(deadline, self._end + _GRACE)
        if self._foreseen and self._foreseen[0].key == request.key:
            self._foreseen.popleft()
        else:
            self._pass_over()
            self._send(request.text, deadline)
        reply = self._hear(deadline)
        if self._is_too_much() and not self._batch:
            raise Reported(_TOO_MUCH)
        return reply

    def _send(self, text: str, deadline: float) -> None:
        with self._guarded():
            if self._clock.is_over(deadline):
                raise TimeoutError
            self._channel.send_text(text, self._clock.on_the_wall(deadline))

    def _pass_over(self) -> None:
        """Hear the replies to what was foreseen, and not asked."""
        while self._foreseen:
            self._foreseen.popleft()
            deadline = min(self._clock.now() + _FIND_SECONDS, self._end + _GRACE)
            while self._hear(deadline).get("more"):
                pass

    def _hear(self, deadline: float) -> dict[str, Any]:
        """Serve what is asked, and return the reply."""
        with self._guarded():
            while True:
                reply = self._received_by(deadline)
                if "gone" in reply:
                    if not self._copied:
                        raise Garbled("There is no copy.")
                    raise Gone(reply["gone"])
                if "callback" not in reply:
                    return reply
                answer = _REFUSED if self._is_too_much() else self._called_back(reply)
                self._channel.send(answer, self._clock.on_the_wall(deadline))
                if self._clock.is_over(deadline):
                    raise TimeoutError

    def _received_by(self, deadline: float) -> dict[str, Any]:
        """Receive a message, and wait longer for it where others had the core meanwhile."""
        while True:
            try:
                return self._channel.receive(self._clock.on_the_wall(deadline))
            except TimeoutError:
                if self._clock.is_over(deadline):
                    raise

    def _is_too_much(self) -> bool:
        """Whether more has come for this case than can be held."""
        return self._limit > 0 and self._channel.received - self._received > _MOST_RECEIVED

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError:
            self.stopped += 1
            raise Ended(_TOO_LONG) from None
        except Closed:
            raise Ended("") from None
        except Garbled as error:
            raise Ended(f"it does not talk as it should ({error})") from None
        except Exception as error:  # whatever comes of noise, it is the process that made it
            raise Ended(f"it does not talk as it should ({type(error).__name__})") from None

    def _called_back(self, request: dict[str, Any]) -> dict[str, Any]:
        """Call a function of ours for the student's; return the reply."""
        case = self._batch[request["case"]] if self._batch else None
        wire, functions = (case.wire, case.functions) if case else (self._wire, self._functions)
        function = functions[request["callback"]]
        wire.apply(request.get("changes"))
        args = wire.decode(request.get("args"))
        if not isinstance(args, tuple):
            raise Garbled("These are no arguments.")
        ignored = [kind for kind in ("divide", "over", "invalid") if kind in request["ignores"]]
        try:
            with np.errstate(all="warn", under="ignore", **dict.fromkeys(ignored, "ignore")):
                value = function(*args)
        except (Ended, KeyboardInterrupt):
            raise
        except BaseException as error:
            plain = all(type(arg) in (str, int, float) for arg in error.args)
            raised = [type(error).__name__, *(error.args if plain else [_text(str(error))])]
            return {"raised": raised, "changes": wire.changes()}
        return {"changes": wire.changes(), "value": wire.encode(value)}

    # What is not plain data -----------------------------------------------------------------------

    def _foreign(self, value: Any) -> Tree:
        """Describe what stays on this side."""
        number = number_of(value)
        if number is not None:
            return ["o", number]
        if hasattr(value, "get_xlim") and hasattr(value, "name"):
            number = len(self._axes)
            self._axes[number] = value
            return ["x", number, str(value.name)]
        if callable(value):
            return self._functions.enter(value)
        raise TypeError(f"{type(value).__name__} cannot be passed to an answer behind the wall.")

    def _stranger(self, tree: Tree) -> Any:
        """Make something that stands in for an object behind the wall."""
        function = self._functions.found(tree)
        if function is not None:
            return function
        match tree:
            case ["o", int() as number, str() as name, list() as traits, parameters]:
                return self._stand_in(number, _text(name)[:80], traits, parameters)
        raise Garbled("This is no value.")

    def _stand_in(self, number: int, name: str, traits: list, parameters: Any) -> Any:
        if "function" in traits or "class" in traits:

            def call(*args: Any, **kwargs: Any) -> Any:
                return self.use("call", number, args, kwargs)

            known = _signature(parameters)
            if "class" in traits:
                made = type(name, (), {"__new__": lambda _cls, *a, **k: call(*a, **k)})
            else:
                made, call.__name__ = call, name
            made._number = number
            if known is not None:
                made.__signature__ = known
            return made
        kinds = [kind for trait, kind in _KINDS.items() if trait in traits]
        made = type(name, (*kinds, Proxy), {})()
        object.__setattr__(made, "_session", self)
        object.__setattr__(made, "_number", number)
        if "callable" in traits:
            known = _signature(parameters)
            object.__setattr__(made, "__signature__", known or Signature())
        return made


class Proxy:
    """Stands in for an object behind the wall: its attributes are asked for there."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _use(self, "get", name)


class _Callable:
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        own = object.__getattribute__
        return own(self, "_session").use("call", own(self, "_number"), args, kwargs)


class _Iterator:
    def __next__(self) -> Any:
        return _use(self, "next")


class _Iterable:
    def __iter__(self) -> Any:
        return _use(self, "iter")


_KINDS = {"callable": _Callable, "iterator": _Iterator, "iterable": _Iterable}


def _use(thing: Any, way: str, *args: Any) -> Any:
    own = object.__getattribute__
    return own(thing, "_session").use(way, own(thing, "_number"), args)


def _signature(known: Any) -> Signature | None:
    """Make a signature of parameters: of a name, or of a name and its default, each."""
    if not isinstance(known, list):
        return None
    pairs = [[one, Parameter.empty] if isinstance(one, str) else one for one in known]
    if not all(map(_is_parameter, pairs)) or len({name for name, _ in pairs}) != len(pairs):
        return None
    kind = Parameter.POSITIONAL_OR_KEYWORD
    try:
        return Signature([Parameter(name, kind, default=default) for name, default in pairs])
    except ValueError:
        return None


def _is_parameter(pair: Any) -> bool:
    if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
        return False
    default = pair[1]
    known = default is None or default is Parameter.empty or type(default) in (int, float)
    return known and bool(_NAME.fullmatch(pair[0]))


_OVERSIZED = ["o", -1, "value of more than 16 megabytes", [], None]
_TOO_MUCH = {"error": "The answer sends more than 64 megabytes: no answer needs that."}
_REFUSED = {"raised": ["MemoryError", _TOO_MUCH["error"]], "changes": []}
_DROPPED = {
    "kind": "stderr",
    "name": "",
    "text": "This notebook shows too much; the rest is left out.\n",
}


def _failure(error: Any) -> dict[str, Any]:
    """Turn a report of what was raised into the fields of an `Outcome`."""
    error = error if isinstance(error, dict) else {}
    large = error.get("large") is True
    return {
        "crashed": not large,
        "endless": large,
        "missing": error.get("missing") is True,
        "error": _text(error.get("sentence", "")) or "Error",
        "line": _text(error.get("line", "")),
    }


def _outputs(reply: dict[str, Any]) -> list[dict[str, str]]:
    """Keep of what a cell shows what is text."""
    match reply.get("outputs"):
        case list() as outputs:
            return [_output(output) for output in outputs[:50]]
    raise Garbled("These are no outputs.")


def _output(output: Any) -> dict[str, str]:
    output = output if isinstance(output, dict) else {}
    fields = {key: str(output.get(key, ""))[:_MOST_OUTPUT] for key in ("kind", "name", "text")}
    return {**fields, "name": _text(fields["name"]), "text": printable(fields["text"], kept="\n\t")}


def _list(reply: dict[str, Any], key: str) -> list:
    if not isinstance(reply.get(key), list):
        raise Ended(f"it does not talk as it should ({key})")
    return reply[key]


def _text(text: Any) -> str:
    """Return one line of text without control characters."""
    return printable(str(text)[:_LONGEST_TEXT])
