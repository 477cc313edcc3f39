"""Skeletons: the files of a new exercise, or of a new module, with the next step in each."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from helpers.checks import exercises
from helpers.course.folder import CourseError

_LAST = re.compile(r"^\+\+\+\n\n## Recap$|^## Recap$|^## Check yourself$", re.M)

_EXERCISE = '''\
"""{headline}."""

import numpy as np

from helpers.checks.exercise import Case, exercise


def small_tables(rng: np.random.Generator) -> list[Case]:
    """Make what the answer is called with: batches of 5 and of 7, and the edges."""
    return [tuple(rng.integers(-20, 21, (m, 3)) / 10 for _ in range({count})) for m in (5, 7)]


@exercise(
    "{number}",
    "{title_inside}",
    cases=small_tables,
    hints=(
        "Where to look.",
        "The formula.",
        "return 2 * «{first}»",
    ),
)
def {name}({parameters}):
    raise NotImplementedError("write the right answer here")


@{name}.mistake("What went wrong, and what to do about it.")
def not_done({parameters}):
    return {first}


@{name}.variant  # another right answer
def written_otherwise({parameters}):
    raise NotImplementedError("write another right answer here")
'''

_SECTION = '''\
### Exercise {number}: {title} ({points})

Say what to write, in two or three sentences.

```{{code-cell}} ipython3
:answer: {name}

def {name}({parameters}):
    """Say what it returns, with shapes."""
    ### BEGIN SOLUTION
    raise NotImplementedError("write the solution here")
    ### END SOLUTION
```

```{{code-cell}} ipython3
:check: {name}
:points: {marks}

check.{name}({name})
```

```{{code-cell}} ipython3
check.{name}.hints()
```

'''

_SOURCE = """\
---
course:
  summary: "what one builds, in a few words"
  weeks: 1
  talk: "what to talk about in class"
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3 (ipykernel)
  language: python
  name: python3
---

# {number} {title}

**You will build** what one has at the end.

**You need** what comes before.

**Time:** about two hours. <!-- generated: size --><!-- end -->

```{{code-cell}} ipython3
import numpy as np

from helpers import check, figures, quiz
```

## 1. A question that this module answers

Question, picture, formula, numbers, predict then run, exercise, check.

+++

## Recap

- One sentence for each idea.

## Check yourself

Open the option that you believe. Each one says why it is right or wrong.

```{{code-cell}} ipython3
quiz.show({index})
```

## Where next

