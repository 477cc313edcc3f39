"""Measure the columns."""

import warnings

import numpy as np

from helpers.checks.cases import hundredths
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m06_training._cases import scaler_with


def columns_to_measure(rng: np.random.Generator) -> list[Case]:
    """Make columns of different scales; some are constant, one of those is 0."""
    X = hundredths(rng, 5, 3) * [1.0, 100.0, 1.0] + [0.0, 250.0, 4.0]
    constant = hundredths(rng, 7, 4)
    constant[:, 1], constant[:, 3] = 0.25, 0.0
    return [
        (np.array([[1.0, 10.0], [2.0, 30.0], [3.0, 20.0], [4.0, 60.0], [5.0, 30.0]]),),
        (X.round(2),),
        (constant,),
        (hundredths(rng, 7, 2) + 3,),
        (np.array([[2.0, -3.0, 0.5]]),),
    ]


@exercise(
    "6.7",
    "measure the columns",
    cases=columns_to_measure,
    whole=("X",),
    hints=(
        "Mean and standard deviation of each column: which axis? Keep the dimension. Then look "
        "for columns whose standard deviation is 0.",
        "mean = column means, (1, n); std = column deviations, (1, n), and 1 where that is 0",
        "mean = X.mean(axis=«0», keepdims=True)\nstd = X.std(axis=«0», keepdims=True)\n"
        "return mean, np.where(std == 0, «1», std)",
    ),
    returns=("mean", "std"),
    parts=("mean", "std"),
)
def fit_scaler(X):
    return scaler_with(X)


@fit_scaler.mistake(
    "The standard deviation divides by m − 1 here (ddof=1). In this course it divides by m: leave "
    "ddof out."
)
def sample_deviation(X):
    return scaler_with(X, ddof=1)


@fit_scaler.mistake(
    "The standard deviation divides by m − 1 here (ddof=1); for one row that is a division by 0, "
    "nan. In this course it divides by m: leave ddof out."
)
def sample_deviation_of_one_row(X):
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
        std = X.std(axis=0, keepdims=True, ddof=1)
    return X.mean(axis=0, keepdims=True), np.where(std == 0, 1.0, std)


@fit_scaler.mistake(
    "Two things: the deviation divides by m − 1 (ddof=1), and a constant column keeps its 0. Leave "
    "ddof out, and put 1 where std is 0."
)
def sample_deviation_kept(X):
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
        return X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True, ddof=1)


@fit_scaler.mistake("mean and std are flat, (n,). Add keepdims=True, which makes them (1, n).")
def flat_scaler(X):
    return scaler_with(X, keepdims=False)


@fit_scaler.mistake("Mean and deviation go along the rows. Each column has its own scale: axis=0.")
def scaler_along_rows(X):
    return scaler_with(X, axis=1)


@fit_scaler.mistake(
    "There is one mean and one deviation for the whole table. Each column needs its own: axis=0."
)
def scaler_of_the_table(X):
    return scaler_with(X, axis=None, keepdims=False)


@fit_scaler.mistake(
    "There is one mean and one deviation for the whole table. Each column needs its own: add "
    "axis=0."
)
def scaler_of_the_table_kept(X):
    return scaler_with(X, axis=None)


@fit_scaler.mistake("This is the variance. The standard deviation is its square root: X.std.")
def variance(X):
    return scaler_with(X, power=2)


@fit_scaler.mistake(
    "A constant column has the deviation 0, and dividing by it gives nan. Put 1 in its place, for "
    "example with np.where(std == 0, 1, std)."
)
def constant_column_kept(X):
    return X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True)


@fit_scaler.mistake(
    "A deviation of 0 becomes a tiny number, by adding it or by putting it there. Dividing by "
    "that blows up the smallest difference in new data: put 1 there."
)
def tiny_number_added(X):
    return X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True) + 1e-8


@fit_scaler.mistake(
    "As soon as one column is constant, all deviations become 1. Replace only the zeros: np.where."
)
def one_constant_for_all(X):
    mean, std = constant_column_kept(X)
    return mean, np.ones_like(std) if (std == 0).any() else std


@fit_scaler.mistake(
    "Every deviation below 1 becomes 1, not only those that are 0. Small ones are fine."
)
def at_least_one(X):
    mean, std = constant_column_kept(X)
    return mean, np.maximum(std, 1)


@fit_scaler.mistake("The two returned values are swapped: first the mean, then the deviation.")
def deviation_first(X):
    return scaler_with(X)[::-1]


@fit_scaler.mistake(
    "This is the smallest value and the range. Asked for are the mean and the standard deviation."
)
def smallest_and_range(X):
    span = np.ptp(X, axis=0, keepdims=True)
    return X.min(axis=0, keepdims=True), np.where(span == 0, 1.0, span)


@fit_scaler.mistake(
    "The squares are averaged without subtracting the mean first. X.std(axis=0) does both."
)
def not_centered(X):
    std = np.sqrt(np.mean(X**2, axis=0, keepdims=True))
    return X.mean(axis=0, keepdims=True), np.where(std == 0, 1.0, std)


@fit_scaler.mistake(
    "The data come back, scaled. This function only measures: return mean, std. Exercise 6.7b "
    "scales."
)
def scales_already(X):
    mean, std = scaler_with(X)
    return (X - mean) / std


@fit_scaler.mistake("The deviation is missing. Return two things: return mean, std.")
def mean_only(X):
    return X.mean(axis=0, keepdims=True)


@fit_scaler.mistake(
    "if asks one question, but std holds a number for each column. Ask about all of them: "
    "np.where(std == 0, 1, std)."
)
def one_if_for_all_columns(X):
    mean, std = constant_column_kept(X)
    if std == 0:
        std = 1
    return mean, std


@fit_scaler.mistake(
    "These are the smallest number and the range of each column, which scale to 0 … 1. Asked for "
    "are the mean and the standard deviation: X.mean and X.std."
)
def smallest_and_bare_range(X):
    low, high = X.min(axis=0, keepdims=True), X.max(axis=0, keepdims=True)
    return low, high - low


@fit_scaler.mistake(
    "This is the mean distance from the mean. The standard deviation squares the distances, takes "
    "their mean, and then the root: X.std."
)
def mean_distance(X):
    mean = X.mean(axis=0, keepdims=True)
    distance = np.abs(X - mean).mean(axis=0, keepdims=True)
    return mean, np.where(distance == 0, 1.0, distance)


@fit_scaler.variant
def scaler_by_its_formula(X):
    mean = np.sum(X, axis=0, keepdims=True) / len(X)
    std = np.sqrt(((X - mean) ** 2).mean(axis=0, keepdims=True))
    std[std == 0] = 1
    return mean, std


@fit_scaler.variant
def scaler_reshaped(X):
    mean, std = X.mean(0).reshape(1, -1), X.std(0).reshape(1, -1)
    return mean, std + (std == 0)


@fit_scaler.variant
def scaler_with_a_loop(X):
    mean, std = np.zeros((1, X.shape[1])), np.ones((1, X.shape[1]))
    for j in range(X.shape[1]):
        mean[0, j] = np.mean(X[:, j])
        if X[:, j].max() > X[:, j].min():
            std[0, j] = np.var(X[:, j]) ** 0.5
    return [mean.tolist(), std]
