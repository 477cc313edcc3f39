"""Answers with a gigabyte of zeros, also in a dict, or a quarter of one of text.

Stock: no marks; the grader's memory is the student's.
Here: no marks. What is too large is not sent, and costs that answer alone.
"""

import numpy as np

TEXT = "x" * 2**28


def answer(name):
    """Answer three exercises with what is too large, each in another way."""
    return {
        "weighted_sum": lambda *args: np.zeros(2**27),
        "step": lambda *args: {"W": np.zeros(2**27)},
        "perceptron_update": lambda *args: TEXT,
    }.get(name)
