"""Find the wrong entries."""

import numpy as np

from helpers.checks.cases import hundredths
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m03_forward.linear import linear
from helpers.reference.activations import relu


def published_sums(rng: np.random.Generator) -> list[Case]:
    """Make tables with slips in them: wrong signs, last digits, gross errors, none at all.

    The true sums end in 2 ten-thousandths, so none lies between two roundings.
    """
    cases = []
    for m, n, k in ((5, 4, 3), (7, 3, 2), (3, 2, 4)):
        X = rng.integers(1, 10, (m, n)) / 10
        W, b = hundredths(rng, n, k), (rng.integers(1, 60, (1, k)) / 100 + 0.0002).round(4)
        b[0, 0] = 0.0002
        published = (X @ W + b).round(3)
        slips = rng.choice([0, 0, 0, 0.001, -0.001, 0.004, -0.25, 0.3], (m, k))
        slips[:2, :2] = [[0.001, 0], [-0.25, 0.3]]
        slips[-1, -1] = 0  # there only the sign is wrong
        published = (published + slips).round(3)
        published[-1, -1] *= -1
        cases.append((X, W, b, published))
    X, W, b, _ = cases[0]
    whole = (10 * X).round().astype(int)
    return [*cases, (X, W, b, (X @ W + b).round(3)), (whole, W, b, (whole @ W + b).round(3))]


@exercise(
    "3.8",
    "find the wrong entries",
    cases=published_sums,
    hints=(
        "Compute Z1 yourself. Then compare it with the published table, entry by entry.",
        "An entry is wrong where |Z1 − published| is greater than 0.0005. The bars matter: a "
        "published number can be too large or too small.",
        "return np.«abs»(X @ W1 + b1 - published) > 0.0005",
    ),
)
def wrong_entries(X, W1, b1, published):
    return np.abs(X @ W1 + b1 - published) > 0.0005


@wrong_entries.mistake("The mask is turned around: True belongs where an entry is wrong.")
def right_entries(X, W1, b1, published):
    return np.abs(X @ W1 + b1 - published) <= 0.0005


@wrong_entries.mistake(
    "Only entries that are too small are found. Take the absolute value of the difference."
)
def too_small_only(X, W1, b1, published):
    return X @ W1 + b1 - published > 0.0005


@wrong_entries.mistake("Only entries that are too large are found. Use np.abs on the difference.")
def too_large_only(X, W1, b1, published):
    return published - (X @ W1 + b1) > 0.0005


@wrong_entries.mistake(
    "Every entry is called wrong, also the right ones. Is your Z1 right (X @ W1 + b1, no "
    "activation, no rounding)? And is 0.0005 allowed?"
)
def exact_comparison(X, W1, b1, published):
    return X @ W1 + b1 != published


@wrong_entries.mistake(
    "The allowance is too generous: a slip in the third decimal gets through. It is 0.0005. Or is "
    "the difference squared? Use np.abs."
)
def allowance_of_two_decimals(X, W1, b1, published):
    return np.abs(X @ W1 + b1 - published) > 0.005


@wrong_entries.mistake(
    "An allowance of 0.001 is a whole step of the third decimal. Half a step is right: 0.0005."
)
def allowance_of_a_whole_step(X, W1, b1, published):
    return np.abs(X @ W1 + b1 - published) > 0.001


@wrong_entries.mistake("Z1 is wrong because of b1: it should be added once.")
def slips_without_bias(X, W1, b1, published):
    return np.abs(X @ W1 - published) > 0.0005


@wrong_entries.mistake(
    "Z1 comes before the activation. Compare the weighted sums themselves, without ReLU."
)
def slips_after_relu(X, W1, b1, published):
    return np.abs(relu(X @ W1 + b1) - published) > 0.0005


@wrong_entries.mistake("These are the differences. Compare them with 0.0005 to get True or False.")
def differences_only(X, W1, b1, published):
    return np.abs(X @ W1 + b1 - published)


@wrong_entries.mistake(
    "These are the differences, with their signs. Take absolute values, then compare with 0.0005."
)
def signed_differences(X, W1, b1, published):
    return X @ W1 + b1 - published


@wrong_entries.mistake("This is one answer for the whole table. Return one for each entry.")
def any_entry(X, W1, b1, published):
    return bool(np.any(np.abs(X @ W1 + b1 - published) > 0.0005))


@wrong_entries.mistake(
    "These are positions. Return the mask itself: True and False, in the shape of the table."
)
def positions(X, W1, b1, published):
    return np.argwhere(np.abs(X @ W1 + b1 - published) > 0.0005)


@wrong_entries.mistake("This is the number of wrong entries. Return the mask, without summing.")
def number_of_slips(X, W1, b1, published):
    return int(np.sum(np.abs(X @ W1 + b1 - published) > 0.0005))


@wrong_entries.mistake(
    "np.isclose finds the entries that are right, and you kept them. Turn its answer around "
    "with ~, and allow atol=0.0005."
)
def isclose_as_it_is(X, W1, b1, published):
    return np.isclose(X @ W1 + b1, published)


@wrong_entries.mistake(
    "`if` and a < b < c ask one question, but there is an answer for each entry. Return the "
    "comparison itself: np.abs(...) > 0.0005."
)
def one_if_for_all_entries(X, W1, b1, published):
    return bool(np.abs(X @ W1 + b1 - published) > 0.0005)


@wrong_entries.mistake(
    "np.where with one argument gives the positions, rows and columns apart. Return the mask "
    "itself, without np.where."
)
def positions_apart(X, W1, b1, published):
    return np.where(np.abs(X @ W1 + b1 - published) > 0.0005)


@wrong_entries.mistake(
    "Only wrong signs are found. A number of the right sign can be wrong as well: compare the "
    "difference with 0.0005."
)
def wrong_signs_only(X, W1, b1, published):
    return np.sign(X @ W1 + b1) != np.sign(published)


@wrong_entries.mistake(
    "A number with the wrong sign gets through: signs count. Take np.abs of the difference, not of "
    "the two numbers."
)
def signs_ignored(X, W1, b1, published):
    return np.abs(np.abs(X @ W1 + b1) - np.abs(published)) > 0.0005


@wrong_entries.variant
def slips_by_rounding(X, W1, b1, published):
    return np.round(X @ W1 + b1, 3) != published


@wrong_entries.variant
def slips_with_isclose(X, W1, b1, published):
    return ~np.isclose(published, X @ W1 + b1, rtol=0, atol=0.0005)


@wrong_entries.variant
def slips_as_lists(X, W1, b1, published):
    Z = linear.reference(X, W1, b1)
    return [
        [bool(abs(z - p) > 5e-4) for z, p in zip(*rows, strict=True)] for rows in zip(Z, published)
    ]


@wrong_entries.variant
def slips_in_ones_and_zeros(X, W1, b1, published):
    difference = published - np.dot(X, W1) - b1
    return np.where((difference > 0.0005) | (difference < -0.0005), 1, 0)
