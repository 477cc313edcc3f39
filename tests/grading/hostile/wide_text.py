"""Answers with one long text among many short ones: an array of them is as wide as the longest.

Stock: no marks, and the check needs four gigabytes to say so.
Here: no marks. Nobody makes an array of text.
"""


def answer(name):
    """Answer with a megabyte of text."""
    return lambda *args: ["x" * 10**6] + [""] * 1000
