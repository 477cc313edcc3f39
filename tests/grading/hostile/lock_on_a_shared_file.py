"""Locks a file of Python's, which other submissions see, to say one bit to them.

Stock: does so; no marks.
Here: refused, as are all locks on files.
"""

import fcntl
import os

with open(os.__file__, encoding="utf-8") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_SH)
    except PermissionError:
        fcntl.flock(file, fcntl.LOCK_EX)
