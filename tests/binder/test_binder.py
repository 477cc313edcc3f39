"""Binder builds what a learner needs: read from the Dockerfile that repo2docker would build.

repo2docker exits 0 on a misspelt file name, so the Dockerfile itself is read.
"""

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from docker.utils import exclude_paths

from tests.waiting import PATIENT

ROOT = Path(__file__).parents[2]
BINDER = ROOT / "binder"
pytestmark = pytest.mark.tier("test")


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The repository as it is cloned."""
    tree = tmp_path_factory.mktemp("repository") / "course"
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).exists():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)
    return tree


@pytest.fixture(scope="module")
def dockerfile(tree):
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(tree)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def image(tree, tmp_path_factory):
    """The files that go into the image, chosen as repo2docker chooses them."""
    lines = (BINDER / ".dockerignore").read_text().splitlines()
    patterns = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    folder = tmp_path_factory.mktemp("image")
    for name in exclude_paths(str(tree), patterns):
        if (tree / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(tree / name, folder / name)
    return folder


def test_python_is_the_pinned_one(dockerfile):
    version = (BINDER / "runtime.txt").read_text().strip().removeprefix("python-")
    assert re.fullmatch(r"3\.\d+", version)
    assert f"environment-2epy-2d{version.replace('.', '-2e')}-" in dockerfile


def test_the_locked_packages_are_installed_before_the_course(dockerfile):
    """The packages first: then a change of the course's text builds from the cache."""
    installed = dockerfile.index('pip install --no-cache-dir -r "binder/requirements.txt"')
    copied = re.search(r"COPY --chown=\d+:\d+ src/ \$\{REPO_DIR\}/", dockerfile).start()
    built = dockerfile.index("RUN ./binder/postBuild")
    assert installed < copied < built
    assert 'ENV R2D_ENTRYPOINT="${REPO_DIR}/binder/start"' in dockerfile


def test_binder_has_no_file_that_repo2docker_would_ignore():
    known = {".dockerignore", "postBuild", "requirements.txt", "runtime.txt", "start"}
    assert {path.name for path in BINDER.iterdir()} == known
    assert all(os.access(BINDER / name, os.X_OK) for name in ("postBuild", "start"))


def test_the_image_has_no_solutions(image):
    names = {path.name for path in image.iterdir()}
    assert names == {"LICENSE", "README.md", "binder", "helpers", "notebooks", "pyproject.toml"}
    assert not (image / "helpers" / "course").exists()
    marks = ("### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS")
    notebooks = list(image.glob("notebooks/*/*.ipynb"))
    assert len(notebooks) == len(list(ROOT.glob("notebooks/*/*.ipynb")))
    assert not [p for p in notebooks if any(mark in p.read_text("utf-8") for mark in marks)]


def test_it_opens_as_a_students_desk(image):
    shown = subprocess.run(
        [BINDER / "start", "sh", "-c", 'pwd; echo "$JUPYTER_CONFIG_PATH"'],
        capture_output=True,
        text=True,
        check=True,
        env={
            "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
            "REPO_DIR": str(image),
            "JUPYTER_CONFIG_PATH": "/own",
        },
    ).stdout.splitlines()
    assert shown[0] == str(image / "notebooks")
    *ours, own = shown[1].split(":")
    assert [Path(folder).name for folder in ours] == [
        "student_without_exchange",
        "without_exchange",
        "student",
        "everyone",
    ]
    assert own == "/own"


@pytest.mark.tier("full")
def test_a_learner_can_work_in_what_is_built(image, tmp_path):
    """The packages of the lock, the course's own, and a module that runs to its end."""
    tree = tmp_path / "home"
    shutil.copytree(image, tree)
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / "bin"
    environment = {
        **os.environ,
        **PATIENT,
        "PATH": f"{scripts}:{os.environ['PATH']}",
        "REPO_DIR": str(tree),
    }

    def run(*command):
        subprocess.run(command, cwd=tree, env=environment, check=True, capture_output=True)

    run("pip", "install", "-q", "-r", "binder/requirements.txt")
    run("binder/postBuild")
    assert {path.name for path in tree.iterdir()} == {"LICENSE", "README.md", "binder", "notebooks"}
    module = "01-neurons/01-neurons.ipynb"
    run("binder/start", "jupyter", "execute", module)  # a check that is not passed may fail
    run("binder/start", "python", "-c", "from helpers.desk.handlers import CoursePage")
