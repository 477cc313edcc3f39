"""Module 04, the loss: seven exercises.

Labels and predictions are columns, ``(m, 1)``, as everywhere in the course. Many mistakes of a mean
are the same whatever is averaged: each exercise registers its own, so that each has its own words.
"""

import numpy as np

from helpers import reference
from helpers.checks import adapters
from helpers.checks.cases import chances, column, labels
from helpers.checks.comparing import Tolerance, as_array
from helpers.checks.exercise import Case, exercise

sigmoid = reference.sigmoid
# 1 - (1 - 1e-12) is 1.00009e-12, so clipping a and clipping 1 - a differ in the sixth digit.
NEAR_THE_ENDS = Tolerance(rtol=1e-5)
TO_THREE_DECIMALS = Tolerance(rtol=0.0, atol=5e-4)


# 4.1 ---------------------------------------------------------------------------------------------


def predictions_and_targets(rng: np.random.Generator) -> list[Case]:
    """Make labels and other targets; one batch is right everywhere, one has a single row."""
    exact = column(0.25, -1.5, 3.0)
    return [
        (column(1, 0, 1, 1, 0), column(0.9, 0.2, 0.4, 0.7, 0.6)),
        (labels(rng, 7), chances(rng, 7)),
        (rng.normal(size=(5, 1)).round(2), rng.normal(size=(5, 1)).round(2) + 1),
        (exact, exact.copy()),
        (column(2.0), column(-1.0)),
    ]


@exercise(
    "4.1",
    "half the squared error, averaged",
    cases=predictions_and_targets,
    hints=(
        "First the error of each row, a - y. Square it, halve it, and average over the rows.",
        "L = mean of ½(a − y)²",
        "return np.mean(0.5 * (____) ** 2)",
    ),
)
def half_squared_error(y, a):
    return float(np.mean(0.5 * (a - y) ** 2))


@half_squared_error.mistake("The ½ is missing: this is the mean squared error. Halve it.")
def without_the_half(y, a):
    return np.mean((a - y) ** 2)


@half_squared_error.mistake(
    "This is the sum over the batch, m times too large. Average instead: np.mean."
)
def squares_summed(y, a):
    return np.sum(0.5 * (a - y) ** 2)


@half_squared_error.mistake(
    "This is the sum of the squares, without ½ and without the average over the batch."
)
def squares_summed_without_the_half(y, a):
    return np.sum((a - y) ** 2)


@half_squared_error.mistake(
    "Your result is half of the right one: is the ½ used twice, or squared with the error? Once, "
    "outside the square: 0.5 * (a - y) ** 2."
)
def half_inside_the_square(y, a):
    return np.mean((0.5 * (a - y)) ** 2)


@half_squared_error.mistake(
    "The errors are not squared, so errors of opposite sign cancel. Square each one first."
)
def errors_not_squared(y, a):
    return np.mean(0.5 * (a - y))


@half_squared_error.mistake(
    "The errors are made positive, but not squared. Write (a - y) ** 2 in place of the absolute "
    "value."
)
def absolute_errors(y, a):
    return np.mean(0.5 * np.abs(a - y))


@half_squared_error.mistake(
    "The errors are averaged before they are squared. Square first, then average."
)
def averaged_before_squared(y, a):
    return 0.5 * np.mean(a - y) ** 2


@half_squared_error.mistake(
    "This is the difference of the squares, a² − y². Subtract first, then square: (a - y) ** 2."
)
def difference_of_squares(y, a):
    return np.mean(0.5 * (a**2 - y**2))


@half_squared_error.mistake(
    "These are the losses of the single rows. The loss of the batch is their mean, one number."
)
def squares_not_averaged(y, a):
    return 0.5 * (a - y) ** 2


@half_squared_error.mistake(
    "This is an array of one number: Python's sum adds rows, and np.mean(..., axis=0) keeps a "
    "column. Use np.mean(...) with no axis."
)
def squares_averaged_to_an_array(y, a):
    return np.mean(0.5 * (a - y) ** 2, axis=0)


@half_squared_error.mistake(
    "Axis 1 runs along a row, and a row holds one number. Leave the axis out: np.mean(...)."
)
def squares_averaged_along_rows(y, a):
    return np.mean(0.5 * (a - y) ** 2, axis=1)


@half_squared_error.mistake(
    "One column was flattened or transposed and the other was not. Their difference is an (m, m) "
    "table of all pairs. Keep both as columns, (m, 1)."
)
def squares_of_all_pairs(y, a):
    return np.mean(0.5 * (np.ravel(a) - y) ** 2)


@half_squared_error.mistake("In Python a power is written **. The sign ^ means something else.")
def square_with_a_caret(y, a):
    return np.mean(0.5 * (a - y) ^ 2)


@half_squared_error.variant
def with_the_errors_turned_around(y, a):
    return np.mean(np.square(y - a)) / 2


@half_squared_error.variant
def with_a_matrix_product(y, a):
    error = np.ravel(a) - np.ravel(y)
    return error @ error / (2 * len(y))


@half_squared_error.variant
def squares_with_a_loop(y, a):
    total = 0
    for i in range(len(y)):
        total += (a[i, 0] - y[i, 0]) ** 2 / 2
    return total / len(y)


@half_squared_error.variant
def squares_multiplied_out(y, a):
    return np.array((a**2 - 2 * a * y + y**2).sum() / a.size / 2)


# 4.2 ---------------------------------------------------------------------------------------------


def labels_and_chances(rng: np.random.Generator) -> list[Case]:
    """Make predictions inside (0, 1) and at its ends, right and wrong ones, at several eps."""
    return [
        (column(1, 0, 1, 1, 0), column(0.9, 0.2, 0.4, 0.7, 0.55), 0.01),
        (labels(rng, 7), chances(rng, 7)),
        (labels(rng, 5), chances(rng, 5), 0.1),
        (column(1, 0, 0, 1, 0), column(1.0, 0.0, 0.25, 0.5, 0.5)),
        (column(0, 0, 1, 0, 1, 0, 0), column(1.0, 0.0, 0.75, 0.5, 0.5, 0.25, 0.25)),
        (column(1, 0, 0, 1, 1), column(0.0, 0.25, 0.5, 0.75, 1.0)),
        (column(1, 0, 1, 0, 0), column(0.02, 0.97, 0.98, 0.01, 0.4), 0.05),
        (column(1, 0, 1, 0, 1, 0, 1), column(0.02, 0.97, 1.0, 0.0, 0.3, 0.4, 0.99), 0.05),
    ]


