"""The way back through a graph."""

from helpers.checks.exercise import exercise
from helpers.exercises.m10_elsewhere.graphs import losses, walked
from helpers.exercises.m10_elsewhere.topological_order import by_levels, topological_order


def from_the_end(grads):
    return dict(reversed(grads.items()))


@exercise(
    "10.4",
    "walk back",
    cases=losses,
    hints=(
        "The last Value changes with itself at rate 1. Go from it to the beginning; each Value "
        "hands its grad on to its inputs.",
        "for each value, from the end: for each input: input.grad += slope · value.grad.",
        "last.grad = 1\nfor value in reversed(topological_order(last)):\n"
        "    for part, slope in zip(value.inputs, value.slopes):\n"
        "        part.grad += slope * «value.grad»",
    ),
    adapter=walked,
    parts=from_the_end,
)
def backpropagate(last):
    last.grad += 1
    hand_on(reversed(topological_order.reference(last)))


def hand_on(values):
    for value in values:
        for part, slope in zip(value.inputs, value.slopes):
            part.grad += slope * value.grad


@backpropagate.mistake(
    "A grad is overwritten where it should be added to: += in place of =. A Value that is used "
    "twice gets a part from each use."
)
def overwritten(last):
    last.grad = 1
    for value in reversed(topological_order.reference(last)):
        for part, slope in zip(value.inputs, value.slopes):
            part.grad = slope * value.grad


@backpropagate.mistake(
    "All grads stay 0: the walk needs something to begin with. The last Value changes with itself "
    "at rate 1: last.grad = 1."
)
def without_a_seed(last):
    hand_on(reversed(topological_order.reference(last)))


@backpropagate.mistake(
    "It begins with the last Value's number. It begins with 1: so fast does the last Value change "
    "with itself."
)
def seeded_with_the_number(last):
    last.grad += last.data
    hand_on(reversed(topological_order.reference(last)))


@backpropagate.mistake(
    "Only the inputs of the last Value get a grad. It walks forwards, with nothing there to hand "
    "on, or stops after one step: go through reversed(topological_order(last))."
)
def forwards(last):
    last.grad += 1
    hand_on(topological_order.reference(last))


@backpropagate.mistake(
    "A Value that is used twice hands on twice, the second time with what it had handed on before. "
    "Each Value hands on once, when its grad is complete."
)
def at_each_visit(last):
    last.grad += 1

    def visit(value):
        for part, slope in zip(value.inputs, value.slopes):
            part.grad += slope * value.grad
            visit(part)

    visit(last)


@backpropagate.mistake(
    "The order goes level by level. A Value that is used early and late hands on before all of its "
    "grad has come. Walk back in topological order."
)
def level_by_level(last):
    last.grad += 1
    hand_on(by_levels(last))


@backpropagate.mistake(
    "The local slope is handed on alone. Along a way slopes multiply: slope * value.grad."
)
def slopes_alone(last):
    last.grad += 1
    for value in reversed(topological_order.reference(last)):
        for part, slope in zip(value.inputs, value.slopes):
            part.grad += slope


@backpropagate.mistake(
    "The local slope is missing: every input gets the grad as it is. Multiply by it: slope * "
    "value.grad."
)
def without_slopes(last):
    last.grad += 1
    for value in reversed(topological_order.reference(last)):
        for part in value.inputs:
            part.grad += value.grad


@backpropagate.mistake(
    "The number of a Value is handed on in place of its grad. Write slope * value.grad."
)
def data_for_grad(last):
    last.grad += 1
    for value in reversed(topological_order.reference(last)):
        for part, slope in zip(value.inputs, value.slopes):
            part.grad += slope * value.data


@backpropagate.mistake(
    "All grads are set to 0 first, so what an earlier loss brought is lost. Gradients of several "
    "losses add up; setting them to 0 is up to whoever trains."
)
def forgets_other_losses(last):
    for value in topological_order.reference(last):
        value.grad = 0.0
    backpropagate.reference(last)


@backpropagate.mistake(
    "In z * z only one of the two slopes arrives: a dict keeps one entry for each input. Go "
    "through both tuples with zip."
)
def one_slope_for_twins(last):
    last.grad += 1
    for value in reversed(topological_order.reference(last)):
        for part, slope in dict(zip(value.inputs, value.slopes)).items():
            part.grad += slope * value.grad


@backpropagate.mistake(
    "The sign is turned around. A gradient points uphill; training subtracts it."
)
def downhill(last):
    last.grad -= 1
    hand_on(reversed(topological_order.reference(last)))


@backpropagate.variant
def with_recursion(last):
    """Ask each Value for its grad: the sum over all that use it."""
    order = topological_order.reference(last)
    arriving = {value: float(value is last) for value in order}
    for value in order[::-1]:
        for part, slope in zip(value.inputs, value.slopes):
            arriving[part] += slope * arriving[value]
    for value, grad in arriving.items():
        value.grad += grad


@backpropagate.variant
def with_indices(last):
    order = topological_order.reference(last)
    last.grad = 1.0
    for i in range(len(order) - 1, -1, -1):
        for k in range(len(order[i].inputs)):
            order[i].inputs[k].grad = order[i].inputs[k].grad + order[i].slopes[k] * order[i].grad


@backpropagate.variant
def by_single_paths(last):
    """Add up the products along every single way: right, and slow in large graphs."""

    def walk(value, product):
        value.grad += product
        for part, slope in zip(value.inputs, value.slopes):
            walk(part, product * slope)

    walk(last, 1.0)


@backpropagate.variant
def that_returns_the_order(last):
    backpropagate.reference(last)
    return [value.grad for value in topological_order.reference(last)]
