"""Libraries to compare with: optional at a desk, required in CI."""

import importlib
import os
import warnings
from types import ModuleType

import pytest


def load(name: str) -> ModuleType:
    """Import a peer; where it is missing, skip the test, or in CI fail it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except ImportError:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(f"{name} is not installed, but in CI this comparison must not be skipped")
        pytest.skip(f"{name} is not installed")
