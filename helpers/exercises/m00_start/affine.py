"""A whole batch through one layer."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m00_start._cases import decimals


def layers(rng: np.random.Generator) -> list[Case]:
    """Make inputs, weights and biases of layers; in one of them W is square."""
    shapes = ((5, 3, 2), (7, 2, 4), (5, 3, 3), (6, 4, 1), (1, 2, 3))
    return [
        (
            decimals(rng, m, n_in),
            decimals(rng, n_in, n_out),
            np.where(rng.random((1, n_out)) < 0.5, -1, 1) * rng.integers(2, 9, (1, n_out)) / 4,
        )
        for m, n_in, n_out in shapes
    ]


@exercise(
    "0.1",
    "a whole batch through one layer",
    cases=layers,
    whole=("X",),
    hints=(
        "Look at the shapes. X is (m, n_in) and W is (n_in, n_out): which of X @ W and X * W gives "
        "(m, n_out)? Then add b, which NumPy repeats for every row.",
        "Z = X @ W + b",
        "return X @ W + «b»",
    ),
)
def affine(X, W, b):
    return X @ W + b


@affine.mistake(
    "b does not reach the answer. Return the sum, X @ W + b; a line Z + b alone changes nothing."
)
def affine_without_bias(X, W, b):
    return X @ W


@affine.mistake(
    "X and W are combined entry by entry, with * or +, and their shapes do not fit for that. "
    "The matrix product is X @ W."
)
def affine_with_a_star(X, W, b):
    return X * W + b


@affine.mistake(
    "W is transposed here. Its rows already fit the columns of X, so write X @ W, without .T."
)
def affine_with_w_transposed(X, W, b):
    return X @ W.T + b


@affine.mistake("The order is turned around. X comes first: X @ W, so that rows stay examples.")
def affine_turned_around(X, W, b):
    return W @ X + b


@affine.mistake("The bias is subtracted. It is added, even where its entries are negative.")
def affine_bias_subtracted(X, W, b):
    return X @ W - b


@affine.mistake(
    "The bias is added to the weights, before the product. Compute X @ W first, then add b."
)
def affine_bias_added_to_the_weights(X, W, b):
    return X @ (W + b)


@affine.mistake(
    "The examples stand in columns. In this course one example is a row: write X @ W + b, "
    "without transposing."
)
def affine_in_columns(X, W, b):
    return W.T @ X.T + b.T


@affine.mistake(
    "X is transposed too, so the examples stand in columns, and b, a row, does not fit them. Here "
    "one example is a row: X @ W + b."
)
def affine_in_columns_with_a_row(X, W, b):
    return W.T @ X.T + b


@affine.mistake(
    "The factors of dot stand the wrong way around. X comes first: np.dot(X, W), as in X @ W."
)
def affine_with_dot_turned_around(X, W, b):
    return np.dot(W, X) + b


@affine.mistake("b is turned into a column here. It comes as a row, (1, n_out): add it as it is.")
def affine_with_b_transposed(X, W, b):
    return X @ W + b.T


@affine.mistake("This is the first example alone. X @ W takes all rows of X at once.")
def affine_of_the_first_row(X, W, b):
    return X[0] @ W + b


@affine.mistake(
    "Everything is summed into one number. X @ W already does the summing that is needed."
)
def affine_summed(X, W, b):
    return np.sum(X @ W + b)


@affine.mistake("The product is multiplied by b. Add the bias: X @ W + b.")
def affine_times_bias(X, W, b):
    return X @ W * b


@affine.variant
def affine_with_dot(X, W, b):
    return np.add(np.dot(X, W), b)


@affine.variant
def affine_row_by_row(X, W, b):
    return [[x @ W[:, j] + b[0, j] for j in range(W.shape[1])] for x in X]


@affine.variant
def affine_in_two_steps(X, W, b):
    Z = X @ W
    Z += b
    return Z


@affine.variant
def affine_with_the_bias_as_weights(X, W, b):
    return np.hstack([X, np.ones((len(X), 1))]) @ np.vstack([W, b])


@affine.variant
def affine_with_a_flat_bias(X, W, b):
    return X @ W + b.ravel()
