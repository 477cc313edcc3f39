"""Module 05, backpropagation: eleven exercises.

Inputs are short decimals or binary fractions, so that the call in a message can be pasted. The
caches of a forward pass keep all their digits: an answer may compute them anew. So the networks
that mistakes are shown on are small.
"""

import copy
from collections.abc import Callable, Sequence

import numpy as np

from helpers.checks import adapters
from helpers.checks.cases import Code, hundredths, network_params
from helpers.checks.comparing import Tolerance, type_name
from helpers.checks.exercise import Case, exercise
from helpers.reference import asd_batch, forward, forward_deep
from helpers.reference import backward as true_backward
from helpers.reference.activations import sigmoid, sigmoid_derivative, tanh_derivative


def labels(rng: np.random.Generator, m: int, k: int = 1) -> np.ndarray:
    """Draw a table of labels, zeros and ones mixed, not as many of one as of the other."""
    return rng.permutation(np.arange(m * k) % 3 == 0).astype(int).reshape(m, k)


def fractions(rng: np.random.Generator, *shape: int, parts: int = 4) -> np.ndarray:
    """Draw halves or quarters between -2 and 2, none of them 0: their products are exact."""
    drawn = rng.integers(1, 2 * parts + 1, shape) * rng.choice([-1, 1], shape)
    return drawn / parts


# 5.1 ---------------------------------------------------------------------------------------------

_CURVE = {
    Code("lambda x: x**2"): lambda x: x**2,
    Code("lambda x: x**3"): lambda x: x**3,
    Code("lambda x: (2 * x + 1) ** 2"): lambda x: (2 * x + 1) ** 2,
    Code("np.sin"): np.sin,
    Code("np.exp"): np.exp,
}


def points_on_curves(rng: np.random.Generator) -> list[Case]:
    """Make points on several curves, with the step that is given and with larger ones."""
    square, cube, chained, sine, exponential = _CURVE
    somewhere = float(rng.integers(5, 30)) / 10
    return [
        (cube, 2.0, 0.5),  # a large step first: it tells the differences apart at sight
        (square, 3.0),
        (chained, 3.0),
        (cube, -somewhere, 0.25),
        (sine, 0.0, 0.1),
        (sine, somewhere, 0.2),
        (exponential, 1.5, 0.01),
        (cube, 0.0, 0.5),
    ]


@exercise(
    "5.1",
    "measure a slope",
    cases=points_on_curves,
    hints=(
        "Call f twice: a little to the right of x, and a little to the left. How far apart are "
        "these two places?",
        "slope = (f(x + h) − f(x − h)) / (2h)",
        "return (f(x + h) - f(____)) / (2 * h)",
    ),
    adapter=adapters.with_function(_CURVE),
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


# 5.2 ---------------------------------------------------------------------------------------------


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
    "the chain rule on (xw + b)²",
    cases=lines_and_squares,
    hints=(
        "Name the inside: z = xw + b, so y = z². How does y change with z, and how does z change "
        "with w, and with b?",
        "dy/dw = dy/dz · dz/dw = 2z · x,  and  dy/db = dy/dz · dz/db = 2z · 1",
        "z = x * w + b\nreturn 2 * z * ____, 2 * z",
    ),
    returns=("dy/dw", "dy/db"),
    tolerance=Tolerance(rtol=1e-12, atol=1e-12),  # a measured slope is not as good as that
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


# 5.3 ---------------------------------------------------------------------------------------------


def neuron_batches(rng: np.random.Generator) -> list[Case]:
    """Make batches for one neuron; one has a single row, one neurons that are almost certain."""
    cases = [
        (hundredths(rng, m, n), labels(rng, m), hundredths(rng, n, 1), hundredths(rng, 1, 1))
        for m, n in ((5, 3), (7, 2), (2, 4))
    ]
    one = np.array([[0.5, 0.8, 0.2]]), np.array([[1]])
    sure = np.array([[12.0], [-9.0], [0.0], [3.0], [-30.0]]), labels(rng, 5)
    return [
        *cases,
        (*one, np.array([[0.1], [-0.2], [0.4]]), np.array([[0.3]])),
        (*sure, np.array([[1.0]]), np.array([[0.5]])),
        # As many rows as inputs: products in a wrong order fit here, and nowhere else.
        (hundredths(rng, 3, 3), labels(rng, 3), hundredths(rng, 3, 1), hundredths(rng, 1, 1)),
    ]


@exercise(
    "5.3",
    "the gradients of one sigmoid neuron",
    cases=neuron_batches,
    hints=(
        "First the forward pass: z, then a. Then one error for each row, a column (m, 1). Last, "
        "each input collects the errors of all rows.",
        "dz = (a − y) · a · (1 − a) for each row;  dw = Xᵀ dz / m;  db = mean of dz, shape (1, 1)",
        "dz = (a - y) * a * (1 - a)\n"
        "return X.T @ ____ / len(X), np.mean(dz, axis=0, keepdims=True)",
    ),
    returns=("dw", "db"),
)
def neuron_gradients(X, y, w, b):
    return _neuron(X, y, w, b)


def _row_error(a, y, _z):
    return (a - y) * a * (1 - a)


def _averaged(A, dZ):
    """Return the gradients of a layer: what the later mistakes depart from."""
    return A.T @ dZ / len(A), dZ.mean(axis=0, keepdims=True)


def _neuron(X, y, w, b, error=_row_error, gather=_averaged, activation=sigmoid):
    z = X @ w + b
    return gather(X, error(activation(z), y, z))


@neuron_gradients.mistake(
    "Both gradients are m times too large: average over the rows, divide by len(X)."
)
def neuron_summed(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d, d.sum(axis=0, keepdims=True)))


@neuron_gradients.mistake(
    "dw is m times too large: the matrix product sums over the rows. Divide it by len(X)."
)
def neuron_dw_summed(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d, d.mean(axis=0, keepdims=True)))


@neuron_gradients.mistake("db is m times too large: take the mean over the rows, not the sum.")
def neuron_db_summed(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / len(X), d.sum(axis=0, keepdims=True)))


@neuron_gradients.mistake(
    "The sigmoid's slope a(1 − a) is missing. a − y alone belongs to cross-entropy; here the loss "
    "is half the squared error."
)
def neuron_without_slope(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: a - y)


@neuron_gradients.mistake(
    "Two things: the sigmoid's slope a(1 − a) is missing in both gradients, and db is a single "
    "number. It should be (1, 1), as b: axis=0, keepdims=True."
)
def neuron_without_slope_db_scalar(X, y, w, b):
    dw, db = neuron_without_slope(X, y, w, b)
    return dw, np.mean(db)


@neuron_gradients.mistake("db lacks the sigmoid's slope: average (a − y)·a·(1 − a), as for dw.")
def neuron_db_without_slope(X, y, w, b):
    a = sigmoid(X @ w + b)
    return neuron_gradients.reference(X, y, w, b)[0], np.mean(a - y, axis=0, keepdims=True)


@neuron_gradients.mistake("The error a − y is missing: only the sigmoid's slope is passed on.")
def neuron_without_error(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: a * (1 - a))


@neuron_gradients.mistake("The sign is turned around: the slope of ½(a − y)² is a − y, not y − a.")
def neuron_sign(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (y - a) * a * (1 - a))


@neuron_gradients.mistake(
    "The sigmoid's slope is z(1 − z) here. The short formula takes the output: a(1 − a)."
)
def neuron_slope_of_z(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) * z * (1 - z))


@neuron_gradients.mistake(
    "The sigmoid is applied twice in its slope: a function of z got a. Its slope at z is a(1 − a)."
)
def neuron_slope_at_a(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) * sigmoid_derivative(a))


@neuron_gradients.mistake("The neuron has no sigmoid: a is z. First a = sigmoid(X @ w + b).")
def neuron_without_sigmoid(X, y, w, b):
    return _neuron(X, y, w, b, activation=lambda z: z)


@neuron_gradients.mistake("The bias is missing in the forward pass: z = X @ w + b.")
def neuron_without_bias(X, y, w, b):
    return _neuron(X, y, w, 0)


@neuron_gradients.mistake(
    "The gradients are twice too large: the ½ of the loss cancels the 2 of the square."
)
def neuron_doubled(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: 2 * (a - y) * a * (1 - a))


@neuron_gradients.mistake(
    "The gradients are half as large as they should be: the ½ is used up by the 2 of the square."
)
def neuron_halved(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: 0.5 * (a - y) * a * (1 - a))


@neuron_gradients.mistake(
    "The rows are not summed: the errors times X give one row for each example. dw needs the "
    "matrix product X.T @ dz, divided by m."
)
def neuron_not_gathered(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X * d, d.mean(axis=0, keepdims=True)))


@neuron_gradients.mistake("dw is flat, (n,). Make it a column like w, (n, 1): X.T @ dz / m is one.")
def neuron_dw_flat(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw.ravel(), db


@neuron_gradients.mistake("dw lies on its side, (1, n). It has the shape of w: X.T @ dz / m.")
def neuron_dw_transposed(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw.T, db


@neuron_gradients.mistake(
    "The gradient is divided by the number of inputs. Divide by the number of rows, len(X)."
)
def neuron_over_inputs(X, y, w, b):
    n = X.shape[1]
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / n, d.mean(axis=0, keepdims=True)))


@neuron_gradients.mistake(
    "X @ dz does not fit: X has a row for each example. X.T has a row for each input: X.T @ dz."
)
def neuron_not_transposed(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X @ d / len(X), d.mean(axis=0, keepdims=True)))


@neuron_gradients.mistake(
    "np.dot(X, dz) does not fit: X has a row for each example. Transpose it: np.dot(X.T, dz)."
)
def neuron_dot_not_transposed(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (np.dot(X, d) / len(X), np.mean(d)))


@neuron_gradients.mistake("Both gradients are divided by m twice. Once is enough.")
def neuron_averaged_twice(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw / len(X), db / len(X)


@neuron_gradients.mistake(
    "dw is divided by m twice: averaged errors, and then averaged again. Once is enough."
)
def neuron_dw_averaged_twice(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw / len(X), db


@neuron_gradients.mistake("db is a single number. b is (1, 1): use axis=0 and keepdims=True.")
def neuron_db_scalar(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw, db.item()


@neuron_gradients.mistake("db lost a dimension, (1,). Add keepdims=True: then it is (1, 1), as b.")
def neuron_db_flat(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw, db.ravel()


@neuron_gradients.mistake(
    "db has one entry for each row. A neuron has one bias: average over axis 0."
)
def neuron_db_by_row(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / len(X), d))


@neuron_gradients.mistake(
    "One of a and y was flattened, so their difference is an (m, m) table of all pairs. Keep both "
    "as columns, (m, 1)."
)
def neuron_all_pairs(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a.ravel() - y) * a.ravel() * (1 - a.ravel()))


@neuron_gradients.mistake("Return two gradients: dw, and also db.")
def neuron_dw_only(X, y, w, b):
    return neuron_gradients.reference(X, y, w, b)[0]


@neuron_gradients.mistake("The two are swapped: dw comes first, then db.")
def neuron_swapped(X, y, w, b):
    return neuron_gradients.reference(X, y, w, b)[::-1]


@neuron_gradients.mistake(
    "These are the slopes of the single rows. Average over the rows: X.T @ dz / m for dw, and the "
    "mean of dz for db."
)
def neuron_row_by_row(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X * d, d))


@neuron_gradients.mistake(
    "Both gradients are m times too large, and db is a single number. Divide by len(X), and keep "
    "db as (1, 1): axis=0, keepdims=True."
)
def neuron_summed_to_a_number(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d, d.sum()))


@neuron_gradients.mistake(
    "The error is squared. The square belongs to the loss; its slope contains a − y once."
)
def neuron_error_squared(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) ** 2 * a * (1 - a))


@neuron_gradients.mistake(
    "dw is one number: np.mean mixes all weights. Divide the column X.T @ dz by m instead."
)
def neuron_dw_one_number(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (np.mean(X.T @ d), _mean_row(d)))


def _with_sums(z):
    """Make gradients from a forward pass that went another way."""

    def gradients(X, y, w, b):
        return _averaged(X, _row_error(sigmoid(z(X, w) + b), y, None))

    return gradients


@neuron_gradients.mistake(
    "The forward pass does not fit: with one example per row it is X @ w + b, not w.T @ X + b."
)
def neuron_in_columns(X, y, w, b):
    return _with_sums(lambda X, w: w.T @ X)(X, y, w, b)


@neuron_gradients.mistake(
    "np.dot(w.T, X) does not fit: with one example per row, X comes first. np.dot(X, w) + b."
)
def neuron_dot_in_columns(X, y, w, b):
    return _with_sums(lambda X, w: np.dot(w.T, X))(X, y, w, b)


@neuron_gradients.mistake(
    "A column stands left of X, where it does not fit. The forward pass is X @ w + b, and the way "
    "back X.T @ dz."
)
def neuron_weights_first(X, y, w, b):
    return _with_sums(lambda X, w: w @ X)(X, y, w, b)


@neuron_gradients.mistake(
    "X @ w.T does not fit: w is a column already, one weight for each input. X @ w + b."
)
def neuron_weights_transposed(X, y, w, b):
    return _with_sums(lambda X, w: X @ w.T)(X, y, w, b)


@neuron_gradients.mistake(
    "a does not depend on this X: it is a number from the text. Begin with the forward pass, "
    "a = sigmoid(X @ w + b)."
)
def neuron_without_forward_pass(X, y, w, b):
    return _neuron(X, y, w, b, activation=lambda z: sigmoid(np.array(0.27)))


@neuron_gradients.mistake("Half of the sigmoid's slope is missing: it is a(1 − a), not a alone.")
def neuron_half_a_slope(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) * a)


@neuron_gradients.mistake(
    "The sigmoid's slope lacks its parentheses: … * a * 1 - a subtracts a at the end. Write "
    "a * (1 - a)."
)
def neuron_slope_without_parentheses(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) * a * 1 - a)


@neuron_gradients.mistake(
    "All gradients are 0. Does the sigmoid's slope lack its parentheses? a * 1 - a is 0; write "
    "a * (1 - a)."
)
def neuron_of_zeros(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: 0 * a)


@neuron_gradients.mistake(
    "Both gradients are divided by the number of inputs. Divide by the number of rows, len(X)."
)
def neuron_all_over_inputs(X, y, w, b):
    n = X.shape[1]
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / n, d.sum(axis=0, keepdims=True) / n))


@neuron_gradients.mistake(
    "Both sums over the rows are divided by 2, whatever the batch. Divide by the number of rows, "
    "len(X)."
)
def neuron_over_two(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / 2, d.sum(axis=0, keepdims=True) / 2))


@neuron_gradients.mistake(
    "db is divided by m twice. Where the errors already carry 1/m, db is their sum."
)
def neuron_db_averaged_twice(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw, db / len(X)


@neuron_gradients.mistake(
    "np.dot with a column left of X does not fit. The forward pass is np.dot(X, w) + b."
)
def neuron_dot_weights_first(X, y, w, b):
    return _with_sums(lambda X, w: np.dot(w, X))(X, y, w, b)


@neuron_gradients.mistake(
    "dz @ X does not fit: dz is a column. Each input collects the errors of all rows: X.T @ dz."
)
def neuron_errors_first(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (d @ X / len(X), _mean_row(d)))


@neuron_gradients.mistake("The sigmoid's slope is a(1 − a). Its factor a is missing.")
def neuron_other_half_of_the_slope(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) * (1 - a))


@neuron_gradients.mistake(
    "dw is divided by 2, whatever the batch. Divide by the number of rows, len(X)."
)
def neuron_dw_over_two(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / 2, _mean_row(d)))


@neuron_gradients.variant
def neuron_in_chain_rule_steps(X, y, w, b):
    a = 1 / (1 + np.exp(-(np.dot(X, w) + b)))
    dL_da = (a - y) / len(y)
    dL_dz = dL_da * (a - a**2)
    return np.dot(X.T, dL_dz), np.sum(dL_dz, axis=0, keepdims=True)


