"""What a person should look at in a student's cells, and what nobody need."""

import pytest

from helpers.checks.notebook import LONGEST_CELL
from helpers.course.grading.suspicions import imported, suspicions

pytestmark = pytest.mark.tier("check")
STRANGE = {
    "import helpers": "imports the course's own library",
    "import helpers.reference as r": "imports the course's own library",
    "from helpers import reference": "imports the course's own library",
    "from helpers.reference.training import fit": "imports the course's own library",
    "from helpers.checks import exercises": "imports the course's own library",
    "step = figures.reference.step": "uses the course's own library",
    "import os": "imports os",
    "import os.path": "imports os",
    "from subprocess import run": "imports subprocess",
    "def f():\n    return eval('1')": "uses eval",
    "__import__('helpers')": "uses __import__",
    "().__class__": "uses __class__",
    f"a.__{'b' * 99}__": f"uses __{'b' * 33}",
    "#" * LONGEST_CELL + "#": "is too long to be looked at",
}
HARMLESS = [
    "import numpy as np\nfrom helpers import check, figures\nfrom math import exp",
    "def timed(f):\n    return lambda *args: print(f.__name__) or f(*args)",
    "class A(Base):\n    def __init__(self):\n        super().__init__()\n        self.x = 1",
    "reference = 3\nprint(reference)",
    "def f(:",
]


@pytest.mark.parametrize(("source", "said"), STRANGE.items(), ids=[*STRANGE.values()])
def test_what_no_answer_needs_is_named_once(source, said):
    assert list(suspicions([("step", f"{source}\n{source}")])) == [f"step {said}"]


@pytest.mark.parametrize("source", HARMLESS)
def test_of_what_answers_need_nothing_is_said(source):
    assert list(suspicions([("step", source)])) == []


def test_what_the_released_notebook_imports_is_not_strange():
    released = "from helpers.reference.data import digits, gate\nimport sys"
    own = f"import scipy, sys\n{released}\nfrom helpers.reference.data import spirals"
    assert list(suspicions([("step", released)], imported([released]))) == []
    (said,) = suspicions([("step", own)], imported([released, "def f(:"]))
    assert said == "step imports the course's own library"


def test_each_cell_is_named():
    found = suspicions([("step", "import os\nimport sys"), ("fit", "x = 1"), ("cell 3", "exec")])
    assert list(found) == ["step imports os", "step imports sys", "cell 3 uses exec"]
