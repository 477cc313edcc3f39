"""Binary cross-entropy from z."""

import numpy as np

from helpers import reference
from helpers.checks.cases import column, labels
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m04_loss._cases import surprises
from helpers.exercises.m04_loss.bce import bce

sigmoid = reference.sigmoid


def labels_and_logits(rng: np.random.Generator) -> list[Case]:
    """Make moderate logits, 0, and ±1000 on the right side and on the wrong one."""
    return [
        (column(1, 0, 1, 1, 0), column(2.0, -1.5, -0.5, 0.25, 1.0)),
        (labels(rng, 7), rng.normal(scale=3, size=(7, 1)).round(2)),
        (column(0, 1), column(0.0, 0.0)),
        (column(1, 0, 1, 0, 1), column(40.0, 40.0, -40.0, -40.0, 0.5)),
        (column(1, 0, 1), column(1000.0, -1000.0, 0.0)),
        (column(0, 0, 1, 0, 0), column(1000.0, -1.0, 2.0, 3.0, -4.0)),
        (column(0, 0, 1, 0, 1, 1, 0), column(1.0, 2.0, -1000.0, 0.5, -0.5, 3.0, 0.0)),
    ]


@exercise(
    "4.4",
    "binary cross-entropy from z",
    cases=labels_and_logits,
    hints=(
        "Never compute the sigmoid: it rounds to exactly 0 or 1. The loss is log(1 + e^z) − y·z. "
        "Rewrite the logarithm so that its exponential cannot overflow.",
        "log(1 + e^z) = max(z, 0) + log(1 + e^−|z|), so L = mean of max(z, 0) − y·z + "
        "log(1 + e^−|z|)",
        "return np.mean(np.maximum(z, 0) - «y * z» + np.log1p(np.exp(«-np.abs(z)»)))",
    ),
)
def bce_from_logits(y, z):
    return float(np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))))


@bce_from_logits.mistake(
    "The sigmoid rounds to exactly 0 or 1, and then log 0 appears. Stay with z: "
    "log(1 + e^z) − y·z, written so that nothing overflows."
)
def through_the_sigmoid(y, z):
    a = 1 / (1 + np.exp(-z))
    return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))


@bce_from_logits.mistake(
    "The sigmoid is clipped at 1e-12, so no loss can be larger than −log(1e-12) = 27.6. At z = "
    "−1000 and label 1 it should be 1000. Stay with z."
)
def through_a_clipped_sigmoid(y, z):
    return np.mean(surprises(y, sigmoid(z), 1e-12))


@bce_from_logits.mistake(
    "The sigmoid is clipped at, or shifted by, 1e-8, so no loss can be larger than 18.4. Stay "
    "with z: no guard is needed there."
)
def through_a_roughly_clipped_sigmoid(y, z):
    return np.mean(surprises(y, sigmoid(z), 1e-8))


@bce_from_logits.mistake(
    "The sigmoid rounds to exactly 0 or 1, and adding 1e-12 inside the logarithm caps the loss at "
    "27.6. Stay with z."
)
def through_a_sigmoid_with_eps(y, z):
    a = sigmoid(z)
    return -np.mean(y * np.log(a + 1e-12) + (1 - y) * np.log(1 - a + 1e-12))


@bce_from_logits.mistake(
    "The formula is right, but e^z overflows at z = 1000. Write log(1 + e^z) as "
    "max(z, 0) + log(1 + e^−|z|)."
)
def overflow_at_large_z(y, z):
    return np.mean(np.log(1 + np.exp(z)) - y * z)


@bce_from_logits.mistake(
    "The formula is right, but e^−z overflows at z = −1000. Let the exponent never be positive: "
    "e^−|z|."
)
def overflow_at_small_z(y, z):
    return np.mean((1 - y) * z + np.log(1 + np.exp(-z)))


@bce_from_logits.mistake(
    "The formula is right, but an exponential overflows where the prediction is very wrong. With "
    "s = z or −z, write log(1 + e^s) as max(s, 0) + log(1 + e^−|s|)."
)
def overflow_where_wrong(y, z):
    return np.mean(np.log(1 + np.exp(np.where(y == 1, -z, z))))


@bce_from_logits.mistake(
    "The absolute value is missing in e^−|z|: with e^−z the exponential grows without bound "
    "for negative z."
)
def absolute_value_missing(y, z):
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(-z)))


@bce_from_logits.mistake("max(z, 0) is missing: log(1 + e^z) = max(z, 0) + log(1 + e^−|z|).")
def maximum_missing(y, z):
    return np.mean(np.log1p(np.exp(-np.abs(z))) - y * z)


@bce_from_logits.mistake("The labels are not used: subtract y·z.")
def logits_without_labels(y, z):
    return np.mean(np.logaddexp(0, z))


