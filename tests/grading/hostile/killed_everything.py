"""Kills its parent, and looks whom else it could kill.

Stock: not run by the tests. It ends the grader, and whatever else the instructor runs.
Here: no marks. There is nobody else in its world, and the class goes on.
"""

import contextlib
import os
import signal

for number, how in ((-1, signal.SIGCONT), (os.getppid(), signal.SIGKILL)):
    with contextlib.suppress(OSError):
        os.kill(number, how)
