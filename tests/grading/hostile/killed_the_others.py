"""Kills every process that it may.

Stock: kills whatever belongs to the instructor; not run by the tests.
Here: there is nothing to kill but its own.
"""

import contextlib
import os
import signal

for process in (os.getppid(), -1):
    with contextlib.suppress(OSError):
        os.kill(process, signal.SIGKILL)
