"""Puts a namespace in the place of the notebook's that has every name, and never the same thing.

Stock: no marks.
Here: no marks.
"""

import itertools

turn = itertools.count()


class Everything(dict):
    """Has whatever is asked for."""

    def __contains__(self, key):
        return True

    def __missing__(self, key):
        return lambda *args: next(turn)

    def __iter__(self):
        return iter(("step",) * 100_000)


shell = get_ipython()  # noqa: F821
shell.user_ns = Everything(shell.user_ns)
