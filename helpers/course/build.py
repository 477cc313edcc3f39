"""From one text source per module to the notebooks that instructors and students open.

``solutions/NN-slug/NN-slug.md`` is edited by hand. From it come the executed
solutions notebook beside it and, through nbgrader, the student notebook in
``notebooks/``.

Two short cell options stand for nbgrader's metadata:

``:answer: NAME``
    the cell in which the student writes ``NAME``;
``:check: NAME`` and ``:points: N``
    the cell that checks it; the hidden tests are added here. With 0 points it is
    practice: nbgrader keeps the cell as it is, and neither tests nor marks it.

Every notebook with code begins with `FIRST_CELL`.

Numbers and tables that follow from the sources are written first; see `generated`.
"""

import asyncio
import contextlib
import copy
import difflib
import hashlib
import logging
import os
import re
import shutil
import tempfile
import zlib
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

import helpers
from helpers.checks import exercises
from helpers.course import generated
from helpers.course.equal_pictures import keep_pictures
from helpers.course.folder import CONFIG, CourseError
from helpers.course.kernels import AsyncFileKernelManager

CELL_SECONDS = 120
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_WIDGET = "application/vnd.jupyter.widget-view+json"

# What a notebook says where it was opened without the course: on Colab, on Kaggle, in an email.
# It names no package index: what is called helpers there is a stranger's.
FIRST_CELL = """\
# Is the course here? If not, this says what to do.
try:
    from helpers import check as _check, quiz as _quiz
except ImportError as error:
    other = f"Remove or rename {error.path}. " if error.path else ""
    raise ImportError(
        f"The course is not installed here. {other}Run this line in a new "
        "cell, then restart the kernel:\\n\\n"
        "%pip install https://github.com/OWNER/REPOSITORY/archive/main.zip"
    ) from None"""


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
    """Make the solutions notebook of a text source, not yet executed.

    Raises
    ------
    CourseError
        If an answer or a check is not as it should be.
    """
    notebook = jupytext.read(source, fmt="md:myst")
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells, 1):
        try:
            _expand(cell, seen)
            cell.source = generated.without_marks(cell.source)
        except CourseError as error:
            raise CourseError(f"{source.name}, cell {number}: {error}") from None
    _add_first_cell(notebook)
    _name_cells(notebook)
    notebook.metadata = NotebookNode(kernelspec=_KERNEL, language_info={"name": "python"})
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    nbformat.validate(notebook)
    return notebook


def _add_first_cell(notebook: NotebookNode) -> None:
    """Put the first cell below the title, folded, and left out of exported pages."""
    if any(cell.cell_type == "code" for cell in notebook.cells):
        metadata = {"jupyter": {"source_hidden": True}, "tags": ["remove-cell"]}
        first = nbformat.v4.new_code_cell(FIRST_CELL, metadata=metadata)
        has_title = notebook.cells[0].cell_type == "markdown"
        notebook.cells.insert(1 if has_title else 0, first)


def _expand(cell: NotebookNode, seen: set[str]) -> None:
    """Turn the short cell options into nbgrader's metadata."""
    answer, check = cell.metadata.pop("answer", None), cell.metadata.pop("check", None)
    points = cell.metadata.pop("points", None)
    if answer is not None:
        _require_exercise(answer)
        _require_solution(answer, cell)
        cell.metadata["nbgrader"] = _nbgrader(answer, solution=True)
    if check is not None:
        _require_exercise(check)
        _require_points(check, points)
        if _grade_id(check) not in seen:
            raise CourseError(f"it checks {check}, but no cell above answers it.")
        cell.metadata["nbgrader"] = _nbgrader(f"{check}-check", grade=points > 0, points=points)
        if points > 0:
            cell.source += (
                "\n### BEGIN HIDDEN TESTS"
                f"\ncheck.{check}({check}, hidden={zlib.crc32(check.encode())})"
                "\n### END HIDDEN TESTS"
            )
    elif points is not None:
        raise CourseError("it has :points: but no :check:, which says what they are for.")
    if "nbgrader" in cell.metadata:
        grade_id = cell.metadata["nbgrader"]["grade_id"]
        if grade_id in seen:
            raise CourseError(f"there is a cell {grade_id!r} above already.")
        seen.add(grade_id)