@exercise(
    "4.2",
    "binary cross-entropy, averaged",
    cases=labels_and_chances,
    hints=(
        "Clip a first. Then each row has two terms, and its label switches one of them off. "
        "Average over the rows, and put the minus in front of everything.",
        "L = −mean of [ y·log(a) + (1 − y)·log(1 − a) ], with a clipped to [eps, 1 − eps]",
        "a = np.clip(a, eps, ____)\nreturn -np.mean(y * np.log(a) + (1 - y) * np.log(____))",
    ),
    tolerance=NEAR_THE_ENDS,
)
def bce(y, a, eps=1e-12):
    a = np.clip(a, eps, 1 - eps)
    return float(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))


def _surprises(y, a, eps, log=np.log):
    """Return the losses of the single rows."""
    a = np.clip(a, eps, 1 - eps)
    return -(y * log(a) + (1 - y) * log(1 - a))


@bce.mistake("Your loss is m times too large: average over the batch instead of summing it.")
def bce_summed(y, a, eps=1e-12):
    return np.sum(_surprises(y, a, eps))


@bce.mistake(
    "The minus is missing. A logarithm of a probability is at most 0, and a loss is at least 0."
)
def bce_without_minus(y, a, eps=1e-12):
    return -np.mean(_surprises(y, a, eps))


@bce.mistake(
    "The second term has the wrong sign: y - 1 in place of 1 - y, or a minus before the first "
    "term only. Write -(y·log(a) + (1 - y)·log(1 - a)), then average."
)
def minus_on_one_term(y, a, eps=1e-12):
    a = np.clip(a, eps, 1 - eps)
    return np.mean(-y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake("Rows with label 0 cost nothing here. Add the second term: (1 - y) * np.log(1 - a).")
def bce_without_second_term(y, a, eps=1e-12):
    return -np.mean(y * np.log(np.clip(a, eps, 1 - eps)))


@bce.mistake("Rows with label 1 cost nothing here. Add the first term: y * np.log(a).")
def bce_without_first_term(y, a, eps=1e-12):
    return -np.mean((1 - y) * np.log(1 - np.clip(a, eps, 1 - eps)))


@bce.mistake(
    "The labels are mixed up: log(a) goes with y, and log(1 - a) goes with 1 - y. Here a good "
    "prediction costs most."
)
def bce_labels_mixed_up(y, a, eps=1e-12):
    return np.mean(_surprises(1 - y, a, eps))


@bce.mistake(
    "The second logarithm is of a. For label 0 the chance given to the truth is 1 - a: "
    "np.log(1 - a)."
)
def bce_log_of_a_twice(y, a, eps=1e-12):
    return -np.mean(np.log(np.clip(a, eps, 1 - eps)))


@bce.mistake("The arguments are in the wrong order: the labels y come first, then a.")
def bce_arguments_swapped(y, a, eps=1e-12):
    return np.mean(_surprises(a, y, eps))


@bce.mistake(
    "The logarithm is taken of the labels, and some of these are 0. Take it of the predictions: "
    "y * np.log(a)."
)
def bce_log_of_the_labels(y, a, eps=1e-12):
    a = np.clip(a, eps, 1 - eps)
    return -np.mean(a * np.log(y) + (1 - a) * np.log(1 - y))


@bce.mistake("np.log10 is the logarithm to base 10. The loss uses the natural one: np.log.")
def bce_log10(y, a, eps=1e-12):
    return np.mean(_surprises(y, a, eps, np.log10))


@bce.mistake("np.log2 is the logarithm to base 2. The loss uses the natural one: np.log.")
def bce_log2(y, a, eps=1e-12):
    return np.mean(_surprises(y, a, eps, np.log2))


@bce.mistake(
    "A prediction of exactly 0 or 1 still meets log 0: a is not clipped, or clipped to 0 and 1. "
    "Clip to eps and 1 - eps, and keep the new array: a = np.clip(a, eps, 1 - eps)."
)
def bce_not_clipped(y, a, eps=1e-12):
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "Two things: the losses are summed instead of averaged, and a is not clipped to "
    "[eps, 1 - eps] first."
)
def bce_summed_and_not_clipped(y, a, eps=1e-12):
    return -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake("Two things: the minus is missing, and a is not clipped to [eps, 1 - eps] first.")
def bce_without_minus_or_clipping(y, a, eps=1e-12):
    return np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "Two things: the second term has the wrong sign (y - 1 in place of 1 - y, or a minus before "
    "the first term only), and a is not clipped to [eps, 1 - eps]."
)
def minus_on_one_term_and_not_clipped(y, a, eps=1e-12):
    return np.mean(-y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "Two things: the term of label 0 is missing, (1 - y) * np.log(1 - a), and a is not clipped to "
    "[eps, 1 - eps] first."
)
def first_term_only_and_not_clipped(y, a, eps=1e-12):
    return -np.mean(y * np.log(a))


@bce.mistake(
    "The loss is right, but the clipped values are written into the caller's array. Make a new "
    "one: a = np.clip(a, eps, 1 - eps)."
)
def bce_clipped_in_place(y, a, eps=1e-12):
    a[:] = np.clip(a, eps, 1 - eps)
    return np.mean(_surprises(y, a, eps))


@bce.mistake(
    "Only the lower end is clipped: at a = 1 there is still a log(1 - a) of 0. Clip to 1 - eps too."
)
def bce_clipped_below_only(y, a, eps=1e-12):
    a = np.maximum(a, eps)
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "Only the upper end is clipped: at a = 0 there is still a log(a) of 0. Clip to eps as well."
)
def bce_clipped_above_only(y, a, eps=1e-12):
    a = np.minimum(a, 1 - eps)
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "eps is added inside the logarithms. That changes every loss a little, and makes that of a "
    "perfect prediction negative. Clip a instead: np.clip(a, eps, 1 - eps)."
)
def bce_eps_added(y, a, eps=1e-12):
    return -np.mean(y * np.log(a + eps) + (1 - y) * np.log(1 - a + eps))


