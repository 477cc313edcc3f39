"""Predictions for a whole batch."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m01_neurons._cases import INTEGERS, rows_of_inputs
from helpers.exercises.m01_neurons.step import step


@exercise(
    "1.3",
    "predictions for a whole batch",
    cases=rows_of_inputs,
    hints=(
        "One matrix product gives the weighted sums of all rows. Then use the step function.",
        "z = X @ w + b has one number for each row; the prediction is 1 where z > 0",
        "return step(X @ w + «b»)",
    ),
    tolerance=INTEGERS,
)
def predict(X, w, b):
    return np.where(X @ w + b > 0, 1, 0)


@predict.mistake("The bias is missing. Without it every line goes through the origin.")
def predict_without_bias(X, w, b):
    return np.where(X @ w > 0, 1, 0)


@predict.mistake("A point on the line, z = 0, counts as 1 here. The step function gives 0 there.")
def predict_fires_at_zero(X, w, b):
    return np.where(X @ w + b >= 0, 1, 0)


@predict.mistake("These are the weighted sums. Put them through the step function.")
def predict_sums(X, w, b):
    return X @ w + b


@predict.mistake("These are True and False. Turn them into 0 and 1 with astype(int).")
def predict_booleans(X, w, b):
    return X @ w + b > 0


@predict.mistake(
    "X * w multiplies without summing, so each input gets its own prediction. "
    "X @ w sums over the inputs of a row."
)
def predict_every_input(X, w, b):
    return np.where(X * w + b > 0, 1, 0)


@predict.mistake("The predictions stand in a column, (m, 1). Here they are flat, (m,).")
def predict_a_column(X, w, b):
    return np.where(X @ np.reshape(w, (-1, 1)) + b > 0, 1, 0)


@predict.mistake("The order is turned around: write X @ w, so that each row of X meets w.")
def predict_turned_around(X, w, b):
    return np.where(w @ X + b > 0, 1, 0)


@predict.mistake(
    "One number comes back for the whole batch: the sum runs over all rows. "
    "Sum over each row: X @ w."
)
def predict_one_number(X, w, b):
    return step.reference(np.sum(X * w) + b)


@predict.mistake(
    "The bias counts once for each column of X, or the weighted inputs are averaged and not "
    "summed: both predict this. Sum the products of a row, then add b once."
)
def predict_bias_in_every_column(X, w, b):
    return step.reference(X @ w + X.shape[1] * b)


@predict.mistake("The bias is added after the step. It belongs inside: step(X @ w + b).")
def predict_bias_after_step(X, w, b):
    return step.reference(X @ w) + b


@predict.mistake("The bias is subtracted. The weighted sum is X @ w + b; compare it with 0.")
def predict_bias_subtracted(X, w, b):
    return step.reference(X @ w - b)


@predict.variant
def predict_row_by_row(X, w, b):
    return [1 if sum(xi * wi for xi, wi in zip(row, w)) + b > 0 else 0 for row in X]


@predict.variant
def predict_with_einsum(X, w, b):
    return (np.einsum("ij,j->i", X, w) > -b).astype(int)


@predict.variant
def predict_with_step(X, w, b):
    return step.reference(np.dot(X, w) + b)


@predict.variant
def predict_with_transpose(X, w, b):
    return (w @ X.T + b > 0) * 1
