"""Hands in objects that lie about how they are called.

Stock: no marks.
Here: no marks.
"""

import inspect


class Anything:
    """Says that it takes whatever is asked for."""

    __signature__ = inspect.Signature(
        [inspect.Parameter("x" * 50, inspect.Parameter.VAR_POSITIONAL)]
    )
    __name__ = property(lambda self: 1 / 0)
    __code__ = __defaults__ = None

    def __call__(self, *args, **options):
        return self


def answer(name):
    """Hand in an object."""
    return Anything()