@bce.mistake(
    "eps is ignored: 1e-12 is always used. If it is added inside the logarithms, that is a second"
    " fault. Clip instead: a = np.clip(a, eps, 1 - eps)."
)
def bce_eps_unused(y, a, eps=1e-12):
    return np.mean(_surprises(y, a, 1e-12))


@bce.mistake(
    "eps is ignored: 1e-8 is always used. If it is added inside the logarithms, that is a second "
    "fault. Clip instead: a = np.clip(a, eps, 1 - eps)."
)
def bce_other_eps(y, a, eps=1e-12):
    return np.mean(_surprises(y, a, 1e-8))


@bce.mistake(
    "Only the first logarithm gets the clipped array. Write a = np.clip(a, eps, 1 - eps) on a "
    "line of its own, above both."
)
def bce_clipped_in_one_log(y, a, eps=1e-12):
    return -np.mean(y * np.log(np.clip(a, eps, 1 - eps)) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "These are the losses of the single rows. The loss of the batch is their mean, one number."
)
def bce_not_averaged(y, a, eps=1e-12):
    return _surprises(y, a, eps)


@bce.mistake(
    "This is an array of one number: Python's sum adds rows, and np.mean(..., axis=0) keeps a "
    "column. Use np.mean(...) with no axis."
)
def bce_averaged_to_an_array(y, a, eps=1e-12):
    return np.mean(_surprises(y, a, eps), axis=0)


@bce.mistake(
    "Axis 1 runs along a row, and a row holds one number. Leave the axis out: np.mean(...)."
)
def bce_averaged_along_rows(y, a, eps=1e-12):
    return np.mean(_surprises(y, a, eps), axis=1)


@bce.mistake(
    "One column was flattened or transposed and the other was not. Together they make an (m, m) "
    "table of all pairs. Keep both as columns, (m, 1)."
)
def bce_of_all_pairs(y, a, eps=1e-12):
    return np.mean(_surprises(y, np.ravel(a), eps))


@bce.mistake("This is the squared error. Cross-entropy takes logarithms instead of squares.")
def bce_is_squared_error(y, a, eps=1e-12):
    return half_squared_error.reference(y, a)


@bce.mistake(
    "An if, Python's max and Python's min compare single numbers, but a column holds many. The "
    "labels switch by multiplying: y * np.log(a) + (1 - y) * np.log(1 - a). For limits use "
    "np.clip."
)
def one_if_for_many_labels(y, a, eps=1e-12):
    if y == 1:
        return -np.mean(np.log(a))
    return -np.mean(np.log(1 - a))


@bce.mistake("math.log and float take one number. For a whole column use np.log.")
def bce_with_math_log(y, a, eps=1e-12):
    import math

    a = np.clip(a, eps, 1 - eps)
    return -np.mean(y * math.log(a) + (1 - y) * math.log(1 - a))


@bce.mistake(
    "eps is ignored: 1e-15 is always used. Let the caller choose: a = np.clip(a, eps, 1 - eps)."
)
def bce_smaller_eps(y, a, eps=1e-12):
    return np.mean(_surprises(y, a, 1e-15))


@bce.mistake(
    "eps is ignored: 1e-7 is always used. Let the caller choose: a = np.clip(a, eps, 1 - eps)."
)
def bce_larger_eps(y, a, eps=1e-12):
    return np.mean(_surprises(y, a, 1e-7))


@bce.mistake(
    "Only the second logarithm gets the clipped array. Write a = np.clip(a, eps, 1 - eps) on a "
    "line of its own, above both."
)
def bce_clipped_in_second_log(y, a, eps=1e-12):
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - np.clip(a, eps, 1 - eps)))


@bce.mistake("Each logarithm is guarded at its low end only. Clip a once, at both ends.")
def bce_each_log_guarded_below(y, a, eps=1e-12):
    first, second = np.log(np.maximum(a, eps)), np.log(np.maximum(1 - a, eps))
    return -np.mean(y * first + (1 - y) * second)


@bce.mistake("Two things: the minus is missing, and the losses are summed instead of averaged.")
def bce_summed_without_minus(y, a, eps=1e-12):
    return -np.sum(_surprises(y, a, eps))


@bce.mistake(
    "Every prediction becomes eps: the limits of np.clip are in the wrong order. The lower one "
    "comes first: np.clip(a, eps, 1 - eps)."
)
def bce_limits_swapped(y, a, eps=1e-12):
    return np.mean(_surprises(y, np.full(np.shape(a), eps), eps))


@bce.variant
def bce_with_where(y, a, eps=1e-12):
    truth = np.where(y == 1, a, 1 - a)
    return np.mean(-np.log(np.clip(truth, eps, 1 - eps)))


@bce.variant
def bce_with_a_loop(y, a, eps=1e-12):
    total = 0.0
    for label, chance in zip(np.ravel(y), np.ravel(a)):
        chance = min(max(chance, eps), 1 - eps)
        total -= np.log(chance) if label == 1 else np.log(1 - chance)
    return total / len(y)


@bce.variant
def bce_with_matrix_products(y, a, eps=1e-12):
    a = np.minimum(np.maximum(a, eps), 1 - eps)
    return (-(y.T @ np.log(a) + (1 - y).T @ np.log1p(-a)) / y.shape[0]).item()


@bce.variant
def bce_zero_dimensional(y, a, eps=1e-12):
    return np.array(np.sum(_surprises(y, a, eps)) / y.size)


# 4.3 ---------------------------------------------------------------------------------------------


def labels_and_inner_chances(rng: np.random.Generator) -> list[Case]:
    """Make predictions strictly inside (0, 1), some near its ends."""
    return [
        (column(1, 0, 1, 1, 0), column(0.9, 0.2, 0.4, 0.7, 0.55)),
        (labels(rng, 7), chances(rng, 7)),
        (labels(rng, 5), chances(rng, 5)),
        (column(1, 0, 0, 1), column(0.001, 0.999, 0.001, 0.999)),
        (column(0, 1), column(0.5, 0.5)),
    ]


