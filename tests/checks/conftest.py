"""A small exercise that is not part of the course, and a way to make others."""

import numpy as np
import pytest

from helpers.checks import Exercise

HINTS = ("Look at the numbers.", "y = 2·x", "return 2 * ____")


@pytest.fixture
def make_exercise():
    """Make an exercise that no registry knows."""

    def make(reference, cases, **options):
        return Exercise("9.1", "a small one", reference, lambda rng: cases, HINTS, **options)

    return make


@pytest.fixture
def double(make_exercise):
    """Twice as much of everything."""

    def double(x):
        return 2 * x

    cases = [(np.array([1.0, 2.0]),), (np.array([-1.0, 0.5, 3.0]),)]
    return make_exercise(double, cases, seconds=0.3)
