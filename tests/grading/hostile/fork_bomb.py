"""Starts processes that start processes.

Stock: brings the machine down; not run by the tests.
Here: no marks, and no process is left.
"""

import contextlib
import os

while True:
    with contextlib.suppress(OSError):
        os.fork()
