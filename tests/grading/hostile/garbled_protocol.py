"""Finds the connection to the grader, and writes noise on it.

Stock: has no such connection; no marks, as there is no answer.
Here: no marks, and the reason in the gradebook.
"""

import contextlib
import os

for descriptor in range(3, 64):
    with contextlib.suppress(OSError):
        os.write(descriptor, os.urandom(4096))
