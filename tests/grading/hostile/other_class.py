"""Answers with objects that lie about their class, and about being a number.

Stock: no marks: `type` is asked, not `__class__`.
Here: no marks. Such a thing stays where it is.
"""


class Liar:
    """Says that it is a float."""

    __class__ = float

    def __float__(self):
        return 0.5

    __index__ = __int__ = lambda self: 1


def answer(name):
    """Answer with a liar."""
    return lambda *args: Liar()
