"""Asks the grader for its functions by hand, by every number and with arguments of its own.

Stock: has no such functions; no marks, as there is no answer.
Here: no marks. A function is called by position, with numbers; NumPy's own are not called there.
"""

import gc

import numpy as np

channel = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Channel")


def answer(name):
    """Return a function that asks, and answers with what it hears."""

    def ask(*args):
        heard = 0
        for number in range(3):
            message = {"callback": number, "case": 0, "ignores": [], "changes": []}
            channel.send({**message, "args": ["t", [1.0]], "kwargs": {"where": False}})
            heard = channel.receive()
        return np.asarray(heard)

    return ask
