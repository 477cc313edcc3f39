"""What students hand in: right answers, known mistakes, and notebooks that came to harm."""

import ast
import base64
import copy
import json
import re
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
from nbformat import NotebookNode

from helpers.checks import Exercise, adapters, exercises
from helpers.checks.exercise import OPEN_SEED, Mistake
from helpers.course.build import FIRST_CELL

from .course_directory import (
    REPOSITORY,
    exercise_name,
    exercises_of,
    grade_id,
    points_of,
    read,
)

MARKER = re.compile(r"^\s*### (BEGIN|END) SOLUTION\n?", re.M)


@cache
def mistaken_students(module: str) -> dict[str, dict[str, Mistake]]:
    """Return who makes which mistake in which exercise; all other answers are right.

    One makes the first of every exercise, the other the last: a sample, since every mistake goes
    through the wall in test_same_verdicts.py.
    """
    return {
        which: {exercise.name: exercise.mistakes[k] for exercise in exercises_of(module)}
        for which, k in (("first-mistakes", 0), ("last-mistakes", -1))
    }


def hides_cases(exercise: Exercise) -> bool:
    """Whether an exercise has hidden cases that are not among the visible ones."""
    seeds = OPEN_SEED, zlib.crc32(exercise.name.encode())
    visible, hidden = (set(map(repr, exercise.cases(np.random.default_rng(s)))) for s in seeds)
    return exercise.adapter is adapters.function and not hidden <= visible


# Answers ------------------------------------------------------------------------------------------


@cache
def solutions(module: str) -> dict[str, str]:
    """Return the source of every answer of a module, by exercise."""
    cells = read(REPOSITORY / "solutions" / module / f"{module}.ipynb").cells
    return {
        exercise_name(cell.metadata.nbgrader.grade_id): MARKER.sub("", cell.source)
        for cell in cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def untouched(module: str) -> NotebookNode:
    """Return the notebook as students get it, less what takes time and earns nothing.

    The imports stay, and the graded cells. Whole notebooks are graded in test_exchange.py.
    """
    notebook = read(REPOSITORY / "notebooks" / module / f"{module}.ipynb")
    code = (cell for cell in notebook.cells if cell.cell_type == "code")
    imports = next(cell for cell in code if cell.source != FIRST_CELL)
    notebook.cells = [imports, *graded(notebook)]
    return notebook


def answered(module: str, answers: dict[str, str] | None = None) -> NotebookNode:
    """Return the students' notebook with the solutions filled in, or other answers."""
    notebook = untouched(module)
    for name, source in {**solutions(module), **(answers or {})}.items():
        answer(notebook, name).source = source
    return notebook


def otherwise_right(module: str, answers: dict[str, str]) -> NotebookNode:
    """Return right answers but for some, on which no other answer depends."""
    return answered(module, {**{name: reference(name) for name in solutions(module)}, **answers})


def names_in(source: str) -> set[str]:
    """Return the names that a piece of code reads."""
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}


@cache
def library(exercise: str) -> str:
    """Return code that makes an exercise, and with it a dict of exercises: ``_course``.

    It brings its sources along: where `course grade` runs an answer there are none.
    """
    sources: dict[str, str] = {}
    _add_sources(exercises()[exercise].reference.__module__, sources)
    packed = base64.b85encode(zlib.compress(json.dumps(sources).encode(), 9)).decode()
    return LIBRARY.format(packed=packed)


def _add_sources(name: str, sources: dict[str, str]) -> None:
    """Add the source of a module of ours that is not behind the wall, after all that it imports."""
    if not name.startswith(("helpers.exercises.", "helpers.quiz.")) or name in sources:
        return
    _add_sources(name.rpartition(".")[0], sources)
    source = Path(sys.modules[name].__file__).read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            _add_sources(node.module, sources)
    sources[name] = source


LIBRARY = """
import base64, importlib, json, sys, types, zlib
for _name, _source in json.loads(zlib.decompress(base64.b85decode({packed!r}))).items():
    try:
        importlib.import_module(_name)
    except ImportError:
        if not hasattr(sys, "has_whole_library"):  # of which a notebook gets parts: test_lending.py
            for _part in [name for name in sys.modules if name.startswith("helpers.reference")]:
                del sys.modules[_part]
            importlib.import_module("helpers.reference")
            sys.has_whole_library = True
        sys.modules[_name] = types.ModuleType(_name)
        sys.modules[_name].__path__ = []
        exec(_source, vars(sys.modules[_name]))
from helpers.checks.exercise import registry as _course
"""


