"""Asks a server for the answers.

Stock: connects to anywhere, and to everything on the grader's own machine.
Here: no marks. There is no network, and no socket to have one with.
"""

import socket

with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname(), timeout=2).close()
