"""Which cells run for the marks: what an answer needs, and no more."""

import pytest

from helpers.course.grading.needed import needed
from helpers.course.nbgrader.submission import read_submission

from .course_directory import MODULES, REPOSITORY

pytestmark = pytest.mark.tier("check")

OTHER = "other = 3"


@pytest.mark.parametrize(
    ("released", "answer"),
    [
        ("import numpy as np", "np.zeros(3)"),
        ("from helpers.reference import *", "relu(3)"),
        ("try:\n    import torch\nexcept ImportError:\n    torch = None", "torch"),
        ("a = 1", "def f():\n    return a"),
        ("a = 1", "f = lambda: a"),
        ("a = 1", "class C:\n    def f(self):\n        return a"),
        ("a = 1", "a += 1"),
        ("a, (b, c) = 1, (2, 3)", "c"),
        ("for i in range(3):\n    pass", "i"),
        ("if x := 3:\n    pass", "x"),
        ("with open('f') as f:\n    pass", "f"),
        ("def double(x):\n    return 2 * x", "double(2)"),
        ("a = 1", "globals()['a']"),
        ("a = 1", "eval('a')"),
        ("a = 1", "%time a"),
        ("def f():\n    global a\n    a = 1", "a"),
        ("del a", "b = 1"),
        ("from helpers.reference import Network", "def f(net: Network):\n    pass"),
        ("class C:\n    pass", "def f() -> C:\n    pass"),
        ("a = [1]", "[a for a in a]"),
    ],
)
def test_what_an_answer_needs_runs(released, answer):
    assert needed([released, OTHER, answer], [True, True, False])[0]


@pytest.mark.parametrize(
    ("released", "answer"),
    [
        ("print(1)", "b = 1"),
        ("import time\nmeasured = time.time()", "b = 1"),
        ("a = 1", "def f(a):\n    return a"),
        ("a = 1", "[a for a in range(3)]"),
        ("a = 1", "def a():\n    pass\na()"),
        ("X = slow()", "def answer():\n    X = 3\n    return X"),
    ],
)
def test_what_no_answer_needs_does_not_run(released, answer):
    assert needed([released, answer], [True, False]) == [False, True]


def test_what_comes_later_is_needed_by_functions_only():
    released, reads = "a = 1", "print(a)"
    assert needed([reads, released], [False, True]) == [True, False]
    assert needed([f"def f():\n    {reads}", released], [False, True]) == [True, True]


def test_only_the_last_of_several_is_needed():
    assert needed(["a = 1", "a = 2", "a"], [True, True, False]) == [False, True, True]
    assert needed(["a = 1", "if b:\n    a = 2", "a"], [True, True, False]) == [True, True, True]


@pytest.mark.parametrize("reader", ["len(a)", "def f():\n    return len(a)"])
def test_a_change_in_place_is_needed_too(reader):
    changes = ["a = [1]", "a.append(2)", "a[0] = 3", reader]
    assert needed(changes, [True, True, True, False]) == [True] * 4


def test_what_numpy_changes_in_its_arguments_is_needed_too():
    cells = ["rows = [1, 2]", "rng = 3", "rng.shuffle(rows)", "rows"]
    assert needed(cells, [True, True, True, False]) == [True] * 4


def test_what_others_need_is_needed_in_turn():
    chain = ["a = 1", "b = a", "c = b", "print(c)"]
    assert needed(chain, [True, True, True, False]) == [True] * 4


def test_a_student_s_cell_may_fail_before_it_has_made_anything():
    assert needed(["a = 1", "a = 1 / 0", "a"], [True, False, False]) == [True] * 3


@pytest.mark.parametrize("module", MODULES)
def test_right_answers_need_hardly_a_demonstration(module):
    path = REPOSITORY / "solutions" / module / f"{module}.ipynb"
    cells = [c for c in read_submission(path.read_bytes()).cells if c.cell_type == "code"]
    optional = ["nbgrader" not in cell.metadata for cell in cells]
    run = needed([cell.source for cell in cells], optional)
    demonstrations = [runs for may, runs in zip(optional, run, strict=True) if may]
    assert len(demonstrations) > 5
    assert sum(demonstrations) <= 2  # the imports, and at most one that an answer begins from
