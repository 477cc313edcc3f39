"""A new exercise or module by command: what it writes is a course that can be gone on with."""

import os
import shutil
import subprocess
import sys

import pytest

from helpers.course import scaffold
from helpers.course.folder import CourseError

from .small_course import REPOSITORY

pytestmark = pytest.mark.tier("check")


@pytest.fixture
def clone(tmp_path):
    """A clone of the course with its own helpers; return a function that runs commands in it."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(REPOSITORY / "helpers", tmp_path / "helpers", ignore=ignored)
    for name in ("nbgrader_config.py", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    (tmp_path / "notebooks").mkdir()

    def run(*command):
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
        )

    return tmp_path, run


@pytest.mark.tier("test")
def test_a_new_module_with_a_new_exercise_passes_lint_and_builds(clone):
    root, run = clone
    made = run("helpers.course.cli", "new", "module", "77", "new-one", "--title", "A new one")
    assert made.returncode == 0, made.stderr
    command = ("new", "exercise", "77", "clip_all(x, low=0.0)", "--title", "cut what is low")
    made = run("helpers.course.cli", *command)
    assert made.returncode == 0, made.stderr
    file = root / "helpers" / "exercises" / "m77_new_one" / "clip_all.py"
    assert file.relative_to(root).as_posix() in made.stdout
    for check in (("check",), ("format", "--check")):
        done = run("ruff", *check, "helpers")
        assert done.returncode == 0, done.stdout
    right = "return np.maximum(x, low)"
    text = file.read_text()
    for gap in ("the right answer", "another right answer"):
        text = text.replace(f'raise NotImplementedError("write {gap} here")', right)
    file.write_text(text)
    mistakes = run("helpers.course.cli", "mistakes", "clip_all")
    assert mistakes.returncode == 0, mistakes.stdout + mistakes.stderr
    assert "not_done" in mistakes.stdout
    source = root / "solutions" / "77-new-one" / "77-new-one.md"
    assert "### Exercise 77.1: cut what is low (1 point)" in source.read_text()
    write = 'raise NotImplementedError("write the solution here")'
    source.write_text(source.read_text().replace(write, right))
    built = run("helpers.course.cli", "build", "77")
    assert built.returncode == 0, built.stderr
    stale = run("helpers.course.cli", "build", "--check")
    assert stale.returncode == 0, stale.stdout + stale.stderr
    assert "One exercise, 1 point." in source.read_text()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("clip", "is no function"),
        ("clip(", "is no function"),
        ("1clip(x)", "is no function"),
        ("clip()", "needs one parameter"),
        ("clip(*x)", "needs one parameter"),
        ("x = 1", "is no function"),
    ],
)
def test_what_is_no_function_is_refused(written, said):
    with pytest.raises(CourseError, match=said):
        scaffold.signature(written)


def test_a_name_that_is_taken_is_refused():
    with pytest.raises(CourseError, match="names are unique"):
        scaffold.new_exercise(REPOSITORY, "05", "sigmoid(z)", "again", 1)


@pytest.mark.parametrize(
    ("number", "slug", "said"),
    [
        ("1", "new", "two digits"),
        ("01", "new", "is there already: 01-neurons"),
        ("77", "New One", "is no short name"),
    ],
)
def test_a_module_that_cannot_be_is_refused(number, slug, said):
    with pytest.raises(CourseError, match=said):
        scaffold.new_module(REPOSITORY, number, slug, "A title")


def test_an_unknown_module_is_named():
    with pytest.raises(CourseError, match="there is no module 76; there are: 00, 01"):
        scaffold.new_exercise(REPOSITORY, "76", "clip_all(x)", "cut", 1)
