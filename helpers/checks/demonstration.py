"""A check to look at before the first exercise: ``demo.double(double)``.

The exercise is a real one, but it is no part of the course: it is not listed, it
is worth nothing, and a wrong answer does not stop the cell.
"""

from typing import Any

import numpy as np

from helpers.checks.exercise import Exercise
from helpers.checks.messages import message
from helpers.checks.notebook import Hints, NotebookCheck


def _double(x):  # noqa: ANN001, ANN202 (written as a student would)
    return 2 * x


_double.__name__ = "double"

DOUBLE = Exercise(
    "0.0",
    "twice as much",
    _double,
    lambda _rng: [(3.0,), (np.array([1.0, -2.0]),), (0.5,)],
    (
        "The answer has the shape of x, and every number is twice as large.",
        "double(x) = 2·x",
        "return 2 * ____",
    ),
)


@DOUBLE.mistake("This is the square of x, x times itself. Twice x is x + x, or 2 * x.")
def squared(x):  # noqa: ANN001, ANN201, D103
    return x**2


class DemonstrationHints(Hints):
    """The hints of a demonstration."""

    def __init__(self, hints: Hints) -> None:
        super().__init__(hints._exercise, hints._step)

    def __repr__(self) -> str:
        return _here(super().__repr__())


def _here(text: str) -> str:
    return text.replace("check.double", "demo.double")


class Demonstration(NotebookCheck):
    """A check that prints its message, whatever the answer."""

    def __call__(self, attempt: Any) -> None:
        """Check an answer and print what a check would say."""
        print(_here(message(self._exercise.verdict(attempt))))

    def hints(self, step: int | None = None) -> Hints:
        """Show the three hints, closed; or hint `step`."""
        return DemonstrationHints(super().hints(step))


class demo:
    """Stands for ``check`` in the demonstration."""

    double = Demonstration(DOUBLE)
