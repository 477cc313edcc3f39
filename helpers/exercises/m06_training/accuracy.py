"""Accuracy."""

import numpy as np

from helpers.checks.cases import chances, column, labels
from helpers.checks.exercise import Case, exercise


def labels_and_outputs(rng: np.random.Generator) -> list[Case]:
    """Make outputs on both sides of the threshold and on it, in columns and flat."""
    flat, outputs = labels(rng, 7), chances(rng, 7)
    outputs[:2] = [[0.5], [0.45]]
    return [
        (column(1, 0, 1, 1, 0), column(0.9, 0.2, 0.4, 0.5, 0.5), 0.5),
        (flat.ravel(), outputs.ravel()),
        (column(1, 0, 1, 0, 0, 1, 0), column(0.9, 0.3, 0.35, 0.25, 0.4, 0.1, 0.6), 0.3),
        (column(1, 1, 0, 1, 1), np.array([1.0, 0.7, 0.75, 0.6, 0.2]), 0.7),
        (np.array([1, 0, 0, 0, 1]), column(0.9, 0.1, 0.2, 0.3, 0.8), 0.5),
        (column(0, 0, 1, 0, 0, 0, 1), column(0.9, 0.1, 0.2, 0.3, 0.8, 0.85, 0.95), 0.9),
        (column(1, 0, 1, 0, 1), column(0.1, 0.9, 0.45, 0.55, 0.2)),
    ]


@exercise(
    "6.1",
    "accuracy",
    cases=labels_and_outputs,
    hints=(
        "First make decisions: True where a is above the threshold. Then compare them with y, row "
        "by row, and take the mean. Mind the shapes: flatten both before you compare.",
        "accuracy = (number of rows whose decision equals the label) / m",
        "decisions = np.ravel(a) > «threshold»\nreturn np.mean(decisions == np.ravel(«y»))",
    ),
)
def accuracy(y, a, threshold=0.5):
    return float(np.mean(_decided(y, a, threshold)))


def _decided(y, a, threshold=0.5):
    return (np.ravel(a) > threshold) == np.ravel(y)


@accuracy.mistake(
    "One of the two is a column and the other is flat, so every row is compared with every other. "
    "Flatten both first: np.ravel(y) and np.ravel(a)."
)
def all_pairs_compared(y, a, threshold=0.5):
    return np.mean((a > threshold) == y)


@accuracy.mistake(
    "Only the outputs are flattened. A column of labels then meets a flat array, and every row is "
    "compared with every other. Flatten y too."
)
def outputs_flattened_only(y, a, threshold=0.5):
    return np.mean((np.ravel(a) > threshold) == y)


@accuracy.mistake(
    "Only the labels are flattened. A column of outputs then meets a flat array, and every row is "
    "compared with every other. Flatten a too."
)
def labels_flattened_only(y, a, threshold=0.5):
    return np.mean((a > threshold) == np.ravel(y))


@accuracy.mistake(
    "An output exactly on the threshold counts as positive here. Positive is strictly above: "
    "a > threshold."
)
def at_least_the_threshold(y, a, threshold=0.5):
    return np.mean((np.ravel(a) >= threshold) == np.ravel(y))


@accuracy.mistake(
    "The threshold is always 0.5 here, or the outputs are rounded. Compare a with threshold."
)
def threshold_fixed(y, a, threshold=0.5):
    return np.mean(_decided(y, a))


@accuracy.mistake("This is a percentage. Return the share itself, a number from 0 to 1.")
def in_percent(y, a, threshold=0.5):
    return 100 * np.mean(_decided(y, a, threshold))


@accuracy.mistake("This is the number of right rows. Divide it by the number of all rows.")
def right_rows_counted(y, a, threshold=0.5):
    return np.sum(_decided(y, a, threshold))


@accuracy.mistake("This is the share of wrong rows. Accuracy is the share of right ones.")
def share_of_wrong_rows(y, a, threshold=0.5):
    return 1 - np.mean(_decided(y, a, threshold))


@accuracy.mistake(
    "Numbers like 0.9 are compared with labels, and 0.9 is not 1. Make decisions first, a > "
    "threshold, and compare these with y. Are y and a in the right order?"
)
def outputs_compared(y, a, threshold=0.5):
    return np.mean(np.ravel(a) == np.ravel(y))


@accuracy.mistake(
    "This is the share of rows that are called positive. The labels are not used: compare with y."
)
def share_called_positive(y, a, threshold=0.5):
    return np.mean(np.ravel(a) > threshold)


@accuracy.mistake(
    "Only the rows with label 1 are looked at. That is the recall. Accuracy counts all rows."
)
def recall(y, a, threshold=0.5):
    return np.mean(np.ravel(a)[np.ravel(y) == 1] > threshold)


@accuracy.mistake(
    "A row counts only if it is positive and called positive. A 0 that is called 0 is right, too: "
    "compare with ==."
)
def right_positives(y, a, threshold=0.5):
    return np.mean((np.ravel(a) > threshold) * np.ravel(y))


@accuracy.mistake("This is one answer for each row. Take their mean.")
def not_averaged(y, a, threshold=0.5):
    return _decided(y, a, threshold)


@accuracy.mistake(
    "The result is always 1 or 0: // cuts the decimals off, or the question is whether all rows"
    " are right. Count the right rows, and divide by m with / ."
)
def whole_division(y, a, threshold=0.5):
    return np.sum(_decided(y, a, threshold)) // len(y)


@accuracy.mistake(
    "if asks one question, but here are many numbers. Compare whole arrays: a > threshold."
)
def one_if_for_all(y, a, threshold=0.5):
    return 1.0 if a > threshold else 0.0


@accuracy.mistake(
    "np.argmax finds the largest of several columns. Here is one column, whose largest stands in "
    "place 0: everything is 0. Decide by the threshold: a > threshold."
)
def largest_of_one_column(y, a, threshold=0.5):
    return np.mean(np.argmax(a, axis=1) == np.argmax(y, axis=1))


@accuracy.mistake(
    "Only the rows that are called positive are looked at. That is the precision. Accuracy counts "
    "all rows."
)
def precision_of_positives(y, a, threshold=0.5):
    positive = np.ravel(a) > threshold
    return np.sum(positive & (np.ravel(y) == 1)) / np.sum(positive)


@accuracy.variant
def accuracy_with_a_loop(y, a, threshold=0.5):
    right = 0
    for label, output in zip(np.ravel(y), np.ravel(a)):
        if (output > threshold) == label:
            right += 1
    return right / len(y)


@accuracy.variant
def accuracy_by_reshaping(y, a, threshold=0.5):
    decisions = np.where(a > threshold, 1, 0).reshape(-1, 1)
    return (decisions == y.reshape(-1, 1)).sum() / decisions.size


@accuracy.variant
def accuracy_by_differences(y, a, threshold=0.5):
    return np.array(1 - np.abs(y.flatten() - (a.flatten() > threshold).astype(int)).mean())
