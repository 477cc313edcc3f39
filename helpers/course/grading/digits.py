"""What decides the last digit: the routines that NumPy's libraries choose, and their threads.

The same on both sides of the wall, or a right answer differs from ours where it need not.
"""

import os
import re

from threadpoolctl import threadpool_limits

_SETTING = re.compile(r"(OPENBLAS|MKL|BLIS)_\w+|OMP_NUM_THREADS|NPY_(DISABLE|ENABLE)_CPU_FEATURES")
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def settings() -> dict[str, str]:
    """Return the variables of this process's environment that decide, and one thread at least.

    Threads make small matrices slower, and fight over the cores.
    """
    found = {name: value for name, value in os.environ.items() if _SETTING.fullmatch(name)}
    return found if _names_threads(found) else {**found, **_ONE_THREAD}


def compute_as_inside() -> None:
    """Let this process have as many threads as the other side has."""
    if not _names_threads(os.environ):
        threadpool_limits(1)


def _names_threads(variables: object) -> bool:
    return any(name in variables for name in (*_ONE_THREAD, "MKL_NUM_THREADS", "BLIS_NUM_THREADS"))
