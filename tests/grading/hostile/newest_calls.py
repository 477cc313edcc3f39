"""Makes system calls that are newer than any list of what to refuse.

Stock: as far as the kernel has them; no marks.
Here: there are none after those that were looked at, and no rings to hand calls over in.
"""

import ctypes
import errno

LIBC = ctypes.CDLL(None, use_errno=True)
RINGS, FIRST, LAST = 425, 451, 520
answered = []
for number in (RINGS, *range(FIRST, LAST)):
    refused = LIBC.syscall(number, 0, 0, 0, 0, 0, 0) < 0
    if not refused or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS):
        answered.append(number)
if not answered:
    raise PermissionError("no call but the old ones")
