"""A clock that stands still while a submission waits for a core: a busy machine costs no marks."""

import time
from collections.abc import Callable


class FairClock:
    """The monotonic clock, less what was lost to others.

    Parameters
    ----------
    lost : Callable
        Returns how many seconds were lost until now. It is asked only where a deadline
        seems to be over.
    """

    def __init__(self, lost: Callable[[], float] = lambda: 0.0) -> None:
        self._ask = lost
        self._lost = 0.0

    def now(self) -> float:
        """Return the time, as far as is known."""
        return time.monotonic() - self._lost

    def is_over(self, deadline: float) -> bool:
        """Return whether a deadline is over, for sure."""
        if self.now() <= deadline:
            return False
        self._lost = max(self._lost, self._ask())
        return self.now() > deadline

    def on_the_wall(self, deadline: float) -> float:
        """Return when a deadline will be over on the monotonic clock, if nothing more is lost."""
        return deadline + self._lost


def lost(elapsed: float, waited: float, used: float) -> float:
    """Return the part of the time that others took.

    Parameters
    ----------
    elapsed : float
        Seconds since a submission began.
    waited : float
        How many of these its process was ready to run, and no core was free.
    used : float
        The processor time of all that it has started: who keeps the cores busy alone
        has lost nothing.

    Examples
    --------
    >>> lost(60, 45, 15), lost(60, 59, 118), lost(60, 0, 1)
    (45, 0, 0)
    """
    return max(0, min(waited, elapsed - used))
