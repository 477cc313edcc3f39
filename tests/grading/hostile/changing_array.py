"""Answers with an array that is another one each time somebody looks.

Stock: no marks: types come before values.
Here: no marks. It is looked at once.
"""

import numpy as np


class Changing(np.ndarray):
    """Has other bytes each time."""

    def tobytes(self, *args):
        return np.random.default_rng().bytes(super().nbytes)

    def __array_finalize__(self, made):
        self.fill(np.nan) if self.dtype == float else None


def answer(name):
    """Answer with a changing array."""
    return lambda *args: np.zeros(3).view(Changing)
