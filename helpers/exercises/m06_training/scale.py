"""Scale with a scaler."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m06_training._cases import rows_to_scale, scaler_with


@exercise(
    "6.7",
    "scale with a scaler",
    cases=rows_to_scale,
    whole=("X",),
    hints=(
        "The scaler is a pair: take it apart. Do not measure X again.",
        "scaled = (X − mean) / std, with the mean and std of the training rows",
        "mean, std = scaler\nreturn (X - «mean») / «std»",
    ),
    second=True,
)
def scale(X, scaler):
    mean, std = scaler
    return (X - mean) / std


@scale.mistake(
    "X is measured anew, and the scaler is not used. New rows are scaled with the mean and std of "
    "the training rows: mean, std = scaler."
)
def measured_anew(X, scaler):
    mean, std = scaler_with(X)
    return (X - mean) / std


@scale.mistake(
    "X is measured anew, with a deviation that may be 0, and the scaler is not used. New rows are "
    "scaled with the numbers of the training rows: mean, std = scaler."
)
def measured_anew_without_guard(X, scaler):
    return (X - X.mean(axis=0)) / X.std(axis=0)


@scale.mistake(
    "X is centered by its own mean, before or after. Subtract the mean of the training rows, and "
    "nothing else: mean, std = scaler."
)
def own_mean(X, scaler):
    return (X - X.mean(axis=0)) / scaler[1]


@scale.mistake(
    "X is divided by its own deviation. Divide by that of the training rows: mean, std = scaler."
)
def own_deviation(X, scaler):
    return (X - scaler[0]) / scaler_with(X)[1]


@scale.mistake(
    "This undoes a scaling: times std, plus the mean. Scale: subtract the mean, divide by std."
)
def scaling_undone(X, scaler):
    return X * scaler[1] + scaler[0]


@scale.mistake("The mean is not subtracted. Subtract it first, then divide.")
def not_shifted(X, scaler):
    return X / scaler[1]


@scale.mistake("The division by the standard deviation is missing.")
def not_divided(X, scaler):
    return X - scaler[0]


@scale.mistake("X is multiplied by the standard deviation. Divide by it.")
def multiplied(X, scaler):
    return (X - scaler[0]) * scaler[1]


@scale.mistake(
    "Only the mean is divided by std, because / comes before -. Put the difference in parentheses."
)
def parentheses_forgotten(X, scaler):
    return X - scaler[0] / scaler[1]


@scale.mistake("X is divided first and shifted afterwards. Subtract the mean, then divide.")
def divided_first(X, scaler):
    return X / scaler[1] - scaler[0]


@scale.mistake("mean and std are mixed up: the scaler is (mean, std), in this order.")
def mean_and_std_mixed_up(X, scaler):
    std, mean = scaler
    return (X - mean) / std


@scale.mistake("The sign is turned around: it is X minus the mean, not the mean minus X.")
def mean_minus_x(X, scaler):
    return (scaler[0] - X) / scaler[1]


@scale.mistake("The mean is added. Subtract it.")
def mean_added(X, scaler):
    return (X + scaler[0]) / scaler[1]


@scale.mistake("This divides by the variance, std². The scaler's std is the deviation already.")
def divided_by_the_variance(X, scaler):
    return (X - scaler[0]) / scaler[1] ** 2


@scale.mistake("This divides by the root of std. The scaler's std is the deviation already.")
def divided_by_a_root(X, scaler):
    return (X - scaler[0]) / np.sqrt(scaler[1])


@scale.mistake(
    "The numbers are right, but -= and /= write into the caller's X. Make a new array: "
    "(X - mean) / std."
)
def scaled_in_place(X, scaler):
    X -= scaler[0]
    X /= scaler[1]
    return X


@scale.mistake("scaler is a tuple. It has no names: take it apart with mean, std = scaler.")
def scaler_with_dots(X, scaler):
    return (X - scaler.mean) / scaler.std


@scale.mistake(
    "scaler is a tuple, so it has places and no keys. Take it apart with mean, std = scaler."
)
def scaler_with_keys(X, scaler):
    return (X - scaler["mean"]) / scaler["std"]


@scale.mistake("Two values come back, not one array. Return the scaled X alone.")
def scaler_handed_on(X, scaler):
    return scale.reference(X, scaler), scaler


@scale.variant
def scaled_by_places(X, scaler):
    return np.divide(np.subtract(X, scaler[0]), scaler[1])


@scale.variant
def scaled_column_by_column(X, scaler):
    mean, std = (np.ravel(part) for part in scaler)
    return np.column_stack([(X[:, j] - mean[j]) / std[j] for j in range(X.shape[1])])


@scale.variant
def scaled_term_by_term(X, scaler):
    mean, std = scaler
    return X / std - mean / std
