"""A time limit on code that may never end."""

import _thread
import contextlib
import gc
import math
import signal
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

_AGAIN = 0.05  # seconds between two tries, where the code swallows the first
_SHORTEST = 0.01  # seconds between two looks at the clock
_PATIENCE = 40  # tries that wait for a callback of the garbage collector to end
_WAITS = 1 / 20  # of a processor: code that gets less is waiting, not working


class TimeIsUp(BaseException):
    """Raised inside the student's code; not an Exception, so that it gets through."""


def within(seconds: float, work: Callable[[], Any]) -> Any:
    """Return ``work()``, or raise `TimeIsUp` when the time is up.

    Time counts while a processor works for us, so that a busy machine makes no
    right answer wrong; code that waits has as long by the clock. A watchdog
    thread sends the signal that Ctrl-C sends; our handler tells the two apart.
    Outside the main thread, and where no thread can be started (a browser
    kernel), there is no limit. Nor is there one inside a single call into C
    that never looks at signals.
    """
    return _keeper(seconds, work)


Keeper = Callable[[float, Callable[[], Any]], Any]


def keep_time_with(keeper: Keeper) -> Keeper:
    """Let something else limit the time, where a thread for each call takes too long.

    Parameters
    ----------
    keeper : Callable
        Does what `within` does, for ``keeper(seconds, work)``. It runs the work with
        `marked`, and stops it with `stop`.

    Returns
    -------
    Callable
        What limited it before.
    """
    global _keeper
    before, _keeper = _keeper, keeper
    return before


def _watched(seconds: float, work: Callable[[], Any]) -> Any:
    """Let a thread watch over the work."""
    if seconds == math.inf:
        return marked(work)
    tries = 0
    finished = threading.Event()
    tracing = sys.gettrace()
    started, used = time.monotonic(), time.process_time()

    def left() -> float:
        elapsed, worked = time.monotonic() - started, time.process_time() - used
        return 0.0 if worked < elapsed * _WAITS else seconds - worked

    def interrupt(signum: int, frame: FrameType | None) -> None:  # noqa: ARG001
        if not tries:
            raise KeyboardInterrupt
        stop(frame, tries)

    def watch() -> None:
        nonlocal tries
        pause = seconds
        while not finished.wait(pause):
            if not tries and (more := left()) > 0:
                pause = max(more, _SHORTEST)
                continue
            tries += 1
            _wake_main_thread()
            pause = _AGAIN

    try:
        previous = signal.signal(signal.SIGINT, interrupt)
    except ValueError:  # not the main thread
        return marked(work)
    watchdog = threading.Thread(target=watch, daemon=True)
    try:
        with contextlib.suppress(RuntimeError):  # no threads in a browser kernel
            watchdog.start()
        return marked(work)
    finally:
        finished.set()
        if watchdog.ident is not None:
            watchdog.join()
        signal.signal(signal.SIGINT, previous)
        if sys.gettrace() is not tracing:
            sys.settrace(tracing)  # pragma: no cover (nobody is watching here)


_keeper = _watched


def marked(work: Callable[[], Any]) -> Any:
    """Return ``work()``, and mark on the stack where it begins."""
    return work()


def stop(frame: FrameType | None, tries: int) -> None:
    """Stop what `marked` runs, from the handler of a signal; return where it has just ended.

    Parameters
    ----------
    frame : FrameType, optional
        Where the signal came.
    tries : int
        How many times it has come, this time included: the work may swallow the first.

    Raises
    ------
    TimeIsUp
        In the work.
    """
    frames = list(_frames_of_the_work(frame))
    if not frames:
        return
    if tries < _PATIENCE and _collects_garbage(frames):
        return
    if tries > 1:
        _raise_again_at_the_next_line(frames)
    raise TimeIsUp


def _frames_of_the_work(frame: FrameType | None) -> Iterator[FrameType]:
    """Yield the frames from `frame` up to where the work began; none where it has ended."""
    inside = []
    while frame is not None and frame.f_code is not marked.__code__:
        inside.append(frame)
        frame = frame.f_back
    if frame is not None:
        yield from inside


def _collects_garbage(frames: list[FrameType]) -> bool:
    """Whether Python would print and forget what is raised now: a later try gets through."""
    callbacks = [getattr(callback, "__code__", None) for callback in gc.callbacks]
    return any(
        frame.f_code in callbacks
        or frame.f_code.co_filename == weakref.__file__
        or frame.f_code.co_name == "__del__"
        for frame in frames
    )


def _raise_again_at_the_next_line(frames: list[FrameType]) -> None:
    """Raise `TimeIsUp` in the handler of a ``try`` that swallowed it before.

    A student's ``except:`` catches what is raised inside its ``try``; what is
    raised on the line after that, inside the ``except:``, goes through.
    """

    def again(frame: FrameType, event: str, arg: Any) -> Callable:  # noqa: ARG001 # pragma: no cover
        if event == "line":
            raise TimeIsUp
        return again

    for frame in frames:
        frame.f_trace = again
    sys.settrace(lambda *_: None)  # new frames are left alone


def _wake_main_thread() -> None:
    if sys.platform == "win32":
        _thread.interrupt_main()
    else:
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
