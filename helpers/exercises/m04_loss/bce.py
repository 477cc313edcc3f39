"""Binary cross-entropy, averaged."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m04_loss._cases import NEAR_THE_ENDS, labels_and_chances, surprises
from helpers.exercises.m04_loss.half_squared_error import half_squared_error


@exercise(
    "4.2",
    "binary cross-entropy, averaged",
    cases=labels_and_chances,
    hints=(
        "Clip a first. Then each row has two terms, and its label switches one of them off. "
        "Average over the rows, and put the minus in front of everything.",
        "L = −mean of [ y·log(a) + (1 − y)·log(1 − a) ], with a clipped to [eps, 1 − eps]",
        "a = np.clip(a, eps, «1 - eps»)\n"
        "return -np.mean(y * np.log(a) + (1 - y) * np.log(«1 - a»))",
    ),
    tolerance=NEAR_THE_ENDS,
)
def bce(y, a, eps=1e-12):
    a = np.clip(a, eps, 1 - eps)
    return float(-np.mean(y * np.log(a) + (1 - y) * np.log(1 - a)))


@bce.mistake("Your loss is m times too large: average over the batch instead of summing it.")
def bce_summed(y, a, eps=1e-12):
    return np.sum(surprises(y, a, eps))


@bce.mistake(
    "The minus is missing. A logarithm of a probability is at most 0, and a loss is at least 0."
)
def bce_without_minus(y, a, eps=1e-12):
    return -np.mean(surprises(y, a, eps))


@bce.mistake(
    "The second term has the wrong sign: y - 1 in place of 1 - y, or a minus before the first "
    "term only. Write -(y·log(a) + (1 - y)·log(1 - a)), then average."
)
def minus_on_one_term(y, a, eps=1e-12):
    a = np.clip(a, eps, 1 - eps)
    return np.mean(-y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake("Rows with label 0 cost nothing here. Add the second term: (1 - y) * np.log(1 - a).")
def bce_without_second_term(y, a, eps=1e-12):
    return -np.mean(y * np.log(np.clip(a, eps, 1 - eps)))


@bce.mistake("Rows with label 1 cost nothing here. Add the first term: y * np.log(a).")
def bce_without_first_term(y, a, eps=1e-12):
    return -np.mean((1 - y) * np.log(1 - np.clip(a, eps, 1 - eps)))


@bce.mistake(
    "The labels are mixed up: log(a) goes with y, and log(1 - a) goes with 1 - y. Here a good "
    "prediction costs most."
)
def bce_labels_mixed_up(y, a, eps=1e-12):
    return np.mean(surprises(1 - y, a, eps))


@bce.mistake(
    "The second logarithm is of a. For label 0 the chance given to the truth is 1 - a: "
    "np.log(1 - a)."
)
def bce_log_of_a_twice(y, a, eps=1e-12):
    return -np.mean(np.log(np.clip(a, eps, 1 - eps)))


@bce.mistake("The arguments are in the wrong order: the labels y come first, then a.")
def bce_arguments_swapped(y, a, eps=1e-12):
    return np.mean(surprises(a, y, eps))


@bce.mistake(
    "The logarithm is taken of the labels, and some of these are 0. Take it of the predictions: "
    "y * np.log(a)."
)
def bce_log_of_the_labels(y, a, eps=1e-12):
    a = np.clip(a, eps, 1 - eps)
    return -np.mean(a * np.log(y) + (1 - a) * np.log(1 - y))


@bce.mistake("np.log10 is the logarithm to base 10. The loss uses the natural one: np.log.")
def bce_log10(y, a, eps=1e-12):
    return np.mean(surprises(y, a, eps, np.log10))


@bce.mistake("np.log2 is the logarithm to base 2. The loss uses the natural one: np.log.")
def bce_log2(y, a, eps=1e-12):
    return np.mean(surprises(y, a, eps, np.log2))


@bce.mistake(
    "A prediction of exactly 0 or 1 still meets log 0: a is not clipped, or clipped to 0 and 1. "
    "Clip to eps and 1 - eps, and keep the new array: a = np.clip(a, eps, 1 - eps)."
)
def bce_not_clipped(y, a, eps=1e-12):
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "Two things: the losses are summed instead of averaged, and a is not clipped to "
    "[eps, 1 - eps] first."
)
def bce_summed_and_not_clipped(y, a, eps=1e-12):
    return -np.sum(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake("Two things: the minus is missing, and a is not clipped to [eps, 1 - eps] first.")
def bce_without_minus_or_clipping(y, a, eps=1e-12):
    return np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "Two things: the second term has the wrong sign (y - 1 in place of 1 - y, or a minus before "
    "the first term only), and a is not clipped to [eps, 1 - eps]."
)
def minus_on_one_term_and_not_clipped(y, a, eps=1e-12):
    return np.mean(-y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "Two things: the term of label 0 is missing, (1 - y) * np.log(1 - a), and a is not clipped to "
    "[eps, 1 - eps] first."
)
def first_term_only_and_not_clipped(y, a, eps=1e-12):
    return -np.mean(y * np.log(a))


@bce.mistake(
    "The loss is right, but the clipped values are written into the caller's array. Make a new "
    "one: a = np.clip(a, eps, 1 - eps)."
)
def bce_clipped_in_place(y, a, eps=1e-12):
    a[:] = np.clip(a, eps, 1 - eps)
    return np.mean(surprises(y, a, eps))


@bce.mistake(
    "Only the lower end is clipped: at a = 1 there is still a log(1 - a) of 0. Clip to 1 - eps too."
)
def bce_clipped_below_only(y, a, eps=1e-12):
    a = np.maximum(a, eps)
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "Only the upper end is clipped: at a = 0 there is still a log(a) of 0. Clip to eps as well."
)
def bce_clipped_above_only(y, a, eps=1e-12):
    a = np.minimum(a, 1 - eps)
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "eps is added inside the logarithms. That changes every loss a little, and makes that of a "
    "perfect prediction negative. Clip a instead: np.clip(a, eps, 1 - eps)."
)
def bce_eps_added(y, a, eps=1e-12):
    return -np.mean(y * np.log(a + eps) + (1 - y) * np.log(1 - a + eps))


@bce.mistake(
    "eps is ignored: 1e-12 is always used. If it is added inside the logarithms, that is a second"
    " fault. Clip instead: a = np.clip(a, eps, 1 - eps)."
)
def bce_eps_unused(y, a, eps=1e-12):
    return np.mean(surprises(y, a, 1e-12))


@bce.mistake(
    "eps is ignored: 1e-8 is always used. If it is added inside the logarithms, that is a second "
    "fault. Clip instead: a = np.clip(a, eps, 1 - eps)."
)
def bce_other_eps(y, a, eps=1e-12):
    return np.mean(surprises(y, a, 1e-8))


@bce.mistake(
    "Only the first logarithm gets the clipped array. Write a = np.clip(a, eps, 1 - eps) on a "
    "line of its own, above both."
)
def bce_clipped_in_one_log(y, a, eps=1e-12):
    return -np.mean(y * np.log(np.clip(a, eps, 1 - eps)) + (1 - y) * np.log(1 - a))


@bce.mistake(
    "These are the losses of the single rows. The loss of the batch is their mean, one number."
)
def bce_not_averaged(y, a, eps=1e-12):
    return surprises(y, a, eps)


@bce.mistake(
    "This is an array of one number: Python's sum adds rows, and np.mean(..., axis=0) keeps a "
    "column. Use np.mean(...) with no axis."
)
def bce_averaged_to_an_array(y, a, eps=1e-12):
    return np.mean(surprises(y, a, eps), axis=0)


@bce.mistake(
    "Axis 1 runs along a row, and a row holds one number. Leave the axis out: np.mean(...)."
)
def bce_averaged_along_rows(y, a, eps=1e-12):
    return np.mean(surprises(y, a, eps), axis=1)


@bce.mistake(
    "One column was flattened or transposed and the other was not. Together they make an (m, m) "
    "table of all pairs. Keep both as columns, (m, 1)."
)
def bce_of_all_pairs(y, a, eps=1e-12):
    return np.mean(surprises(y, np.ravel(a), eps))


@bce.mistake("This is the squared error. Cross-entropy takes logarithms instead of squares.")
def bce_is_squared_error(y, a, eps=1e-12):
    return half_squared_error.reference(y, a)


@bce.mistake(
    "An if, Python's max and Python's min compare single numbers, but a column holds many. The "
    "labels switch by multiplying: y * np.log(a) + (1 - y) * np.log(1 - a). For limits use "
    "np.clip."
)
def one_if_for_many_labels(y, a, eps=1e-12):
    if y == 1:
        return -np.mean(np.log(a))
    return -np.mean(np.log(1 - a))


@bce.mistake("math.log and float take one number. For a whole column use np.log.")
def bce_with_math_log(y, a, eps=1e-12):
    import math

    a = np.clip(a, eps, 1 - eps)
    return -np.mean(y * math.log(a) + (1 - y) * math.log(1 - a))


@bce.mistake(
    "eps is ignored: 1e-15 is always used. Let the caller choose: a = np.clip(a, eps, 1 - eps)."
)
def bce_smaller_eps(y, a, eps=1e-12):
    return np.mean(surprises(y, a, 1e-15))


@bce.mistake(
    "eps is ignored: 1e-7 is always used. Let the caller choose: a = np.clip(a, eps, 1 - eps)."
)
def bce_larger_eps(y, a, eps=1e-12):
    return np.mean(surprises(y, a, 1e-7))


@bce.mistake(
    "Only the second logarithm gets the clipped array. Write a = np.clip(a, eps, 1 - eps) on a "
    "line of its own, above both."
)
def bce_clipped_in_second_log(y, a, eps=1e-12):
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - np.clip(a, eps, 1 - eps)))


@bce.mistake("Each logarithm is guarded at its low end only. Clip a once, at both ends.")
def bce_each_log_guarded_below(y, a, eps=1e-12):
    first, second = np.log(np.maximum(a, eps)), np.log(np.maximum(1 - a, eps))
    return -np.mean(y * first + (1 - y) * second)


@bce.mistake("Two things: the minus is missing, and the losses are summed instead of averaged.")
def bce_summed_without_minus(y, a, eps=1e-12):
    return -np.sum(surprises(y, a, eps))


@bce.mistake(
    "Every prediction becomes eps: the limits of np.clip are in the wrong order. The lower one "
    "comes first: np.clip(a, eps, 1 - eps)."
)
def bce_limits_swapped(y, a, eps=1e-12):
    return np.mean(surprises(y, np.full(np.shape(a), eps), eps))


@bce.variant
def bce_with_where(y, a, eps=1e-12):
    truth = np.where(y == 1, a, 1 - a)
    return np.mean(-np.log(np.clip(truth, eps, 1 - eps)))


@bce.variant
def bce_with_a_loop(y, a, eps=1e-12):
    total = 0.0
    for label, chance in zip(np.ravel(y), np.ravel(a)):
        chance = min(max(chance, eps), 1 - eps)
        total -= np.log(chance) if label == 1 else np.log(1 - chance)
    return total / len(y)


@bce.variant
def bce_with_matrix_products(y, a, eps=1e-12):
    a = np.minimum(np.maximum(a, eps), 1 - eps)
    return (-(y.T @ np.log(a) + (1 - y).T @ np.log1p(-a)) / y.shape[0]).item()


@bce.variant
def bce_zero_dimensional(y, a, eps=1e-12):
    return np.array(np.sum(surprises(y, a, eps)) / y.size)
