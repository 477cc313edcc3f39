"""Looks for another submission that listens on a socket without a file, to be told its answers.

Stock: could, over any socket.
Here: refused, or nobody there: other submissions are graded for themselves.
"""

import socket

with socket.socket(socket.AF_UNIX) as line:
    line.settimeout(1)
    line.connect("\0answers")