HIDDEN = "The inputs you can see pass, but others do not."


def reference(name: str) -> str:
    """Return an answer that takes the reference implementation."""
    return f"{library(name)}{name} = _course[{name!r}].reference{called(exercises()[name])}"


def called(exercise: Exercise) -> str:
    """Return what makes an answer of a function of ours, where a value is asked for."""
    return "()" * (exercise.adapter is adapters.value)


def mistaken(exercise: Exercise, mistake: Mistake) -> str:
    """Return an answer that makes a known mistake."""
    return (
        f"{library(exercise.name)}{exercise.name} = next(\n"
        f"    mistake.attempt for mistake in _course[{exercise.name!r}].mistakes\n"
        f"    if mistake.name == {mistake.name!r}\n"
        f"){called(exercise)}"
    )


def memorized(exercise: Exercise) -> str:
    """Return an answer that knows the cases that can be seen by heart, and no others."""
    return f"""
{library(exercise.name)}
import numpy as np
from helpers.checks.exercise import OPEN_SEED

def by_heart(case):
    with np.printoptions(precision=6, suppress=True):  # the last digits are the processor's
        return "".join(repr(tuple(case)).split()).replace("-0.", "0.")

def {exercise.name}(*args):
    exercise = _course[{exercise.name!r}]
    cases = exercise.cases(np.random.default_rng(OPEN_SEED))
    return exercise.reference(*args) if by_heart(args) in map(by_heart, cases) else None
"""


def noisy(exercise: Exercise) -> str:
    """Return a right answer that prints, warns, logs and writes to stderr."""
    warns = "" if exercise.silent else "    warnings.warn('careful'); np.log(np.zeros(3))\n"
    return f"""
{library(exercise.name)}
import logging, sys, warnings
import numpy as np

def {exercise.name}(*args):
    print("here I am")
    print("and here", file=sys.stderr)
    sys.stderr.write("as well\\n")
    logging.warning("and in the log")
{warns}    return _course[{exercise.name!r}].reference(*args)
{_value_of(exercise)}"""


def _value_of(exercise: Exercise) -> str:
    return f"{exercise.name} = {exercise.name}()\n" if called(exercise) else ""


def warning(exercise: Exercise) -> str:
    """Return a right answer that warns, and does nothing else that it need not."""
    return f"""
{library(exercise.name)}
import warnings

def {exercise.name}(*args):
    warnings.warn("careful")
    return _course[{exercise.name!r}].reference(*args)
{_value_of(exercise)}"""


