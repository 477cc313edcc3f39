"""A pytest plugin: tests of the smallest size come first, and what failed is said with its size."""

import pytest

from tests.conftest import TIERS, tier

SAID = "NOTICED"
_sizes: dict[str, str] = {}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort them; those of one size keep their order."""
    _sizes.update((item.nodeid, tier(item)) for item in items)
    items.sort(key=lambda item: TIERS.index(_sizes[item.nodeid]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write a line for each test that failed, and for each file that could not be read."""
    for kind in ("failed", "error"):
        for report in terminalreporter.stats.get(kind, ()):
            terminalreporter.write_line(
                f"{SAID} {_sizes.get(report.nodeid, TIERS[0])} {report.nodeid}"
            )
