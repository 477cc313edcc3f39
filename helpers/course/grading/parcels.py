"""A case on its way through the wall: written down once, whoever it is sent to."""

import copy
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from helpers.checks.calling import changed
from helpers.checks.exercise import Exercise
from helpers.course.grading.channel import Garbled
from helpers.course.grading.functions import OnCall, as_code, public_name
from helpers.course.grading.wire import Tree, Wire

Stranger = Callable[[Tree], Any]


class Directory:
    """The functions that are passed in one case, by number."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}  # by id()
        self._functions: list[OnCall] = []

    def enter(self, function: Callable) -> Tree:
        """Return the tree of a function."""
        name = public_name(function)
        if name:
            return ["n", name]
        code = as_code(function)
        if code:
            return ["k", function.__name__, code]
        number = self._numbers.setdefault(id(function), len(self._functions))
        if number == len(self._functions):
            self._functions.append(OnCall(function))
        known = self._functions[number]
        return ["f", number, known.name, known.parameters]

    def __getitem__(self, number: Any) -> OnCall:
        """Return a function by its number.

        Raises
        ------
        Garbled
            If there is none.
        """
        if type(number) is not int or not 0 <= number < len(self._functions):
            raise Garbled("There is no such function.")
        return self._functions[number]

    def found(self, tree: Tree) -> Callable | None:
        """Return the function of a tree that comes back; None where it is no function's."""
        match tree:
            case ["f", int() as number, str()]:
                return self[number]._function
        return None


def number_of(value: Any) -> int | None:
    """Return the number of the object behind the wall that a value stands in for, if it does."""
    number = getattr(value, "_number", None)
    return number if isinstance(number, int) else None


class Parcel:
    """A case whose answer is called once: its arguments, and what they are on the wire.

    Parameters
    ----------
    exercise : Exercise
        Whose case it is.
    case : tuple
        One of its cases.
    """

    def __init__(self, exercise: Exercise, case: tuple) -> None:
        self.case = case
        self.functions = Directory()
        self._names = exercise.named(case)
        self._given = copy.deepcopy(tuple(case))
        self._stranger: Stranger | None = None
        self.wire = Wire(2, self._foreign, self._strange)
        tree = self.wire.encode(exercise.adapter.arguments(*self._given))
        self.text = json.dumps(tree, separators=(",", ":"))
        self.wire.seal()

    @contextmanager
    def opened(self, stranger: Stranger) -> Iterator[Wire]:
        """Use the table of what is in it; afterwards it is as it was sent."""
        self._stranger = stranger
        try:
            yield self.wire
        finally:
            self.wire.restore()
            self._stranger = None

    def changed(self) -> tuple[str, ...]:
        """Return the names of the arguments that are not as they were."""
        return tuple(changed(self._names, self.case, self._given)) if self.wire.touched else ()

    def _foreign(self, value: Any) -> Tree:
        number = number_of(value)
        if number is not None:
            return ["o", number]
        if callable(value):
            return self.functions.enter(value)
        raise TypeError(f"{type(value).__name__} cannot be passed to an answer behind the wall.")

    def _strange(self, tree: Tree) -> Any:
        known = self.functions.found(tree)
        if known is not None:
            return known
        if self._stranger is None:
            raise Garbled("This is no value.")
        return self._stranger(tree)


class Parcels:
    """Every case that was ever sent, written down once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, int, int], Parcel] = {}

    def of(self, exercise: Exercise, cases: Iterable[tuple]) -> list[Parcel]:
        """Return the parcels of a batch; a case that is in it twice has two."""
        seen: Counter[int] = Counter()
        found = []
        for case in cases:
            key = exercise.name, id(case), seen[id(case)]  # a parcel keeps its case
            seen[id(case)] += 1
            if key not in self._made:
                self._made[key] = Parcel(exercise, case)
            found.append(self._made[key])
        return found
