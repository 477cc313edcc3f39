"""Imports run one way, and a notebook's first import costs next to nothing."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import helpers

ROOT = Path(helpers.__file__).parent
MAY_KNOW = {
    "reference": set(),
    "quiz": set(),
    "figures": {"reference"},
    "checks": {"reference"},
    "exercises": {"checks", "quiz", "reference"},
    "explorers": {"figures", "reference"},
    "course": {"reference", "quiz", "figures", "checks", "exercises", "explorers"},
}
LEARNERS_NEED = {"numpy", "matplotlib", "PIL", "ipywidgets", "IPython", "helpers"}
FILES = sorted(ROOT.rglob("*.py"))

pytestmark = pytest.mark.tier("check")


def imported(path):
    """Every module that a file imports, wherever it does so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_imports_run_one_way():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in FILES
        if (part := path.relative_to(ROOT).parts[0]) in MAY_KNOW
        for name in imported(path)
        if name.startswith("helpers.") and name.split(".")[1] not in MAY_KNOW[part] | {part}
    ]
    assert wrong == []


def test_learners_need_few_packages():
    known = LEARNERS_NEED | sys.stdlib_module_names
    more = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in FILES
        if path.relative_to(ROOT).parts[0] != "course"  # the course command needs more
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


def test_every_part_is_there():
    parts = {"check", "checks", "explorers", "figures", "quiz", "reference"}
    assert set(dir(helpers)) == parts | {"environment", "progress"}
    for name in dir(helpers):
        assert getattr(helpers, name) is not None
    with pytest.raises(AttributeError, match="module 'helpers' has no attribute 'chekc'"):
        helpers.chekc  # noqa: B018
