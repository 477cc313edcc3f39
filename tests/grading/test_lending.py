"""Of the course's library a notebook has what its released cells or their text name."""

from dataclasses import replace

import pytest

from helpers.course.grading.assignments import Assignment
from helpers.course.grading.clean_process import Opening
from helpers.course.grading.lending import named
from helpers.course.grading.sandbox import Limits
from helpers.course.grading.workers import Local

from .course_directory import needs_wall
from .small_class import NAME, assignment, submission

pytestmark = pytest.mark.tier("check")
REFUSED = "is not there while a notebook is graded"
LENT = frozenset({"sigmoid", "data", "xor", "step"})
WAYS = {  # to a function that nothing names
    "the package": "from helpers import reference\ntaken = reference.update",
    "an import": "from helpers.reference import update as taken",
    "a module of it": "from helpers.reference.backward_pass import update as taken",
    "the page": "import helpers.reference.by_hand as page\ntaken = page.update",
    "import_module": "import importlib\n"
    "taken = importlib.import_module('helpers.reference.backward_pass').update",
    "a figure's module": "from helpers.figures.backward_numbers import update as taken",
    "a figure": "from helpers import figures\ntaken = figures.backward_numbers.update",
    "check.yours": "taken = check.yours(update=None).update",
}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("params, h = reference.fit(X)\nreference.data.xor()", {"fit", "data", "xor"}),
        ("from helpers.reference import (\n    fit,\n    update as step,\n)", {"fit", "update"}),
        ("from helpers.reference.training import fit", {"fit"}),
        ("import helpers.reference as ref\nref.fit(X)", {"fit"}),
        ("Look at `reference.bce`.", {"bce"}),
        ("mine = check.yours(fit=fit, update=update)", {"fit", "update"}),
        ("my_reference.fit = fit", set()),
    ],
)
def test_what_a_release_names_is_found(source, names):
    assert names <= named([source])
    assert not names or named([source]) - names <= {"as", "step", "training"}


@pytest.fixture(scope="module")
def graded():
    """A function that grades a first cell and an answer after it."""
    local = Local(Opening(Limits(cell_seconds=5, seconds=60)), 1, sample=0)
    asked = assignment("step")
    local.take(Assignment(NAME, tuple(replace(n, lent=LENT) for n in asked.notebooks)))

    def run(source, answer="def step(z):\n    return np.where(z > 0, 1, 0)"):
        ((_, result),) = local.results([submission("ada", source, step=answer)])
        found = result.notebooks[NAME]
        assert [mark.score for mark in found.marks] == [1]
        return found

    yield run
    local.close()


@needs_wall
@pytest.mark.tier("test")
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_nothing_names_says_so(graded, way):
    assert f"helpers.reference.update {REFUSED}" in graded(f"{way}\ntaken({{}}, {{}}, 0.1)").text


@needs_wall
@pytest.mark.tier("test")
def test_what_is_named_works_and_so_does_what_it_needs(graded):
    """Functions of the library call each other, and figures call the library."""
    text = graded(
        "from helpers import figures, reference\n"
        "print(reference.sigmoid(0.0), reference.xor()[0].shape, reference.data.xor is not None)\n"
        "print(reference.GATES.keys(), figures.__name__)"
    ).text
    assert REFUSED not in text
    assert "0.5 (4, 2) True" in text


@needs_wall
@pytest.mark.tier("test")
@pytest.mark.parametrize(
    "answer",
    [
        "step = check.yours(step=None).step",
        "from functools import partial\nstep = partial(check.yours(step=None).step)",
        "def step(z):\n    return check.yours(step=None).step(z)",
    ],
)
def test_what_is_borrowed_through_yours_is_seen(graded, answer):
    """What is lent works, and who hands it in as an answer is named to the instructor."""
    seen = graded("from helpers import check", answer).suspicions
    assert "an answer calls the course's own step" in seen
