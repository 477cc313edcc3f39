"""Planted submissions: what they earn is known, so a grader that says otherwise is not believed.

Each clean process judges them when it starts, in the way in which it judges students, before
it judges a student. They never come near the gradebook.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from helpers.checks import State
from helpers.course.folder import CourseError
from helpers.course.grading.assignments import Assignment, Graded, Notebook, Submission
from helpers.course.nbgrader import FORGEABLE
from helpers.course.nbgrader.submission import KnownCell

_PLAIN = "planted"
_EXERCISES = ("affine", "weighted_sum", "step")
_SEED = 20_260_101


def _cells() -> Iterator[KnownCell]:
    for name in _EXERCISES:
        call = f"check.{name}({name}"
        source = f"{call})\n{call}, hidden={_SEED})"
        yield KnownCell(name.replace("_", "-"), "code", "", "", False, True, None)
        yield KnownCell(_check(name), "code", source, "", True, False, 1.0)
    yield KnownCell(_PLAIN, "code", "assert step(1) == 1", "", True, False, 1.0)


def _check(name: str) -> str:
    return f"{name.replace('_', '-')}-check"


ASSIGNMENT = Assignment(
    "canaries", (Notebook("canaries", {"name": "python3"}, tuple(_cells()), lent=frozenset()),)
)


@dataclass(frozen=True)
class Canary:
    """A planted submission, and what must come of it.

    Attributes
    ----------
    name : str
        What it is.
    first : str
        The source of its first cell, after the imports.
    answers : dict of str to str
        The answer to each exercise.
    expected : dict of str to (float, str, str)
        The score, the state and the known mistake of each graded cell.
    """

    name: str
    first: str
    answers: dict[str, str]
    expected: dict[str, tuple[float, str, str]] = field(default_factory=dict)

    def submission(self) -> Submission:
        """Return it as a student would hand it in."""
        sources = [("", f"import numpy as np\nfrom helpers import check\n{self.first}")]
        for name, source in self.answers.items():
            sources += [(name.replace("_", "-"), source), (_check(name), "")]
        cells = [
            {
                "cell_type": "code",
                "source": source,
                "metadata": {"nbgrader": {"grade_id": name}} if name else {},
            }
            for name, source in sources
        ]
        data = json.dumps({"cells": cells}).encode()
        return Submission(self.name, {f"{ASSIGNMENT.notebooks[0].name}.ipynb": data})

    def require(self, graded: Graded | None) -> None:
        """Make sure that what came of it is what must.

        Raises
        ------
        CourseError
            If it is not: then no mark of this grader is to be trusted.
        """
        marks = graded.marks if graded else ()
        found = {m.grade_id: (m.score, m.state, m.mistake) for m in marks}
        wrong = [name for name, what in self.expected.items() if found.get(name) != what]
        if wrong:
            told = "; ".join(
                f"{name}: {_told(found.get(name))} in place of {_told(self.expected[name])}"
                for name in wrong
            )
            raise CourseError(
                f"the grader does not grade as it should. A planted submission ({self.name}) got "
                f"another result ({told}). No mark is written from here on. Is the course's "
                "package as it was released, and has NumPy changed?"
            )


def _told(what: tuple[float | None, str, str] | None) -> str:
    return "nothing" if what is None else f"{what[0]} {' '.join(filter(None, what[1:]))}"


_RIGHT, _WRONG = State.RIGHT.value, State.WRONG.value
_TALKS = """
import builtins, numpy.testing

class Anything(float):
    __eq__ = __ge__ = __le__ = lambda *_: True
    __hash__ = float.__hash__
    __array__ = lambda self, *_, **__: np.full(5, np.nan)

np.allclose = np.array_equal = np.testing.assert_allclose = lambda *_, **__: True
builtins.print("✓ Right")
"""
CANARIES = (
    Canary(
        "right answers",
        "",
        {
            "affine": "def affine(X, W, b):\n    return X @ W + b",
            "weighted_sum": "def weighted_sum(x, w, b):\n    return sum(x * w) + b",
            "step": "def step(z):\n    return np.where(z > 0, 1, 0)",
        },
        {**{_check(name): (1.0, _RIGHT, "") for name in _EXERCISES}, _PLAIN: (1.0, FORGEABLE, "")},
    ),
    Canary(
        "wrong answers",
        "",
        {
            "affine": "def affine(X, W, b):\n    raise NotImplementedError",
            "weighted_sum": "def weighted_sum(x, w, b):\n    return x @ w",
            "step": "def step(z):\n    return z.no_such_thing",
        },
        {
            "affine-check": (0.0, State.NOT_STARTED.value, ""),
            "weighted-sum-check": (0.0, _WRONG, "without_bias"),
            "step-check": (0.0, State.CRASHED.value, ""),
            _PLAIN: (0.0, FORGEABLE, ""),
        },
    ),
    Canary(
        "hostile answers",
        _TALKS,
        {
            "affine": "def affine(X, W, b):\n    return Anything()",
            "weighted_sum": "def weighted_sum(x, w, b):\n    raise SystemExit",
            "step": "import os\n\ndef step(z):\n    os._exit(0)",
        },
        {
            "affine-check": (0.0, _WRONG, ""),
            "weighted-sum-check": (0.0, State.CRASHED.value, ""),
            "step-check": (0.0, State.CRASHED.value, ""),
            _PLAIN: (0.0, State.CRASHED.value, ""),
        },
    ),
)
