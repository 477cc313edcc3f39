"""Module 02, activation functions: ten exercises under eight numbers.

Inputs are rounded, so that the call in a message can be pasted. Every exercise
sees zeros, points on both sides of zero, and ±1000.
"""

import numpy as np

from helpers.checks import adapters
from helpers.checks.comparing import Tolerance
from helpers.checks.exercise import Case, exercise
from helpers.reference import activations, forward_pass

FAR_DOWN = np.array([-1000.0, -2.5, 0.0, 0.5])
FAR_UP = np.array([-0.5, 0.0, 2.5, 1000.0])
INTEGERS = np.array([-2, -1, 0, 1, 2])


def draw(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw numbers with two decimals, about half of them negative; the first two are ±."""
    z = (2 * rng.normal(size=shape)).round(2)
    z.flat[:2] = -1.25, 1.75
    return z


def pre_activations(rng: np.random.Generator) -> list[Case]:
    """Make arrays of every rank, whole numbers, zeros, and numbers far out."""
    return [
        (np.array([-1.0, 0.0, 2.0]),),
        (INTEGERS,),
        (draw(rng, 7),),
        (draw(rng, 5, 3),),
        (draw(rng, 2, 3, 2),),
        (FAR_DOWN,),
        (FAR_UP,),
    ]


# 2.1 ---------------------------------------------------------------------------------------------


@exercise(
    "2.1",
    "the sigmoid, without a warning",
    cases=pre_activations,
    hints=(
        "e^1000 is too large for a float, e^-1000 is not: it rounds to 0. Which power does your "
        "formula need where z is very negative?",
        "σ(z) = 1 / (1 + e^-z). Keep -z from growing beyond 709, the largest whole power of e that "
        "a float can hold, or use σ(z) = (1 + tanh(z / 2)) / 2.",
        "return 1 / (1 + np.exp(np.minimum(-z, ____)))",
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


# 2.2 ---------------------------------------------------------------------------------------------


@exercise(
    "2.2",
    "the slope of the sigmoid",
    cases=pre_activations,
    hints=(
        "Compute the sigmoid of z once and give it a name. The slope is made of it alone.",
        "σ′(z) = σ(z)·(1 − σ(z))",
        "s = sigmoid(z); return s * (____)",
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


# 2.3 ---------------------------------------------------------------------------------------------


@exercise(
    "2.3",
    "ReLU",
    cases=pre_activations,
    hints=(
        "Compare every number with 0 and keep the larger one. NumPy has a function for that.",
        "relu(z) = max(0, z), number by number",
        "return np.____(0, z)",
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


@exercise(
    "2.3",
    "the slope of ReLU",
    cases=pre_activations,
    hints=(
        "Left of 0 the curve is flat, right of 0 it rises like z. At 0 itself we choose a slope.",
        "slope = 1 where z > 0, and 0 everywhere else, z = 0 included",
        "return np.where(z ____ 0, 1.0, 0.0)",
    ),
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


# 2.4 ---------------------------------------------------------------------------------------------


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
        "return np.where(z > 0, z, ____)",
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
        "return np.where(z > 0, z, alpha * (____))",
    ),
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


# 2.5 ---------------------------------------------------------------------------------------------


def scores(rng: np.random.Generator) -> list[Case]:
    """Make scores of one to three axes, several temperatures, and scores far out."""
    far_apart = np.array([[1000.0, 998.0, -1000.0], [-1000.0, -1001.5, -1000.5]])
    return [
        (np.array([2.0, 1.0, 0.5]), 2.0),
        (np.array([2.0, 1.0, 0.5]),),
        (draw(rng, 5, 3), 0.5),
        (draw(rng, 7, 4),),
        (draw(rng, 2, 3, 4), 1.5),
        (draw(rng, 4, 4), 4.0),
        (far_apart,),
        (far_apart, 2.5),
        (far_apart, 0.5),
        (np.array([1000.0, -1000.0, -1000.0]),),
        (np.zeros((5, 2)), 0.25),
    ]


@exercise(
    "2.5",
    "softmax with a temperature",
    cases=scores,
    hints=(
        "Divide by the temperature, take off the largest score of each row, then e to the power. "
        "Each row is divided by its own sum.",
        "p_i = e^(z_i / T) / (e^(z_1 / T) + … + e^(z_k / T)), and z may be replaced by z − max(z). "
        "axis=-1 is the last axis, whatever the number of axes.",
        "e = np.exp((logits - logits.max(axis=-1, keepdims=____)) / temperature); "
        "return e / e.sum(axis=____, keepdims=____)",
    ),
)
def softmax(logits, temperature=1.0):
    return activations.softmax(logits, temperature)


def _softmax(logits, temperature, axis=-1, keep=True, shift=True, over=None):
    """Normalize over one axis, which may be the wrong one, with or without the maximum."""
    scaled = logits / temperature
    if shift:
        scaled = scaled - scaled.max(axis=axis, keepdims=keep)
    e = np.exp(scaled)
    return e / (e.sum(axis=axis, keepdims=keep) if over is None else over(e))


@softmax.mistake(
    "The sum runs over the whole array, so the rows share one total. Use axis=-1, keepdims=True: "
    "each row sums to 1 by itself."
)
def over_everything(logits, temperature=1.0):
    e = np.exp((logits - np.max(logits)) / temperature)
    return e / np.sum(e)


@softmax.mistake(
    "Each row's maximum is taken off, but the sum still runs over the whole array. Give it "
    "axis=-1, keepdims=True as well."
)
def sum_over_everything(logits, temperature=1.0):
    return _softmax(logits, temperature, over=np.sum)


@softmax.mistake(
    "Each row's maximum is taken off, but the sum runs down the columns. Each row sums to 1: "
    "axis=-1 for the sum, too."
)
def sum_over_the_first_axis(logits, temperature=1.0):
    return _softmax(logits, temperature, over=lambda e: e.sum(axis=0))


@softmax.mistake(
    "The sum of each row has lost its axis and does not line up with the rows. Give the sum "
    "keepdims=True, as the maximum has it."
)
def sum_without_keepdims(logits, temperature=1.0):
    return _softmax(logits, temperature, over=lambda e: e.sum(axis=-1))


@softmax.mistake(
    "The maximum of each row has lost its axis and does not line up with the rows. Give the "
    "maximum keepdims=True, as the sum has it."
)
def maximum_without_keepdims(logits, temperature=1.0):
    e = np.exp((logits - logits.max(axis=-1)) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "Two things: the sum runs down the columns, where each row sums to 1 with axis=-1. And e^1000 "
    "overflows, so take off each row's maximum first."
)
def over_the_first_axis_and_unstable(logits, temperature=1.0):
    return _softmax(logits, temperature, axis=0, shift=False)


@softmax.mistake(
    "Two things: without keepdims=True the sum of each row does not line up with the rows. And "
    "e^1000 overflows, so take off each row's maximum first."
)
def without_keepdims_and_unstable(logits, temperature=1.0):
    return _softmax(logits, temperature, keep=False, shift=False)


@softmax.mistake(
    "Two things: axis=1 is the last axis of a matrix only, so use axis=-1. And e^1000 overflows, "
    "so take off each row's maximum first."
)
def over_axis_one_and_unstable(logits, temperature=1.0):
    return _softmax(logits, temperature, axis=1, shift=False)


@softmax.mistake("The sum runs down the columns. Each row sums to 1: use axis=-1.")
def over_the_first_axis(logits, temperature=1.0):
    return _softmax(logits, temperature, axis=0)


@softmax.mistake(
    "axis=1 is the last axis of a matrix only. axis=-1 is the last one of any array, 1-D too."
)
def over_axis_one(logits, temperature=1.0):
    return _softmax(logits, temperature, axis=1)


@softmax.mistake(
    "Without keepdims=True the maximum and the sum of each row lose their axis, and then they do "
    "not line up with the rows."
)
def without_keepdims(logits, temperature=1.0):
    return _softmax(logits, temperature, keep=False)


@softmax.mistake(
    "Far out the answer is nan: e^1000 is infinite and e^-1000 is 0, so the division is inf / inf "
    "or 0 / 0. Take off the largest score of each row first: it changes no probability."
)
def unstable(logits, temperature=1.0):
    return _softmax(logits, temperature, shift=False)


@softmax.mistake(
    "A small number added to the sum hides 0 / 0, but the answers far out stay wrong: e^1000 "
    "overflows, and e^-1000 is 0. Take off each row's maximum first."
)
def unstable_with_a_small_number(logits, temperature=1.0):
    return _softmax(
        logits, temperature, shift=False, over=lambda e: e.sum(axis=-1, keepdims=True) + 1e-8
    )


@softmax.mistake(
    "Clipping keeps e^1000 from overflowing, but it makes scores equal that are not: 1000 and 998 "
    "both become the limit. Take off each row's maximum instead."
)
def softmax_clipped(logits, temperature=1.0):
    e = np.exp(np.clip(logits / temperature, -700, 700))
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "The smallest score is taken off, so the largest power is above 0 and may still overflow. Take "
    "off each row's largest score: max."
)
def minimum_taken_off(logits, temperature=1.0):
    e = np.exp((logits - logits.min(axis=-1, keepdims=True)) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "The mean is taken off, so the largest power is above 0 and may still overflow. Take off each "
    "row's largest score: max."
)
def mean_taken_off(logits, temperature=1.0):
    e = np.exp((logits - logits.mean(axis=-1, keepdims=True)) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "The scores are divided by their maximum, which changes the probabilities. Subtract it: only "
    "differences of scores count."
)
def divided_by_the_maximum(logits, temperature=1.0):
    e = np.exp(logits / logits.max(axis=-1, keepdims=True) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "The maximum is not divided by the temperature, but the scores are, so far out e^… is infinite "
    "or 0. Scale first, then take off the maximum of what is scaled."
)
def maximum_not_scaled(logits, temperature=1.0):
    e = np.exp(logits / temperature - logits.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "Two things: the sum runs over the whole array, so give it axis=-1, keepdims=True. And e^1000 "
    "overflows, so take off each row's maximum first."
)
def over_everything_and_unstable(logits, temperature=1.0):
    e = np.exp(logits / temperature)
    return e / e.sum()


@softmax.mistake(
    "The largest score of the whole array is taken off every row. A row far below it becomes all "
    "zeros, and 0 / 0 is nan. Take off each row's own maximum."
)
def maximum_of_everything(logits, temperature=1.0):
    e = np.exp((logits - logits.max()) / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.mistake(
    "The temperature has no effect. Divide the scores by it before e to the power: the scores, not "
    "only their maximum."
)
def without_temperature(logits, temperature=1.0):
    return _softmax(logits, 1.0)


@softmax.mistake("The scores are multiplied by the temperature. Divide them by it.")
def times_temperature(logits, temperature=1.0):
    return _softmax(logits, 1 / temperature)


@softmax.mistake(
    "The probabilities are divided by the temperature, so they do not sum to 1. Divide the scores, "
    "inside the exponential."
)
def divided_at_the_end(logits, temperature=1.0):
    return _softmax(logits, 1.0) / temperature


@softmax.mistake(
    "There is no exponential: scores may be negative, probabilities may not. Use np.exp."
)
def without_exponential(logits, temperature=1.0):
    scaled = logits / temperature
    return scaled / scaled.sum(axis=-1, keepdims=True)


@softmax.mistake("These are not divided by their sum yet: each row should sum to 1.")
def not_divided(logits, temperature=1.0):
    return np.exp((logits - logits.max(axis=-1, keepdims=True)) / temperature)


@softmax.mistake("This is the sigmoid of each score by itself. Softmax divides by the row's sum.")
def sigmoid_of_each(logits, temperature=1.0):
    return activations.sigmoid(logits / temperature)


@softmax.mistake("The power has the wrong sign: the largest score gets the largest probability.")
def upside_down(logits, temperature=1.0):
    return activations.softmax(-logits, temperature)


@softmax.mistake(
    "The scores that were passed in are changed: -= and /= write into them. Write "
    "logits = logits - …, which makes a new array."
)
def softmax_in_place(logits, temperature=1.0):
    logits -= logits.max(axis=-1, keepdims=True)
    e = np.exp(logits / temperature)
    return e / e.sum(axis=-1, keepdims=True)


@softmax.variant
def scaled_first(logits, temperature=1.0):
    scaled = logits / temperature
    e = np.exp(scaled - np.max(scaled, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


@softmax.variant
def with_new_axis(logits, temperature=1.0):
    e = np.exp((logits - logits.max(-1)[..., None]) / temperature)
    return e / e.sum(-1)[..., None]


@softmax.variant
def by_log_of_the_sum(logits, temperature=1.0):
    scaled = logits / temperature
    return np.exp(scaled - np.logaddexp.reduce(scaled, axis=-1, keepdims=True))


@softmax.variant
def row_by_row(logits, temperature=1.0):
    return np.apply_along_axis(lambda row: _softmax(row, temperature), -1, logits)


# 2.6 ---------------------------------------------------------------------------------------------


def two_layers(rng: np.random.Generator) -> list[Case]:
    """Make pairs of linear layers of all shapes, a square one among them."""
    return [
        (
            np.array([[1.0, -2.0, 0.5], [0.0, 1.5, 3.0]]),
            np.array([[0.5, -1.0, 2.0]]),
            np.array([[2.0, 0.0, 1.0, -1.0], [1.0, 1.0, -0.5, 0.0], [0.0, 4.0, 2.0, 1.0]]),
            np.array([[0.25, -0.5, 1.0, 3.0]]),
        ),
        *(
            (draw(rng, i, h), draw(rng, 1, h), draw(rng, h, o), draw(rng, 1, o))
            for i, h, o in ((5, 2, 3), (3, 3, 3), (4, 7, 2))
        ),
    ]


@exercise(
    "2.6",
    "two linear layers in one",
    cases=two_layers,
    hints=(
        "Put the first layer's output into the second: (X @ W1 + b1) @ W2 + b2. Then multiply out.",
        "X @ (W1 @ W2) + (b1 @ W2 + b2): what stands with X is W, the rest is b",
        "return W1 @ W2, b1 @ ____ + ____",
    ),
    returns=("W", "b"),
)
def collapse_linear(W1, b1, W2, b2):
    return forward_pass.collapse_linear(W1, b1, W2, b2)


@collapse_linear.mistake("b1 is missing. It goes through the second layer as well: b1 @ W2 + b2.")
def first_bias_missing(W1, b1, W2, b2):
    return W1 @ W2, b2


@collapse_linear.mistake("b2 is missing. The second layer adds it at the end: b1 @ W2 + b2.")
def second_bias_missing(W1, b1, W2, b2):
    return W1 @ W2, b1 @ W2


@collapse_linear.mistake("b1 goes through the second layer too, so it is multiplied by W2 first.")
def biases_added(W1, b1, W2, b2):
    return W1 @ W2, b1 + b2


@collapse_linear.mistake(
    "The order is turned around. X meets W1 first: X @ W1 @ W2. W2 @ W1 belongs to the "
    "convention with examples in columns."
)
def order_turned(W1, b1, W2, b2):
    return W2 @ W1, b1 @ W2 + b2


@collapse_linear.mistake(
    "Both orders are turned around: this is the formula for examples in columns. "
    "With examples in rows it is W1 @ W2 and b1 @ W2 + b2."
)
def columns_convention(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1 + b2


@collapse_linear.mistake("The bias is turned around: write b1 @ W2, so that the row b1 meets W2.")
def bias_order_turned(W1, b1, W2, b2):
    return W1 @ W2, W2 @ b1 + b2


@collapse_linear.mistake("* multiplies entry by entry. Layers follow each other with @.")
def entry_by_entry(W1, b1, W2, b2):
    return W1 * W2, b1 * W2 + b2


@collapse_linear.mistake("Only b1 @ W2 is multiplied by W2. b2 comes last and is left as it is.")
def second_bias_multiplied(W1, b1, W2, b2):
    return W1 @ W2, (b1 + b2) @ W2


@collapse_linear.mistake("The bias stays a row of shape (1, n_out). Leave out the ravel or [0].")
def bias_flat(W1, b1, W2, b2):
    return W1 @ W2, (b1 @ W2 + b2).ravel()


@collapse_linear.mistake("The two values are swapped: return W first, then b.")
def values_swapped(W1, b1, W2, b2):
    return b1 @ W2 + b2, W1 @ W2


@collapse_linear.mistake("This is the weights only. Return two values: return W, b.")
def weights_only(W1, b1, W2, b2):
    return W1 @ W2


@collapse_linear.variant
def collapsed_by_dot(W1, b1, W2, b2):
    return [W1.dot(W2), b2 + b1.dot(W2)]


@collapse_linear.variant
def collapsed_by_einsum(W1, b1, W2, b2):
    return np.einsum("ij,jk->ik", W1, W2), np.einsum("ij,jk->ik", b1, W2) + b2


@collapse_linear.variant
def collapsed_by_probing(W1, b1, W2, b2):
    def network(X):
        return (X @ W1 + b1) @ W2 + b2

    b = network(np.zeros((1, len(W1))))
    return network(np.eye(len(W1))) - b, b


@collapse_linear.variant
def collapsed_with_a_row_of_ones(W1, b1, W2, b2):
    both = np.vstack([W1, b1]) @ W2
    return both[:-1], both[-1:] + b2


# 2.7 ---------------------------------------------------------------------------------------------

_CURVES = {"sigmoid": activations.sigmoid, "relu": activations.relu}
_SPELLED = {"sigmoid": "sigmoid", "relu": "ReLU"}
_ROUGHNESS = {"sigmoid": 0.05, "relu": 0.3}  # how far a chord may leave the curve
_DECIMALS = 3  # finer than can be seen
_SHORT = 0.101  # np.arange(-5, 5, 0.1) ends at 4.9, which is near enough
_GOOD = "sigmoid and ReLU on [-5, 5], both axes labeled, both curves in the legend"


def labeled_figure(attempt, *args):
    """Let a function draw; read back what can be seen of it, in short numbers.

    To `adapters.figure` it adds ``dots``, the number of scatter plots, ``shows``, the
    stretch of the x-axis, and ``hidden``, the number of lines that cannot be seen.
    Lines without labels get the names that the legend gives them.
    """
    seen = {}

    def draw_and_look(ax, *args):
        attempt(ax, *args)
        legend = ax.get_legend() or next(iter(ax.figure.legends), None)
        handles = legend.legend_handles if legend else []
        texts = [text.get_text() for text in legend.get_texts()] if legend else []
        for handle, text in zip(handles, texts):
            same = [line for line in ax.get_lines() if _look(line) == _look(handle)]
            if len(same) == 1 and str(same[0].get_label()).startswith("_"):
                same[0].set_label(text)
        invisible = [line for line in ax.get_lines() if not _visible(line)]
        for line in invisible:
            line.remove()
        seen.update(
            legend=texts,
            dots=len(ax.collections),
            hidden=len(invisible),
            shows=[round(float(end), _DECIMALS) for end in sorted(ax.get_xlim())],
        )

    figure = adapters.figure(draw_and_look, *args) | seen
    for line in figure["lines"]:  # short numbers, for the message
        x, y = _points(line)
        line |= {"x": x.round(_DECIMALS), "y": y.round(_DECIMALS)}
    return figure


def _look(artist):
    """How a line, or its sample in the legend, can be recognized."""
    names = ("get_color", "get_linestyle", "get_marker", "get_linewidth")
    return tuple(str(getattr(artist, name, str)()) for name in names)


def _visible(line):
    """Whether there is anything to be seen of a line: a stroke or marks."""
    nothing = ("None", "none", " ", "")
    stroke = line.get_linestyle() not in nothing and line.get_linewidth() > 0
    return (
        line.get_visible()
        and line.get_alpha() != 0
        and str(line.get_color()) not in nothing
        and (stroke or str(line.get_marker()) not in nothing)
    )


def figure_in_words(figure):
    """Write what a figure shows, for a message.

    >>> axes = {"xlabel": "z", "ylabel": "", "legend": ["ReLU"]}
    >>> figure_in_words(axes | {"lines": [{"label": "ReLU", "x": [0, 1], "y": [0, 1]}]})
    "1 line: 'ReLU' through 2 points; x-axis 'z', no y-label; legend 'ReLU'"
    """
    lines = [
        f"{'no label' if line['label'].startswith('_') else repr(line['label'])} through "
        f"{len(line['x'])} point{'s' * (len(line['x']) != 1)}"
        for line in figure["lines"]
    ]
    count = f"{len(lines)} line{'s' * (len(lines) != 1)}: {_first(lines)}" if lines else "no lines"
    x, y = (
        f"{axis}-axis {figure[f'{axis}label']!r}" if figure[f"{axis}label"] else f"no {axis}-label"
        for axis in "xy"
    )
    legend = f"legend {_first(map(repr, figure['legend']))}" if figure["legend"] else "no legend"
    return f"{count}; {x}, {y}; {legend}"


def _first(texts, most=4):
    """Join the first few texts."""
    texts = list(texts)
    return ", ".join([*texts[:most], *["…"] * (len(texts) > most)])


def seen_in_figure(figure):
    """Judge a figure as its reader would; say everything that is missing."""
    if not figure["lines"]:
        raise ValueError(_no_lines(figure))
    problems = [problem for name in _CURVES for problem in _curve_problems(figure, name)]
    low, high = figure["shows"]
    if low > -5 + _SHORT or high < 5 - _SHORT:
        problems.append(f"The x-axis shows {low:g} to {high:g} only, not -5 to 5: see ax.set_xlim.")
    for axis in ("xlabel", "ylabel"):
        if not figure[axis].strip():
            problems.append(f'The {axis[0]}-axis has no label: ax.set_{axis}("…").')
    if not figure["legend"]:
        problems.append(_about_the_legend(figure))
    else:
        problems += [
            f"No text of the legend says {_SPELLED[name]}."
            for name in _CURVES
            if not any(name in text.lower() for text in figure["legend"])
        ]
    if problems and figure["dots"]:
        problems.append("The dots of ax.scatter are no line: draw with ax.plot.")
    if problems and figure["hidden"]:
        problems.append("Another line is on ax, but it cannot be seen.")
    if problems:
        raise ValueError(" ".join(problems))
    return _GOOD


def _no_lines(figure):
    """Say why there may be no lines."""
    if figure["hidden"]:
        return "There are lines on ax, but they cannot be seen: look at linestyle, color and alpha."
    if figure["dots"]:
        return "There are dots on ax, but no lines. Draw with ax.plot(…): ax.scatter draws dots."
    return "There are no lines on ax. Draw with ax.plot(…): plt.plot draws on another figure."


def _about_the_legend(figure):
    if all(line["label"].startswith("_") for line in figure["lines"]):
        return "The legend is empty or missing, and no line has a label."
    return "There is no legend."


def _curve_problems(figure, name):
    """Say what keeps the figure's lines from showing one function; at most one sentence."""
    lines = [_points(line) for line in figure["lines"]]
    fits = [_fits(x, y, name) for x, y in lines]
    shown = [line["label"].lower() for line, fit in zip(figure["lines"], fits) if fit == "well"]
    other = "relu" if name == "sigmoid" else "sigmoid"
    if shown:
        if all(other in label and name not in label for label in shown):
            return [f"The {_SPELLED[name]} curve is labeled as {_SPELLED[other]}."]
        if all(other in label and name in label for label in shown):
            return [f"The label of the {_SPELLED[name]} curve names both functions."]
        if all(label.startswith("_") for label in shown) and _all_texts_found(figure):
            return [f"The {_SPELLED[name]} curve is not in the legend."]
        return []
    what = _SPELLED[name]
    if "short" in fits:
        x = next(x for (x, _), fit in zip(lines, fits) if fit == "short")
        return [f"The {what} curve runs from {x.min():g} to {x.max():g}, not from -5 to 5."]
    if "rough" in fits:
        return [
            f"The {what} curve has too few points, or its points are out of order. "
            "Use np.linspace(-5, 5, 200)."
        ]
    if "point" in fits:
        return [
            f"The {what} curve is drawn in lines of one point each, and these join nothing. Give "
            "ax.plot all points at once: z = np.linspace(-5, 5, 200)."
        ]
    for line, (x, y) in zip(figure["lines"], lines):
        if name in line["label"].lower() and "leaky" not in line["label"].lower() and len(x):
            return [_worst_point(x, y, name)]
    return [f"No line follows the {what} function."]


def _all_texts_found(figure):
    """Whether every text of the legend, and there are some, is the label of a line."""
    labels = [line["label"] for line in figure["lines"]]
    return bool(figure["legend"]) and all(text in labels for text in figure["legend"])


def _worst_point(x, y, name):
    """Say where a line is farthest from the function that it is named after."""
    right = _CURVES[name](x)
    worst = int(np.argmax(np.abs(y - right)))
    return (
        f"The line labeled {_SPELLED[name]} goes through ({x[worst]:.3g}, {y[worst]:.3g}), where "
        f"it should be at {right[worst]:.3g}."
    )


def _points(line):
    """Return a line's data as two float arrays, empty where it is not made of numbers."""
    try:
        x, y = (np.asarray(line[key], dtype=float).ravel() for key in "xy")
    except (TypeError, ValueError):
        return np.empty(0), np.empty(0)
    return (x, y) if x.shape == y.shape else (np.empty(0), np.empty(0))


def _fits(x, y, name):
    """Say how a line shows a function: "well", "short", "rough", "point", "" for not at all."""
    function = _CURVES[name]
    if len(x) == 1 and abs(y[0] - function(x[0])) <= 2 * 10.0**-_DECIMALS:
        return "point"
    if len(x) < 2 or not np.isfinite(x).all() or np.ptp(x) == 0:
        return ""
    if not np.allclose(y, function(x), rtol=0, atol=2 * 10.0**-_DECIMALS):
        return ""
    if len(x) < 4 and name == "relu" and np.allclose(y, y[0]):
        return ""  # a level line at 0, such as that of axhline
    if x.min() > -5 + _SHORT or x.max() < 5 - _SHORT:
        return "short"
    along = np.linspace(0, 1, 9)[1:-1, None]
    between = [start[:-1] + along * np.diff(start) for start in (x, y)]
    chord = np.abs(between[1] - function(between[0]))
    return "well" if chord.max() <= _ROUGHNESS[name] else "rough"


@exercise(
    "2.7",
    "draw two activation functions",
    cases=lambda rng: [()],
    hints=(
        "ax is the empty picture that you are given. Everything is a method of it: ax.plot, "
        "ax.set_xlabel, ax.set_ylabel, ax.legend.",
        "Make 200 points from -5 to 5 with np.linspace. Draw one line for each function, each with "
        "its label. Then name both axes and call the legend last.",
        'z = np.linspace(-5, 5, 200); ax.plot(z, sigmoid(z), label="sigmoid"); '
        'ax.plot(z, ____, label=____); ax.set_xlabel("z"); ax.set_ylabel(____); ax.legend()',
    ),
    adapter=labeled_figure,
    view=seen_in_figure,
    write=figure_in_words,
)
def plot_activations(ax):
    _plot(ax)


def _plot(
    ax,
    z=None,
    curves=(activations.sigmoid, activations.relu),
    labels=("sigmoid", "ReLU"),
    names=("z", "activation"),
    legend=True,
):
    """Draw with one thing done differently."""
    z = np.linspace(-5, 5, 200) if z is None else z
    for curve, label in zip(curves, labels):
        ax.plot(z, curve(z), label=label)
    ax.set_xlabel(names[0])
    ax.set_ylabel(names[1])
    if legend:
        ax.legend()


@plot_activations.mistake(
    "The labels are there, but nothing shows them. Call ax.legend() at the end."
)
def plot_without_legend(ax):
    _plot(ax, legend=False)


@plot_activations.mistake(
    "The legend is empty: the curves have no labels. Write ax.plot(…, label=…) for each."
)
def plot_without_labels(ax):
    _plot(ax, labels=(None, None))


@plot_activations.mistake(
    'Neither axis says what it shows. Call ax.set_xlabel("z") and ax.set_ylabel(…), with brackets '
    "and without =."
)
def plot_without_axis_labels(ax):
    _plot(ax, names=("", ""))


@plot_activations.mistake("Only the x-axis has a label. Name the y-axis too: ax.set_ylabel(…).")
def plot_without_ylabel(ax):
    _plot(ax, names=("z", ""))


@plot_activations.mistake("Only the y-axis has a label. Name the x-axis too: ax.set_xlabel(…).")
def plot_without_xlabel(ax):
    _plot(ax, names=("", "activation"))


@plot_activations.mistake(
    "Nothing is drawn on ax. plt.plot makes its own figure. Use the ax that is passed in: "
    "ax.plot(…)."
)
def plot_elsewhere(ax):
    from matplotlib.figure import Figure

    _plot(Figure().add_subplot())


@plot_activations.mistake("The labels are swapped: each curve has the other one's name.")
def plot_with_labels_swapped(ax):
    _plot(ax, labels=("ReLU", "sigmoid"))


@plot_activations.mistake(
    "np.arange(-5, 5) stops before its end, at 4. Use np.linspace(-5, 5, 200)."
)
def plot_with_arange(ax):
    _plot(ax, z=np.arange(-5, 5))


@plot_activations.mistake("Only the positive half is drawn. Start at -5: np.linspace(-5, 5, 200).")
def plot_right_half(ax):
    _plot(ax, z=np.linspace(0, 5, 200))


@plot_activations.mistake("The ReLU curve is missing. Draw a second line with ax.plot.")
def plot_sigmoid_only(ax):
    _plot(ax, curves=(activations.sigmoid,))


@plot_activations.mistake("The sigmoid curve is missing. Draw a second line with ax.plot.")
def plot_relu_only(ax):
    _plot(ax, curves=(activations.relu,), labels=("ReLU",))


@plot_activations.mistake("The slopes are drawn in place of the functions.")
def plot_slopes(ax):
    _plot(ax, curves=(activations.sigmoid_derivative, activations.relu_derivative))


@plot_activations.mistake("The curve called sigmoid is tanh: it goes below 0. Draw sigmoid(z).")
def plot_tanh(ax):
    _plot(ax, curves=(np.tanh, activations.relu))


@plot_activations.mistake("The power of the sigmoid has the wrong sign, so the curve falls.")
def plot_falling_sigmoid(ax):
    _plot(ax, curves=(lambda z: activations.sigmoid(-z), activations.relu))


@plot_activations.mistake(
    "x and y are swapped, so the curves lie on their side. ax.plot takes z first, then the value."
)
def plot_sideways(ax):
    z = np.linspace(-5, 5, 200)
    ax.plot(activations.sigmoid(z), z, label="sigmoid")
    ax.plot(activations.relu(z), z, label="ReLU")
    ax.set(xlabel="z", ylabel="activation")
    ax.legend()


@plot_activations.mistake(
    "ax.plot got the values alone, so it counted the points 0, 1, 2, … along the x-axis. "
    "Give it z first: ax.plot(z, …)."
)
def plot_without_z(ax):
    z = np.linspace(-5, 5, 200)
    ax.plot(activations.sigmoid(z), label="sigmoid")
    ax.plot(activations.relu(z), label="ReLU")
    ax.set(xlabel="z", ylabel="activation")
    ax.legend()


@plot_activations.mistake(
    "Each point is a line of its own, and one point is no line. Give ax.plot whole arrays: all of "
    "z, and the values there, without a loop."
)
def plot_point_by_point(ax):
    for z in range(-5, 6):
        ax.plot(z, activations.sigmoid(z), label="sigmoid")
        ax.plot(z, activations.relu(z), label="ReLU")
    ax.set(xlabel="z", ylabel="activation")
    ax.legend()


@plot_activations.mistake(
    "Dots are drawn in place of lines. ax.plot(…) joins the points to a line; it takes the same z "
    "and values as ax.scatter."
)
def plot_dots(ax):
    z = np.linspace(-5, 5, 200)
    for function, label in ((activations.sigmoid, "sigmoid"), (activations.relu, "ReLU")):
        ax.scatter(z, function(z), label=label)
    ax.set(xlabel="z", ylabel="activation")
    ax.legend()


def _plot_with_method(ax, name):
    z = np.linspace(-5, 5, 200)
    ax.plot(z, activations.sigmoid(z), label="sigmoid")
    ax.plot(z, activations.relu(z), label="ReLU")
    getattr(ax, name)("z")


@plot_activations.mistake(
    "xlabel belongs to plt. On ax, names are set with set_: ax.set_xlabel(…), ax.set_ylabel(…)."
)
def plot_with_plt_names(ax):
    _plot_with_method(ax, "xlabel")


@plot_activations.mistake("ylabel belongs to plt. On ax it is called set_ylabel: ax.set_ylabel(…).")
def plot_with_plt_ylabel(ax):
    _plot_with_method(ax, "ylabel")


@plot_activations.mistake("The label of each curve names both functions. Give each its own name.")
def plot_with_both_names(ax):
    _plot(ax, labels=("sigmoid and ReLU", "sigmoid and ReLU"))


@plot_activations.mistake(
    "The names are shifted by one curve. A list in ax.legend([…]) goes to the lines in the order "
    "drawn, helper lines too. Give each curve its label=… and call ax.legend()."
)
def plot_with_a_line_before_the_legend(ax):
    z = np.linspace(-5, 5, 200)
    ax.axhline(0)
    ax.plot(z, activations.sigmoid(z))
    ax.plot(z, activations.relu(z))
    ax.set(xlabel="z", ylabel="activation")
    ax.legend(["sigmoid", "ReLU"])


@plot_activations.variant
def plot_with_a_legend_of_the_figure(ax):
    _plot(ax, legend=False)
    ax.figure.legend()


@plot_activations.variant
def plot_other_way(ax):
    z = np.arange(-5, 5, 0.1)
    ax.axhline(0, color="gray", linestyle="--")
    ax.axvline(0, color="gray", linestyle="--")
    ax.plot(z, np.maximum(0, z), label="RELU, max(0, z)")
    ax.plot(z, by_tanh(z), label="The Sigmoid", linewidth=3)
    ax.set(xlabel="input", ylabel="output", title="two functions", xlim=(-5, 5))
    ax.legend(loc="upper left")
    return ax


@plot_activations.variant
def plot_with_names_in_the_legend(ax):
    z = np.linspace(8, -8, 41)
    ax.plot(z, activations.sigmoid(z), z, activations.relu(z))
    ax.set_xlabel("$z$")
    ax.set_ylabel("$a$")
    ax.legend(["sigmoid", "ReLU"])


@plot_activations.variant
def plot_with_handles(ax):
    z = np.linspace(-5, 5, 11).tolist()
    first = ax.plot(z, [float(by_tanh(np.array(v))) for v in z])[0]
    second = ax.plot(z, [max(0, v) for v in z])[0]
    ax.set(xlabel="z", ylabel="value")
    ax.legend([second, first], ["relu(z)", "sigmoid(z)"])


@plot_activations.variant
def plot_more_than_asked(ax):
    z = np.linspace(-6, 6, 100)
    ax.plot(z, np.tanh(z), label="tanh")
    ax.plot(z, activations.leaky_relu(z, 0.1), label="leaky ReLU")
    _plot(ax)


# 2.8 ---------------------------------------------------------------------------------------------


def depths(rng: np.random.Generator) -> list[Case]:
    """Make every function at several inputs and depths; z is a NumPy number, as from an array."""
    near = rng.uniform(0.3, 2.5, 6).round(2).tolist()
    cases = [
        (0.5, "sigmoid", 3),
        (0.0, "sigmoid", 10),
        (near[0], "sigmoid", 2),
        (-near[1], "sigmoid", 20),
        (0.0, "tanh", 7),
        (near[2], "tanh", 5),
        (-near[3], "tanh", 12),
        (near[4], "relu", 25),
        (-near[5], "relu", 4),
        (0.0, "relu", 1),
        (-0.75, "sigmoid", 1),
        (1000.0, "tanh", 3),
        (-1000.0, "sigmoid", 3),
    ]
    return [(np.float64(z), activation, depth) for z, activation, depth in cases]


@exercise(
    "2.8",
    "a gradient through many layers",
    cases=depths,
    hints=(
        "First find the slope of the chosen function at z. Then multiply it by itself, once for "
        "each layer.",
        "gradient = slope(z) ** depth; the slopes are σ(1 − σ), 1 − tanh², and 1 or 0 for ReLU",
        'slopes = {"sigmoid": sigmoid_derivative(z), "tanh": 1 - np.tanh(z) ** ____, '
        '"relu": relu_derivative(z)}; return slopes[activation] ** ____',
    ),
    tolerance=Tolerance(atol=1e-25),
)
def gradient_through_depth(z, activation, depth):
    return activations.gradient_through_depth(z, activation, depth)


def _slope(z, activation):
    return float(activations.ACTIVATIONS[activation].slope(z))


@gradient_through_depth.mistake(
    "This is the slope times the depth: one slope for each layer, added up. They are multiplied: "
    "slope ** depth."
)
def times_depth(z, activation, depth):
    return _slope(z, activation) * depth


@gradient_through_depth.mistake(
    "This uses the value of the function. A gradient is multiplied by its slope."
)
def value_to_the_power(z, activation, depth):
    return float(activations.ACTIVATIONS[activation].function(z)) ** depth


@gradient_through_depth.mistake(
    "The depth has no effect: this is the slope of a single layer. Multiply once for each layer. "
    "If return stands inside a loop, the first round ends the function."
)
def depth_unused(z, activation, depth):
    return _slope(z, activation)


@gradient_through_depth.mistake(
    "Every name gets the slope of the sigmoid. Use activation to choose."
)
def always_sigmoid(z, activation, depth):
    return _slope(z, "sigmoid") ** depth


@gradient_through_depth.mistake(
    "0.25 is the slope of the sigmoid at z = 0 only. Compute the slope at the z that is given."
)
def always_a_quarter(z, activation, depth):
    return (0.25 if activation == "sigmoid" else _slope(z, activation)) ** depth


@gradient_through_depth.mistake(
    "0.25 is the slope of the sigmoid at z = 0, and of nothing else. Compute the slope of the "
    "chosen function at the z that is given."
)
def a_quarter_for_all(z, activation, depth):
    return 0.25**depth


@gradient_through_depth.mistake(
    "The answer is 0 for every input. A product that starts at 0 stays 0: start at 1."
)
def product_from_zero(z, activation, depth):
    return 0.0 * depth


@gradient_through_depth.mistake(
    'The dict has no key "relu". The names are spelled as in the docstring: "sigmoid", "tanh" and '
    '"relu", in small letters.'
)
def relu_spelled_otherwise(z, activation, depth):
    slopes = {"sigmoid": _slope(z, "sigmoid"), "tanh": _slope(z, "tanh"), "ReLU": float(z > 0)}
    return slopes[activation] ** depth


@gradient_through_depth.mistake(
    "activation is a name, not a function, so it cannot be called. Choose the slope by its name, "
    "with if or a dict."
)
def name_called(z, activation, depth):
    return activation(z) ** depth


@gradient_through_depth.mistake(
    'For "sigmoid" the answer is that of ReLU. Is the name compared as it is spelled in the '
    "docstring, in small letters?"
)
def sigmoid_falls_to_relu(z, activation, depth):
    return _slope(z, "relu" if activation == "sigmoid" else activation) ** depth


@gradient_through_depth.mistake(
    'Every name gets the slope of ReLU. Does a comparison ever succeed? Names are texts: "sigmoid" '
    'and "tanh" stand in quotes, in small letters.'
)
def all_fall_to_relu(z, activation, depth):
    return _slope(z, "relu") ** depth


@gradient_through_depth.mistake(
    "Python does not know tanh by itself. The name of an activation is a text in quotes, "
    '"tanh"; the function is np.tanh.'
)
def tanh_without_quotes(z, activation, depth):
    if activation == tanh:  # noqa: F821
        return (1 - np.tanh(z) ** 2) ** depth
    return _slope(z, activation) ** depth


@gradient_through_depth.mistake(
    "slope is used before it has a value. Does any of the comparisons succeed? Names are texts, in "
    'quotes and small letters: activation == "sigmoid".'
)
def no_branch_fits(z, activation, depth):
    if activation == sigmoid:
        slope = _slope(z, "sigmoid")
    elif activation == np.tanh:
        slope = _slope(z, "tanh")
    return slope**depth


@gradient_through_depth.mistake(
    'The dict has no key "sigmoid". Write its keys as texts, in quotes and small letters; without '
    "the quotes the key is a function."
)
def sigmoid_as_a_key(z, activation, depth):
    slopes = {sigmoid: _slope(z, "sigmoid"), "tanh": _slope(z, "tanh"), "relu": float(z > 0)}
    return slopes[activation] ** depth


@gradient_through_depth.mistake(
    "For ReLU this uses its value, z or 0. A gradient is multiplied by the slope, 1 or 0."
)
def relu_value_to_the_power(z, activation, depth):
    return (max(0.0, z) if activation == "relu" else _slope(z, activation)) ** depth


@gradient_through_depth.mistake(
    "For tanh this uses its value. A gradient is multiplied by the slope, 1 - tanh(z)²."
)
def tanh_value_to_the_power(z, activation, depth):
    return (np.tanh(z) if activation == "tanh" else _slope(z, activation)) ** depth


@gradient_through_depth.mistake(
    "The power is turned around: it is slope ** depth, not depth ** slope."
)
def power_turned_around(z, activation, depth):
    return depth ** _slope(z, activation)


@gradient_through_depth.mistake("One factor too many: depth layers give depth factors.")
def one_layer_too_many(z, activation, depth):
    return _slope(z, activation) ** (depth + 1)


@gradient_through_depth.mistake("One factor is missing: depth layers give depth factors.")
def one_layer_missing(z, activation, depth):
    return _slope(z, activation) ** (depth - 1)


@gradient_through_depth.mistake("The slope of tanh is 1 - tanh(z)²: the square is missing.")
def tanh_not_squared(z, activation, depth):
    slope = 1 - np.tanh(z) if activation == "tanh" else _slope(z, activation)
    return slope**depth


@gradient_through_depth.mistake(
    "For tanh this uses the sigmoid's rule, a(1 - a). The slope of tanh is 1 - tanh(z)²."
)
def tanh_by_the_sigmoids_rule(z, activation, depth):
    slope = np.tanh(z) * (1 - np.tanh(z)) if activation == "tanh" else _slope(z, activation)
    return slope**depth


@gradient_through_depth.mistake("At z = 0 the slope of ReLU is 0 in this course: use >, not >=.")
def relu_slope_of_one_at_zero(z, activation, depth):
    return float(z >= 0) if activation == "relu" else _slope(z, activation) ** depth


@gradient_through_depth.mistake(
    "For the sigmoid, z(1 - z) takes the input for the output: use s(1 - s)."
)
def sigmoid_slope_of_the_output(z, activation, depth):
    slope = z * (1 - z) if activation == "sigmoid" else _slope(z, activation)
    return slope**depth


@gradient_through_depth.mistake(
    "z itself goes through the layers here. The exercise keeps z the same in every layer."
)
def passed_on_from_layer_to_layer(z, activation, depth):
    gradient = 1.0
    for _ in range(depth):
        gradient *= _slope(z, activation)
        z = float(activations.ACTIVATIONS[activation].function(z))
    return gradient


@gradient_through_depth.variant
def depth_by_a_loop(z, activation, depth):
    gradient = 1.0
    for _ in range(depth):
        if activation == "sigmoid":
            gradient *= slope_from_a_warning_sigmoid(z)
        elif activation == "tanh":
            gradient *= 1 - np.tanh(z) ** 2
        else:
            gradient *= z > 0
    return gradient


@gradient_through_depth.variant
def depth_by_a_dict(z, activation, depth):
    slopes = {"sigmoid": slope_by_symmetry(z), "tanh": np.cosh(min(abs(z), 300)) ** -2}
    return np.power(slopes.get(activation, z > 0), float(depth))


@gradient_through_depth.variant
def depth_by_prod(z, activation, depth):
    return np.prod(np.full(depth, _slope(z, activation)))
