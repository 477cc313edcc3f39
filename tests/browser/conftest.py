"""One browser for all tests."""

import pytest

from tests import needs

from . import lab


@pytest.fixture(scope="session")
def browser():
    needs.require("browser")
    with lab.browser() as started:
        yield started
