"""Asks a server for the answers.

Stock: connects to anywhere, and to everything on the grader's own machine.
Here: no marks. There is no network, and no socket to have one with.
"""

import socket

socket.create_connection(("127.0.0.1", 22), timeout=2)
