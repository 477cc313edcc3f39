"""What a recipe may rely on: the make of macOS is 3.81, and its PATH is not ours."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z-]+):", MAKEFILE, re.M)
SYSTEM = {"grep", "sed", "rm", "python3"}  # what every machine with make has, and Python
pytestmark = pytest.mark.tier("check")


def commands(target, *variables):
    """Return what make would run, as lists of words; each pipe and list is split."""
    done = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", target, *variables],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.replace("\\\n", " ").splitlines()
    return [shlex.split(part) for line in lines for part in re.split(r"\||&&|;", line)]


@pytest.mark.parametrize("target", TARGETS)
def test_every_program_is_named_in_full(target):
    found = commands(target)
    assert found
    for program, *_ in found:
        assert program.startswith(str(ROOT) + "/.venv/bin/") or program in SYSTEM, program


@pytest.mark.parametrize("target", ["lab", "desk", "test", "check"])
def test_the_python_can_be_chosen_and_options_are_handed_on(target):
    found = commands(target, "PYTHON=/opt/my python/bin/python3", "ARGS=-k 'two words'")
    program, script, *_ = found[0]
    assert (program, script) == ("/opt/my python/bin/python3", f"{ROOT}/bootstrap.py")
    assert found[-1][-2:] == ["-k", "two words"]


@pytest.mark.parametrize(
    "newer",
    [
        r"^export PATH",  # 3.81 looks a program up in the PATH that make was started with
        r"\.ONESHELL",
        r"\.RECIPEPREFIX",
        r"\.EXTRA_PREREQS",
        r"^\w+ *(!=|::=|:::=)",
        r"\$\((file|guile|let|intcmp) ",
        r"^(undefine|private|load) ",
        r"&:",
    ],
)
def test_nothing_is_used_that_make_3_81_does_not_know(newer):
    assert not re.search(newer, MAKEFILE, re.M)


def test_help_names_every_target_that_a_person_types():
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^make ([a-z-]+)", said.stdout, re.M)) == set(TARGETS) - {"environment"}


def test_what_was_typed_is_what_the_set_up_repeats(tmp_path):
    said = subprocess.run(
        ["make", "lab", f"PYTHON={tmp_path / 'python'}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert said.returncode  # no such Python
    script = tmp_path / "python"
    script.write_text('#!/bin/sh\necho "typed: $BOOTSTRAP_TYPED, asked: $2"\n')
    script.chmod(0o755)
    said = subprocess.run(
        ["make", "lab", f"PYTHON={script}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin"},  # nothing of a make that runs the tests
    )
    assert said.stdout == "typed: make lab, asked: lab\n"
