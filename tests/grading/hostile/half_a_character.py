"""Raises errors whose text is half a character, with commands for a terminal in it.

Stock: no marks; the text stands in the notebook as it is.
Here: no marks. What is not printable is a question mark.
"""


def answer(name):
    """Raise."""

    def raises(*args):
        raise ValueError("\ud800 \x1b]0;owned\x07 \x1b[2J <script>alert(1)</script>")

    return raises