@neuron_gradients.variant
def neuron_by_means(X, y, w, b):
    dz = _row_error(sigmoid(X @ w + b), y, None)
    return np.mean(X * dz, axis=0)[:, None], [[np.mean(dz)]]


@neuron_gradients.variant
def neuron_with_a_loop(X, y, w, b):
    dw, db = np.zeros_like(w), np.zeros_like(b)
    for x, target in zip(X, y, strict=True):
        a = sigmoid(x @ w[:, 0] + b[0, 0])
        slope = (a - target[0]) * a * (1 - a)
        dw += (slope * x)[:, None] / len(X)
        db += slope / len(X)
    return dw, db


# 5.4 ---------------------------------------------------------------------------------------------


def outputs_and_labels(rng: np.random.Generator) -> list[Case]:
    """Make outputs inside (0, 1) and at its ends, for one output and for two."""

    def chances(m: int, k: int) -> np.ndarray:
        return rng.integers(5, 96, (m, k)) / 100

    ends = np.array([[1.0], [0.0], [1.0], [0.0], [0.5]])
    return [
        (chances(5, 1), labels(rng, 5)),
        (chances(7, 1), labels(rng, 7)),
        (ends, np.array([[1], [0], [0], [1], [1]])),
        (chances(5, 2), labels(rng, 5, 2)),
    ]


@exercise(
    "5.4",
    "the error at the output",
    cases=outputs_and_labels,
    hints=(
        "At a sigmoid output, under binary cross-entropy, the long fractions cancel. What is left?",
        "dZ2 = A2 − y, one number for each example, with the shape of A2",
        "return A2 - ____",
    ),
)
def output_error(A2, y):
    return A2 - y


@output_error.mistake("The sign is turned around: prediction minus label, A2 − y.")
def error_sign(A2, y):
    return y - A2


@output_error.mistake(
    "The error is divided by m. Here each example keeps its own error: the 1/m comes later, where "
    "examples are averaged."
)
def error_averaged_early(A2, y):
    return (A2 - y) / len(y)


@output_error.mistake("This is one number for the batch. Return one error for each example.")
def error_mean(A2, y):
    return np.mean(A2 - y)


@output_error.mistake("The errors are added up. Return one for each example, in the shape of A2.")
def error_sum(A2, y):
    return np.sum(A2 - y)


@output_error.mistake(
    "This is the mean over the examples, a row. Return one error for each example: no mean here."
)
def error_mean_row(A2, y):
    return np.mean(A2 - y, axis=0, keepdims=True)


@output_error.mistake(
    "The sigmoid's slope A2(1 − A2) is multiplied in once more. It has cancelled already: A2 − y."
)
def error_times_slope(A2, y):
    return (A2 - y) * A2 * (1 - A2)


@output_error.mistake(
    "This is the slope with respect to A2. Times the sigmoid's slope A2(1 − A2) it becomes dZ2, "
    "and the fraction cancels: A2 − y."
)
def error_of_the_activation(A2, y):
    return (A2 - y) / (A2 * (1 - A2))


@output_error.mistake(
    "Where A2 is exactly 0 or 1, the uncancelled formula gives 0/0. Cancel on paper first: A2 − y."
)
def error_not_cancelled(A2, y):
    return (A2 - y) / (A2 * (1 - A2)) * (A2 * (1 - A2))


@output_error.mistake(
    "The sign of the error is lost. It says which way to go: keep A2 − y as it is."
)
def error_absolute(A2, y):
    return np.abs(A2 - y)


@output_error.mistake(
    "The error is squared, as in a loss. Here the slope with respect to Z2 is asked: A2 − y."
)
def error_squared(A2, y):
    return (A2 - y) ** 2


@output_error.mistake("This is half the squared error, a loss. What is asked is its slope: A2 − y.")
def error_half_squared(A2, y):
    return 0.5 * (A2 - y) ** 2


@output_error.mistake(
    "The outputs are turned into answers 0 and 1 first. Then a nearly right output has no error "
    "to learn from. Use A2 itself."
)
def error_of_the_answers(A2, y):
    return (A2 > 0.5).astype(int) - y


@output_error.mistake("A2 is an output of the sigmoid already. Do not apply it once more.")
def error_activated_twice(A2, y):
    return sigmoid(A2) - y


@output_error.mistake(
    "One of the two was flattened: columns minus rows make a table of all pairs. Keep both as they "
    "are."
)
def error_all_pairs(A2, y):
    return A2.ravel() - y


@output_error.mistake(
    "y was flattened and A2 was not: their difference pairs everything with everything. Keep both "
    "as they are."
)
def error_all_pairs_of_labels(A2, y):
    return A2 - y.ravel()


@output_error.mistake("The errors are flat. Keep the shape of A2: a row for each example.")
def error_flat(A2, y):
    return (A2 - y).ravel()


@output_error.mistake(
    "reshape(-1, 1) makes one long column of the labels. They have the shape of A2 already, also "
    "with two outputs."
)
def error_reshaped(A2, y):
    return A2 - y.reshape(-1, 1)


@output_error.mistake("The answer lies on its side. Keep the shape of A2: a row for each example.")
def error_transposed(A2, y):
    return (A2 - y).T


@output_error.mistake("The error is halved. There is no ½ here: A2 − y.")
def error_halved(A2, y):
    return (A2 - y) / 2


@output_error.mistake(
    "This is the loss of each example. What is asked is its slope with respect to Z2: A2 − y."
)
def error_is_the_loss(A2, y):
    return -y * np.log(A2) - (1 - y) * np.log(1 - A2)


@output_error.mistake(
    "The error is right, but it is written into the caller's A2: -= works in place. Return A2 - y."
)
def error_in_place(A2, y):
    A2 -= y
    return A2


@output_error.mistake(
    "Where A2 is exactly 0 or 1 and wrong, no error comes back: the sigmoid's slope is 0 there. "
    "Cancel on paper first: A2 − y."
)
def error_clipped(A2, y):
    a = np.clip(A2, 1e-15, 1 - 1e-15)
    return (a - y) / (a * (1 - a)) * (A2 * (1 - A2))


@output_error.mistake("The error is twice too large. No square is left, so no 2: A2 − y.")
def error_doubled(A2, y):
    return 2 * (A2 - y)


@output_error.mistake("This is the output A2 itself. How far is it from the label? A2 − y.")
def error_is_the_output(A2, y):
    return A2.copy()


@output_error.mistake(
    "This is the mean loss, one number. Return the error of each example, the slope A2 − y."
)
def error_is_the_mean_loss(A2, y):
    return np.mean(error_is_the_loss(A2, y))


@output_error.variant
def error_of_both_labels(A2, y):
    return np.where(y == 1, A2 - 1, A2)


@output_error.variant
def error_by_two_terms(A2, y):
    return -y * (1 - A2) + (1 - y) * A2


@output_error.variant
def error_as_lists(A2, y):
    return [[a - t for a, t in zip(*rows, strict=True)] for rows in zip(A2, y, strict=True)]


# 5.5 ---------------------------------------------------------------------------------------------


def activations_and_errors(rng: np.random.Generator) -> list[Case]:
    """Make what goes into a layer and the errors behind it; some neurons were silent."""
    cases = []
    for m, n, k in ((5, 3, 1), (7, 4, 2), (3, 2, 4)):
        A1 = np.maximum(hundredths(rng, m, n), 0)
        A1[0, 0] = 0.75  # at least one neuron spoke
        cases.append((A1, hundredths(rng, m, k)))
    silent = np.array([[0.0, 1.5], [0.0, 0.25], [0.0, 0.5], [0.0, 0.0], [0.0, 2.0]])
    return [*cases, (silent, np.array([[0.5], [-0.25], [0.0], [0.75], [-1.0]]))]


@exercise(
    "5.5",
    "the gradients of the output layer",
    cases=activations_and_errors,
    hints=(
        "Look at the shapes. A1 is (m, n1), dZ2 is (m, n_out), and dW2 must be (n1, n_out). Which "
        "product fits?",
        "dW2 = A1ᵀ dZ2 / m,  and  db2 = mean of dZ2 over the rows, shape (1, n_out)",
        "return A1.T @ ____ / len(A1), np.mean(dZ2, axis=0, keepdims=____)",
    ),
    returns=("dW2", "db2"),
)
def output_gradients(A1, dZ2):
    return _averaged(A1, dZ2)


def _mean_row(dZ):
    return dZ.mean(axis=0, keepdims=True)


@output_gradients.mistake(
    "Both gradients are m times too large: average over the examples, divide by len(A1)."
)
def layer_summed(A1, dZ2):
    return A1.T @ dZ2, dZ2.sum(axis=0, keepdims=True)


@output_gradients.mistake(
    "dW2 is m times too large: a matrix product sums over the examples. Divide by len(A1)."
)
def layer_dw_summed(A1, dZ2):
    return A1.T @ dZ2, _mean_row(dZ2)


@output_gradients.mistake("db2 is m times too large: take the mean over the rows, not the sum.")
def layer_db_summed(A1, dZ2):
    return A1.T @ dZ2 / len(A1), dZ2.sum(axis=0, keepdims=True)


@output_gradients.mistake(
    "dW2 is divided by the number of hidden neurons. Divide by the number of examples, len(A1)."
)
def layer_dw_over_neurons(A1, dZ2):
    return A1.T @ dZ2 / A1.shape[1], _mean_row(dZ2)


@output_gradients.mistake(
    "Both gradients are divided by the number of hidden neurons. Divide by that of examples, "
    "len(A1)."
)
def layer_over_neurons(A1, dZ2):
    return A1.T @ dZ2 / A1.shape[1], dZ2.sum(axis=0, keepdims=True) / A1.shape[1]


@output_gradients.mistake("dW2 is divided by m twice. Once is enough.")
def layer_dw_averaged_twice(A1, dZ2):
    return A1.T @ dZ2 / len(A1) ** 2, _mean_row(dZ2)


@output_gradients.mistake("Both gradients are divided by m twice. Once is enough.")
def layer_averaged_twice(A1, dZ2):
    return A1.T @ dZ2 / len(A1) ** 2, _mean_row(dZ2) / len(A1)


@output_gradients.mistake(
    "dW2 is divided by 2, as in the example with two rows. Batches have m rows: len(A1)."
)
def layer_dw_over_two(A1, dZ2):
    return A1.T @ dZ2 / 2, _mean_row(dZ2)


@output_gradients.mistake(
    "dW2 lies on its side. It has the shape of W2, (n1, n_out): A1.T comes first."
)
def layer_dw_transposed(A1, dZ2):
    return dZ2.T @ A1 / len(A1), _mean_row(dZ2)


@output_gradients.mistake(
    "A1 @ dZ2 does not fit: both have a row for each example. Transpose A1: A1.T @ dZ2."
)
def layer_not_transposed(A1, dZ2):
    return A1 @ dZ2 / len(A1), _mean_row(dZ2)


@output_gradients.mistake(
    "np.dot(A1, dZ2) does not fit: both have a row for each example. Transpose A1: "
    "np.dot(A1.T, dZ2)."
)
def layer_dot_not_transposed(A1, dZ2):
    return np.dot(A1, dZ2) / len(A1), _mean_row(dZ2)


@output_gradients.mistake(
    "The wrong factor is transposed: with dZ2.T the inner sizes do not meet. A1.T @ dZ2."
)
def layer_wrong_factor_transposed(A1, dZ2):
    return A1 @ dZ2.T / len(A1), _mean_row(dZ2)


@output_gradients.mistake(
    "* multiplies entry by entry. dW2 is the matrix product of A1.T and dZ2, written @, divided by "
    "m."
)
def layer_entry_by_entry(A1, dZ2):
    return A1 * dZ2 / len(A1), _mean_row(dZ2)


@output_gradients.mistake(
    "A1 and dZ2 are multiplied entry by entry, then averaged. That cannot work with several "
    "outputs: A1.T @ dZ2 / m makes every pair."
)
def layer_mean_of_products(A1, dZ2):
    return np.mean(A1 * dZ2, axis=0, keepdims=True).T, _mean_row(dZ2)


@output_gradients.mistake(
    "dW2 is one number: np.mean without an axis. Divide the matrix A1.T @ dZ2 by m instead."
)
def layer_dw_one_number(A1, dZ2):
    return np.mean(A1.T @ dZ2), _mean_row(dZ2)


@output_gradients.mistake(
    "db2 lost a dimension: (n_out,). Add keepdims=True: then it is (1, n_out)."
)
def layer_db_flat(A1, dZ2):
    return A1.T @ dZ2 / len(A1), dZ2.mean(axis=0)


@output_gradients.mistake(
    "db2 lost a dimension, and it is m times too large: take the mean over axis 0, with "
    "keepdims=True."
)
def layer_db_flat_sum(A1, dZ2):
    return A1.T @ dZ2 / len(A1), dZ2.sum(axis=0)


@output_gradients.mistake(
    "db2 is the mean over all outputs together. Each output has its own bias: axis=0."
)
def layer_db_one_number(A1, dZ2):
    return A1.T @ dZ2 / len(A1), np.mean(dZ2)


@output_gradients.mistake(
    "db2 is the mean over all outputs together, in one box. Each output has its own bias: axis=0, "
    "with keepdims=True."
)
def layer_db_one_box(A1, dZ2):
    return A1.T @ dZ2 / len(A1), np.mean(dZ2, keepdims=True)


@output_gradients.mistake(
    "db2 is averaged along the rows, axis 1. Average over the examples: axis=0."
)
def layer_db_axis_one(A1, dZ2):
    return A1.T @ dZ2 / len(A1), dZ2.mean(axis=1, keepdims=True)


@output_gradients.mistake("db2 is a column. It is a row like b2, (1, n_out): keepdims=True, no .T.")
def layer_db_column(A1, dZ2):
    return A1.T @ dZ2 / len(A1), _mean_row(dZ2).T


@output_gradients.mistake("db2 is the error itself. Average it over the examples, axis=0.")
def layer_db_not_averaged(A1, dZ2):
    return A1.T @ dZ2 / len(A1), dZ2


@output_gradients.mistake("The two are swapped: dW2 comes first, then db2.")
def layer_swapped(A1, dZ2):
    return _averaged(A1, dZ2)[::-1]


@output_gradients.mistake("Return two gradients: dW2, and also db2.")
def layer_dw_only(A1, dZ2):
    return _averaged(A1, dZ2)[0]


@output_gradients.mistake(
    "The gradients have the wrong sign. The minus comes later, in the update: here A1.T @ dZ2 / m "
    "and the mean of dZ2."
)
def layer_sign(A1, dZ2):
    return tuple(-part for part in _averaged(A1, dZ2))


@output_gradients.mistake(
    "dW2 is m times too large, and db2 lost a dimension. Divide by len(A1), and add keepdims=True."
)
def layer_dw_summed_db_flat(A1, dZ2):
    return A1.T @ dZ2, dZ2.mean(axis=0)


@output_gradients.mistake(
    "dW2 is divided by the number of outputs. Divide by the number of examples, len(A1)."
)
def layer_over_outputs(A1, dZ2):
    return A1.T @ dZ2 / dZ2.shape[1], _mean_row(dZ2)


@output_gradients.mistake(
    "dW2 is divided by A1.size, which counts all entries. Divide by the number of rows, len(A1)."
)
def layer_over_size(A1, dZ2):
    return A1.T @ dZ2 / A1.size, _mean_row(dZ2)


@output_gradients.mistake(
    "db2 adds up all outputs. Each output has its own bias: a sum or mean needs axis=0, and "
    "keepdims=True."
)
def layer_db_one_sum(A1, dZ2):
    return A1.T @ dZ2 / len(A1), np.sum(dZ2) / len(A1)


@output_gradients.mistake(
    "dW2 is averaged once more, over the hidden neurons. The product sums over the examples "
    "already: divide it by m."
)
def layer_dw_mean_of_rows(A1, dZ2):
    return np.mean(A1.T @ dZ2, axis=0, keepdims=True), _mean_row(dZ2)


