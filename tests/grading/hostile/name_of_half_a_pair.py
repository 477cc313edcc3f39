"""Gives half of a pair of sockets a name, without asking for a socket of its own.

Stock: whoever knows the name can talk to it; no marks.
Here: refused; and a name would be known in the submission's own network only.
"""

import socket

line, _ = socket.socketpair(type=socket.SOCK_DGRAM)
try:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    line.send(b"x")  # now the kernel gives it a name
except PermissionError:
    line.bind("\0answers")
