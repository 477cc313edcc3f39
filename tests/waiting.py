"""Wait for what happens in another process."""

import subprocess
import time
from collections.abc import Callable
from typing import Any

HANGS = 600  # seconds: longer than anything takes on a slow machine
PATIENT = {"PIP_RETRIES": "10", "PIP_TIMEOUT": "60"}  # with an index of packages


def until(
    happens: Callable[[], Any], process: subprocess.Popen | None = None, seconds: float = HANGS
) -> Any:
    """Return what `happens` finds, once it finds something; fail where it never will.

    Parameters
    ----------
    happens : Callable
        Looks once.
    process : subprocess.Popen, optional
        Who must be alive meanwhile.
    seconds : float
        How long; only what can be tried again is given less.
    """
    end = time.monotonic() + seconds
    while not (found := happens()):
        assert process is None or process.poll() is None, "it ended before that"
        assert time.monotonic() < end, "that never happened"
        time.sleep(0.01)
    return found
