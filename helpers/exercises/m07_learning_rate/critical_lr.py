"""The critical learning rate."""

import math

import numpy as np

from helpers.checks.exercise import Case, exercise


def _symmetric(rng, n):
    H = rng.normal(size=(n, n)).round(1)
    return (H + H.T).round(1)


def curvatures(rng: np.random.Generator) -> list[Case]:
    """Make Hessians of bowls, saddles and domes, flat ones, and some that rounding spoils."""
    return [
        (np.array([[2.0, 1.0], [1.0, 3.0]]),),
        (np.array([[9.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 4.0]]),),
        (_symmetric(rng, 5),),
        (_symmetric(rng, 7),),
        (np.array([[-9.0, 1.0], [1.0, 2.0]]),),  # a saddle, steeper downward
        (np.array([[0.5]]),),
        (np.array([[4, 3], [3, 4]]),),
        (np.array([[1e-6, 0.0], [0.0, -1.0]]),),  # little, but upward
        (np.array([[-2.0, 0.5], [0.5, -1.0]]),),  # a dome
        (np.zeros((3, 3)),),
        (np.array([[-1.0, -1.0], [-1.0, -1.0]]),),  # one eigenvalue is 0 but for rounding
        (np.array([[1e-13, 0.0], [0.0, -3.0]]),),
        (np.array([[1.5e-12]]),),  # tiny, but it counts
    ]


@exercise(
    "7.2",
    "the critical learning rate",
    cases=curvatures,
    hints=(
        "The eigenvalues are the curvatures along the main directions: np.linalg.eigvalsh(hessian) "
        "gives them from lowest to highest. Only the largest one sets the limit.",
        "critical rate = 2 / largest eigenvalue; np.inf where the largest is below 1e-12",
        "return 2 / largest if largest > «1e-12» else np.inf",
    ),
)
def critical_lr(hessian):
    largest = np.linalg.eigvalsh(hessian)[-1]
    return float(2 / largest) if largest > 1e-12 else math.inf


def _limit(rule):
    """Make a mistake that puts another number in place of the largest eigenvalue."""

    def attempt(hessian):
        value = rule(np.asarray(hessian, dtype=float))
        return float(2 / value) if value > 1e-12 else math.inf

    return attempt


@critical_lr.mistake("This is 1 / largest eigenvalue, half of the limit. Divide 2 by it.")
def one_over_the_largest(hessian):
    return critical_lr.reference(hessian) / 2


@critical_lr.mistake(
    "The smallest eigenvalue is used. The steepest direction diverges first: take the largest."
)
def smallest_eigenvalue(hessian):
    return _limit(lambda H: np.linalg.eigvalsh(H)[0])(hessian)


@critical_lr.mistake(
    "The largest entry of the matrix is not its largest curvature. "
    "Use the eigenvalues: np.linalg.eigvalsh(hessian)."
)
def largest_entry(hessian):
    return _limit(np.max)(hessian)


@critical_lr.mistake(
    "The diagonal holds the curvatures along the axes. The steepest direction may be slanted: "
    "use the eigenvalues."
)
def largest_on_the_diagonal(hessian):
    return _limit(lambda H: np.diag(H).max())(hessian)


@critical_lr.mistake(
    "2 is divided by the largest number on the diagonal. The steepest direction may be slanted: "
    "use the eigenvalues. And return np.inf where the largest is not above 1e-12."
)
def two_over_the_diagonal(hessian):
    return 2 / np.diag(hessian).astype(float).max()


@critical_lr.mistake(
    "2 is divided by the largest entry of the matrix. That is no curvature: use the eigenvalues. "
    "And return np.inf where the largest is not above 1e-12."
)
def two_over_the_largest_entry(hessian):
    return 2 / hessian.astype(float).max()


@critical_lr.mistake(
    "The trace is the sum of all curvatures. Only the largest one counts: use the eigenvalues."
)
def trace(hessian):
    return _limit(np.trace)(hessian)


@critical_lr.mistake(
    "The determinant is the product of all curvatures. Only the largest one counts: "
    "use the eigenvalues."
)
def determinant(hessian):
    return _limit(np.linalg.det)(hessian)


@critical_lr.mistake(
    "The largest eigenvalue in size may be negative: then the surface curves downward there. "
    "Take the largest with its sign."
)
def largest_in_size(hessian):
    return _limit(lambda H: np.abs(np.linalg.eigvalsh(H)).max())(hessian)


@critical_lr.mistake(
    "The norm of the Hessian ignores the sign, and mixes all curvatures. "
    "Take the largest eigenvalue, np.linalg.eigvalsh(hessian)."
)
def norm_of_the_matrix(hessian):
    return _limit(np.linalg.norm)(hessian)


@critical_lr.mistake("This is the largest curvature itself. The limit is 2 divided by it.")
def the_curvature_itself(hessian):
    return float(np.linalg.eigvalsh(hessian)[-1])


@critical_lr.mistake(
    "A learning rate came out negative. Where nothing curves upward, nothing sets a limit: "
    "return np.inf if the largest eigenvalue is not above 1e-12."
)
def negative_rate(hessian):
    return 2 / np.linalg.eigvalsh(hessian)[-1]


@critical_lr.mistake(
    "An eigenvalue that is 0 but for rounding counts as a curvature here. "
    "Below 1e-12 it should count as 0: return np.inf there."
)
def rounding_counts(hessian):
    largest = np.linalg.eigvalsh(hessian)[-1]
    return 2 / largest if largest > 0 else np.inf


@critical_lr.mistake(
    "Eigenvalues of 0 are caught, negative ones are not: a learning rate came out negative. "
    "Return np.inf wherever the largest is not above 1e-12."
)
def negative_rate_but_zero_caught(hessian):
    largest = np.linalg.eigvalsh(hessian)[-1]
    return np.inf if abs(largest) < 1e-12 else 2 / largest


