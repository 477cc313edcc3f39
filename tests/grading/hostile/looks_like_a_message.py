"""Answers with lists that look like the grader's own way to write functions and objects.

Stock: no marks.
Here: no marks. A list comes through as a list.
"""

SHAPES = (
    ["n", "helpers.exercises.weighted_sum"],
    ["f", 0, "f", []],
    ["k", "f", "gASVKAAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOU"],
    ["o", -1, "value", ["function"], ["x"]],
    ["x", 0, "rectilinear"],
)


def answer(name):
    """Answer with one of them."""
    return lambda *args: SHAPES[len(name) % len(SHAPES)]
