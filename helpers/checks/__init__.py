"""The checking engine; the exercises themselves stand in `helpers.exercises`.

An exercise is a reference implementation, the cases it is compared on, and the
known mistakes: wrong implementations, each with the hint that names it.

>>> from helpers.checks import exercises
>>> exercises()["weighted_sum"].verdict(lambda x, w, b: x @ w).mistake
'without_bias'
"""

from helpers.checks.exercise import Exercise, exercise, exercises
from helpers.checks.verdict import State, Verdict

__all__ = ["Exercise", "State", "Verdict", "exercise", "exercises"]
