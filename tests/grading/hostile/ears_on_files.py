"""Asks the kernel to say whenever somebody opens a file of NumPy's.

Stock: hears of everybody on the machine; no marks.
Here: refused.
"""

import ctypes
import os

import numpy as np

LIBC = ctypes.CDLL(None, use_errno=True)
watch = LIBC.inotify_init1(os.O_NONBLOCK)
if watch < 0 or LIBC.inotify_add_watch(watch, np.__file__.encode(), 0x20) < 0:
    raise PermissionError(os.strerror(ctypes.get_errno()))
