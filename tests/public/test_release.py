"""A release is made of what belongs together, or not at all."""

import re
import tomllib
import zipfile

import pytest

from helpers.course.cli import main
from helpers.course.folder import CONFIG, CourseError
from helpers.course.release import notes, release

from ..course.small_course import REPOSITORY

pytestmark = pytest.mark.tier("check")

READY = {
    CONFIG: "",
    "pyproject.toml": '[project]\nname = "x"\nversion = "1.2.0"\n[project.urls]\n'
    'Repository = "https://github.com/ada/course"\n',
    "CITATION.cff": "title: X\nversion: 1.2.0\nlicense: MIT\n",
    "CHANGELOG.md": "# Changes\n\n## 1.2.0 (2026-12-01)\n\n- New.\n\n## 1.1.0 (x)\n\n- Old.\n",
}


@pytest.fixture
def ready(tmp_path):
    for name, text in READY.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_notes_are_the_section_of_the_changelog(ready):
    assert notes(ready, "v1.2.0") == "- New.\n"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("pyproject.toml", "1.2.0", "1.3.0", "tag v1.3.0"),
        ("pyproject.toml", "ada/", "OWNER/", "course publish NAME"),
        ("CITATION.cff", "1.2.0", "1.1.0", "write 1.2.0 there"),
        ("CHANGELOG.md", "2026-12-01", "unreleased", "put the date"),
        ("CHANGELOG.md", "1.2.0", "1.3.0", "no section ## 1.2.0"),
    ],
)
def test_what_is_not_ready_is_said(ready, name, old, new, said, monkeypatch, capsys):
    path = ready / name
    path.write_text(path.read_text().replace(old, new))
    monkeypatch.chdir(ready)
    assert main(["release", "v1.2.0"]) == 2
    assert said in capsys.readouterr().err
    assert not (ready / "dist").exists()


def test_another_tag_is_refused(ready):
    with pytest.raises(CourseError, match=r"the tag is 1\.2\.0, but pyproject\.toml says 1\.2\.0"):
        notes(ready, "1.2.0")


def test_the_changelog_has_a_section_for_the_version():
    version = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["version"]
    changes = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(
        rf"^## {re.escape(version)} \((unreleased|\d{{4}}-\d\d-\d\d)\)$", changes, re.M
    )


@pytest.mark.tier("full")
def test_the_real_course_makes_a_wheel_and_a_zip(copied, monkeypatch):
    """The package, with all that is not Python, is in the wheel."""
    for name in ("helpers", "README.md"):
        (copied / name).symlink_to(REPOSITORY / name)
    for name in ("pyproject.toml", "CITATION.cff", "CHANGELOG.md"):
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        text = text.replace("OWNER/", "ada/").replace("(unreleased)", "(2026-12-01)")
        (copied / name).write_text(text, encoding="utf-8")
    wheel, students, _ = release(copied, "v0.1.0")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("helpers/")}
    sources = (path for path in (REPOSITORY / "helpers").rglob("*") if path.is_file())
    expected = {
        path.relative_to(REPOSITORY).as_posix() for path in sources if path.suffix != ".pyc"
    }
    assert packed == expected
    assert students.name == "students.zip"
