"""Answers with an object that runs code where it is unpickled.

Stock: no marks; a grader that unpickles answers would run it.
Here: no marks. Nothing is ever unpickled.
"""

import os


class Bomb:
    """Writes a file where it is unpickled."""

    def __reduce__(self):
        return os.system, ("touch /tmp/course-grade-was-here",)


def answer(name):
    """Answer with the object."""
    return lambda *args: Bomb()
