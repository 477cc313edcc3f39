"""In CI a comparison that is skipped must fail: nobody reads skips."""

import pytest

from . import peers


def test_a_missing_peer_skips_at_a_desk(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception):
        peers.load("no_such_library")


@pytest.mark.parametrize("value", ["true", "1", "True"])
def test_a_missing_peer_fails_in_ci(monkeypatch, value):
    monkeypatch.setenv("CI", value)
    with pytest.raises(pytest.fail.Exception, match="must not be skipped"):
        peers.load("no_such_library")