@exercise(
    "4.3",
    "the slope of the cross-entropy",
    cases=labels_and_inner_chances,
    hints=(
        "Differentiate each of the two terms by a. The derivative of log(a) is 1/a; that of "
        "log(1 − a) is −1/(1 − a). One slope for each row, no mean.",
        "dL/da = −y/a + (1 − y)/(1 − a), which is the same as (a − y) / (a(1 − a))",
        "return -y / a + (1 - y) / (____)",
    ),
)
def bce_derivative(y, a):
    return (a - y) / (a * (1 - a))


@bce_derivative.mistake(
    "The sign is turned around. For label 1 the loss falls as a grows, so the slope is negative: "
    "-y / a, and a - y on top."
)
def slope_turned_around(y, a):
    return (y - a) / (a * (1 - a))


@bce_derivative.mistake(
    "The second term has the wrong sign. Inside log(1 - a) stands -a, which brings one more minus: "
    "+ (1 - y) / (1 - a)."
)
def inner_minus_forgotten(y, a):
    return -y / a - (1 - y) / (1 - a)


@bce_derivative.mistake("The slope for label 0 is missing. Add (1 - y) / (1 - a).")
def slope_of_the_first_term(y, a):
    return -y / a


@bce_derivative.mistake("The slope for label 1 is missing. Add -y / a.")
def slope_of_the_second_term(y, a):
    return (1 - y) / (1 - a)


@bce_derivative.mistake(
    "a - y is the slope with respect to z, behind a sigmoid. With respect to a, divide it by "
    "a(1 - a)."
)
def slope_by_z(y, a):
    return a - y


@bce_derivative.mistake(
    "Multiplied by a(1 - a) instead of divided by it. Dividing makes the slope steep near 0 and 1."
)
def multiplied_by_the_sigmoid_slope(y, a):
    return (a - y) * a * (1 - a)


@bce_derivative.mistake(
    "Brackets: x / a * (1 - a) first divides by a, then multiplies. Write x / (a * (1 - a))."
)
def brackets_missing(y, a):
    return (a - y) / a * (1 - a)


@bce_derivative.mistake(
    "Divided by m: that is the slope of the mean. Here each row gets the slope of its own loss."
)
def slope_of_the_mean(y, a):
    return (a - y) / (a * (1 - a)) / len(y)


@bce_derivative.mistake("The slopes are averaged. Return one for each row, in the shape of a.")
def slopes_averaged(y, a):
    return np.mean((a - y) / (a * (1 - a)))


@bce_derivative.mistake("The slopes are summed. Return one for each row, in the shape of a.")
def slopes_summed(y, a):
    return np.sum((a - y) / (a * (1 - a)))


@bce_derivative.mistake("These are the losses themselves. Return their derivatives: log(a) → 1/a.")
def losses_instead_of_slopes(y, a):
    return _surprises(y, a, 1e-12)


@bce_derivative.mistake("The labels are mixed up: 1/a goes with y, and 1/(1 - a) goes with 1 - y.")
def slopes_with_labels_mixed_up(y, a):
    return -(1 - y) / a + y / (1 - a)


@bce_derivative.mistake(
    "One column was flattened or transposed and the other was not, so this is an (m, m) table of "
    "all pairs. Keep both as columns, (m, 1)."
)
def slopes_of_all_pairs(y, a):
    a = np.ravel(a)
    return (a - y) / (a * (1 - a))


@bce_derivative.mistake("The slopes are flat, (m,). Keep the column: the shape of a is (m, 1).")
def slopes_flattened(y, a):
    return np.ravel((a - y) / (a * (1 - a)))


@bce_derivative.mistake(
    "The first term has the wrong sign. Both slopes come out positive, but for label 1 the loss "
    "falls as a grows: -y / a."
)
def first_sign_forgotten(y, a):
    return y / a + (1 - y) / (1 - a)


@bce_derivative.mistake("Brackets: a - y / x divides y only. Write (a - y) / (a * (1 - a)).")
def brackets_missing_on_top(y, a):
    return a - y / (a * (1 - a))


@bce_derivative.mistake(
    "Brackets: (1 - y) / 1 - a divides by 1 and then subtracts a. Write (1 - y) / (1 - a)."
)
def brackets_missing_below(y, a):
    return -y / a + (1 - y) / 1 - a


@bce_derivative.mistake("Brackets: 1 - y / (1 - a) divides y only. Write (1 - y) / (1 - a).")
def brackets_missing_around_one_minus_y(y, a):
    return -y / a + 1 - y / (1 - a)


def _measured(y, a, h):
    """Measure the slope of each row with a nudge of h up and down."""
    return (_surprises(y, a + h, 1e-12) - _surprises(y, a - h, 1e-12)) / (2 * h)


@bce_derivative.mistake(
    "Nearly right: this is a measured slope, with h = 1e-4. The exercise wants the formula."
)
def measured_with_a_large_step(y, a):
    return _measured(y, a, 1e-4)


@bce_derivative.mistake(
    "Nearly right: this is a measured slope, with h = 1e-5. The exercise wants the formula."
)
def measured_with_a_step(y, a):
    return _measured(y, a, 1e-5)


@bce_derivative.mistake(
    "Nearly right: this is a measured slope, with h = 1e-6. The exercise wants the formula."
)
def measured_with_a_small_step(y, a):
    return _measured(y, a, 1e-6)


@bce_derivative.mistake(
    "Nearly right: this is a slope measured with a nudge up only, h = 1e-6. The exercise wants "
    "the formula."
)
def measured_upward_only(y, a):
    return (_surprises(y, a + 1e-6, 1e-12) - _surprises(y, a, 1e-12)) / 1e-6


@bce_derivative.variant
def slopes_term_by_term(y, a):
    return -(y / a) + (1 - y) / (1 - a)


@bce_derivative.variant
def slopes_with_where(y, a):
    return np.where(y == 1, -1 / a, 1 / (1 - a))


@bce_derivative.variant
def slopes_as_lists(y, a):
    return [[-1 / p if t == 1 else 1 / (1 - p)] for (t,), (p,) in zip(y.tolist(), a.tolist())]


@bce_derivative.variant
def slopes_of_clipped_chances(y, a):
    a = np.clip(a, 1e-12, 1 - 1e-12)
    return -(y - a) / (a - a**2)


