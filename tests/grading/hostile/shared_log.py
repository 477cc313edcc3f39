"""Reads what other submissions wrote to standard error.

Stock: sees nothing. Each notebook has a kernel of its own.
Here: sees nothing. What a student's process writes there is lost.
"""

import os

os.write(2, b"a secret of mine\n")
if b"secret" not in os.pread(2, 10_000, 0):
    raise PermissionError("no secrets here")
