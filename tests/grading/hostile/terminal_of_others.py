"""Looks for terminals of others, and opens one of its own for them to find.

Stock: sees every terminal of the instructor's; no marks.
Here: there are none.
"""

import os

for name in os.listdir("/dev/pts"):
    print(name, os.stat(f"/dev/pts/{name}"))
os.openpty()
