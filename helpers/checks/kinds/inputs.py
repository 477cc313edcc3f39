"""The reference on inputs that are changed in one way, with the words for it."""

from collections.abc import Callable, Iterator
from inspect import Parameter, signature
from itertools import combinations
from typing import Any

import numpy as np

from helpers.checks.comparing import as_array
from helpers.checks.exercise import Exercise
from helpers.checks.plain import listed

_NONE = object()  # what a change comes to where it makes no sense
THESE = "These are the right numbers for "


class Unfit(Exception):
    """An input that cannot be changed in this way."""


def on_other_inputs(exercise: Exercise) -> Iterator[tuple[str, Callable]]:
    """Yield each changed reference with what it is the reference for."""
    names = exercise.parameters
    defaults = {
        name: parameter.default
        for name, parameter in signature(exercise.reference).parameters.items()
        if parameter.default is not Parameter.empty
    }
    for place, name in enumerate(names):
        changes = [*_SCALARS.items(), *_ARRAYS.items()]
        if type(defaults.get(name)) in (int, float):
            words = f"{{0}} = {defaults[name]!r}, the default"
            changes.append((words, _replaced(defaults[name])))
        for words, change in changes:
            yield THESE + f"{words.format(name)}.", _on(exercise, change, place)
        for words, change in _entries(exercise, place).items():
            yield THESE + f"{words}.", _on(exercise, change, place)
    yield from _on_rows(exercise)
    for one, other in combinations(range(len(names)), 2):
        words = f"{names[one]} and {names[other]} exchanged."
        yield THESE + words, _exchanged(exercise, one, other)


def _on(exercise: Exercise, change: Callable[[Any], Any], place: int) -> Callable:
    known = list(signature(exercise.reference).parameters.values())
    defaults = tuple(parameter.default for parameter in known)

    def attempt(*args: Any) -> Any:
        args = (*args, *defaults[len(args) : place + 1])
        changed = change(args[place])
        if changed is _NONE:
            raise Unfit
        return exercise.reference(*args[:place], changed, *args[place + 1 :])

    return attempt


_ROWS: dict[str, slice] = {
    "the first row of {0} alone": slice(1),
    "the last row of {0} alone": slice(-1, None),
    "{0} without their first row": slice(1, None),
    "{0} without their last row": slice(-1),
}


def _on_rows(exercise: Exercise) -> Iterator[tuple[str, Callable]]:
    """Yield the reference on some rows of all arrays that have a row for each example."""
    cases = [case for case in exercise.case_set().cases if len(case) > 1]
    places = [place for place in range(min(map(len, cases), default=0)) if _pairs_up(cases, place)]
    if len(places) < 2 or not any(cases[0][place].ndim > 1 for place in places):
        return
    names = [exercise.parameters[place] for place in places]
    for words, rows in _ROWS.items():

        def attempt(*args: Any, rows: slice = rows) -> Any:
            if len(args[places[0]]) < 2:
                raise Unfit
            chosen = [a[rows] if place in places else a for place, a in enumerate(args)]
            return exercise.reference(*chosen)

        yield THESE + f"{words.format(listed(names))}.", attempt


def _pairs_up(cases: list[tuple], place: int) -> bool:
    """Whether an argument has as many rows as the first one, in all cases, which differ."""
    arrays = [(case[0], case[place]) for case in cases]
    if not all(isinstance(array, np.ndarray) and array.ndim for pair in arrays for array in pair):
        return False
    counts = {len(first) for first, _ in arrays}
    return len(counts) > 1 and all(len(first) == len(other) for first, other in arrays)


def _exchanged(exercise: Exercise, one: int, other: int) -> Callable:
    def attempt(*args: Any) -> Any:
        if other >= len(args):
            raise Unfit
        args = list(args)
        args[one], args[other] = args[other], args[one]
        return exercise.reference(*args)

    return attempt


