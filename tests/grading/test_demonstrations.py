"""Demonstrations on the student's own answers: behind the wall they cost no mark and no time."""

import re

import pytest
from nbformat import NotebookNode

from helpers import reference

from .course_directory import REPOSITORY, CourseDirectory, needs_wall, points_of, read
from .submissions import answer, solutions

pytestmark = [needs_wall, pytest.mark.tier("full")]
_NAMES = re.compile(rf"\b({'|'.join(reference.__all__)})=")
ENDLESS = "def {}(*_, **__):\n    while True:\n        pass"


def everything_tried(module: str, answers: dict[str, str]) -> NotebookNode:
    """Return a whole notebook whose every demonstration was changed, so that each must run."""
    notebook = read(REPOSITORY / "notebooks" / module / f"{module}.ipynb")
    for name, source in answers.items():
        answer(notebook, name).source = source
    for cell in demonstrations(notebook):
        cell.source += "\n# I have tried this"
    return notebook


def demonstrations(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that use what the library has, too: train_xor, say, it has not."""
    asked = [cell for cell in notebook.cells if "check.yours(" in cell.source]
    return [cell for cell in asked if _NAMES.search(cell.source)]


@pytest.mark.parametrize(
    ("module", "name"), [("01-neurons", "train_perceptron"), ("06-training", "fit")]
)
def test_changed_demonstrations_cost_nothing(module, name, tmp_path):
    course = CourseDirectory(tmp_path, module)
    course.release()
    right = solutions(module)
    course.hand_in("right", everything_tried(module, right))
    course.hand_in("nothing", everything_tried(module, {}))
    endless = {**right, name: ENDLESS.format(name)}
    course.hand_in("endless", everything_tried(module, endless))
    course.course("grade", module)
    assert course.lost("right") == set()
    assert course.lost("nothing") == set(points_of(module))
    assert name in course.lost("endless")
    for student in course.marks:
        cells = demonstrations(course.autograded(student))
        assert cells
        for cell in cells:
            assert not [o for o in cell.outputs if o.output_type == "error"], student
            assert "not written" not in str(cell.outputs)  # nothing was checked
