"""A small class in memory: an assignment of some exercises, and what students hand in."""

import json

from helpers.course.grading.assignments import Assignment, Notebook, Submission
from helpers.course.nbgrader.submission import KnownCell

HIDDEN = 7
NAME = "small"


def known(name: str) -> list[KnownCell]:
    """The two cells of an exercise, as the gradebook knows them."""
    grade_id, source = name.replace("_", "-"), f"check.{name}({name})"
    hidden = f"{source}\ncheck.{name}({name}, hidden={HIDDEN})"
    return [
        KnownCell(grade_id, "code", "", "", locked=False, solution=True, points=None),
        KnownCell(f"{grade_id}-check", "code", hidden, "", locked=True, solution=False, points=1.0),
    ]


def assignment(*names: str) -> Assignment:
    """An assignment that asks for some exercises."""
    cells = tuple(cell for name in names for cell in known(name))
    return Assignment(NAME, (Notebook(NAME, {"name": "python3"}, cells),))


def submission(student: str, first: str = "", **answers: str) -> Submission:
    """What a student hands in: a first cell, and an answer to each exercise."""
    sources = [("", f"import numpy as np\nfrom helpers import check\n{first}")]
    for name, source in answers.items():
        grade_id = name.replace("_", "-")
        sources += [(grade_id, source), (f"{grade_id}-check", "")]
    cells = [
        {
            "cell_type": "code",
            "source": source,
            "metadata": {"nbgrader": {"grade_id": grade_id}} if grade_id else {},
        }
        for grade_id, source in sources
    ]
    return Submission(student, {f"{NAME}.ipynb": json.dumps({"cells": cells}).encode()})
