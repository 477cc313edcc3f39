"""Print the processor time that `course grade` takes for its start and for one submission.

    python benchmarks/processor_time.py     # every module with marks, 40 submissions of each
    python benchmarks/processor_time.py --submissions 100 --modules 05-backpropagation

Classes are those of `grading_speed.py`. What counts is the command, what judges, and the students'
own processes; not the warm one, which takes a second, and some milliseconds for each fork. What one
submission takes is what a class takes, less what its first student alone takes, so the start is not
in it. Other work on the machine matters little.
"""

import argparse
import csv
import resource
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.grading_speed import new_course  # noqa: E402
from tests.grading.course_directory import REPOSITORY, CourseDirectory  # noqa: E402

_LONGEST = 7_200  # seconds for one command


def modules() -> list[str]:
    """Return the modules that have marks."""
    notebooks = sorted((REPOSITORY / "notebooks").glob("*/*.ipynb"))
    return [path.stem for path in notebooks if '"grade": true' in path.read_text(encoding="utf-8")]


def processor_seconds(course: CourseDirectory, module: str, *options: str) -> tuple[float, float]:
    """Grade; return the seconds of the grader, and of the students' own processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    course.run("course", "grade", module, "--force", *options, seconds=_LONGEST)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    grader = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    table = course.folder / "grading" / module / "timing.csv"
    with table.open(encoding="utf-8", newline="") as rows:
        students = sum(float(row["processor_seconds"]) for row in csv.DictReader(rows))
    return grader, students


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--submissions", type=int, default=40)
    parser.add_argument("--modules", nargs="+", default=modules())
    options = parser.parse_args()
    count = options.submissions
    for module in options.modules:
        with tempfile.TemporaryDirectory() as home:
            course = new_course(Path(home), module, count)
            start = processor_seconds(course, module, "--student", "student-000")
            whole = processor_seconds(course, module)
        grader, student = ((w - s) / (count - 1) for w, s in zip(whole, start, strict=True))
        print(
            f"{module:<20} {grader + student:.3f} s a submission: grader {grader:.3f}, "
            f"student's process {student:.3f}; start {start[0]:.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
