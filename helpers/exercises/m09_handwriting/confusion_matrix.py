"""Who is taken for whom."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m09_handwriting._cases import INTEGERS, some_labels


def truths_and_predictions(rng: np.random.Generator) -> list[Case]:
    """Make labels and predictions; pairs occur several times, and some classes never."""

    def case(m: int, k: int, wrong: int) -> Case:
        y = some_labels(rng, m, k - 1)  # the last class never occurs
        predicted = y.copy()
        predicted[:wrong] = (y[:wrong] + rng.integers(1, k - 1, wrong)) % (k - 1)
        return y, predicted, k

    return [
        (np.array([0, 1, 1, 2, 2, 2, 1]), np.array([0, 1, 2, 2, 2, 0, 2]), 4),
        case(12, 4, 5),
        case(15, 6, 4),
        (np.array([1, 1, 0, 1, 0]), np.array([1, 0, 0, 1, 1]), 2),
        (np.array([2]), np.array([0]), 3),
    ]


@exercise(
    "9.6",
    "the confusion matrix",
    cases=truths_and_predictions,
    hints=(
        "Start with a table of zeros, k by k, of integers. Go through the rows in pairs, and count "
        "one up in the cell of each pair.",
        "M[i, j] = number of rows whose true class is i and whose predicted class is j",
        "M = np.zeros((k, k), dtype=int)\nfor true, guess in zip(y, predicted):\n"
        "    M[«true», «guess»] += 1\nreturn M",
    ),
    tolerance=INTEGERS,
)
def confusion_matrix(y, predicted, k):
    return np.bincount(k * y + predicted, minlength=k * k).reshape(k, k)


@confusion_matrix.mistake(
    "Rows and columns are exchanged. The row is the true class: M[true, guess]."
)
def turned_around(y, predicted, k):
    return confusion_matrix.reference(predicted, y, k)


@confusion_matrix.mistake(
    "M[y, predicted] += 1 counts a pair once, however often it occurs. Use a loop, or np.add.at."
)
def every_pair_once(y, predicted, k):
    M = np.zeros((k, k), dtype=int)
    M[y, predicted] += 1
    return M


@confusion_matrix.mistake(
    "The size comes from the labels that occur. Take k: a class that never occurs has zeros."
)
def only_classes_that_occur(y, predicted, k):
    k = max(y.max(), predicted.max()) + 1
    return confusion_matrix.reference(y, predicted, k)


@confusion_matrix.mistake("The right answers are missing. Count them too: they are the diagonal.")
def mistakes_only(y, predicted, k):
    M = confusion_matrix.reference(y, predicted, k)
    np.fill_diagonal(M, 0)
    return M


@confusion_matrix.mistake(
    "Only the right answers are counted. Count every row, where it was taken for."
)
def hits_only(y, predicted, k):
    return np.diag(np.diag(confusion_matrix.reference(y, predicted, k)))


@confusion_matrix.mistake("These are shares. Counts are asked for: leave the division out.")
def shares_of_all_rows(y, predicted, k):
    return confusion_matrix.reference(y, predicted, k) / len(y)


@confusion_matrix.mistake(
    "Each row is divided by its sum. Counts are asked for: leave the division out."
)
def shares_of_each_class(y, predicted, k):
    M = confusion_matrix.reference(y, predicted, k)
    return M / np.maximum(M.sum(axis=1, keepdims=True), 1)


@confusion_matrix.mistake("These are floats. Counts are integers: np.zeros((k, k), dtype=int).")
def counts_as_floats(y, predicted, k):
    return confusion_matrix.reference(y, predicted, k).astype(float)


@confusion_matrix.mistake(
    "This is one number for each class, how many were right. Keep the whole table, (k, k)."
)
def hits_of_each_class(y, predicted, k):
    return np.diag(confusion_matrix.reference(y, predicted, k)).copy()


@confusion_matrix.mistake(
    "predicted comes first in M[predicted, y], and the counts are floats. Two things: M[true, "
    "guess], and dtype=int."
)
def turned_around_floats(y, predicted, k):
    return confusion_matrix.reference(predicted, y, k).astype(float)


@confusion_matrix.mistake(
    "These are shares of each row; a class that never occurs makes them nan. Counts are asked for: "
    "leave the division out."
)
def shares_of_rows(y, predicted, k):
    M = confusion_matrix.reference(y, predicted, k)
    with np.errstate(invalid="ignore"):
        return M / M.sum(axis=1, keepdims=True)


@confusion_matrix.mistake(
    "Every true class is paired with every prediction, by a loop inside a loop. They belong "
    "together row by row: one loop, over zip(y, predicted)."
)
def all_pairs_counted(y, predicted, k):
    return np.outer(np.bincount(y, minlength=k), np.bincount(predicted, minlength=k))


@confusion_matrix.variant
def counted_in_a_loop(y, predicted, k):
    M = np.zeros((k, k), dtype=int)
    for true, guess in zip(y, predicted):
        M[true, guess] += 1
    return M


@confusion_matrix.variant
def added_at(y, predicted, k):
    M = np.zeros((k, k), dtype=np.int32)
    np.add.at(M, (y, predicted), 1)
    return M


@confusion_matrix.variant
def product_of_rows(y, predicted, k):
    classes = np.arange(k)
    return (y[:, None] == classes).astype(int).T @ (predicted[:, None] == classes).astype(int)


@confusion_matrix.variant
def counted_as_lists(y, predicted, k):
    return [[int(np.sum((y == i) & (predicted == j))) for j in range(k)] for i in range(k)]