Say where to go on, and what to read.
"""

_QUIZ = '''\
"""Module {number}: {title}."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "What is asked?",
        (
            Option("The right answer", "Why it is right.", right=True),
            Option("A wrong answer", "Why it is wrong."),
            Option("Another wrong one", "Why it is wrong."),
        ),
    ),
)
'''


@dataclass(frozen=True)
class Signature:
    """A function as it is written on the command line: ``"clip(x, low, high=1.0)"``."""

    name: str
    parameters: str
    names: tuple[str, ...]


def signature(text: str) -> Signature:
    """Read a function's name and parameters.

    >>> signature("clip(x, low, high=1.0)").names
    ('x', 'low', 'high')

    Raises
    ------
    CourseError
        If it is none.
    """
    try:
        (function,) = ast.parse(f"def {text}: pass").body
        arguments = function.args
    except (SyntaxError, ValueError, AttributeError):
        raise CourseError(
            f"{text!r} is no function. Write its name and its parameters between quotes, "
            'such as "clip(x, low, high)".'
        ) from None
    names = tuple(argument.arg for argument in arguments.args)
    if not names or arguments.vararg or arguments.kwarg or arguments.kwonlyargs:
        raise CourseError(f"{text!r} needs one parameter or more, each with a name of its own.")
    return Signature(function.name, ast.unparse(arguments), names)


def new_exercise(root: Path, module: str, written: str, title: str, points: int) -> list[str]:
    """Write the skeleton of an exercise, and its section in the module's source.

    Parameters
    ----------
    root : Path
        The course folder.
    module : str
        The module's two digits.
    written : str
        The function, such as ``"clip(x, low, high)"``.
    title : str
        What it is about, in a few words.
    points : int
        What it is worth; 0 for practice.

    Returns
    -------
    list of str
        The next steps, a sentence each.

    Raises
    ------
    CourseError
        If the module is unknown, or the name is taken or is none.
    """
    source, folder = _source(root, module), _folder(root, module)
    asked = signature(written)
    file = folder / f"{asked.name}.py"
    if file.exists() or asked.name in exercises():
        raise CourseError(f"there is an exercise {asked.name} already; names are unique.")
    facts = _facts(asked, _next_number(module), title, points)
    file.write_text(_EXERCISE.format(**facts), encoding="utf-8", newline="\n")
    text = source.read_text(encoding="utf-8")
    place = _LAST.search(text)
    cut = place.start() if place else len(text)
    text = text[:cut] + _SECTION.format(**facts) + text[cut:]
    source.write_text(text, encoding="utf-8", newline="\n")
    return [
        f"In {_shown(file, root)}: the right answer, five mistakes or more, three variants.",
        f"In {_shown(source, root)}: what stands around exercise {facts['number']}, its solution.",
        f"Then: course mistakes {asked.name}, course build {module}, make check.",
    ]


def new_module(root: Path, number: str, slug: str, title: str) -> list[str]:
    """Write the skeleton of a module: its source, its room for exercises, its quiz.

    Raises
    ------
    CourseError
        If the number is taken or is none, or the short name is none.
    """
    if not re.fullmatch(r"\d\d", number):
        raise CourseError(f"{number!r} is no number of a module: write two digits, such as 15.")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", slug):
        raise CourseError(f"{slug!r} is no short name: write lowercase words with hyphens between.")
    if taken := sorted(root.glob(f"solutions/{number}-*")):
        raise CourseError(f"module {number} is there already: {taken[0].name}.")
    name = f"m{number}_{slug.replace('-', '_')}"
    facts = {"number": number, "index": int(number), "title": title}
    made = {
        root / "solutions" / f"{number}-{slug}" / f"{number}-{slug}.md": _SOURCE.format(**facts),
        root / "helpers" / "exercises" / name / "__init__.py": f'"""{title}."""\n',
        root / "helpers" / "quiz" / "modules" / f"{name}.py": _QUIZ.format(**facts),
    }
    for path, text in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    source, _, quiz = made
    return [
        f'Exercises: course new exercise {number} "name(x, y)" --title "what it is about".',
        f"In {_shown(source, root)}: the text. In {_shown(quiz, root)}: at least five questions.",
        f"Then: course build {number}, make check.",
    ]


def _facts(asked: Signature, number: str, title: str, points: int) -> dict[str, object]:
    marks = f"{points} point{'' if points == 1 else 's'}" if points else "practice"
    return {
        "name": asked.name,
        "parameters": asked.parameters,
        "first": asked.names[0],
        "number": number,
        "title": title,
        "headline": title[:1].upper() + title[1:],
        "title_inside": title.replace('"', "'"),
        "count": len(asked.names),
        "points": marks,
        "marks": points,
    }


def _next_number(module: str) -> str:
    used = [each.number.split(".")[1] for each in exercises().values() if each.module == module]
    return f"{int(module)}.{max((int(number) for number in used), default=0) + 1}"


def _source(root: Path, module: str) -> Path:
    found = [path for path in root.glob("solutions/*/*.md") if path.stem[:2] == module]
    if not found:
        known = sorted(path.name[:2] for path in root.glob("solutions/*"))
        raise CourseError(f"there is no module {module}; there are: {', '.join(known)}.")
    return found[0]


def _folder(root: Path, module: str) -> Path:
    found = list((root / "helpers" / "exercises").glob(f"m{module}_*"))
    if not found:
        raise CourseError(f"module {module} has no room for exercises in helpers/exercises.")
    return found[0]


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()
