"""Labels as rows of 0 and 1."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m09_handwriting._cases import some_labels


def labels_and_classes(rng: np.random.Generator) -> list[Case]:
    """Make labels of which all classes occur, or some do not; and one label alone."""
    return [
        (np.array([2, 0, 1, 2, 0]), 4),
        (some_labels(rng, 7, 3), 3),
        (some_labels(rng, 5, 4) + 1, 6),
        (some_labels(rng, 10, 10), 10),
        (np.array([1]), 2),
    ]


@exercise(
    "9.1",
    "labels as rows",
    cases=labels_and_classes,
    hints=(
        "Start with a table of zeros, m rows and k columns. Row i gets its 1 in column labels[i].",
        "Y[i, labels[i]] = 1, for every row i",
        "Y = np.zeros((len(labels), «k»))\nY[np.arange(len(labels)), «labels»] = 1\nreturn Y",
    ),
)
def one_hot(labels, k):
    return np.eye(k)[labels]


@one_hot.mistake(
    "The number of columns comes from the labels that occur. A batch may lack a class, so take k."
)
def as_many_columns_as_labels(labels, k):
    return np.eye(labels.max() + 1)[labels]


@one_hot.mistake(
    "There is a column for each class that occurs, and none for the others. Make k columns, for "
    "the classes 0 to k − 1."
)
def columns_of_what_occurs(labels, k):
    return (labels[:, None] == np.unique(labels)).astype(float)


@one_hot.mistake("Each 1 stands one column too far left. Classes count from 0: column labels[i].")
def counted_from_one(labels, k):
    return np.eye(k)[labels - 1]


@one_hot.mistake("The table lies on its side, (k, m). Rows are examples: (m, k).")
def lying_on_its_side(labels, k):
    return np.eye(k)[labels].T


@one_hot.mistake(
    "Y[:, labels] = 1 fills whole columns. Name row and column together: Y[np.arange(m), labels]."
)
def whole_columns(labels, k):
    Y = np.zeros((len(labels), k))
    Y[:, labels] = 1
    return Y


@one_hot.mistake(
    "Y[labels] = 1 fills whole rows. Name row and column together: Y[np.arange(m), labels]."
)
def whole_rows(labels, k):
    Y = np.zeros((len(labels), k))
    Y[labels] = 1
    return Y


@one_hot.mistake("In the right place stands the label itself. A 1 belongs there, for any class.")
def the_label_itself(labels, k):
    return np.eye(k)[labels] * labels[:, None]


@one_hot.mistake("All entries are 0. Set one of each row to 1, before return.")
def nothing_set(labels, k):
    return np.zeros((len(labels), k))


@one_hot.mistake("The 0 and the 1 are exchanged: the true class has the 0. Use ==, not !=.")
def one_cold(labels, k):
    return 1 - np.eye(k)[labels]


@one_hot.mistake(
    "labels and the k classes stand in one direction, so they do not meet. Make labels a column: "
    "labels[:, None] == np.arange(k)."
)
def no_column(labels, k):
    return (labels == np.arange(k)).astype(float)


@one_hot.mistake(
    "These are the labels as a column. Each needs a row of k numbers, 0 but for one 1."
)
def labels_as_a_column(labels, k):
    return labels[:, None].astype(float)


@one_hot.variant
def set_by_index(labels, k):
    Y = np.zeros((len(labels), k), dtype=int)
    Y[np.arange(len(labels)), labels] = 1
    return Y


@one_hot.variant
def compared(labels, k):
    return labels[:, None] == np.arange(k)


@one_hot.variant
def one_row_at_a_time(labels, k):
    return [[1 if j == label else 0 for j in range(k)] for label in labels]


@one_hot.variant
def put_along(labels, k):
    Y = np.zeros((len(labels), k), dtype=np.float32)
    np.put_along_axis(Y, labels[:, None], 1, axis=1)
    return Y
