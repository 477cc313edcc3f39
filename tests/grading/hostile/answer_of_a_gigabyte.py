"""Answers with a gigabyte of zeros, of ones in a dict, or of text.

Stock: no marks; the grader's memory is the student's.
Here: no marks. What is too large is not sent, and costs that answer alone.
"""

import numpy as np


def answer(name):
    """Answer three exercises with what is too large, each in another way: it takes long."""
    return {
        "weighted_sum": lambda *args: np.zeros(2**27),
        "step": lambda *args: {"W": np.ones(2**27)},
        "perceptron_update": lambda *args: "x" * 2**30,
    }.get(name)
