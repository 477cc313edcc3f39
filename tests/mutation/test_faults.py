"""The list of faults: each can still be planted; what noticed one is still there."""

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


@pytest.mark.parametrize("row", noticed(), ids=lambda row: row.breaks)
def test_what_noticed_a_fault_is_still_there(row):
    assert (row.area, row.breaks) in {(fault.area, fault.breaks) for fault in FAULTS}
    assert row.by == BUILT or (ROOT / row.by.split("::")[0]).exists(), "python -m tests.mutation"
