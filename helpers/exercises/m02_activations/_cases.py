"""What several exercises of this module share."""

import numpy as np

from helpers.checks.exercise import Case

FAR_DOWN = np.array([-1000.0, -2.5, 0.0, 0.5])


FAR_UP = np.array([-0.5, 0.0, 2.5, 1000.0])


INTEGERS = np.array([-2, -1, 0, 1, 2])


def draw(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw numbers with two decimals, about half of them negative; the first two are ±."""
    z = (2 * rng.normal(size=shape)).round(2)
    z.flat[:2] = -1.25, 1.75
    return z


def pre_activations(rng: np.random.Generator) -> list[Case]:
    """Make arrays of every rank, whole numbers, zeros, and numbers far out, and not so far."""
    flat = draw(rng, 7)
    flat[-2:] = -12.5, 12.5  # the sigmoid still differs from 0 and 1 here
    return [
        (np.array([-1.0, 0.0, 2.0]),),
        (INTEGERS,),
        (flat,),
        (draw(rng, 5, 3),),
        (draw(rng, 2, 3, 2),),
        (FAR_DOWN,),
        (FAR_UP,),
    ]
