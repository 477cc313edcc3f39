"""Of the course's library a notebook has what its released cells or their text name."""

from dataclasses import replace

import pytest

from helpers.course.grading.assignments import Assignment
from helpers.course.grading.bench import Opening
from helpers.course.grading.lending import named
from helpers.course.grading.sandbox import Limits
from helpers.course.grading.workers import Local

from .course_directory import needs_wall
from .small_class import NAME, assignment, submission

pytestmark = pytest.mark.tier("check")
REFUSED = "is not there while a notebook is graded"
LENT = frozenset({"sigmoid", "data", "xor"})
WAYS = {  # to a function that nothing names
    "the package": "from helpers import reference\ntaken = reference.update",
    "an import": "from helpers.reference import update as taken",
    "a module of it": "from helpers.reference.backward_pass import update as taken",
    "the page": "import helpers.reference.by_hand as page\ntaken = page.update",
    "import_module": "import importlib\n"
    "taken = importlib.import_module('helpers.reference.backward_pass').update",
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
def first_cell():
    """A function that runs a first cell; it returns what an answer after it earns, and the text."""
    local = Local(Opening(Limits(cell_seconds=5, seconds=60)), 1, sample=0)
    asked = assignment("affine")
    local.take(Assignment(NAME, tuple(replace(n, lent=LENT) for n in asked.notebooks)))

    def run(source):
        answer = "def affine(X, W, b):\n    return X @ W + b"
        ((_, result),) = local.results([submission("ada", source, affine=answer)])
        graded = result.notebooks[NAME]
        assert [mark.score for mark in graded.marks] == [1]
        return graded.text

    yield run
    local.close()


@needs_wall
@pytest.mark.tier("test")
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_what_nothing_names_says_so(first_cell, way):
    assert f"helpers.reference.update {REFUSED}" in first_cell(f"{way}\ntaken({{}}, {{}}, 0.1)")


@needs_wall
@pytest.mark.tier("test")
def test_what_is_named_works_and_so_does_what_it_needs(first_cell):
    """Functions of the library call each other, and figures call the library."""
    text = first_cell(
        "from helpers import figures, reference\n"
        "print(reference.sigmoid(0.0), reference.xor()[0].shape, reference.data.xor is not None)\n"
        "print(reference.GATES.keys(), figures.__name__)"
    )
    assert REFUSED not in text
    assert "0.5 (4, 2) True" in text
