"""The slope of ReLU."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m02_activations._cases import pre_activations
from helpers.reference import activations


@exercise(
    "2.3",
    "the slope of ReLU",
    cases=pre_activations,
    hints=(
        "Left of 0 the curve is flat, right of 0 it rises like z. At 0 itself we choose a slope.",
        "slope = 1 where z > 0, and 0 everywhere else, z = 0 included",
        "return np.where(z «>» 0, 1.0, 0.0)",
    ),
    second=True,
)
def relu_derivative(z):
    return activations.relu_derivative(z)


@relu_derivative.mistake("The slope at z = 0 is 1 here. In this course it is 0: use >, not >=.")
def relu_slope_one_at_zero(z):
    return (z >= 0).astype(float)


@relu_derivative.mistake("The slope at z = 0 is one half here. In this course it is 0.")
def relu_slope_half_at_zero(z):
    return np.heaviside(z, 0.5)


@relu_derivative.mistake("This is ReLU itself. Its slope is 1 where z is positive, whatever z is.")
def relu_slope_is_relu(z):
    return np.maximum(0, z)


@relu_derivative.mistake("The slope is -1 for negative z here. There the curve is flat: 0.")
def relu_slope_is_sign(z):
    return np.sign(z)


@relu_derivative.mistake("The slope is upside down: it is 1 where z is positive.")
def relu_slope_upside_down(z):
    return np.where(z > 0, 0, 1)


@relu_derivative.mistake("At z = 0 the answer is nan, as 0 / 0 is. Do not divide: ask where z > 0.")
def relu_slope_by_division(z):
    return np.maximum(0, z) / z


@relu_derivative.mistake("This is the slope of leaky ReLU. ReLU is flat for negative z: 0.")
def relu_slope_leaks(z):
    return np.where(z > 0, 1, 0.01)


@relu_derivative.mistake("The slope is 1 everywhere here. For negative z ReLU is flat: 0.")
def relu_slope_always_one(z):
    return np.ones_like(z)


@relu_derivative.mistake(
    "if, and, or and Python's max ask one question, but z holds many numbers. Write z > 0, which "
    "asks about each."
)
def relu_slope_with_one_if(z):
    if z > 0:
        return 1
    return 0


@relu_derivative.mistake(
    "The answer is written into the array that was passed in. Make a new one: "
    "np.where(z > 0, 1, 0)."
)
def relu_slope_in_place(z):
    z[z > 0] = 1
    z[z <= 0] = 0
    return z


@relu_derivative.mistake(
    "np.where with a condition alone tells the places where it holds. Say what to put there, and "
    "what elsewhere: np.where(z > 0, 1, 0)."
)
def relu_slope_as_places(z):
    return np.where(z > 0)


@relu_derivative.mistake(
    "This works for a flat array only: an if gets a whole row where z is a table. z > 0 asks about "
    "each number, without a loop."
)
def relu_slope_in_one_loop(z):
    return [1 if v > 0 else 0 for v in z]


@relu_derivative.variant
def relu_slope_as_mask(z):
    return z > 0


@relu_derivative.variant
def relu_slope_by_where(z):
    return np.where(z <= 0, 0, 1)


@relu_derivative.variant
def relu_slope_from_the_output(z):
    return (np.maximum(0, z) > 0) * 1.0


@relu_derivative.variant
def relu_slope_by_sign(z):
    return np.sign(np.maximum(z, 0))