@output_gradients.mistake(
    "Both gradients are divided by 2, as in the example with two rows. Batches have m rows: "
    "len(A1)."
)
def layer_over_two(A1, dZ2):
    return A1.T @ dZ2 / 2, dZ2.sum(axis=0, keepdims=True) / 2


@output_gradients.mistake(
    "dW2 is divided by dZ2.size, which counts the outputs too. Divide by the number of rows, "
    "len(A1)."
)
def layer_dw_over_errors(A1, dZ2):
    return A1.T @ dZ2 / dZ2.size, _mean_row(dZ2)


@output_gradients.mistake(
    "Both gradients are divided by dZ2.size, which counts the outputs too. Divide by the number "
    "of rows, len(A1)."
)
def layer_over_errors(A1, dZ2):
    return A1.T @ dZ2 / dZ2.size, dZ2.sum(axis=0, keepdims=True) / dZ2.size


@output_gradients.mistake("db2 is divided by m twice. A mean divides already.")
def layer_db_averaged_twice(A1, dZ2):
    return A1.T @ dZ2 / len(A1), _mean_row(dZ2) / len(A1)


@output_gradients.mistake(
    "Both gradients are half as large as they should be. There is no ½ left: divide by m only."
)
def layer_halved(A1, dZ2):
    return tuple(part / 2 for part in _averaged(A1, dZ2))


@output_gradients.variant
def layer_mean_folded_in(A1, dZ2):
    dZ2 = dZ2 / dZ2.shape[0]
    return np.dot(A1.T, dZ2), np.sum(dZ2, axis=0, keepdims=True)


@output_gradients.variant
def layer_example_by_example(A1, dZ2):
    dW2 = np.mean([np.outer(a, d) for a, d in zip(A1, dZ2, strict=True)], axis=0)
    return [dW2, np.mean(dZ2, axis=0).reshape(1, -1)]


@output_gradients.variant
def layer_bias_as_a_weight(A1, dZ2):
    both = np.hstack([A1, np.ones((len(A1), 1))]).T @ dZ2 / len(A1)
    return both[:-1], both[-1:]


@output_gradients.variant
def layer_transposed_back(A1, dZ2):
    return (dZ2.T @ A1).T / len(A1), np.ones((1, len(A1))) @ dZ2 / len(A1)


# 5.6 ---------------------------------------------------------------------------------------------


def errors_and_sums(rng: np.random.Generator) -> list[Case]:
    """Make errors behind a layer and sums before it; some of these are exactly 0."""
    cases = []
    for m, n, k in ((5, 3, 1), (7, 4, 2), (4, 2, 3)):
        Z1 = hundredths(rng, m, n)
        Z1[0, :2], Z1[1, :2], Z1[2, 0] = (0.0, 0.5), (-0.5, 0.0), 1.25
        cases.append((hundredths(rng, m, k), hundredths(rng, n, k), Z1))
    X, y, params = asd_batch()
    A2, cache = forward(X, params)
    square = hundredths(rng, 3, 3)  # all sizes alike: wrong products fit here, and differ
    square[0], square[1], square[2, 0] = (-0.5, 0.5, -0.25), (-0.75, -1.5, 0.75), -1.25
    return [
        *cases,
        ((A2 - y).round(3), params["W2"], cache["Z1"].round(3)),
        (hundredths(rng, 3, 3), hundredths(rng, 3, 3), square),
    ]


@exercise(
    "5.6",
    "the error at the hidden layer",
    cases=errors_and_sums,
    hints=(
        "Two steps. The error goes back through the weights: a matrix product. Then ReLU lets it "
        "through only where it was open.",
        "dA1 = dZ2 W2ᵀ,  then  dZ1 = dA1 entry by entry times (Z1 > 0)",
        "return (dZ2 @ W2.T) * (____ > 0)",
    ),
)
def hidden_error(dZ2, W2, Z1):
    return _through_relu(dZ2 @ W2.T, Z1)


def _through_relu(dA, Z):
    return np.where(Z > 0, dA, 0.0)  # dA * (Z > 0) would make some zeros -0.0


@hidden_error.mistake(
    "Nothing is stopped: the ReLU mask is missing, or it is 1 everywhere, as A1 >= 0 is (A1 is "
    "never negative). Multiply by (Z1 > 0), each entry for itself."
)
def hidden_without_mask(dZ2, W2, Z1):
    return dZ2 @ W2.T


@hidden_error.mistake(
    "Where Z1 is exactly 0 the error gets through. In this course ReLU's slope there is 0: Z1 > 0, "
    "not >=."
)
def hidden_open_at_zero(dZ2, W2, Z1):
    return dZ2 @ W2.T * (Z1 >= 0)


@hidden_error.mistake(
    "The mask looks at the error: negative errors become 0. It must look at Z1: the error passes, "
    "with its sign, where Z1 > 0."
)
def hidden_mask_of_the_error(dZ2, W2, Z1):
    return np.maximum(0, dZ2 @ W2.T)


@hidden_error.mistake(
    "dZ2 is masked: its negative entries are lost before they go back. Mask the product with "
    "(Z1 > 0)."
)
def hidden_masked_output_error(dZ2, W2, Z1):
    return (dZ2 * (dZ2 > 0)) @ W2.T


@hidden_error.mistake(
    "dZ2 loses its negative entries, before the mask of Z1. Leave dZ2 as it is: no ReLU acts on it."
)
def hidden_masked_twice(dZ2, W2, Z1):
    return _through_relu(np.maximum(0, dZ2) @ W2.T, Z1)


@hidden_error.mistake(
    "Negative weights are masked. Weights stay as they are: mask the product with (Z1 > 0)."
)
def hidden_mask_of_the_weights(dZ2, W2, Z1):
    return dZ2 @ np.maximum(0, W2).T


@hidden_error.mistake(
    "The error is multiplied by ReLU's value. Multiply by its slope: 1 where Z1 > 0, otherwise 0."
)
def hidden_times_relu(dZ2, W2, Z1):
    return dZ2 @ W2.T * np.maximum(0, Z1)


@hidden_error.mistake(
    "The error is multiplied by Z1 itself. Multiply by the slope of ReLU: Z1 > 0."
)
def hidden_times_sums(dZ2, W2, Z1):
    return dZ2 @ W2.T * Z1


@hidden_error.mistake("The mask is turned around: the error goes through where Z1 is positive.")
def hidden_mask_inverted(dZ2, W2, Z1):
    return dZ2 @ W2.T * (Z1 <= 0)


@hidden_error.mistake(
    "The mask is turned around, and strict: the error goes through where Z1 > 0, and only there."
)
def hidden_mask_inverted_strictly(dZ2, W2, Z1):
    return dZ2 @ W2.T * (Z1 < 0)


@hidden_error.mistake(
    "The mask is −1 where Z1 is negative: np.sign. ReLU's slope there is 0: use (Z1 > 0)."
)
def hidden_mask_of_signs(dZ2, W2, Z1):
    return dZ2 @ W2.T * np.sign(Z1)


@hidden_error.mistake("The hidden layer has ReLU: its slope is 0 or 1, not the sigmoid's slope.")
def hidden_sigmoid_slope(dZ2, W2, Z1):
    return dZ2 @ W2.T * sigmoid_derivative(Z1)


@hidden_error.mistake(
    "The error is divided by m. dZ1 is per example; the 1/m comes with dW1 and db1."
)
def hidden_averaged(dZ2, W2, Z1):
    return _through_relu(dZ2 @ W2.T, Z1) / len(dZ2)


@hidden_error.mistake(
    "dZ2 @ W2 does not fit: the error goes back through the weights the other way, dZ2 @ W2.T."
)
def hidden_not_transposed(dZ2, W2, Z1):
    return _through_relu(dZ2 @ W2, Z1)


@hidden_error.mistake(
    "np.dot(dZ2, W2) does not fit: going back, the weights are transposed, np.dot(dZ2, W2.T)."
)
def hidden_dot_not_transposed(dZ2, W2, Z1):
    return _through_relu(np.dot(dZ2, W2), Z1)


@hidden_error.mistake(
    "W2 @ dZ2 does not fit. Each row of dZ2 is an example, so it stands first: dZ2 @ W2.T."
)
def hidden_turned_around(dZ2, W2, Z1):
    return _through_relu(W2 @ dZ2, Z1)


@hidden_error.mistake(
    "W2 @ dZ2.T has a column for each example, and Z1 a row. Write dZ2 @ W2.T: then both have rows."
)
def hidden_in_columns(dZ2, W2, Z1):
    return _through_relu(W2 @ dZ2.T, Z1)


@hidden_error.mistake(
    "* works only as long as there is one output. With several, their errors add up: the matrix "
    "product dZ2 @ W2.T does that."
)
def hidden_entry_by_entry(dZ2, W2, Z1):
    return _through_relu(dZ2 * W2.T, Z1)


@hidden_error.mistake(
    "The mask is applied with @. It works entry by entry, each number for itself: *."
)
def hidden_mask_as_a_matrix(dZ2, W2, Z1):
    return (dZ2 @ W2.T) @ (Z1 > 0)


@hidden_error.mistake(
    "An if, or Python's max, asks one question, and Z1 has many entries. Multiply by the array "
    "(Z1 > 0)."
)
def hidden_with_an_if(dZ2, W2, Z1):
    if Z1 > 0:
        return dZ2 @ W2.T
    return 0


@hidden_error.mistake("The sign is turned around: the error goes back as it is, without a minus.")
def hidden_sign(dZ2, W2, Z1):
    return -_through_relu(dZ2 @ W2.T, Z1)


@hidden_error.mistake("This is the mask alone. Multiply it by what comes back, dZ2 @ W2.T.")
def hidden_mask_only(dZ2, W2, Z1):
    return (Z1 > 0).astype(float)


@hidden_error.mistake(
    "The values are right, but your mask is written into Z1 of the caller. Make a new array: "
    "mask = Z1 > 0."
)
def hidden_mask_in_place(dZ2, W2, Z1):
    Z1[Z1 <= 0] = 0
    Z1[Z1 > 0] = 1
    return dZ2 @ W2.T * Z1


@hidden_error.mistake(
    "A hundredth of the error passes a shut gate: that is leaky ReLU. Here the slope is 0 where "
    "Z1 is not positive."
)
def hidden_leaky(dZ2, W2, Z1):
    dA1 = dZ2 @ W2.T
    return np.where(Z1 > 0, dA1, 0.01 * dA1)


@hidden_error.mistake(
    "This is True or False: the comparison acts on the error. Multiply the error by (Z1 > 0)."
)
def hidden_compared(dZ2, W2, Z1):
    return dZ2 @ W2.T > 0


@hidden_error.mistake(
    "W2.T @ dZ2 does not fit. Each row of dZ2 is an example, so it stands first: dZ2 @ W2.T."
)
def hidden_weights_first(dZ2, W2, Z1):
    return _through_relu(W2.T @ dZ2, Z1)


@hidden_error.mistake(
    "This is True or False: the comparison is made last, after the products. Put parentheses "
    "around (Z1 > 0)."
)
def hidden_without_parentheses(dZ2, W2, Z1):
    return dZ2 @ W2.T * Z1 > 0


@hidden_error.mistake(
    "np.dot(W2.T, dZ2) does not fit. Each row of dZ2 is an example, so it stands first: "
    "np.dot(dZ2, W2.T)."
)
def hidden_dot_weights_first(dZ2, W2, Z1):
    return _through_relu(np.dot(W2.T, dZ2), Z1)


@hidden_error.mistake(
    "dZ2.T @ W2 does not fit. W2 is what is transposed here, not dZ2: dZ2 @ W2.T."
)
def hidden_other_transposed(dZ2, W2, Z1):
    return _through_relu(dZ2.T @ W2, Z1)


@hidden_error.mistake(
    "The mask asks once for all examples: is the neuron open in any? A gate belongs to a neuron "
    "and an example: multiply by (Z1 > 0) itself."
)
def hidden_mask_for_all(dZ2, W2, Z1):
    return dZ2 @ W2.T * (Z1 > 0).any(axis=0)


@hidden_error.variant
def hidden_with_where(dZ2, W2, Z1):
    return np.where(Z1 > 0, np.dot(dZ2, W2.T), 0.0)


@hidden_error.variant
def hidden_mask_of_relu(dZ2, W2, Z1):
    return (np.maximum(0, Z1) > 0).astype(float) * (W2 @ dZ2.T).T


@hidden_error.variant
def hidden_set_to_zero(dZ2, W2, Z1):
    dZ1 = np.einsum("mk,nk->mn", dZ2, W2)
    dZ1[Z1 <= 0] = 0
    return dZ1


# 5.7 ---------------------------------------------------------------------------------------------


def networks_run_forward(rng: np.random.Generator) -> list[Case]:
    """Make networks that have just run forward; some sums are exactly 0, one has two outputs."""
    cases = []
    for m, n, h, k in ((3, 2, 2, 1), (5, 3, 2, 1), (3, 4, 3, 2), (7, 2, 4, 1), (5, 4, 3, 2)):
        params = {
            "W1": fractions(rng, n, h, parts=2),
            "b1": fractions(rng, 1, h, parts=2),
            "W2": fractions(rng, h, k, parts=4),
            "b2": fractions(rng, 1, k, parts=4),
        }
        X = fractions(rng, m, n, parts=2)
        X[0] = 0.0
        params["b1"][0, 0] = 0.0  # so the first sum of the first example is 0
        fitting = np.linalg.lstsq(params["W1"].T, np.full(h, 1.0) - params["b1"][0])[0]
        X[1] = (4 * fitting).round() / 4  # quarters: all sums are exact, so the call is short
        cases.append((X, labels(rng, m, k), params, forward(X, params)[1]))
    X, y, params = asd_batch()
    cases.append((X, y, params, forward(X, params)[1]))
    sizes = {"W1": (3, 3), "b1": (1, 3), "W2": (3, 3), "b2": (1, 3)}
    square = {name: fractions(rng, *shape, parts=2) for name, shape in sizes.items()}
    square["b1"][0, 0] = -20.0  # a neuron that is silent for all
    X = fractions(rng, 3, 3, parts=2)  # all sizes alike: wrong products fit here, and differ
    return [*cases, (X, labels(rng, 3, 3), square, forward(X, square)[1])]


