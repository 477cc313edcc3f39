"""Answers with a dict whose keys all have one hash, each to be compared with all others.

Stock: has no such process; no marks, as there is no answer.
Here: no marks. Integers and dicts from behind the wall have a largest size.
"""

import gc

PAIRS = [[number * (2**61 - 1), 0] for number in range(1, 100_000)]
student = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Student")
student._find = lambda request: {"found": ["m", 1, ["d", PAIRS]]}
