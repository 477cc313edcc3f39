"""Kills every process that it may.

Stock: no marks; as the instructor it can kill all that the instructor runs.
Here: no marks. There is nobody else in its world, and the class goes on.
"""

import contextlib
import os
import signal

for number in (-1, 0, os.getppid()):
    with contextlib.suppress(OSError):
        os.kill(number, signal.SIGTERM if number else signal.SIGCONT)
