"""Answers with an array that masks whatever is wrong in it.

Stock: no marks, since it is not the type that is asked for.
Here: no marks.
"""

import numpy as np


def answer(name):
    """Answer with masks."""
    return lambda *args: np.ma.masked_all(np.shape(args[0]) if args else ())
