"""A time limit without a thread: the kernel's own alarm clock wakes the student's code."""

import contextlib
import math
import signal
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from helpers.checks import timing
from helpers.course.grading.inside.usage import OwnWait

_AGAIN = 0.05  # seconds between two tries, where the code swallows the first


class _AllButOwnTime:
    """Counts every second in which this process does not compute as waiting."""

    def __init__(self) -> None:
        self._begin = time.monotonic() - time.process_time()

    def seconds(self) -> float:
        """Return how many there were."""
        return time.monotonic() - time.process_time() - self._begin


class Alarm:
    """Raises `TimeIsUp` in the code that runs too long, but never amid a message.

    Time that this process spends waiting for a core does not count.

    Parameters
    ----------
    wait : OwnWait, optional
        Knows that time.
    """

    def __init__(self, wait: OwnWait | None = None) -> None:
        self._wait = wait or OwnWait()
        self._end = 0.0
        self._tries = 0
        self._talking = False
        signal.signal(signal.SIGALRM, self._ring)

    def within(self, seconds: float, work: Callable[[], Any]) -> Any:
        """Return ``work()``, or raise `TimeIsUp` when the time is up."""
        if seconds == math.inf:
            return timing.marked(work)
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        if left:  # a limit within a limit
            return work()
        self._tries = 0
        self._end = self._now() + seconds
        tracing = sys.gettrace()
        try:
            signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-3), _AGAIN)
            return timing.marked(work)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            if sys.gettrace() is not tracing:
                sys.settrace(tracing)

    def count_own_time_only(self) -> None:
        """Count processor time from now on, in a copy of the process that ``/proc`` is hidden from.

        A copy that sleeps is ended from outside.
        """
        self._wait = _AllButOwnTime()

    @contextlib.contextmanager
    def silent(self) -> Iterator[None]:
        """Put the alarm off while a message is under way."""
        self._talking = True
        try:
            yield
        finally:
            self._talking = False

    def _now(self) -> float:
        return time.monotonic() - self._wait.seconds()

    def _ring(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self._talking:
            return
        left = self._end - self._now()
        if left > _AGAIN and not self._tries:  # others had the core meanwhile
            signal.setitimer(signal.ITIMER_REAL, left, _AGAIN)
            return
        self._tries += 1
        timing.stop(frame, self._tries)
