"""The mean of every column."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m00_start._cases import decimals


def tables(rng: np.random.Generator) -> list[Case]:
    """Make tables: tall, square, a single row, a single column, a constant column."""
    constant = decimals(rng, 7, 4)
    constant[:, 2] = -1.5
    return [
        (decimals(rng, 5, 3),),
        (constant,),
        (decimals(rng, 4, 4),),
        (decimals(rng, 1, 3),),
        (decimals(rng, 6, 1),),
    ]


@exercise(
    "0.2",
    "the mean of every column",
    cases=tables,
    whole=("X",),
    hints=(
        "One mean for each column: the rows are what disappears, and rows are axis 0. Then look "
        "at the shape: the answer is still a table, with one row.",
        "mean of column j = (X[0, j] + X[1, j] + … + X[m − 1, j]) / m; the shape is (1, n)",
        "return X.mean(axis=0, keepdims=«True»)",
    ),
)
def column_means(X):
    return X.mean(axis=0, keepdims=True)


@column_means.mistake(
    "The numbers are right, but the shape is (n,). keepdims=True keeps the row: (1, n)."
)
def means_without_keepdims(X):
    return X.mean(axis=0)


@column_means.mistake(
    "These are the means of the rows. On X itself, without .T, axis=0 lets the rows go and gives "
    "the means of the columns."
)
def row_means(X):
    return X.mean(axis=1, keepdims=True)


@column_means.mistake(
    "These are the means of the rows, in a flat array. On X itself, without .T, use axis=0, and "
    "keepdims=True for (1, n)."
)
def flat_row_means(X):
    return X.mean(axis=1)


@column_means.mistake(
    "This is the mean of all numbers. Average once only, over the axis that should go: axis=0."
)
def mean_of_everything(X):
    return X.mean()


@column_means.mistake(
    "This is the mean of all numbers, in a (1, 1) table. Average once only, over axis=0."
)
def mean_of_everything_in_a_table(X):
    return X.mean(keepdims=True)


@column_means.mistake("These are sums. Divide by the number of rows, or use mean.")
def column_sums(X):
    return X.sum(axis=0, keepdims=True)


@column_means.mistake(
    "The means stand in a column, (n, 1). They should stand in a row, above their own columns: "
    "(1, n)."
)
def means_in_a_column(X):
    return X.mean(axis=0).reshape(-1, 1)


@column_means.mistake(
    "These are the means of the rows, laid in a row. On X itself, axis=0 and keepdims=True give "
    "one mean for each column, in the shape (1, n), without .T."
)
def row_means_laid_down(X):
    return X.mean(axis=1, keepdims=True).T


@column_means.mistake(
    "Only the mean of the first column is there. If return stands inside a loop, the function ends "
    "in the first round."
)
def return_after_the_first_column(X):
    for j in range(X.shape[1]):
        return X[:, j].mean()


@column_means.mistake(
    "Each mean holds the columns before it as well. Set the sum back to 0 for every new column."
)
def means_never_reset(X):
    return X.sum(axis=0, keepdims=True).cumsum(axis=1) / len(X)


@column_means.mistake(
    "The sums are divided by the number of columns. Divide by the number of rows, X.shape[0]."
)
def divided_by_columns(X):
    return X.sum(axis=0, keepdims=True) / X.shape[1]


@column_means.mistake("These are medians, the values in the middle. Use mean.")
def column_medians(X):
    return np.median(X, axis=0, keepdims=True)


@column_means.mistake("The sums are divided by m − 1. A mean divides by the number of rows, m.")
def divided_by_one_less(X):
    return X.sum(axis=0, keepdims=True) / (X.shape[0] - 1)


@column_means.variant
def sum_over_count(X):
    return np.sum(X, axis=0, keepdims=True) / len(X)


@column_means.variant
def with_a_new_axis(X):
    return np.mean(X, 0)[None, :]


@column_means.variant
def as_nested_lists(X):
    return [[sum(column) / len(column) for column in X.T]]


@column_means.variant
def with_a_row_of_ones(X):
    return np.ones((1, len(X))) @ X / len(X)
