"""Takes memory that belongs to no process: by memfd_create, and in segments that are left alone.

Stock: takes the grader's memory; not run by the tests.
Here: no marks. These calls are refused.
"""

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)
for _ in range(64):
    segment = LIBC.shmget(0, 2**26, 0o1666)
    if segment >= 0:
        LIBC.shmat.restype = ctypes.c_void_p
        ctypes.memset(LIBC.shmat(segment, None, 0), 1, 2**26)
files = []
for number in range(64):
    try:
        files.append(os.memfd_create(str(number)))
    except OSError:
        break
    for _ in range(64):
        os.write(files[-1], bytes(2**20))


def answer(name):
    """Answer with how much was taken."""
    return lambda *args: len(files)
