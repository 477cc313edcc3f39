"""Answers with an array whose type takes a million characters to write.

Stock: has no such process; no marks, as there is no answer.
Here: no marks. The name of a type has a largest length.
"""

import gc

student = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Student")
student._batch = lambda request: {"outcomes": [{"value": ["s", "f8," * 10**6, ""]}]}


def answer(name):
    """Answer with anything: what is sent is made above."""
    return lambda *args: 0
