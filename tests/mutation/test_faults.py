"""The list of faults: each can still be planted, and names tests that are there."""

from pathlib import Path

import pytest

from .faults import load

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
