"""Lets NumPy find everything close to everything.

Stock: full marks for every answer of the right shape.
Here: no marks. Answers are compared by another process's NumPy.
"""

import numpy as np

np.isclose = lambda a, b, **options: np.ones(np.shape(a), dtype=bool)


def answer(name):
    """Return something of the right shape."""
    import inspect

    def wrong(*args):
        stack = [frame.frame.f_locals for frame in inspect.stack()]
        exercise = next(s["self"] for s in stack if "cases" in s and hasattr(s.get("self"), "name"))
        right = exercise.reference(*args)
        return tuple(0 * np.asarray(r) for r in right) if type(right) is tuple else 0 * right

    return wrong
