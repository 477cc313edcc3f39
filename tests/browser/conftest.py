"""One browser for all tests; a missing one is a failure in CI and a skip elsewhere."""

import os

import lab
import pytest


@pytest.fixture(scope="session")
def browser():
    if lab.chromium() is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs a browser: install Chromium")
        pytest.skip("no browser: install Chromium to run these tests")
    with lab.browser() as started:
        yield started
