"""The error at the output."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m05_backpropagation._cases import outputs_and_labels
from helpers.reference.activations import sigmoid


@exercise(
    "5.4",
    "the error at the output",
    cases=outputs_and_labels,
    hints=(
        "At a sigmoid output, under binary cross-entropy, the long fractions cancel. What is left?",
        "dZ2 = A2 − y, one number for each example, with the shape of A2",
        "return A2 - «y»",
    ),
)
def output_error(A2, y):
    return A2 - y


@output_error.mistake("The sign is turned around: prediction minus label, A2 − y.")
def error_sign(A2, y):
    return y - A2


@output_error.mistake(
    "The error is divided by m. Here each example keeps its own error: the 1/m comes later, where "
    "examples are averaged."
)
def error_averaged_early(A2, y):
    return (A2 - y) / len(y)


@output_error.mistake("This is one number for the batch. Return one error for each example.")
def error_mean(A2, y):
    return np.mean(A2 - y)


@output_error.mistake("The errors are added up. Return one for each example, in the shape of A2.")
def error_sum(A2, y):
    return np.sum(A2 - y)


@output_error.mistake(
    "This is the mean over the examples, a row. Return one error for each example: no mean here."
)
def error_mean_row(A2, y):
    return np.mean(A2 - y, axis=0, keepdims=True)


@output_error.mistake(
    "The sigmoid's slope A2(1 − A2) is multiplied in once more. It has cancelled already: A2 − y."
)
def error_times_slope(A2, y):
    return (A2 - y) * A2 * (1 - A2)


@output_error.mistake(
    "This is the slope with respect to A2. Times the sigmoid's slope A2(1 − A2) it becomes dZ2, "
    "and the fraction cancels: A2 − y."
)
def error_of_the_activation(A2, y):
    return (A2 - y) / (A2 * (1 - A2))


@output_error.mistake(
    "Where A2 is exactly 0 or 1, the uncancelled formula gives 0/0. Cancel on paper first: A2 − y."
)
def error_not_cancelled(A2, y):
    return (A2 - y) / (A2 * (1 - A2)) * (A2 * (1 - A2))


@output_error.mistake(
    "The sign of the error is lost. It says which way to go: keep A2 − y as it is."
)
def error_absolute(A2, y):
    return np.abs(A2 - y)


@output_error.mistake(
    "The error is squared, as in a loss. Here the slope with respect to Z2 is asked: A2 − y."
)
def error_squared(A2, y):
    return (A2 - y) ** 2


@output_error.mistake("This is half the squared error, a loss. What is asked is its slope: A2 − y.")
def error_half_squared(A2, y):
    return 0.5 * (A2 - y) ** 2


@output_error.mistake(
    "The outputs are turned into answers 0 and 1 first. Then a nearly right output has no error "
    "to learn from. Use A2 itself."
)
def error_of_the_answers(A2, y):
    return (A2 > 0.5).astype(int) - y


@output_error.mistake("A2 is an output of the sigmoid already. Do not apply it once more.")
def error_activated_twice(A2, y):
    return sigmoid(A2) - y


@output_error.mistake(
    "One of the two was flattened: columns minus rows make a table of all pairs. Keep both as they "
    "are."
)
def error_all_pairs(A2, y):
    return A2.ravel() - y


@output_error.mistake(
    "y was flattened and A2 was not: their difference pairs everything with everything. Keep both "
    "as they are."
)
def error_all_pairs_of_labels(A2, y):
    return A2 - y.ravel()


@output_error.mistake("The errors are flat. Keep the shape of A2: a row for each example.")
def error_flat(A2, y):
    return (A2 - y).ravel()


@output_error.mistake(
    "reshape(-1, 1) makes one long column of the labels. They have the shape of A2 already, also "
    "with two outputs."
)
def error_reshaped(A2, y):
    return A2 - y.reshape(-1, 1)


@output_error.mistake("The answer lies on its side. Keep the shape of A2: a row for each example.")
def error_transposed(A2, y):
    return (A2 - y).T


@output_error.mistake("The error is halved. There is no ½ here: A2 − y.")
def error_halved(A2, y):
    return (A2 - y) / 2


@output_error.mistake(
    "This is the loss of each example. What is asked is its slope with respect to Z2: A2 − y."
)
def error_is_the_loss(A2, y):
    return -y * np.log(A2) - (1 - y) * np.log(1 - A2)


@output_error.mistake(
    "The error is right, but it is written into the caller's A2: -= works in place. Return A2 - y."
)
def error_in_place(A2, y):
    A2 -= y
    return A2


@output_error.mistake(
    "Where A2 is exactly 0 or 1 and wrong, no error comes back: the sigmoid's slope is 0 there. "
    "Cancel on paper first: A2 − y."
)
def error_clipped(A2, y):
    a = np.clip(A2, 1e-15, 1 - 1e-15)
    return (a - y) / (a * (1 - a)) * (A2 * (1 - A2))


@output_error.mistake("The error is twice too large. No square is left, so no 2: A2 − y.")
def error_doubled(A2, y):
    return 2 * (A2 - y)


@output_error.mistake("This is the output A2 itself. How far is it from the label? A2 − y.")
def error_is_the_output(A2, y):
    return A2.copy()


@output_error.mistake(
    "This is the mean loss, one number. Return the error of each example, the slope A2 − y."
)
def error_is_the_mean_loss(A2, y):
    return np.mean(error_is_the_loss(A2, y))


@output_error.variant
def error_of_both_labels(A2, y):
    return np.where(y == 1, A2 - 1, A2)


@output_error.variant
def error_by_two_terms(A2, y):
    return -y * (1 - A2) + (1 - y) * A2


@output_error.variant
def error_as_lists(A2, y):
    return [[a - t for a, t in zip(*rows, strict=True)] for rows in zip(A2, y, strict=True)]
