"""Plant faults, one after the other, and see which tests notice: ``python -m tests.mutation``.

Each fault is planted in a copy of the tree, and the tests that it names are asked, the smallest
size first; with ``--whole`` all others too where those do not notice. What fails must pass again
without the fault: that is tried at the end, for all at once. Which size notices a fault, and which
test, goes into the table `noticed.tsv`.
``--at COMMIT`` plants the same faults in an earlier state, and asks the same files of its suite.
"""

import argparse
import contextlib
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from .faults import Fault, Noticed, load, noticed, record
from .smallest_first import SAID

ROOT = Path(__file__).parents[2]
PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider")
FIRST = ("-p", "tests.mutation.smallest_first")
NOTEBOOK = ("--nbval", "--nbval-sanitize-with", "tests/nbval.cfg", "--nbval-cell-timeout", "120")
BUILD = (sys.executable, "-m", "helpers.course.cli", "build", "--check")
BUILT = "course build --check"
SIZES = ("check", "test", "full")
PASSED, NOTHING_COLLECTED = 0, 5
LONGEST = 900  # seconds for one run of tests, which may hang where nothing ends what is planted
MISSED = "NOT NOTICED"


def main(arguments: list[str]) -> int:
    """Plant the faults that are asked for; the exit status says whether all were noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("which", nargs="*", help="areas, or words of what breaks; else all faults")
    parser.add_argument("--new", action="store_true", help="only those that the table lacks")
    parser.add_argument("--tier", choices=SIZES, default="test", help="the largest size to ask")
    parser.add_argument("--whole", action="store_true", help="ask all tests where few do not see")
    parser.add_argument("--at", metavar="COMMIT", help="plant the faults in an earlier state")
    chosen = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    rows: list[Noticed] = []
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "course"
        copy(tree, chosen.at)
        for command in (("init", "-q"), ("add", "-A")):  # some tests ask git what there is
            subprocess.run(["git", *command], cwd=tree, check=True)
        for fault in selected(chosen.which, chosen.new):
            begin = time.perf_counter()
            size, by = ask(fault, tree, chosen)
            counts[size] += 1
            if not chosen.at and size in SIZES:
                rows.append(Noticed(fault.area, fault.breaks, size, by))
                record(rows[-1:])
            seconds = time.perf_counter() - begin
            print(f"{size:<12} {seconds:>5.0f} s  {fault.area}: {fault.breaks}  [{by}]", flush=True)
        for name in (red := fail_anyway({row.by for row in rows}, tree)):
            print(f"It fails without a fault too: {name}")
            counts[MISSED] += 1
        record((), wrong={row for row in rows if row.by in red})
    print("\n" + ", ".join(f"{size}: {count}" for size, count in counts.items()))
    return 1 if counts[MISSED] else 0


def selected(words: list[str], new: bool) -> list[Fault]:
    """Return the faults that are asked for."""
    faults = load()
    known = {(row.area, row.breaks) for row in noticed()} if new else set()
    parts = set(words) - {fault.area for fault in faults}
    return [
        fault
        for fault in faults
        if (fault.area, fault.breaks) not in known
        and (not words or fault.area in words or any(part in fault.breaks for part in parts))
    ]


def copy(tree: Path, commit: str | None) -> None:
    """Copy what git knows, as it stands or as it stood, into an empty folder."""
    if commit:
        tree.mkdir()
        archive = subprocess.Popen(["git", "archive", commit], cwd=ROOT, stdout=subprocess.PIPE)
        subprocess.run(["tar", "-x", "-C", str(tree)], stdin=archive.stdout, check=True)
        if archive.wait():
            raise SystemExit(f"git knows no {commit}")
        return
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).exists():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)


def ask(fault: Fault, tree: Path, chosen: argparse.Namespace) -> tuple[str, str]:
    """Plant one fault; return which size of tests notices it first, and which test."""
    text = {"file": fault.file, "old": fault.old, "new": fault.new}
    if chosen.at:
        text |= fault.earlier
    path = tree / text["file"]
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before.count(text["old"]) != 1:
        if chosen.at:
            return "not there", ""
        raise SystemExit(f"{fault.file} does not hold this once: {fault.old!r}")
    path.write_text(before.replace(text["old"], text["new"]), encoding="utf-8")
    try:
        for command in commands(fault, chosen):
            if failed := failing(command, tree):
                return failed[0]
        return MISSED, ""
    finally:
        path.write_text(before, encoding="utf-8")


def fail_anyway(names: set[str], tree: Path) -> set[str]:
    """Return which of those that have noticed a fault fail without one."""
    if not names:
        return set()
    red = {BUILT} if BUILT in names and failing(BUILD, tree) else set()
    books = {name.split("::")[0] for name in names if ".ipynb" in name}
    if books and failing((*PYTEST, *NOTEBOOK, *books), tree):
        red |= {name for name in names if ".ipynb" in name}
    alone = [name for name in names if ".py" in name]
    asked = [word for word in (*PYTEST, *FIRST, *alone) if word != "-x"]
    return red | {by for _, by in (failing(tuple(asked), tree) if alone else [])}


def commands(fault: Fault, chosen: argparse.Namespace) -> Iterator[tuple[str, ...]]:
    """Yield what is asked, the cheapest first."""
    sizes = ",".join(SIZES[: SIZES.index(chosen.tier) + 1])
    kind, *rest = fault.tests.split()
    if kind == "BUILD":
        yield BUILD
    elif kind == "NOTEBOOK":
        yield (*PYTEST, *NOTEBOOK, *rest)
    elif chosen.at:
        yield (*PYTEST, *files_at(fault.tests.split(), chosen.at))
    else:
        yield (*PYTEST, *FIRST, "--tiers", sizes, *shlex.split(fault.tests))
        if chosen.whole:
            yield (*PYTEST, *FIRST, "--tiers", sizes, "tests", "helpers")


def files_at(words: Iterable[str], commit: str) -> Iterator[str]:
    """Name the files of the earlier suite: single tests may have had other names."""
    known = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", commit, "tests"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    for word in words:
        if word == "-k":  # what follows picks tests by name
            return
        path = word.split("::")[0]
        if any(name == path or name.startswith(f"{path}/") for name in known):
            yield path


def failing(command: tuple[str, ...], tree: Path) -> list[tuple[str, str]]:
    """Run tests in the copy, whose package comes before any that is installed.

    Return the size and the name of each that fails.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.Popen(command, cwd=tree, env=environment, start_new_session=True, **pipes)
    try:
        said, _ = done.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:  # the fault lets something hang
        return [("test", "it hangs")]
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(done.pid, signal.SIGKILL)
    if "No module named pytest" in said or done.returncode == 4:
        raise SystemExit(said)
    if done.returncode in (PASSED, NOTHING_COLLECTED):
        return []
    if command == BUILD:
        return [("check", BUILT)]
    failed = re.findall(rf"^{SAID} (\w+) (.*)$", said, re.M)
    older = re.findall(r"^(?:FAILED|ERROR) (.*?)(?: - .*)?$", said, re.M)
    return failed or [("test", name) for name in older] or [("check", "pytest")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