# 4.4 ---------------------------------------------------------------------------------------------


def labels_and_logits(rng: np.random.Generator) -> list[Case]:
    """Make moderate logits, 0, and ±1000 on the right side and on the wrong one."""
    return [
        (column(1, 0, 1, 1, 0), column(2.0, -1.5, -0.5, 0.25, 1.0)),
        (labels(rng, 7), rng.normal(scale=3, size=(7, 1)).round(2)),
        (column(0, 1), column(0.0, 0.0)),
        (column(1, 0, 1, 0, 1), column(40.0, 40.0, -40.0, -40.0, 0.5)),
        (column(1, 0, 1), column(1000.0, -1000.0, 0.0)),
        (column(0, 0, 1, 0, 0), column(1000.0, -1.0, 2.0, 3.0, -4.0)),
        (column(0, 0, 1, 0, 1, 1, 0), column(1.0, 2.0, -1000.0, 0.5, -0.5, 3.0, 0.0)),
    ]


@exercise(
    "4.4",
    "binary cross-entropy from z",
    cases=labels_and_logits,
    hints=(
        "Never compute the sigmoid: it rounds to exactly 0 or 1. The loss is log(1 + e^z) − y·z. "
        "Rewrite the logarithm so that its exponential cannot overflow.",
        "log(1 + e^z) = max(z, 0) + log(1 + e^−|z|), so L = mean of max(z, 0) − y·z + "
        "log(1 + e^−|z|)",
        "return np.mean(np.maximum(z, 0) - ____ + np.log1p(np.exp(____)))",
    ),
)
def bce_from_logits(y, z):
    return float(np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))))


@bce_from_logits.mistake(
    "The sigmoid rounds to exactly 0 or 1, and then log 0 appears. Stay with z: "
    "log(1 + e^z) − y·z, written so that nothing overflows."
)
def through_the_sigmoid(y, z):
    a = 1 / (1 + np.exp(-z))
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce_from_logits.mistake(
    "The sigmoid is clipped at 1e-12, so no loss can be larger than −log(1e-12) = 27.6. At z = "
    "−1000 and label 1 it should be 1000. Stay with z."
)
def through_a_clipped_sigmoid(y, z):
    return np.mean(_surprises(y, sigmoid(z), 1e-12))


@bce_from_logits.mistake(
    "The sigmoid is clipped at, or shifted by, 1e-8, so no loss can be larger than 18.4. Stay "
    "with z: no guard is needed there."
)
def through_a_roughly_clipped_sigmoid(y, z):
    return np.mean(_surprises(y, sigmoid(z), 1e-8))


@bce_from_logits.mistake(
    "The sigmoid rounds to exactly 0 or 1, and adding 1e-12 inside the logarithm caps the loss at "
    "27.6. Stay with z."
)
def through_a_sigmoid_with_eps(y, z):
    a = sigmoid(z)
    return -np.mean(y * np.log(a + 1e-12) + (1 - y) * np.log(1 - a + 1e-12))


@bce_from_logits.mistake(
    "The formula is right, but e^z overflows at z = 1000. Write log(1 + e^z) as "
    "max(z, 0) + log(1 + e^−|z|)."
)
def overflow_at_large_z(y, z):
    return np.mean(np.log(1 + np.exp(z)) - y * z)


@bce_from_logits.mistake(
    "The formula is right, but e^−z overflows at z = −1000. Let the exponent never be positive: "
    "e^−|z|."
)
def overflow_at_small_z(y, z):
    return np.mean((1 - y) * z + np.log(1 + np.exp(-z)))


@bce_from_logits.mistake(
    "The formula is right, but an exponential overflows where the prediction is very wrong. With "
    "s = z or −z, write log(1 + e^s) as max(s, 0) + log(1 + e^−|s|)."
)
def overflow_where_wrong(y, z):
    return np.mean(np.log(1 + np.exp(np.where(y == 1, -z, z))))


@bce_from_logits.mistake(
    "The absolute value is missing in e^−|z|: with e^−z the exponential grows without bound "
    "for negative z."
)
def absolute_value_missing(y, z):
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-z)))


@bce_from_logits.mistake("max(z, 0) is missing: log(1 + e^z) = max(z, 0) + log(1 + e^−|z|).")
def maximum_missing(y, z):
    return np.mean(np.log1p(np.exp(-np.abs(z))) - y * z)


@bce_from_logits.mistake("The labels are not used: subtract y·z.")
def logits_without_labels(y, z):
    return np.mean(np.logaddexp(0, z))


@bce_from_logits.mistake("y·z is added. Subtract it: a large z is good where the label is 1.")
def labels_added(y, z):
    return np.mean(np.logaddexp(0, z) + y * z)


@bce_from_logits.mistake(
    "The labels are mixed up: label 1 costs log(1 + e^−z), label 0 costs log(1 + e^z)."
)
def logits_with_labels_mixed_up(y, z):
    return np.mean(np.logaddexp(0, z) - (1 - y) * z)


@bce_from_logits.mistake("The sign is turned around: a loss is never negative.")
def logits_with_sign_turned(y, z):
    return -np.mean(np.logaddexp(0, z) - y * z)


@bce_from_logits.mistake("This is the sum over the batch. Average instead: np.mean.")
def logits_summed(y, z):
    return np.sum(np.logaddexp(0, z) - y * z)


@bce_from_logits.mistake(
    "These are the losses of the single rows. The loss of the batch is their mean, one number."
)
def logits_not_averaged(y, z):
    return np.logaddexp(0, z) - y * z


@bce_from_logits.mistake(
    "z is used as if it were a probability. It is the number before the sigmoid."
)
def logits_as_chances(y, z):
    return bce.reference(y, z)


@bce_from_logits.mistake(
    "One column was flattened or transposed and the other was not, so this is the mean over an "
    "(m, m) table of all pairs. Keep both as columns, (m, 1)."
)
def logits_of_all_pairs(y, z):
    z = np.ravel(z)
    return np.mean(np.logaddexp(0, z) - y * z)


@bce_from_logits.mistake(
    "math.exp, math.log and float take one number. For a whole column use np.exp, np.log and "
    "np.log1p."
)
def logits_with_math_exp(y, z):
    import math

    return np.mean(np.maximum(z, 0) - y * z + np.log1p(math.exp(-abs(z))))


