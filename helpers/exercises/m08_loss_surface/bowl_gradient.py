"""The gradient of the bowl."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m08_loss_surface._cases import places
from helpers.reference import surface


@exercise(
    "8.1",
    "the gradient of the bowl",
    cases=places,
    hints=(
        "Two slopes: one while only w1 changes, one while only w2 changes. What you hold still has "
        "the slope 0.",
        "The slope of w1² is 2·w1, and that of w2² is 2·w2.",
        "return 2 * w1, «2 * w2»",
    ),
    returns=("d1", "d2"),
    second=True,
    parts=("d1", "d2"),
)
def bowl_gradient(w1, w2):
    return surface.bowl_gradient(w1, w2)


@bowl_gradient.mistake("The factor 2 is missing: the slope of w² is 2·w.")
def gradient_without_two(w1, w2):
    return w1, w2


@bowl_gradient.mistake("These are the squares themselves. The slope of w² is 2·w.")
def gradient_is_the_squares(w1, w2):
    return w1**2, w2**2


@bowl_gradient.mistake("The exponent stays behind: the slope of w² is 2·w, not 2·w².")
def gradient_keeps_the_square(w1, w2):
    return 2 * w1**2, 2 * w2**2


@bowl_gradient.mistake(
    "The signs are turned around. The gradient points uphill; the minus belongs to the step."
)
def gradient_downhill(w1, w2):
    return -2 * w1, -2 * w2


@bowl_gradient.mistake("The two slopes are swapped: first the one for w1, then the one for w2.")
def gradient_swapped(w1, w2):
    return 2 * w2, 2 * w1


@bowl_gradient.mistake("The two slopes are added. A gradient keeps them apart: return d1, d2.")
def gradient_added(w1, w2):
    return 2 * w1 + 2 * w2


@bowl_gradient.mistake(
    "Each slope holds both weights. While only w1 changes, w2² stays the same and adds nothing."
)
def gradient_of_both_in_each(w1, w2):
    return 2 * w1 + 2 * w2, 2 * w1 + 2 * w2


@bowl_gradient.mistake("The slope for w1 is returned twice. The second one is 2·w2.")
def gradient_first_twice(w1, w2):
    return 2 * w1, 2 * w1


@bowl_gradient.mistake("Only the slope for w1 is returned. Return two values: return d1, d2.")
def gradient_first_only(w1, w2):
    return 2 * w1


@bowl_gradient.mistake("This is the length of the gradient. Return its two parts: d1, d2.")
def gradient_length(w1, w2):
    return 2 * np.sqrt(w1**2 + w2**2)


@bowl_gradient.mistake("2 ** w is a power of 2. The slope of w² is 2 times w: 2 * w.")
def gradient_powers_of_two(w1, w2):
    return 2.0**w1, 2.0**w2


@bowl_gradient.mistake(
    "The slopes are measured from one side, so they are off by about the size of the nudge. "
    "Use the formula 2·w, or measure from both sides."
)
def gradient_from_one_side(w1, w2):
    h = 1e-6
    here = w1**2 + w2**2
    return ((w1 + h) ** 2 + w2**2 - here) / h, (w1**2 + (w2 + h) ** 2 - here) / h


@bowl_gradient.mistake(
    "The slopes are right, but w1 and w2 were doubled where they stand. Make new values: 2 * w1."
)
def gradient_in_place(w1, w2):
    w1 *= 2
    w2 *= 2
    return w1, w2


@bowl_gradient.mistake(
    "The other weight's square stays in the slope. While only w1 changes, w2² stays what it is, "
    "and adds no slope: 2·w1 alone."
)
def gradient_with_the_other_square(w1, w2):
    return 2 * w1 + w2**2, w1**2 + 2 * w2


@bowl_gradient.mistake(
    "np.gradient measures differences between neighbors in an array, and here is one point. The "
    "formula is 2·w for each weight."
)
def gradient_of_neighbors(w1, w2):
    return np.gradient(w1**2), np.gradient(w2**2)


@bowl_gradient.variant
def gradient_as_an_array(w1, w2):
    return np.array([2 * w1, 2 * w2])


@bowl_gradient.variant
def gradient_by_np_multiply(w1, w2):
    d1 = np.multiply(w1, 2.0)
    return d1, np.add(w2, w2)


@bowl_gradient.variant
def gradient_as_a_list(w1, w2):
    return [w1 + w1, w2 + w2]


@bowl_gradient.variant
def gradient_measured_from_both_sides(w1, w2):
    h = 1e-3
    return (
        ((w1 + h) ** 2 - (w1 - h) ** 2) / (2 * h),
        ((w2 + h) ** 2 - (w2 - h) ** 2) / (2 * h),
    )
