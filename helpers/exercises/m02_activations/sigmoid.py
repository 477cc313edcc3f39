"""The sigmoid, without a warning."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m02_activations._cases import pre_activations
from helpers.reference import activations


@exercise(
    "2.1",
    "the sigmoid, without a warning",
    cases=pre_activations,
    hints=(
        "e^1000 is too large for a float, e^-1000 is not: it rounds to 0. Which power does your "
        "formula need where z is very negative?",
        "σ(z) = 1 / (1 + e^-z). Keep -z from growing beyond 709, the largest whole power of e that "
        "a float can hold, or use σ(z) = (1 + tanh(z / 2)) / 2.",
        "return 1 / (1 + np.exp(np.minimum(-z, «709»)))",
    ),
    silent=True,
)
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


@sigmoid.mistake(
    "e^-z overflows where z is very negative. Keep the power small: np.minimum(-z, 709), "
    "or write (1 + np.tanh(z / 2)) / 2."
)
def overflows(z):
    return 1 / (1 + np.exp(-z))


@sigmoid.mistake(
    "np.where computes both branches for every number and chooses afterwards, so the bad branch "
    "still overflows. Give each branch a power that is never positive: -np.abs(z)."
)
def where_computes_both(z):
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@sigmoid.mistake(
    "e^z / (1 + e^z) is inf / inf where z is large, which is nan. Use 1 / (1 + e^-z) and keep its "
    "power below 709."
)
def infinity_over_infinity(z):
    return np.exp(z) / (1 + np.exp(z))


@sigmoid.mistake(
    "The curve falls where it should rise from 0 to 1. Turn around what is turned: the sign in the "
    "power, e^-z, or the two branches of a choice."
)
def falling(z):
    return 1 / (1 + np.exp(np.minimum(z, 709.0)))


@sigmoid.mistake(
    "The curve falls where it should rise: the power is e^-z. It also overflows far out, so keep "
    "the power small: np.minimum(-z, 709)."
)
def falling_and_overflowing(z):
    return 1 / (1 + np.exp(z))


@sigmoid.mistake("The 1 below the line is inside the power. Write 1 / (1 + np.exp(-z)).")
def one_inside_the_power(z):
    return 1 / np.exp(np.minimum(1 - z, 709.0))


@sigmoid.mistake("Brackets are missing: 1 / 1 + e^-z divides first. Write 1 / (1 + np.exp(-z)).")
def brackets_missing(z):
    return 1 / 1 + np.exp(np.minimum(-z, 709.0))


@sigmoid.mistake("Brackets are missing: 1 / 1 + e^-z divides first. Write 1 / (1 + …).")
def brackets_missing_and_overflow(z):
    return 1 / 1 + np.exp(-z)


@sigmoid.mistake("This is tanh, which runs from -1 to 1. The sigmoid is (1 + tanh(z / 2)) / 2.")
def hyperbolic_tangent(z):
    return np.tanh(z)


@sigmoid.mistake(
    "z is clipped too tightly, so the ends stop short of 0 and 1. Clip only what would overflow, "
    "such as beyond ±700."
)
def clipped_at_ten(z):
    return 1 / (1 + np.exp(-np.clip(z, -10, 10)))


@sigmoid.mistake(
    "z is clipped a little too tightly: at the ends 2e-9 is left, where 0 and 1 should be. Clip "
    "only what would overflow, such as beyond ±700."
)
def clipped_at_twenty(z):
    return 1 / (1 + np.exp(-np.clip(z, -20, 20)))


@sigmoid.mistake(
    "The answer is 0 for every z. np.minimum(-z, 709) keeps the power from growing beyond 709; "
    "np.maximum keeps it from falling below."
)
def maximum_for_minimum(z):
    return 1 / (1 + np.exp(np.maximum(-z, 709)))


@sigmoid.mistake(
    "Where z holds integers, the decimals are cut off: np.zeros_like(z), np.empty_like(z) and "
    "z.copy() hold integers then. Add dtype=float, or use z.astype(float)."
)
def kept_as_integers(z):
    out = np.zeros_like(z)
    out[:] = activations.sigmoid(z)
    return out


@sigmoid.mistake(
    "math.exp, float and int take one number, but z holds many. np.exp takes a whole array."
)
def with_math_exp(z):
    import math

    return 1 / (1 + math.exp(-z))


@sigmoid.mistake(
    "if, and, or and Python's max ask one question, but z holds many numbers. Use np.where, or a "
    "formula for all."
)
def with_one_if(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


@sigmoid.variant
def by_tanh(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


@sigmoid.variant
def by_logaddexp(z):
    return np.exp(-np.logaddexp(0, -z))


@sigmoid.variant
def clipped(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@sigmoid.variant
def with_two_masks(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    out[~positive] = e / (1 + e)
    return out


@sigmoid.variant
def with_minimum(z):
    return 1 / (1 + np.exp(np.minimum(-z, 709)))


@sigmoid.variant
def without_looking(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))
