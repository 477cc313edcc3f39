"""Values as JSON: plain data by value, and everything else by a number.

Both sides keep a table of the arrays, lists, dicts and generators that have
crossed in this call. A change that one side makes to one of them is made on the
other side as well, so that "it changes its input" and "it keeps no copy" look
the same through the wall as they do without it.

Nothing is ever unpickled, and nothing but plain data is made of what arrives.
"""

import base64
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from helpers.course.grading.channel import MOST_BYTES, Garbled

Tree = Any  # None, bool, int, float, str, or a list that starts with a tag

_DEEPEST = 60
_MOST_TRACKED = 400
_LARGEST_INTEGER = 2**63
_BYTES_OF_AN_ITEM = 16  # that one counts for at least: a million items are as much as a message
MOST_ENTRIES = 10_000  # of a dict or set: keys can be made so that each is compared with all others
_NUMBERS = "biufc"
_LONGEST_DTYPE = 12  # characters, as "<U1000000"


class Wire:
    """One side's table of what has crossed.

    Parameters
    ----------
    first : int
        The number of the first object from this side: even and odd for the two.
    foreign : Callable
        Makes a tree of what is not plain data.
    stranger : Callable
        Makes a stand-in of such a tree from the other side.
    """

    def __init__(
        self, first: int, foreign: Callable[[Any], Tree], stranger: Callable[[Tree], Any]
    ) -> None:
        self._first = first
        self._foreign = foreign
        self._stranger = stranger
        self._room = MOST_BYTES
        self.forget()

    def forget(self) -> None:
        """Start a new table."""
        self._next = self._first
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}  # by id()
        self._known: dict[int, Any] = {}  # the states of objects that the other side knows
        self._own: dict[int, tuple[Any, Tree]] = {}  # what objects from this side held at first
        self._sealed: frozenset[int] | None = None
        self.touched = False  # whether the other side has changed anything

    def seal(self) -> None:
        """Let `restore` return to what the table holds now."""
        self._sealed = frozenset(self._objects)

    # Out ------------------------------------------------------------------------------------------

    def encode(self, value: Any, depth: int = 0) -> Tree:
        """Return the tree of a value.

        Raises
        ------
        Oversized
            As soon as that is sure to be more than a message, however much more it is.
        """
        if not depth:
            self._room = MOST_BYTES
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if issubclass(kind, str):
            self._take(str.__len__(value))
            return str.__str__(value)
        if kind is int and abs(value) < _LARGEST_INTEGER:
            return value
        if kind is complex:
            return ["c", value.real, value.imag]
        if depth > _DEEPEST:
            return self._foreign(TooDeep())
        if issubclass(kind, dict | set | frozenset) and len(value) > MOST_ENTRIES:
            return self._foreign(TooMany())
        if issubclass(kind, tuple):
            self._take_items(tuple.__len__(value))
            return ["t", [self.encode(item, depth + 1) for item in tuple.__iter__(value)]]
        if kind is set or kind is frozenset:
            self._take_items(len(value))
            items = [self.encode(item, depth + 1) for item in value]
            return ["e", "set" if kind is set else "frozenset", items]
        if issubclass(kind, np.generic) and _is_numeric(value.dtype):
            scalar = _plain_array(value)
            return ["s", scalar.dtype.str, _packed(scalar)]
        if _kind_of(value) is None:
            return self._foreign(value)
        return self._mutable(value, depth)

    def _mutable(self, value: Any, depth: int) -> Tree:
        """Return the tree of an object that may change, or the number that it has already."""
        number = self._numbers.get(id(value))
        if number is not None:
            return ["r", number]
        if len(self._objects) >= _MOST_TRACKED:
            return ["m", 0, self._content(value, depth)]
        number, self._next = self._next, self._next + 2
        self._enter(number, value)
        try:
            content = self._content(value, depth)
            own = self._again(value, depth) if content[0] in "ld" else content  # by number
            self._known[number] = self._state(value)
        except BaseException:  # too large, say: then it has not crossed
            self._leave(number)
            raise
        self._own[number] = self._known[number], own
        return ["m", number, content]

    def _content(self, value: Any, depth: int = 0) -> Tree:
        kind = _kind_of(value)
        if kind == "a":
            if not _is_shape(value.shape):
                raise Oversized("This array has too many rows, or too many columns.")
            self._take(value.nbytes)
            array = _plain_array(value)
            order = "F" if array.flags.f_contiguous and not array.flags.c_contiguous else "C"
            return ["a", array.dtype.str, list(array.shape), _packed(array, order), order]
        if kind == "l":
            self._take_items(list.__len__(value))
            return ["l", [self.encode(item, depth + 1) for item in list.__iter__(value)]]
        if kind == "d":
            pairs = dict.items(value)
            self._take_items(2 * len(pairs))
            return ["d", [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in pairs]]
        return ["g", type(value.bit_generator).__name__, _spelled(value.bit_generator.state)]

    def _take_items(self, count: int) -> None:
        self._take(count * _BYTES_OF_AN_ITEM)

    def _take(self, size: int) -> None:
        """Leave so many bytes less for what is written down now."""
        self._room -= size
        if self._room < 0:
            raise Oversized("This is more than a message can hold.")

    def _again(self, value: Any, depth: int = 0) -> Tree:
        """Return the content of what has been measured: it takes no more room."""
        room, self._room = self._room, MOST_BYTES
        try:
            return self._content(value, depth)
        finally:
            self._room = room

    def _state(self, value: Any) -> Any:
        """Return what differs when an object has changed, and takes less time than its tree."""
        if isinstance(value, np.ndarray):
            return np.ndarray.tobytes(value), value.shape, value.dtype, value.flags.fnc
        return repr(self._again(value))  # which tells 1 from 1.0, and 0.0 from -0.0

    def changes(self) -> list[Tree]:
        """Return what has changed since the other side last heard of it."""
        found = []
        for number in list(self._objects):
            value, known = self._objects[number], self._known[number]
            if isinstance(value, np.ndarray) and self._state(value) == known:
                continue
            self._room = MOST_BYTES
            content = self._content(value)  # once: what is new in it gets its number
            if repr(content) != known:
                found.append([number, content])
                self._known[number] = self._state(value)
        return found

    # In -------------------------------------------------------------------------------------------

    def decode(self, tree: Tree, depth: int = 0) -> Any:
        """Return the value of a tree.

        Raises
        ------
        Garbled
            If it is no tree.
        """
        if isinstance(tree, int) and abs(tree) >= _LARGEST_INTEGER:
            raise Garbled("This integer is too large.")
        if tree is None or isinstance(tree, bool | int | float | str):
            return tree
        if not isinstance(tree, list) or len(tree) < 2 or depth > _DEEPEST + 3:
            raise Garbled("This is no value.")
        match tree:
            case ["c", int() | float() as real, int() | float() as imaginary]:
                return complex(real, imaginary)
            case ["t", list() as items]:
                return tuple(self.decode(item, depth + 1) for item in items)
            case ["e", "set" | "frozenset" as name, list() as items]:
                return {"set": set, "frozenset": frozenset}[name](self._hashable(items, depth))
            case ["s", str() as dtype, str() as data]:
                return _unpacked(dtype, [], data)[()]
            case ["r", int() as number] if number in self._objects:
                return self._objects[number]
            case ["m", int() as number, [str(), *_] as content]:
                return self._new(number, content, depth)
        return self._stranger(tree)

    def _new(self, number: int, content: list, depth: int) -> Any:
        """Make an object of the other side's."""
        if number in self._objects or (number and number % 2 == self._first % 2):
            raise Garbled("This number is taken.")
        match content:
            case ["a", str() as dtype, list() as shape, str() as data, str() as order]:
                value = _unpacked(dtype, shape, data, order)
            case ["l", list()]:
                value = []
            case ["d", list()]:
                value = {}
            case ["g", str() as name, state]:
                value = _generator(name, state)
            case _:
                raise Garbled("This is no object.")
        if number and len(self._objects) < 2 * _MOST_TRACKED:
            self._enter(number, value)
        if content[0] in "ld":
            self._fill(value, content, depth)
        if number in self._objects:
            self._known[number] = self._state(value)
        return value

    def apply(self, changes: Any) -> None:
        """Change objects as the other side has changed them.

        Raises
        ------
        Garbled
            If that is not possible.
        """
        if not isinstance(changes, list):
            raise Garbled("These are no changes.")
        self.touched |= bool(changes)
        for change in changes:
            match change:
                case [int() as number, [str() as kind, *_] as content] if number in self._objects:
                    value = self._objects[number]
                    if _kind_of(value) != kind:
                        raise Garbled("This is another kind of object.")
                    self._fill(value, content, 0)
                    self._known[number] = self._state(value)
                case _:
                    raise Garbled("This is no change.")

    def restore(self) -> None:
        """Give every object from this side what it held at first."""
        for number, (state, content) in self._own.items() if self.touched else ():
            if self._state(self._objects[number]) != state:
                self._fill(self._objects[number], content, 0)
                self._known[number] = state
        if self._sealed is not None and len(self._objects) > len(self._sealed):
            for number in self._objects.keys() - self._sealed:
                self._leave(number)
        self.touched = False

    def _fill(self, value: Any, content: list, depth: int) -> None:
        """Put what a tree holds into an object."""
        match content:
            case ["a", str() as dtype, list() as shape, str() as data, str() as order]:
                _overwrite(value, _unpacked(dtype, shape, data, order))
            case ["l", list() as items]:
                value[:] = [self.decode(item, depth + 1) for item in items]
            case ["d", list() as pairs]:
                new = dict(self._pairs(pairs, depth))
                value.clear()
                value.update(new)
            case ["g", str(), state]:
                _set_state(value, state)
            case _:
                raise Garbled("This is no content.")

    def _pairs(self, pairs: list, depth: int) -> Iterator[tuple[Any, Any]]:
        _require_few(pairs)
        for pair in pairs:
            if not isinstance(pair, list) or len(pair) != 2:
                raise Garbled("This is no pair.")
            (key,) = self._hashable(pair[:1], depth)
            yield key, self.decode(pair[1], depth + 1)

    def _hashable(self, trees: list, depth: int) -> Iterator[Any]:
        _require_few(trees)
        for tree in trees:
            item = self.decode(tree, depth + 1)
            try:
                hash(item)
            except TypeError:
                raise Garbled("This is no key.") from None
            yield item

    def _enter(self, number: int, value: Any) -> None:
        self._objects[number] = value
        self._numbers[id(value)] = number

    def _leave(self, number: int) -> None:
        self._numbers.pop(id(self._objects.pop(number)), None)
        for table in (self._known, self._own):
            table.pop(number, None)


