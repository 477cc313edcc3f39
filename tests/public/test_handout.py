"""students.zip: no solution, no hidden test, and a course that opens and runs."""

import os
import re
import zipfile

import nbformat
import pytest
from nbclient import NotebookClient

from helpers.course.cli import main
from helpers.course.handout import handout

from ..course.links import relative_links
from ..course.small_course import MODULES, REPOSITORY

pytestmark = [pytest.mark.tier("test"), pytest.mark.xdist_group("handout")]


@pytest.fixture(scope="module")
def unzipped(tmp_path_factory):
    """The folder that a student has, made of the whole course."""
    folder = tmp_path_factory.mktemp("student")
    with zipfile.ZipFile(handout(REPOSITORY, folder / "students.zip")) as archive:
        archive.extractall(folder)
    (made,) = (path for path in folder.iterdir() if path.is_dir())
    return made


def test_it_has_every_notebook_and_no_solution(unzipped):
    assert not (unzipped / "solutions").exists()
    assert sorted(path.stem for path in unzipped.rglob("*.ipynb")) == MODULES
    for path in unzipped.rglob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(BEGIN|END) (SOLUTION|HIDDEN)|hidden=\d", text), path.name


def test_it_has_nothing_private(unzipped):
    names = {path.relative_to(unzipped).parts[0] for path in unzipped.rglob("*")}
    assert names.isdisjoint(
        {"tests", "gradebook.db", "submitted", "autograded", "feedback", ".git", "benchmarks"}
    )


@pytest.mark.parametrize("junk", ["helpers/__pycache__/a.pyc", "docs/.DS_Store"])
def test_what_programs_leave_behind_stays_behind(small, tmp_path, junk):
    for name in (junk, "docs/read.md"):
        (small.root / name).parent.mkdir(parents=True, exist_ok=True)
        (small.root / name).touch()
    with zipfile.ZipFile(handout(small.root, tmp_path / "out.zip")) as archive:
        names = "\n".join(archive.namelist())
    assert "docs/read.md" in names
    assert junk not in names


def test_it_has_what_sets_the_course_up(unzipped):
    text = (unzipped / "Makefile").read_text() + (unzipped / "README.md").read_text()
    for name in re.findall(r"\b(bootstrap\.py|requirements\.txt|pyproject\.toml)\b", text):
        assert (unzipped / name).is_file(), name


def test_what_the_readme_shows_is_there(unzipped):
    readme = unzipped / "README.md"
    for target in relative_links(readme):
        name = target.partition("#")[0]
        assert not name or (unzipped / name).exists(), target


@pytest.mark.parametrize(
    "module", [pytest.param(MODULES[0], marks=pytest.mark.tier("full")), MODULES[1]]
)
def test_a_notebook_runs_there(unzipped, module, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(unzipped))
    folder = unzipped / "notebooks" / module
    notebook = nbformat.read(folder / f"{module}.ipynb", as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("import helpers; print(helpers.__file__)"))
    client = NotebookClient(
        notebook,
        timeout=600,
        iopub_timeout=600,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    where = notebook.cells[-1].outputs[0].text.strip()
    assert os.path.samefile(where, unzipped / "helpers" / "__init__.py")


def test_answers_of_the_teacher_are_not_handed_out(copied, tmp_path):
    """Whoever has worked in `notebooks/` hands out the released notebook all the same."""
    path = copied / "notebooks/01-neurons/01-neurons.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("raise NotImpl", "return 1  # "))
    (path.parent / "01-neurons-Copy1.ipynb").write_text("mine")
    keep_only(copied, "01-neurons")
    with zipfile.ZipFile(handout(copied, tmp_path / "made" / "out.zip")) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".ipynb"))
        assert b"raise NotImplementedError" in archive.read(name)
        assert b"return 1  #" not in archive.read(name)


def keep_only(root, module):
    for path in root.glob("solutions/*/*.md"):
        if path.stem != module:
            path.unlink()


def test_it_is_the_same_every_time(small, monkeypatch, capsys):
    monkeypatch.chdir(small.root)
    assert main(["handout"]) == main(["handout", "again.zip"]) == 0
    made = (small.root / "dist/students.zip").read_bytes()
    assert made == (small.root / "again.zip").read_bytes()
    assert "MB" in capsys.readouterr().out


def test_a_file_that_cannot_be_written_is_named(small, monkeypatch, capsys):
    monkeypatch.chdir(small.root)
    assert main(["handout", "solutions"]) == 2
    assert "solutions cannot be written" in capsys.readouterr().err


def test_an_older_file_stays_when_a_source_is_wrong(small, monkeypatch, capsys):
    monkeypatch.chdir(small.root)
    assert main(["handout", "mine.zip"]) == 0
    before = (small.root / "mine.zip").read_bytes()
    small.edit(":points: 1", ":points: many")
    assert main(["handout", "mine.zip"]) == 2
    assert "the points of weighted_sum" in capsys.readouterr().err
    assert (small.root / "mine.zip").read_bytes() == before
    assert not list(small.root.glob(".handout-*"))
