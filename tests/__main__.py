"""Run the tests in one of three sizes: ``python -m tests check``, ``test`` or ``full``.

A line as each part ends, and a table at the end: how many tests, how long, what was left out, why.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import needs

NOTHING_CHOSEN = 5  # as pytest's exit status
ROOT = Path(__file__).parents[1]
PYTEST = (sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "tests.ledger", "-rfE")
# Tests that share something costly name it with xdist_group; all others go to whoever is free.
SPREAD = ("--dist", "loadgroup", "-p", "no:nbval")
NOTEBOOKS = (
    *("--dist", "loadscope", "-p", "no:hypothesispytest"),
    *("-p", "tests.nbval_files", "--nbval", "--nbval-sanitize-with", "tests/nbval.cfg"),
    *("--nbval-cell-timeout", "600", "--nbval-kernel-startup-timeout", "300"),
)


@dataclass(frozen=True)
class Size:
    """One of the three runs."""

    name: str
    tiers: str  # which tests are part of it
    minutes: str  # measured on two idle cores
    notebooks: bool = False  # every notebook is run again as well
    sources: bool = True  # style, and whether every notebook is what its source makes
    more: int = 0  # workers than cores, where tests wait for what other processes do

    def workers(self) -> tuple[str, str]:
        """Return pytest's option for how many tests run at a time."""
        allowed = getattr(os, "sched_getaffinity", None)
        cores = len(allowed(0)) if allowed else os.cpu_count() or 1
        return "-n", os.environ.get("TEST_WORKERS") or str(cores + self.more)


SIZES = {
    size.name: size
    for size in (
        Size("check", "check", "a minute"),
        Size("test", "check,test", "eight minutes", notebooks=True),
        Size("full", "full", "a quarter of an hour", sources=False, more=1),
    )
}


@dataclass
class Row:
    """A row of the table at the end."""

    part: str
    tests: int
    seconds: float
    failed: bool
    left_out: dict[str, int] = field(default_factory=dict)


def commands(size: Size) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what is run, in order: a name, and a command."""
    if size.sources:
        yield "style", (sys.executable, "-m", "ruff", "check", "-q")
        yield "format", (sys.executable, "-m", "ruff", "format", "-q", "--check")
        yield "build", (sys.executable, "-m", "helpers.course.cli", "build", "--check")
    if size.notebooks:
        yield "notebooks", (*PYTEST, *size.workers(), *NOTEBOOKS, "solutions", "notebooks")
    yield "tests", (*PYTEST, *size.workers(), *SPREAD, "--tiers", size.tiers, "tests", "helpers")


def environment() -> dict[str, str]:
    """Return the variables of the tests: what Python has compiled is kept, as at a desk.

    Where a container says otherwise, each kernel, server and worker would compile all of it anew.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(name: str, command: tuple[str, ...], options: list[str]) -> list[Row]:
    """Run one command; return its rows of the table."""
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.json"
        if "pytest" in command:
            print(f"\n{name}", end="", flush=True)
            command = (*command, "--ledger", str(ledger), *options)
        status = subprocess.run(command, cwd=ROOT, env=environment()).returncode
        parts = json.loads(ledger.read_text()) if ledger.exists() else {}
    if status == NOTHING_CHOSEN and options:
        print(f"  {name:<12} no test was chosen", flush=True)
        return []
    if not parts:  # no tests to count, or pytest itself failed
        seconds = time.perf_counter() - begin
        print(
            f"  {name:<12} {'':>12} {seconds:>7.0f} s  {'FAILED' if status else 'ok'}", flush=True
        )
        return [Row(name, 0, seconds, bool(status))]
    rows = [
        Row(part, row["tests"], row["seconds"], bool(row["failed"]), row["left_out"])
        for part, row in sorted(parts.items())
    ]
    if status and not any(row.failed for row in rows):
        rows.append(Row(name, 0, 0.0, True))
    return rows


def before(size: Size) -> None:
    """Say how long it takes, and what will be left out."""
    print(f"make {'test-all' if size.name == 'full' else size.name}: about {size.minutes}", end="")
    print(" on two idle cores, longer beside other work.")
    for need in needs.missing().values():
        print(f"  Left out here: {need.what}. To have it, {need.get}.")
    sys.stdout.flush()


def table(rows: list[Row], seconds: float) -> str:
    """Write down what was run, and what was not."""
    lines = [f"{'part':<12} {'tests':>6} {'seconds':>8}  left out, and why"]
    for row in rows:
        reasons = "; ".join(f"{count}: {reason}" for reason, count in row.left_out.items())
        tests = row.tests or ""
        state = "FAILED. " if row.failed else ""
        lines.append(f"{row.part:<12} {tests:>6} {row.seconds:>8.1f}  {state}{reasons or '–'}")
    total = sum(row.tests for row in rows)
    lines.append(f"{'all':<12} {total:>6} {seconds:>8.1f}  (on the clock; above: of all cores)")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Run one size; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests", description=__doc__)
    parser.add_argument("size", choices=SIZES, help="check: while working; test: before a commit")
    parser.add_argument("options", nargs=argparse.REMAINDER, help="handed on to pytest")
    chosen = parser.parse_args(arguments)
    size = SIZES[chosen.size]
    before(size)
    begin = time.perf_counter()
    rows = [row for name, command in commands(size) for row in run(name, command, chosen.options)]
    print("\n\n" + table(rows, time.perf_counter() - begin))
    failed = [row.part for row in rows if row.failed]
    if not any(row.tests for row in rows):
        failed.append("no test was chosen")
    print(f"\nFAILED: {', '.join(failed)}" if failed else "\nAll that was run has passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
