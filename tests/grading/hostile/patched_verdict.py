"""Replaces the method that reaches the verdict.

Stock: full marks, since the check runs in the student's process.
Here: no marks. The verdict is reached in another process.
"""

from helpers.checks import Exercise, State, Verdict

Exercise.verdict = lambda self, attempt, seed=None: Verdict(State.RIGHT, self.number, self.name)