class Oversized(Garbled):
    """Nothing that is larger than a message can be sent."""


class TooDeep:
    """Stands for what is nested deeper than any answer needs."""


class TooMany:
    """Stands for a dict or set with more entries than any answer needs."""


def _require_few(entries: list) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Garbled("These are too many keys.")


def _kind_of(value: Any) -> str | None:
    """Return the tag of an object that may change; None for what is not plain data."""
    kind = type(value)
    if issubclass(kind, np.ndarray):
        return "a" if _is_numeric(value.dtype) else None
    if issubclass(kind, list):
        return "l"
    if issubclass(kind, dict):
        return "d"
    return "g" if kind is np.random.Generator else None


def _is_numeric(dtype: np.dtype) -> bool:
    return dtype.kind in _NUMBERS or (dtype.kind == "U" and dtype.itemsize <= 4_000)


def _plain_array(value: Any) -> np.ndarray:
    """Return an array of a type that every machine knows, and of no subclass."""
    array = np.array(value, subok=False)
    if array.dtype.char in "gG":
        return array.astype(float if array.dtype.char == "g" else complex)
    return array


def _packed(array: np.ndarray, order: str = "C") -> str:
    return base64.b64encode(np.asarray(array).tobytes(order)).decode("ascii")


def _unpacked(dtype: str, shape: list, data: str, order: str = "C") -> np.ndarray:
    """Return an array of numbers or text, and of nothing else."""
    if len(dtype) > _LONGEST_DTYPE:
        raise Garbled("This is no type of an array.")
    try:
        kind = np.dtype(dtype)
        raw = base64.b64decode(data, validate=True)
    except (TypeError, ValueError, SyntaxError):
        raise Garbled("This is no array.") from None
    if not _is_numeric(kind) or kind.names or kind.subdtype or not _is_shape(shape):
        raise Garbled("This is no array of numbers.")
    if math.prod(shape) * kind.itemsize != len(raw) or not kind.itemsize:
        if math.prod(shape) or raw:
            raise Garbled("This array has another size than it says.")
        return np.empty(shape, kind)
    if order not in ("C", "F"):
        raise Garbled("There is no such order.")
    return np.frombuffer(raw, kind).reshape(shape, order=order).copy(order)


