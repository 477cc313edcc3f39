"""Imports run one way, and a notebook's first import costs next to nothing."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import helpers

ROOT = Path(helpers.__file__).parent
LEARNERS_NEED = {"numpy", "matplotlib", "PIL", "ipywidgets", "IPython", "helpers"}
SHARED = {"_validate"}  # a module that a room keeps to itself
FILES = sorted(ROOT.rglob("*.py"))

pytestmark = pytest.mark.tier("check")


def rooms():
    """Which rooms each room may import, as ARCHITECTURE.md says."""
    text = (ROOT.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `helpers/(\w+)` \|.*\| ([^|]+) \|$", text, re.M)
    return {room: set(re.findall(r"`(\w+)`", others)) for room, others in rows}


def imported(path):
    """Every module that a file imports, wherever it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_room_is_in_the_table():
    folders = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert rooms().keys() == folders


def test_the_files_that_it_names_are_there():
    text = (ROOT.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]+\.py)`", text)
    there = [path.relative_to(ROOT).as_posix() for path in FILES]
    gone = [
        name for name in named if not any(f"/helpers/{path}".endswith(f"/{name}") for path in there)
    ]
    assert named
    assert gone == []


def test_imports_run_one_way():
    may_know = rooms()
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in FILES
        if (part := path.relative_to(ROOT).parts[0]) in may_know
        for name in imported(path)
        if name.startswith("helpers.") and name.split(".")[1] not in may_know[part] | {part}
    ]
    assert wrong == []


def test_learners_need_few_packages():
    known = LEARNERS_NEED | sys.stdlib_module_names
    more = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in FILES
        if path.relative_to(ROOT).parts[0] not in ("course", "desk")  # these need more
        for name in imported(path)
        if name.split(".")[0] not in known
    ]
    assert more == []


def loaded_after(statement):
    code = f"import sys\n{statement}\nprint(*{{m.split('.')[0] for m in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return set(done.stdout.split())


def test_importing_helpers_loads_nothing_large():
    assert not loaded_after("import helpers") & {"numpy", "matplotlib", "ipywidgets", "IPython"}


def test_checks_load_neither_figures_nor_widgets():
    assert not loaded_after("from helpers import checks") & {"matplotlib", "ipywidgets"}


def test_a_run_begins_before_what_takes_long_is_there():
    begun = loaded_after(
        "from helpers.course import cli\nimport helpers.course.grading.clean_process"
    )
    assert not begun & {"nbformat", "nbgrader", "nbconvert", "sqlalchemy", "IPython"}


def test_judges_have_nothing_of_servers_and_gradebooks():
    begun = "from helpers.course.grading.clean_process import without_servers"
    judges = loaded_after(
        f"{begun}\nwithout_servers('nbgrader')\nimport helpers.course.grading.bench"
    )
    assert "nbgrader" in judges
    assert not judges & {"jupyter_server", "nbconvert", "sqlalchemy", "matplotlib"}


def test_every_part_is_there():
    parts = {"check", "checks", "explorers", "figures", "quiz", "reference"}
    assert set(dir(helpers)) == parts | {"environment", "progress"}
    for name in dir(helpers):
        assert getattr(helpers, name) is not None
    with pytest.raises(AttributeError, match="module 'helpers' has no attribute 'chekc'"):
        helpers.chekc  # noqa: B018


def private_doors(path):
    """Every name with an underscore that a file takes from a module of ours."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    ours = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.level or "helpers" in node.module):
            names = [alias.name for alias in node.names]
            ours |= {alias.asname or alias.name for alias in node.names}
            yield from (name for name in names if name.startswith("_") and name not in SHARED)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            door = node.value.id in ours and node.attr.startswith("_")
            if door and not node.attr.startswith("__"):
                yield f"{node.value.id}.{node.attr}"


def test_nobody_reaches_through_a_private_door():
    tests = sorted(Path(__file__).parent.rglob("*.py"))
    found = [f"{path.name}: {door}" for path in [*FILES, *tests] for door in private_doors(path)]
    assert found == []
