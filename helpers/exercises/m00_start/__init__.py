"""Module 00, start here: three warm-ups on shapes. They are practice and carry no points."""

import numpy as np

from helpers.checks.exercise import Case, exercise


def decimals(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw numbers with two decimals."""
    return rng.normal(size=shape).round(2)


# 0.1 ---------------------------------------------------------------------------------------------


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
    hints=(
        "Look at the shapes. X is (m, n_in) and W is (n_in, n_out): which of X @ W and X * W gives "
        "(m, n_out)? Then add b, which NumPy repeats for every row.",
        "Z = X @ W + b",
        "return X @ W + ____",
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


# 0.2 ---------------------------------------------------------------------------------------------


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
    hints=(
        "One mean for each column: the rows are what disappears, and rows are axis 0. Then look "
        "at the shape: the answer is still a table, with one row.",
        "mean of column j = (X[0, j] + X[1, j] + … + X[m − 1, j]) / m; the shape is (1, n)",
        "return X.mean(axis=0, keepdims=____)",
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


# 0.3 ---------------------------------------------------------------------------------------------


def pairs(rng: np.random.Generator) -> list[Case]:
    """Make matrices that fit; the square ones fit in either order."""
    shapes = ((5, 3, 2), (7, 2, 4), (3, 3, 3), (1, 4, 1), (5, 1, 3))
    return [(decimals(rng, m, n_in), decimals(rng, n_in, n_out)) for m, n_in, n_out in shapes]


@exercise(
    "0.3",
    "the matrix product, from the inside",
    cases=pairs,
    hints=(
        "Entry (i, j) of the answer needs row i of X and column j of W, and nothing else. Multiply "
        "them pair by pair, then add the products up.",
        "Z[i, j] = X[i, 0]·W[0, j] + X[i, 1]·W[1, j] + … ; Z has the shape (m, n_out)",
        "Z[i, j] = np.sum(X[i, :] * W[:, ____])",
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
