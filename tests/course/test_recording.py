"""Recorded numbers: what other libraries compute now, and what a notebook shows without them."""

import builtins
import contextlib
import io
import json
import re
from importlib import metadata

import numpy as np
import pytest

from helpers.course import recording
from helpers.course.folder import CourseError
from helpers.reference import elsewhere

from .small_course import REPOSITORY

pytestmark = pytest.mark.tier("check")

LIBRARIES = ("torch", "keras", "sklearn")


@pytest.fixture
def without(monkeypatch):
    """Make libraries impossible to import."""

    def hide(*names):
        real = builtins.__import__

        def refusing(name, *args, **options):
            if name.split(".")[0] in names:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)
            return real(name, *args, **options)

        monkeypatch.setattr(builtins, "__import__", refusing)

    return hide


def shown():
    """Run all cells of the module; return what they print."""
    source = REPOSITORY / "solutions" / recording.MODULE / f"{recording.MODULE}.md"
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        recording.run_cells(source)
    return said.getvalue()


@pytest.mark.tier("test")
@pytest.mark.needs("torch", "keras")
def test_the_libraries_agree_and_the_notebook_says_the_same_without_them(without):
    there = shown()
    assert there.count(" agrees with the numbers recorded ") == there.count("Here: ") == 12
    without(*LIBRARIES)
    gone = shown()
    assert gone.count(" is not installed. Recorded with ") == 12
    same = [re.sub(r"Here: .*", "Here", text) for text in (there, gone)]
    assert same[0] == same[1]


def test_a_library_that_is_missing_is_named_before_anything_is_written(without):
    without("torch")
    with pytest.raises(
        CourseError, match=r"torch is not installed\. Type: pip install torch keras"
    ):
        recording.record(REPOSITORY)


# Single programs ---------------------------------------------------------------------------------


def program(x):
    """A program of another library."""
    return {"a": np.array([x, 2.0]), "b": x}


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    """Record the program, as if a version of scikit-learn had computed it."""

    def write(version):
        numbers = {"a": {"shape": [2], "data": [1.0, 2.0]}, "b": {"shape": [], "data": [1.0]}}
        path = tmp_path / "record.json"
        path.write_text(json.dumps({"program": {"version": version, "numbers": numbers}}))
        monkeypatch.setattr(elsewhere, "RECORD", path)

    return write


HERE = metadata.version("scikit-learn")


def test_the_recorded_numbers_are_returned(recorded, capsys):
    recorded(HERE)
    numbers = elsewhere.run("scikit-learn", program, 1.0 + 1e-9)
    assert numbers["a"].tolist() == [1.0, 2.0]
    assert type(numbers["b"]) is float
    assert capsys.readouterr().out == (
        f"Here: scikit-learn {HERE} agrees with the numbers recorded with {HERE}.\n"
    )


def test_recording_notes_what_is_returned(recorded):
    with elsewhere.recording() as made:
        numbers = elsewhere.run("scikit-learn", program, np.float32(0.1))
    assert made["program"]["version"] == HERE
    assert made["program"]["numbers"]["b"] == {"shape": [], "data": [float(np.float32(0.1))]}
    assert type(numbers["b"]) is float
    recorded(HERE)
    assert elsewhere.run("scikit-learn", program, 1.0)["b"] == 1.0  # and no longer notes it


def test_who_changes_a_program_is_told_what_differs(recorded):
    recorded(HERE)
    with pytest.raises(AssertionError, match=r"a by 0\.5, b by 0\.5\. Have you changed program\?"):
        elsewhere.run("scikit-learn", program, 1.5)


def test_another_version_may_compute_something_else(recorded, capsys):
    recorded("0.1")
    assert elsewhere.run("scikit-learn", program, 1.5)["b"] == 1.0
    assert (
        "computes other numbers than those recorded with 0.1: a by 0.5" in capsys.readouterr().out
    )


def test_a_library_that_does_not_start_is_no_obstacle(recorded, capsys):
    recorded("0.1")

    def broken(x):
        raise OSError("a part of it cannot be loaded")

    broken.__name__ = "program"
    assert elsewhere.run("Keras", broken, 1.0)["b"] == 1.0
    assert "Keras does not start (a part of it cannot be loaded)" in capsys.readouterr().out


def test_other_mistakes_in_a_program_are_shown(recorded):
    recorded(HERE)
    with pytest.raises(TypeError):
        elsewhere.run("scikit-learn", program, 1.0, 2.0)


def test_what_was_never_recorded_is_named(recorded):
    recorded(HERE)
    with pytest.raises(ValueError, match="nothing is recorded for shown; there are: program"):
        elsewhere.run("scikit-learn", shown)


def test_what_libraries_print_to_stderr_and_warn_of_stays_here(recorded, capsys):
    recorded(HERE)

    def noisy(x):
        import sys
        import warnings

        print("loading", file=sys.stderr)
        warnings.warn("old", stacklevel=1)
        return program(x)

    noisy.__name__ = "program"
    elsewhere.run("scikit-learn", noisy, 1.0)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ({"a": [1.0, 2.0]}, ""),
        ({"a": [1.0, 2.1]}, "a by 0.1"),
        ({"a": [1.0, np.nan]}, "a by nan"),
        ({"a": [1.0]}, "a has the shape (1,), not (2,)"),
        ({}, "a is missing"),
        ({"a": [1.0, 2.0], "c": 1.0}, "c is new"),
    ],
)
def test_differences(numbers, said):
    assert elsewhere.differences(numbers, {"a": [1.0, 2.0]}, 1e-6) == said