def _scalar(change: Callable[[float], Any]) -> Callable[[Any], Any]:
    return lambda value: change(value) if _is_number(value) else _NONE


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _whole(change: Callable[[int], Any]) -> Callable[[Any], Any]:
    return lambda value: change(value) if type(value) is int else _NONE


def _replaced(by: float) -> Callable[[Any], Any]:
    return _scalar(lambda _: by)


_SCALARS = {
    "{0} = 0": _replaced(0),
    "{0} = 1": _replaced(1),
    "{0} + 1": _whole(lambda n: n + 1),
    "{0} − 1": _whole(lambda n: n - 1),
    "minus {0}": _scalar(lambda x: -x),
    "1 − {0}": _scalar(lambda x: 1 - x),
    "{0} squared": _scalar(lambda x: x * x),
    "twice {0}": _scalar(lambda x: 2 * x),
    "half of {0}": _scalar(lambda x: x / 2),
    "a tenth of {0}": _scalar(lambda x: x / 10),
    "1 / {0}": _scalar(lambda x: 1 / x if x else _NONE),
}


def _array(change: Callable[[np.ndarray], Any], ndim: int = 0) -> Callable[[Any], Any]:
    def changed(value: Any) -> Any:
        array = as_array(value) if isinstance(value, np.ndarray) else None
        if array is None or array.ndim < ndim or not array.size:
            return _NONE
        return change(array)

    return changed


def _zeroed(*place: slice | int) -> Callable[[np.ndarray], np.ndarray]:
    def change(array: np.ndarray) -> np.ndarray:
        changed = np.array(array)
        changed[place] = 0
        return changed

    return change


def _only(*place: slice | int) -> Callable[[np.ndarray], np.ndarray]:
    def change(array: np.ndarray) -> np.ndarray:
        changed = np.zeros_like(array)
        changed[place] = array[place]
        return changed

    return change


def _flat(change: Callable[[np.ndarray], np.ndarray]) -> Callable[[Any], Any]:
    return _array(lambda a: change(a) if a.ndim == 1 and a.size else _NONE, 1)


_EVERY = slice(None)
_ARRAYS = {
    "{0} with 0 in its first row": _array(_zeroed(slice(1)), 2),
    "{0} with 0 in its last row": _array(_zeroed(slice(-1, None)), 2),
    "{0} with 0 in its first column": _array(_zeroed(_EVERY, slice(1)), 2),
    "{0} with 0 in its last column": _array(_zeroed(_EVERY, slice(-1, None)), 2),
    "{0} with 0 as its first number": _flat(_zeroed(0)),
    "{0} with 0 as its last number": _flat(_zeroed(-1)),
    "{0} with 0 everywhere but in its first row": _array(_only(slice(1)), 2),
    "{0} with 0 everywhere but in its last row": _array(_only(slice(-1, None)), 2),
    "{0} with 0 everywhere but in its first number": _flat(_only(0)),
    "{0} with 0 everywhere but in its last number": _flat(_only(-1)),
    "{0} with 0 after its first two numbers": _flat(_only(slice(2))),
    "{0} with its first number everywhere": _array(lambda a: np.full_like(a, a.flat[0]), 1),
    "{0} with its mean everywhere": _array(lambda a: np.full(a.shape, a.mean()), 1),
    "{0} with its sum everywhere": _array(lambda a: np.full(a.shape, a.sum()), 1),
    "{0} divided by the number of its columns": _array(lambda a: a / a.shape[1], 2),
    "{0} divided by the number of its rows": _array(lambda a: a / len(a), 2),
    "{0} in which all is 0": _array(np.zeros_like),
    "{0} in which all is 1": _array(np.ones_like),
    "minus {0}": _array(lambda a: -a),
    "{0} without its signs": _array(np.abs),
    "{0} cut to whole numbers": _array(lambda a: np.trunc(a)),
    "{0} squared": _array(np.square),
    "twice {0}": _array(lambda a: 2 * a),
    "half of {0}": _array(lambda a: a / 2),
    "1 − {0}": _array(lambda a: 1 - a),
    "{0} on its side": _array(lambda a: a.T, 2),
    "{0} with its rows in reverse order": _array(lambda a: a[::-1], 2),
    "{0} in reverse order": _flat(lambda a: a[::-1]),
    "{0} with its columns in reverse order": _array(lambda a: a[:, ::-1], 2),
    "{0} without its last row": _array(lambda a: a[:-1], 2),
    "{0} without its first row": _array(lambda a: a[1:], 2),
    "the first row of {0} alone": _array(lambda a: a[:1], 2),
    "the last row of {0} alone": _array(lambda a: a[-1:], 2),
    "{0} without its last number": _array(lambda a: a[:-1] if a.ndim == 1 else _NONE, 1),
    "{0} without its first number": _array(lambda a: a[1:] if a.ndim == 1 else _NONE, 1),
    "ReLU of {0}": _array(lambda a: np.maximum(0, a)),
    "the sigmoid of {0}": _array(lambda a: 1 / (1 + np.exp(-a))),
    "tanh of {0}": _array(np.tanh),
    "{0} turned into 1 (where it is above 0) and 0": _array(lambda a: (a > 0) * 1),
    "{0} turned into 1 (where it is above 0.5) and 0": _array(lambda a: (a > 0.5) * 1),
    "{0} with −1 in place of 0": _array(lambda a: np.where(a == 0, -1, a)),
    "{0} minus its mean": _array(lambda a: a - a.mean()),
}


