"""Explorers without their pictures, for tests that look at words and numbers alone."""

import pytest

from helpers.explorers.base import Explorer
from tests.browser.conftest import browser  # noqa: F401 (a fixture)


@pytest.fixture
def unpainted(monkeypatch):
    """Spare the PNG images, which take most of the time."""
    monkeypatch.setattr(Explorer, "_picture", lambda self: b"")
