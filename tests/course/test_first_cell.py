"""The first cell of a notebook: silent where the course is, and else it says what to do."""

import re
import subprocess
import sys

import pytest

from helpers.course import build
from helpers.course.build import FIRST_CELL
from helpers.course.publish import current

from .small_course import MODULES, REPOSITORY

pytestmark = pytest.mark.tier("check")


def run(folder, *options):
    """Run the cell in a folder; the option -S leaves out every installed package."""
    command = [sys.executable, *options, "-c", FIRST_CELL]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    return done.stderr


def test_where_the_course_is_it_says_nothing(tmp_path):
    assert run(tmp_path) == ""


def test_without_the_course_it_says_what_to_run(tmp_path):
    *_, said, empty, line = run(tmp_path, "-S").splitlines()
    assert said == (
        "ImportError: The course is not installed here. Run this line in a new cell, "
        "then restart the kernel:"
    )
    assert empty == ""
    assert line == f"%pip install https://github.com/{current(REPOSITORY)}/archive/main.zip"


@pytest.mark.parametrize("name", ["helpers.py", "helpers/__init__.py"])
def test_a_strangers_package_of_that_name_is_named(tmp_path, name):
    other = tmp_path / name
    other.parent.mkdir(exist_ok=True)
    other.write_text("def check():\n    return 'something else'\n")
    for options in ((), ("-S",)):  # also where the course is installed, but comes second
        said = run(tmp_path, *options)
        assert f"The course is not installed here. Remove or rename {other}. Run" in said
        assert "%pip install https://github.com/" in said


def test_no_package_index_is_asked():
    (line,) = re.findall(r"%pip .*?(?=\")", FIRST_CELL)
    assert "https://github.com/" in line
    assert len(line.split()) == 3


def test_it_is_short_and_fits_on_paper():
    lines = FIRST_CELL.splitlines()
    assert len(lines) <= 10
    assert max(map(len, lines)) <= 78


@pytest.mark.parametrize("module", MODULES)
def test_every_notebook_with_code_begins_with_it(module):
    source = REPOSITORY / "solutions" / module / f"{module}.md"
    notebook = build.solutions_notebook(source)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    places = [i for i, cell in enumerate(notebook.cells) if cell.source == FIRST_CELL]
    assert places == ([1] if code else [])
    assert [cell.source for cell in code[:1]] == [FIRST_CELL] * bool(code)
