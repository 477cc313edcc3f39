"""Takes a higher priority, a real-time schedule and all cores.

Stock: no marks. An ordinary instructor may not do this either; root may.
Here: refused.
"""

import os

os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(10))
os.nice(-20)
