"""The error at the hidden layer."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m05_backpropagation._cases import errors_and_sums, through_relu
from helpers.reference.activations import sigmoid_derivative


@exercise(
    "5.6",
    "the error at the hidden layer",
    cases=errors_and_sums,
    hints=(
        "Two steps. The error goes back through the weights: a matrix product. Then ReLU lets it "
        "through only where it was open.",
        "dA1 = dZ2 W2ᵀ,  then  dZ1 = dA1 entry by entry times (Z1 > 0)",
        "return (dZ2 @ W2.T) * («Z1» > 0)",
    ),
)
def hidden_error(dZ2, W2, Z1):
    return through_relu(dZ2 @ W2.T, Z1)


@hidden_error.mistake(
    "Nothing is stopped: the ReLU mask is missing, or it is 1 everywhere, as A1 >= 0 is (A1 is "
    "never negative). Multiply by (Z1 > 0), each entry for itself."
)
def hidden_without_mask(dZ2, W2, Z1):
    return dZ2 @ W2.T


@hidden_error.mistake(
    "Where Z1 is exactly 0 the error gets through. In this course ReLU's slope there is 0: Z1 > 0, "
    "not >=."
)
def hidden_open_at_zero(dZ2, W2, Z1):
    return dZ2 @ W2.T * (Z1 >= 0)


@hidden_error.mistake(
    "The mask looks at the error: negative errors become 0. It must look at Z1: the error passes, "
    "with its sign, where Z1 > 0."
)
def hidden_mask_of_the_error(dZ2, W2, Z1):
    return np.maximum(0, dZ2 @ W2.T)


@hidden_error.mistake(
    "dZ2 is masked: its negative entries are lost before they go back. Mask the product with "
    "(Z1 > 0)."
)
def hidden_masked_output_error(dZ2, W2, Z1):
    return (dZ2 * (dZ2 > 0)) @ W2.T


@hidden_error.mistake(
    "dZ2 loses its negative entries, before the mask of Z1. Leave dZ2 as it is: no ReLU acts on it."
)
def hidden_masked_twice(dZ2, W2, Z1):
    return through_relu(np.maximum(0, dZ2) @ W2.T, Z1)


@hidden_error.mistake(
    "Negative weights are masked. Weights stay as they are: mask the product with (Z1 > 0)."
)
def hidden_mask_of_the_weights(dZ2, W2, Z1):
    return dZ2 @ np.maximum(0, W2).T


@hidden_error.mistake(
    "The error is multiplied by ReLU's value. Multiply by its slope: 1 where Z1 > 0, otherwise 0."
)
def hidden_times_relu(dZ2, W2, Z1):
    return dZ2 @ W2.T * np.maximum(0, Z1)


@hidden_error.mistake(
    "The error is multiplied by Z1 itself. Multiply by the slope of ReLU: Z1 > 0."
)
def hidden_times_sums(dZ2, W2, Z1):
    return dZ2 @ W2.T * Z1


@hidden_error.mistake("The mask is turned around: the error goes through where Z1 is positive.")
def hidden_mask_inverted(dZ2, W2, Z1):
    return dZ2 @ W2.T * (Z1 <= 0)


@hidden_error.mistake(
    "The mask is turned around, and strict: the error goes through where Z1 > 0, and only there."
)
def hidden_mask_inverted_strictly(dZ2, W2, Z1):
    return dZ2 @ W2.T * (Z1 < 0)


@hidden_error.mistake(
    "The mask is −1 where Z1 is negative: np.sign. ReLU's slope there is 0: use (Z1 > 0)."
)
def hidden_mask_of_signs(dZ2, W2, Z1):
    return dZ2 @ W2.T * np.sign(Z1)


@hidden_error.mistake("The hidden layer has ReLU: its slope is 0 or 1, not the sigmoid's slope.")
def hidden_sigmoid_slope(dZ2, W2, Z1):
    return dZ2 @ W2.T * sigmoid_derivative(Z1)


@hidden_error.mistake(
    "The error is divided by m. dZ1 is per example; the 1/m comes with dW1 and db1."
)
def hidden_averaged(dZ2, W2, Z1):
    return through_relu(dZ2 @ W2.T, Z1) / len(dZ2)


@hidden_error.mistake(
    "dZ2 @ W2 does not fit: the error goes back through the weights the other way, dZ2 @ W2.T."
)
def hidden_not_transposed(dZ2, W2, Z1):
    return through_relu(dZ2 @ W2, Z1)


@hidden_error.mistake(
    "np.dot(dZ2, W2) does not fit: going back, the weights are transposed, np.dot(dZ2, W2.T)."
)
def hidden_dot_not_transposed(dZ2, W2, Z1):
    return through_relu(np.dot(dZ2, W2), Z1)


@hidden_error.mistake(
    "W2 @ dZ2 does not fit. Each row of dZ2 is an example, so it stands first: dZ2 @ W2.T."
)
def hidden_turned_around(dZ2, W2, Z1):
    return through_relu(W2 @ dZ2, Z1)


@hidden_error.mistake(
    "W2 @ dZ2.T has a column for each example, and Z1 a row. Write dZ2 @ W2.T: then both have rows."
)
def hidden_in_columns(dZ2, W2, Z1):
    return through_relu(W2 @ dZ2.T, Z1)


@hidden_error.mistake(
    "* works only as long as there is one output. With several, their errors add up: the matrix "
    "product dZ2 @ W2.T does that."
)
def hidden_entry_by_entry(dZ2, W2, Z1):
    return through_relu(dZ2 * W2.T, Z1)


@hidden_error.mistake(
    "The mask is applied with @. It works entry by entry, each number for itself: *."
)
def hidden_mask_as_a_matrix(dZ2, W2, Z1):
    return (dZ2 @ W2.T) @ (Z1 > 0)


@hidden_error.mistake(
    "An if, or Python's max, asks one question, and Z1 has many entries. Multiply by the array "
    "(Z1 > 0)."
)
def hidden_with_an_if(dZ2, W2, Z1):
    if Z1 > 0:
        return dZ2 @ W2.T
    return 0


@hidden_error.mistake("The sign is turned around: the error goes back as it is, without a minus.")
def hidden_sign(dZ2, W2, Z1):
    return -through_relu(dZ2 @ W2.T, Z1)


@hidden_error.mistake("This is the mask alone. Multiply it by what comes back, dZ2 @ W2.T.")
def hidden_mask_only(dZ2, W2, Z1):
    return (Z1 > 0).astype(float)


@hidden_error.mistake(
    "The values are right, but your mask is written into Z1 of the caller. Make a new array: "
    "mask = Z1 > 0."
)
def hidden_mask_in_place(dZ2, W2, Z1):
    Z1[Z1 <= 0] = 0
    Z1[Z1 > 0] = 1
    return dZ2 @ W2.T * Z1


@hidden_error.mistake(
    "A hundredth of the error passes a shut gate: that is leaky ReLU. Here the slope is 0 where "
    "Z1 is not positive."
)
def hidden_leaky(dZ2, W2, Z1):
    dA1 = dZ2 @ W2.T
    return np.where(Z1 > 0, dA1, 0.01 * dA1)


@hidden_error.mistake(
    "This is True or False: the comparison acts on the error. Multiply the error by (Z1 > 0)."
)
def hidden_compared(dZ2, W2, Z1):
    return dZ2 @ W2.T > 0


@hidden_error.mistake(
    "W2.T @ dZ2 does not fit. Each row of dZ2 is an example, so it stands first: dZ2 @ W2.T."
)
def hidden_weights_first(dZ2, W2, Z1):
    return through_relu(W2.T @ dZ2, Z1)


@hidden_error.mistake(
    "This is True or False: the comparison is made last, after the products. Put parentheses "
    "around (Z1 > 0)."
)
def hidden_without_parentheses(dZ2, W2, Z1):
    return dZ2 @ W2.T * Z1 > 0


@hidden_error.mistake(
    "np.dot(W2.T, dZ2) does not fit. Each row of dZ2 is an example, so it stands first: "
    "np.dot(dZ2, W2.T)."
)
def hidden_dot_weights_first(dZ2, W2, Z1):
    return through_relu(np.dot(W2.T, dZ2), Z1)


@hidden_error.mistake(
    "dZ2.T @ W2 does not fit. W2 is what is transposed here, not dZ2: dZ2 @ W2.T."
)
def hidden_other_transposed(dZ2, W2, Z1):
    return through_relu(dZ2.T @ W2, Z1)


@hidden_error.mistake(
    "The mask asks once for all examples: is the neuron open in any? A gate belongs to a neuron "
    "and an example: multiply by (Z1 > 0) itself."
)
def hidden_mask_for_all(dZ2, W2, Z1):
    return dZ2 @ W2.T * (Z1 > 0).any(axis=0)


@hidden_error.variant
def hidden_with_where(dZ2, W2, Z1):
    return np.where(Z1 > 0, np.dot(dZ2, W2.T), 0.0)


@hidden_error.variant
def hidden_mask_of_relu(dZ2, W2, Z1):
    return (np.maximum(0, Z1) > 0).astype(float) * (W2 @ dZ2.T).T


@hidden_error.variant
def hidden_set_to_zero(dZ2, W2, Z1):
    dZ1 = np.einsum("mk,nk->mn", dZ2, W2)
    dZ1[Z1 <= 0] = 0
    return dZ1
