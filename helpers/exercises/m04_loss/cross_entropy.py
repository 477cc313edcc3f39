"""Cross-entropy for several classes."""

import numpy as np

from helpers import reference
from helpers.checks.exercise import Case, exercise


def one_hot(classes: np.ndarray, k: int) -> np.ndarray:
    """Make a row for each class, with its 1 in that place."""
    return np.eye(k, dtype=int)[classes]


def classes_and_chances(rng: np.random.Generator) -> list[Case]:
    """Make batches with more rows than classes; predictions have two decimals and sum to 1."""

    def batch(m: int, k: int) -> Case:
        wish = rng.dirichlet(np.ones(k), m)
        P = np.stack([rng.multinomial(100 - k, row) + 1 for row in wish]) / 100
        return one_hot(rng.permutation(np.arange(m) % k), k), P

    wrong = np.array(
        [
            [0.001, 0.009, 0.99],
            [0.25, 0.5, 0.25],
            [0.6, 0.2, 0.2],
            [0.1, 0.8, 0.1],
            [0.2, 0.799999, 0.000001],
        ]
    )
    return [
        (
            one_hot(np.array([0, 2, 1, 2, 0]), 3),
            np.array(
                [
                    [0.7, 0.2, 0.1],
                    [0.1, 0.3, 0.6],
                    [0.5, 0.2, 0.3],
                    [0.6, 0.1, 0.3],
                    [0.4, 0.1, 0.5],
                ]
            ),
        ),
        batch(7, 4),
        batch(5, 2),
        batch(7, 5),
        (one_hot(np.array([0, 0, 1, 1, 2]), 3), wrong),
    ]


@exercise(
    "4.5",
    "cross-entropy for several classes",
    cases=classes_and_chances,
    hints=(
        "In each row only the true class counts: Y is 1 there and 0 elsewhere. Sum over the "
        "classes of a row, then average over the rows.",
        "L = −(1/m) · sum over rows of (sum over classes of Y·log P)",
        "return -np.mean(np.sum(Y * np.log(«P»), axis=«1»))",
    ),
)
def cross_entropy(Y, P):
    return float(-np.mean(np.sum(Y * np.log(P), axis=1)))


@cross_entropy.mistake(
    "np.mean over the whole table divides by m·k, the zeros included. Sum over the classes first "
    "(axis=1), then average over the m rows."
)
def mean_over_the_table(Y, P):
    return -np.mean(Y * np.log(P))


@cross_entropy.mistake(
    "Divided by the number of classes, k. Divide by the number of rows, m: sum over axis 1, along"
    " each row, then average."
)
def summed_over_rows(Y, P):
    return -np.mean(np.sum(Y * np.log(P), axis=0))


@cross_entropy.mistake("This is the sum over the batch. Divide by the number of rows, m.")
def classes_summed(Y, P):
    return -np.sum(Y * np.log(P))


@cross_entropy.mistake("The minus is missing: a loss is never negative.")
def classes_without_minus(Y, P):
    return np.mean(np.sum(Y * np.log(P), axis=1))


@cross_entropy.mistake(
    "The binary formula is used on every entry. With several classes only the true one counts: "
    "leave (1 - Y)·log(1 - P) out."
)
def every_class_on_its_own(Y, P):
    return -np.mean(np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P), axis=1))


@cross_entropy.mistake(
    "This is the surprise at the favorite class, P.max. Take the probability of the true class, "
    "where Y is 1."
)
def favorite_class(Y, P):
    return -np.mean(np.log(P.max(axis=1)))


@cross_entropy.mistake(
    "Every row is paired with every other row's class. If you used @ or np.dot: use Y * "
    "np.log(P). If you used P[:, classes]: write P[np.arange(len(P)), classes]."
)
def columns_of_every_row(Y, P):
    return -np.mean(np.log(P[:, Y.argmax(axis=1)]))


@cross_entropy.mistake(
    "The probabilities are averaged before the logarithm. Take the logarithm of each row first."
)
def log_of_the_mean(Y, P):
    return -np.log(np.mean(np.sum(Y * P, axis=1)))


