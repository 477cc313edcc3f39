"""The set-up as a stranger meets it: a fresh clone, every package, and what was promised of it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from tests.waiting import PATIENT

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.tier("full"), pytest.mark.xdist_group("for_real")]


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clone") / "backprop by hand"
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def set_up(folder, command="environment"):
    """Run the program as a person does, with the Python of the tests; return what it prints.

    Every package comes from the index: those that this machine has at hand would not be counted.
    """
    unwanted = ("BOOTSTRAP_TYPED", "PIP_FIND_LINKS")
    environment = {key: value for key, value in os.environ.items() if key not in unwanted}
    environment |= PATIENT | {"PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(
        [sys.executable, "bootstrap.py", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def said(clone):
    return set_up(clone)


def test_it_costs_what_it_says(clone, said):
    """The megabytes stand in README.md as well."""
    cost = bootstrap.COSTS[bootstrap.LAB]
    loaded = max(map(int, re.findall(r"packages, (\d+) MB", said)), default=cost.load)
    files = [path for path in (clone / ".venv").rglob("*") if not path.is_symlink()]
    disk = sum(path.stat().st_size for path in files) / 1e6
    assert loaded == pytest.approx(cost.load, rel=0.25)
    assert disk == pytest.approx(cost.disk, rel=0.25)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"{cost.load} MB" in readme
    assert f"{cost.disk} MB" in readme


def test_the_course_works_in_it(clone, said):
    python = clone / ".venv/bin/python"
    code = (
        "import helpers.desk.handlers, helpers.desk.validate, jupyterlab, notebook\n"
        "from helpers import check, explorers, figures, quiz\n"
        "from helpers.checks import exercises\n"
        "print(check.weighted_sum(exercises()['weighted_sum'].reference))\n"
        "explorers.perceptron()\n"
    )
    done = subprocess.run([python, "-c", code], cwd=clone, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Right" in done.stdout


def test_a_second_time_it_says_nothing(clone, said):
    assert set_up(clone) == ""


def test_after_a_move_its_programs_run(clone, said):
    moved = clone.rename(clone.with_name("moved"))
    try:
        assert set_up(moved) == "The folder has moved. Its environment follows.\n"
        for program in ("course", "jupyter", "nbgrader", "alembic", "pip"):
            subprocess.run([moved / ".venv/bin" / program, "--help"], check=True, stdout=-3)
    finally:
        moved.rename(clone)
