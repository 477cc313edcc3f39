"""What a check found: one of four states, and the facts of its message."""

from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """The four outcomes of a check, never confused with one another."""

    NOT_STARTED = "Not started"
    CRASHED = "Crashed"
    WRONG = "Wrong"
    RIGHT = "Right"

    @property
    def symbol(self) -> str:
        """One character for it, wherever states are shown: never color alone."""
        return {"Not started": "○", "Crashed": "⚠", "Wrong": "✗", "Right": "✓"}[self.value]


@dataclass(frozen=True)
class Verdict:
    """What came of checking one answer. Plain strings and numbers, safe to store and send.

    Attributes
    ----------
    state : State
        Not started, crashed, wrong or right.
    number, name : str
        The exercise, as in ``"1.1"`` and ``"weighted_sum"``.
    call, got, expected : str
        The case that showed the problem: what was called, what came back, what
        was expected. Empty where there is no such case.
    right_parts, wrong_parts : tuple of str
        The parts of the answer that are right in every case, and those that are not, in the order
        in which they are computed. Empty where it has no parts.
    problem : str
        One sentence on what is wrong, where `got` and `expected` do not say it.
    cause : str
        The hint of the known mistake that gives the same answers, if there is one.
    mistake : str
        The name of that known mistake, for reports.
    likeness : str
        One sentence on the kind of mistake that it looks like, where none is known.
    kind : str
        The name of that kind, for reports; see `helpers.checks.kinds`.
    note : str
        One sentence that costs no marks ("it prints").
    calls : int
        How many times the answer was called; 0 for a value.
    hidden : bool
        Whether the cases are hidden ones, whose numbers the message must not show.
    """

    state: State
    number: str
    name: str
    call: str = ""
    got: str = ""
    expected: str = ""
    right_parts: tuple[str, ...] = ()
    wrong_parts: tuple[str, ...] = ()
    problem: str = ""
    cause: str = ""
    mistake: str = ""
    likeness: str = ""
    kind: str = ""
    note: str = ""
    calls: int = 0
    hidden: bool = False

    @property
    def right(self) -> bool:
        """Whether the answer earns its points."""
        return self.state is State.RIGHT

    @property
    def parts(self) -> str:
        """Which parts are right, which are wrong, and where to start.

        >>> Verdict(State.WRONG, "3.2", "f", right_parts=("Z1",), wrong_parts=("A1", "Z2")).parts
        'right: Z1 · wrong: A1, Z2 · start with A1'
        """
        right, wrong = self.right_parts, self.wrong_parts
        told = [f"right: {', '.join(right)}"] * bool(right)
        told += [f"wrong: {', '.join(wrong)}"] * bool(wrong)
        told += [f"start with {first}" for first in wrong[:1] if len(wrong) > 1]
        return " · ".join(told)
