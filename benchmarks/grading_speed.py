"""Time `course grade` against `nbgrader autograde`, side by side on the same submissions.

    python benchmarks/grading_speed.py    # 100 submissions of modules 01 and 05, 3 rounds
    python benchmarks/grading_speed.py --submissions 20 --rounds 1
    python benchmarks/grading_speed.py --submissions 500 --rounds 1 --stock 100

Whole notebooks as students hand them in: right, partly right, wrong and not started. The two
graders take turns; each round grades everything anew, in course directories of their own. Times
are those of the whole command as it is typed, start included; the median of the rounds counts. With
``--stock`` the slower grader gets the first so many submissions, and its time is multiplied:
all but its start, a few seconds, grows with the class. Run it on an idle machine.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.grading.course_directory import REPOSITORY, CourseDirectory, read  # noqa: E402
from tests.grading.submissions import answer, solutions  # noqa: E402

_LONGEST = 7_200  # seconds for one command
MODULES = ("01-neurons", "05-backpropagation")


def handed_in(module: str, number: int) -> NotebookNode:
    """Return one of the class's notebooks: every fourth right, others with a slip, or empty."""
    notebook = read(REPOSITORY / "notebooks" / module / f"{module}.ipynb")
    for place, (name, source) in enumerate(solutions(module).items()):
        slip = number % 4 and place % 4 == number % 4
        if number % 10 == 9 or (slip and number % 3 == 0):
            continue  # not started
        answer(notebook, name).source = source.replace("return ", "return -", 1) if slip else source
    return notebook


def new_course(folder: Path, module: str, count: int) -> CourseDirectory:
    course = CourseDirectory(folder, module)
    course.trust_students()
    course.nbgrader("generate_assignment", module, "--force")
    for number in range(count):
        course.hand_in(f"student-{number:03}", handed_in(module, number))
    return course


def seconds(course: CourseDirectory, *command: str) -> float:
    """Grade with a command, everything anew; return how long that took."""
    shutil.rmtree(course.folder / "autograded", ignore_errors=True)
    started = time.perf_counter()
    course.run(*command, seconds=_LONGEST)
    return time.perf_counter() - started


def compare(module: str, count: int, rounds: int, workers: int, stock: int) -> None:
    """Print the times of both graders, and their ratio."""
    graders = {
        "nbgrader autograde": (min(stock, count), ("nbgrader", "autograde", module)),
        "course grade": (
            count,
            ("course", "grade", module, "--force", "--workers", str(workers)),
        ),
    }
    times: dict[str, list[float]] = {grader: [] for grader in graders}
    with tempfile.TemporaryDirectory() as home:
        courses = {
            grader: new_course(Path(home) / str(place), module, size)
            for place, (grader, (size, _)) in enumerate(graders.items())
        }
        for _ in range(rounds):
            for grader, (size, command) in graders.items():
                taken = seconds(courses[grader], *command)
                times[grader].append(taken * count / size)
        theirs, ours = (courses[grader].marks for grader in graders)
    medians = [statistics.median(times[grader]) for grader in graders]
    for (grader, (size, _)), median in zip(graders.items(), medians, strict=True):
        print(
            f"{module:<20} {grader:<20} {median:8.1f} s  {60 * count / median:7.0f} a minute"
            f"  ({', '.join(f'{t:.1f}' for t in times[grader])})"
            + f"  of {size}, times {count / size:g}"
            * (size < count)
        )
    agree = len(ours) == count and all(ours[student] == marks for student, marks in theirs.items())
    same = "the same marks" if agree else "OTHER MARKS"
    print(f"{module:<20} {same}; {medians[0] / medians[1]:.1f} times as fast", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--submissions", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--stock", type=int, default=sys.maxsize, metavar="SUBMISSIONS")
    parser.add_argument("--modules", nargs="+", default=MODULES)
    options = parser.parse_args()
    for module in options.modules:
        compare(module, options.submissions, options.rounds, options.workers, options.stock)


if __name__ == "__main__":
    main()
