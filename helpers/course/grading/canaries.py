"""Planted submissions: what they earn is known, so a grader that says otherwise is not believed.

Each clean process judges them when it starts, in the way in which it judges students, before
it judges a student, and others now and then in between. They never come near the gradebook.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpers.checks import State
from helpers.course.folder import CourseError
from helpers.course.grading.assignments import Assignment, Graded, Hidden, Notebook, Submission
from helpers.course.grading.marking import Job, jobs
from helpers.course.nbgrader import FORGEABLE
from helpers.course.nbgrader.submission import KnownCell

_PLAIN = "planted"
_EXERCISES = ("affine", "weighted_sum", "step")
_SEED = 1  # that a check names; each planted submission has its own


def _cells() -> Iterator[KnownCell]:
    for name in _EXERCISES:
        call = f"check.{name}({name}"
        source = f"{call})\n{call}, hidden={_SEED})"
        yield KnownCell(name.replace("_", "-"), "code", "", "", False, True, None)
        yield KnownCell(_check(name), "code", source, "", True, False, 1.0)
    yield KnownCell(_PLAIN, "code", "assert step(1) == 1", "", True, False, 1.0)


def _check(name: str) -> str:
    return f"{name.replace('_', '-')}-check"


_NOTEBOOK = "canaries"
ASSIGNMENT = Assignment(
    _NOTEBOOK, (Notebook(_NOTEBOOK, {"name": "python3"}, tuple(_cells()), lent=frozenset()),)
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
    seeds : dict of str to int
        What makes the hidden cases of each exercise.
    """

    name: str
    first: str
    answers: dict[str, str]
    expected: dict[str, tuple[float, str, str]]
    seeds: dict[str, int]

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
        hidden = {name: Hidden(0, seed) for name, seed in self.seeds.items()}
        return Submission(self.name, {f"{_NOTEBOOK}.ipynb": data}, hidden=hidden)

    def job(self) -> Job:
        """Return it as a judge gets it."""
        (job,), _ = jobs(self.submission(), ASSIGNMENT)
        return replace(job, planted=True)

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


def drawn(dice: random.Random | None = None) -> list[Canary]:
    """Return new ones: what they do is as before, but no word, number, order or case.

    So nothing that a fault keeps, and nobody who has got into a grader, knows them by what
    they were the last time.

    Parameters
    ----------
    dice : random.Random, optional
        Default: the system's own, which nobody foresees.
    """
    dice = dice or random.SystemRandom()
    made = [_right(dice), _wrong(dice), _hostile(dice)]
    dice.shuffle(made)
    return made


_RIGHT, _WRONG, _CRASHED = State.RIGHT.value, State.WRONG.value, State.CRASHED.value
_SPELLINGS = {
    "affine": ("{0} @ {1} + {2}", "np.dot({0}, {1}) + {2}", "{2} + np.matmul({0}, {1})"),
    "weighted_sum": ("sum({0} * {1}) + {2}", "{0} @ {1} + {2}", "{2} + np.dot({1}, {0})"),
    "step": ("np.where({0} > 0, 1, 0)", "1 * ({0} > 0)", "1 - np.where({0} <= 0, 1, 0)"),
}
_WITHOUT_BIAS = ("sum({0} * {1})", "{0} @ {1}", "np.dot({1}, {0})")  # a known mistake


def _right(dice: random.Random) -> Canary:
    answers = {name: _answer(dice, name, dice.choice(_SPELLINGS[name])) for name in _EXERCISES}
    expected = {_check(name): (1.0, _RIGHT, "") for name in _EXERCISES}
    return _canary(dice, "right answers", answers, {**expected, _PLAIN: (1.0, FORGEABLE, "")})


def _wrong(dice: random.Random) -> Canary:
    """Two do not begin, crash or are off by a number; the third is a known mistake."""
    ways = [
        (lambda _: "raise NotImplementedError", State.NOT_STARTED.value),
        (lambda _: f"return {{0}}.{_word(dice)}", _CRASHED),
        (lambda right: f"return {right} + {dice.uniform(0.3, 3):.6f}", _WRONG),
    ]
    expected = {_check("weighted_sum"): (0.0, _WRONG, "without_bias"), _PLAIN: (0.0, FORGEABLE, "")}
    answers = {"weighted_sum": _answer(dice, "weighted_sum", dice.choice(_WITHOUT_BIAS))}
    for name, (way, state) in zip(("affine", "step"), dice.sample(ways, 2), strict=True):
        answers[name] = _answer(dice, name, way(dice.choice(_SPELLINGS[name])), returned=False)
        expected[_check(name)] = (0.0, state, "")
    return _canary(dice, "wrong answers", answers, expected)


def _hostile(dice: random.Random) -> Canary:
    """One ends Python, and what comes after it is not reached."""
    lie = _word(dice)
    answers = {
        "affine": _answer(dice, "affine", f"{lie}({dice.random():.6f})"),
        "weighted_sum": _answer(dice, "weighted_sum", "raise SystemExit", returned=False),
        "step": f"import os\n{_answer(dice, 'step', f'os._exit({dice.randrange(3)})')}",
    }
    made = _canary(dice, "hostile answers", answers, {}, _TALKS.replace("Anything", lie))
    order = list(made.answers)
    lied = _WRONG if order.index("affine") < order.index("step") else _CRASHED
    crashed = dict.fromkeys([*map(_check, _EXERCISES), _PLAIN], (0.0, _CRASHED, ""))
    return replace(made, expected={**crashed, _check("affine"): (0.0, lied, "")})


def _canary(
    dice: random.Random,
    name: str,
    answers: dict[str, str],
    expected: dict[str, tuple[float, str, str]],
    first: str = "",
) -> Canary:
    order = dice.sample(sorted(answers), len(answers))
    seeds = {exercise: dice.randrange(2**32) for exercise in sorted(answers)}
    return Canary(name, first, {one: answers[one] for one in order}, expected, seeds)


def _answer(dice: random.Random, name: str, body: str, returned: bool = True) -> str:
    """Write a function whose parameters have names that nobody has seen."""
    parameters = [_word(dice) for _ in range(_SPELLINGS[name][0].count("{"))]
    line = f"return {body}" if returned else body
    return f"def {name}({', '.join(parameters)}):\n    {line.format(*parameters)}"


def _word(dice: random.Random) -> str:
    return "".join(dice.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(9))


_TALKS = """
import builtins, numpy.testing

class Anything(float):
    __eq__ = __ge__ = __le__ = lambda *_: True
    __hash__ = float.__hash__
    __array__ = lambda self, *_, **__: np.full(5, np.nan)

np.allclose = np.array_equal = np.testing.assert_allclose = lambda *_, **__: True
builtins.print("✓ Right")
"""
