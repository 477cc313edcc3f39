"""Reads the memory of its parent, and of whatever else runs.

Stock: no marks; as the instructor, it could read the kernel's and the server's memory.
Here: sees no process at all.
"""

import os

with open(f"/proc/{os.getppid()}/mem", "rb") as memory:
    print(memory.read(1))
