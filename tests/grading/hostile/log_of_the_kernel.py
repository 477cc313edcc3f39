"""Reads the kernel's log, where others leave a line when they crash.

Stock: reads it as root, or where the system lets everybody; no marks.
Here: refused.
"""

import ctypes
import os

text = ctypes.create_string_buffer(10**6)
LIBC = ctypes.CDLL(None, use_errno=True)
if LIBC.klogctl(3, text, len(text)) < 0:
    raise PermissionError(os.strerror(ctypes.get_errno()))
print(text.value)
