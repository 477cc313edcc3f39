"""A job that ends its judge: in a file that imports no more than a judge has."""

import os

from helpers.course.grading.marking import Job


class Bomb(Job):
    """A job that ends its first judge while it is read."""

    def __reduce__(self):
        return (os._exit, (7,)) if not self.unreadable else super().__reduce__()
