"""Answers with not-a-number, which differs from nothing by more than any tolerance.

Stock: no marks, since nan equals nan only.
Here: no marks.
"""

import numpy as np


def answer(name):
    """Answer with nan in every shape."""
    return lambda *args: np.full(np.shape(args[0]) if args else (), np.nan)
