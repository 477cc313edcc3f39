"""The list of faults: each can still be planted; what noticed one is still there, of that size."""

import importlib
import operator
from pathlib import Path

import pytest

from .__main__ import BUILT
from .faults import load, noticed

pytestmark = pytest.mark.tier("check")

ROOT = Path(__file__).parents[2]
FAULTS = load()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.breaks)
def test_a_fault_can_be_planted(fault):
    assert (ROOT / fault.file).read_text(encoding="utf-8").count(fault.old) == 1
    assert fault.new != fault.old
    for word in fault.tests.split(" -k ")[0].split():
        if word not in ("BUILD", "NOTEBOOK"):
            assert (ROOT / word.split("::")[0]).exists()


def test_no_two_faults_have_one_name():
    names = [(fault.area, fault.breaks) for fault in FAULTS]
    assert len(set(names)) == len(names)


def tiers(marked):
    """Return the sizes that a test, or a file of tests, or one case names."""
    marks = getattr(marked, "pytestmark", getattr(marked, "marks", ()))
    marks = marks if isinstance(marks, list | tuple) else [marks]
    return {mark.args[0] for mark in marks if mark.name == "tier"}


def cases(test):
    """Yield what a test is parametrized with."""
    for mark in test.pytestmark if hasattr(test, "pytestmark") else ():
        if mark.name == "parametrize":
            yield from mark.args[1]


def sizes(name):
    """Return the sizes of a test, or of its cases where some have others; none if it is gone."""
    path, *names = name.split("[")[0].split("::")
    if path.startswith("helpers/"):
        module = path.removesuffix(".py").replace("/", ".")
        inside = names[0].removeprefix(f"{module}.")
        documented = operator.attrgetter(inside)(importlib.import_module(module))
        return {"check"} if ">>>" in (documented.__doc__ or "") else set()
    found = importlib.import_module(path.removesuffix(".py").replace("/", "."))
    size = tiers(found)
    for part in names:
        found = getattr(found, part, None)
        size = tiers(found) or size
    return size.union(*map(tiers, cases(found))) if found else set()


@pytest.mark.parametrize("row", noticed(), ids=lambda row: row.breaks)
def test_what_noticed_a_fault_is_still_there(row):
    assert (row.area, row.breaks) in {(fault.area, fault.breaks) for fault in FAULTS}
    if ".py::" in row.by:
        assert row.size in sizes(row.by), "python -m tests.mutation"
    else:
        assert row.by == BUILT or (ROOT / row.by.split("::")[0]).exists(), (
            "python -m tests.mutation"
        )