# Kinds of answers ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """A kind of answer, and what its check says.

    Attributes
    ----------
    make : Callable
        ``make(exercise)`` returns the source of the answer.
    state : str
        What the check finds.
    says : str
        A part of what it says.
    """

    make: Callable[[Exercise], str]
    state: str
    says: str


def define(body: str) -> Callable[[Exercise], str]:
    """Return what makes a function of the right name with a body."""
    return lambda exercise: f"def {exercise.name}(*args):\n    {body}"


KINDS = {
    "not-started": Kind(
        lambda exercise: (
            f"def {exercise.name}(*args):\n"
            f"    raise NotImplementedError('Exercise {exercise.number}: do it')"
        ),
        "Not started",
        "○ Not started",
    ),
    "misnamed": Kind(lambda exercise: f"{exercise.name}_ = 5", "Not started", "○ Not started"),
    "mistaken": Kind(
        lambda exercise: mistaken(exercise, exercise.mistakes[0]), "Wrong", "likely cause"
    ),
    "unknown": Kind(define("return 'whatever'"), "Wrong", "'whatever'"),
    "crashed": Kind(define("return 1 / 0"), "Crashed", "ZeroDivisionError: division by zero"),
    "by-heart": Kind(memorized, "Wrong", HIDDEN),
    "noisy": Kind(noisy, "Right", "✓ Right"),
    "warning": Kind(warning, "Right", "NumPy warns on the way (careful)"),
    "no-function": Kind(lambda exercise: f"{exercise.name} = 5", "Wrong", "not a function"),
}


@cache
def kinds_of_answers(module: str) -> dict[str, dict[str, Kind]]:
    """Return who gives which kind of answer to which exercise; all other answers are right."""
    suited = [e for e in exercises_of(module) if hides_cases(e) and not e.silent]
    return {
        f"answers-{start}": dict(zip((exercise.name for exercise in suited), kinds, strict=False))
        for start in range(0, len(KINDS), len(suited))
        if (kinds := list(KINDS.values())[start : start + len(suited)])
    }


# Harm ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Harm:
    """What befell one student's notebook, and what it may cost.

    Attributes
    ----------
    name : str
        The student's name.
    make : Callable
        ``make(module)`` returns what the student hands in.
    costs : Callable
        ``costs(module)`` returns the exercises that are lost.
    """

    name: str
    make: Callable[[str], NotebookNode | bytes]
    costs: Callable[[str], set[str]]


HARMS: list[Harm] = []


def nothing(module: str) -> set[str]:
    """Cost nothing."""
    return set()


def everything(module: str) -> set[str]:
    """Cost every exercise."""
    return set(solutions(module))


def victim(module: str) -> str:
    """Return the exercise that comes to harm: one in the middle."""
    names = [exercise.name for exercise in exercises_of(module)]
    return names[len(names) // 2]


def the_victim(module: str) -> set[str]:
    """Cost the exercise that came to harm."""
    return {victim(module)}


def harm(costs: Callable[[str], set[str]], start: Callable | None = None) -> Callable:
    """Register an edit of a right notebook: ``edit(notebook, name of the exercise)``."""

    def register(edit: Callable) -> Callable:
        def make(module: str) -> NotebookNode | bytes:
            name = victim(module)
            notebook = (start or independent)(module)
            edited = edit(notebook, name)
            return notebook if edited is None else edited

        HARMS.append(Harm(edit.__name__.replace("_", "-"), make, costs))
        return edit

    return register


def independent(module: str) -> NotebookNode:
    """Return right answers, none of which needs the victim's."""
    return otherwise_right(module, {victim(module): solutions(module)[victim(module)]})


def find(notebook: NotebookNode, wanted: str) -> int:
    """Return the place of the cell with a grade_id."""
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    return ids.index(wanted)


