"""ELU."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m02_activations._cases import FAR_DOWN, FAR_UP, INTEGERS, draw
from helpers.reference import activations


def bends(rng: np.random.Generator) -> list[Case]:
    """Make pre-activations with several values of alpha, above 1 too."""
    return [
        (np.array([-2.0, 0.0, 2.0]), 0.5),
        (np.array([-2.0, 0.0, 2.0]),),
        (INTEGERS, 1.5),
        (draw(rng, 7), 0.25),
        (draw(rng, 5, 3), 2.0),
        (draw(rng, 5),),
        (FAR_DOWN, 0.75),
        (FAR_UP, 0.75),
    ]


@exercise(
    "2.4",
    "ELU",
    cases=bends,
    hints=(
        "Positive numbers stay as they are. Only the negative side bends, so start with np.where.",
        "elu(z) = z where z > 0, and alpha·(e^z − 1) everywhere else",
        "return np.where(z > 0, z, alpha * («np.exp(np.minimum(z, 0)) - 1»))",
    ),
    second=True,
)
def elu(z, alpha=1.0):
    return activations.elu(z, alpha)


def _elu(z, alpha, below):
    with np.errstate(over="ignore"):
        return np.where(z > 0, z, below(z, alpha))


@elu.mistake("The -1 is missing: alpha * (e^z - 1). Without it the curve jumps at 0.")
def bend_without_minus_one(z, alpha=1.0):
    return _elu(z, alpha, lambda z, alpha: alpha * np.exp(z))


@elu.mistake("Brackets are missing: alpha multiplies the 1 as well. Write alpha * (np.exp(z) - 1).")
def bend_without_brackets(z, alpha=1.0):
    return _elu(z, alpha, lambda z, alpha: alpha * np.exp(z) - 1)


@elu.mistake("alpha is not used. Multiply the negative side by it: alpha * (np.exp(z) - 1).")
def bend_without_alpha(z, alpha=1.0):
    return _elu(z, alpha, lambda z, _: np.exp(z) - 1)


@elu.mistake("alpha stands inside the power. It stands in front: alpha * (np.exp(z) - 1).")
def bend_alpha_in_the_power(z, alpha=1.0):
    return _elu(z, alpha, lambda z, alpha: np.exp(alpha * z) - 1)


@elu.mistake("The sign in the power is wrong: e^z is small for negative z, e^-z is huge.")
def bend_with_the_wrong_sign(z, alpha=1.0):
    return _elu(z, alpha, lambda z, alpha: alpha * (np.exp(-z) - 1))


@elu.mistake("The negative side is turned around: it is e^z - 1, not 1 - e^z.")
def bend_upward(z, alpha=1.0):
    return _elu(z, alpha, lambda z, alpha: alpha * (1 - np.exp(z)))


@elu.mistake(
    "np.maximum does not find the right side: e^z - 1 is larger than z on both sides of 0. "
    "Choose with np.where(z > 0, …)."
)
def bend_by_maximum(z, alpha=1.0):
    return np.maximum(z, alpha * (np.exp(z) - 1))


@elu.mistake(
    "Far out the answer is nan: e^1000 is inf, and 0 * inf is nan. Choose with np.where, or keep "
    "the power small: np.minimum(z, 0)."
)
def bend_by_masks(z, alpha=1.0):
    return (z > 0) * z + (z <= 0) * (alpha * (np.exp(z) - 1))


@elu.mistake("This is leaky ReLU. ELU has alpha * (np.exp(z) - 1) on the negative side.")
def bend_is_a_leak(z, alpha=1.0):
    return np.where(z > 0, z, alpha * z)


@elu.mistake("The positive side bends too. Only the negative side has the exponential.")
def bend_on_both_sides(z, alpha=1.0):
    return alpha * (np.exp(z) - 1)


@elu.mistake("The default of alpha should be 1.0: def elu(z, alpha=1.0).")
def bend_default_differs(z, alpha=0.01):
    return _elu(z, alpha, lambda z, alpha: alpha * (np.exp(z) - 1))


@elu.mistake(
    "Where z holds integers, the decimals are cut off: a copy of z, or np.zeros_like(z), holds "
    "integers too. Use np.where, or z.astype(float)."
)
def bend_kept_as_integers(z, alpha=1.0):
    out = z.copy()
    out[z <= 0] = alpha * (np.exp(z[z <= 0]) - 1)
    return out


@elu.mistake(
    "The answer is written into the array that was passed in. Where that holds integers, the "
    "decimals are cut off. Make a new one with np.where."
)
def bend_in_place(z, alpha=1.0):
    z[z <= 0] = alpha * (np.exp(z[z <= 0]) - 1)
    return z


@elu.mistake(
    "if, and, or and Python's max ask one question, but z holds many numbers. Choose with np.where."
)
def bend_with_one_if(z, alpha=1.0):
    return z if z > 0 else alpha * (np.exp(z) - 1)


@elu.mistake(
    "alpha * (e^z - 1) is added on both sides, so a positive z is made larger. It belongs to the "
    "negative side only."
)
def bend_added_on_both_sides(z, alpha=1.0):
    return np.maximum(z, 0) + alpha * (np.exp(z) - 1)


@elu.mistake("The two sides are swapped: z stays as it is where it is positive.")
def bend_sides_swapped(z, alpha=1.0):
    return np.where(z > 0, alpha * (np.exp(z) - 1), z)


@elu.mistake("There is an e^z, but alpha and the 1 are missing: alpha * (np.exp(z) - 1).")
def bend_without_alpha_and_one(z, alpha=1.0):
    return _elu(z, alpha, lambda z, _: np.exp(z))


@elu.mistake(
    "math.exp, float and int take one number, but z holds many. np.exp takes a whole array."
)
def bend_with_math_exp(z, alpha=1.0):
    import math

    return np.where(z > 0, z, alpha * (math.exp(z) - 1))


@elu.variant
def bend_with_a_warning(z, alpha=1.0):
    return np.where(z > 0, z, alpha * (np.exp(z) - 1))


@elu.variant
def bend_by_expm1(z, alpha=1.0):
    return np.where(z >= 0, z, alpha * np.expm1(-np.abs(z)))


@elu.variant
def bend_as_a_sum(z, alpha=1.0):
    return np.maximum(0, z) + np.minimum(0, alpha * (np.exp(z) - 1))


@elu.variant
def bend_on_a_copy(z, alpha=1.0):
    out = np.array(z, dtype=float)
    out[out < 0] = alpha * (np.exp(out[out < 0]) - 1)
    return out
