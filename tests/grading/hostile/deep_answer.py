"""Answers with a list in a list in a list, a hundred thousand deep.

Stock: no marks; the comparison overflows its stack.
Here: no marks, and a sentence that says why.
"""


def answer(name):
    """Answer with a deep list."""

    def deep(*args):
        nested = []
        for _ in range(100_000):
            nested = [nested]
        return nested

    return deep
