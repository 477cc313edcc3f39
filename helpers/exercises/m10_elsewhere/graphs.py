"""Adapters for numbers that remember: a computation as plain data, used with the answer.

A computation is a dict of inputs and a list of steps, such as ``("z", "+", "p", "b")`` for
``z = p + b``; an operand is a name, or a number. Names are those that a message uses.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from helpers.checks.exercise import Case
from helpers.checks.plain import Unusable, plain
from helpers.reference import Value

Inputs = Mapping[str, float]
Steps = Sequence[tuple]
_SIGNS = {"+": operator.add, "*": operator.mul}


# What the answers are tried on -------------------------------------------------------------------

SQUARE = [("p", "*", "x", "w"), ("z", "+", "p", "b"), ("y", "*", "z", "z")]
NEURON = [
    ("p1", "*", "w1", "x1"), ("p2", "*", "w2", "x2"), ("s", "+", "p1", "p2"), ("z", "+", "s", "b"),
    ("a", "tanh", "z"),
]  # fmt: skip
# u is used early and late: whoever goes level by level, or in the order of discovery, is too early.
SKIPPED = [
    ("u", "*", "x", "x"), ("v", "*", "u", 2), ("w", "+", "v", 1), ("y", "*", "w", "u"),
]  # fmt: skip
FIRST_SKIPPED = [
    ("u", "*", "x", "x"), ("v", "+", "u", 0.5), ("w", "+", "v", "x"), ("y", "*", "u", "w"),
]  # fmt: skip
DIAMOND = [
    ("u", "+", "x", "w"), ("left", "*", "u", 3), ("right", "relu", "u"),
    ("y", "+", "left", "right"), ("L", "*", "y", "y"),
]  # fmt: skip
TWINS = [("s", "+", "x", "w"), ("p", "*", "x", "w"), ("y", "+", "s", "p")]


def drawn(rng: np.random.Generator, *names: str) -> dict[str, float]:
    """Draw a number for each name: halves between -3 and 3, none of them 0 or 1, all different."""
    halves = [k / 2 for k in range(-6, 7) if k not in (0, 2)]
    return dict(zip(names, map(float, rng.permutation(halves)), strict=False))


def operations(rng: np.random.Generator) -> list[Case]:
    """Make computations of every kind, with plain numbers on both sides."""
    below, above = sorted(drawn(rng, "x", "w").values())
    return [
        (drawn(rng, "a", "b"), [("c", "+", "a", "b")]),
        (drawn(rng, "a", "b"), [("c", "*", "a", "b")]),
        (drawn(rng, "x", "w", "b"), SQUARE),
        (drawn(rng, "x"), [("twice", "+", "x", "x"), ("square", "*", "x", "x")]),
        (drawn(rng, "x"), [("y", "+", "x", 2), ("z", "*", "y", 3)]),
        (drawn(rng, "x"), [("y", "*", -2, "x")]),
        (drawn(rng, "x"), [("y", "+", 1, "x")]),
        ({"n": -1.5, "o": 0.0, "p": 2.5, "q": 0.5}, [(f"r{k}", "relu", k) for k in "nopq"]),
        ({"x": below / 2, "w": above}, [("t", "tanh", "x"), ("u", "tanh", "w")]),
        ({"x": abs(above) + 0.25}, [("y", "log", "x")]),
        (drawn(rng, "w1", "w2", "x1", "x2", "b"), NEURON),
    ]


def graphs(rng: np.random.Generator) -> list[Case]:
    """Make graphs in which a Value is used twice, early and late, or not at all."""
    return [
        (drawn(rng, "x", "w", "b"), SQUARE),
        (drawn(rng, "w1", "w2", "x1", "x2", "b"), NEURON),
        (drawn(rng, "x"), SKIPPED),
        (drawn(rng, "x"), FIRST_SKIPPED),
        (drawn(rng, "x", "w"), DIAMOND),
        ({"x": 1.5, "w": 1.5}, TWINS),
        (drawn(rng, "x"), []),
    ]


def losses(rng: np.random.Generator) -> list[Case]:
    """Make the same graphs, and two losses of the same weights, one after the other."""
    two = [
        ("p", "*", "w", "x1"), ("L1", "*", "p", "p"), ("q", "*", "w", "x2"), ("L2", "+", "q", "q"),
    ]  # fmt: skip
    ends = [(inputs, steps, [steps[-1][0]]) for inputs, steps in graphs(rng) if steps]
    return [
        *ends,
        (drawn(rng, "w", "x1", "x2"), two, ["L1", "L2"]),
        ({"x": 2.5, "w": 1.5}, [], ["x"]),
    ]


# How they are used -------------------------------------------------------------------------------


def computed(attempt: type, inputs: Inputs, steps: Steps) -> dict[str, Any]:
    """Compute with a class; say of each Value its number, its grad and its local slopes."""
    made = _made(attempt, inputs, steps)
    names = {id(thing): name for name, thing in made.items()}
    facts = {}
    for name, thing in made.items():
        facts[f"{name}.data"] = plain(_part(thing, "data", name))
        facts[f"{name}.grad"] = plain(_part(thing, "grad", name))
    for name, _, *operands in steps:
        nothing = {operand: 0.0 for operand in operands if operand in made}
        facts[f"{name} changes with"] = nothing | _slopes(made[name], name, names)
    return facts


def sorted_out(attempt: Callable, inputs: Inputs, steps: Steps) -> dict[str, str]:
    """Ask for the order of a graph; say of it what does not depend on which one it is."""
    made = _made(Value, inputs, steps)
    last = list(made.values())[-1]
    order = attempt(last)
    if not isinstance(order, list | tuple):
        kind = "None" if order is None else type(order).__name__
        raise Unusable(f"The answer should be a list of Values, but it is {kind}.")
    if not all(hasattr(thing, "inputs") for thing in order):
        raise Unusable("The list should hold Values, but some of its entries are none.")
    names = {id(thing): name for name, thing in made.items()}
    _name_plain_numbers(last, names)
    found = [names.get(id(thing), "") for thing in order]
    return {
        "Values": _missing_or_twice(found, list(names.values())),
        "order": _first_too_early(order, names),
    }


def walked(attempt: Callable, inputs: Inputs, steps: Steps, ends: Sequence[str]) -> dict[str, Any]:
    """Walk back from one end after the other; return the grad of every Value."""
    made = _made(Value, inputs, steps)
    for end in ends:
        attempt(made[end])
    return {f"{name}.grad": plain(thing.grad) for name, thing in made.items()}


def _made(make: Callable, inputs: Inputs, steps: Steps) -> dict[str, Any]:
    made = {name: make(number) for name, number in inputs.items()}
    for name, operation, *operands in steps:
        things = [made.get(operand, operand) for operand in operands]
        text = _expression(operation, operands)
        made[name] = _operated(operation, things, text)
        if not hasattr(made[name], "data"):
            raise Unusable(f"{text} is no Value. Return one: return Value(...).")
    return made


def _operated(operation: str, things: Sequence[Any], text: str) -> Any:
    if operation not in _SIGNS:
        if not hasattr(things[0], operation):
            raise Unusable(f"A Value has no {operation}. Define it with def, inside the class.")
        return getattr(things[0], operation)()
    try:
        return _SIGNS[operation](*things)
    except TypeError as error:
        if "unsupported operand" not in str(error):
            raise
        raise Unusable(f"Python does not know what {text} is.") from None


def _part(thing: Any, part: str, name: str) -> Any:
    if not hasattr(thing, part):
        raise Unusable(f"The Value {name} has no {part}. Set self.{part} in __init__.")
    return getattr(thing, part)


def _slopes(thing: Any, name: str, names: Mapping[int, str]) -> dict[str, float]:
    """Add up the local slopes for each input that has a name."""
    inputs, slopes = (_part(thing, part, name) for part in ("inputs", "slopes"))
    for part, found in (("inputs", inputs), ("slopes", slopes)):
        if not isinstance(found, list | tuple):
            raise Unusable(
                f"{name}.{part} should be a tuple, with an entry for each input. "
                "One entry alone needs a comma: (self,)."
            )
    if any(isinstance(part, int | float) for part in inputs):
        raise Unusable(f"{name}.inputs should hold Values, not their numbers: self, not self.data.")
    if len(inputs) != len(slopes):
        raise Unusable(f"{name} has {len(inputs)} inputs, but {len(slopes)} slopes.")
    total: dict[str, float] = {}
    for part, slope in zip(inputs, slopes, strict=True):
        if id(part) in names:
            total[names[id(part)]] = total.get(names[id(part)], 0.0) + plain(slope)
    return total


def _name_plain_numbers(last: Value, names: dict[int, str]) -> None:
    """Name what became a Value on the way, such as the 2 in 2 * x."""
    for part in last.inputs:
        names.setdefault(id(part), f"{part.data:g}")
        _name_plain_numbers(part, names)


def _missing_or_twice(found: Sequence[str], needed: Sequence[str]) -> str:
    if "" in found:
        return "some are not of this graph: is one list kept for all calls?"
    twice = [name for name in dict.fromkeys(found) if found.count(name) > 1]
    missing = [name for name in needed if name not in found]
    faults = [f"{name} is there twice" for name in twice]
    return ", ".join(faults + [f"{name} is missing" for name in missing]) or "each once"


def _first_too_early(order: Sequence[Value], names: Mapping[int, str]) -> str:
    """Say which Value stands before one that it was computed from."""
    order = [thing for thing in order if id(thing) in names]
    early = _too_early(order)
    if early is None:
        return "each after its inputs"
    if _too_early(order[::-1]) is None:
        return "the other way around: each before its inputs"
    value, part = (names[id(thing)] for thing in early)
    return f"{value} stands before {part}, which it is computed from"


def _too_early(order: Sequence[Value]) -> tuple[Value, Value] | None:
    first = {}
    for place, thing in enumerate(order):
        first.setdefault(id(thing), place)
    for place, thing in enumerate(order):
        for part in thing.inputs:
            if first.get(id(part), -1) > place:
                return thing, part
    return None


# How it is written -------------------------------------------------------------------------------


def _expression(operation: str, operands: Sequence[Any]) -> str:
    if operation in _SIGNS:
        return f" {operation} ".join(map(str, operands))
    return f"{operands[0]}.{operation}()"


def _program(inputs: Inputs, steps: Steps) -> list[str]:
    lines = [f"{name} = Value({number})" for name, number in inputs.items()]
    return [*lines, *(f"{name} = {_expression(op, operands)}" for name, op, *operands in steps)]


def _written_computed(_name: str, inputs: Inputs, steps: Steps) -> str:
    return "\n".join(_program(inputs, steps))


def _written_sorted(name: str, inputs: Inputs, steps: Steps) -> str:
    last = steps[-1][0] if steps else list(inputs)[-1]
    return "\n".join([*_program(inputs, steps), f"{name}({last})"])


def _written_walked(name: str, inputs: Inputs, steps: Steps, ends: Sequence[str]) -> str:
    return "\n".join([*_program(inputs, steps), *(f"{name}({end})" for end in ends)])


computed.written = _written_computed
sorted_out.written = _written_sorted
walked.written = _written_walked
