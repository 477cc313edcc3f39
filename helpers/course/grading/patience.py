"""Wait for what passes by itself: a gradebook that is locked or away for a moment, a full disk."""

import contextlib
import errno
import time
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from helpers.course.folder import CourseError

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # seconds, one minute in all
_FULL = {errno.ENOSPC, errno.EDQUOT}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def patiently(
    work: Callable[[], Any],
    say: Callable[[str], None],
    pauses: Sequence[float] | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Any:
    """Return ``work()``, tried again and again while what is in its way may pass.

    Parameters
    ----------
    work : Callable
        May be done twice.
    say : Callable
        Tells whoever waits what for, once.
    pauses : Sequence of float, optional
        Seconds between two tries; default: `PAUSES`.
    wait : Callable
        Waits so many seconds.

    Raises
    ------
    CourseError
        If it does not pass, in one sentence.
    """
    for number, pause in enumerate((*(PAUSES if pauses is None else pauses), None)):
        try:
            return work()
        except (DBAPIError, OSError) as error:
            reason = in_the_way(error)
            if not reason:
                raise
            if pause is None or (isinstance(error, OSError) and error.errno in _READ_ONLY):
                raise CourseError(f"{reason}. {_GOES_ON}") from error
            if number == 0:
                with contextlib.suppress(OSError):  # it may be said into a file on that disk
                    say(f"Waiting: {reason}.")
            wait(pause)
    return None


def in_the_way(error: Exception) -> str:
    """Say what is in the way, if it is nothing of one submission's; else nothing.

    >>> in_the_way(OSError(errno.ENOSPC, "No space left on device", "/srv/course"))
    'the disk is full (/srv/course)'
    >>> in_the_way(ValueError("a mark"))
    ''
    """
    if isinstance(error, OSError):
        place = f" ({error.filename})" if error.filename else ""
        if error.errno in _FULL:
            return f"the disk is full{place}"
        return f"nothing can be written here{place}" if error.errno in _READ_ONLY else ""
    if isinstance(error, OperationalError | InterfaceError):
        detail = " ".join(str(error.orig).split("\n", 1)[0].split())
        return f"the gradebook cannot be used ({detail})"
    return ""


_GOES_ON = "What is graded so far is in its place; when that is mended, the same command goes on"
