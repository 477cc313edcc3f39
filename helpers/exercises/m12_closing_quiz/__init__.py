"""The closing quiz. Each question is an exercise, each wrong option a known mistake."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from helpers.checks import Exercise, Verdict, adapters
from helpers.checks.callers import HERE, Caller
from helpers.checks.exercise import register
from helpers.quiz.closing import QUESTIONS, ClosingQuestion

_OPTION = "option_"  # how the mistake of a wrong option is called


@dataclass
class QuestionExercise(Exercise):
    """An exercise whose answer is a letter: it says why or why not, never the right letter."""

    question: ClosingQuestion | None = None

    def verdict(self, attempt: Any, seed: int | None = None, caller: Caller = HERE) -> Verdict:
        """Check a letter, written as `letter` reads it."""
        found = super().verdict(attempt, seed, caller)
        options = dict(self.question.lettered)
        if found.right:
            return replace(found, note=options[self.question.letter].why)
        if found.mistake:
            chosen = found.mistake.removeprefix(_OPTION)
            found = replace(found, call="", got=f"{chosen}. {options[chosen].text}")
        return replace(found, expected="")


def letter(answer: Any) -> str:
    """Read a letter, however it is written: 'b', 'B', ' (b) '.

    Raises
    ------
    ValueError
        If it is not the letter of an option.
    """
    found = answer.strip(" ().").lower() if isinstance(answer, str) else ""
    if found not in ("a", "b", "c", "d"):
        raise ValueError('Write the letter of one option between quotes, such as "a".')
    return found


def exercise_of(number: int, question: ClosingQuestion) -> QuestionExercise:
    """Make the exercise of a question."""
    right = question.letter
    made = QuestionExercise(
        number=f"12.{number}",
        title=f"question {number}",
        reference=_giving(f"question_{number}", right),
        cases=lambda rng: [()],
        hints=question.hints,
        adapter=adapters.value,
        view=letter,
        question=question,
    )
    for wrong, option in question.lettered:
        if not option.right:
            made.mistake(option.why)(_giving(f"{_OPTION}{wrong}", wrong))
    for written in (right.upper(), f"{right})", f" ({right}) "):
        made.variant(_giving("written_differently", written))
    return made


def _giving(name: str, value: str) -> Callable[[], str]:
    """Make a function called `name` that returns `value`, the form of a value's reference."""

    def answer() -> str:
        return value

    answer.__name__ = answer.__qualname__ = name
    return answer


for _number, _question in enumerate(QUESTIONS, 1):
    register(exercise_of(_number, _question))
