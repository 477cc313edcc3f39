"""Half the squared error, averaged."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m04_loss._cases import predictions_and_targets


@exercise(
    "4.1",
    "half the squared error, averaged",
    cases=predictions_and_targets,
    hints=(
        "First the error of each row, a - y. Square it, halve it, and average over the rows.",
        "L = mean of ½(a − y)²",
        "return np.mean(0.5 * («a - y») ** 2)",
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
    "The errors are averaged before they are squared, or each is multiplied by every other, as in "
    "e @ e.T. Square each error first, then average."
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
