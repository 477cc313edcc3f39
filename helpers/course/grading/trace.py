"""Why a mark is what it is: a record for each time that a submission was graded.

``grading/ASSIGNMENT/trace.jsonl`` has one JSON object on each line, the last one of a student
counts. A record is written before the marks that it explains, so that no mark is without one.
"""

import json
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from helpers.course.grading.assignments import Result
from helpers.course.grading.lines import append
from helpers.course.grading.package import version

_LONGEST = 2**20  # bytes of a record
_LETTERS = 16  # of a name that is a hash


class Trace:
    """The records of an assignment; nobody else on the machine reads them.

    Parameters
    ----------
    path : Path
        The file, which may not be there yet.
    secret : str
        The name of the secret that chooses hidden cases.
    """

    def __init__(self, path: Path, secret: str) -> None:
        self._path = path
        self._secret = secret

    def of_another_secret(self) -> bool:
        """Whether the last record was made with another secret."""
        try:
            with self._path.open("rb") as file:
                file.seek(max(self._path.stat().st_size - _LONGEST, 0))
                last = json.loads(file.read().splitlines()[-1])
        except (OSError, ValueError, IndexError):
            return False
        return last.get("secret", self._secret) != self._secret

    def add(self, results: Iterable[Result]) -> None:
        """Add a record for each result."""
        secret = {"secret": self._secret}
        lines = (json.dumps(record(result) | secret) + "\n" for result in results)
        append(self._path, "".join(lines))


def record(result: Result) -> dict[str, Any]:
    """Return what there is to know about how a submission was graded.

    ``checks`` names the version of the course's package, to its last byte. ``hidden`` says
    which hidden cases an answer came to.
    """
    return {
        "student": result.student,
        "submission": result.digest[:_LETTERS],
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "checks": _version(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "seconds": round(result.seconds, 3),
        "second": result.second,
        "marks": {
            name: {
                mark.grade_id: {
                    "score": mark.score,
                    "points": mark.points,
                    "state": mark.state,
                    "mistake": mark.mistake,
                    "hidden": mark.hidden,
                }
                for mark in graded.marks
            }
            for name, graded in result.notebooks.items()
        },
    }


@cache
def _version() -> str:
    return version()[:_LETTERS]
