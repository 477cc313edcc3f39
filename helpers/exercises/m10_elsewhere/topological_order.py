"""The order in which to walk back."""

from helpers.checks.exercise import exercise
from helpers.exercises.m10_elsewhere.graphs import graphs, sorted_out


@exercise(
    "10.3",
    "an order for the way back",
    cases=graphs,
    hints=(
        "Start at the last Value. Before you put a Value on the list, its inputs must be on it. "
        "And one that you have met already needs no second visit.",
        "visit(value): if it was met, do nothing; else mark it, visit each of its inputs, and then "
        "append it.",
        "def visit(value):\n    if value in seen:\n        return\n    seen.add(value)\n"
        "    for part in value.inputs:\n        visit(part)\n    order.append(«value»)",
    ),
    adapter=sorted_out,
    parts=("Values", "order"),
)
def topological_order(last):
    order, seen = [], set()

    def visit(value):
        if value in seen:
            return
        seen.add(value)
        for part in value.inputs:
            visit(part)
        order.append(value)

    visit(last)
    return order


def from_the_end(last):
    """List each Value when it is met first: the last one comes first."""
    order = []

    def visit(value):
        if value not in order:
            order.append(value)
            for part in value.inputs:
                visit(part)

    visit(last)
    return order


@topological_order.mistake(
    "A Value is put on the list before its inputs. Append it after the loop over its inputs."
)
def before_its_inputs(last):
    return from_the_end(last)


@topological_order.mistake(
    "The list is turned around, but that is not enough: a Value that is used early and late stands "
    "in the wrong place. Append it after its inputs, then nothing needs turning."
)
def turned_around(last):
    return from_the_end(last)[::-1]


@topological_order.mistake(
    "The right order, backwards: the last Value comes first. Return the list as it grew; whoever "
    "walks back can turn it around."
)
def backwards(last):
    return topological_order.reference(last)[::-1]


@topological_order.mistake(
    "A Value that is used twice is visited twice. Keep a set of those that you have met."
)
def visits_again(last):
    parts = [value for part in last.inputs for value in visits_again(part)]
    return [*parts, last]


def by_levels(last):
    order, level = [], [last]
    while level:
        order += [value for value in dict.fromkeys(level) if value not in order]
        level = [part for value in level for part in value.inputs]
    return order


@topological_order.mistake(
    "It goes level by level, by the shortest way from the end. A Value that is used early and late "
    "is then too near the end: it has to wait for all that use it."
)
def level_by_level(last):
    return by_levels(last)[::-1]


@topological_order.mistake(
    "Only the inputs of the last Value are there, not the inputs of these. Each visit has to visit "
    "further."
)
def one_step_back(last):
    return [*dict.fromkeys(last.inputs), last]


@topological_order.mistake("The last Value itself is missing. It belongs at the end of the list.")
def without_the_last(last):
    return topological_order.reference(last)[:-1]


@topological_order.mistake(
    "Only the Values that nobody computed are there. Those in between have a gradient, too."
)
def leaves_only(last):
    return [value for value in topological_order.reference(last) if not value.inputs]


@topological_order.mistake(
    "The Values that nobody computed are missing: the inputs and weights, whose gradients we want "
    "most. Append a Value whether it has inputs or not."
)
def without_the_leaves(last):
    return [value for value in topological_order.reference(last) if value.inputs]


@topological_order.mistake(
    "Two different Values with the same number are taken for one. Remember the Values themselves: "
    "seen.add(value), not their data."
)
def same_number_same_value(last):
    order, seen = [], set()

    def visit(value):
        if value.data in seen:
            return
        seen.add(value.data)
        for part in value.inputs:
            visit(part)
        order.append(value)

    visit(last)
    return order


@topological_order.mistake(
    "The list still holds the Values of an earlier call. A default such as order=[] is made once, "
    "for all calls: begin with a new list inside."
)
def remembers_other_calls(last):
    leftover = type(last)(0.0)
    return [leftover, *topological_order.reference(last)]


@topological_order.mistake(
    "Only the first input is followed. A Value can have two: loop over them."
)
def first_input_only(last):
    before = first_input_only(last.inputs[0]) if last.inputs else []
    return [*before, last]


@topological_order.mistake(
    "The numbers are returned in place of the Values. Append value, not value.data."
)
def numbers(last):
    return [value.data for value in topological_order.reference(last)]


@topological_order.mistake(
    "A set has no order. Keep the set for those that you have met, and a list for the answer."
)
def as_a_set(last):
    return set(topological_order.reference(last))


@topological_order.mistake(
    "Only the inputs of the last Value are there, and one that is used twice is there twice. Each "
    "visit has to visit further, and to mark what was met."
)
def one_step_back_with_twins(last):
    return [*last.inputs, last]


@topological_order.variant
def with_a_stack(last):
    order, seen, waiting = [], set(), [(last, False)]
    while waiting:
        value, done = waiting.pop()
        if done:
            order.append(value)
        elif value not in seen:
            seen.add(value)
            waiting += [(value, True), *((part, False) for part in value.inputs)]
    return order


@topological_order.variant
def by_depth(last):
    def depth(value):
        return 1 + max((depth(part) for part in value.inputs), default=0)

    return sorted(dict.fromkeys(by_levels(last)), key=depth)


@topological_order.variant
def by_counting_uses(last):
    uses = dict.fromkeys(by_levels(last), 0)
    for value in uses:
        for part in value.inputs:
            uses[part] += 1
    ready, order = [last], []
    while ready:
        value = ready.pop()
        order.append(value)
        for part in value.inputs:
            uses[part] -= 1
            if not uses[part]:
                ready.append(part)
    return order[::-1]


@topological_order.variant
def as_a_tuple(last):
    return tuple(topological_order.reference(last))
