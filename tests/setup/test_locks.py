"""The locked packages: every one with its hashes, and enough for what each lock is for."""

import re
import sys
import tomllib
from pathlib import Path

import pytest

import bootstrap

ROOT = Path(__file__).parents[2]
BINDER = "binder/requirements.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = {
    bootstrap.LAB: ("build", "lab", "course"),
    bootstrap.TESTS: ("build", "lab", "course", "test", "cluster"),
    BINDER: ("build", "lab"),
}
pytestmark = pytest.mark.tier("check")


def locked(lock):
    """Return the pins of a lock, each with the number of its hashes."""
    entries = re.split(r"^(?=\S)", (ROOT / lock).read_text(encoding="utf-8"), flags=re.M)
    pins = {}
    for entry in filter(str.strip, entries):
        found = re.match(r"([\w.-]+)==([\w.]+)( ; [^\\\n]+)? \\$", entry, re.M)
        assert found, entry
        pins[found.group(1, 2)] = entry.count("--hash=sha256:")
    return pins


def wanted(extras):
    names = [*PROJECT["dependencies"]]
    for extra in extras:
        names += PROJECT["optional-dependencies"][extra]
    return {re.match(r"[\w.-]+", name)[0].lower() for name in names}


@pytest.mark.parametrize("lock", EXTRAS)
def test_every_package_has_hashes(lock):
    assert all(locked(lock).values())


@pytest.mark.parametrize(("lock", "extras"), EXTRAS.items())
def test_a_lock_has_what_it_is_for(lock, extras):
    assert wanted(extras) <= {name for name, _ in locked(lock)}


@pytest.mark.parametrize("lock", [bootstrap.TESTS, BINDER])
def test_the_locks_agree(lock):
    mine, others = locked(bootstrap.LAB), locked(lock)
    shared = {name for name, _ in mine} & {name for name, _ in others}
    assert {pin for pin in mine if pin[0] in shared} == {p for p in others if p[0] in shared}


def test_the_tests_have_all_that_the_course_has():
    assert set(locked(bootstrap.LAB)) <= set(locked(bootstrap.TESTS))


def test_binder_leaves_out_what_only_instructors_need():
    assert not {"nbgrader", "jupytext", "nbval"} & {name for name, _ in locked(BINDER)}


def test_the_bootstrap_knows_the_oldest_python():
    oldest = ".".join(map(str, bootstrap.OLDEST))
    assert PROJECT["requires-python"] == f">={oldest}"
    assert sys.version_info[:2] >= bootstrap.OLDEST
