"""One command names the repository everywhere."""

import re
import subprocess

import pytest

from helpers.course import publish
from helpers.course.cli import main
from helpers.course.folder import CONFIG, CourseError, tracked

from ..course.small_course import REPOSITORY

pytestmark = pytest.mark.tier("check")

NAME = publish.current(REPOSITORY)
PROJECT = '[project]\nname = "x"\n[project.urls]\nRepository = "https://github.com/{}"\n'


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A small one, whose name is OLD/NAME."""
    files = {
        CONFIG: "",
        "pyproject.toml": PROJECT.format("OLD/NAME"),
        "README.md": "[a](https://mybinder.org/v2/gh/OLD/NAME/main?urlpath=lab) and OLD/NAME.\n",
        "docs/guide.md": "git clone https://github.com/OLD/NAME.git\r\nBOLD/NAME OLD/NAMES\r\n",
        "notebooks/a.ipynb": '{"source": "%pip install git+https://github.com/OLD/NAME"}',
        "helpers/plain.py": "x = 'OLD or NAME'\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    (tmp_path / "picture.png").write_bytes(b"\x89PNG OLD/NAME")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    (tmp_path / "private.md").write_text("OLD/NAME")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def git(folder, *arguments):
    subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True)


def test_the_name_is_set_everywhere(repository, capsys):
    assert main(["publish", "ada-l/back.prop_1"]) == 0
    names = ["README.md", "docs/guide.md", "notebooks/a.ipynb", "pyproject.toml"]
    assert capsys.readouterr().out.splitlines()[:-1] == names
    readme = (repository / "README.md").read_text()
    assert "/gh/ada-l/back.prop_1/main?" in readme
    assert "and ada-l/back.prop_1." in readme
    guide = (repository / "docs/guide.md").read_bytes().decode()
    assert guide == (
        "git clone https://github.com/ada-l/back.prop_1.git\r\nBOLD/NAME OLD/NAMES\r\n"
    )
    assert "OLD/NAME" in (repository / "private.md").read_text()
    assert publish.current(repository) == "ada-l/back.prop_1"


def test_it_can_be_renamed_again_and_back(repository):
    before = {path: path.read_bytes() for path in tracked(repository)}
    for name in ("one/two", "one/two", "x/Y", "OLD/NAME"):
        publish.publish(repository, name)
    assert {path: path.read_bytes() for path in tracked(repository)} == before


@pytest.mark.parametrize(
    "name",
    [
        "", "/", "backprop", "a/", "/b", "a/b/c", "a b/c", "-a/b", "a-/b", "a--b/c", "a_b/c",
        "a/b.git", "a/..", "a/.", "a/b c", "a/b\n", "ä/b", "https://github.com/a/b",
        "a" * 40 + "/b", "a/" + "b" * 101, "$(rm)/b", "a/b;c",
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(repository, name, capsys):
    before = (repository / "README.md").read_bytes()
    assert main(["publish", "--", name]) == 2
    said = capsys.readouterr().err
    assert said.startswith("course: ")
    assert "course publish ada-lovelace/backprop" in said
    assert (repository / "README.md").read_bytes() == before


def test_a_project_without_a_name_is_told_where_it_belongs(repository):
    (repository / "pyproject.toml").write_text('[project]\nname = "x"\n')
    with pytest.raises(CourseError, match=r"below \[project\.urls\]"):
        publish.publish(repository, "a/b")


def test_without_git_it_says_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text(PROJECT.format("OLD/NAME"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(CourseError, match="in a clone of the repository"):
        publish.publish(tmp_path, "a/b")


def test_no_link_of_the_course_names_another_repository():
    """Every link to a repository of ours on GitHub, Binder or Colab has the one name."""
    ours = re.compile(
        r"(?:mybinder\.org/v2/gh|colab\.research\.google\.com/github|codespaces\.new)"
        r"/([\w.-]+/[\w-]+)|\b(OWNER/\w+)|\b([Oo]wner/[Rr]epo\w*)"
    )
    for path in tracked(REPOSITORY):
        if path.suffix in (".md", ".yml", ".cff", ".toml", ".py", ".ipynb", ".html", ".json"):
            for found in ours.finditer(path.read_text(encoding="utf-8")):
                name = next(group for group in found.groups() if group)
                if path.parts[-2:] != ("public", "test_publish.py") and "/NAME" not in name:
                    assert name == NAME, f"{path.name}: {found[0]}"