@bce_from_logits.mistake(
    "Python's max, like an if, compares single numbers. For a column use np.maximum(z, 0)."
)
def logits_with_python_max(y, z):
    return np.mean(max(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))


@bce_from_logits.mistake(
    "np.max gives the one largest z of the column. np.maximum(z, 0) works row by row."
)
def logits_with_np_max(y, z):
    return np.mean(np.max(z) - y * z + np.log1p(np.exp(-np.abs(z))))


@bce_from_logits.mistake(
    "This is an array of one number: Python's sum adds rows, and np.mean(..., axis=0) keeps a "
    "column. Use np.mean(...) with no axis."
)
def logits_averaged_to_an_array(y, z):
    return np.mean(np.logaddexp(0, z) - y * z, axis=0)


@bce_from_logits.mistake(
    "The minus is missing in e^−|z|: the exponent |z| is positive and overflows. Write "
    "np.exp(-np.abs(z))."
)
def minus_missing_in_the_exponent(y, z):
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(np.abs(z))))


@bce_from_logits.mistake(
    "The 1 is missing in log(1 + e^−|z|): log and exp undo each other. Use np.log1p, or write "
    "1 + np.exp(-np.abs(z))."
)
def one_missing_in_the_logarithm(y, z):
    return np.mean(np.maximum(z, 0) - y * z + np.log(np.exp(-np.abs(z))))


@bce_from_logits.mistake(
    "z is cut off at −500 and 500, so no loss can be larger than 500. No cutting is needed: "
    "log(1 + e^z) = max(z, 0) + log(1 + e^−|z|)."
)
def logits_cut_off(y, z):
    z = np.clip(z, -500, 500)
    return np.mean(np.logaddexp(0, z) - y * z)


@bce_from_logits.mistake("The bump is missing: add log(1 + e^−|z|), np.log1p(np.exp(-np.abs(z))).")
def bump_missing(y, z):
    return np.mean(np.maximum(z, 0) - y * z)


@bce_from_logits.variant
def logits_with_logaddexp(y, z):
    return np.mean(np.logaddexp(0, z) - y * z)


@bce_from_logits.variant
def logits_on_the_side_of_the_label(y, z):
    s = np.where(y == 1, -z, z)
    return np.mean(np.maximum(s, 0) + np.log(1 + np.exp(-np.abs(s))))


@bce_from_logits.variant
def logits_with_a_loop(y, z):
    total = 0.0
    for t, s in zip(np.ravel(y), np.ravel(z)):
        s = -s if t == 1 else s
        total += s + np.log1p(np.exp(-s)) if s > 0 else np.log1p(np.exp(s))
    return np.array(total / len(y))


@bce_from_logits.variant
def logits_with_where(y, z):
    softplus = np.where(z > 0, z + np.log1p(np.exp(-z)), np.log1p(np.exp(z)))
    return -np.sum(y * z - softplus) / y.size


# 4.5 ---------------------------------------------------------------------------------------------


def one_hot(classes: np.ndarray, k: int) -> np.ndarray:
    """Make a row for each class, with its 1 in that place."""
    return np.eye(k, dtype=int)[classes]


def classes_and_chances(rng: np.random.Generator) -> list[Case]:
    """Make batches with more rows than classes; predictions have two decimals and sum to 1."""

    def batch(m: int, k: int) -> Case:
        wish = rng.dirichlet(np.ones(k), m)
        P = np.stack([rng.multinomial(100 - k, row) + 1 for row in wish]) / 100
        return one_hot(rng.permutation(np.arange(m) % k), k), P

    wrong = np.array(
        [
            [0.001, 0.009, 0.99],
            [0.25, 0.5, 0.25],
            [0.6, 0.2, 0.2],
            [0.1, 0.8, 0.1],
            [0.2, 0.799999, 0.000001],
        ]
    )
    return [
        (
            one_hot(np.array([0, 2, 1, 2, 0]), 3),
            np.array(
                [
                    [0.7, 0.2, 0.1],
                    [0.1, 0.3, 0.6],
                    [0.5, 0.2, 0.3],
                    [0.6, 0.1, 0.3],
                    [0.4, 0.1, 0.5],
                ]
            ),
        ),
        batch(7, 4),
        batch(5, 2),
        batch(7, 5),
        (one_hot(np.array([0, 0, 1, 1, 2]), 3), wrong),
    ]


@exercise(
    "4.5",
    "cross-entropy for several classes",
    cases=classes_and_chances,
    hints=(
        "In each row only the true class counts: Y is 1 there and 0 elsewhere. Sum over the "
        "classes of a row, then average over the rows.",
        "L = −(1/m) · sum over rows of (sum over classes of Y·log P)",
        "return -np.mean(np.sum(Y * np.log(____), axis=____))",
    ),
)
def cross_entropy(Y, P):
    return float(-np.mean(np.sum(Y * np.log(P), axis=1)))


@cross_entropy.mistake(
    "np.mean over the whole table divides by m·k, the zeros included. Sum over the classes first "
    "(axis=1), then average over the m rows."
)
def mean_over_the_table(Y, P):
    return -np.mean(Y * np.log(P))


@cross_entropy.mistake(
    "Divided by the number of classes, k. Divide by the number of rows, m: sum over axis 1, along"
    " each row, then average."
)
def summed_over_rows(Y, P):
    return -np.mean(np.sum(Y * np.log(P), axis=0))


@cross_entropy.mistake("This is the sum over the batch. Divide by the number of rows, m.")
def classes_summed(Y, P):
    return -np.sum(Y * np.log(P))


@cross_entropy.mistake("The minus is missing: a loss is never negative.")
def classes_without_minus(Y, P):
    return np.mean(np.sum(Y * np.log(P), axis=1))


@cross_entropy.mistake(
    "The binary formula is used on every entry. With several classes only the true one counts: "
    "leave (1 - Y)·log(1 - P) out."
)
def every_class_on_its_own(Y, P):
    return -np.mean(np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P), axis=1))


@cross_entropy.mistake(
    "This is the surprise at the favorite class, P.max. Take the probability of the true class, "
    "where Y is 1."
)
def favorite_class(Y, P):
    return -np.mean(np.log(P.max(axis=1)))


