"""The chain rule on (xw + b)²."""

import numpy as np

from helpers.checks.cases import hundredths
from helpers.checks.comparing import Tolerance
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m05_backpropagation.numerical_derivative import numerical_derivative


def lines_and_squares(rng: np.random.Generator) -> list[Case]:
    """Make three numbers at a time; once the sum is 0, once x is, once b is."""
    x, w, b = hundredths(rng, 3).tolist()
    return [
        (2.0, 3.0, 1.0),
        (x, w, b),
        (-1.5, 2.0, 0.25),
        (2.0, -0.5, 1.0),
        (0.0, 4.0, -1.5),
        (3.0, 0.5, 0.0),
        (b, x, -2 * w),
    ]


@exercise(
    "5.2",
    "the chain rule on a square",
    cases=lines_and_squares,
    hints=(
        "Name the inside: z = xw + b, so y = z². How does y change with z, and how does z change "
        "with w, and with b?",
        "dy/dw = dy/dz · dz/dw = 2z · x,  and  dy/db = dy/dz · dz/db = 2z · 1",
        "z = x * w + b\nreturn 2 * z * «x», 2 * z",
    ),
    returns=("dy/dw", "dy/db"),
    tolerance=Tolerance(rtol=1e-12, atol=1e-12),  # a measured slope is not as good as that
    parts=("dy/dw", "dy/db"),
)
def chain_rule(x, w, b):
    z = x * w + b
    return 2 * z * x, 2 * z


@chain_rule.mistake("The two are swapped: dy/dw comes first, then dy/db.")
def slopes_swapped(x, w, b):
    return chain_rule.reference(x, w, b)[::-1]


@chain_rule.mistake(
    "dy/dw lacks the inner slope: z = xw + b changes by x when w changes by 1. Multiply by x."
)
def without_the_inner_slope(x, w, b):
    z = x * w + b
    return 2 * z, 2 * z


@chain_rule.mistake(
    "These are the inner slopes, dz/dw and dz/db. Multiply each by the outer one, dy/dz = 2z."
)
def inner_slopes_only(x, w, b):
    return x, 1


@chain_rule.mistake(
    "The first is dy/dx: it has w as its inner slope. With respect to w the inner slope is x."
)
def slope_of_the_input(x, w, b):
    z = x * w + b
    return 2 * z * w, 2 * z


@chain_rule.mistake("The 2 is missing: the slope of z² is 2z.")
def without_the_two_of_the_square(x, w, b):
    z = x * w + b
    return z * x, z


@chain_rule.mistake("The square is still there. The slope of z² is 2z, with no square.")
def square_kept(x, w, b):
    z = x * w + b
    return 2 * z**2 * x, 2 * z**2


@chain_rule.mistake("b is missing inside: z = xw + b, and both slopes contain 2z.")
def inside_without_b(x, w, b):
    return 2 * x * w * x, 2 * x * w


@chain_rule.mistake(
    "dy/db has a factor b too much: z = xw + b changes by 1 when b does. So 2z · 1."
)
def inner_slope_b(x, w, b):
    z = x * w + b
    return 2 * z * x, 2 * z * b


@chain_rule.mistake(
    "dy/dw has a factor w too much: the slope of x·w with respect to w is x, not x·w."
)
def inner_slope_xw(x, w, b):
    z = x * w + b
    return 2 * z * x * w, 2 * z


@chain_rule.mistake(
    "Each part was squared by itself. (xw + b)² is not (xw)² + b²: take 2z with the whole "
    "z = xw + b."
)
def parts_squared_apart(x, w, b):
    return 2 * x * w * x, 2 * b


@chain_rule.mistake("Return both slopes, dy/dw and dy/db, with a comma between them.")
def slope_of_w_only(x, w, b):
    return 2 * (x * w + b) * x


@chain_rule.mistake("The two slopes are added. Return them one beside the other, with a comma.")
def slopes_added(x, w, b):
    z = x * w + b
    return 2 * z * x + 2 * z


@chain_rule.mistake("The second value is y itself. Return its slopes: dy/dw and dy/db.")
def slope_and_value(x, w, b):
    z = x * w + b
    return 2 * z * x, z**2


@chain_rule.mistake(
    "The inner and the outer slope are added. The chain rule multiplies them: 2z · x and 2z · 1."
)
def slopes_added_along_the_chain(x, w, b):
    z = x * w + b
    return 2 * z + x, 2 * z + 1


@chain_rule.mistake("dy/db is only the inner slope. Multiply by the outer one: 2z · 1.")
def inner_slope_of_b_only(x, w, b):
    return 2 * (x * w + b) * x, 1


@chain_rule.mistake(
    "b is no factor, but dy/db is not 0: when b grows, z grows as much, and y by 2z times that."
)
def slope_of_b_zero(x, w, b):
    return 2 * (x * w + b) * x, 0


@chain_rule.mistake("The outer slope is y itself, z². The slope of z² is 2z.")
def value_for_outer_slope(x, w, b):
    z = x * w + b
    return z**2 * x, z**2


def _measured_square(h):
    def measured(x, w, b):
        dw = numerical_derivative.reference(lambda w: (x * w + b) ** 2, w, h)
        db = numerical_derivative.reference(lambda b: (x * w + b) ** 2, b, h)
        return dw, db

    return measured


@chain_rule.mistake(
    "These slopes are measured with a small h: their last digits are noise. The chain rule gives "
    "all digits: multiply the outer slope by the inner one."
)
def slopes_measured(x, w, b):
    return _measured_square(1e-6)(x, w, b)


@chain_rule.mistake(
    "These slopes are measured with h = 1e-5: their last digits are noise. Multiply the outer "
    "slope by the inner one instead."
)
def slopes_measured_with_larger_step(x, w, b):
    return _measured_square(1e-5)(x, w, b)


@chain_rule.mistake(
    "In Python ^ is no power. A square is written with **, and the slope of z² needs none: it is "
    "2 * z."
)
def slopes_with_a_caret(x, w, b):
    return (x * w + b) ^ 2


@chain_rule.variant
def chain_step_by_step(x, w, b):
    dy_dz = 2 * (x * w + b)
    return [dy_dz * x, dy_dz * 1]


@chain_rule.variant
def chain_multiplied_out(x, w, b):
    return np.array([2 * x * x * w + 2 * x * b, 2 * x * w + 2 * b])


@chain_rule.variant
def chain_from_db(x, w, b):
    db = (x * w + b) + (x * w + b)
    return float(db * x), float(db)
