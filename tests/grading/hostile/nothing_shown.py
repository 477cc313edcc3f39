"""Tells the grader that cells have shown nothing at all, not even an empty list.

Stock: has no such process; no marks, as there is no answer.
Here: no marks, and the reason in the gradebook.
"""

import gc

student = next(thing for thing in gc.get_objects() if type(thing).__name__ == "Student")
student._run = lambda request: {}
