"""``course clean``: nothing unsafe is left, and a second run does what a first one did not."""

import errno
import os
from pathlib import Path

import nbformat
import pytest

from helpers.course.folder import CONFIG, CourseError
from helpers.course.nbgrader.clean import clean
from helpers.course.nbgrader.harmless import is_harmless

from .payloads import PAYLOADS, notebook

pytestmark = pytest.mark.tier("check")
STUDENTS = ("ada", "bob")


@pytest.fixture
def course(tmp_path):
    """A course with graded notebooks that are not clean, and the pages made from them."""
    (tmp_path / CONFIG).touch()
    for student in STUDENTS:
        for part, name in (("autograded", "neurons.ipynb"), ("feedback", "neurons.html")):
            path = tmp_path / part / student / "neurons" / name
            path.parent.mkdir(parents=True)
            path.write_text(nbformat.writes(notebook(PAYLOADS[0])))
    return tmp_path


def graded(course):
    """Return what lies in the folders of graded notebooks."""
    return [path for path in (course / "autograded").rglob("*") if path.is_file()]


def pages(course):
    """Return the pages of feedback."""
    return list((course / "feedback").rglob("*.html"))


def stops(patch, moment, error):
    """Raise an error when a file is removed or replaced, at this moment counted from 0."""
    moments = iter(range(moment + 1))

    def stopping(real):
        def fake(*arguments, **options):
            if next(moments, None) == moment:
                raise error
            return real(*arguments, **options)

        return fake

    patch.setattr(os, "replace", stopping(os.replace))
    patch.setattr(Path, "unlink", stopping(Path.unlink))


@pytest.mark.parametrize("moment", range(2 * len(STUDENTS)))
@pytest.mark.parametrize(
    ("error", "raised"),
    [
        pytest.param(KeyboardInterrupt(), KeyboardInterrupt, id="ctrl-c"),
        pytest.param(OSError(errno.ENOSPC, "No space left", "a file"), CourseError, id="full-disk"),
    ],
)
def test_a_second_run_does_what_the_first_one_left(course, monkeypatch, moment, error, raised):
    with monkeypatch.context() as patch:
        stops(patch, moment, error)
        with pytest.raises(raised, match="No space left" if raised is CourseError else None):
            clean(course)
    clean(course)
    assert pages(course) == []
    assert len(graded(course)) == len(STUDENTS)  # nothing half-written lies beside them
    assert all(is_harmless(nbformat.read(path, as_version=4)) for path in graded(course))


def test_what_is_clean_keeps_its_pages(course, capsys):
    clean(course)
    assert "2 graded notebooks, 2 of them made clean." in capsys.readouterr().out
    page = course / "feedback" / "ada" / "neurons" / "neurons.html"
    page.touch()
    clean(course)
    assert "2 graded notebooks, clean already." in capsys.readouterr().out
    assert pages(course) == [page]


def test_folders_called_like_notebooks_and_pages_stop_nothing(course):
    for part, name in (("autograded", "x.ipynb"), ("feedback", "x.html")):
        (course / part / "ada" / "neurons" / name).mkdir()
    clean(course)
    assert [page.name for page in pages(course)] == ["x.html"]
