"""What holds for all tests: each names its size, and what it needs."""

import pytest

from . import needs
from .ledger import part_of

TIERS = ("check", "test", "full")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say which sizes to run: `--tiers check,test`."""
    parser.addoption("--tiers", help="only tests of these sizes, of: check, test, full")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers."""
    config.addinivalue_line(
        "markers", "tier(size): the smallest run that this is part of: check, test or full"
    )
    config.addinivalue_line("markers", "needs(name): what a machine can lack, see tests/needs.py")


def tier(item: pytest.Item) -> str:
    """Return the size of a test; the closest marker wins."""
    if isinstance(item, pytest.DoctestItem):
        return "check"
    marker = item.get_closest_marker("tier")
    if marker is None:
        return "test"
    (size,) = marker.args
    if size not in TIERS:
        raise pytest.UsageError(f"{item.nodeid}: a tier is one of {', '.join(TIERS)}, not {size}")
    return size


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the sizes that were not asked for, and count them."""
    sizes = [(item, tier(item)) for item in items]
    wanted = (config.getoption("--tiers") or ",".join(TIERS)).split(",")
    others = [(item, size) for item, size in sizes if size not in wanted]
    items[:] = [item for item, size in sizes if size in wanted]
    config.hook.pytest_deselected(items=[item for item, _ in others])
    config.other_sizes = {}  # sent between processes: plain dicts
    for item, size in others:
        counts = config.other_sizes.setdefault(part_of(item.nodeid), {})
        counts[size] = counts.get(size, 0) + 1


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that reports what this worker left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["other sizes"] = session.config.other_sizes


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a test out where its machine lacks what it needs."""
    for marker in item.iter_markers("needs"):
        for name in marker.args:
            needs.require(name)
