"""Questions, their options, and how a notebook shows them."""

import html
import pkgutil
import random
from dataclasses import dataclass
from importlib import import_module

LETTERS = "abcdefgh"


@dataclass(frozen=True)
class Option:
    """One possible answer, and why it is right or wrong."""

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """A question with one right option.

    Raises
    ------
    ValueError
        If not exactly one option is right.
    """

    text: str
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        if sum(option.right for option in self.options) != 1:
            raise ValueError(f"exactly one option must be right in {self.text!r}")

    @property
    def shuffled(self) -> list[Option]:
        """The options in an order that is always the same and gives nothing away."""
        return random.Random(self.text).sample(self.options, len(self.options))


@dataclass(frozen=True)
class Quiz:
    """Questions on the page: open the option that you believe, and read why.

    It is HTML alone, so it works by keyboard, in every theme, and without a kernel.
    """

    questions: tuple[Question, ...]

    def __repr__(self) -> str:
        lines = []
        for i, question in enumerate(self.questions, 1):
            lines.append(f"{i}. {question.text}")
            lines += [
                f"   {letter}. {option.text}"
                for letter, option in zip(LETTERS, question.shuffled, strict=False)
            ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        rows = []
        for i, question in enumerate(self.questions, 1):
            rows.append(
                f"<p style='margin:1.2em 0 .3em'><b>{i}. {html.escape(question.text)}</b></p>"
            )
            rows += [_option(option) for option in question.shuffled]
        return "".join(rows)


def _option(option: Option) -> str:
    verdict = "✓ Right." if option.right else "✗ Not quite."
    text, why = html.escape(option.text), html.escape(option.why)
    return (
        f"<details style='margin:.2em 0 .2em 1em'><summary>{text}</summary>"
        f"<p style='margin:.2em 0 .6em 1.2em'><b>{verdict}</b> {why}</p></details>"
    )


def quizzes() -> dict[int, Quiz]:
    """Return the quiz of every module by the module's number."""
    from helpers.quiz import modules

    names = [module.name for module in pkgutil.iter_modules(modules.__path__)]
    return {
        int(name[1:3]): Quiz(import_module(f"{modules.__name__}.{name}").QUESTIONS)
        for name in names
    }


def show(module: int) -> Quiz:
    """Return the quiz of a module, for a notebook to show.

    Raises
    ------
    ValueError
        If that module has no quiz.
    """
    found = quizzes()
    if module not in found:
        raise ValueError(f"module must be one of {sorted(found)}, not {module!r}")
    return found[module]
