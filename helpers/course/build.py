"""From one text source per module to the notebooks that instructors and students open.

``solutions/NN-slug/NN-slug.md`` is edited by hand. From it come the executed
solutions notebook beside it and, through nbgrader, the student notebook in
``notebooks/``.

Two short cell options stand for nbgrader's metadata:

``:answer: NAME``
    the cell in which the student writes ``NAME``;
``:check: NAME`` and ``:points: N``
    the cell that checks it; the hidden tests are added here.
"""

import copy
import hashlib
import logging
import re
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

CONFIG = "nbgrader_config.py"
CELL_SECONDS = 120
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_WIDGET = "application/vnd.jupyter.widget-view+json"


class CourseError(Exception):
    """Something that the person at the keyboard can mend; the message says how."""


def find_root(start: Path) -> Path:
    """Return the course folder that `start` is in.

    Raises
    ------
    CourseError
        If there is none.
    """
    for folder in (start, *start.parents):
        if (folder / CONFIG).exists():
            return folder
    raise CourseError(f"{start} is not in a course: no {CONFIG} here or above. Go to the course.")


def find_sources(root: Path, modules: list[str]) -> list[Path]:
    """Return the text sources of some modules, or of all, in order.

    Raises
    ------
    CourseError
        If a module is unknown, or a folder and its source have different names.
    """
    sources = sorted(root.glob("solutions/*/*.md"))
    for source in sources:
        if source.stem != source.parent.name:
            raise CourseError(
                f"{source} should be called {source.parent.name}.md, like its folder."
            )
    known = [source.stem for source in sources]
    for module in modules:
        if not any(name.startswith(module) for name in known):
            raise CourseError(f"There is no module {module}. There are: {', '.join(known)}.")
    return [s for s in sources if not modules or any(s.stem.startswith(m) for m in modules)]


def solutions_notebook(source: Path) -> NotebookNode:
    """Make the solutions notebook of a text source, not yet executed."""
    notebook = jupytext.read(source, fmt="md:myst")
    for cell in notebook.cells:
        _expand(cell, source)
    _name_cells(notebook)
    notebook.metadata = NotebookNode(kernelspec=_KERNEL, language_info={"name": "python"})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.validate(notebook)
    return notebook


def _expand(cell: NotebookNode, source: Path) -> None:
    """Turn the short cell options into nbgrader's metadata."""
    answer, check = cell.metadata.pop("answer", None), cell.metadata.pop("check", None)
    points = cell.metadata.pop("points", None)
    if (check is None) != (points is None):
        raise CourseError(f"{source}: a check needs both :check: and :points: ({check or points}).")
    if answer:
        cell.metadata["nbgrader"] = _nbgrader(answer, solution=True)
    if check:
        cell.metadata["nbgrader"] = _nbgrader(f"{check}-check", grade=True, points=points)
        cell.source += (
            "\n### BEGIN HIDDEN TESTS"
            f"\ncheck.{check}({check}, hidden={zlib.crc32(check.encode())})"
            "\n### END HIDDEN TESTS"
        )


def _nbgrader(grade_id: str, **roles: Any) -> dict[str, Any]:
    grade, solution = roles.get("grade", False), roles.get("solution", False)
    return {
        "schema_version": 3,
        "grade_id": grade_id.replace("_", "-"),
        "grade": grade,
        "solution": solution,
        "locked": grade,
        "task": False,
        **({"points": roles["points"]} if grade else {}),
    }


def _name_cells(notebook: NotebookNode) -> None:
    """Give every cell an id that depends on the cell alone."""
    seen: dict[str, int] = {}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        name = name or hashlib.sha256(cell.source.encode()).hexdigest()[:12]
        seen[name] = seen.get(name, 0) + 1
        cell["id"] = name if seen[name] == 1 else f"{name}-{seen[name]}"


def execute(notebook: NotebookNode, folder: Path) -> None:
    """Run a notebook from top to bottom, and keep outputs that mean something without a kernel.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails.
    """
    NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name=_KERNEL["name"],
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        record_timing=False,
    ).execute()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(_WIDGET, None)
            if output.output_type == "stream" and output.name == "stderr":
                raise CourseError(f"a cell wrote to stderr, which costs marks: {output.text}")
    notebook.metadata = NotebookNode(kernelspec=_KERNEL, language_info={"name": "python"})


def student_notebooks(root: Path, assignment: str, release: Path) -> list[Path]:
    """Let nbgrader make the student version of an assignment below the folder `release`."""
    config: Config = PyFileConfigLoader(CONFIG, str(root)).load_config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.release_directory = str(release)
    config.CourseDirectory.assignment_id = assignment
    config.GenerateAssignment.no_database = True
    config.GenerateAssignment.force = True
    config.SaveCells.enabled = False
    coursedir = CourseDirectory(config=config)
    converter = GenerateAssignment(coursedir=coursedir, config=config)
    converter.log.setLevel(logging.ERROR)
    converter.start()
    return sorted((release / assignment).glob("*.ipynb"))


def build(root: Path, modules: list[str]) -> None:
    """Make and execute the notebooks of some modules, or of all."""
    for source in find_sources(root, modules):
        print(f"{source.stem}: solutions", end="", flush=True)
        notebook = solutions_notebook(source)
        execute(notebook, source.parent)
        nbformat.write(notebook, source.with_suffix(".ipynb"))
        print(", student notebook", flush=True)
        student_notebooks(root, source.stem, root / "notebooks")


def stale(root: Path, modules: list[str]) -> Iterator[str]:
    """Yield one sentence for every committed notebook that its source would not make.

    Sources and metadata are compared. Outputs are nbval's job.
    """
    sources = find_sources(root, modules)
    for source in sources:
        fresh = solutions_notebook(source)
        yield from _differences(source.with_suffix(".ipynb"), fresh, root)
        with tempfile.TemporaryDirectory() as release:
            for path in student_notebooks(root, source.stem, Path(release)):
                committed = root / "notebooks" / source.stem / path.name
                yield from _differences(committed, nbformat.read(path, as_version=4), root)
    if not modules:
        made = {source.stem for source in sources}
        for notebook in sorted(root.glob("notebooks/*/*.ipynb")):
            if notebook.stem not in made:
                yield f"{notebook.relative_to(root)} has no source. Delete it, or write one."


def _differences(committed: Path, fresh: NotebookNode, root: Path) -> Iterator[str]:
    name = committed.relative_to(root)
    if not committed.exists():
        yield f"{name} is missing. Run: course build"
        return
    old, new = _comparable(nbformat.read(committed, as_version=4)), _comparable(fresh)
    if old == new:
        return
    pairs = zip(old["cells"], new["cells"], strict=False)
    where = next((i for i, (a, b) in enumerate(pairs, 1) if a != b), None)
    place = f"from cell {where} on" if where else "in its metadata or its last cells"
    yield f"{name} is not what its source makes, {place}. Run: course build"


def _comparable(notebook: NotebookNode) -> dict[str, Any]:
    """Return what is compared of a notebook: everything but outputs."""
    plain = copy.deepcopy(dict(notebook))
    for cell in plain["cells"]:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
        cell["source"] = re.sub(r"[ \t]+$", "", cell["source"], flags=re.M)
    return plain
