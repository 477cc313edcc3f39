"""What is left out is said, and in CI nothing is: nobody reads skips."""

import pytest

from . import needs

pytestmark = pytest.mark.tier("check")


@pytest.fixture
def nothing(monkeypatch):
    """A machine that has none of it."""
    for name, need in needs.NEEDS.items():
        lacking = needs.Need(need.what, need.get, lambda: None)
        monkeypatch.setitem(needs.NEEDS, name, lacking)


@pytest.mark.parametrize("name", needs.NEEDS)
def test_what_is_missing_is_left_out_at_a_desk(nothing, monkeypatch, name):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="install"):
        needs.require(name)


@pytest.mark.parametrize("value", ["true", "1", "True"])
@pytest.mark.parametrize("name", [name for name, need in needs.NEEDS.items() if need.everywhere])
def test_what_is_missing_fails_in_ci(nothing, monkeypatch, name, value):
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.fail.Exception, match="must not leave out"):
        needs.require(name)


def test_all_that_is_missing_is_known_before(nothing):
    assert needs.missing() == needs.NEEDS
