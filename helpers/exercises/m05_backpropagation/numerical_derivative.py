"""Measure a slope."""

import numpy as np

from helpers.checks import adapters
from helpers.checks.exercise import exercise
from helpers.exercises.m05_backpropagation._cases import CURVE, points_on_curves


@exercise(
    "5.1",
    "measure a slope",
    cases=points_on_curves,
    hints=(
        "Call f twice: a little to the right of x, and a little to the left. How far apart are "
        "these two places?",
        "slope = (f(x + h) − f(x − h)) / (2h)",
        "return (f(x + h) - f(«x - h»)) / (2 * h)",
    ),
    adapter=adapters.with_function(CURVE),
)
def numerical_derivative(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / (2 * h)


@numerical_derivative.mistake(
    "This is the forward difference: from x to x + h only. Its error is much larger. Nudge to both "
    "sides, and divide by 2h."
)
def from_the_right_only(f, x, h=1e-6):
    return (f(x + h) - f(x)) / h


@numerical_derivative.mistake(
    "This is the backward difference: from x − h to x only. Nudge to both sides, and divide by 2h."
)
def from_the_left_only(f, x, h=1e-6):
    return (f(x) - f(x - h)) / h


@numerical_derivative.mistake(
    "The slope is twice too large: x − h and x + h lie 2h apart, so divide by 2 * h."
)
def divided_by_h(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / h


@numerical_derivative.mistake(
    "The slope is half of a one-sided one: if you divide by 2h, nudge to both sides, x + h and "
    "x − h."
)
def one_side_over_two_h(f, x, h=1e-6):
    return (f(x + h) - f(x)) / (2 * h)


@numerical_derivative.mistake(
    "The difference is multiplied by h: / 2 * h goes from left to right. Put parentheses around "
    "(2 * h)."
)
def two_h_without_parentheses(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / 2 * h


@numerical_derivative.mistake(
    "Only the second value is divided. Put parentheses around the whole difference, then divide."
)
def difference_without_parentheses(f, x, h=1e-6):
    return f(x + h) - f(x - h) / (2 * h)


@numerical_derivative.mistake(
    "This is the difference of the two values. A slope is that difference divided by the way "
    "between the two places, 2 * h."
)
def slope_not_divided(f, x, h=1e-6):
    return f(x + h) - f(x - h)


@numerical_derivative.mistake("The sign is turned around: right minus left, f(x + h) − f(x − h).")
def left_minus_right(f, x, h=1e-6):
    return (f(x - h) - f(x + h)) / (2 * h)


@numerical_derivative.mistake(
    "The answer is always 1: h was added to the value f(x), where it cancels. Nudge x: f(x + h)."
)
def nudges_the_value(f, x, h=1e-6):
    return ((f(x) + h) - (f(x) - h)) / (2 * h)


@numerical_derivative.mistake(
    "The answer is always 0: the two values of f are the same. One needs x + h, the other x − h."
)
def nudged_alike(f, x, h=1e-6):
    return (f(x + h) - f(x + h)) / (2 * h)


@numerical_derivative.mistake("h is ignored: the same small nudge is used in every call. Use h.")
def step_always_the_same(f, x, h=1e-6):
    return numerical_derivative.reference(f, x)


@numerical_derivative.mistake(
    "The nudge is h/2 to each side. Here h is the way to one side: f(x + h) and f(x − h), 2h apart."
)
def half_the_step(f, x, h=1e-6):
    return (f(x + h / 2) - f(x - h / 2)) / h


@numerical_derivative.mistake(
    "The two places are x and x + 2h. Put them on both sides of x: x − h and x + h."
)
def two_steps_to_the_right(f, x, h=1e-6):
    return (f(x + 2 * h) - f(x)) / (2 * h)


@numerical_derivative.mistake("The slope is measured at 0: x does not appear. Nudge x: f(x + h).")
def slope_at_zero(f, x, h=1e-6):
    return (f(h) - f(-h)) / (2 * h)


@numerical_derivative.mistake("The two values are added. A slope needs their difference.")
def values_added(f, x, h=1e-6):
    return (f(x + h) + f(x - h)) / (2 * h)


@numerical_derivative.mistake("The sign of a falling slope is lost. Leave out the absolute value.")
def slope_without_sign(f, x, h=1e-6):
    return abs(f(x + h) - f(x - h)) / (2 * h)


@numerical_derivative.mistake("The h is missing below the line: divide by 2 * h, not by 2.")
def divided_by_two(f, x, h=1e-6):
    return (f(x + h) - f(x - h)) / 2


@numerical_derivative.variant
def mean_of_both_sides(f, x, h=1e-6):
    return ((f(x + h) - f(x)) / h + (f(x) - f(x - h)) / h) / 2


@numerical_derivative.variant
def slope_in_steps(f, x, h=1e-6):
    up, down = f(x + h), f(x - h)
    return np.array(0.5 * (up - down) / h)


@numerical_derivative.variant
def slope_by_the_places(f, x, h=1e-6):
    left, right = x - h, x + h
    return (f(right) - f(left)) / (right - left)
