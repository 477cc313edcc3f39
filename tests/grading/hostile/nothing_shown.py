"""Tells the grader that cells have shown nothing at all, not even an empty list.

Stock: has no such process; no marks, as there is no answer.
Here: no marks, and the reason in the gradebook.
"""

import gc


def patch(kind, **methods):
    """Give the objects of a class other methods."""
    for thing in gc.get_objects():
        if type(thing).__name__ == kind:
            for name, method in methods.items():
                setattr(thing, name, method)


patch("Student", _run=lambda request: {"outputs": []})
