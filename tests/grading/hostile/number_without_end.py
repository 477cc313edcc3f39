"""Answers with an integer of a hundred thousand digits, and with an error of as many letters.

Stock: no marks, and a page of digits.
Here: no marks, and a sentence.
"""


def answer(name):
    """Answer with a long number, or raise with a long text."""

    def long(*args):
        if len(args) > 2:
            raise ValueError("9" * 10**6)
        return 10**100_000

    return long