def _require_exercise(name: Any) -> None:
    known = exercises()
    if name not in known:
        close = difflib.get_close_matches(str(name), known, n=1)
        meant = f"Did you mean {close[0]}?" if close else "Write it in helpers/exercises."
        raise CourseError(f"there is no exercise called {name!r}. {meant}")


def _require_solution(answer: str, cell: NotebookNode) -> None:
    if any(cell.source.count(f"### {end} SOLUTION") != 1 for end in ("BEGIN", "END")):
        raise CourseError(
            f"the answer {answer} needs one line ### BEGIN SOLUTION and one ### END SOLUTION."
        )


def _require_points(check: str, points: Any) -> None:
    if points is None:
        raise CourseError(f"the check of {check} needs :points: as well.")
    if not isinstance(points, int | float) or not points >= 0:
        raise CourseError(f"the points of {check} should be 0 or a number above, not {points!r}.")


def _grade_id(name: str) -> str:
    return name.replace("_", "-")


def _nbgrader(name: str, **roles: Any) -> dict[str, Any]:
    grade, solution = roles.get("grade", False), roles.get("solution", False)
    return {
        "schema_version": 3,
        "grade_id": _grade_id(name),
        "grade": grade,
        "solution": solution,
        "locked": not solution,
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
    CourseError
        If a cell fails, or writes to stderr; names the cell.
    """
    started: list[int] = []
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name=_KERNEL["name"],
        kernel_manager_class=AsyncFileKernelManager,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--IPKernelApp.log_level=ERROR"],  # it warns of plain text on this machine
        iopub_timeout=CELL_SECONDS,  # on a busy machine prints come late; the default drops them
        raise_on_iopub_timeout=True,
        store_widget_state=False,
        record_timing=False,
        coalesce_streams=True,  # how prints are cut into pieces is a matter of chance
        on_cell_start=lambda cell, cell_index: started.append(cell_index),  # noqa: ARG005
    )
    try:
        _run(client.async_execute(env=_with_these_helpers()))
    except (CellControlSignal, DeadKernelError) as error:
        raise CourseError(_failure(notebook, started[-1], error)) from error
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(_WIDGET, None)
            if output.output_type == "stream" and output.name == "stderr":
                raise CourseError(
                    f"cell {number} wrote to stderr, which costs marks: {output.text.strip()}"
                )
    notebook.metadata = NotebookNode(kernelspec=_KERNEL, language_info={"name": "python"})


def _run(work: Coroutine) -> None:
    """Run nbclient's work in a thread of its own; Ctrl-C ends it, and its kernel.

    In the main thread nbclient hears Ctrl-C itself: it closes the sockets that it waits for, and
    the build ends with a CancelledError, or with a cell that has failed.
    """
    runner = asyncio.Runner(loop_factory=asyncio.SelectorEventLoop)  # ZeroMQ needs that on Windows
    loop = runner.get_loop()
    task = loop.create_task(work)

    def run() -> None:
        with runner:  # which ends what nbclient has left
            loop.run_until_complete(task)

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        try:
            running.result()
        except KeyboardInterrupt:
            with contextlib.suppress(RuntimeError):  # it has just ended
                loop.call_soon_threadsafe(task.cancel)
            raise


def _with_these_helpers() -> dict[str, str]:
    """Return the environment of a kernel that imports the `helpers` that run here."""
    here = str(Path(helpers.__file__).parents[1])
    before = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, before)))}


def _failure(notebook: NotebookNode, index: int, error: Exception) -> str:
    """Say which cell failed, and how."""
    cell = notebook.cells[index]
    reasons = [f"{o.ename}: {o.evalue}" for o in cell.outputs if o.output_type == "error"]
    first_line = cell.source.split("\n")[0]
    return f"cell {index + 1} failed ({first_line}). {reasons[-1] if reasons else error}"


def student_folder(root: Path, source: Path, solutions: NotebookNode, work: Path) -> Path:
    """Let nbgrader make the folder that students get, below the folder `work`.

    Raises
    ------
    CourseError
        If nbgrader cannot; its own message is in the log.
    """
    module = source.stem
    author = work / "solutions" / module
    shutil.copytree(source.parent, author, ignore=shutil.ignore_patterns("*.ipynb*"))
    nbformat.write(solutions, author / f"{module}.ipynb")

    config: Config = PyFileConfigLoader(CONFIG, str(root)).load_config()
    config.CourseDirectory.root = str(work)
    config.CourseDirectory.assignment_id = module
    config.GenerateAssignment.no_database = True
    config.SaveCells.enabled = False
    converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    converter.log.setLevel(logging.ERROR)
    try:
        converter.start()
    except NbGraderException as error:
        raise CourseError(f"{module}: nbgrader made no student notebook. {error}") from error
    return work / config.CourseDirectory.release_directory / module


def build(root: Path, modules: list[str]) -> None:
    """Make and execute the notebooks of some modules, or of all.

    A module whose notebooks cannot be made keeps the ones that it has.
    """
    for text in generated.refresh(root):
        print(f"Wrote the generated numbers of {text.relative_to(root).as_posix()}", flush=True)
    for source in find_sources(root, modules):
        print(f"Building {source.stem}", flush=True)
        solutions = solutions_notebook(source)
        try:
            execute(solutions, source.parent)
        except CourseError as error:
            raise CourseError(f"{source.name}, {error}") from error
        with tempfile.TemporaryDirectory() as work:
            made = student_folder(root, source, solutions, Path(work))
            shutil.copytree(made, root / "notebooks" / source.stem, dirs_exist_ok=True)
        committed = source.with_suffix(".ipynb")
        if (old := _read(committed)) is not None:
            keep_pictures(solutions, old)
        nbformat.write(solutions, committed)


def stale(root: Path, modules: list[str]) -> Iterator[str]:
    """Yield one sentence for every committed file that its source would not make.

    Sources and metadata are compared. Outputs are nbval's job. A text whose generated
    numbers are old gets a sentence, too.
    """
    yield from generated.stale(root)
    expected = set()
    for source in find_sources(root, modules):
        solutions = solutions_notebook(source)
        with tempfile.TemporaryDirectory() as work:
            made = student_folder(root, source, solutions, Path(work))
            student = nbformat.read(made / f"{source.stem}.ipynb", as_version=4)
        committed = root / "notebooks" / source.stem / f"{source.stem}.ipynb"
        yield from _differences(source.with_suffix(".ipynb"), solutions, root)
        yield from _differences(committed, student, root)
        expected |= {source.with_suffix(".ipynb"), committed}
    if not modules:
        yield from _strays(root, expected)


def _strays(root: Path, expected: set[Path]) -> Iterator[str]:
    """Yield one sentence for every notebook that nothing makes."""
    for folder in ("solutions", "notebooks"):
        for notebook in sorted((root / folder).rglob("*.ipynb")):
            if notebook not in expected and ".ipynb_checkpoints" not in notebook.parts:
                name = notebook.relative_to(root)
                yield f"{name} has no source. Delete it, or write one."


def _differences(committed: Path, fresh: NotebookNode, root: Path) -> Iterator[str]:
    name = committed.relative_to(root)
    if not committed.exists():
        yield f"{name} is missing. Run: course build"
        return
    notebook = _read(committed)
    if notebook is None:
        yield f"{name} is not a notebook. Run: course build"
        return
    old, new = _comparable(notebook), _comparable(fresh)
    if old == new:
        return
    pairs = zip(old["cells"], new["cells"], strict=False)
    where = next((i for i, (a, b) in enumerate(pairs, 1) if a != b), None)
    place = f"from cell {where} on" if where else "in its metadata or its last cells"
    yield f"{name} is not what its source makes, {place}. Run: course build"


def _read(path: Path) -> NotebookNode | None:
    """Return a committed notebook; None if there is none, or if the file is no notebook."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (AttributeError, KeyError, OSError, TypeError, ValueError, nbformat.ValidationError):
        return None
    return notebook


def _comparable(notebook: NotebookNode) -> dict[str, Any]:
    """Return what is compared of a notebook: everything but outputs."""
    plain = copy.deepcopy(dict(notebook))
    for cell in plain["cells"]:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
        cell["source"] = re.sub(r"[ \t]+$", "", cell["source"], flags=re.M)
    return plain
