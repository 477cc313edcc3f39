"""How a verdict is reached: who makes the calls, and what they come to.

`Exercise.verdict` knows what is right, and never touches an answer. A *caller* does:

1. The exercise hands the caller a *batch*: some of its cases, in order.
2. The caller uses the answer on one case after another, as `Exercise.adapter` says, and
   gives an `Outcome` for each: plain data, or a sentence on why there is none. After an
   outcome that is *final* it stops.
3. The exercise compares, and may hand over another batch. Batches need not be cases that
   students see: the same call twice shows that an answer remembers something, a call with
   another setting that this setting has no effect.

Two things say how much may be left to the caller:

- An adapter that does nothing but call the answer, once, has an attribute ``arguments``:
  ``adapter.arguments(*case)`` are the arguments of that call. Then a whole batch can go
  to the answer at once, in one message. With any other adapter the answer is used step by
  step, from wherever the caller is.
- An outcome names its parts: ``seen`` is a tuple where the exercise ``returns`` several
  values, and a dict where the answer is one. What is compared part by part is compared
  here, not by the caller.

`Here` calls answers in this process, as a notebook does. The grader has a caller of its
own, which talks to a process behind a wall, and runs in a process that may be lost. Any
other caller will do: it is passed to `Exercise.verdict`, and the verdict is the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from helpers.checks.calling import Outcome

if TYPE_CHECKING:
    from helpers.checks.exercise import Exercise

Case = tuple


class Caller(Protocol):
    """Whoever uses an answer on the cases of an exercise."""

    def outcomes(
        self, exercise: Exercise, attempt: Any, cases: Sequence[Case]
    ) -> Iterator[Outcome]:
        """Yield what comes of each case, in order, up to the first outcome that is final.

        Parameters
        ----------
        exercise : Exercise
            Says how an answer is used, how it is looked at, and how long one case may
            take: `Exercise.adapter`, `Exercise.viewed` and `Exercise.seconds`.
        attempt : Any
            The answer, or what the caller knows it by.
        cases : Sequence of tuple
            The batch. The answer must not see, and cannot change, what the cases hold.

        Raises
        ------
        Unreachable
            If the answer can no longer be asked.
        """


class Here:
    """Calls answers in this process, each case when its outcome is asked for."""

    def outcomes(
        self, exercise: Exercise, attempt: Any, cases: Sequence[Case]
    ) -> Iterator[Outcome]:
        """Yield what comes of each case, in order, up to the first outcome that is final."""
        return up_to_final(exercise.outcome(attempt, case) for case in cases)


HERE = Here()


def up_to_final(outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
    """Yield outcomes, and stop after one where going on would be no use."""
    for outcome in outcomes:
        yield outcome
        if outcome.final:
            return


class CaseSet:
    """The cases of one seed, and what our own implementations answer: each found out once.

    Parameters
    ----------
    exercise : Exercise
        Whose cases these are.
    seed : int
        Makes the cases.
    """

    def __init__(self, exercise: Exercise, seed: int) -> None:
        self._exercise = exercise
        self.cases: Sequence[Case] = exercise.cases(np.random.default_rng(seed))
        self._known: dict[Callable, list[Outcome]] = {}
        self._elsewhere: dict[tuple[int, str, Any], tuple[Case, Outcome]] = {}

    def expected(self) -> list[Outcome]:
        """Return what the reference answers, however long that takes."""
        return list(self._answers(self._exercise.reference, math.inf))

    def answers(self, attempt: Callable, seconds: float | None = None) -> Iterator[Outcome]:
        """Yield what a known mistake answers, as far as anybody asks.

        Parameters
        ----------
        attempt : Callable
            The mistake.
        seconds : float, optional
            How long a call may take, where that is not what an answer may take.
        """
        return self._answers(attempt, self._exercise.seconds if seconds is None else seconds)

    def elsewhere(self, number: int, name: str, value: Any) -> tuple[Case, Outcome]:
        """Return a case in which one argument has another value, or is added, and what is right."""
        key = number, name, value
        if key not in self._elsewhere:
            names, case = self._exercise.named(self.cases[number]), self.cases[number]
            pairs = zip(names, case, strict=True)
            other = tuple(value if known == name else given for known, given in pairs)
            other += () if name in names else (value,)
            right = self._exercise.outcome(self._exercise.reference, other, math.inf)
            self._elsewhere[key] = other, right
        return self._elsewhere[key]

    def _answers(self, attempt: Callable, seconds: float) -> Iterator[Outcome]:
        known = self._known.setdefault(attempt, [])
        return up_to_final(
            self._answer(attempt, number, known, seconds) for number in range(len(self.cases))
        )

    def _answer(
        self, attempt: Callable, number: int, known: list[Outcome], seconds: float
    ) -> Outcome:
        if number == len(known):
            known.append(self._exercise.outcome(attempt, self.cases[number], seconds))
        return known[number]
