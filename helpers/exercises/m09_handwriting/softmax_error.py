"""The error before a softmax."""

import numpy as np

from helpers import reference
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m09_handwriting._cases import chances, some_labels


def probabilities_and_labels(rng: np.random.Generator) -> list[Case]:
    """Make probabilities between 0 and 1, and some at the ends."""

    def case(m: int, k: int) -> Case:
        return chances(rng, m, k), reference.one_hot(some_labels(rng, m, k), k)

    ends = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.25, 0.25, 0.5], [0, 0, 1], [1, 0, 0]])
    return [case(5, 3), case(7, 4), case(5, 6), (ends, reference.one_hot([0, 0, 2, 1, 2], 3))]


@exercise(
    "9.3",
    "the error before a softmax",
    cases=probabilities_and_labels,
    whole=("Y",),
    hints=(
        "It is one subtraction, as in exercise 5.4, for all k columns at once. Nothing is averaged "
        "here: a row for each example.",
        "dZ2 = P − Y",
        "return «P» - «Y»",
    ),
)
def softmax_error(P, Y):
    return P - Y


@softmax_error.mistake("The sign is turned around: the error is P − Y, not Y − P.")
def error_upside_down(P, Y):
    return Y - P


@softmax_error.mistake(
    "Divided by m here. This is the error of each example; 1/m comes with dW and db."
)
def error_averaged(P, Y):
    return (P - Y) / len(P)


@softmax_error.mistake("Divided by k. Nothing is divided here: the error is P − Y.")
def error_over_classes(P, Y):
    return (P - Y) / P.shape[1]


@softmax_error.mistake(
    "This is averaged over the examples. Keep a row for each: 1/m comes with dW and db."
)
def error_of_the_batch(P, Y):
    return (P - Y).mean(axis=0, keepdims=True)


@softmax_error.mistake(
    "Only the true class has an error here. The others were given a chance too, and it must go "
    "down: leave the factor Y out."
)
def error_of_the_true_class(P, Y):
    return (P - Y) * Y


@softmax_error.mistake(
    "A slope P·(1 − P) is multiplied in. It has cancelled already: what is left is P − Y."
)
def error_times_slope(P, Y):
    return (P - Y) * P * (1 - P)


@softmax_error.mistake(
    "This is the derivative with respect to P, −Y/P. Before the softmax it is P − Y."
)
def error_after_the_softmax(P, Y):
    return -Y / np.where(P == 0, 1e-12, P)


@softmax_error.mistake(
    "P has been turned into decisions. Keep the probabilities: P − Y, even where P is unsure."
)
def error_of_the_decision(P, Y):
    return np.eye(P.shape[1])[P.argmax(axis=1)] - Y


@softmax_error.mistake("The absolute value loses the direction. Leave abs out: P − Y has signs.")
def error_without_sign(P, Y):
    return np.abs(P - Y)


@softmax_error.mistake("These are squares. The error itself is asked for: P − Y.")
def error_squared(P, Y):
    return (P - Y) ** 2


@softmax_error.mistake("P has been through the softmax already. Leave the second one out.")
def error_of_a_second_softmax(P, Y):
    return reference.softmax(P) - Y


@softmax_error.mistake(
    "Y is used as numbers of classes, to look places up. It holds one-hot rows here: subtract it "
    "whole, P − Y."
)
def rows_as_numbers_of_classes(P, Y):
    dZ2 = P.copy()
    dZ2[np.arange(len(Y)), Y] -= 1
    return dZ2


@softmax_error.variant
def one_subtracted(P, Y):
    dZ2 = P.copy()
    dZ2[np.arange(len(P)), Y.argmax(axis=1)] -= 1
    return dZ2


@softmax_error.variant
def error_with_loops(P, Y):
    return [[p - y for p, y in zip(ps, ys)] for ps, ys in zip(P, Y)]


@softmax_error.variant
def error_by_numpy(P, Y):
    return np.subtract(P, Y)


@softmax_error.variant
def error_with_where(P, Y):
    return np.where(Y == 1, P - 1, P)