@cross_entropy.mistake(
    "The logarithm is taken of zeros, those of Y or of Y·P. Take np.log(P), then multiply by Y."
)
def log_of_one_hot(Y, P):
    return -np.mean(np.sum(P * np.log(Y), axis=1))


@cross_entropy.mistake(
    "Every class counts here, whether true or not. Multiply by Y, entry by entry: Y * np.log(P). "
    "If you used @ or np.dot: that pairs entries that do not belong together."
)
def all_classes_count(Y, P):
    return -np.mean(np.sum(np.log(P), axis=1))


@cross_entropy.mistake(
    "np.log10 is the logarithm to base 10. The loss uses the natural one: np.log."
)
def classes_log10(Y, P):
    return -np.mean(np.sum(Y * np.log10(P), axis=1))


@cross_entropy.mistake("np.log2 is the logarithm to base 2. The loss uses the natural one: np.log.")
def classes_log2(Y, P):
    return -np.mean(np.sum(Y * np.log2(P), axis=1))


@cross_entropy.mistake(
    "These are the losses of the single rows. The loss of the batch is their mean, one number."
)
def classes_not_averaged(Y, P):
    return -np.sum(Y * np.log(P), axis=1)


@cross_entropy.mistake(
    "P is put through softmax once more. It already holds probabilities, so take np.log(P)."
)
def softmax_again(Y, P):
    return -np.mean(np.sum(Y * np.log(reference.softmax(P)), axis=1))


@cross_entropy.mistake(
    "1e-8 is added inside the logarithm, which moves every loss a little. P is above 0 here, so "
    "np.log(P) needs no guard."
)
def classes_with_eps_added(Y, P):
    return -np.mean(np.sum(Y * np.log(P + 1e-8), axis=1))


@cross_entropy.mistake(
    "The zeros of Y meet log 0, so this is no number. Take np.log(P), then multiply by Y."
)
def log_of_one_hot_twice(Y, P):
    return -np.mean(np.sum(Y * np.log(Y), axis=1))


@cross_entropy.mistake(
    "If you used @ or np.dot: that pairs rows that do not belong together, and all pairs are "
    "summed. Use Y * np.log(P)."
)
def sum_of_all_pairs(Y, P):
    return -np.sum(Y @ np.log(P).T) / len(Y)


@cross_entropy.mistake(
    "If you used Y.T @ np.log(P): that is a (k, k) table of all pairs of classes, and its mean is "
    "no loss. Use Y * np.log(P)."
)
def mean_of_class_pairs(Y, P):
    return -np.mean(Y.T @ np.log(P))


@cross_entropy.mistake(
    "This is the entropy of P, which does not look at the labels. Multiply by Y: Y * np.log(P)."
)
def entropy_of_the_chances(Y, P):
    return -np.mean(np.sum(P * np.log(P), axis=1))


@cross_entropy.mistake(
    "np.mean with axis=1 divides each row by k and leaves m numbers. Sum along axis 1, then "
    "average: one number."
)
def classes_averaged_along_rows(Y, P):
    return -np.mean(Y * np.log(P), axis=1)


@cross_entropy.mistake(
    "The logarithm is missing: this is the mean chance of the true class. Take np.log(P)."
)
def classes_without_log(Y, P):
    return -np.mean(np.sum(Y * P, axis=1))


@cross_entropy.mistake(
    "Two things: the binary formula is used on every entry (leave (1 - Y)·log(1 - P) out), and "
    "np.mean divides by m·k. Sum along axis 1, then average."
)
def binary_mean_over_the_table(Y, P):
    return -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))


@cross_entropy.variant
def classes_by_index(Y, P):
    return -np.log(P[np.arange(len(P)), Y.argmax(axis=1)]).mean()


@cross_entropy.variant
def classes_by_mask(Y, P):
    return np.mean(-np.log(P[Y == 1]))


@cross_entropy.variant
def classes_by_product(Y, P):
    return np.array(-np.log((Y * P).sum(axis=1)).sum() / Y.shape[0])


@cross_entropy.variant
def classes_with_loops(Y, P):
    total = 0.0
    for row, chance in zip(Y, P):
        for j in range(len(row)):
            if row[j]:
                total -= np.log(np.clip(chance[j], 1e-12, 1.0))
    return total / len(Y)