def answer(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return the cell with the answer of an exercise."""
    return notebook.cells[find(notebook, name.replace("_", "-"))]


def check(notebook: NotebookNode, name: str) -> NotebookNode:
    """Return the cell that checks an exercise."""
    return notebook.cells[find(notebook, grade_id(name))]


def graded(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the answers and the checks, in order."""
    return [cell for cell in notebook.cells if "nbgrader" in cell.metadata]


def checks(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the checks, in order."""
    return [cell for cell in graded(notebook) if cell.metadata.nbgrader.grade]


def delete(notebook: NotebookNode, *gone: NotebookNode) -> None:
    """Delete cells."""
    notebook.cells = [cell for cell in notebook.cells if not any(cell is one for one in gone)]


def insert(notebook: NotebookNode, place: int, cell: NotebookNode | str) -> NotebookNode:
    """Insert a copy of a cell, or a new one."""
    new = nbformat.v4.new_code_cell(cell) if isinstance(cell, str) else copy.deepcopy(cell)
    new["id"] = nbformat.v4.new_code_cell()["id"]
    notebook.cells.insert(place, new)
    return new


def retype(cell: NotebookNode, kind: str) -> None:
    """Change the type of a cell, as Jupyter does."""
    cell.cell_type = kind
    for key in ("outputs", "execution_count"):
        cell.pop(key, None)


# Deleted


@harm(nothing)
def deleted_check(notebook, name):
    delete(notebook, check(notebook, name))


@harm(the_victim)
def deleted_answer(notebook, name):
    delete(notebook, answer(notebook, name))


@harm(the_victim)
def deleted_answer_and_check(notebook, name):
    delete(notebook, answer(notebook, name), check(notebook, name))


@harm(lambda module: {next(iter(points_of(module)))})
def deleted_first_pair(notebook, name):
    delete(notebook, *graded(notebook)[:2])


@harm(lambda module: {list(points_of(module))[-1]})
def deleted_last_pair(notebook, name):
    delete(notebook, *graded(notebook)[-2:])


@harm(nothing)
def deleted_first_check(notebook, name):
    delete(notebook, checks(notebook)[0])


@harm(nothing)
def deleted_last_check(notebook, name):
    delete(notebook, checks(notebook)[-1])


@harm(nothing)
def deleted_every_check(notebook, name):
    delete(notebook, *checks(notebook))


@harm(everything)
def deleted_every_graded_cell(notebook, name):
    delete(notebook, *graded(notebook))


@harm(nothing)
def answered_in_a_new_cell(notebook, name):
    place = find(notebook, name.replace("_", "-"))
    insert(notebook, place, notebook.cells.pop(place).source)


@harm(nothing)
def answered_in_a_new_cell_without_the_check(notebook, name):
    place = find(notebook, name.replace("_", "-"))
    insert(notebook, place, notebook.cells.pop(place).source)
    delete(notebook, check(notebook, name))


@harm(everything)
def no_cells(notebook, name):
    notebook.cells = []


def answers_with_numpy(module: str) -> set[str]:
    """Cost the answers that use NumPy, which the first cell imports."""
    notebook = independent(module)
    return {name for name in solutions(module) if "np" in names_in(answer(notebook, name).source)}


@harm(answers_with_numpy)
def no_imports(notebook, name):
    delete(notebook, notebook.cells[0])


# Duplicated


@harm(nothing)
def copied_answer(notebook, name):
    insert(notebook, find(notebook, name.replace("_", "-")) + 1, answer(notebook, name))


@harm(nothing)
def answered_in_the_copy(notebook, name):
    original = answer(notebook, name)
    insert(notebook, notebook.cells.index(original) + 1, original)
    original.source = "raise NotImplementedError('the stub is still here')"


@harm(nothing)
def spoiled_copy_below_the_check(notebook, name):
    copied = insert(notebook, find(notebook, grade_id(name)) + 1, answer(notebook, name))
    copied.source = "1 / 0"


@harm(nothing)
def copied_check(notebook, name):
    insert(notebook, find(notebook, grade_id(name)) + 1, check(notebook, name))


@harm(nothing)
def edited_copy_of_the_check(notebook, name):
    copied = insert(notebook, find(notebook, grade_id(name)) + 1, check(notebook, name))
    copied.source = "my own test fails here"


@harm(nothing)
def copied_check_at_the_top(notebook, name):
    insert(notebook, 0, check(notebook, name))


@harm(nothing)
def copied_every_cell(notebook, name):
    notebook.cells = [twin for cell in notebook.cells for twin in (cell, copy.deepcopy(cell))]


# Re-typed


@harm(nothing)
def answer_to_markdown(notebook, name):
    retype(answer(notebook, name), "markdown")


@harm(nothing)
def answer_to_raw(notebook, name):
    retype(answer(notebook, name), "raw")


@harm(nothing)
def check_to_markdown(notebook, name):
    retype(check(notebook, name), "markdown")


@harm(nothing)
def check_to_markdown_with_a_picture(notebook, name):
    retype(check(notebook, name), "markdown")
    check(notebook, name)["attachments"] = {"a.png": {"image/png": "aGVsbG8="}}


@harm(nothing)
def check_to_raw(notebook, name):
    retype(check(notebook, name), "raw")


@harm(nothing)
def every_graded_cell_to_markdown(notebook, name):
    for cell in graded(notebook):
        retype(cell, "markdown")


@harm(nothing)
def there_and_back_again(notebook, name):
    for cell in (answer(notebook, name), check(notebook, name)):
        for kind in ("markdown", "raw", "code"):
            retype(cell, kind)
        cell.outputs, cell.execution_count = [], None


# Changed metadata


@harm(nothing)
def more_points(notebook, name):
    check(notebook, name).metadata.nbgrader.points = 100


@harm(nothing)
def unlocked(notebook, name):
    for cell in checks(notebook):
        cell.metadata.nbgrader.locked = False


@harm(nothing)
def renamed_check(notebook, name):
    check(notebook, name).metadata.nbgrader.grade_id = "mine"


@harm(nothing)
def renamed_answer(notebook, name):
    answer(notebook, name).metadata.nbgrader.grade_id = "mine"


@harm(nothing)
def swapped_roles(notebook, name):
    for cell in (answer(notebook, name), check(notebook, name)):
        marks = cell.metadata.nbgrader
        marks.grade, marks.solution = marks.solution, marks.grade


@harm(nothing)
def no_longer_graded(notebook, name):
    for cell in checks(notebook):
        cell.metadata.nbgrader.grade = False


@harm(nothing)
def other_schema_versions(notebook, name):
    for version, cell in enumerate(graded(notebook)):
        cell.metadata.nbgrader.schema_version = version


@harm(nothing)
def no_metadata(notebook, name):
    for cell in graded(notebook):
        del cell.metadata["nbgrader"]


@harm(nothing)
def metadata_of_wrong_types(notebook, name):
    wrong = ["x", None, [], {}, 5, {"grade_id": 5}, {"grade_id": None}, {"grade_id": []}]
    for cell, marks in zip(graded(notebook), wrong, strict=False):
        cell.metadata["nbgrader"] = marks


@harm(nothing)
def points_in_words(notebook, name):
    for cell in checks(notebook):
        cell.metadata.nbgrader.points = "x"


@harm(nothing)
def foreign_kernel(notebook, name):
    notebook.metadata.kernelspec = {"name": "ir", "display_name": "R", "language": "R"}
    notebook.metadata.language_info = {"name": "R"}


@harm(nothing)
def no_kernel(notebook, name):
    notebook.metadata = NotebookNode()


@harm(nothing)
def ids_of_an_older_format(notebook, name):
    notebook.nbformat_minor = 4
    for cell in notebook.cells:
        del cell["id"]
    delete(notebook, check(notebook, name))


@harm(nothing)
def moved_check(notebook, name):
    found = check(notebook, name)
    delete(notebook, found)
    notebook.cells.insert(1, found)


@harm(nothing)
def answers_below_all_checks(notebook, name):
    own = [cell for cell in graded(notebook) if cell.metadata.nbgrader.solution]
    delete(notebook, *own)
    notebook.cells += own


@harm(nothing)
def old_attempt_below(notebook, name):
    old = insert(notebook, len(notebook.cells), answer(notebook, name))
    old.source = f"def {name}(*args):\n    return None"


# Changed checks


@harm(nothing)
def silenced_checks_over_right_answers(notebook, name):
    for cell in checks(notebook):
        cell.source = "pass"


@harm(everything, start=untouched)
def silenced_checks(notebook, name):
    for cell in checks(notebook):
        cell.source = "pass"


@harm(everything, start=untouched)
def skipped_checks(notebook, name):
    for cell in checks(notebook):
        cell.metadata["tags"] = ["skip-execution"]


@harm(everything, start=untouched)
def copied_skipped_checks(notebook, name):
    for cell in checks(notebook):
        copied = insert(notebook, notebook.cells.index(cell) + 1, cell)
        copied.metadata["tags"] = ["skip-execution"]


@harm(everything)
def check_is_another_thing(notebook, name):
    insert(notebook, notebook.cells.index(graded(notebook)[0]), "check = 5")


@harm(nothing)
def hidden_tests_of_their_own(notebook, name):
    insert(notebook, 0, "### BEGIN HIDDEN TESTS\nprint('mine')")


# Broken files


def as_bytes(notebook: NotebookNode, encoding: str = "utf-8") -> bytes:
    """Write a notebook in some encoding."""
    return json.dumps(notebook, ensure_ascii=False).encode(encoding, errors="replace")


@harm(nothing)
def saved_with_a_mark(notebook, name):
    return as_bytes(notebook, "utf-8-sig")


@harm(nothing)
def saved_as_utf_16(notebook, name):
    return as_bytes(notebook, "utf-16")


@harm(nothing)
def saved_as_latin_1(notebook, name):
    insert(notebook, 0, "# déjà vu")
    return as_bytes(notebook, "latin-1")


@harm(nothing)
def saved_in_another_format(notebook, name):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell["input"] = cell.pop("source").replace("\n", "\r\n")
    return as_bytes({"nbformat": 3, "metadata": {}, "worksheets": [{"cells": notebook.cells}]})


@harm(everything)
def not_json(notebook, name):
    return b"<html>404</html>"


@harm(everything)
def cut_short(notebook, name):
    return as_bytes(notebook)[:5000]


@harm(everything)
def empty_file(notebook, name):
    return b""


@harm(everything)
def noise(notebook, name):
    return bytes(range(256))


@harm(everything)
def a_list(notebook, name):
    return b"[]"


@harm(everything)
def an_empty_object(notebook, name):
    return b"{}"


@harm(everything)
def cells_that_are_none(notebook, name):
    return b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": null}'


@harm(nothing)
def cells_without_metadata(notebook, name):
    for cell in notebook.cells:
        if "nbgrader" not in cell.metadata:
            del cell["metadata"]


@harm(nothing)
def a_cell_that_is_none(notebook, name):
    notebook.cells.insert(0, None)


@harm(everything)
def ended_python(notebook, name):
    insert(notebook, 1, "import os\nos._exit(0)")
