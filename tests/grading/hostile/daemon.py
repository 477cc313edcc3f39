"""Leaves a process behind that waits for the next student.

Stock: the process lives on; not run by the tests.
Here: it ends with the submission.
"""

import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            with open("/tmp/left-behind", "a") as file:
                file.write("still here\n")
            time.sleep(0.01)
    os._exit(0)