@critical_lr.mistake(
    "Where nothing curves upward, no upward curvature sets a limit: return np.inf, not 0."
)
def zero_without_a_limit(hessian):
    limit = critical_lr.reference(hessian)
    return limit if math.isfinite(limit) else 0.0


@critical_lr.mistake(
    "Where nothing curves upward a huge number came out. Nothing sets a limit there: return np.inf."
)
def huge_number_without_a_limit(hessian):
    return 2 / max(np.linalg.eigvalsh(hessian)[-1], 1e-12)


@critical_lr.mistake(
    "The mean of the eigenvalues is used. The steepest direction diverges first: take the largest."
)
def mean_eigenvalue(hessian):
    return _limit(lambda H: np.linalg.eigvalsh(H).mean())(hessian)


@critical_lr.mistake("There is one rate for every eigenvalue here. Take the smallest limit only.")
def a_rate_for_each(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    return np.array([2 / e if e > 1e-12 else np.inf for e in eigenvalues])


@critical_lr.mistake(
    "The first number of np.linalg.eigvals need not be the largest: its order is not fixed. "
    "Take the maximum."
)
def first_of_eigvals(hessian):
    return _limit(lambda H: np.linalg.eigvals(H)[0].real)(hessian)


@critical_lr.mistake(
    "The first number of np.linalg.eigvals need not be the largest: take the maximum. "
    "And where that is not above 1e-12, return np.inf."
)
def first_of_eigvals_unguarded(hessian):
    return 2 / np.linalg.eigvals(hessian)[0]


@critical_lr.mistake(
    "The last number of np.linalg.eigvals need not be the largest: only eigvalsh sorts. "
    "Take the maximum."
)
def last_of_eigvals(hessian):
    return _limit(lambda H: np.linalg.eigvals(H)[-1].real)(hessian)


@critical_lr.mistake(
    "The last number of np.linalg.eigvals need not be the largest: only eigvalsh sorts. "
    "Take the maximum. And where that is not above 1e-12, return np.inf."
)
def last_of_eigvals_unguarded(hessian):
    return 2 / np.linalg.eigvals(hessian)[-1]


@critical_lr.mistake(
    "The smallest eigenvalue is used, and negative rates come out. Take the largest. "
    "Where that is not above 1e-12, return np.inf."
)
def smallest_eigenvalue_unguarded(hessian):
    return 2 / np.linalg.eigvalsh(hessian)[0]


@critical_lr.mistake("The fraction is upside down: this is the largest eigenvalue / 2.")
def upside_down(hessian):
    largest = np.linalg.eigvalsh(hessian)[-1]
    return largest / 2 if largest > 1e-12 else np.inf


@critical_lr.mistake(
    "The fraction is upside down: this is the largest eigenvalue / 2. Where the largest is not "
    "above 1e-12, return np.inf."
)
def upside_down_unguarded(hessian):
    return np.linalg.eigvalsh(hessian)[-1] / 2


@critical_lr.mistake(
    "The sign of the largest eigenvalue is lost. Where it is negative, nothing curves upward: "
    "return np.inf."
)
def sign_lost(hessian):
    return 2 / abs(np.linalg.eigvalsh(hessian)[-1])


@critical_lr.mistake(
    "The sign of the largest eigenvalue is lost: only those near 0 give np.inf. Return it for "
    "negative ones too."
)
def sign_lost_but_zero_caught(hessian):
    largest = abs(np.linalg.eigvalsh(hessian)[-1])
    return 2 / largest if largest > 1e-12 else np.inf


@critical_lr.mistake(
    "One eigenvalue that is negative or 0 is no reason for np.inf. Only the largest one counts."
)
def inf_for_any_negative(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    return np.inf if eigenvalues[0] < 0 or eigenvalues[-1] < 1e-12 else 2 / eigenvalues[-1]


@critical_lr.mistake(
    "A tiny curvature came out as np.inf. Only eigenvalues below 1e-12 count as 0."
)
def cut_off_too_high(hessian):
    largest = np.linalg.eigvalsh(hessian)[-1]
    return 2 / largest if largest > 1e-10 else np.inf


@critical_lr.mistake(
    "Only the very largest limit is wrong. Whatever the size of the limit, return it as it is."
)
def limit_cut_off(hessian):
    limit = critical_lr.reference(hessian)
    return min(limit, 1e12) if limit < np.inf else np.inf


@critical_lr.mistake(
    "eigh and eig return two things, the eigenvalues and the eigenvectors. Unpack them: "
    "values, vectors = np.linalg.eigh(hessian), or use np.linalg.eigvalsh."
)
def both_results_of_eigh(hessian):
    return 2 / np.max(np.linalg.eigh(hessian))


@critical_lr.mistake(
    "eigh returns two things, and the eigenvalues are the first of them. Unpack: "
    "values, vectors = np.linalg.eigh(hessian)."
)
def method_on_the_result_of_eigh(hessian):
    return 2 / np.linalg.eigh(hessian).max()


@critical_lr.variant
def with_eigvals(hessian):
    largest = np.linalg.eigvals(hessian).real.max()
    return 2 / largest if largest >= 1e-12 else np.inf


@critical_lr.variant
def with_eigh_and_clipping(hessian):
    values, _ = np.linalg.eigh(hessian)
    values = np.where(np.abs(values) < 1e-12, 0, values)
    if np.all(values <= 0):
        return float("inf")
    return 2.0 / np.max(values)


@critical_lr.variant
def smallest_of_the_limits(hessian):
    return min((2 / e for e in np.linalg.eigvalsh(hessian) if e > 1e-12), default=np.array(np.inf))
