"""What several exercises of this module share."""

import numpy as np

from helpers import reference
from helpers.checks.cases import chances, column, labels
from helpers.checks.comparing import Tolerance, as_array
from helpers.checks.exercise import Case

# 1 - (1 - 1e-12) is 1.00009e-12, so clipping a and clipping 1 - a differ in the sixth digit.
NEAR_THE_ENDS = Tolerance(rtol=1e-5)


TO_THREE_DECIMALS = Tolerance(rtol=0.0, atol=5e-4)


def predictions_and_targets(rng: np.random.Generator) -> list[Case]:
    """Make labels and other targets; one batch is right everywhere, one has a single row."""
    exact = column(0.25, -1.5, 3.0)
    return [
        (column(1, 0, 1, 1, 0), column(0.9, 0.2, 0.4, 0.7, 0.6)),
        (labels(rng, 7), chances(rng, 7)),
        (rng.normal(size=(5, 1)).round(2), rng.normal(size=(5, 1)).round(2) + 1),
        (exact, exact.copy()),
        (column(2.0), column(-1.0)),
    ]


def labels_and_chances(rng: np.random.Generator) -> list[Case]:
    """Make predictions inside (0, 1) and at its ends, right and wrong ones, at several eps."""
    return [
        (column(1, 0, 1, 1, 0), column(0.9, 0.2, 0.4, 0.7, 0.55), 0.01),
        (labels(rng, 7), chances(rng, 7)),
        (labels(rng, 5), chances(rng, 5), 0.1),
        (column(1, 0, 0, 1, 0), column(1.0, 0.0, 0.25, 0.5, 0.5)),
        (column(0, 0, 1, 0, 1, 0, 0), column(1.0, 0.0, 0.75, 0.5, 0.5, 0.25, 0.25)),
        (column(1, 0, 0, 1, 1), column(0.0, 0.25, 0.5, 0.75, 1.0)),
        (column(1, 0, 1, 0, 0), column(0.02, 0.97, 0.98, 0.01, 0.4), 0.05),
        (column(1, 0, 1, 0, 1, 0, 1), column(0.02, 0.97, 1.0, 0.0, 0.3, 0.4, 0.99), 0.05),
    ]


def surprises(y, a, eps, log=np.log):
    """Return the losses of the single rows."""
    a = np.clip(a, eps, 1 - eps)
    return -(y * log(a) + (1 - y) * log(1 - a))


def asd():
    """Return the labels and the predictions of the 4-3-1 network, each (2,)."""
    X, y, params = reference.asd_batch()
    return y.ravel(), reference.forward(X, params)[0].ravel()


def two_losses(answer):
    """See two losses in any shape as a list of two; leave such a list as it is."""
    numbers = as_array(answer)
    if numbers is None or numbers.size != 2:
        raise ValueError("asd_losses should hold two numbers, one for each sample.")
    return answer if numbers.ndim == 1 else numbers.ravel().tolist()
