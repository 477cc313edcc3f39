"""Fills sockets that nobody reads, in many processes: memory that belongs to none of them.

Stock: takes gigabytes of the machine; not run by the tests.
Here: no marks. The kernel or a watch ends it at the limit.
"""

import os
import socket
import time

for _ in range(60):
    if os.fork() == 0:
        pairs = [socket.socketpair() for _ in range(110)]
        for line in (half for pair in pairs for half in pair):
            line.setblocking(False)
            try:
                while True:
                    line.send(bytes(4096))
            except OSError:
                pass
        time.sleep(240)
        os._exit(0)
