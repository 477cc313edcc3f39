"""Lets no process wait for its children, so that nobody hears of the end of a copy.

Stock: has no such process; no marks, as there is no answer.
Here: no marks. A copy whose end nobody hears of is a copy that does not come back.
"""

import os
import signal

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.waitpid = os.wait = os.waitid = lambda *args: (0, 0)


def answer(name):
    """Answer with nothing."""
    return lambda *args: 0
