"""What holds for all tests: each names its size, and what it needs."""

import gc
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, settings

from helpers.checks import timing
from helpers.course.grading.inside.alarm import Alarm

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
    calm = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}  # a busy machine
    settings.register_profile("few", max_examples=25, **calm)
    settings.register_profile("many", max_examples=200, **calm)
    asked = config.getoption("--tiers") or ""
    settings.load_profile("many" if "full" in asked.split(",") else "few")


def _wanted(config: pytest.Config) -> list[str]:
    return (config.getoption("--tiers") or ",".join(TIERS)).split(",")


def tier(item: pytest.Item) -> str:
    """Return the size of a test; the closest marker wins."""
    if isinstance(item, pytest.DoctestItem):
        return "check"
    marker = item.get_closest_marker("tier")
    if marker is None:
        raise pytest.UsageError(f"{item.nodeid} names no size: give it pytest.mark.tier(…)")
    (size,) = marker.args
    if size not in TIERS:
        raise pytest.UsageError(f"{item.nodeid}: a tier is one of {', '.join(TIERS)}, not {size}")
    return size


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the sizes that were not asked for, and count them.

    What holds for examples that are drawn is tried again, with more of them, in the long run.
    """
    for item in items:  # pytest 9.2 keeps the name elsewhere than pytest-xdist 3.8 writes its group
        if grouped := vars(item).get("_nodeid"):
            item._id = type(item.id).parse(grouped)
    wanted = _wanted(config)
    sizes = [(item, tier(item)) for item in items]
    others = [
        (item, size)
        for item, size in sizes
        if size not in wanted
        and not ("full" in wanted and item.get_closest_marker("hypothesis") is not None)
    ]
    left_out = {item for item, _ in others}
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=[item for item, _ in others])
    config.other_sizes = {}  # sent between processes: plain dicts
    for item, size in others:
        counts = config.other_sizes.setdefault(part_of(item.nodeid), {})
        counts[size] = counts.get(size, 0) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Let no collection of garbage look at ten thousand tests, which stay to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that reports what this worker left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["other sizes"] = session.config.other_sizes


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a test out where its machine lacks what it needs."""
    for marker in item.iter_markers("needs"):
        for name in marker.args:
            needs.require(name)


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests of a process: Playwright cannot be started twice in one."""
    needs.require("browser")
    from .browser import lab  # loads Playwright, which most tests do without

    with lab.browser() as started:
        yield started


@pytest.fixture(scope="module")
def one_alarm() -> Generator[None]:
    """Limit each call's time as the grader does: to start 100,000 threads takes long."""
    before = timing.keep_time_with(Alarm().within)
    yield
    timing.keep_time_with(before)
