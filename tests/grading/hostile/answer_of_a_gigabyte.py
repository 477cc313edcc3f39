"""Answers with a gigabyte of zeros, of ones in a dict, or of text.

Stock: no marks; the grader's memory is the student's.
Here: no marks. What is too large is not sent, and costs that answer alone.
"""

import numpy as np


def answer(name):
    """Answer with what is too large in one of three ways."""
    return {
        0: lambda *args: np.zeros(2**27),
        1: lambda *args: {"W": np.ones(2**27)},
        2: lambda *args: "x" * 2**30,
    }[len(name) % 3]
