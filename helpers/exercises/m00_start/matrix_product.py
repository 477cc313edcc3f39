"""The matrix product, from the inside."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m00_start._cases import decimals


def pairs(rng: np.random.Generator) -> list[Case]:
    """Make matrices that fit; the square ones fit in either order."""
    shapes = ((5, 3, 2), (7, 2, 4), (3, 3, 3), (1, 4, 1), (5, 1, 3))
    return [(decimals(rng, m, n_in), decimals(rng, n_in, n_out)) for m, n_in, n_out in shapes]


@exercise(
    "0.3",
    "the matrix product, from the inside",
    cases=pairs,
    whole=("X",),
    hints=(
        "Entry (i, j) of the answer needs row i of X and column j of W, and nothing else. Multiply "
        "them pair by pair, then add the products up.",
        "Z[i, j] = X[i, 0]·W[0, j] + X[i, 1]·W[1, j] + … ; Z has the shape (m, n_out)",
        "Z[i, j] = np.sum(X[i, :] * W[:, «j»])",
    ),
)
def matrix_product(X, W):
    return X @ W


@matrix_product.mistake(
    "X * W multiplies entry by entry, and these two shapes do not fit for that. "
    "Multiply a row of X by a column of W, and sum."
)
def star(X, W):
    return X * W


@matrix_product.mistake("The order is turned around: rows of X meet columns of W, as in X @ W.")
def turned_around(X, W):
    return W @ X


@matrix_product.mistake(
    "This takes rows of W. Entry (i, j) needs column j of W, which is W[:, j]: no .T here."
)
def rows_of_w(X, W):
    return X @ W.T


@matrix_product.mistake(
    "X is transposed. Entry (i, j) needs row i of X, which is X[i]: no .T here."
)
def columns_of_x(X, W):
    return X.T @ W


@matrix_product.mistake(
    "The answer is transposed: its shape should be (m, n_out). Swap i and j, or take .T away."
)
def product_transposed(X, W):
    return (X @ W).T


@matrix_product.mistake(
    "Only the last of the products that belong to an entry is left. An entry is the sum of all of "
    "them; in a loop, += adds, and = replaces."
)
def only_the_last_product(X, W):
    Z = np.zeros((X.shape[0], W.shape[1]))
    for i in range(X.shape[0]):
        for j in range(W.shape[1]):
            for k in range(X.shape[1]):
                Z[i, j] = X[i, k] * W[k, j]
    return Z


@matrix_product.mistake(
    "X[i] * W[:, j] is a row of products, and one entry holds one number. Sum them: "
    "Z[i, j] = np.sum(X[i] * W[:, j])."
)
def products_in_one_entry(X, W):
    Z = np.zeros((X.shape[0], W.shape[1]))
    for i in range(X.shape[0]):
        for j in range(W.shape[1]):
            Z[i, j] = X[i] * W[:, j]
    return Z


def _first_products(X, W, rows, columns):
    Z = np.zeros((X.shape[0], W.shape[1]))
    Z[:rows, :columns] = (X @ W)[:rows, :columns]
    return Z


@matrix_product.mistake(
    "Only the first row is filled. If return stands inside the loop over i, move it to the left, "
    "below both loops."
)
def return_after_the_first_row(X, W):
    return _first_products(X, W, 1, W.shape[1])


@matrix_product.mistake(
    "Only the entry (0, 0) is filled. If return stands inside the loops, move it to the left, "
    "below both of them."
)
def return_after_the_first_entry(X, W):
    return _first_products(X, W, 1, 1)


@matrix_product.mistake(
    "Only the first of all products is there. If return stands inside the loops, move it to the "
    "left, below all of them."
)
def return_after_the_first_product(X, W):
    Z = np.zeros((X.shape[0], W.shape[1]))
    Z[0, 0] = X[0, 0] * W[0, 0]
    return Z


@matrix_product.mistake(
    "Each entry holds all the entries before it as well. Set the sum back to 0 for every new entry."
)
def sum_never_reset(X, W):
    return np.cumsum((X @ W).ravel()).reshape(X.shape[0], W.shape[1])


@matrix_product.mistake(
    "Each entry holds those to its left in the row as well. Set the sum back to 0 for every entry, "
    "not only for every row."
)
def sum_reset_for_each_row_only(X, W):
    return np.cumsum(X @ W, axis=1)


def _with_rows_of_w(X, W, multiply):
    Z = np.zeros((X.shape[0], W.shape[1]))
    for i in range(X.shape[0]):
        for j in range(W.shape[1]):
            Z[i, j] = multiply(i, j)
    return Z


@matrix_product.mistake(
    "The rows are counted wrongly: only as many are filled as X has columns. i counts the rows of "
    "X, range(X.shape[0])."
)
def rows_counted_by_columns(X, W):
    Z = np.zeros((X.shape[0], W.shape[1]))
    for i in range(X.shape[1]):
        for j in range(W.shape[1]):
            Z[i, j] = np.sum(X[i] * W[:, j])
    return Z


@matrix_product.mistake("W[j] is row j of W. Entry (i, j) needs column j, which is W[:, j].")
def row_j_of_w(X, W):
    return _with_rows_of_w(X, W, lambda i, j: np.sum(X[i] * W[j]))


@matrix_product.mistake(
    "W[j] is row j of W, and it does not fit row i of X. Entry (i, j) needs column j: W[:, j]."
)
def dot_with_row_j_of_w(X, W):
    return _with_rows_of_w(X, W, lambda i, j: np.dot(X[i], W[j]))


@matrix_product.mistake(
    "The indices of W are turned around. Its rows are counted by k, its columns by j: W[k, j]."
)
def indices_of_w_swapped(X, W):
    return _with_rows_of_w(X, W, lambda i, j: sum(X[i, k] * W[j, k] for k in range(X.shape[1])))


@matrix_product.mistake("The products are not summed yet. Sum over the inner dimension: axis=1.")
def products_not_summed(X, W):
    return X[:, :, None] * W


@matrix_product.mistake(
    "The sum goes over the examples. Sum over the inner dimension, n_in: axis=1."
)
def summed_over_examples(X, W):
    return (X[:, :, None] * W).sum(axis=0)


@matrix_product.mistake(
    "The sum goes over the outputs. Sum over the inner dimension, n_in: axis=1."
)
def summed_over_outputs(X, W):
    return (X[:, :, None] * W).sum(axis=2)


@matrix_product.mistake("This is the mean of the products. A matrix product adds them up: use sum.")
def means_of_products(X, W):
    return X @ W / X.shape[1]


@matrix_product.mistake(
    "The decimals are cut off: somewhere the numbers become integers, by int(...), astype(int) or "
    "dtype=int. np.zeros((m, n_out)) holds floats."
)
def decimals_cut_off(X, W):
    Z = np.zeros((X.shape[0], W.shape[1]), dtype=int)
    for i in range(X.shape[0]):
        for j in range(W.shape[1]):
            Z[i, j] = np.sum(X[i, :] * W[:, j])
    return Z


@matrix_product.mistake(
    "This is the sum of the whole product. The answer has one entry for each pair."
)
def product_summed(X, W):
    return np.sum(X @ W)


@matrix_product.variant
def three_loops(X, W):
    Z = np.zeros((X.shape[0], W.shape[1]))
    for i in range(X.shape[0]):
        for j in range(W.shape[1]):
            for k in range(X.shape[1]):
                Z[i, j] += X[i, k] * W[k, j]
    return Z


@matrix_product.variant
def lists_of_rows(X, W):
    return [[sum(a * c for a, c in zip(row, column)) for column in W.T] for row in X]


@matrix_product.variant
def broadcast_then_sum(X, W):
    return (X[:, :, None] * W[None, :, :]).sum(axis=1)


@matrix_product.variant
def with_einsum(X, W):
    return np.einsum("ik,kj->ij", X, W)


@matrix_product.variant
def sum_of_outer_products(X, W):
    return sum(np.outer(X[:, k], W[k]) for k in range(X.shape[1]))
