"""The small course and the copy of the real one."""

from ..course.conftest import copied, small

__all__ = ["copied", "small"]
