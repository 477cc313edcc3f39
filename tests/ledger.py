"""Keeps count while the tests run: a line as each part ends, and what the table needs.

A pytest plugin, loaded by `python -m tests`. A part is a folder of tests, or all notebooks.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest


@dataclass
class Part:
    """What became of one part of the tests."""

    tests: int = 0
    failed: int = 0
    seconds: float = 0.0  # of all cores together
    left_out: dict[str, int] = field(default_factory=dict)  # how many, by the reason


def part_of(nodeid: str) -> str:
    """Return the part that a test belongs to.

    >>> part_of("tests/grading/test_wire.py::test_a_number")
    'grading'
    >>> part_of("solutions/01-neurons/01-neurons.ipynb::Cell 3")
    'solutions'
    >>> part_of("helpers/checks/plain.py::helpers.checks.plain.of")
    'doctests'
    """
    top, *rest = nodeid.partition("::")[0].split("/")
    if top == "tests":
        return rest[0] if len(rest) > 1 else "house"
    return "doctests" if top == "helpers" else top


class Ledger:
    """Counts tests by part, in the process that reports."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts: defaultdict[str, Part] = defaultdict(Part)
        self.waiting: Counter[str] = Counter()
        self.counted = False
        self.unexplained: list[str] = []

    def expect(self, nodeids: Sequence[str]) -> None:
        """Learn once how many tests there will be; each worker finds the same ones."""
        if not self.counted:
            self.waiting = Counter(map(part_of, nodeids))
            self.counted = True

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Without workers: the tests that will run."""
        if items := session.items:
            self.expect([item.nodeid for item in items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """With workers: the tests that one of them has found."""
        self.expect(ids)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(
        self, report: pytest.TestReport | pytest.CollectReport
    ) -> tuple[str, str, str] | None:
        """Print no dots; a line for each part says more."""
        if report.passed or report.skipped:
            return ("" if report.when != "call" else report.outcome), "", ""
        return None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test, and its seconds."""
        name = part_of(report.nodeid)
        part = self.parts[name]
        part.seconds += report.duration
        part.failed += report.failed
        if report.skipped:
            self._left_out(report, part)
        if report.when == "teardown":
            part.tests += 1
            self.waiting[name] -= 1
            if not self.waiting[name]:
                self._say(name, part)

    def _left_out(self, report: pytest.TestReport, part: Part) -> None:
        reason = report.longrepr[2].removeprefix("Skipped: ")
        part.left_out[reason] = part.left_out.get(reason, 0) + 1
        if " is missing: " not in reason:
            self.unexplained.append(f"{report.nodeid}: {reason}")

    def _say(self, name: str, part: Part) -> None:
        state = f"{part.failed} FAILED" if part.failed else "ok"
        print(f"\n  {name:<12} {part.tests:>6} tests {part.seconds:>7.0f} s  {state}", end="")

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Learn from a worker what it left out for its size."""
        self._other_sizes(getattr(node, "workeroutput", {}).get("other sizes", {}))

    def _other_sizes(self, counts: dict[str, dict[str, int]]) -> None:
        for name, by_size in counts.items():
            for size, count in by_size.items():
                reason = f"part of `make {'test-all' if size == 'full' else size}`"
                self.parts[name].left_out[reason] = count

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write everything down; fail where a test was left out for a reason of its own."""
        self._other_sizes(getattr(session.config, "other_sizes", {}))
        if self.unexplained and not session.exitstatus:
            print(
                "\nLeft out for no reason that tests/needs.py knows:", *self.unexplained, sep="\n  "
            )
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        self.path.write_text(json.dumps({name: asdict(part) for name, part in self.parts.items()}))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say where the counts go."""
    parser.addoption("--ledger", type=Path, help="write the counts of each part to this file")


def pytest_configure(config: pytest.Config) -> None:
    """Count in the process that reports, not in its workers."""
    if (path := config.getoption("--ledger")) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Ledger(path), "ledger")