def _entries(exercise: Exercise, place: int) -> dict[str, Callable[[Any], Any]]:
    """Return changes of one entry of a dict of arrays, or of the layers of a list."""
    values = [case[place] for case in exercise.case_set().cases if place < len(case)]
    name = exercise.parameters[place]
    found: dict[str, Callable[[Any], Any]] = {}
    if not values:
        return found
    if all(isinstance(value, dict) for value in values):
        keys = list(dict.fromkeys(key for value in values for key in value))
        for key in keys:
            found[f"{key} in which all is 0"] = _entry(key, lambda a: a * 0)
            found[f"minus {key}"] = _entry(key, lambda a: -a)
            found[f"{key} without its signs"] = _entry(key, np.abs)
            found[f"twice {key}"] = _entry(key, lambda a: 2 * a)
        found[f"biases of 0 in {name}"] = _biases
        for one, other in combinations(keys, 2):
            found[f"{one} and {other} exchanged"] = _swapped(one, other)
            found[f"{one} in place of {other}"] = _in_place(one, other)
            found[f"{other} in place of {one}"] = _in_place(other, one)
    if all(isinstance(value, list) for value in values):
        found[f"{name} in reverse order"] = _layers(lambda v: v[::-1])
        found[f"{name} without the last entry"] = _layers(lambda v: v[:-1])
        found[f"{name} without the first entry"] = _layers(lambda v: v[1:])
    return found


def _layers(change: Callable[[list], list]) -> Callable[[Any], Any]:
    return lambda value: change(value) if isinstance(value, list) and len(value) > 1 else _NONE


def _entry(key: str, change: Callable[[np.ndarray], np.ndarray]) -> Callable[[Any], Any]:
    def changed(value: Any) -> Any:
        if not isinstance(value, dict) or key not in value:
            return _NONE
        return {**value, key: change(np.asarray(value[key]))}

    return changed


def _swapped(one: str, other: str) -> Callable[[Any], Any]:
    def changed(value: Any) -> Any:
        if not isinstance(value, dict) or one not in value or other not in value:
            return _NONE
        return {**value, one: value[other], other: value[one]}

    return changed


def _in_place(one: str, other: str) -> Callable[[Any], Any]:
    def changed(value: Any) -> Any:
        if not isinstance(value, dict) or one not in value or other not in value:
            return _NONE
        return {**value, other: value[one]}

    return changed


def _biases(value: Any) -> Any:
    if not isinstance(value, dict):
        return _NONE
    return {k: a * 0 if str(k).lstrip("d").startswith("b") else a for k, a in value.items()}
