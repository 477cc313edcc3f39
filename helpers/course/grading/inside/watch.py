"""Whether an answer calls what it is asked to write from the course's own library."""

import sys
from types import FrameType
from typing import Any

_MOST_EVENTS = 20_000


class Watch:
    """Notes which functions of a folder, of some names, are called meanwhile from outside of it.

    It looks at the first calls only, so that a long training is not slowed down.

    Parameters
    ----------
    folder : str
        The folder of the library.
    names : list of str
        The functions and classes to look for.
    """

    def __init__(self, folder: str, names: list[str]) -> None:
        self._folder = folder
        self._names = names
        self._events = 0
        self.seen: set[str] = set()

    def __enter__(self) -> "Watch":
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _note(self, frame: FrameType, event: str, arg: Any) -> None:  # noqa: ARG002
        self._events += 1
        if self._events > _MOST_EVENTS:
            sys.setprofile(None)
        elif event == "call" and self._is_inside(frame) and not self._is_inside(frame.f_back):
            name = frame.f_code.co_qualname.split(".")[0]
            if name in self._names:
                self.seen.add(name)

    def _is_inside(self, frame: FrameType | None) -> bool:
        return frame is not None and frame.f_code.co_filename.startswith(self._folder)