def _backward(
    X,
    y,
    params,
    cache,
    *,
    error=lambda A2, y: A2 - y,
    through=_through_relu,
    first=_averaged,
    second=_averaged,
    W2=None,
):
    """Go back through two layers; each part can be replaced by a wrong one."""
    dZ2 = error(cache["A2"], y)
    dW2, db2 = second(cache["A1"], dZ2)
    W2 = params["W2"] if W2 is None else W2(params["W2"], dW2)
    dZ1 = through(dZ2 @ W2.T, cache["Z1"])
    dW1, db1 = first(X, dZ1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@exercise(
    "5.7",
    "all four gradients",
    cases=networks_run_forward,
    hints=(
        "Seven lines, from the end to the beginning: dZ2, dW2, db2, dA1, dZ1, dW1, db1. The second "
        "three repeat the first three, one layer earlier.",
        "dZ2 = A2 − y; dW2 = A1ᵀ dZ2 / m; db2 = mean of dZ2; dZ1 = (dZ2 W2ᵀ) ∗ (Z1 > 0); "
        "dW1 = Xᵀ dZ1 / m; db1 = mean of dZ1",
        'dZ1 = (dZ2 @ params["W2"].T) * (cache["Z1"] > 0)\ndW1 = ____.T @ dZ1 / len(X)',
    ),
)
def backward(X, y, params, cache):
    return _backward(X, y, params, cache)


def _summed(A, dZ):
    return A.T @ dZ, dZ.sum(axis=0, keepdims=True)


def _averaged_twice(A, dZ):
    return A.T @ dZ / len(A) ** 2, _mean_row(dZ) / len(A)


@backward.mistake("All gradients are m times too large: average over the examples, divide by m.")
def back_summed(X, y, params, cache):
    return _backward(X, y, params, cache, first=_summed, second=_summed)


@backward.mistake("dW1 and db1 are m times too large. They too are averages over the examples.")
def back_first_layer_summed(X, y, params, cache):
    return _backward(X, y, params, cache, first=_summed)


@backward.mistake(
    "dW1 and dW2 are m times too large: A.T @ dZ sums over the examples. Divide by m, as for the "
    "biases."
)
def back_weights_summed(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g * len(X) if "W" in key else g for key, g in grads.items()}


@backward.mistake("db1 and db2 are m times too large: take means over the examples, not sums.")
def back_biases_summed(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g * len(X) if "b" in key else g for key, g in grads.items()}


@backward.mistake("All gradients are divided by m twice. Divide once, where examples are averaged.")
def back_averaged_twice(X, y, params, cache):
    return _backward(X, y, params, cache, first=_averaged_twice, second=_averaged_twice)


@backward.mistake(
    "dW1 and db1 are divided by m twice: the error was divided on its way, and they once more. "
    "Once is enough."
)
def back_first_layer_averaged_twice(X, y, params, cache):
    return _backward(X, y, params, cache, first=_averaged_twice)


@backward.mistake("All signs are turned around: the error begins as A2 − y, not y − A2.")
def back_sign(X, y, params, cache):
    return _backward(X, y, params, cache, error=lambda A2, y: y - A2)


@backward.mistake(
    "The sigmoid's slope is multiplied into dZ2 once more. It has cancelled already: A2 − y."
)
def back_slope_again(X, y, params, cache):
    return _backward(X, y, params, cache, error=lambda A2, y: (A2 - y) * A2 * (1 - A2))


@backward.mistake(
    "Nothing is stopped on the way back: the ReLU mask is missing, or it is 1 everywhere, as "
    "A1 >= 0 is. Multiply dA1 by (Z1 > 0), each entry for itself."
)
def back_without_mask(X, y, params, cache):
    return _backward(X, y, params, cache, through=lambda dA, Z: dA)


@backward.mistake("db1 is the mean of the unmasked error, dA1. Take the mean of dZ1, as for dW1.")
def back_bias_without_mask(X, y, params, cache):
    unmasked = back_without_mask(X, y, params, cache)
    return {**backward.reference(X, y, params, cache), "db1": unmasked["db1"]}


@backward.mistake("dW1 comes from the unmasked error, dA1. Use dZ1 = dA1 * (Z1 > 0), as for db1.")
def back_weights_without_mask(X, y, params, cache):
    unmasked = back_without_mask(X, y, params, cache)
    return {**backward.reference(X, y, params, cache), "dW1": unmasked["dW1"]}


@backward.mistake("Where Z1 is exactly 0 the error gets through. The slope there is 0: Z1 > 0.")
def back_open_at_zero(X, y, params, cache):
    return _backward(X, y, params, cache, through=lambda dA, Z: dA * (Z >= 0))


@backward.mistake(
    "The mask looks at the error: its negative entries become 0. It must look at Z1: (Z1 > 0)."
)
def back_mask_of_the_error(X, y, params, cache):
    return _backward(X, y, params, cache, through=lambda dA, Z: np.maximum(0, dA))


@backward.mistake("The error is multiplied by A1, ReLU's value. Multiply by its slope: (Z1 > 0).")
def back_times_relu(X, y, params, cache):
    return _backward(X, y, params, cache, through=lambda dA, Z: dA * np.maximum(0, Z))


@backward.mistake(
    "The mask is taken from the output layer, Z2. The error arrives at the hidden layer: its mask "
    "is (Z1 > 0)."
)
def back_mask_of_the_output(X, y, params, cache):
    return _backward(X, y, params, cache, through=lambda dA, Z: dA * (cache["Z2"] > 0))


@backward.mistake(
    "The mask is taken from A2 of the output layer, where all is positive. The hidden layer's mask "
    "is (Z1 > 0), or (A1 > 0)."
)
def back_mask_of_the_prediction(X, y, params, cache):
    return _backward(X, y, params, cache, through=lambda dA, Z: dA * (cache["A2"] > 0))


@backward.mistake(
    "dZ2 is masked too. There is no ReLU at the output: dZ2 is A2 − y, with negative numbers."
)
def back_output_masked(X, y, params, cache):
    return _backward(X, y, params, cache, error=lambda A2, y: np.maximum(0, A2 - y))


@backward.mistake("The hidden layer has ReLU. Its slope is 0 or 1, not the sigmoid's.")
def back_sigmoid_slope(X, y, params, cache):
    return _backward(X, y, params, cache, through=lambda dA, Z: dA * sigmoid_derivative(Z))


@backward.mistake(
    "dW2 is made with Z1. The second layer's inputs are the activations: A1.T @ dZ2 / m."
)
def back_sums_for_activations(X, y, params, cache):
    return _backward(X, y, params, cache, second=lambda A, dZ: _averaged(cache["Z1"], dZ))


@backward.mistake(
    "dW1 is made with A1, but A1 comes out of the first layer. What goes into it is X: "
    "X.T @ dZ1 / m."
)
def back_activations_for_inputs(X, y, params, cache):
    return _backward(X, y, params, cache, first=lambda X, dZ: _averaged(cache["A1"], dZ))


@backward.mistake(
    "W2 took a step of size 0.005 before the error went back through it. First all gradients, "
    "with the old weights; then the update."
)
def back_updated_too_early(X, y, params, cache):
    return _backward(X, y, params, cache, W2=lambda W, dW: W - 0.005 * dW)


@backward.mistake(
    "W2 took a step of size 0.01 before the error went back through it. First all gradients, with "
    "the old weights; then the update."
)
def back_updated_too_early_by_a_hundredth(X, y, params, cache):
    return _backward(X, y, params, cache, W2=lambda W, dW: W - 0.01 * dW)


@backward.mistake(
    "W2 took a step of size 0.1 before the error went back through it. First all gradients, with "
    "the old weights; then the update."
)
def back_updated_too_early_by_a_tenth(X, y, params, cache):
    return _backward(X, y, params, cache, W2=lambda W, dW: W - 0.1 * dW)


@backward.mistake(
    "The error went back through dW2. It must go through the weights, W2: dZ2 @ W2.T."
)
def back_through_the_gradient(X, y, params, cache):
    return _backward(X, y, params, cache, W2=lambda W, dW: dW)


@backward.mistake("db1 and db2 lost a dimension. Add keepdims=True: then they are rows, (1, n).")
def back_flat_biases(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g.ravel() if "b" in key else g for key, g in grads.items()}


@backward.mistake(
    "db1 and db2 are averages over everything. Each neuron has its own bias: axis=0, keepdims=True."
)
def back_biases_of_one_number(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: np.mean(g) if "b" in key else g for key, g in grads.items()}


@backward.mistake(
    "db1 and db2 have a number for each example: average over the examples, axis=0, not axis=1."
)
def back_biases_by_example(X, y, params, cache):
    def along_rows(A, dZ):
        return A.T @ dZ / len(A), dZ.mean(axis=1, keepdims=True)

    return _backward(X, y, params, cache, first=along_rows, second=along_rows)


@backward.mistake("m is the number of examples, len(X). You divide by the number of inputs.")
def back_over_inputs(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g * X.shape[0] / X.shape[1] for key, g in grads.items()}


@backward.mistake(
    "dW1 and dW2 lie on their sides. A gradient has the shape of its weights: A.T @ dZ."
)
def back_transposed(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g.T if "W" in key else g for key, g in grads.items()}


@backward.mistake("The weights' gradients are there, the biases' are not. Add db1 and db2.")
def back_without_biases(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g for key, g in grads.items() if "W" in key}


@backward.mistake('The keys lack their d. A gradient is called by its own name: "dW1", not "W1".')
def back_wrong_keys(X, y, params, cache):
    return {key[1:]: g for key, g in backward.reference(X, y, params, cache).items()}


@backward.mistake("Return one dict with four keys: dW1, db1, dW2 and db2.")
def back_as_a_tuple(X, y, params, cache):
    return tuple(backward.reference(X, y, params, cache).values())


@backward.mistake(
    "dZ2 @ W2 does not fit: the error goes back through W2 the other way, dZ2 @ W2.T."
)
def back_not_transposed(X, y, params, cache):
    return _backward(X, y, params, cache, W2=lambda W, dW: W.T)


@backward.mistake(
    "The error at the output went back through W1. Between output and hidden layer stands W2: "
    "dZ2 @ W2.T."
)
def back_through_first_weights(X, y, params, cache):
    return _backward(X, y, params, cache, W2=lambda W, dW: params["W1"])


@backward.mistake(
    "W2.T @ dZ2 does not fit. Each row of dZ2 is an example, so it stands first: dZ2 @ W2.T."
)
def back_weights_first(X, y, params, cache):
    dZ2 = cache["A2"] - y
    (dW2, db2), dA1 = _averaged(cache["A1"], dZ2), params["W2"].T @ dZ2
    dW1, db1 = _averaged(X, dA1 * (cache["Z1"] > 0))
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def _untransposed(A, dZ):
    return A @ dZ / len(A), _mean_row(dZ)


@backward.mistake(
    "A1 @ dZ2 does not fit: both have a row for each example. Transpose A1: A1.T @ dZ2 / m."
)
def back_activations_untransposed(X, y, params, cache):
    return _backward(X, y, params, cache, second=_untransposed, first=_untransposed)


@backward.mistake(
    "X @ dZ1 does not fit: both have a row for each example. Transpose X: X.T @ dZ1 / m."
)
def back_inputs_untransposed(X, y, params, cache):
    return _backward(X, y, params, cache, first=_untransposed)


@backward.mistake(
    "One of A2 and y was flattened: their difference pairs every example with every other. Keep "
    "both as they are."
)
def back_all_pairs(X, y, params, cache):
    return _backward(X, y, params, cache, error=lambda A2, y: A2.ravel() - y)


@backward.mistake(
    "dZ2 @ W2.T is a matrix product. With *, it works for one output only; several add up."
)
def back_entry_by_entry(X, y, params, cache):
    dZ2 = cache["A2"] - y
    dZ1 = _through_relu(dZ2 * params["W2"].T, cache["Z1"])
    (dW1, db1), (dW2, db2) = _averaged(X, dZ1), _averaged(cache["A1"], dZ2)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def _but(X, y, params, cache, **wrong):
    """Replace some gradients of the right answer."""
    grads = backward.reference(X, y, params, cache)
    return grads | {key: change(grads[key], len(X)) for key, change in wrong.items()}


@backward.mistake("dW2 alone is m times too large: divide A1.T @ dZ2 by m.")
def back_second_weights_summed(X, y, params, cache):
    return _but(X, y, params, cache, dW2=lambda g, m: g * m)


@backward.mistake("dW1 alone is m times too large: divide X.T @ dZ1 by m.")
def back_first_weights_summed(X, y, params, cache):
    return _but(X, y, params, cache, dW1=lambda g, m: g * m)


@backward.mistake("dW1 alone is divided by m twice. Once is enough.")
def back_first_weights_averaged_twice(X, y, params, cache):
    return _but(X, y, params, cache, dW1=lambda g, m: g / m)


@backward.mistake("db1 lost a dimension. Add keepdims=True: then it is a row, (1, n1).")
def back_first_bias_flat(X, y, params, cache):
    return _but(X, y, params, cache, db1=lambda g, m: g.ravel())


@backward.mistake("db2 lost a dimension. Add keepdims=True: then it is a row, (1, n_out).")
def back_second_bias_flat(X, y, params, cache):
    return _but(X, y, params, cache, db2=lambda g, m: g.ravel())


@backward.mistake("db2 is a single number. It is a row like b2: axis=0, keepdims=True.")
def back_second_bias_number(X, y, params, cache):
    return _but(X, y, params, cache, db2=lambda g, m: np.mean(g))


@backward.mistake(
    "db1 and db2 lost a dimension, and are m times too large: means, not sums, with keepdims=True."
)
def back_biases_summed_flat(X, y, params, cache):
    def flat(g, m):
        return g.ravel() * m

    return _but(X, y, params, cache, db1=flat, db2=flat)


@backward.mistake(
    "dW1 and dW2 are divided by 2, as in the example with two rows. Batches have m rows: len(X)."
)
def back_over_two(X, y, params, cache):
    def halved(g, m):
        return g * m / 2

    return _but(X, y, params, cache, dW1=halved, dW2=halved)


@backward.mistake("Only the second layer's gradients are there. Go on: dA1, dZ1, dW1 and db1.")
def back_stops_halfway(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: grads[key] for key in ("dW2", "db2")}


@backward.mistake(
    "The mask is −1 where Z1 is negative: np.sign. ReLU's slope there is 0: use (Z1 > 0)."
)
def back_mask_of_signs(X, y, params, cache):
    return _backward(X, y, params, cache, through=lambda dA, Z: dA * np.sign(Z))


@backward.mistake(
    "db1 and db2 are divided by m twice: the error already carries 1/m. Then add it up for db, do "
    "not average again."
)
def back_biases_averaged_twice(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g / len(X) if "b" in key else g for key, g in grads.items()}


@backward.mistake(
    "All gradients are divided by y.size, which counts the outputs too. m is the number of "
    "examples, len(X)."
)
def back_over_labels(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    return {key: g * len(X) / y.size for key, g in grads.items()}


@backward.mistake("The hidden layer has ReLU. 1 − A1² is the slope of tanh; ReLU's is (Z1 > 0).")
def back_tanh_slope(X, y, params, cache):
    return _backward(X, y, params, cache, through=lambda dA, Z: dA * (1 - cache["A1"] ** 2))


@backward.mistake(
    "The hidden layer has ReLU. A1(1 − A1) is the slope of a sigmoid; ReLU's is (Z1 > 0)."
)
def back_sigmoid_slope_of_activations(X, y, params, cache):
    A1 = cache["A1"]
    return _backward(X, y, params, cache, through=lambda dA, Z: dA * A1 * (1 - A1))


@backward.mistake(
    "The error begins with the sum Z2 in place of the output. It is A2 − y, with A2 = sigmoid(Z2)."
)
def back_from_the_sum(X, y, params, cache):
    return _backward(X, y, params, {**cache, "A2": cache["Z2"]})


@backward.mistake(
    "The forward pass was done again, and without the biases. The cache holds its numbers: "
    'cache["A1"], cache["Z1"], cache["A2"].'
)
def back_without_biases_forward(X, y, params, cache):
    unbiased = {key: 0 * P if "b" in key else P for key, P in params.items()}
    return _backward(X, y, params, forward(X, unbiased)[1])


@backward.mistake(
    "The error goes back through the notebook's own W2, from the example. Take the one of this "
    'call: params["W2"].'
)
def back_through_the_notebooks_weights(X, y, params, cache):
    W2 = asd_batch()[2]["W2"]
    return _backward(X, y, params, cache, W2=lambda W, dW: W2, through=lambda dA, Z: dA * (Z > 0))


@backward.mistake(
    "This uses the notebook's dA1, from the example with two rows. Compute it here: "
    'dA1 = dZ2 @ params["W2"].T.'
)
def back_with_the_notebooks_error(X, y, params, cache):
    X0, y0, params0 = asd_batch()
    dA1 = (forward(X0, params0)[0] - y0) @ params0["W2"].T
    return _backward(X, y, params, cache, through=lambda dA, Z: dA1 * (Z > 0))


def _stepped(X, y, params, cache, lr):
    """Let W2 step in place, before the error goes back through it."""
    dZ2 = cache["A2"] - y
    dW2, db2 = _averaged(cache["A1"], dZ2)
    params["W2"] -= lr * dW2
    dW1, db1 = _averaged(X, _through_relu(dZ2 @ params["W2"].T, cache["Z1"]))
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@backward.mistake(
    'params["W2"] itself took a step of size 0.005, before the error went back through it. Leave '
    "params as they are; the update is the next exercise."
)
def back_updated_in_place(X, y, params, cache):
    return _stepped(X, y, params, cache, 0.005)


@backward.mistake(
    'params["W2"] itself took a step of size 0.1, before the error went back through it. Leave '
    "params as they are; the update is the next exercise."
)
def back_updated_in_place_by_a_tenth(X, y, params, cache):
    return _stepped(X, y, params, cache, 0.1)


@backward.mistake(
    "The gradients are right, but the arrays in params are changed. backward only returns "
    "gradients; new parameters are made in the next exercise."
)
def back_and_update(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    for name in params:
        params[name] -= 0.1 * grads[f"d{name}"]
    return grads


@backward.mistake(
    "The gradients are right, but something in cache was changed in place, as -= or *= does. Make "
    'a new array: dZ2 = cache["A2"] - y.'
)
def back_in_place(X, y, params, cache):
    grads = backward.reference(X, y, params, cache)
    cache["A2"] -= y
    return grads


@backward.mistake(
    "All gradients are twice too large: dZ2 is A2 − y. A 2 belongs to the squared error, which is "
    "another loss."
)
def back_doubled(X, y, params, cache):
    return _backward(X, y, params, cache, error=lambda A2, y: 2 * (A2 - y))


@backward.mistake(
    "dZ1 holds True and False: the comparison is made last. Put parentheses around the mask, "
    "dA1 * (Z1 > 0)."
)
def back_mask_without_parentheses(X, y, params, cache):
    return _backward(X, y, params, cache, through=lambda dA, Z: dA * Z > 0)


@backward.mistake(
    "The mask asks once for all examples: is the neuron open in any? A gate belongs to a neuron "
    "and an example: use (Z1 > 0) itself."
)
def back_mask_for_all(X, y, params, cache):
    return _backward(X, y, params, cache, through=lambda dA, Z: dA * (Z > 0).any(axis=0))


@backward.mistake("The sign of the first error is lost. dZ2 is A2 − y, without absolute value.")
def back_without_sign(X, y, params, cache):
    return _backward(X, y, params, cache, error=lambda A2, y: abs(A2 - y))


@backward.variant
def back_mean_folded_in(X, y, params, cache):
    dZ2 = (cache["A2"] - y) / y.shape[0]
    dZ1 = np.dot(dZ2, params["W2"].T)
    dZ1[cache["A1"] == 0] = 0
    return {
        "dW2": np.dot(cache["A1"].T, dZ2),
        "db2": np.sum(dZ2, axis=0, keepdims=True),
        "dW1": np.dot(X.T, dZ1),
        "db1": np.sum(dZ1, axis=0, keepdims=True),
    }


@backward.variant
def back_with_more_keys(X, y, params, cache):
    dZ2 = output_error.reference(cache["A2"], y)
    dW2, db2 = output_gradients.reference(cache["A1"], dZ2)
    dZ1 = hidden_error.reference(dZ2, params["W2"], cache["Z1"])
    dW1, db1 = output_gradients.reference(X, dZ1)
    return {"dZ2": dZ2, "dZ1": dZ1, "dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


@backward.variant
def back_computed_anew(X, y, params, cache):
    return true_backward(X, y, params, forward(X, params)[1])


# 5.8 ---------------------------------------------------------------------------------------------


def steps_downhill(rng: np.random.Generator) -> list[Case]:
    """Make parameters and gradients; once the gradients come in the order of the way back."""
    cases = []
    for (n, h, k), lr in (((3, 2, 1), 0.1), ((2, 4, 1), 0.005), ((4, 3, 2), 0.5)):
        params, slopes = network_params(rng, n, h, k), network_params(rng, n, h, k)
        grads = {f"d{name}": value for name, value in slopes.items()}
        cases.append((params, grads, lr))
    params, grads, _ = cases[0]
    backwards = {key: grads[key] for key in ("dW2", "db2", "dW1", "db1")}
    flat = {key: np.zeros_like(value) for key, value in grads.items()}
    return [*cases, (params, backwards, 0.25), (params, flat, 1.0)]


@exercise(
    "5.8",
    "one step of gradient descent",
    cases=steps_downhill,
    hints=(
        "Downhill is against the gradient. Make a new dict, and fill it parameter by parameter.",
        "new P = P − lr · dP, for each of W1, b1, W2 and b2",
        "return {name: P - lr * grads[____] for name, P in params.items()}",
    ),
)
def update(params, grads, lr):
    return {name: P - lr * grads[f"d{name}"] for name, P in params.items()}


@update.mistake("This goes uphill: the step is added. Subtract it: P − lr · dP.")
def step_uphill(params, grads, lr):
    return update.reference(params, grads, -lr)


@update.mistake("The learning rate is missing: subtract lr · dP, not dP itself.")
def step_without_rate(params, grads, lr):
    return update.reference(params, grads, 1)


@update.mistake("The gradient is divided by the learning rate. Multiply: lr · dP.")
def step_over_rate(params, grads, lr):
    return update.reference(params, grads, 1 / lr)


@update.mistake(
    "The new values are right, but they replace the caller's. Fill a new dict, "
    "new[name] = P - lr * dP. No -= here: it writes into the caller's array, even from a copied "
    "dict."
)
def step_in_place(params, grads, lr):
    for name in params:
        params[name] -= lr * grads[f"d{name}"]
    return params


@update.mistake(
    "The new values are right, but the caller's gradients are changed: *= or -= works in place. "
    "Write lr * dP."
)
def step_scales_the_gradients(params, grads, lr):
    for dP in grads.values():
        dP *= lr
    return {name: P - grads[f"d{name}"] for name, P in params.items()}


@update.mistake("The biases stay as they were. They are parameters too: update all four.")
def step_of_weights_only(params, grads, lr):
    return {k: v if "b" in k else v - lr * grads[f"d{k}"] for k, v in params.items()}


@update.mistake("The biases are missing in the new dict. Update all four: W1, b1, W2 and b2.")
def step_without_biases(params, grads, lr):
    new = update.reference(params, grads, lr)
    return {k: v for k, v in new.items() if "W" in k}


@update.mistake("Only the first parameter comes back. Is return inside the loop? Move it out.")
def step_returned_in_the_loop(params, grads, lr):
    return dict([*update.reference(params, grads, lr).items()][:1])


@update.mistake("This is the step, lr · dP. Subtract it from the parameters: P − lr · dP.")
def step_alone(params, grads, lr):
    return {name: lr * grads[f"d{name}"] for name in params}


@update.mistake("The parameters come back as they were. Subtract lr · dP from each.")
def step_not_taken(params, grads, lr):
    return dict(params)


@update.mistake(
    "The learning rate multiplies the parameter as well. It belongs to the gradient only."
)
def step_scales_everything(params, grads, lr):
    return {name: lr * (P - grads[f"d{name}"]) for name, P in params.items()}


@update.mistake('The keys should be those of params, "W1" and so on, without the d.')
def step_with_the_keys_of_gradients(params, grads, lr):
    return {f"d{name}": P for name, P in update.reference(params, grads, lr).items()}


@update.mistake('The gradient of "W1" is found under "dW1". Put a d before the name: "d" + name.')
def step_without_the_d(params, grads, lr):
    return {name: P - lr * grads[name] for name, P in params.items()}


@update.mistake(
    "Parameters and gradients are matched by their position. Their order may differ: look each "
    'gradient up by its name, "d" + name.'
)
def step_by_position(params, grads, lr):
    pairs = zip(params.items(), grads.values(), strict=True)
    return {name: P - lr * dP for (name, P), dP in pairs}


@update.mistake("The learning rate is always 0.005. Use the lr of the call.")
def step_with_fixed_rate(params, grads, lr):
    return update.reference(params, grads, 0.005)


@update.mistake("lr and the gradient are both subtracted. The step is their product: lr · dP.")
def step_subtracts_both(params, grads, lr):
    return {name: P - lr - grads[f"d{name}"] for name, P in params.items()}


@update.mistake("The step is divided by 2. The batch is averaged already: subtract lr · dP.")
def step_halved(params, grads, lr):
    return update.reference(params, grads, lr / 2)


@update.mistake("Return a dict with the keys of params, not a tuple of arrays.")
def step_as_a_tuple(params, grads, lr):
    return tuple(update.reference(params, grads, lr).values())


@update.mistake("b1 stays as it was. The rule is for all four parameters.")
def step_without_b1(params, grads, lr):
    return {**update.reference(params, grads, lr), "b1": params["b1"]}


@update.mistake("Only W2 and b2 take the step. W1 and b1 take it too.")
def step_of_the_last_layer(params, grads, lr):
    new = update.reference(params, grads, lr)
    return {**params, "W2": new["W2"], "b2": new["b2"]}


@update.mistake("Every parameter shrinks by the factor 1 − lr. Subtract lr times its gradient.")
def step_that_only_shrinks(params, grads, lr):
    return {name: P * (1 - lr) for name, P in params.items()}


@update.variant
def step_by_four_lines(params, grads, lr):
    return {
        "W1": params["W1"] - lr * grads["dW1"],
        "b1": params["b1"] - lr * grads["db1"],
        "W2": params["W2"] - lr * grads["dW2"],
        "b2": params["b2"] - lr * grads["db2"],
    }


@update.variant
def step_in_a_deep_copy(params, grads, lr):
    new = copy.deepcopy(params)
    for name in new:
        new[name] -= lr * grads["d" + name]
    return new


@update.variant
def step_by_the_gradients(params, grads, lr):
    new = {}
    for key, dP in grads.items():
        new[key[1:]] = params[key[1:]] + -lr * dP
    return new


# 5.9 ---------------------------------------------------------------------------------------------


def _asd_loss(p):
    """Compute the loss of the 4-3-1 network, much faster than a forward pass that checks shapes."""
    X, y, _ = asd_batch()
    a = sigmoid(np.maximum(X @ p["W1"] + p["b1"], 0) @ p["W2"] + p["b2"])
    return float(-np.mean(np.log(np.where(y == 1, a, 1 - a))))


_LOSS = {
    Code("lambda p: np.sum(p['W'] ** 2) + 3 * np.sum(p['b'] ** 2)"): lambda p: float(
        np.sum(p["W"] ** 2) + 3 * np.sum(p["b"] ** 2)
    ),
    Code("lambda p: np.sum(p['W'] ** 2) * (1 + p['b'][0, 0])"): lambda p: float(
        np.sum(p["W"] ** 2) * (1 + p["b"][0, 0])
    ),
    Code("lambda p: np.sum(p['W'] ** 3) + np.sum(p['b'])"): lambda p: float(
        np.sum(p["W"] ** 3) + np.sum(p["b"])
    ),
    Code("lambda p: reference.bce(y, reference.forward(X, p)[0])"): _asd_loss,
}
FINE = 1e-4  # below, gradients agree; rounding errors make the exact number a matter of chance


def right_and_wrong_gradients(rng: np.random.Generator) -> list[Case]:
    """Make gradients that are right, and some that are wrong in one place only."""
    squares, coupled, cubes, network = _LOSS
    p = {"W": fractions(rng, 2, 3), "b": fractions(rng, 1, 3)}
    right = {"dW": 2 * p["W"], "db": 6 * p["b"]}

    def wrong(key: str, place: tuple[int, int], factor: float) -> dict:
        grads = {name: value.copy() for name, value in right.items()}
        grads[key][place] *= factor
        return grads

    zero = {"W": np.array([[0.5, 0.0], [-1.5, 0.02]]), "b": np.array([[0.0, 0.25]])}
    for_zero = {"dW": 2 * zero["W"], "db": 6 * zero["b"]}
    together = {"dW": 2 * zero["W"], "db": np.array([[np.sum(zero["W"] ** 2).round(6), 0.0]])}
    small = {name: value.copy() for name, value in for_zero.items()}
    small["dW"][1, 1] = 0.01
    lost, invented = ({n: v.copy() for n, v in for_zero.items()} for _ in range(2))
    lost["dW"][1, 0], invented["db"][0, 0] = 0.0, 0.25
    noise = {name: value.copy() for name, value in for_zero.items()}
    noise["dW"][0, 1] = 1e-13
    tiny = {"W": np.array([[2e-6, 0.5]]), "b": np.array([[0.25, -1.0]])}
    for_tiny = {"db": 6 * tiny["b"], "dW": 2 * tiny["W"]}
    halved = {"db": 6 * tiny["b"], "dW": np.array([[2e-6, 1.0]])}
    X, y, params = asd_batch()
    grads = {k: v.round(5) for k, v in true_backward(X, y, params, forward(X, params)[1]).items()}
    return [
        (squares, p, right),
        (squares, p, right, 0.5),
        (squares, p, wrong("dW", (0, 0), 2.0)),
        (squares, p, wrong("dW", (1, 2), 0.75)),
        (squares, p, wrong("db", (0, 2), 1.25)),
        (squares, p, wrong("db", (0, 0), -1.0)),
        (squares, zero, for_zero),
        (squares, zero, small),
        (squares, zero, lost),
        (squares, zero, invented),
        (coupled, zero, together, 0.5),
        (cubes, p, {"dW": 3 * p["W"] ** 2, "db": np.ones((1, 3))}, 0.5),
        (network, params, {**grads, "dW2": 2 * grads["dW2"]}),
        (squares, zero, noise),
        (squares, tiny, for_tiny, 0.5),
        (squares, tiny, halved, 0.5),
    ]


def threshold(answer, *_):
    """Call everything below the threshold 0; how small it is depends on rounding errors."""
    if isinstance(answer, bool):
        raise ValueError(
            "The answer is True or False. Return the worst relative difference itself, a number."
        )
    number = np.asarray(answer, dtype=float) if not isinstance(answer, dict | str) else None
    if number is None or number.ndim:
        return answer
    return 0.0 if 0 <= number < FINE else answer


def _measured(loss, params, h, slope=None):
    """Measure every number's slope, with the central difference or with `slope`."""
    slope = slope or (lambda f, h: (f(h) - f(-h)) / (2 * h))
    measured = {}
    for name, P in params.items():
        dP = np.empty_like(P)
        for place in np.ndindex(P.shape):

            def nudged(by, name=name, place=place):
                copied = {key: value.copy() for key, value in params.items()}
                copied[name][place] += by
                return loss(copied)

            dP[place] = slope(nudged, h)
        measured[f"d{name}"] = dP
    return measured


def _relative(a, n):
    return np.abs(a - n) / np.maximum(np.maximum(np.abs(a), np.abs(n)), 1e-8)


def _checked(
    loss, params, grads, h, *, slope=None, ratio=_relative, worst=np.max, keys=slice(None)
):
    """Check gradients; each part can be replaced by a wrong one."""
    measured = _measured(loss, params, h, slope)
    names = [*measured][keys]
    return float(worst(np.concatenate([ratio(grads[k], measured[k]).ravel() for k in names])))


@exercise(
    "5.9",
    "check gradients by measuring them",
    cases=right_and_wrong_gradients,
    hints=(
        "Three loops in one: over the names, over the places of an array (np.ndindex), and up and "
        "down by h. Nudge one number of a copy, and call loss on that copy.",
        "n = (loss with +h − loss with −h) / (2h), for one number at a time. Its relative "
        "difference to g is |g − n| / max(|g|, |n|, 1e-8). Return the largest of all.",
        "copied = {k: v.copy() for k, v in params.items()}\ncopied[name][place] += h\n"
        "up = loss(____)",
    ),
    adapter=adapters.with_function(_LOSS),
    view=threshold,
    tolerance=Tolerance(rtol=5e-3, atol=1e-4),
)
def gradient_check(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h)


@gradient_check.mistake(
    "The slopes are measured to one side only: (loss with +h − loss) / h. Nudge up and down, and "
    "divide by 2h."
)
def checked_to_one_side(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: (f(h) - f(0)) / h)


@gradient_check.mistake(
    "The measured slopes are twice too large: up and down lie 2h apart. Divide by 2 * h."
)
def checked_over_h(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: (f(h) - f(-h)) / h)


@gradient_check.mistake("The measured slopes have the wrong sign: loss with +h minus loss with −h.")
def checked_sign(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: (f(-h) - f(h)) / (2 * h))


@gradient_check.mistake(
    "Every measured slope is 0: the two losses are the same. Is the nudged copy what you pass to "
    "loss, and is one nudge +h, the other −h?"
)
def checked_without_a_nudge(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: 0.0)


@gradient_check.mistake(
    "The differences are multiplied by h: / 2 * h goes from left to right. Put parentheses around "
    "(2 * h)."
)
def checked_without_parentheses(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: (f(h) - f(-h)) / 2 * h)


@gradient_check.mistake(
    "All numbers of an array are nudged at once: that measures the sum of their slopes. Nudge one "
    "number at a time."
)
def checked_all_at_once(loss, params, grads, h=1e-6):
    def slope_of_all(name):
        def nudged(by):
            return loss({k: v + by if k == name else v for k, v in params.items()})

        return (nudged(h) - nudged(-h)) / (2 * h)

    return max(_relative(grads[f"d{k}"], slope_of_all(k)).max() for k in params)


@gradient_check.mistake("h is ignored: the same small nudge is used in every call. Use h.")
def checked_with_fixed_step(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, 1e-6)


@gradient_check.mistake(
    "This is the absolute difference. Divide each by max(|a|, |n|, 1e-8): gradients come in all "
    "sizes."
)
def checked_absolutely(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, ratio=lambda a, n: np.abs(a - n))


@gradient_check.mistake(
    "The floor is missing: where both slopes are 0 you divide 0 by 0, and two tiny slopes look "
    "100 % wrong. Divide by max(|a|, |n|, 1e-8)."
)
def checked_without_floor(loss, params, grads, h=1e-6):
    return _checked(
        loss, params, grads, h, ratio=lambda a, n: abs(a - n) / np.maximum(abs(a), abs(n))
    )


@gradient_check.mistake(
    "The difference is divided by the given slope |a| only. Take the larger of |a| and |n|."
)
def checked_relative_to_given(loss, params, grads, h=1e-6):
    return _checked(
        loss, params, grads, h, ratio=lambda a, n: abs(a - n) / np.maximum(abs(a), 1e-8)
    )


@gradient_check.mistake(
    "The difference is divided by the measured slope |n| only. Take the larger of |a| and |n|."
)
def checked_relative_to_measured(loss, params, grads, h=1e-6):
    return _checked(
        loss, params, grads, h, ratio=lambda a, n: abs(a - n) / np.maximum(abs(n), 1e-8)
    )


@gradient_check.mistake(
    "The difference is divided by the sum |a| + |n|. Divide by the larger of the two."
)
def checked_relative_to_sum(loss, params, grads, h=1e-6):
    return _checked(
        loss, params, grads, h, ratio=lambda a, n: abs(a - n) / np.maximum(abs(a) + abs(n), 1e-8)
    )


@gradient_check.mistake(
    "1 is the smallest divisor here, so small gradients are compared absolutely. The floor is "
    "1e-8: max(|a|, |n|, 1e-8)."
)
def checked_with_floor_one(loss, params, grads, h=1e-6):
    return _checked(
        loss,
        params,
        grads,
        h,
        ratio=lambda a, n: abs(a - n) / np.maximum(np.maximum(abs(a), abs(n)), 1),
    )


@gradient_check.mistake(
    "This compares the lengths of all gradients together, so one wrong number hides among many. "
    "Return the worst of the single relative differences."
)
def checked_by_norms(loss, params, grads, h=1e-6):
    measured = _measured(loss, params, h)
    a, n = (np.concatenate([g[f"d{k}"].ravel() for k in params]) for g in (grads, measured))
    return np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n))


@gradient_check.mistake(
    "This is the mean of the differences. One wrong number must show: the worst."
)
def checked_on_average(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, worst=np.mean)


@gradient_check.mistake(
    "No wrong gradient is found: the answer is always next to 0. Is a new maximum stored, "
    "worst = max(worst, …)? Return the largest difference, not the smallest."
)
def checked_at_best(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, worst=np.min)


@gradient_check.mistake("The differences are added up. Return the largest of them.")
def checked_in_sum(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, worst=np.sum)


@gradient_check.mistake(
    "Only slopes that are too large are found: the bars are missing. Take |g − n|."
)
def checked_without_bars(loss, params, grads, h=1e-6):
    ratio = lambda a, n: (a - n) / np.maximum(np.maximum(abs(a), abs(n)), 1e-8)  # noqa: E731
    return _checked(loss, params, grads, h, ratio=ratio, worst=lambda r: max(0.0, r.max()))


@gradient_check.mistake(
    "Only the first parameter is checked. Is return inside the loop? Go through all names."
)
def checked_first_parameter(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, keys=slice(1))


@gradient_check.mistake(
    "Only the last parameter counts: the worst so far is overwritten. Keep the larger: "
    "worst = max(worst, …)."
)
def checked_last_parameter(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, keys=slice(-1, None))


@gradient_check.mistake(
    "Only the very first number is checked. Go through all places of all arrays before you return."
)
def checked_first_number(loss, params, grads, h=1e-6):
    name = next(iter(params))
    return _relative(grads[f"d{name}"], _measured(loss, params, h)[f"d{name}"]).ravel()[0]


@gradient_check.mistake(
    "Only the first number of each array is checked. Go through all places: np.ndindex(P.shape)."
)
def checked_first_numbers(loss, params, grads, h=1e-6):
    n = _measured(loss, params, h)
    return max(_relative(grads[f"d{k}"], n[f"d{k}"]).ravel()[0] for k in params)


@gradient_check.mistake(
    "Only the very last number counts: the worst so far is overwritten. Keep the larger: "
    "worst = max(worst, …)."
)
def checked_last_number(loss, params, grads, h=1e-6):
    name = [*params][-1]
    return _relative(grads[f"d{name}"], _measured(loss, params, h)[f"d{name}"]).ravel()[-1]


def _nudging_the_original(loss, params, grads, h, back):
    worst = 0.0
    for name, P in params.items():
        for place in np.ndindex(P.shape):
            P[place] += h
            up = loss(params)
            P[place] -= 2 * h
            down = loss(params)
            P[place] += back
            ratio = _relative(grads[f"d{name}"][place], (up - down) / (2 * h))
            worst = max(worst, float(ratio))
    return worst


@gradient_check.mistake(
    "The caller's own numbers are nudged: += and -= lose their last digits, and params.copy() "
    "shares the arrays. Copy each array: v.copy()."
)
def checked_on_the_original(loss, params, grads, h=1e-6):
    return _nudging_the_original(loss, params, grads, h, h)


@gradient_check.mistake(
    "The caller's own numbers are nudged, and stay nudged. Copy each array, v.copy(), for every "
    "nudge."
)
def checked_and_left_nudged(loss, params, grads, h=1e-6):
    return _nudging_the_original(loss, params, grads, h, 0.0)


@gradient_check.mistake(
    "The nudges of earlier numbers are still in the copy. Make a fresh copy for every number, or "
    "put the old value back."
)
def checked_with_old_nudges(loss, params, grads, h=1e-6):
    copied = {name: P.copy() for name, P in params.items()}
    return _nudging_the_original(loss, copied, grads, h, 0.0)


@gradient_check.mistake(
    'The gradient of "W" is found under "dW". Put a d before the name: "d" + name.'
)
def checked_without_the_d(loss, params, grads, h=1e-6):
    measured = _measured(loss, params, h)
    return max(_relative(grads[k], measured[f"d{k}"]).max() for k in params)


@gradient_check.mistake(
    "loss needs the dict with all parameters, nudged in one place. It got an array instead."
)
def checked_on_an_array(loss, params, grads, h=1e-6):
    return loss(params[next(iter(params))].copy())


@gradient_check.mistake(
    "Only the weights are checked: names that begin with W. Biases have gradients too."
)
def checked_weights_only(loss, params, grads, h=1e-6):
    n = _measured(loss, params, h)
    names = [k for k in params if k.startswith("W")]
    return max(_relative(grads[f"d{k}"], n[f"d{k}"]).max() for k in names)


@gradient_check.mistake(
    "Compare nothing with a threshold here: return the worst difference itself."
)
def checked_yes_or_no(loss, params, grads, h=1e-6):
    return gradient_check.reference(loss, params, grads, h) > FINE


@gradient_check.mistake(
    "The divisor lacks its bars: for two negative slopes the larger of them is not the larger in "
    "size. max(|a|, |n|, 1e-8)."
)
def checked_without_bars_below(loss, params, grads, h=1e-6):
    return _checked(
        loss,
        params,
        grads,
        h,
        ratio=lambda a, n: np.abs(a - n) / np.maximum(np.maximum(a, n), 1e-8),
    )


@gradient_check.mistake(
    "The difference is divided by the mean of |a| and |n|. Divide by the larger of the two."
)
def checked_relative_to_mean(loss, params, grads, h=1e-6):
    return _checked(
        loss,
        params,
        grads,
        h,
        ratio=lambda a, n: abs(a - n) / np.maximum((abs(a) + abs(n)) / 2, 1e-8),
    )


@gradient_check.mistake(
    "The difference is divided by |a| alone, and a may be 0. Divide by max(|a|, |n|, 1e-8)."
)
def checked_relative_to_given_without_floor(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, ratio=lambda a, n: abs(a - n) / abs(a))


@gradient_check.mistake(
    "The difference is divided by |n| alone, and n may be 0. Divide by max(|a|, |n|, 1e-8)."
)
def checked_relative_to_measured_without_floor(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, ratio=lambda a, n: abs(a - n) / abs(n))


@gradient_check.mistake(
    "The measured slope is half of a one-sided one. If you divide by 2h, one loss needs x + h and "
    "the other x − h. After += h, going down takes -= 2 * h."
)
def checked_back_to_the_middle(loss, params, grads, h=1e-6):
    return _checked(loss, params, grads, h, slope=lambda f, h: (f(h) - f(0)) / (2 * h))


@gradient_check.mistake(
    "params.copy() shares its arrays: the nudges up and down meet in one array, and it is the "
    "caller's. Copy each array: v.copy()."
)
def checked_on_shared_arrays(loss, params, grads, h=1e-6):
    worst = 0.0
    for name in params:
        for place in np.ndindex(params[name].shape):
            up, down = params.copy(), params.copy()
            up[name][place] += h
            down[name][place] -= h
            n = (loss(up) - loss(down)) / (2 * h)
            worst = max(worst, float(_relative(grads[f"d{name}"][place], n)))
    return worst


@gradient_check.mistake(
    "The names are written into the function. Any dict may come: go through the names in params."
)
def checked_under_fixed_names(loss, params, grads, h=1e-6):
    fixed = {name: params[name] for name in ("W1", "b1", "W2", "b2")}
    return _checked(loss, fixed, grads, h)


@gradient_check.mistake(
    "loss needs all parameters, and got one of them. Pass the whole dict: {**params, name: nudged}."
)
def checked_on_part_of_the_dict(loss, params, grads, h=1e-6):
    return max(loss({name: P + h}) for name, P in params.items())


@gradient_check.mistake("These are all the differences. Return the worst of them, one number.")
def checked_one_by_one(loss, params, grads, h=1e-6):
    measured = _measured(loss, params, h)
    return np.concatenate([_relative(grads[k], n).ravel() for k, n in measured.items()])


@gradient_check.mistake(
    "The floor below the line is missing: two tiny slopes look 100 % wrong, though they differ by "
    "next to nothing. Divide by max(|a|, |n|, 1e-8)."
)
def checked_with_zeros_skipped(loss, params, grads, h=1e-6):
    def ratio(a, n):
        larger = np.maximum(abs(a), abs(n))
        return np.where(larger == 0, 0, abs(a - n) / np.where(larger == 0, 1, larger))

    return _checked(loss, params, grads, h, ratio=ratio)


@gradient_check.mistake(
    "The floor below the line is 1e-4: wrong gradients that are small get through. It is 1e-8."
)
def checked_with_high_floor(loss, params, grads, h=1e-6):
    def ratio(a, n):
        return abs(a - n) / np.maximum(np.maximum(abs(a), abs(n)), 1e-4)

    return _checked(loss, params, grads, h, ratio=ratio)


@gradient_check.mistake(
    "Parameters and gradients are matched by their position. Their order may differ: look each "
    'gradient up by its name, grads["d" + name].'
)
def checked_by_position(loss, params, grads, h=1e-6):
    named = {f"d{name}": a for name, a in zip(params, grads.values(), strict=True)}
    return gradient_check.reference(loss, params, named, h)


@gradient_check.variant
def checked_with_restored_values(loss, params, grads, h=1e-6):
    p = copy.deepcopy(params)
    worst = 0
    for name in p:
        for i in range(p[name].shape[0]):
            for j in range(p[name].shape[1]):
                old = p[name][i, j]
                p[name][i, j] = old + h
                up = loss(p)
                p[name][i, j] = old - h
                down = loss(p)
                p[name][i, j] = old
                n, a = (up - down) / (2 * h), grads["d" + name][i, j]
                worst = max(worst, abs(a - n) / max(abs(a), abs(n), 1e-8))
    return worst


@gradient_check.variant
def checked_with_flat_arrays(loss, params, grads, h=1e-6):
    found = []
    for name, P in params.items():
        for i, a in enumerate(grads[f"d{name}"].ravel()):
            nudge = np.zeros(P.size)
            nudge[i] = h
            nudge = nudge.reshape(P.shape)
            up, down = (loss({**params, name: P + s * nudge}) for s in (1, -1))
            n = (up - down) / h / 2
            found.append(abs(a - n) / max(abs(a), abs(n), 1e-8))
    return np.max(found)


@gradient_check.variant
def checked_with_floor_added(loss, params, grads, h=1e-6):
    return _checked(
        loss, params, grads, h, ratio=lambda a, n: abs(a - n) / (np.maximum(abs(a), abs(n)) + 1e-8)
    )


# 5.10 --------------------------------------------------------------------------------------------

_SLOPE: dict[str, Callable] = {
    "relu": lambda Z: (Z > 0).astype(float),
    "sigmoid": sigmoid_derivative,
    "tanh": tanh_derivative,
    "linear": np.ones_like,
}


def deep_networks(rng: np.random.Generator) -> list[Case]:
    """Make networks of one to four layers that have just run forward, every name among them."""
    shapes = [
        # Small ones of every name first: their calls, with all digits, can be pasted.
        ((3, 2, 2, 1), ("relu", "sigmoid")),
        ((3, 3, 2, 1), ("tanh", "sigmoid")),
        ((3, 3, 2, 1), ("sigmoid", "sigmoid")),
        ((3, 3, 2, 1), ("linear", "sigmoid")),
        ((3, 2, 3, 2, 1), ("relu", "relu", "sigmoid")),
        ((3, 2, 2, 3, 1), ("relu", "tanh", "sigmoid")),
        ((3, 3, 2, 2), ("relu", "sigmoid")),
        ((7, 3, 2, 4, 1), ("tanh", "relu", "sigmoid")),
        ((5, 4, 1), ("sigmoid",)),
        ((5, 2, 4, 3, 2, 1), ("relu", "linear", "sigmoid", "sigmoid")),
        ((7, 4, 2, 3), ("tanh", "sigmoid")),
        # All sizes alike: wrong products fit here, and differ.
        ((3, 3, 3, 3), ("tanh", "sigmoid")),
    ]
    cases = []
    for (m, *sizes), names in shapes:
        X = fractions(rng, m, sizes[0], parts=2)
        X[0] = 0.0
        layers = [
            (fractions(rng, n, k, parts=2), fractions(rng, 1, k, parts=2), name)
            for n, k, name in zip(sizes, sizes[1:], names)
        ]
        layers[0][1][0, 0] = 0.0  # so the first sum of the first example is 0
        cases.append((X, labels(rng, m, sizes[-1]), layers, forward_deep(X, layers)[1]))
    return cases


def _deep(
    X,
    y,
    layers,
    caches,
    *,
    error=lambda A, y: A - y,
    slope=lambda i, layers, caches: _SLOPE[layers[i][2]](caches[i][0]),
    gather=_averaged,
    inputs=lambda i, X, caches: caches[i - 1][1] if i else X,
    back=lambda dZ: dZ,
    carry=lambda dZ, i, layers: dZ @ layers[i][0].T,
):
    """Go back through all layers; each part can be replaced by a wrong one."""
    dZ = error(caches[-1][1], y)
    grads = []
    for i in reversed(range(len(layers))):
        grads.insert(0, gather(inputs(i, X, caches), dZ))
        if i:
            dZ = back(carry(dZ, i, layers) * slope(i - 1, layers, caches))
    return grads


@exercise(
    "5.10",
    "backward at any depth",
    cases=deep_networks,
    hints=(
        "Loop from the last layer to the first. In each round: this layer's dW and db, then the "
        "error of the layer before it. What goes into layer i? The A of layer i − 1, or X.",
        "dW = A_beforeᵀ dZ / m; db = mean of dZ; then dZ_before = (dZ Wᵀ) ∗ slope(Z_before). The "
        "slope belongs to the name and the Z of the layer before.",
        "for i in reversed(range(len(layers))):\n    A_before = caches[____][1] if i > 0 else X",
    ),
)
def backward_deep(X, y, layers, caches):
    return _deep(X, y, layers, caches)


def _deep_with_slopes(X, y, layers, caches, **slopes):
    def slope(i, layers, caches):
        name, (Z, A) = layers[i][2], caches[i]
        return slopes[name](Z, A) if name in slopes else _SLOPE[name](Z)

    return _deep(X, y, layers, caches, slope=slope)


@backward_deep.mistake(
    "The list begins with the last layer. The first layer comes first: insert(0, …), or reverse it."
)
def deep_back_to_front(X, y, layers, caches):
    return _deep(X, y, layers, caches)[::-1]


@backward_deep.mistake(
    "The caches are off by one: dW of a layer needs the A that goes into it, caches[i - 1][1], not "
    "the one that comes out."
)
def deep_with_own_activations(X, y, layers, caches):
    return _deep(X, y, layers, caches, inputs=lambda i, X, caches: caches[i][1])


@backward_deep.mistake(
    "The first layer gets the network's output as its input: for i = 0, caches[i - 1] is "
    "caches[-1], the last. What goes into it is X."
)
def deep_wraps_around(X, y, layers, caches):
    return _deep(X, y, layers, caches, inputs=lambda i, X, caches: caches[i - 1][1])


@backward_deep.mistake(
    "dW is made with the sums Z of the layer before. What goes into a layer are activations: A."
)
def deep_with_sums(X, y, layers, caches):
    return _deep(X, y, layers, caches, inputs=lambda i, X, caches: caches[i - 1][0] if i else X)


@backward_deep.mistake("Every layer gets X as its input. That is true of the first one only.")
def deep_with_inputs_everywhere(X, y, layers, caches):
    return _deep(X, y, layers, caches, inputs=lambda i, X, caches: X)


@backward_deep.mistake(
    "The slopes of the hidden activations are missing. The error is multiplied by slope(Z) of the "
    "layer where it arrives."
)
def deep_without_slopes(X, y, layers, caches):
    return _deep(X, y, layers, caches, slope=lambda i, layers, caches: 1)


@backward_deep.mistake(
    "Every hidden layer gets ReLU's slope. Look at the name: sigmoid, tanh and linear have others."
)
def deep_always_relu_slope(X, y, layers, caches):
    return _deep(X, y, layers, caches, slope=lambda i, layers, caches: caches[i][0] > 0)


@backward_deep.mistake(
    "The slope is that of the wrong name. The error arrives at the layer before: use "
    "layers[i - 1][2] with its Z."
)
def deep_slope_of_next_name(X, y, layers, caches):
    return _deep(
        X,
        y,
        layers,
        caches,
        slope=lambda i, layers, caches: _SLOPE[layers[i + 1][2]](caches[i][0]),
    )


@backward_deep.mistake(
    "The slope is taken at the Z of the layer that the error leaves. It arrives at the one before: "
    "caches[i - 1][0]."
)
def deep_slope_of_next_sums(X, y, layers, caches):
    return _deep(
        X,
        y,
        layers,
        caches,
        slope=lambda i, layers, caches: _SLOPE[layers[i][2]](caches[i + 1][0]),
    )


@backward_deep.mistake(
    "Slope and Z are both those of the layer that the error leaves. It arrives at the one before: "
    "index i - 1."
)
def deep_slope_of_next_layer(X, y, layers, caches):
    return _deep(
        X,
        y,
        layers,
        caches,
        slope=lambda i, layers, caches: _SLOPE[layers[i + 1][2]](caches[i + 1][0]),
    )


_BY_OUTPUT: dict[str, Callable] = {  # the same slopes, made from the activations
    "relu": lambda Z, A: Z > 0,
    "sigmoid": lambda Z, A: A * (1 - A),
    "tanh": lambda Z, A: 1 - A**2,
    "linear": lambda Z, A: 1,
}


@backward_deep.mistake(
    "The slope's name is that of the layer that the error leaves. It arrives one layer earlier: "
    "take layers[i - 1][2], with caches[i - 1]."
)
def deep_output_slope_of_next_name(X, y, layers, caches):
    def slope(i, layers, caches):
        return _BY_OUTPUT[layers[i + 1][2]](*caches[i])

    return _deep(X, y, layers, caches, slope=slope)


@backward_deep.mistake(
    "The slope is made from the Z and A of the layer that the error leaves. It arrives one layer "
    "earlier: caches[i - 1]."
)
def deep_output_slope_of_next_cache(X, y, layers, caches):
    def slope(i, layers, caches):
        return _BY_OUTPUT[layers[i][2]](*caches[i + 1])

    return _deep(X, y, layers, caches, slope=slope)


@backward_deep.mistake(
    "The error is multiplied by a slope before it goes back through W. First dZ @ W.T, then the "
    "slope of the layer where it arrives."
)
def deep_slope_before_the_weights(X, y, layers, caches):
    dZ, grads = caches[-1][1] - y, []
    for i in reversed(range(len(layers))):
        W, _, name = layers[i]
        grads.insert(0, _averaged(caches[i - 1][1] if i else X, dZ))
        dZ = (dZ * _SLOPE[name](caches[i][0])) @ W.T
    return grads


@backward_deep.mistake(
    "Z and A are swapped where a cache is taken apart. Each is (Z, A): Z, A = caches[i - 1]."
)
def deep_swapped_caches(X, y, layers, caches):
    turned = [(A, Z) for Z, A in caches]
    return _deep(
        X,
        y,
        layers,
        caches,
        slope=lambda i, layers, _: _BY_OUTPUT[layers[i][2]](*turned[i]),
        inputs=lambda i, X, _: turned[i - 1][1] if i else X,
    )


@backward_deep.mistake(
    "The slopes of sigmoid and tanh are made from Z. They take the output: A(1 − A) and 1 − A²."
)
def deep_slopes_of_sums(X, y, layers, caches):
    def slope(i, layers, caches):
        return _BY_OUTPUT[layers[i][2]](*caches[i][::-1])

    return _deep(X, y, layers, caches, slope=slope)


@backward_deep.mistake(
    'Every name but "relu" gets the sigmoid\'s slope. tanh has 1 − A², and linear has 1.'
)
def deep_relu_or_sigmoid(X, y, layers, caches):
    def other(Z, A):
        return A * (1 - A)

    return _deep_with_slopes(X, y, layers, caches, tanh=other, linear=other)


@backward_deep.mistake(
    "The loop goes from the first layer to the last. The output's error belongs to the last layer: "
    "begin there, reversed(range(len(layers)))."
)
def deep_front_to_back(X, y, layers, caches):
    dZ, grads = caches[-1][1] - y, []
    for i in range(len(layers)):
        grads.append(_averaged(caches[i - 1][1] if i else X, dZ))
        if i:
            dZ = dZ @ layers[i][0].T * _SLOPE[layers[i - 1][2]](caches[i - 1][0])
    return grads


@backward_deep.mistake(
    "The error goes back through the gradient dW. It must go through the weights: dZ @ W.T, with "
    "W = layers[i][0]."
)
def deep_through_the_gradient(X, y, layers, caches):
    dZ, grads = caches[-1][1] - y, []
    for i in reversed(range(len(layers))):
        grads.insert(0, _averaged(caches[i - 1][1] if i else X, dZ))
        if i:
            dZ = dZ @ grads[0][0].T * _SLOPE[layers[i - 1][2]](caches[i - 1][0])
    return grads


@backward_deep.mistake(
    "ReLU stops nothing: its slope is 1 everywhere. A is never negative, so A >= 0 shuts no gate. "
    "Use Z > 0."
)
def deep_relu_always_open(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, relu=lambda Z, A: A >= 0)


@backward_deep.mistake(
    "Each db is divided by m twice: the error already carries 1/m. Then add it up for db, do not "
    "average again."
)
def deep_biases_averaged_twice(X, y, layers, caches):
    return [(dW, db / len(X)) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake(
    "The gradients are right, but an array inside caches was changed in place, as -= or *= does. "
    "Make a new one: dZ = caches[-1][1] - y."
)
def deep_in_place(X, y, layers, caches):
    grads = _deep(X, y, layers, caches)
    caches[-1][1][:] -= y
    return grads


@backward_deep.mistake(
    "Where a ReLU's Z is exactly 0 the error gets through. Its slope there is 0."
)
def deep_open_at_zero(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, relu=lambda Z, A: Z >= 0)


@backward_deep.mistake("The slope of tanh is made of Z here. It is 1 − A², with A = tanh(Z).")
def deep_tanh_slope_of_sums(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, tanh=lambda Z, A: 1 - Z**2)


@backward_deep.mistake("tanh is applied twice in its slope. It is 1 − A², with A = tanh(Z).")
def deep_tanh_slope_twice(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, tanh=lambda Z, A: 1 - np.tanh(A) ** 2)


@backward_deep.mistake("The square is missing in the slope of tanh: 1 − A², not 1 − A.")
def deep_tanh_slope_without_square(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, tanh=lambda Z, A: 1 - A)


@backward_deep.mistake(
    "The sigmoid's slope is made of Z here. It is A(1 − A), with A = sigmoid(Z)."
)
def deep_sigmoid_slope_of_sums(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, sigmoid=lambda Z, A: Z * (1 - Z))


@backward_deep.mistake("A hidden sigmoid is applied twice in its slope. It is A(1 − A).")
def deep_sigmoid_slope_twice(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, sigmoid=lambda Z, A: sigmoid_derivative(A))


@backward_deep.mistake(
    "Slopes are taken at A: functions of Z got the activations. Give them Z, caches[i - 1][0]."
)
def deep_slopes_at_activations(X, y, layers, caches):
    return _deep(
        X, y, layers, caches, slope=lambda i, layers, caches: _SLOPE[layers[i][2]](caches[i][1])
    )


@backward_deep.mistake('Nothing passes a layer called "linear". There A is Z, so the slope is 1.')
def deep_linear_closed(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, linear=lambda Z, A: np.zeros_like(Z))


@backward_deep.mistake('"linear" gets a slope Z. There A is Z itself, so the slope is 1.')
def deep_linear_slope_of_sums(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, linear=lambda Z, A: Z)


@backward_deep.mistake(
    'The name "linear" is not in your dict of slopes. Add it: its slope is 1 everywhere.'
)
def deep_linear_unknown(X, y, layers, caches):
    slopes = {key: f for key, f in _SLOPE.items() if key != "linear"}
    return _deep(
        X, y, layers, caches, slope=lambda i, layers, caches: slopes[layers[i][2]](caches[i][0])
    )


@backward_deep.mistake(
    "The output's sigmoid slope is multiplied in once more. It has cancelled: the first error is "
    "A − y."
)
def deep_slope_at_the_output(X, y, layers, caches):
    return _deep(X, y, layers, caches, error=lambda A, y: (A - y) * A * (1 - A))


@backward_deep.mistake("All signs are turned around: the first error is A − y, not y − A.")
def deep_sign(X, y, layers, caches):
    return _deep(X, y, layers, caches, error=lambda A, y: y - A)


@backward_deep.mistake("All gradients are m times too large: average over the examples.")
def deep_summed(X, y, layers, caches):
    return _deep(X, y, layers, caches, gather=_summed)


@backward_deep.mistake("All gradients are divided by m twice. Once is enough.")
def deep_averaged_twice(X, y, layers, caches):
    return _deep(X, y, layers, caches, gather=_averaged_twice)


@backward_deep.mistake(
    "The error is divided by m in every layer, so earlier gradients are much too small. Divide "
    "once: where dW and db are made."
)
def deep_averaged_in_each_layer(X, y, layers, caches):
    return _deep(X, y, layers, caches, back=lambda dZ: dZ / len(dZ))


@backward_deep.mistake("Each db lost a dimension. Add keepdims=True: then it is a row, (1, n).")
def deep_flat_biases(X, y, layers, caches):
    return [(dW, db.ravel()) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake("Each dW lies on its side. It has the shape of its W: A_before.T @ dZ / m.")
def deep_transposed(X, y, layers, caches):
    return [(dW.T, db) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake("The pairs are turned around. Each is (dW, db), dW first.")
def deep_biases_first(X, y, layers, caches):
    return [(db, dW) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake("The first layer is left out. The loop ends at layer 0, not at layer 1.")
def deep_without_first_layer(X, y, layers, caches):
    grads = _deep(X, y, layers, caches)
    return grads[1:] or grads[:0]


@backward_deep.mistake("Only the last layer comes back. Is return inside the loop? Move it out.")
def deep_last_layer_only(X, y, layers, caches):
    return _deep(X, y, layers, caches)[-1:]


@backward_deep.mistake(
    "The loop begins with the first layer. The output's error belongs to the last one: go through "
    "the layers in reverse."
)
def deep_from_the_front(X, y, layers, caches):
    return deep_front_to_back(X, y, layers, caches)[::-1]


@backward_deep.mistake(
    "The error goes back through the weights untransposed: dZ @ W does not fit. Write dZ @ W.T."
)
def deep_not_transposed(X, y, layers, caches):
    return _deep(X, y, layers, caches, carry=lambda dZ, i, layers: dZ @ layers[i][0])


@backward_deep.mistake(
    "W.T @ dZ does not fit. Each row of dZ is an example, so it stands first: dZ @ W.T."
)
def deep_weights_first(X, y, layers, caches):
    return _deep(X, y, layers, caches, carry=lambda dZ, i, layers: layers[i][0].T @ dZ)


@backward_deep.mistake(
    "W @ dZ does not fit. Each row of dZ is an example, so dZ stands first, and W is transposed: "
    "dZ @ W.T."
)
def deep_turned_around(X, y, layers, caches):
    return _deep(X, y, layers, caches, carry=lambda dZ, i, layers: layers[i][0] @ dZ)


@backward_deep.mistake(
    "np.dot(dZ, W) does not fit: going back, the weights are transposed. np.dot(dZ, W.T)."
)
def deep_dot_not_transposed(X, y, layers, caches):
    return _deep(X, y, layers, caches, carry=lambda dZ, i, layers: np.dot(dZ, layers[i][0]))


@backward_deep.mistake(
    "A_before @ dZ does not fit: both have a row for each example. A_before.T @ dZ / m."
)
def deep_activations_untransposed(X, y, layers, caches):
    return _deep(X, y, layers, caches, gather=_untransposed)


@backward_deep.mistake(
    "The slope is multiplied in before W. It belongs to the layer where the error arrives: first "
    "dZ @ W.T, then its slope."
)
def deep_slope_before_its_layer(X, y, layers, caches):
    dZ, grads = caches[-1][1] - y, []
    for i in reversed(range(len(layers))):
        grads.insert(0, _averaged(caches[i - 1][1] if i else X, dZ))
        if i:
            dZ = (dZ * _SLOPE[layers[i - 1][2]](caches[i - 1][0])) @ layers[i][0].T
    return grads


@backward_deep.mistake(
    "The error goes back through the weights of the layer before. It leaves layer i through its "
    "own W: layers[i][0].T."
)
def deep_through_other_weights(X, y, layers, caches):
    return _deep(X, y, layers, caches, carry=lambda dZ, i, layers: dZ @ layers[i - 1][0].T)


@backward_deep.mistake("Each layer has three parts: W, b, name = layers[i].")
def deep_with_two_parts(X, y, layers, caches):
    W, b = layers[-1]
    return [(W, b)]


@backward_deep.mistake("Return a list of pairs (dW, db), one for each layer, not a dict.")
def deep_as_a_dict(X, y, layers, caches):
    grads = {}
    for i, (dW, db) in enumerate(_deep(X, y, layers, caches), start=1):
        grads |= {f"dW{i}": dW, f"db{i}": db}
    return grads


@backward_deep.mistake(
    "The error is carried on beyond the first layer: for i = 0 there is no layer before, and index "
    "−1 means the last. Put that line under if i > 0."
)
def deep_beyond_the_first_layer(X, y, layers, caches):
    dZ = caches[-1][1] - y
    for i in reversed(range(len(layers))):
        W, (Z, _) = layers[i][0], caches[i - 1]
        dZ = (dZ @ W.T) * _SLOPE[layers[i - 1][2]](Z)
    return _deep(X, y, layers, caches)


@backward_deep.mistake("The loop begins one layer too late: the last index is len(layers) − 1.")
def deep_index_too_large(X, y, layers, caches):
    return layers[len(layers)]


@backward_deep.mistake("Each entry is one pair, (dW, db), not two entries of their own.")
def deep_flat_list(X, y, layers, caches):
    return [part for pair in _deep(X, y, layers, caches) for part in pair]


@backward_deep.mistake("Each entry is a dict. Make it a pair: (dW, db).")
def deep_list_of_dicts(X, y, layers, caches):
    return [{"dW": dW, "db": db} for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake(
    'Every name but "relu" gets the slope of tanh. A sigmoid has A(1 − A), and linear has 1.'
)
def deep_relu_or_tanh(X, y, layers, caches):
    def other(Z, A):
        return 1 - A**2

    return _deep_with_slopes(X, y, layers, caches, sigmoid=other, linear=other)


@backward_deep.mistake(
    "Every hidden layer gets the sigmoid's slope, A(1 − A). Look at the name: relu, tanh and "
    "linear have others."
)
def deep_always_sigmoid_slope(X, y, layers, caches):
    def slope(i, layers, caches):
        return _BY_OUTPUT["sigmoid"](*caches[i])

    return _deep(X, y, layers, caches, slope=slope)


@backward_deep.mistake("Each db is m times too large: take the mean over the examples, not a sum.")
def deep_biases_summed(X, y, layers, caches):
    return [(dW, db * len(X)) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake("Each dW is m times too large: divide A_before.T @ dZ by m.")
def deep_weights_summed(X, y, layers, caches):
    return [(dW * len(X), db) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake(
    "Each db is one number. Each neuron has its own bias: average with axis=0, keepdims=True."
)
def deep_biases_of_one_number(X, y, layers, caches):
    return [(dW, np.mean(db)) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.variant
def deep_back_with_ifs(X, y, layers, caches):
    m = X.shape[0]
    dZ = (caches[-1][1] - y) / m
    grads = []
    for i in range(len(layers) - 1, -1, -1):
        A_before = X if i == 0 else caches[i - 1][1]
        grads.append([np.dot(A_before.T, dZ), dZ.sum(axis=0).reshape(1, -1)])
        if i > 0:
            A, name = caches[i - 1][1], layers[i - 1][2]
            dA = np.dot(dZ, layers[i][0].T)
            if name == "relu":
                dZ = np.where(A > 0, dA, 0)
            elif name == "sigmoid":
                dZ = dA * A * (1 - A)
            elif name == "tanh":
                dZ = dA * (1 - A * A)
            else:
                dZ = dA
    return grads[::-1]


@backward_deep.variant
def deep_back_by_recursion(X, y, layers, caches):
    def go(i, dZ):
        A_before = caches[i - 1][1] if i else X
        own = (A_before.T @ dZ / len(X), np.mean(dZ, axis=0, keepdims=True))
        if not i:
            return [own]
        slope = _SLOPE[layers[i - 1][2]](caches[i - 1][0])
        return [*go(i - 1, (layers[i][0] @ dZ.T).T * slope), own]

    return go(len(layers) - 1, caches[-1][1] - y)


@backward_deep.variant
def deep_errors_first(X, y, layers, caches):
    errors = [caches[-1][1] - y]
    for (W, _, _), (_, _, name), (Z, _) in zip(layers[:0:-1], layers[-2::-1], caches[-2::-1]):
        errors.append(errors[-1] @ W.T * _SLOPE[name](Z))
    inputs = [X, *(A for _, A in caches[:-1])]
    return tuple(
        (np.einsum("mi,mj->ij", A, dZ) / len(X), dZ.mean(axis=0, keepdims=True))
        for A, dZ in zip(inputs, errors[::-1])
    )


# 5.11 --------------------------------------------------------------------------------------------

_NAMES = ("dW1", "db1", "dW2", "db2")


def _with_slips(true: dict, slips: dict[str, tuple[str, int]], keys: Sequence[str]) -> dict:
    """Print gradients with three decimals, and put slips into some."""
    published = {}
    for key in keys:
        table = true[key].round(3)
        kind, place = slips.get(key, ("", 0))
        flat, exact = table.reshape(-1), true[key].reshape(-1)
        if kind == "sign":
            place = int(np.argmax(np.abs(flat)))
            flat[place] *= -1
        elif kind == "digit":  # the third decimal, rounded the wrong way
            rest = exact - flat
            place = int(np.argmin(np.abs(np.abs(rest) - 0.00025)))
            flat[place] += 0.001 * np.sign(rest[place])
        elif kind == "two":  # two slips that cancel in a sum
            flat[0] += 0.02
            flat[-1] -= 0.02
        elif kind:
            flat[place] += {"up": 0.03, "down": -0.03, "far": 0.5, "third": 0.003}[kind]
        published[key] = table.round(3)
    return published


def published_gradients(rng: np.random.Generator) -> list[Case]:
    """Make printed gradients with slips in some of them, in all, and in none."""
    slips = [
        ({"dW2": ("up", -1), "db1": ("down", 0)}, _NAMES),
        ({"dW1": ("digit", 0), "dW2": ("third", 0)}, _NAMES),
        ({"dW1": ("sign", 0)}, ("dW2", "db2", "dW1", "db1")),
        ({"dW1": ("two", 0), "db2": ("digit", 0)}, _NAMES),
        ({"dW2": ("digit", 0), "dW1": ("down", -1)}, ("dW2", "dW1")),
        ({}, _NAMES),
        ({"dW1": ("up", 1), "db1": ("far", -1), "dW2": ("down", 0), "db2": ("sign", 0)}, _NAMES),
    ]
    cases = []
    for m, (wrong, keys) in zip((5, 7, 7, 5, 7, 5, 2), slips, strict=True):
        X, y = rng.integers(1, 20, (m, 4)) / 10, labels(rng, m)
        params = network_params(rng, 4, 3, 1)
        params["b1"] = np.abs(params["b1"]) + 0.5
        true = true_backward(X, y, params, forward(X, params)[1])
        cases.append((_with_slips(true, wrong, keys), X, y, params))
    X, y, params = asd_batch()
    printed = {
        "dW2": np.array([[0.0], [0.032], [0.007]]),
        "db2": np.array([[-0.032]]),
        "db1": np.array([[0.0, 0.012, -0.009]]),
    }
    single = {"db2": np.array([[-0.032]])}
    return [*cases, (printed, X, y, params), (single, X, y, params)]


def names_in_any_order(attempt, *args):
    """Take a set, or the keys of a dict, as a list."""
    answer = attempt(*args)
    if isinstance(answer, set | frozenset | type({}.keys())):
        return sorted(map(str, answer))
    return answer


def sorted_names(answer, published, *_):
    """Put the names in order; each counts once."""
    names = list(answer) if isinstance(answer, list | tuple) else None
    if names is None or not all(isinstance(name, str) for name in names):
        raise ValueError(
            f"The answer is {type_name(answer)}. It should be a list of names: ['dW1', 'db2']."
        )
    return {"names that fail": ", ".join(sorted(set(names))) or "none"}


@exercise(
    "5.11",
    "find the wrong gradients",
    cases=published_gradients,
    hints=(
        "First the true gradients: forward, then backward. Then compare each published array with "
        "the true one of the same name.",
        "A name fails where any |true − published| is greater than 0.0005. Collect these names.",
        "if np.any(np.____(grads[name] - published[name]) > 0.0005):\n    names.append(name)",
    ),
    adapter=names_in_any_order,
    view=sorted_names,
)
def failing_gradients(published, X, y, params):
    return _failing(published, X, y, params)


def _failing(
    published, X, y, params, fails=lambda d: np.abs(d).max() > 0.0005, back=backward.reference
):
    """Collect the names where the difference `fails`."""
    grads = back(X, y, params, forward(X, params)[1])
    return [name for name, printed in published.items() if fails(grads[name] - printed)]


@failing_gradients.mistake("The list is turned around: these are the gradients that are right.")
def names_that_pass(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).max() <= 0.0005)


@failing_gradients.mistake(
    "Only numbers that are printed too small are found. Take the absolute value of the difference."
)
def names_too_small(published, X, y, params):
    return _failing(published, X, y, params, lambda d: d.max() > 0.0005)


@failing_gradients.mistake(
    "Only numbers that are printed too large are found. Take the absolute value of the difference."
)
def names_too_large(published, X, y, params):
    return _failing(published, X, y, params, lambda d: d.min() < -0.0005)


@failing_gradients.mistake(
    "Every name fails, also the right ones. A printed number is rounded: allow 0.0005. Or is a "
    "gradient not averaged over the examples?"
)
def names_compared_exactly(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.any(d != 0))


@failing_gradients.mistake(
    "The allowance is too generous: a slip in the third decimal gets through. It is 0.0005."
)
def names_with_a_whole_step(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).max() > 0.001)


@failing_gradients.mistake(
    "The allowance is much too generous: 0.0005 is half a step of the third decimal, 0.005 is ten "
    "times that."
)
def names_with_two_decimals(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).max() > 0.005)


@failing_gradients.mistake(
    "A name is listed only if all of its numbers are wrong. One is enough: np.any, not np.all."
)
def names_wrong_everywhere(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).min() > 0.0005)


@failing_gradients.mistake(
    "Only the first number of each gradient is compared. Compare all of them."
)
def names_by_first_number(published, X, y, params):
    return _failing(published, X, y, params, lambda d: abs(d.flat[0]) > 0.0005)


@failing_gradients.mistake(
    "Differences of opposite sign cancel in a sum or a mean. Look at each one: np.any(np.abs(…) > "
    "0.0005)."
)
def names_by_sum(published, X, y, params):
    return _failing(published, X, y, params, lambda d: abs(d.sum()) > 0.0005)


@failing_gradients.mistake(
    "The differences are averaged, so one slip hides among many right numbers. One is enough: "
    "np.any."
)
def names_by_mean(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).mean() > 0.0005)


@failing_gradients.mistake(
    "Only wrong signs are found. A number of the right sign can be wrong too: compare the "
    "difference with 0.0005."
)
def names_by_sign(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return [k for k, p in published.items() if np.any(np.sign(grads[k]) * np.sign(p) < 0)]


@failing_gradients.mistake(
    "Wrong signs get through: the bars belong around the difference, not around the two numbers."
)
def names_without_signs(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return [k for k, p in published.items() if np.any(abs(np.abs(grads[k]) - np.abs(p)) > 0.0005)]


@failing_gradients.mistake("Only the first name that fails comes back. Collect all, then return.")
def names_first_only(published, X, y, params):
    return _failing(published, X, y, params)[:1]


@failing_gradients.mistake("Only the first gradient is looked at. Is return inside the loop?")
def names_of_first_gradient(published, X, y, params):
    first = next(iter(published))
    return [name for name in _failing(published, X, y, params) if name == first]


@failing_gradients.mistake(
    "Go through the names in published: it need not hold all four gradients."
)
def names_of_all_four(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return [k for k in grads if np.abs(grads[k] - published[k]).max() > 0.0005]


@failing_gradients.mistake(
    "A mask answers True or False for each name. Return the names that fail."
)
def names_as_a_mask(published, X, y, params):
    failing = _failing(published, X, y, params)
    return [name in failing for name in published]


@failing_gradients.mistake(
    "This is one answer for all of them, or a count. Return the names that fail, in a list."
)
def number_of_names(published, X, y, params):
    return len(_failing(published, X, y, params))


@failing_gradients.mistake('The names lack their d: these are gradients, "dW1", not "W1".')
def names_of_parameters(published, X, y, params):
    return [name[1:] for name in _failing(published, X, y, params)]


@failing_gradients.mistake(
    "An if asks one question, and there is an answer for each number. Put np.any(…) around the "
    "comparison."
)
def names_with_a_plain_if(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return [k for k, p in published.items() if np.abs(grads[k] - p) > 0.0005]


@failing_gradients.mistake(
    "backward needs the cache, and got something else. forward returns two things: A2, cache = "
    "forward(X, params)."
)
def names_without_a_cache(published, X, y, params):
    cache = forward(X, params)
    return [k for k in published if np.any(cache["A2"] - y)]


@failing_gradients.mistake(
    "The ReLU mask is missing in the gradients that you compare with. Is your exercise 5.7 right?"
)
def names_by_unmasked_gradients(published, X, y, params):
    return _failing(published, X, y, params, back=back_without_mask)


@failing_gradients.mistake(
    "The differences of an array are added up, so the small errors of rounding look like a slip. "
    "Compare each number by itself."
)
def names_by_sum_of_sizes(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.abs(d).sum() > 0.0005)


@failing_gradients.mistake(
    "A norm adds up the differences of an array: many small errors of rounding look like a slip. "
    "Compare each number by itself."
)
def names_by_norm(published, X, y, params):
    return _failing(published, X, y, params, lambda d: np.linalg.norm(d) > 0.0005)


@failing_gradients.mistake(
    "backward got everything that forward returns, in place of the cache. forward returns two "
    "things: A2, cache = reference.forward(X, params)."
)
def names_with_both_for_a_cache(published, X, y, params):
    true_backward(X, y, params, forward(X, params))
    return []


@failing_gradients.mistake(
    "backward needs the cache, and got the outputs A2. forward returns both: "
    "A2, cache = reference.forward(X, params)."
)
def names_with_outputs_for_a_cache(published, X, y, params):
    true_backward(X, y, params, forward(X, params)[0])
    return []


@failing_gradients.mistake(
    "Only the largest numbers of the two arrays are compared. Subtract the arrays first, then look "
    "at every difference."
)
def names_by_largest_number(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return [k for k, p in published.items() if abs(grads[k].max() - p.max()) > 0.0005]


@failing_gradients.variant
def names_by_rounding(published, X, y, params):
    grads = true_backward(X, y, params, forward(X, params)[1])
    return tuple(k for k in published if not np.array_equal(grads[k].round(3), published[k]))


@failing_gradients.variant
def names_in_a_set(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    return {k for k, p in published.items() if not np.allclose(p, grads[k], rtol=0, atol=0.0005)}


@failing_gradients.variant
def names_backwards_and_twice(published, X, y, params):
    grads = backward.reference(X, y, params, forward(X, params)[1])
    names = []
    for name in reversed(list(published)):
        for one, other in zip(grads[name].ravel(), published[name].ravel(), strict=True):
            if abs(one - other) > 0.0005:
                names.append(name)
    return names
