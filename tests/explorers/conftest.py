"""The browser of the browser tests, for explorers on a page of their own."""

from tests.browser.conftest import browser  # noqa: F401 (a fixture)
