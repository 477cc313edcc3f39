"""Says of a copy of its process that it is gone, where none was asked for.

Stock: has no such process; no marks, as there is no answer.
Here: no marks. The first such word ends the submission, and no judge with it.
"""

import gc

student = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Student")
student._find = lambda _: {"gone": "Right"}


def answer(name):
    """Answer with a number."""
    return lambda *args: 0