@cross_entropy.mistake(
    "Every row is paired with every other row's class. If you used @ or np.dot: use Y * "
    "np.log(P). If you used P[:, classes]: write P[np.arange(len(P)), classes]."
)
def columns_of_every_row(Y, P):
    return -np.mean(np.log(P[:, Y.argmax(axis=1)]))


@cross_entropy.mistake(
    "The probabilities are averaged before the logarithm. Take the logarithm of each row first."
)
def log_of_the_mean(Y, P):
    return -np.log(np.mean(np.sum(Y * P, axis=1)))


@cross_entropy.mistake(
    "The logarithm is taken of zeros, those of Y or of Y·P. Take np.log(P), then multiply by Y."
)
def log_of_one_hot(Y, P):
    return -np.mean(np.sum(P * np.log(Y), axis=1))


@cross_entropy.mistake(
    "Every class counts here, whether true or not. Multiply by Y, entry by entry: Y * np.log(P). "
    "If you used @ or np.dot: that pairs entries that do not belong together."
)
def all_classes_count(Y, P):
    return -np.mean(np.sum(np.log(P), axis=1))


@cross_entropy.mistake(
    "np.log10 is the logarithm to base 10. The loss uses the natural one: np.log."
)
def classes_log10(Y, P):
    return -np.mean(np.sum(Y * np.log10(P), axis=1))


@cross_entropy.mistake("np.log2 is the logarithm to base 2. The loss uses the natural one: np.log.")
def classes_log2(Y, P):
    return -np.mean(np.sum(Y * np.log2(P), axis=1))


@cross_entropy.mistake(
    "These are the losses of the single rows. The loss of the batch is their mean, one number."
)
def classes_not_averaged(Y, P):
    return -np.sum(Y * np.log(P), axis=1)


@cross_entropy.mistake(
    "P is put through softmax once more. It already holds probabilities, so take np.log(P)."
)
def softmax_again(Y, P):
    return -np.mean(np.sum(Y * np.log(reference.softmax(P)), axis=1))


@cross_entropy.mistake(
    "1e-8 is added inside the logarithm, which moves every loss a little. P is above 0 here, so "
    "np.log(P) needs no guard."
)
def classes_with_eps_added(Y, P):
    return -np.mean(np.sum(Y * np.log(P + 1e-8), axis=1))


@cross_entropy.mistake(
    "The zeros of Y meet log 0, so this is no number. Take np.log(P), then multiply by Y."
)
def log_of_one_hot_twice(Y, P):
    return -np.mean(np.sum(Y * np.log(Y), axis=1))


@cross_entropy.mistake(
    "If you used @ or np.dot: that pairs rows that do not belong together, and all pairs are "
    "summed. Use Y * np.log(P)."
)
def sum_of_all_pairs(Y, P):
    return -np.sum(Y @ np.log(P).T) / len(Y)


@cross_entropy.mistake(
    "If you used Y.T @ np.log(P): that is a (k, k) table of all pairs of classes, and its mean is "
    "no loss. Use Y * np.log(P)."
)
def mean_of_class_pairs(Y, P):
    return -np.mean(Y.T @ np.log(P))


@cross_entropy.mistake(
    "This is the entropy of P, which does not look at the labels. Multiply by Y: Y * np.log(P)."
)
def entropy_of_the_chances(Y, P):
    return -np.mean(np.sum(P * np.log(P), axis=1))


@cross_entropy.mistake(
    "np.mean with axis=1 divides each row by k and leaves m numbers. Sum along axis 1, then "
    "average: one number."
)
def classes_averaged_along_rows(Y, P):
    return -np.mean(Y * np.log(P), axis=1)


@cross_entropy.mistake(
    "The logarithm is missing: this is the mean chance of the true class. Take np.log(P)."
)
def classes_without_log(Y, P):
    return -np.mean(np.sum(Y * P, axis=1))


@cross_entropy.mistake(
    "Two things: the binary formula is used on every entry (leave (1 - Y)·log(1 - P) out), and "
    "np.mean divides by m·k. Sum along axis 1, then average."
)
def binary_mean_over_the_table(Y, P):
    return -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))


@cross_entropy.variant
def classes_by_index(Y, P):
    return -np.log(P[np.arange(len(P)), Y.argmax(axis=1)]).mean()


@cross_entropy.variant
def classes_by_mask(Y, P):
    return np.mean(-np.log(P[Y == 1]))


@cross_entropy.variant
def classes_by_product(Y, P):
    return np.array(-np.log((Y * P).sum(axis=1)).sum() / Y.shape[0])


@cross_entropy.variant
def classes_with_loops(Y, P):
    total = 0.0
    for row, chance in zip(Y, P):
        for j in range(len(row)):
            if row[j]:
                total -= np.log(np.clip(chance[j], 1e-12, 1.0))
    return total / len(Y)


# 4.6 ---------------------------------------------------------------------------------------------


def _asd():
    """Return the labels and the predictions of the 4-3-1 network, each (2,)."""
    X, y, params = reference.asd_batch()
    return y.ravel(), reference.forward(X, params)[0].ravel()


def two_losses(answer):
    """See two losses in any shape as a list of two; leave such a list as it is."""
    numbers = as_array(answer)
    if numbers is None or numbers.size != 2:
        raise ValueError("asd_losses should hold two numbers, one for each sample.")
    return answer if numbers.ndim == 1 else numbers.ravel().tolist()


@exercise(
    "4.6",
    "the losses of the two samples",
    cases=lambda rng: [()],
    hints=(
        "The first sample has label 1, so only log(a) counts. The second has label 0, so only "
        "log(1 − a) counts. Use A2 with all its digits.",
        "Loss₁ = −log(a₁)  and  Loss₂ = −log(1 − a₂)",
        "asd_losses = [-np.log(A2[0, 0]), -np.log(____)]",
    ),
    adapter=adapters.value,
    view=two_losses,
    tolerance=TO_THREE_DECIMALS,
)
def asd_losses():
    y, a = _asd()
    return _surprises(y, a, 1e-12)


@asd_losses.mistake(
    "These come from the walkthrough's A2, 0.478 and 0.465, which is wrong. Use the A2 that the "
    "network computes."
)
def from_published_outputs():
    return [-np.log(0.478), -np.log(1 - 0.465)]


