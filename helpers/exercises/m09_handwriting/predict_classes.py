"""From probabilities to a class."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m09_handwriting._cases import INTEGERS, guesses


@exercise(
    "9.5",
    "the class with the largest chance",
    cases=guesses,
    hints=(
        "Not the largest number of a row is asked for, but its place. NumPy's argmax finds places.",
        "prediction of row i = the column j in which P[i, j] is largest",
        "return np.argmax(P, axis=«1»)",
    ),
    tolerance=INTEGERS,
)
def predict_classes(P):
    return P.argmax(axis=1)


@predict_classes.mistake(
    "axis=0 goes down the columns: the row with the largest chance, for each class. Go along each "
    "row: axis=1."
)
def down_the_columns(P):
    return P.argmax(axis=0)


@predict_classes.mistake(
    "Without an axis, argmax looks at the whole table, and gives one place. Go along rows: axis=1."
)
def of_the_whole_table(P):
    return P.argmax()


@predict_classes.mistake(
    "These are the largest chances themselves. Their places are asked for: argmax, not max."
)
def the_chance_itself(P):
    return P.max(axis=1)


@predict_classes.mistake("Each class is one too high. Columns count from 0, as classes do.")
def classes_from_one(P):
    return P.argmax(axis=1) + 1


@predict_classes.mistake("This is the class with the smallest chance: argmax, not argmin.")
def the_least_likely(P):
    return P.argmin(axis=1)


@predict_classes.mistake("These are floats. A class is an integer: leave the conversion out.")
def classes_as_floats(P):
    return P.argmax(axis=1).astype(float)


@predict_classes.mistake(
    "The answer has the shape (m, 1). One number for each row is asked for, (m,): no keepdims."
)
def classes_in_a_column(P):
    return P.argmax(axis=1)[:, None]


@predict_classes.mistake(
    "With several classes the largest chance may be below 0.5. Take the largest, without a "
    "threshold."
)
def above_one_half(P):
    return (P > 0.5).argmax(axis=1)


@predict_classes.mistake(
    "These are rows of 0 and 1. The number of the class is asked for: one integer for each row."
)
def one_hot_again(P):
    return np.eye(P.shape[1], dtype=int)[P.argmax(axis=1)]


@predict_classes.mistake("argsort gives the order of all classes. The last one of it is the class.")
def the_whole_order(P):
    return P.argsort(axis=1)


@predict_classes.mistake(
    "Only chances above 0.5 are looked for, and a row may have none. Take the largest of each row: "
    "argmax, with axis=1."
)
def above_a_half_alone(P):
    return np.where(P > 0.5)[1]


@predict_classes.variant
def by_function(P):
    return np.argmax(P, axis=-1)


@predict_classes.variant
def last_of_the_order(P):
    return P.argsort(axis=1)[:, -1]


@predict_classes.variant
def as_a_list(P):
    return [int(np.argmax(row)) for row in P]


@predict_classes.variant
def without_numpy(P):
    return [max(range(len(row)), key=lambda j: row[j]) for row in P.tolist()]
