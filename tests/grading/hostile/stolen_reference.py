"""Looks up the call stack for the exercise, and asks its reference.

Stock: full marks.
Here: no marks. There is no exercise on this stack, nor anywhere in this process.
"""

import sys


def answer(name):
    """Return a function that lets the check answer for it."""

    def steal(*args):
        frame = sys._getframe()
        while frame is not None:
            exercise = frame.f_locals.get("self")
            if hasattr(exercise, "reference"):
                return exercise.reference(*args)
            frame = frame.f_back
        raise LookupError("nothing to steal")

    return steal
