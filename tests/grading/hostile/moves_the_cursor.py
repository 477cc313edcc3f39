"""Writes over what stands on the instructor's screen: in what it shows, and in its errors.

Stock: no marks; a log shows the codes to the terminal.
Here: no marks. They are question marks.
"""

CODES = "\x1b[2J\x1b]0;owned\x07\x9b1A\r"
print(CODES)


class Loud(Exception):
    """Is called by a code."""


Loud.__name__ = Loud.__qualname__ = CODES


def answer(name):
    """Raise such an error."""

    def loud(*args):
        raise Loud(CODES)

    loud.__name__ = CODES
    return loud
