"""Answers with more than the grader can hold.

Stock: no marks; the grader's memory is the student's.
Here: no marks. A message has a largest size.
"""

import numpy as np


def answer(name):
    """Answer with a hundred million numbers."""
    return lambda *args: np.zeros(10**8)
