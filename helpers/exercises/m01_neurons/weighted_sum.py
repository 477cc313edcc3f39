"""The weighted sum of one neuron."""

import numpy as np

from helpers.checks.exercise import Case, exercise


def neurons(rng: np.random.Generator) -> list[Case]:
    """Make one neuron's inputs, weights and bias, several times."""
    drawn = [(rng.normal(size=n).round(2), rng.normal(size=n).round(2)) for n in (5, 7, 3)]
    return [
        (np.array([0.5, 0.3, 0.2]), np.array([0.4, 0.6, 0.8]), -0.1),
        *((x, w, b) for (x, w), b in zip(drawn, (0.5, -1.25, 3.0), strict=True)),
        (np.zeros(4), np.array([1.0, -2.0, 3.0, 4.0]), 0.75),
    ]


@exercise(
    "1.1",
    "the weighted sum of one neuron",
    cases=neurons,
    whole=("x",),
    hints=(
        "Multiply each input by its own weight, add the products up, then add the bias once.",
        "z = x1·w1 + x2·w2 + … + xn·wn + b",
        "return x @ w + «b»",
    ),
)
def weighted_sum(x, w, b):
    return float(x @ w + b)


@weighted_sum.mistake("The bias is missing. Add b once, after the products are summed.")
def without_bias(x, w, b):
    return x @ w


@weighted_sum.mistake("The bias is added once for every input. Sum the products first, then add b.")
def bias_for_every_input(x, w, b):
    return np.sum(x * w + b)


@weighted_sum.mistake(
    "The products are not summed: x * w gives one product for each input. "
    "Add them up, for example with np.sum, or write x @ w."
)
def products_not_summed(x, w, b):
    return x * w + b


@weighted_sum.mistake("The bias is subtracted. It is added, even where b itself is negative.")
def bias_subtracted(x, w, b):
    return x @ w - b


@weighted_sum.mistake(
    "The inputs and the weights are summed before they are multiplied. "
    "Multiply pair by pair first: x1·w1, x2·w2, …"
)
def summed_before_multiplied(x, w, b):
    return np.sum(x) * np.sum(w) + b


@weighted_sum.mistake("This is the mean of the products. A neuron adds them up: use the sum.")
def mean_of_products(x, w, b):
    return np.mean(x * w) + b


@weighted_sum.mistake("The inputs and weights are added to each other. Multiply each pair: x * w.")
def added_instead_of_multiplied(x, w, b):
    return np.sum(x + w) + b


@weighted_sum.mistake(
    "The loop ends after its first round, because return stands inside it. "
    "Move return to the left, below the loop."
)
def returned_in_the_loop(x, w, b):
    return x[0] * w[0] + b


@weighted_sum.mistake(
    "Only the first three inputs count here. There may be any "
    "number of inputs: use x @ w, or a loop over len(x)."
)
def three_fixed_terms(x, w, b):
    return x[0] * w[0] + x[1] * w[1] + x[2] * w[2] + b


@weighted_sum.variant
def with_a_loop(x, w, b):
    total = b
    for i in range(len(x)):
        total += x[i] * w[i]
    return total


@weighted_sum.variant
def with_sum(x, w, b):
    return np.sum(x * w) + b


@weighted_sum.variant
def with_a_zero_dimensional_array(x, w, b):
    return np.array(np.dot(w, x) + b)


@weighted_sum.variant
def with_the_bias_as_a_weight(x, w, b):
    return np.append(x, 1.0) @ np.append(w, b)
