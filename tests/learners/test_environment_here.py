"""The environment check: what it says of what is here, old or missing."""

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from helpers import environment

pytestmark = pytest.mark.tier("check")

GOOD = {
    "numpy": "2.4.1",
    "matplotlib": "3.11.0",
    "pillow": "12.0",
    "ipywidgets": "8.1.5",
    "ipython": "9.0",
    "scikit-learn": "1.9.1",
}


def finder(**changed):
    """Find versions in a dict; None stands for a package that is missing."""

    def find(package):
        version = {**GOOD, **changed}[package]
        if version is None:
            raise metadata.PackageNotFoundError(package)
        return version

    return find


def row(table, part):
    return next(row for row in table.rows if row[0] == part)


def test_everything_is_here():
    table = environment.show(finder(), "3.11.0")
    assert table.caption == "✓ Everything that the course needs is here."
    assert row(table, "Python") == ("Python", "✓ nothing", "version 3.11.0")
    assert all(entry[1] == "✓ nothing" for entry in table.rows)


def test_this_environment_is_good_enough():
    assert environment.show().caption.startswith("✓")


@pytest.mark.parametrize("package", list(environment.PACKAGES))
def test_a_missing_package_says_what_to_do(package):
    table = environment.show(finder(**{package: None}))
    remedy, found = row(table, package)[1:]
    assert found == "missing"
    assert remedy.startswith(f'✗ Run %pip install "{package}>=')
    assert remedy.count(".") <= 3
    parts = len(environment.PACKAGES) + 1  # and Python
    assert table.caption == f"✗ 1 of {parts} parts need your attention."


def test_an_old_package_says_what_to_do():
    remedy, found = row(environment.show(finder(numpy="1.9.3")), "numpy")[1:]
    assert found == "version 1.9.3, older than 1.26"
    assert "%pip install" in remedy


def test_an_old_python_says_what_to_do():
    remedy, found = row(environment.show(finder(), "3.9.18"), "Python")[1:]
    assert found == "version 3.9.18, older than 3.11"
    assert "python.org" in remedy


@pytest.mark.parametrize("version", ["1.26", "1.26.0", "1.26.4", "1.100", "2.0.0rc1", "2.4+local"])
def test_newer_versions_are_recognized(version):
    assert row(environment.show(finder(numpy=version)), "numpy")[1] == "✓ nothing"


def test_the_oldest_versions_are_those_of_the_package():
    root = Path(__file__).parents[2]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={environment.PYTHON}"
    named = [*project["dependencies"], *project["optional-dependencies"]["lab"]]
    oldest = dict(re.fullmatch(r"([\w-]+)>=([\d.]+)", package).groups() for package in named)
    del oldest["jupyterlab"]  # a notebook that asks is open already
    assert oldest == environment.PACKAGES


def test_it_imports_nothing_that_it_looks_for():
    code = "import sys; from helpers import environment; environment.show(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "matplotlib", "ipywidgets", "IPython"} & set(done.stdout.split())
