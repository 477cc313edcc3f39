"""Binder builds what the course needs: read from the Dockerfile that repo2docker would build.

repo2docker exits 0 on a misspelt file name, so the Dockerfile itself is read.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# One process makes the Dockerfile.
pytestmark = [pytest.mark.tier("test"), pytest.mark.xdist_group("binder")]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def dockerfile(tmp_path_factory):
    tree = tmp_path_factory.mktemp("repository") / "course"
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).exists():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tree / name)
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", str(tree)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_python_is_the_pinned_one(dockerfile):
    version = (ROOT / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    assert re.fullmatch(r"3\.\d+", version)
    assert f"environment-2epy-2d{version.replace('.', '-2e')}-" in dockerfile


def test_the_locked_requirements_are_installed_after_the_course_is_copied(dockerfile):
    copied = re.search(r"COPY --chown=\d+:\d+ src/ \$\{REPO_DIR\}/", dockerfile).start()
    installed = dockerfile.index('pip install --no-cache-dir -r "binder/requirements.txt"')
    assert copied < installed
    assert (ROOT / "binder" / "requirements.txt").read_text() == "-r ../requirements.txt\n"


def test_the_lock_installs_the_course_and_pins_everything_else():
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    wanted = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert wanted[0] == "-e ."
    assert all(re.match(r"[\w.-]+==[\w.]+( ;.*)?$", line) for line in wanted[1:])
    names = {re.split("[= ]", line)[0] for line in wanted}
    core = {"numpy", "matplotlib", "jupyterlab", "nbgrader", "ipywidgets", "nbval"}
    assert core <= names


def test_binder_has_no_file_that_repo2docker_would_ignore():
    assert {path.name for path in (ROOT / "binder").iterdir()} == {
        "requirements.txt",
        "runtime.txt",
    }
