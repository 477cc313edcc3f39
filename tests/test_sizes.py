"""The three sizes of the tests: what is counted and left out; nothing fails unseen."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import __main__ as sizes

pytestmark = pytest.mark.tier("check")
ROOT = Path(__file__).parents[1]


@pytest.fixture
def few_plugins(monkeypatch):
    """Let pytest start without what it finds installed, which takes longer than a small test."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture
def counted(tmp_path, few_plugins):
    """Run a small file of tests under the ledger; return the exit status and the counts."""

    def run(source, *options):
        (tmp_path / "test_small.py").write_text(source)
        ledger = tmp_path / "ledger.json"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.ledger", "--ledger", ledger]
        done = subprocess.run(
            [*command, "-c", "/dev/null", "--rootdir", tmp_path, *options, tmp_path],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        return done.returncode, json.loads(ledger.read_text())["test_small.py"], done.stdout

    return run


@pytest.mark.parametrize(
    "options",
    [
        pytest.param((), marks=pytest.mark.tier("full")),
        pytest.param(("-p", "xdist", "-n", "2"), marks=pytest.mark.tier("test")),
    ],
)
def test_tests_are_counted_with_and_without_workers(counted, options):
    status, part, shown = counted("def test_a(): pass\ndef test_b(): assert 0\n", *options)
    assert status == 1
    assert (part["tests"], part["failed"]) == (2, 1)
    assert "2 tests" in shown
    assert "1 FAILED" in shown


@pytest.mark.tier("test")
def test_who_leaves_a_test_out_must_say_what_it_needs(counted):
    skip = "import pytest\ndef test_a(): pytest.skip({!r})\n"
    status, part, _ = counted(skip.format("a browser is missing: install one"))
    assert (status, part["left_out"]) == (0, {"a browser is missing: install one": 1})
    status, _, shown = counted(skip.format("not today"))
    assert status == 1
    assert "test_a: not today" in shown


@pytest.mark.tier("test")
def test_a_test_that_names_no_size_stops_the_run(tmp_path, few_plugins):
    (tmp_path / "test_small.py").write_text("def test_a(): pass\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-c", "/dev/null"]
    done = subprocess.run(
        [*command, "--rootdir", tmp_path, tmp_path], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "test_a names no size" in done.stderr


@pytest.mark.parametrize(("command", "failed"), [("raise SystemExit(3)", True), ("pass", False)])
def test_a_command_that_fails_is_seen(command, failed):
    (row,) = sizes.run("style", (sys.executable, "-c", command), [])
    assert row.failed == failed


def test_a_choice_may_leave_out_a_whole_run_but_not_all_of_them(monkeypatch, capsys):
    nothing = (sys.executable, "-c", f"raise SystemExit({pytest.ExitCode.NO_TESTS_COLLECTED})")
    assert sizes.run("notebooks", nothing, ["-k", "softmax"]) == []
    (row,) = sizes.run("notebooks", nothing, [])
    assert row.failed
    monkeypatch.setattr(sizes, "commands", lambda size: [("tests", nothing)])
    assert sizes.main(["check", "-k", "sofmax"]) == 1
    assert "FAILED: no test was chosen" in capsys.readouterr().out


def test_what_is_compiled_is_kept_whatever_the_container_says(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    look = "import sys; sys.exit(sys.dont_write_bytecode)"
    (row,) = sizes.run("style", (sys.executable, "-c", look), [])
    assert not row.failed


def test_the_table_says_what_was_left_out_and_what_failed():
    rows = [sizes.Row("browser", 0, 0.0, False, {"a browser is missing: install one": 3})]
    rows += [sizes.Row("checks", 7, 1.5, True)]
    shown = sizes.table(rows, 2.0).splitlines()
    assert "3: a browser is missing: install one" in shown[1]
    assert "FAILED" in shown[2]
    assert shown[3].split()[:3] == ["all", "7", "2.0"]


def test_the_largest_size_holds_no_test_twice():
    quick, usual, full = (set(size.tiers.split(",")) for size in sizes.SIZES.values())
    assert quick < usual
    assert not usual & full
