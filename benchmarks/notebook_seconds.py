"""What each module costs the machine: seconds to run its solutions notebook from top to bottom.

A student's Run All and an autograde take about as long. Start of the kernel included.
"""

import time
from pathlib import Path

from helpers.course.build import execute, find_sources, solutions_notebook

ROOT = Path(__file__).parents[1]


def main() -> None:
    for source in find_sources(ROOT, []):
        notebook = solutions_notebook(source)
        start = time.perf_counter()
        execute(notebook, source.parent)
        print(f"{source.stem:<22} {time.perf_counter() - start:6.1f} s", flush=True)


if __name__ == "__main__":
    main()
