"""ReLU."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m02_activations._cases import pre_activations
from helpers.reference import activations


@exercise(
    "2.3",
    "ReLU",
    cases=pre_activations,
    hints=(
        "Compare every number with 0 and keep the larger one. NumPy has a function for that.",
        "relu(z) = max(0, z), number by number",
        "return np.«maximum»(0, z)",
    ),
)
def relu(z):
    return activations.relu(z)


@relu.mistake(
    "if, and, or and Python's max ask one question, but z holds many numbers. np.maximum compares "
    "number by number."
)
def relu_with_max(z):
    return max(0, z)


@relu.mistake(
    "np.max finds the largest number of one array. np.maximum(0, z) compares number by number."
)
def relu_with_np_max(z):
    return np.max(0, z)


@relu.mistake(
    "np.max looks for the largest number of one array, and 0 and z make no array together. "
    "np.maximum(0, z) compares number by number."
)
def relu_with_np_max_of_both(z):
    return np.max([0, z])


@relu.mistake(
    "np.where with a condition alone tells the places where it holds. Say what to put there, and "
    "what elsewhere: np.where(z > 0, z, 0)."
)
def relu_as_places(z):
    return np.where(z > 0)


@relu.mistake(
    "The second argument of np.max is an axis, so this is the largest number of all along it. "
    "np.maximum(z, 0) compares number by number."
)
def relu_with_np_max_along_an_axis(z):
    return np.max(z, 0)


@relu.mistake(
    "The decimals are cut off: somewhere the numbers become integers. Positive numbers stay as "
    "they are."
)
def relu_cut_to_integers(z):
    return np.maximum(0, z).astype(int)


@relu.mistake(
    "This works for a flat array only: max(...) or if gets a whole row where z is a table. "
    "np.maximum needs no loop."
)
def relu_in_one_loop(z):
    return [max(0, v) for v in z]


@relu.mistake("This keeps the negative numbers. ReLU keeps the larger of 0 and z: np.maximum.")
def relu_keeps_negatives(z):
    return np.minimum(0, z)


@relu.mistake("This flips the negative numbers. ReLU makes them 0.")
def relu_is_abs(z):
    return np.abs(z)


@relu.mistake("This is the step function: 0 or 1. ReLU keeps positive numbers as they are.")
def relu_is_step(z):
    return np.where(z > 0, 1, 0)


@relu.mistake("The answer stops at 1. ReLU has no upper limit.")
def relu_stops_at_one(z):
    return np.clip(z, 0, 1)


@relu.mistake(
    "The positive numbers are left out of the answer's shape. Keep every place: np.where."
)
def relu_drops_numbers(z):
    return z[z > 0]


@relu.mistake("This is leaky ReLU. ReLU itself gives exactly 0 for negative numbers.")
def relu_leaks(z):
    return np.where(z > 0, z, 0.01 * z)


@relu.mistake(
    "The answer is written into the array that was passed in. Make a new one: np.maximum(0, z)."
)
def relu_in_place(z):
    z[z < 0] = 0
    return z


@relu.variant
def relu_by_mask(z):
    return z * (z > 0)


@relu.variant
def relu_by_where(z):
    return np.where(z > 0, z, 0)


@relu.variant
def relu_by_abs(z):
    return (z + np.abs(z)) / 2


@relu.variant
def relu_by_clip(z):
    return np.clip(z, 0, None).tolist()
