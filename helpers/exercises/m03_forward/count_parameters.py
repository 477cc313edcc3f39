"""Count the parameters."""

from itertools import pairwise

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m03_forward.init_params import init_params


def several_sizes(rng: np.random.Generator) -> list[Case]:
    """Make networks of two to six sizes, in tuples and lists."""
    drawn = tuple(int(n) for n in rng.choice(np.arange(2, 12), 4, replace=False))
    return [((4, 3, 1),), ((3, 5),), ([2, 3, 2, 1],), (drawn,), ((10, 64, 32, 16, 8, 1),)]


@exercise(
    "3.7",
    "count the parameters",
    cases=several_sizes,
    hints=(
        "Take two neighboring sizes at a time. How many weights lie between them? How many "
        "biases belong to the second?",
        "For each pair: n_in · n_out weights and n_out biases. Add up all pairs.",
        "total += n_in * n_out + «n_out»",
    ),
)
def count_parameters(sizes):
    return sum(n * k + k for n, k in pairwise(sizes))


@count_parameters.mistake("The biases are not counted. Each layer after the input has n_out.")
def weights_only(sizes):
    return sum(n * k for n, k in pairwise(sizes))


@count_parameters.mistake("The input layer has no biases: it passes its numbers on as they are.")
def biases_for_the_inputs(sizes):
    return weights_only(sizes) + sum(sizes)


@count_parameters.mistake(
    "The biases are those of the layer before. Each neuron that the weights go into has one: "
    "n_in·n_out + n_out."
)
def biases_of_the_layer_before(sizes):
    return weights_only(sizes) + sum(sizes[:-1])


@count_parameters.mistake("Each layer adds one bias only. Every neuron has its own: n_out of them.")
def one_bias_for_each_layer(sizes):
    return weights_only(sizes) + len(sizes) - 1


@count_parameters.mistake("Only one bias is counted in all. Every neuron after the input has one.")
def one_bias_in_all(sizes):
    return weights_only(sizes) + 1


@count_parameters.mistake("These are neurons. Count what is between them: the weights and biases.")
def neurons_counted(sizes):
    return sum(sizes)


@count_parameters.mistake("All sizes are multiplied. Multiply neighbors, and add these products.")
def all_sizes_multiplied(sizes):
    return int(np.prod(sizes))


@count_parameters.mistake("The last layer is missing. The loop ends one pair too early.")
def last_pair_missing(sizes):
    return count_parameters.reference(sizes[:-1])


@count_parameters.mistake("Only the first pair of sizes is counted. Is the return inside the loop?")
def first_pair_only(sizes):
    return count_parameters.reference(sizes[:2])


@count_parameters.mistake(
    "The loop goes one size too far: the last size has no next one. Stop at len(sizes) - 1."
)
def counts_too_far(sizes):
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes)))


@count_parameters.mistake("Only the last pair is counted: use += in the loop, not =.")
def last_pair_only(sizes):
    return count_parameters.reference(sizes[-2:])


@count_parameters.mistake(
    "sizes is unpacked into three names, but it may hold two sizes, or six. Loop over neighbors: "
    "zip(sizes[:-1], sizes[1:])."
)
def count_of_three_sizes(sizes):
    n_in, n_hidden, n_out = sizes
    return n_in * n_hidden + n_hidden + n_hidden * n_out + n_out


@count_parameters.variant
def count_factored(sizes):
    total = 0
    for i in range(1, len(sizes)):
        total += (sizes[i - 1] + 1) * sizes[i]
    return total


@count_parameters.variant
def count_by_building(sizes):
    layers = init_params.reference(sizes, np.random.default_rng(0))
    return sum(W.size + b.size for W, b in layers)


@count_parameters.variant
def count_with_arrays(sizes):
    n = np.array(sizes)
    return n[:-1] @ n[1:] + n[1:].sum()


@count_parameters.variant
def count_as_a_float(sizes):
    return float(count_factored(sizes))
