"""What several exercises of this module share."""

import numpy as np

from helpers import reference
from helpers.checks.cases import hundredths, network_params
from helpers.checks.comparing import Tolerance
from helpers.checks.exercise import Case

INTEGERS = Tolerance(same_kind=True)


def some_labels(rng: np.random.Generator, m: int, k: int) -> np.ndarray:
    """Draw m labels below k, in no order; each class occurs as often as it can."""
    return rng.permutation(np.arange(m) % k)


def chances(rng: np.random.Generator, m: int, k: int) -> np.ndarray:
    """Draw rows of probabilities with two decimals, no two of a row alike."""
    rows = []
    while len(rows) < m:
        row = rng.multinomial(100 - k, rng.dirichlet(np.ones(k))) + 1
        if len(set(row)) == k:
            rows.append(row / 100)
    return np.array(rows)


def guesses(rng: np.random.Generator) -> list[Case]:
    """Make probabilities whose largest entry stands first, last, below a half and above it."""
    return [
        (np.array([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2], [0.25, 0.35, 0.4], [0.2, 0.1, 0.7]]),),
        (chances(rng, 5, 4),),
        (chances(rng, 7, 3),),
        (chances(rng, 3, 6),),
        (np.array([[0.3, 0.45, 0.25]]),),
    ]


def networks_and_inputs(rng: np.random.Generator) -> list[Case]:
    """Make networks with scores of ordinary size, and of ±1000, also mixed in a row."""
    huge = {
        "W1": np.array([[1.0, 0.0, -1.0], [0.0, 1.0, -1.0]]),
        "b1": np.array([[0.0, 0.0, 0.5]]),
        "W2": np.array([[1000.0, -1000.0, 0.0, 999.0], [-1000.0] * 4, [1.0, 2.0, 3.0, 4.0]]),
        "b2": np.array([[0.0, 0.5, -0.5, 0.0]]),
    }
    X = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [1.0, 1.0], [-1.0, 0.25]])
    return [
        (hundredths(rng, 5, 2), network_params(rng, 2, 3, 4)),
        (hundredths(rng, 7, 3), network_params(rng, 3, 4, 5)),
        (hundredths(rng, 5, 4), network_params(rng, 4, 6, 3)),
        (X, huge),
    ]


def networks_run_forward(rng: np.random.Generator) -> list[Case]:
    """Make networks that have just run forward; one has sums that are exactly 0."""

    def case(X: np.ndarray, hidden: int, k: int, params: dict | None = None) -> Case:
        params = params or network_params(rng, X.shape[1], hidden, k)
        Y = reference.one_hot(some_labels(rng, len(X), k), k)
        return X, Y, params, reference.forward_classes(X, params)[1]

    at_zero = {
        "W1": np.array([[0.5, -1.0], [-0.5, 1.0], [0.25, 0.75]]),
        "b1": np.array([[0.0, -0.75]]),
        "W2": np.array([[2.0, -1.0, 0.5, 0.25], [-1.5, 0.75, 1.0, -0.5]]),
        "b2": np.array([[0.5, -0.25, 0.0, 0.25]]),
    }
    X = np.array([[1.0, 1.0, 0.0], [0.5, 0.5, 1.0], [-1.0, 0.5, 2.0], [1, -1, 0], [0.0, 1.0, 1.0]])
    square = hundredths(rng, 3, 3)  # all sizes alike: wrong products fit here, and differ
    return [
        case(X, 2, 4, at_zero),
        case(hundredths(rng, 7, 2), 3, 4),
        case(hundredths(rng, 5, 3), 4, 3),
        case(square, 3, 3),
    ]
