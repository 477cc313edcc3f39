"""The ``course`` command: what it prints, and its exit status."""

import io
import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from helpers.checks import exercises
from helpers.course import cli
from helpers.course.cli import main

from .small_course import REPOSITORY

pytestmark = pytest.mark.tier("check")


def test_check_is_green_where_nothing_is_out_of_date(built, monkeypatch, capsys):
    monkeypatch.chdir(built.source.parent)  # anywhere in the course will do
    assert main(["build", "--check"]) == 0
    assert capsys.readouterr().out == "Every notebook and table is what its source makes.\n"


def test_check_is_red_where_a_notebook_is_missing(small, monkeypatch, capsys):
    monkeypatch.chdir(small.root)
    assert main(["build", "--check"]) == 1
    assert "01-small.ipynb is missing. Run: course build" in capsys.readouterr().out


def test_build_says_what_it_builds(small, unexecuted, monkeypatch, capsys):
    monkeypatch.chdir(small.root)
    assert main(["build", "01"]) == 0
    assert capsys.readouterr().out == "Building 01-small\n"
    assert main(["build", "--check"]) == 0


def test_an_unknown_module(small, monkeypatch, capsys):
    monkeypatch.chdir(small.root)
    assert main(["build", "07"]) == 2
    assert capsys.readouterr().err == "course: There is no module 07. There are: 01-small.\n"


def test_outside_a_course(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 2
    assert "is not in a course: no nbgrader_config.py here or above" in capsys.readouterr().err


def test_a_package_that_is_missing_is_named(small, monkeypatch, capsys):
    monkeypatch.chdir(small.root)
    monkeypatch.setitem(sys.modules, "nh3", None)
    for name in [name for name in sys.modules if name.startswith("helpers.course.nbgrader")]:
        monkeypatch.delitem(sys.modules, name)
    assert main(["build", "--check"]) == 2
    said = capsys.readouterr().err
    assert "course: the package nh3 is missing. Type: make environment" in said
    assert "Traceback" not in said


def test_a_failure_is_one_sentence(small, monkeypatch, capsys):
    monkeypatch.chdir(small.root)
    small.edit(":points: 1\n", "")
    assert main(["build"]) == 2
    assert capsys.readouterr().err == (
        "course: 01-small.md, cell 4: the check of weighted_sum needs :points: as well.\n"
    )


def test_mistakes_goes_through_every_exercise_and_prints_totals(capsys, monkeypatch):
    """There are three here; tests/checks reaches the verdicts on all of them."""
    three = dict(list(exercises().items())[:3])
    monkeypatch.setattr(cli, "exercises", lambda: three)
    assert main(["mistakes"]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("3 exercises; ")
    assert "correct variants:" in last


def test_mistakes_of_one_exercise(capsys):
    assert main(["mistakes", "step"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 exercises; ")


def test_mistakes_of_an_exercise_without_its_right_answer(capsys, monkeypatch):
    def step(z):
        raise NotImplementedError("write the right answer here")

    unwritten = replace(exercises()["step"], reference=step)
    monkeypatch.setattr(cli, "exercises", lambda: {"step": unwritten})
    assert main(["mistakes"]) == 2
    assert capsys.readouterr().err.startswith("course: step has no right answer yet: write it in")


def test_mistakes_of_an_unknown_exercise(capsys):
    assert main(["mistakes", "nope"]) == 2
    assert capsys.readouterr().err.startswith("course: there is no exercise nope; there are: ")


@pytest.mark.parametrize(("arguments", "status"), [(["--help"], 0), ([], 2), (["bake"], 2)])
def test_the_command_explains_itself(arguments, status):
    done = subprocess.run(
        [sys.executable, "-m", "helpers.course.cli", *arguments], capture_output=True, text=True
    )
    assert done.returncode == status
    assert "usage: course" in done.stdout + done.stderr


def test_what_a_terminal_has_no_letter_for_is_a_question_mark(capsys, monkeypatch):
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="latin-1")
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(cli, "as_text", lambda *_: "Zo\xeb: \u2588\u2588")
    assert main(["mistakes", "step"]) == 0
    assert terminal.buffer.getvalue() == b"Zo\xeb: ??\n"


@pytest.mark.parametrize(
    ("gone", "arguments"),
    [
        (["stdout"], ["--help"]),
        (["stderr"], ["mistakes", "nope"]),
        (["stdout", "stderr"], ["mistakes", "nope"]),
    ],
)
def test_where_nobody_reads_any_more_it_stops_without_a_word(gone, arguments):
    """As in `course --help | true`, where Python writes what is kept in the end."""
    read, write = os.pipe()
    os.close(read)
    with open(write, "wb") as unread:
        done = subprocess.run(
            [sys.executable, "-m", "helpers.course.cli", *arguments],
            **(dict.fromkeys(["stdout", "stderr"], subprocess.PIPE) | dict.fromkeys(gone, unread)),
            env=os.environ | {"PYTHONUNBUFFERED": ""},
        )
    assert done.returncode == 141
    assert not (done.stdout or done.stderr or b"").strip()


def test_another_pipe_that_breaks_is_not_taken_for_the_readers(capsys, monkeypatch):
    def broken():
        raise BrokenPipeError("of a judge")

    monkeypatch.setattr(cli, "exercises", broken)
    with pytest.raises(BrokenPipeError, match="of a judge"):
        main(["mistakes"])


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--workers", "0", "must be above 0, not 0"),
        ("--workers", "two", "invalid int value: 'two'"),
        ("--timeout", "-1", "must be above 0, not -1"),
        ("--timeout", "nan", "must be above 0, not nan"),
    ],
)
def test_a_number_that_makes_no_sense_is_one_sentence(option, value, sentence, capsys):
    with pytest.raises(SystemExit):
        main(["grade", "01-small", option, value])
    assert sentence in capsys.readouterr().err


@pytest.fixture
def clone(small):
    """Another clone of the course, whose helpers are its own."""
    shutil.copytree(
        REPOSITORY / "helpers",
        small.root / "helpers",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    with (small.root / "helpers" / "__init__.py").open("a", encoding="utf-8") as module:
        module.write('\nWHOSE = "of the other clone"\n')
    small.edit("The end.", "```{code-cell} ipython3\nimport helpers\n\nprint(helpers.WHOSE)\n```")
    return small


@pytest.mark.parametrize("arguments", [["build"], ["build", "--check"], ["mistakes", "step"]])
def test_another_clone_is_not_worked_on_with_these_helpers(clone, monkeypatch, capsys, arguments):
    monkeypatch.chdir(clone.source.parent)
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"course: this command would work on {clone.root} with the helpers")
    assert f" of another copy, {REPOSITORY}. Type: cd {clone.root} && " in said.err
    assert said.err.endswith(f" -m helpers.course.cli {' '.join(arguments)}\n")


@pytest.mark.tier("test")
def test_what_another_clone_is_told_to_type_works(clone, monkeypatch, capsys):
    monkeypatch.chdir(clone.root)
    assert main(["build", "01"]) == 2
    typed = capsys.readouterr().err.partition("Type: ")[2]
    subprocess.run(typed, shell=True, check=True, cwd=REPOSITORY, capture_output=True)
    assert "of the other clone" in clone.solutions.read_text(encoding="utf-8")


def test_a_course_without_helpers_of_its_own_is_worked_on(small, monkeypatch):
    monkeypatch.chdir(small.root)
    assert main(["mistakes", "step"]) == 0
