"""A small course in a temporary folder, and a copy of the real one."""

import shutil

import pytest

from helpers.course import build

from .small_course import REPOSITORY, SmallCourse


@pytest.fixture
def small(tmp_path):
    return SmallCourse(tmp_path).write()


def _leave_unexecuted(patch):
    patch.setattr(build, "execute", lambda notebook, folder: None)


@pytest.fixture
def unexecuted(monkeypatch):
    """Let notebooks be built without running their cells, where outputs do not matter."""
    _leave_unexecuted(monkeypatch)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    course = SmallCourse(tmp_path_factory.mktemp("built")).write()
    with pytest.MonkeyPatch.context() as patch:
        _leave_unexecuted(patch)
        build.build(course.root, [])
    return course


@pytest.fixture
def built(built_once, tmp_path):
    """The small course, with its notebooks; their cells have not been run."""
    shutil.copytree(built_once.root, tmp_path, dirs_exist_ok=True)
    return SmallCourse(tmp_path)


@pytest.fixture
def copied(tmp_path):
    """A copy of the whole course."""
    shutil.copy(REPOSITORY / build.CONFIG, tmp_path)
    for folder in ("solutions", "notebooks"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    return tmp_path