@asd_losses.mistake(
    "These come from A2 rounded to three decimals, which moves the losses by 0.001. Use A2 itself."
)
def from_rounded_outputs():
    y, a = _asd()
    return _surprises(y, a.round(3), 1e-12)


@asd_losses.mistake("The sign is turned around: a loss is never negative. Put a minus first.")
def negative_losses():
    return -asd_losses.reference()


@asd_losses.mistake("This is the logarithm to base 10. The loss uses the natural one: np.log.")
def losses_log10():
    y, a = _asd()
    return _surprises(y, a, 1e-12, np.log10)


@asd_losses.mistake("This is the logarithm to base 2. The loss uses the natural one: np.log.")
def losses_log2():
    y, a = _asd()
    return _surprises(y, a, 1e-12, np.log2)


@asd_losses.mistake(
    "The labels are swapped. The first sample has label 1 and costs −log(a); the second has "
    "label 0 and costs −log(1 − a)."
)
def losses_with_labels_swapped():
    y, a = _asd()
    return _surprises(1 - y, a, 1e-12)


@asd_losses.mistake(
    "Both losses use log(a). The second sample has label 0: the chance given to its truth is 1 − a."
)
def both_with_label_one():
    return -np.log(_asd()[1])


@asd_losses.mistake("The two losses are in the wrong order: the first sample comes first.")
def losses_in_wrong_order():
    return asd_losses.reference()[::-1]


@asd_losses.mistake("These are ½(a − y)², the squared errors. Here the loss is cross-entropy.")
def losses_squared():
    y, a = _asd()
    return 0.5 * (a - y) ** 2


@asd_losses.mistake("These are the errors |a − y|. Take the logarithm: −log(a) and −log(1 − a).")
def losses_are_errors():
    y, a = _asd()
    return np.abs(a - y)


@asd_losses.mistake(
    "Each loss is divided by 2 already. These are the samples' own losses; the mean comes next."
)
def losses_divided_by_m():
    return asd_losses.reference() / 2


@asd_losses.mistake(
    "Both losses use log(1 − a). The first sample has label 1: the chance given to its truth is a."
)
def both_with_label_zero():
    return -np.log(1 - _asd()[1])


@asd_losses.mistake(
    "These are the predictions, A2. Their losses are asked for: −log(a) and −log(1 − a)."
)
def predictions_handed_in():
    return _asd()[1]


@asd_losses.variant
def losses_to_three_decimals():
    return [0.782, 0.651]


@asd_losses.variant
def losses_as_a_column():
    return np.array([[0.7820], [0.6513]])


@asd_losses.variant
def losses_as_a_tuple():
    return tuple(asd_losses.reference())


@asd_losses.variant
def losses_as_numpy_numbers():
    return [np.float64(0.78204), np.float32(0.65125)]


@exercise(
    "4.6",
    "the loss of the batch",
    cases=lambda rng: [()],
    hints=(
        "The loss of a batch is the mean over its samples. There are two.",
        "L = (Loss₁ + Loss₂) / 2",
        "asd_loss = np.mean(____)",
    ),
    adapter=adapters.value,
    tolerance=TO_THREE_DECIMALS,
)
def asd_loss():
    return float(np.mean(asd_losses.reference()))


@asd_loss.mistake("This is the sum of the two losses. The loss of the batch is their mean.")
def total_of_two():
    return np.sum(asd_losses.reference())


@asd_loss.mistake(
    "This comes from the walkthrough's A2, 0.478 and 0.465, which is wrong. Use the A2 that the "
    "network computes."
)
def mean_from_published_outputs():
    return np.mean(from_published_outputs())


@asd_loss.mistake(
    "This comes from A2 rounded to three decimals. Use A2 itself, and round at the end."
)
def mean_from_rounded_outputs():
    return np.mean(from_rounded_outputs())


@asd_loss.mistake("The sign is turned around: a loss is never negative.")
def negative_mean():
    return -asd_loss.reference()


@asd_loss.mistake("This is the mean to base 10. The loss uses the natural logarithm: np.log.")
def mean_log10():
    return np.mean(losses_log10())


@asd_loss.mistake("This is the mean to base 2. The loss uses the natural logarithm: np.log.")
def mean_log2():
    return np.mean(losses_log2())


@asd_loss.mistake(
    "The labels are swapped. The first sample has label 1 and costs −log(a); the second has "
    "label 0 and costs −log(1 − a)."
)
def mean_with_labels_swapped():
    return np.mean(losses_with_labels_swapped())


@asd_loss.mistake(
    "Both losses use log(a), or A2 was averaged before the logarithm. Take each sample's loss "
    "first; the second has label 0 and costs −log(1 − a)."
)
def mean_with_label_one():
    return np.mean(both_with_label_one())


@asd_loss.mistake("This is the mean of ½(a − y)². Here the loss is cross-entropy.")
def mean_of_squares():
    return np.mean(losses_squared())


@asd_loss.mistake(
    "This is the loss of the first sample alone. The loss of the batch is the mean over both."
)
def first_loss_only():
    return asd_losses.reference()[0]


@asd_loss.mistake(
    "This is the loss of the second sample alone. The loss of the batch is the mean over both."
)
def second_loss_only():
    return asd_losses.reference()[1]


@asd_loss.mistake("These are the two losses. The loss of the batch is their mean, one number.")
def losses_not_averaged():
    return asd_losses.reference()


@asd_loss.mistake(
    "Both losses use log(1 − a), or 1 − A2 was averaged before the logarithm. Take each sample's "
    "loss first; the first has label 1 and costs −log(a)."
)
def mean_with_label_zero():
    return np.mean(both_with_label_zero())


@asd_loss.mistake(
    "This is the mean of the predictions, A2. Take the mean of their losses: np.mean(asd_losses)."
)
def mean_of_predictions():
    return np.mean(_asd()[1])


@asd_loss.variant
def mean_to_three_decimals():
    return 0.717


@asd_loss.variant
def mean_as_numpy_number():
    return np.float32(asd_loss.reference())


@asd_loss.variant
def mean_of_rounded_losses():
    return np.array((0.782 + 0.651) / 2)
