"""What several exercises of this module share."""

import numpy as np

from helpers.checks.exercise import Case


def nonzero_quarters(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw multiples of 1/4 between -3 and 3, none of them 0."""
    drawn = rng.integers(-12, 13, shape) / 4
    return np.where(drawn == 0, 1.25, drawn)


def places(rng: np.random.Generator) -> list[Case]:
    """Make points as numbers, as arrays, and at the bottom."""
    return [
        (3.0, -4.0),
        (0.0, 0.0),
        (0.0, 1.5),
        (-2.5, 0.0),
        (3, 2),
        (nonzero_quarters(rng, 5), nonzero_quarters(rng, 5)),
        (nonzero_quarters(rng, 7), nonzero_quarters(rng, 7)),
        (np.array([[0, 1], [2, 3], [-1, -2]]), np.array([[4, 0], [-2, 1], [3, 5]])),
    ]
