"""Write down what other libraries compute, so that a notebook can show it without them."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from helpers.course.build import solutions_notebook
from helpers.course.folder import CourseError
from helpers.reference import elsewhere

MODULE = "10-elsewhere"


def programs(root: Path) -> dict[str, Any]:
    """Run the module that compares libraries; return what its programs computed.

    Raises
    ------
    CourseError
        If a library is not installed.
    """
    source = root / "solutions" / MODULE / f"{MODULE}.md"
    with elsewhere.recording() as made, contextlib.redirect_stdout(io.StringIO()):
        try:
            run_cells(source)
        except ModuleNotFoundError as error:
            raise CourseError(
                f"{error.name} is not installed. Type: pip install torch keras scikit-learn"
            ) from None
    return made


def run_cells(source: Path) -> None:
    """Run the cells of a module in this process, one after the other."""
    cells = [cell.source for cell in solutions_notebook(source).cells if cell.cell_type == "code"]
    names: dict[str, Any] = {"__name__": "__main__"}
    for number, cell in enumerate(cells, 1):
        exec(compile(cell, f"{source.stem}, cell {number}", "exec"), names)


def record(root: Path) -> list[str]:
    """Write the record anew; return the names of the programs in it.

    Raises
    ------
    CourseError
        As for `programs`.
    """
    made = programs(root)
    lines = (f"{json.dumps(name)}: {json.dumps(made[name])}" for name in made)
    elsewhere.RECORD.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return list(made)
