"""Ctrl-C: heard even where Python swallows it, and held back while marks are written."""

import contextlib
import signal
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def afterward() -> Iterator[None]:
    """Hear Ctrl-C when this is done.

    To block the signal would not do: it would come to another thread, and from there to this one.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    typed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: typed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if typed:
            signal.raise_signal(signal.SIGINT)


class Interrupts:
    """What was typed while the command ran.

    What is raised in a callback of a weak reference or in ``__del__`` is printed and forgotten:
    `stop_if_asked` raises it again.
    """

    def __init__(self) -> None:
        self._asked = False
        self._held = False

    @contextlib.contextmanager
    def heard(self) -> Iterator[None]:
        """Hear Ctrl-C. A thread that is not the main one hears no signals."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGINT, self._hear)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold Ctrl-C back until this is done whole. A second one ends it at once."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        self.stop_if_asked()

    def stop_if_asked(self) -> None:
        """Stop where it was asked for.

        Raises
        ------
        KeyboardInterrupt
            If Ctrl-C was typed.
        """
        if self._asked:
            raise KeyboardInterrupt

    def _hear(self, *_: object) -> None:
        again, self._asked = self._asked, True
        if again or not self._held:
            raise KeyboardInterrupt
