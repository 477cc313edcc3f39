"""Weights for four gates."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m01_neurons._cases import truth_table, with_corners_on_the_line


@exercise(
    "1.4",
    "weights for four gates",
    cases=lambda rng: [(name,) for name in rng.permutation(["AND", "OR", "NAND", "NOR"]).tolist()],
    hints=(
        "Draw the four corners and a line that has the 1s on one side. With w = [1, 1] the "
        "weighted sum counts how many inputs are 1: it is 0, 1 or 2.",
        "AND fires when the count is above 1.5, OR when it is above 0.5. The bias is minus that "
        "threshold. NAND and NOR are AND and OR with every sign flipped.",
        'gates = {"AND": ([1, 1], -1.5), "OR": ([1, 1], «-0.5»), "NAND": ([-1, -1], «1.5»), '
        '"NOR": («[-1, -1]», «0.5»)}',
    ),
    view=truth_table,
    write=with_corners_on_the_line,
)
def gate_weights(name):
    return {
        "AND": ([1, 1], -1.5),
        "OR": ([1, 1], -0.5),
        "NAND": ([-1, -1], 1.5),
        "NOR": ([-1, -1], 0.5),
    }[name]


def _negated(weights):
    (w1, w2), b = weights
    return [-w1, -w2], -b


@gate_weights.mistake("Every gate gets the weights of AND. Use name to tell the gates apart.")
def always_and(name):
    return [1, 1], -1.5


@gate_weights.mistake("AND and OR are swapped, and so are their opposites: AND needs both inputs.")
def and_or_swapped(name):
    other = {"AND": "OR", "OR": "AND", "NAND": "NOR", "NOR": "NAND"}[name]
    return gate_weights.reference(other)


@gate_weights.mistake("The bias has the wrong sign. It is minus the threshold: b = -1.5 for AND.")
def bias_is_the_threshold(name):
    w, b = gate_weights.reference(name)
    return w, -b


@gate_weights.mistake(
    "A corner lies exactly on the line, where the step function gives 0. "
    "Move the line half a step, so that it passes between the corners."
)
def corner_on_the_line(name):
    return {
        "AND": ([1, 1], -2),
        "OR": ([1, 1], -1),
        "NAND": ([-1, -1], 1),
        "NOR": ([-1, -1], 0),
    }[name]


@gate_weights.mistake(
    "NAND and NOR are not opposites yet: flip the sign of both weights and the bias."
)
def opposites_not_flipped(name):
    return gate_weights.reference(
        name.removeprefix("N") if name == "NAND" else "OR" if name == "NOR" else name
    )


@gate_weights.mistake(
    "For NAND and NOR the weights are flipped, but the bias is not. Flip its sign too."
)
def only_weights_flipped(name):
    w, b = gate_weights.reference(name)
    return w, -b if name in ("NAND", "NOR") else b


@gate_weights.variant
def other_weights(name):
    return {
        "AND": (np.array([2.0, 3.0]), np.float64(-4.0)),
        "OR": (np.array([5.0, 5.0]), -1.0),
        "NAND": (np.array([-0.5, -0.25]), 0.7),
        "NOR": (np.array([-7.0, -9.0]), 1e-3),
    }[name]


@gate_weights.variant
def corners_on_the_zero_side(name):
    return {
        "AND": ((1, 1), -1),
        "OR": ((1, 1), 0),
        "NAND": ((-1, -1), 2),
        "NOR": ((-1, -1), 1),
    }[name]


@gate_weights.variant
def opposites_by_negation(name):
    if name == "AND":
        return np.ones(2), -1.5
    if name == "OR":
        return np.ones(2), -0.5
    return _negated(opposites_by_negation({"NAND": "AND", "NOR": "OR"}[name]))