@bce_from_logits.mistake("y·z is added. Subtract it: a large z is good where the label is 1.")
def labels_added(y, z):
    return np.mean(np.logaddexp(0, z) + y * z)


@bce_from_logits.mistake(
    "The labels are mixed up: label 1 costs log(1 + e^−z), label 0 costs log(1 + e^z)."
)
def logits_with_labels_mixed_up(y, z):
    return np.mean(np.logaddexp(0, z) - (1 - y) * z)


@bce_from_logits.mistake("The sign is turned around: a loss is never negative.")
def logits_with_sign_turned(y, z):
    return -np.mean(np.logaddexp(0, z) - y * z)


@bce_from_logits.mistake("This is the sum over the batch. Average instead: np.mean.")
def logits_summed(y, z):
    return np.sum(np.logaddexp(0, z) - y * z)


@bce_from_logits.mistake(
    "These are the losses of the single rows. The loss of the batch is their mean, one number."
)
def logits_not_averaged(y, z):
    return np.logaddexp(0, z) - y * z


@bce_from_logits.mistake(
    "z is used as if it were a probability. It is the number before the sigmoid."
)
def logits_as_chances(y, z):
    return bce.reference(y, z)


@bce_from_logits.mistake(
    "One column was flattened or transposed and the other was not, so this is the mean over an "
    "(m, m) table of all pairs. Keep both as columns, (m, 1)."
)
def logits_of_all_pairs(y, z):
    z = np.ravel(z)
    return np.mean(np.logaddexp(0, z) - y * z)


@bce_from_logits.mistake(
    "math.exp, math.log and float take one number. For a whole column use np.exp, np.log and "
    "np.log1p."
)
def logits_with_math_exp(y, z):
    import math

    return np.mean(np.maximum(z, 0) - y * z + np.log1p(math.exp(-abs(z))))


@bce_from_logits.mistake(
    "Python's max, like an if, compares single numbers. For a column use np.maximum(z, 0)."
)
def logits_with_python_max(y, z):
    return np.mean(max(z, 0) - y * z + np.log1p(np.exp(-np.abs(z))))


@bce_from_logits.mistake(
    "np.max gives the one largest z of the column. np.maximum(z, 0) works row by row."
)
def logits_with_np_max(y, z):
    return np.mean(np.max(z) - y * z + np.log1p(np.exp(-np.abs(z))))


@bce_from_logits.mistake(
    "This is an array of one number: Python's sum adds rows, and np.mean(..., axis=0) keeps a "
    "column. Use np.mean(...) with no axis."
)
def logits_averaged_to_an_array(y, z):
    return np.mean(np.logaddexp(0, z) - y * z, axis=0)


@bce_from_logits.mistake(
    "The minus is missing in e^−|z|: the exponent |z| is positive and overflows. Write "
    "np.exp(-np.abs(z))."
)
def minus_missing_in_the_exponent(y, z):
    return np.mean(np.maximum(z, 0) - y * z + np.log1p(np.exp(np.abs(z))))


@bce_from_logits.mistake(
    "The 1 is missing in log(1 + e^−|z|): log and exp undo each other. Use np.log1p, or write "
    "1 + np.exp(-np.abs(z))."
)
def one_missing_in_the_logarithm(y, z):
    return np.mean(np.maximum(z, 0) - y * z + np.log(np.exp(-np.abs(z))))


@bce_from_logits.mistake(
    "z is cut off at −500 and 500, so no loss can be larger than 500. No cutting is needed: "
    "log(1 + e^z) = max(z, 0) + log(1 + e^−|z|)."
)
def logits_cut_off(y, z):
    z = np.clip(z, -500, 500)
    return np.mean(np.logaddexp(0, z) - y * z)


@bce_from_logits.mistake("The bump is missing: add log(1 + e^−|z|), np.log1p(np.exp(-np.abs(z))).")
def bump_missing(y, z):
    return np.mean(np.maximum(z, 0) - y * z)


@bce_from_logits.variant
def logits_with_logaddexp(y, z):
    return np.mean(np.logaddexp(0, z) - y * z)


@bce_from_logits.variant
def logits_on_the_side_of_the_label(y, z):
    s = np.where(y == 1, -z, z)
    return np.mean(np.maximum(s, 0) + np.log(1 + np.exp(-np.abs(s))))


@bce_from_logits.variant
def logits_with_a_loop(y, z):
    total = 0.0
    for t, s in zip(np.ravel(y), np.ravel(z)):
        s = -s if t == 1 else s
        total += s + np.log1p(np.exp(-s)) if s > 0 else np.log1p(np.exp(s))
    return np.array(total / len(y))


@bce_from_logits.variant
def logits_with_where(y, z):
    softplus = np.where(z > 0, z + np.log1p(np.exp(-z)), np.log1p(np.exp(z)))
    return -np.sum(y * z - softplus) / y.size
