"""Ignores every signal, the alarm among them, and never ends.

Stock: waits for the time limit, and for a kernel that does not stop; not run by the tests.
Here: killed shortly after its time is up.
"""

import contextlib
import signal

for number in signal.valid_signals():
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_IGN)
while True:
    pass
