"""The gradients of the output layer."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m05_backpropagation._cases import (
    activations_and_errors,
    averaged_gradients,
    mean_row,
)


@exercise(
    "5.5",
    "the gradients of the output layer",
    cases=activations_and_errors,
    hints=(
        "Look at the shapes. A1 is (m, n1), dZ2 is (m, n_out), and dW2 must be (n1, n_out). Which "
        "product fits?",
        "dW2 = A1ᵀ dZ2 / m,  and  db2 = mean of dZ2 over the rows, shape (1, n_out)",
        "return A1.T @ «dZ2» / len(A1), np.mean(dZ2, axis=0, keepdims=«True»)",
    ),
    returns=("dW2", "db2"),
    parts=("dW2", "db2"),
)
def output_gradients(A1, dZ2):
    return averaged_gradients(A1, dZ2)


@output_gradients.mistake(
    "Both gradients are m times too large: average over the examples, divide by len(A1)."
)
def layer_summed(A1, dZ2):
    return A1.T @ dZ2, dZ2.sum(axis=0, keepdims=True)


@output_gradients.mistake(
    "dW2 is m times too large: a matrix product sums over the examples. Divide by len(A1)."
)
def layer_dw_summed(A1, dZ2):
    return A1.T @ dZ2, mean_row(dZ2)


@output_gradients.mistake("db2 is m times too large: take the mean over the rows, not the sum.")
def layer_db_summed(A1, dZ2):
    return A1.T @ dZ2 / len(A1), dZ2.sum(axis=0, keepdims=True)


@output_gradients.mistake(
    "dW2 is divided by the number of hidden neurons. Divide by the number of examples, len(A1)."
)
def layer_dw_over_neurons(A1, dZ2):
    return A1.T @ dZ2 / A1.shape[1], mean_row(dZ2)


@output_gradients.mistake(
    "Both gradients are divided by the number of hidden neurons. Divide by that of examples, "
    "len(A1)."
)
def layer_over_neurons(A1, dZ2):
    return A1.T @ dZ2 / A1.shape[1], dZ2.sum(axis=0, keepdims=True) / A1.shape[1]


@output_gradients.mistake("dW2 is divided by m twice. Once is enough.")
def layer_dw_averaged_twice(A1, dZ2):
    return A1.T @ dZ2 / len(A1) ** 2, mean_row(dZ2)


@output_gradients.mistake("Both gradients are divided by m twice. Once is enough.")
def layer_averaged_twice(A1, dZ2):
    return A1.T @ dZ2 / len(A1) ** 2, mean_row(dZ2) / len(A1)


@output_gradients.mistake(
    "dW2 is divided by 2, as in the example with two rows. Batches have m rows: len(A1)."
)
def layer_dw_over_two(A1, dZ2):
    return A1.T @ dZ2 / 2, mean_row(dZ2)


@output_gradients.mistake(
    "dW2 lies on its side. It has the shape of W2, (n1, n_out): A1.T comes first."
)
def layer_dw_transposed(A1, dZ2):
    return dZ2.T @ A1 / len(A1), mean_row(dZ2)


@output_gradients.mistake(
    "A1 @ dZ2 does not fit: both have a row for each example. Transpose A1: A1.T @ dZ2."
)
def layer_not_transposed(A1, dZ2):
    return A1 @ dZ2 / len(A1), mean_row(dZ2)


@output_gradients.mistake(
    "np.dot(A1, dZ2) does not fit: both have a row for each example. Transpose A1: "
    "np.dot(A1.T, dZ2)."
)
def layer_dot_not_transposed(A1, dZ2):
    return np.dot(A1, dZ2) / len(A1), mean_row(dZ2)


@output_gradients.mistake(
    "The wrong factor is transposed: with dZ2.T the inner sizes do not meet. A1.T @ dZ2."
)
def layer_wrong_factor_transposed(A1, dZ2):
    return A1 @ dZ2.T / len(A1), mean_row(dZ2)


@output_gradients.mistake(
    "* multiplies entry by entry. dW2 is the matrix product of A1.T and dZ2, written @, divided by "
    "m."
)
def layer_entry_by_entry(A1, dZ2):
    return A1 * dZ2 / len(A1), mean_row(dZ2)


@output_gradients.mistake(
    "A1 and dZ2 are multiplied entry by entry, then averaged. That cannot work with several "
    "outputs: A1.T @ dZ2 / m makes every pair."
)
def layer_mean_of_products(A1, dZ2):
    return np.mean(A1 * dZ2, axis=0, keepdims=True).T, mean_row(dZ2)


@output_gradients.mistake(
    "dW2 is one number: np.mean without an axis. Divide the matrix A1.T @ dZ2 by m instead."
)
def layer_dw_one_number(A1, dZ2):
    return np.mean(A1.T @ dZ2), mean_row(dZ2)


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
    return A1.T @ dZ2 / len(A1), mean_row(dZ2).T


@output_gradients.mistake("db2 is the error itself. Average it over the examples, axis=0.")
def layer_db_not_averaged(A1, dZ2):
    return A1.T @ dZ2 / len(A1), dZ2


@output_gradients.mistake("The two are swapped: dW2 comes first, then db2.")
def layer_swapped(A1, dZ2):
    return averaged_gradients(A1, dZ2)[::-1]


@output_gradients.mistake("Return two gradients: dW2, and also db2.")
def layer_dw_only(A1, dZ2):
    return averaged_gradients(A1, dZ2)[0]


@output_gradients.mistake(
    "The gradients have the wrong sign. The minus comes later, in the update: here A1.T @ dZ2 / m "
    "and the mean of dZ2."
)
def layer_sign(A1, dZ2):
    return tuple(-part for part in averaged_gradients(A1, dZ2))


@output_gradients.mistake(
    "dW2 is m times too large, and db2 lost a dimension. Divide by len(A1), and add keepdims=True."
)
def layer_dw_summed_db_flat(A1, dZ2):
    return A1.T @ dZ2, dZ2.mean(axis=0)


@output_gradients.mistake(
    "dW2 is divided by the number of outputs. Divide by the number of examples, len(A1)."
)
def layer_over_outputs(A1, dZ2):
    return A1.T @ dZ2 / dZ2.shape[1], mean_row(dZ2)


@output_gradients.mistake(
    "dW2 is divided by A1.size, which counts all entries. Divide by the number of rows, len(A1)."
)
def layer_over_size(A1, dZ2):
    return A1.T @ dZ2 / A1.size, mean_row(dZ2)


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
    return np.mean(A1.T @ dZ2, axis=0, keepdims=True), mean_row(dZ2)


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
    return A1.T @ dZ2 / dZ2.size, mean_row(dZ2)


@output_gradients.mistake(
    "Both gradients are divided by dZ2.size, which counts the outputs too. Divide by the number "
    "of rows, len(A1)."
)
def layer_over_errors(A1, dZ2):
    return A1.T @ dZ2 / dZ2.size, dZ2.sum(axis=0, keepdims=True) / dZ2.size


@output_gradients.mistake("db2 is divided by m twice. A mean divides already.")
def layer_db_averaged_twice(A1, dZ2):
    return A1.T @ dZ2 / len(A1), mean_row(dZ2) / len(A1)


@output_gradients.mistake(
    "Both gradients are half as large as they should be. There is no ½ left: divide by m only."
)
def layer_halved(A1, dZ2):
    return tuple(part / 2 for part in averaged_gradients(A1, dZ2))


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
