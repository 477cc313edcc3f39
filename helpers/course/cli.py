"""The ``course`` command."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from helpers.checks import exercises
from helpers.checks.kill_table import as_text, kill_table
from helpers.course.folder import CourseError, find_root, refuse_strange_helpers

_NOBODY_READS = 141  # what a shell says of a program that SIGPIPE has ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return the exit status."""
    with _printing():
        return _run(sys.argv[1:] if arguments is None else arguments)


@contextmanager
def _printing() -> Iterator[None]:
    """Print in any encoding, and stop where nobody reads it any more, as in ``course | head``."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    try:
        try:
            yield
        finally:
            print(end="", flush=True)
    except BrokenPipeError:
        if not (_is_gone(sys.stdout) or _is_gone(sys.stderr)):
            raise
        with open(os.devnull, "wb") as nowhere:  # for what Python writes when it ends
            for stream in (sys.stdout, sys.stderr):
                os.dup2(nowhere.fileno(), stream.fileno())
        sys.exit(_NOBODY_READS)


def _is_gone(stream: TextIO) -> bool:
    """Say whether nobody reads a stream any more."""
    try:
        print(file=stream, flush=True)
    except BrokenPipeError:
        return True
    return False


def _run(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    try:
        refuse_strange_helpers(Path.cwd(), arguments)
        return options.run(options)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    except CourseError as error:
        said = str(error)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("helpers"):
            raise
        said = f"the package {error.name} is missing. Type: make environment\n"
        said += "Without make, type: python3 bootstrap.py test-environment"
    print(f"course: {said}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="course", description="Make and check the course.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    build = commands.add_parser(
        "build", help="make the notebooks, and tables and numbers in texts, from their sources"
    )
    build.add_argument("modules", nargs="*", metavar="MODULE", help="such as 01; default: all")
    build.add_argument("--check", action="store_true", help="only say what is not up to date")
    build.set_defaults(run=_build)

    record = commands.add_parser(
        "record", help="run module 10's programs in PyTorch, Keras and scikit-learn; write it down"
    )
    record.set_defaults(run=_record)

    handout = commands.add_parser(
        "handout", help="zip the course for students, without solutions and hidden tests"
    )
    handout.add_argument("file", nargs="?", type=Path, help="default: dist/students.zip")
    handout.set_defaults(run=_handout)

    publish = commands.add_parser("publish", help="set the repository's name on GitHub everywhere")
    publish.add_argument("name", metavar="NAME", help="such as ada-lovelace/backprop")
    publish.set_defaults(run=_publish)

    release = commands.add_parser("release", help="make the files of a release in dist/")
    release.add_argument("tag", metavar="TAG", help="such as v0.1.0")
    release.set_defaults(run=_release)

    mistakes = commands.add_parser(
        "mistakes", help="print which known mistakes the checks reject and name"
    )
    mistakes.add_argument("exercises", nargs="*", metavar="EXERCISE", help="default: all")
    mistakes.add_argument(
        "--unnamed", metavar="ASSIGNMENT", help="print what a class did wrong that has no name"
    )
    mistakes.set_defaults(run=_mistakes)
    _add_new(commands)
    _add_grade(commands)
    return parser


def _add_new(commands: Any) -> None:
    new = commands.add_parser("new", help="write the skeleton of an exercise or a module")
    kinds = new.add_subparsers(required=True, metavar="KIND")
    exercise = kinds.add_parser("exercise", help="a file of its own, and a section in the source")
    exercise.add_argument("module", metavar="MODULE", help="its two digits, such as 05")
    exercise.add_argument("signature", metavar="FUNCTION", help='such as "clip(x, low, high)"')
    exercise.add_argument("--title", required=True, help="what it is about, in a few words")
    exercise.add_argument("--points", type=int, default=1, help="0 for practice; default: 1")
    exercise.set_defaults(run=_new_exercise)
    module = kinds.add_parser("module", help="its source, its room for exercises, its quiz")
    module.add_argument("number", metavar="NUMBER", help="two digits that are free, such as 15")
    module.add_argument("slug", metavar="SHORT-NAME", help="as in the folder: learning-rate")
    module.add_argument("--title", required=True, help="its heading")
    module.set_defaults(run=_new_module)


def _add_grade(commands: Any) -> None:
    grade = commands.add_parser("grade", help="grade what students have handed in")
    grade.add_argument("assignment", metavar="ASSIGNMENT", help="such as 01-neurons")
    grade.add_argument(
        "--student", nargs="+", default=[], metavar="ID", help="only these; default: all"
    )
    count, seconds = _above_zero(int), _above_zero(float)
    grade.add_argument("--workers", type=count, default=0, metavar="N", help="default: one a core")
    grade.add_argument(
        "--timeout",
        type=seconds,
        default=30.0,
        metavar="S",
        help="seconds for one cell; default: 30",
    )
    grade.add_argument("--force", action="store_true", help="also what is graded already")
    grade.add_argument("--db", metavar="URL", help="the gradebook; default: the course's own")
    grade.add_argument("--scheduler", metavar="ADDRESS", help="let a Dask cluster do the work")
    grade.add_argument(
        "--no-sandbox",
        action="store_true",
        help="run student code as yourself, where nothing can wall it off",
    )
    grade.set_defaults(run=_grade)

    clean = commands.add_parser(
        "clean", help="make harmless what was graded before, for whoever looks at it"
    )
    clean.add_argument("assignment", nargs="?", default="*", metavar="ASSIGNMENT")
    clean.set_defaults(run=_clean)

    stats = commands.add_parser("stats", help="say what a class found hard, and why")
    stats.add_argument("assignment", metavar="ASSIGNMENT", help="such as 01-neurons")
    stats.add_argument("--db", metavar="URL", help="the gradebook; default: the course's own")
    stats.set_defaults(run=_stats)


def _above_zero(kind: Callable[[str], float]) -> Callable[[str], float]:
    """Return a function that reads a number from the command line."""

    def read(text: str) -> float:
        number = kind(text)
        if not 0 < number < float("inf"):
            raise argparse.ArgumentTypeError(f"must be above 0, not {text}")
        return number

    read.__name__ = kind.__name__  # argparse names it where the text is no number
    return read


def _build(options: argparse.Namespace) -> int:
    from helpers.course import build

    root = find_root(Path.cwd())
    if not options.check:
        build.build(root, options.modules)
        return 0
    problems = list(build.stale(root, options.modules))
    print("\n".join(problems) or "Every notebook and table is what its source makes.")
    return 1 if problems else 0


def _new_exercise(options: argparse.Namespace) -> int:
    from helpers.course import scaffold

    root = find_root(Path.cwd())
    steps = scaffold.new_exercise(
        root, options.module, options.signature, options.title, options.points
    )
    return _say_next(steps)


def _new_module(options: argparse.Namespace) -> int:
    from helpers.course import scaffold

    root = find_root(Path.cwd())
    return _say_next(scaffold.new_module(root, options.number, options.slug, options.title))


def _say_next(steps: Sequence[str]) -> int:
    print("Written. Next:", *steps, sep="\n- ")
    return 0


def _record(_options: argparse.Namespace) -> int:
    from helpers.course.recording import record

    print("Recorded:", *record(find_root(Path.cwd())), sep="\n- ")
    return 0


def _handout(options: argparse.Namespace) -> int:
    from helpers.course.handout import handout

    root = find_root(Path.cwd())
    made = handout(root, options.file or root / "dist" / "students.zip")
    print(f"Made {made}, {made.stat().st_size / 1e6:.1f} MB.")
    return 0


def _publish(options: argparse.Namespace) -> int:
    from helpers.course.publish import publish

    root = find_root(Path.cwd())
    for path in publish(root, options.name):
        print(path.relative_to(root).as_posix())
    print(f"The repository is called {options.name} everywhere. Look at: git diff")
    return 0


def _release(options: argparse.Namespace) -> int:
    from helpers.course.release import release

    for path in release(find_root(Path.cwd()), options.tag):
        print(path)
    return 0


def _grade(options: argparse.Namespace) -> int:
    from helpers.course.grading.clean_process import begun

    root = find_root(Path.cwd())
    if options.scheduler:
        return _grade_with(options, root)
    with begun(root, options.timeout, not options.no_sandbox) as premises:
        return _grade_with(options, root, premises)


def _grade_with(options: argparse.Namespace, root: Path, premises: Any = None) -> int:
    from helpers.course.grading.interrupts import afterward

    with afterward():  # what is imported may swallow Ctrl-C
        from helpers.course.grading.command import Order, grade_class

    order = Order(
        assignment=options.assignment,
        students=options.student,
        workers=options.workers,
        timeout=options.timeout,
        force=options.force,
        database=options.db,
        scheduler=options.scheduler,
        walled=not options.no_sandbox,
    )
    return grade_class(root, order, premises=premises)


def _clean(options: argparse.Namespace) -> int:
    from helpers.course.nbgrader.clean import clean

    return clean(find_root(Path.cwd()), options.assignment)


def _stats(options: argparse.Namespace) -> int:
    from helpers.course.grading.statistics import stats

    return stats(find_root(Path.cwd()), options.assignment, options.db)


def _mistakes(options: argparse.Namespace) -> int:
    if options.unnamed:
        from helpers.course.grading.unnamed import unnamed

        return unnamed(find_root(Path.cwd()), options.unnamed)
    known = exercises()
    for name in options.exercises:
        if name not in known:
            raise CourseError(f"there is no exercise {name}; there are: {', '.join(known)}")
    asked = [known[name] for name in options.exercises or known]
    for exercise in asked:
        if any(outcome.missing for outcome in exercise.case_set().expected()):
            raise CourseError(
                f"{exercise.name} has no right answer yet: write it in its file in "
                "helpers/exercises, in place of the raise line."
            )
    rows = kill_table(asked)
    print(as_text(rows, _contradictions(find_root(Path.cwd()))))
    return 0 if all(row.passed for row in rows) else 1


def _contradictions(root: Path) -> set[tuple[str, ...]]:
    """Return what people have called wrong: exercise, mistake, and the sentence of a kind."""
    table = root / "tests" / "checks" / "kinds" / "reviewed.tsv"
    lines = table.read_text(encoding="utf-8").split("\n") if table.exists() else []
    rows = [line.split("\t") for line in lines if line.endswith("\tcontradiction")]
    return {(exercise, mistake, sentence) for exercise, mistake, _, sentence, _ in rows}


if __name__ == "__main__":
    sys.exit(main())
