"""Answers with arrays of objects that equal everything.

Stock: no marks, since this course looks at the type of what is in an array.
Here: no marks. Only numbers come through.
"""

import numpy as np


class Lie:
    """Equals everything."""

    def __eq__(self, other):
        return True

    def __float__(self):
        return float("nan")

    __hash__ = None


def answer(name):
    """Answer with an array of lies."""
    return lambda *args: np.array([Lie()] * 3, dtype=object)
