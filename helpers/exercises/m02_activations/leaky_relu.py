"""Leaky ReLU."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m02_activations._cases import FAR_DOWN, FAR_UP, INTEGERS, draw
from helpers.reference import activations


def leaks(rng: np.random.Generator) -> list[Case]:
    """Make pre-activations with several values of alpha, the default among them."""
    return [
        (np.array([-2.0, 0.0, 2.0]), 0.25),
        (np.array([-2.0, 0.0, 2.0]),),
        (INTEGERS, 0.1),
        (draw(rng, 7), 0.3),
        (draw(rng, 5, 3), 0.75),
        (draw(rng, 5),),
        (FAR_DOWN, 0.2),
        (FAR_UP, 0.2),
    ]


@exercise(
    "2.4",
    "leaky ReLU",
    cases=leaks,
    hints=(
        "As ReLU, but negative numbers are made small instead of 0. Two cases, one np.where.",
        "leaky(z) = z where z > 0, and alpha·z everywhere else",
        "return np.where(z > 0, z, «alpha * z»)",
    ),
)
def leaky_relu(z, alpha=0.01):
    return activations.leaky_relu(z, alpha)


@leaky_relu.mistake("alpha is not used. Replace the number 0.01 by alpha.")
def leak_is_fixed(z, alpha=0.01):
    return np.where(z > 0, z, 0.01 * z)


@leaky_relu.mistake("The leak is alpha itself here. It is alpha times z.")
def leak_is_alpha(z, alpha=0.01):
    return np.where(z > 0, z, alpha)


@leaky_relu.mistake("This is the slope, 1 or alpha. Multiply it by z.")
def leak_is_the_slope(z, alpha=0.01):
    return np.where(z > 0, 1, alpha)


@leaky_relu.mistake(
    "alpha * z is added on both sides, so a positive z is made larger. It belongs to the negative "
    "side only."
)
def leak_on_both_sides(z, alpha=0.01):
    return np.maximum(0, z) + alpha * z


@leaky_relu.mistake("np.maximum(alpha, z) compares z with alpha. Compare z with alpha * z.")
def leak_forgets_z(z, alpha=0.01):
    return np.maximum(alpha, z)


@leaky_relu.mistake("The negative side is 0, as in ReLU. There it should be alpha * z.")
def leak_is_relu(z, alpha=0.01):
    return np.maximum(0, z)


@leaky_relu.mistake("np.maximum(0, alpha * z) is a flatter ReLU. Compare z with alpha * z.")
def leak_on_the_wrong_side(z, alpha=0.01):
    return np.maximum(0, alpha * z)


@leaky_relu.mistake("The two sides are swapped: z stays as it is where it is positive.")
def leak_sides_swapped(z, alpha=0.01):
    return np.where(z > 0, alpha * z, z)


@leaky_relu.mistake("The sign is wrong: for negative z the answer stays negative, alpha * z.")
def leak_is_positive(z, alpha=0.01):
    return np.where(z > 0, z, -alpha * z)


@leaky_relu.mistake("z is divided by alpha, which makes it larger. Multiply it: alpha * z.")
def leak_divides(z, alpha=0.01):
    return np.where(z > 0, z, z / alpha)


@leaky_relu.mistake("The default of alpha should be 0.01: def leaky_relu(z, alpha=0.01).")
def leak_default_differs(z, alpha=0.1):
    return np.where(z > 0, z, alpha * z)


@leaky_relu.mistake(
    "if, and, or and Python's max ask one question, but z holds many numbers. Use np.maximum or "
    "np.where."
)
def leak_with_max(z, alpha=0.01):
    return max(alpha * z, z)


@leaky_relu.mistake(
    "alpha has no default. Keep it in the first line: def leaky_relu(z, alpha=0.01)."
)
def leaky_relu_without_default(*arguments):
    def leaky_relu(z, alpha):
        return np.where(z > 0, z, alpha * z)

    return leaky_relu(*arguments)


@leaky_relu.mistake(
    "The answer is written into the array that was passed in, and an array of integers cannot "
    "hold it. Make a new one with np.where."
)
def leak_in_place(z, alpha=0.01):
    z[z < 0] *= alpha
    return z


@leaky_relu.mistake(
    "The answer is written into the array that was passed in. Where that holds integers, the "
    "decimals are cut off. Make a new one with np.where."
)
def leak_assigned_in_place(z, alpha=0.01):
    z[z < 0] = alpha * z[z < 0]
    return z


@leaky_relu.mistake(
    "The answer is written into the array that was passed in. Make a new one with np.where."
)
def leak_in_place_of_floats(z, alpha=0.01):
    if z.dtype == float:
        z[z < 0] *= alpha
        return z
    return np.where(z > 0, z, alpha * z)


@leaky_relu.mistake(
    "A copy of an array of integers holds integers, and *= cannot put floats there. Use np.where, "
    "or copy with z.astype(float)."
)
def leak_on_a_copy_of_integers(z, alpha=0.01):
    out = z.copy()
    out[out < 0] *= alpha
    return out


@leaky_relu.mistake(
    "Where z holds integers, the decimals are cut off: a copy of z, or np.zeros_like(z), holds "
    "integers too. Use np.where, or z.astype(float)."
)
def leak_kept_as_integers(z, alpha=0.01):
    out = z.copy()
    out[out < 0] = alpha * out[out < 0]
    return out


@leaky_relu.variant
def leak_by_maximum(z, alpha=0.01):
    return np.maximum(alpha * z, z)


@leaky_relu.variant
def leak_as_a_sum(z, alpha=0.01):
    return np.maximum(0, z) + alpha * np.minimum(0, z)


@leaky_relu.variant
def leak_by_slope(z, alpha=0.01):
    return z * np.where(z >= 0, 1, alpha)


@leaky_relu.variant
def leak_by_mask(z, alpha=0.01):
    return (z > 0) * z + (z <= 0) * alpha * z
