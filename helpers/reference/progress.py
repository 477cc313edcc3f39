"""A progress bar for long runs that leaves no trace in graded or tested notebooks."""

import sys
import time
from collections.abc import Iterator

WIDTH = 30


def track(total: int, show: bool | None = None, after: float = 2.0) -> Iterator[int]:
    """Count from 0 to ``total`` − 1; draw a bar once that has taken a while.

    Parameters
    ----------
    total : int
    show : True, False, or None to show it only where someone is watching
    after : float, seconds before the bar appears

    Yields
    ------
    int

    Notes
    -----
    The bar goes to stdout, never to stderr: nbgrader gives 0 marks for anything there.

    Examples
    --------
    >>> list(track(3, show=True))
    [0, 1, 2]
    """
    start = shown = time.perf_counter()
    drawn = False
    show = someone_watches() if show is None else show
    try:
        for done in range(total):
            yield done
            now = time.perf_counter()
            if show and now - start >= after and now - shown >= 0.1:
                sys.stdout.write("\r" + bar(done + 1, total, now - start))
                sys.stdout.flush()
                shown, drawn = now, True
    finally:
        if drawn:  # wipe the line, also when training stops early
            sys.stdout.write("\r" + " " * len(bar(total, total, 3600.0)) + "\r")
            sys.stdout.flush()


def bar(done: int, total: int, seconds: float) -> str:
    """Draw one line, of the same length however far it is.

    Examples
    --------
    >>> bar(5, 10, 3.0)
    '[===============               ]  50 %, about    3 s left'
    """
    filled = WIDTH * done // total
    left = seconds * (total - done) / done
    line = "=" * filled + " " * (WIDTH - filled)
    return f"[{line}] {100 * done // total:3d} %, about {left:4.0f} s left"


def someone_watches() -> bool:
    """Tell a person at a terminal or notebook from a grader, a test or a pipe.

    Examples
    --------
    >>> isinstance(someone_watches(), bool)
    True
    """
    if "ipykernel" not in sys.modules:
        return sys.stdout.isatty()
    from IPython import get_ipython

    # A front end with a person can answer input(); nbgrader, nbval and nbclient say they cannot.
    return bool(getattr(getattr(get_ipython(), "kernel", None), "_allow_stdin", False))