def _is_shape(shape: Sequence) -> bool:
    """Whether an array can have this shape; one without entries may not be huge either."""
    if len(shape) > 32 or not all(type(size) is int and size >= 0 for size in shape):
        return False
    return math.prod(size or 1 for size in shape) <= MOST_BYTES


def _overwrite(old: np.ndarray, new: np.ndarray) -> None:
    """Make an array hold what another does."""
    try:
        if old.shape != new.shape:
            old.resize(new.shape, refcheck=False)
        with np.errstate(all="ignore"):  # a warning would be shown to the instructor
            old[...] = new
    except (ValueError, TypeError):
        raise Garbled("This array cannot change like that.") from None


def _spelled(state: Any) -> Tree:
    """Write the state of a generator: a dict of names, text and integers of any size."""
    if isinstance(state, dict):
        return {str(key): _spelled(item) for key, item in state.items()}
    if isinstance(state, np.ndarray):
        return [int(item) for item in state]
    return str(state) if isinstance(state, str) else int(state)


def _read(state: Any) -> Any:
    """Read the state of a generator."""
    match state:
        case dict():
            return {key: _read(item) for key, item in state.items()}
        case list() if all(type(item) is int for item in state):
            return np.array(state, dtype=np.uint64)
        case str() | int():
            return state
    raise Garbled("This is no state of a generator.")


_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


def _generator(name: str, state: Any) -> np.random.Generator:
    if name not in _GENERATORS:
        raise Garbled("There is no such generator.")
    made = np.random.Generator(getattr(np.random, name)())
    _set_state(made, state)
    return made


def _set_state(generator: np.random.Generator, state: Any) -> None:
    try:
        generator.bit_generator.state = _read(state)
    except (TypeError, ValueError, KeyError, OverflowError):
        raise Garbled("This is no state of a generator.") from None
