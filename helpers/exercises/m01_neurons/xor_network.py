"""XOR with two layers."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m01_neurons._cases import CORNERS, INTEGERS
from helpers.exercises.m01_neurons.gate_weights import gate_weights
from helpers.exercises.m01_neurons.predict import predict
from helpers.exercises.m01_neurons.step import step


def batches_of_corners(rng: np.random.Generator) -> list[Case]:
    """Make the four corners in order, and shuffled batches with repeats."""
    five, seven = (CORNERS[rng.permutation(np.r_[0:4, rng.integers(0, 4, m - 4)])] for m in (5, 7))
    begins_with_1 = np.roll(five, -np.argmax(five.sum(axis=1) == 1), axis=0)
    return [(CORNERS,), (begins_with_1,), (seven.astype(float),)]


@exercise(
    "1.7",
    "XOR with two layers",
    cases=batches_of_corners,
    hints=(
        "XOR says: at least one input is 1, but not both. Each half is a gate you already have.",
        "XOR = AND(OR(x1, x2), NAND(x1, x2)): two hidden neurons, one output neuron",
        "h1 = predict(X, *gate_weights(«'OR'»))\nh2 = predict(X, *gate_weights(«'NAND'»))\n"
        "# then stack h1 and h2 as the two columns of a new batch",
    ),
    tolerance=INTEGERS,
)
def xor_network(X):
    hidden = np.column_stack(
        [predict.reference(X, [1, 1], -0.5), predict.reference(X, [-1, -1], 1.5)]
    )
    return predict.reference(hidden, [1, 1], -1.5)


def _gate(name, X):
    return predict.reference(X, *gate_weights.reference(name))


@xor_network.mistake("This is OR: it fires for 11 too. XOR fires when exactly one input is 1.")
def xor_is_or(X):
    return _gate("OR", X)


@xor_network.mistake("This is NAND: it fires for 00 too. XOR also needs at least one 1.")
def xor_is_nand(X):
    return _gate("NAND", X)


@xor_network.mistake(
    "The answer is upside down (that gate is called XNOR). Either the output neuron or the hidden "
    "neurons are the opposite of what they should be."
)
def xor_upside_down(X):
    return 1 - xor_network.reference(X)


@xor_network.mistake(
    "Every row gives 0. Print the hidden neurons for 00, 01, 10, 11: OR should be 0 1 1 1 and "
    "NAND 1 1 1 0. Is there a step between the layers?"
)
def xor_always_zero(X):
    hidden = X @ np.array([[1, -1], [1, -1]]) + np.array([-0.5, 1.5])
    return step.reference(hidden @ np.array([1, 1]) - 1.5)


@xor_network.mistake(
    "The output neuron uses OR, so one hidden neuron is enough to fire it. It needs AND."
)
def xor_with_or_on_top(X):
    return _gate("OR", np.column_stack([_gate("OR", X), _gate("NAND", X)]))


@xor_network.mistake(
    "The same four numbers come back for every batch. Compute them from the rows of X."
)
def xor_by_heart(X):
    return np.array([0, 1, 1, 0])


@xor_network.mistake("The predictions stand in a column, (m, 1). Here they are flat, (m,).")
def xor_as_a_column(X):
    return xor_network.reference(X)[:, None]


@xor_network.mistake("These are True and False. Turn them into 0 and 1 with astype(int).")
def xor_as_booleans(X):
    return xor_network.reference(X) == 1


@xor_network.mistake(
    "This is AND of X. Does the output neuron look at X again? It should look at the two hidden "
    "neurons, np.column_stack([h1, h2]), and these should be OR and NAND."
)
def xor_output_on_the_inputs(X):
    return _gate("AND", X)


@xor_network.variant
def xor_by_one_but_not_the_other(X):
    first = predict.reference(X, [1, -1], -0.5)
    second = predict.reference(X, [-1, 1], -0.5)
    return step.reference(first + second - 0.5)


@xor_network.variant
def xor_with_matrices(X):
    hidden = step.reference(X @ np.array([[1, 1], [1, 1]]) + np.array([-0.5, -1.5]))
    return step.reference(hidden @ np.array([1, -2]) - 0.5)


@xor_network.variant
def xor_by_comparison(X):
    return (X[:, 0] != X[:, 1]).astype(int).tolist()
