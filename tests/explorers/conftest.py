"""Explorers without their pictures, for tests that look at words and numbers alone."""

import pytest

from helpers.explorers.base import Explorer
from helpers.explorers.recorded_run import TrainingExplorer
from tests.browser.conftest import browser  # noqa: F401 (a fixture)


@pytest.fixture
def unpainted(monkeypatch):
    """Spare the PNG images, which take most of the time."""
    for kind in (Explorer, TrainingExplorer):
        monkeypatch.setattr(kind, "_picture", lambda self: b"")
