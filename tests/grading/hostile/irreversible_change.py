"""Tells the grader of a change to its own arguments that cannot be undone.

Stock: has no such process; no marks, as there is no answer.
Here: no marks, and the reason in the gradebook.
"""

import gc


def numbers(tree):
    """Find the numbers and kinds of all objects in a tree."""
    if isinstance(tree, list):
        if len(tree) == 3 and tree[0] == "m":
            yield tree[1], tree[2][0]
        for part in tree:
            yield from numbers(part)


def use(request):
    """Put into lists and dicts an integer that no message can hold."""
    changes = [
        [number, [kind, [["a", 2**70]] if kind == "d" else [2**70]]]
        for number, kind in numbers(request["args"])
    ]
    return {"value": 0, "changes": changes}


next(t for t in gc.get_objects() if type(t).__name__ == "Answers").use = use


def answer(name):
    """Answer with anything."""
    return lambda *args: None
