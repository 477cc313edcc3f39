"""Plant faults, one after the other, and see which tests notice: ``python -m tests.mutation``.

Each fault is planted in a copy of the tree, and the tests that it names are asked first, size by
size. With ``--whole`` the whole size is asked where those do not notice. ``--at COMMIT`` plants the
same faults in an earlier state, and asks the same files of its suite.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from .faults import FAULTS, Fault

ROOT = Path(__file__).parents[2]
PYTEST = (sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider")
NOTEBOOK = ("--nbval", "--nbval-sanitize-with", "tests/nbval.cfg", "--nbval-cell-timeout", "120")
SIZES = ("check", "test", "full")
NOTHING_COLLECTED = 5
LONGEST = 1800  # seconds for one run of tests, which may hang where nothing ends what is planted


def main(arguments: list[str]) -> int:
    """Plant the faults that are asked for; the exit status says whether all were noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("numbers", nargs="*", type=int, help="which faults; all, if none is named")
    parser.add_argument("--tier", choices=SIZES, default="test", help="the largest size to ask")
    parser.add_argument("--whole", action="store_true", help="ask all tests where few do not see")
    parser.add_argument("--at", metavar="COMMIT", help="plant the faults in an earlier state")
    chosen = parser.parse_args(arguments)
    numbers = chosen.numbers or range(1, len(FAULTS) + 1)
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "course"
        copy(tree, chosen.at)
        for number in numbers:
            fault = FAULTS[number - 1]
            begin = time.perf_counter()
            answer = ask(fault, tree, chosen)
            missed += [number] if answer == "NOT CAUGHT" else []
            print(
                f"{number:>3}  {answer:<12} {time.perf_counter() - begin:>5.0f} s  "
                f"{fault.file}: {fault.breaks}",
                flush=True,
            )
    print(f"\n{len(list(numbers)) - len(missed)} caught, {len(missed)} not: {missed or 'none'}")
    return 1 if missed else 0


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


def ask(fault: Fault, tree: Path, chosen: argparse.Namespace) -> str:
    """Plant one fault; return which size of tests notices it first."""
    name, (old, new) = fault.file, (fault.old, fault.new)
    if chosen.at:
        name, (old, new) = fault.was or name, fault.instead if any(fault.instead) else (old, new)
    path = tree / name
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if before.count(old) != 1:
        if chosen.at:
            return "not there"
        raise SystemExit(f"{fault.file} does not hold this once: {old!r}")
    path.write_text(before.replace(old, new), encoding="utf-8")
    try:
        for size, command in commands(fault, chosen):
            if notices(command, tree):
                return size
        return "NOT CAUGHT"
    finally:
        path.write_text(before, encoding="utf-8")


def commands(fault: Fault, chosen: argparse.Namespace) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what is asked, the cheapest first, with the size that it is part of."""
    sizes = SIZES[: SIZES.index(chosen.tier) + 1]
    kind, *rest = fault.tests.split()
    if kind == "BUILD":
        yield "check", (sys.executable, "-m", "helpers.course.cli", "build", "--check")
        return
    if kind == "NOTEBOOK":
        if "test" in sizes:
            yield "test", (*PYTEST, *NOTEBOOK, *rest)
        return
    if chosen.at:
        yield "caught", (*PYTEST, *files_at(fault.tests.split(), chosen.at))
        return
    for size in sizes:
        yield size, (*PYTEST, "--tiers", size, *fault.tests.split())
    if chosen.whole:
        for size in sizes:
            yield size, (*PYTEST, "--tiers", size, "tests", "helpers")


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


def notices(command: tuple[str, ...], tree: Path) -> bool:
    """Run tests in the copy, whose package comes before any that is installed."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    try:
        done = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, timeout=LONGEST
        )
    except subprocess.TimeoutExpired:  # the fault lets something hang
        return True
    if "No module named pytest" in done.stderr or done.returncode == 4:
        raise SystemExit(done.stdout + done.stderr)
    return done.returncode not in (0, NOTHING_COLLECTED)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
