"""Makes a user namespace, in which it has every capability.

Stock: gets one, where the kernel allows it.
Here: gets none. The filter refuses new namespaces, by whatever call.
"""

import ctypes
import os
import platform
import signal

NEW_USERS = 0x1000_0000
clone = {"x86_64": 56, "aarch64": 220}[platform.machine()]
pid = ctypes.CDLL(None, use_errno=True).syscall(clone, NEW_USERS | signal.SIGCHLD, 0, 0, 0, 0)
if pid == 0:
    os._exit(0)
if pid < 0:
    raise PermissionError(os.strerror(ctypes.get_errno()))
