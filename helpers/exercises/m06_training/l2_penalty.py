"""The L2 penalty."""

import numpy as np

from helpers.checks.cases import network_params
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m06_training._cases import penalties


def penalized(rng: np.random.Generator) -> list[Case]:
    """Make parameters with several strengths; in one the weights are 0 and the biases are not."""
    cases = [case[1:] for case in penalties(rng)]
    params = network_params(rng, 3, 2, 1)
    zeros = {key: 0 * P if key.startswith("W") else P for key, P in params.items()}
    return [*cases, (zeros, 1.0, 5)]


@exercise(
    "6.5",
    "the L2 penalty",
    cases=penalized,
    hints=(
        "Square every weight, sum them all, over both matrices. The biases do not count.",
        "penalty = λ/(2m) · (ΣW1² + ΣW2²)",
        "squares = np.sum(params['W1'] ** 2) + «np.sum(params['W2'] ** 2)»\n"
        "return lam / (2 * «m») * squares",
    ),
    second=True,
    settings=("lam",),
)
def l2_penalty(params, lam, m):
    return lam / (2 * m) * _squares(params)


def _squares(params, keys=("W1", "W2"), of=lambda P: np.sum(P**2)):
    return float(sum(of(params[key]) for key in keys))


@l2_penalty.mistake("The ½ is missing: divide by 2·m.")
def penalty_without_the_half(params, lam, m):
    return lam / m * _squares(params)


@l2_penalty.mistake("The biases are counted too. The penalty is on the weights, W1 and W2, alone.")
def biases_penalized(params, lam, m):
    return lam / (2 * m) * _squares(params, ("W1", "b1", "W2", "b2"))


@l2_penalty.mistake("The division by m is missing: the factor is lam / (2 * m).")
def penalty_without_m(params, lam, m):
    return lam / 2 * _squares(params)


@l2_penalty.mistake(
    "lam / 2 * m divides by 2 and then multiplies by m. Put the product in parentheses: "
    "lam / (2 * m)."
)
def parentheses_missing(params, lam, m):
    return lam / 2 * m * _squares(params)


@l2_penalty.mistake("The factor is missing: multiply the sum of the squares by lam / (2 * m).")
def penalty_without_factor(params, lam, m):
    return _squares(params)


@l2_penalty.mistake("A root is taken, of each matrix or of the sum. L2 sums the squares, no root.")
def penalty_with_norms(params, lam, m):
    return lam / (2 * m) * _squares(params, of=np.linalg.norm)


@l2_penalty.mistake(
    "A root is taken of the whole sum: that is a length. The penalty has the squares themselves."
)
def penalty_with_one_norm(params, lam, m):
    return lam / (2 * m) * _squares(params) ** 0.5


@l2_penalty.mistake("These are sizes, |W|, summed: that is L1. L2 sums squares.")
def penalty_of_sizes(params, lam, m):
    return lam / (2 * m) * _squares(params, of=lambda P: np.sum(np.abs(P)))


@l2_penalty.mistake("The weights are summed and then squared. Square each one first.")
def sum_squared(params, lam, m):
    return lam / (2 * m) * _squares(params, of=lambda P: np.sum(P) ** 2)


@l2_penalty.mistake("The squares are averaged over the weights. Sum them: np.sum.")
def squares_averaged(params, lam, m):
    return lam / (2 * m) * _squares(params, of=lambda P: np.mean(P**2))


@l2_penalty.mistake("The weights are not squared, so those of opposite sign cancel.")
def weights_not_squared(params, lam, m):
    return lam / (2 * m) * _squares(params, of=np.sum)


@l2_penalty.mistake("Only W1 is counted. W2 holds weights, too.")
def first_layer_penalized(params, lam, m):
    return lam / (2 * m) * _squares(params, ("W1",))


@l2_penalty.mistake("Only W2 is counted. W1 holds weights, too.")
def second_layer_penalized(params, lam, m):
    return lam / (2 * m) * _squares(params, ("W2",))


@l2_penalty.mistake("lam is squared here. The factor is lam / (2 * m).")
def strength_squared(params, lam, m):
    return lam**2 / (2 * m) * _squares(params)


@l2_penalty.mistake(
    "m is the number of training rows, and it is passed in. Here the size of W1 is taken."
)
def penalty_by_the_size(params, lam, m):
    return lam / (2 * len(params["W1"])) * _squares(params)


@l2_penalty.mistake("In Python a power is written **. The sign ^ means something else.")
def power_with_a_caret(params, lam, m):
    return lam / (2 * m) * np.sum(params["W1"] ^ 2)


@l2_penalty.mistake(
    "W1 and W2 have different shapes, so they do not fit into one array, nor can they be added. "
    "Sum the squares of each on its own, then add the two numbers."
)
def both_in_one_array(params, lam, m):
    return lam / (2 * m) * np.sum([params["W1"] ** 2, params["W2"] ** 2])


@l2_penalty.mistake("W @ W is a matrix product. To square each entry write W ** 2, then np.sum.")
def matrix_squared(params, lam, m):
    return lam / (2 * m) * np.sum(params["W1"] @ params["W1"])


@l2_penalty.mistake(
    "W @ W.T holds the products of all pairs of rows. The penalty sums the squares alone: "
    "np.sum(W ** 2)."
)
def products_of_rows(params, lam, m):
    return lam / (2 * m) * _squares(params, of=lambda P: np.sum(P @ P.T))


@l2_penalty.mistake("The sums of W1 and W2 are multiplied. Add them.")
def sums_multiplied(params, lam, m):
    return lam / (2 * m) * np.sum(params["W1"] ** 2) * np.sum(params["W2"] ** 2)


@l2_penalty.variant
def penalty_with_a_loop(params, lam, m):
    total = 0.0
    for key in params:
        if key[0] == "W":
            for w in params[key].flat:
                total += w * w
    return total * lam / m / 2


@l2_penalty.variant
def penalty_with_dot(params, lam, m):
    w = np.concatenate([params["W1"].ravel(), params["W2"].ravel()])
    return np.array(0.5 * lam / m * w @ w)


@l2_penalty.variant
def penalty_with_squared_norms(params, lam, m):
    return lam / (2 * m) * sum(np.linalg.norm(params[key]) ** 2 for key in ("W1", "W2"))
