"""The slope of the sigmoid."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m02_activations._cases import pre_activations
from helpers.exercises.m02_activations.sigmoid import by_tanh
from helpers.reference import activations


@exercise(
    "2.2",
    "the slope of the sigmoid",
    cases=pre_activations,
    hints=(
        "Compute the sigmoid of z once and give it a name. The slope is made of it alone.",
        "σ′(z) = σ(z)·(1 − σ(z))",
        "s = sigmoid(z)\nreturn s * («1 - s»)",
    ),
)
def sigmoid_derivative(z):
    return activations.sigmoid_derivative(z)


@sigmoid_derivative.mistake(
    "This is z·(1 − z): it takes z for the output of the sigmoid. Here z is the input: compute "
    "s = sigmoid(z) first, then s * (1 - s)."
)
def slope_of_the_output(z):
    return z * (1 - z)


@sigmoid_derivative.mistake("This is the sigmoid itself. Its slope is s * (1 - s).")
def slope_is_the_sigmoid(z):
    return activations.sigmoid(z)


@sigmoid_derivative.mistake("This is 1 - s, only half of the formula. Multiply it by s.")
def slope_without_s(z):
    return 1 - activations.sigmoid(z)


@sigmoid_derivative.mistake("Brackets are missing: s * 1 - s is 0. Write s * (1 - s).")
def slope_without_brackets(z):
    s = activations.sigmoid(z)
    return s * 1 - s


@sigmoid_derivative.mistake("The sign is wrong: the sigmoid rises everywhere. Write s * (1 - s).")
def slope_negative(z):
    s = activations.sigmoid(z)
    return s * (s - 1)


@sigmoid_derivative.mistake("1 - s² is the rule for tanh. For the sigmoid it is s * (1 - s).")
def slope_by_the_rule_of_tanh(z):
    return 1 - activations.sigmoid(z) ** 2


@sigmoid_derivative.mistake("This is s * (1 - z). Inside the bracket, too, it is s: s * (1 - s).")
def slope_mixes_input_and_output(z):
    return activations.sigmoid(z) * (1 - z)


@sigmoid_derivative.mistake(
    "The sigmoid is taken twice. Compute s = sigmoid(z) once, then s * (1 - s)."
)
def slope_of_the_sigmoid_of_the_sigmoid(z):
    return activations.sigmoid_derivative(activations.sigmoid(z))


@sigmoid_derivative.mistake("This is the slope of tanh, 1 - tanh². Here it is s * (1 - s).")
def slope_of_tanh(z):
    return 1 - np.tanh(z) ** 2


@sigmoid_derivative.mistake("This is s². The slope is s times 1 - s.")
def slope_is_s_squared(z):
    return activations.sigmoid(z) ** 2


@sigmoid_derivative.mistake(
    "The answer is nan where z is very negative: e^-z is infinite there, and inf / inf is nan. Use "
    "s * (1 - s), with a sigmoid that passes check.sigmoid(sigmoid)."
)
def slope_overflows_below(z):
    return np.exp(-z) / (1 + np.exp(-z)) ** 2


@sigmoid_derivative.mistake(
    "The answer is nan where z is large: e^z is infinite there, and inf / inf is nan. Use "
    "s * (1 - s), with a sigmoid that passes check.sigmoid(sigmoid)."
)
def slope_overflows_above(z):
    return np.exp(z) / (1 + np.exp(z)) ** 2


@sigmoid_derivative.mistake(
    "This is e^-z / (1 + e^-z), which is 1 - s, and nan where z is very negative. The slope is "
    "s * (1 - s)."
)
def slope_without_the_square(z):
    return np.exp(-z) / (1 + np.exp(-z))


@sigmoid_derivative.variant
def slope_from_a_warning_sigmoid(z):
    s = 1 / (1 + np.exp(-z))
    return s * (1 - s)


@sigmoid_derivative.variant
def slope_as_a_difference(z):
    s = by_tanh(z)
    return s - s**2


@sigmoid_derivative.variant
def slope_by_symmetry(z):
    return activations.sigmoid(z) * activations.sigmoid(-z)


@sigmoid_derivative.variant
def slope_by_cosh(z):
    return 0.25 / np.cosh(np.minimum(np.abs(z), 700) / 2) ** 2
