"""What students hand in: read whatever its state, and mended."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader import utils

from helpers.checks import exercises
from helpers.course.nbgrader import PICTURES, exercise_name


def read_submission(data: bytes) -> NotebookNode:
    """Make a valid notebook of what a student handed in.

    Only the cells are taken over, with their source and nbgrader's metadata. A
    tag such as ``skip-execution`` would earn a check its points.

    Parameters
    ----------
    data : bytes
        A notebook in UTF-8, UTF-16, UTF-32 or Latin-1, of which no more than a cell above
        `MOST_CELLS` is read. Anything else becomes a notebook that says it could not be read.
    """
    try:
        found = filter(_is_cell, _cells_of(json.loads(_decoded(data))))
        cells = [_whole(cell) for cell in islice(found, MOST_CELLS + 1)]
    except (ValueError, TypeError, KeyError, RecursionError):
        cells = [_new_cell("markdown", UNREADABLE)]
    for i, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{i}"
    return NotebookNode(cells=cells, metadata=NotebookNode(), nbformat=4, nbformat_minor=5)


MOST_CELLS = 2_000
UNREADABLE = (
    "**This file could not be read as a notebook, so there was nothing to grade.** "
    "Open your notebook in JupyterLab, save it, and hand it in again."
)
TOO_LARGE = "This file is too large to be a notebook of this course, so it was not read."
IMPORT_CHECK = "from helpers import check"
_KINDS = ("code", "markdown", "raw")


def why_unreadable(nb: NotebookNode) -> str:
    """Return what stands in place of a file that was not read; empty where one was."""
    own = [
        cell.source for cell in nb.cells if not utils.is_grade(cell) and cell.source != IMPORT_CHECK
    ]
    return own[0] if own in ([UNREADABLE], [TOO_LARGE]) else ""


def _new_cell(kind: str, source: str, name: str = "") -> NotebookNode:
    """Make a cell; nbformat's own functions validate each one, which takes their time."""
    extras = {"execution_count": None, "outputs": []} if kind == "code" else {}
    cell = {"id": name, "cell_type": kind, "metadata": NotebookNode(), "source": source}
    return NotebookNode({**cell, **extras})


def _decoded(data: bytes) -> str:
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _cells_of(content: dict[str, Any]) -> Iterator[Any]:
    """Yield the cells of a notebook, also of one in nbformat 3, where code is called input."""
    if "worksheets" not in content:
        yield from content["cells"]
        return
    for cell in (cell for sheet in content["worksheets"] for cell in sheet["cells"]):
        yield {"source": cell.get("input"), **cell} if isinstance(cell, dict) else None


@lru_cache(maxsize=1000)  # most cells are the same for the whole class
def bare(source: str) -> str:
    r"""Return code without white space that editors add and take away as they save.

    >>> bare("a = 1  \nb = 2\n")
    'a = 1\nb = 2'
    """
    return "\n".join(map(str.rstrip, source.split("\n"))).strip("\n")


def _is_cell(cell: Any) -> bool:
    return isinstance(cell, dict) and cell.get("cell_type") in _KINDS


def _whole(cell: dict[str, Any]) -> NotebookNode:
    """Make a new cell from what is usable of another."""
    source, metadata = cell.get("source"), cell.get("metadata")
    lines = source if isinstance(source, list) else [source]
    text = "".join(line for line in lines if isinstance(line, str))
    text = text.encode("utf-8", "replace").decode()  # half a character cannot be written again
    text = text.replace("\r\n", "\n")  # or no cell would be as it was released
    new = _new_cell(cell["cell_type"], text)
    if new.cell_type == "markdown":
        new["attachments"] = nbformat.from_dict(_images(cell.get("attachments")))
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if isinstance(marks, dict):
        new.metadata["nbgrader"] = nbformat.from_dict(marks)
    return new


def _images(attachments: Any) -> dict[str, dict[str, str]]:
    """Return the pictures that a student has pasted into a text."""
    found = attachments if isinstance(attachments, dict) else {}
    kept = {}
    for name, data in found.items():
        formats = data.items() if isinstance(data, dict) else ()
        images = {k: v for k, v in formats if k in PICTURES and isinstance(v, str)}
        if images:
            kept[name] = images
    return kept


@dataclass(frozen=True)
class KnownCell:
    """A graded or locked cell, as the gradebook knows it.

    Attributes
    ----------
    name, kind, source, checksum : str
        The grade_id, the type, the source with its hidden tests, and the checksum.
    locked, solution : bool
        Whether students may not edit it; whether it is theirs to answer.
    points : float or None
        What it is worth, where it is graded.
    """

    name: str
    kind: str
    source: str
    checksum: str
    locked: bool
    solution: bool
    points: float | None

    @property
    def marks(self) -> dict[str, Any]:
        """The metadata that nbgrader keeps on the cell."""
        return {
            "schema_version": 3,
            "grade_id": self.name,
            "grade": self.points is not None,
            "solution": self.solution,
            "locked": self.locked,
            "task": False,
            "cell_type": self.kind,
            "checksum": self.checksum,
            **({} if self.points is None else {"points": self.points}),
        }


def mend(nb: NotebookNode, cells: Sequence[KnownCell], imports: str = IMPORT_CHECK) -> list[str]:
    """Set right what a student did to graded cells; return a sentence for each kind of repair.

    Cells keep their code. Only the marks on them are set right: what nbgrader
    knows of a cell comes from the gradebook. Of several cells with the same id the
    last counts, since that is where the student went on, and the others are
    ordinary cells. A check that was deleted comes back before the next graded cell,
    so that it finds the answer wherever the student wrote it. One that stands above
    its answer, which the student ran in another order, comes right below it.

    Parameters
    ----------
    nb : NotebookNode
        What was handed in, as `read_submission` returns it.
    cells : Sequence of KnownCell
        The cells of the gradebook, in the order of the course.
    imports : str
        What stands above all cells where the notebook does not have it as it is: a line that
        fails among a student's own imports, such as of pandas, shall not cost everything.
    """
    present, doubled = _mark(nb, cells)
    _restore_checks(nb, {cell.name: cell.source for cell in cells if cell.locked})
    deleted = [cell for cell in cells if cell.points is not None and cell.name not in present]
    for cell in deleted:
        _put_back(nb, cell, cells)
    moved = list(_move_below_answers(nb, cells, doubled))
    _put_imports_first(nb, imports)
    repairs = {
        "Deleted checks were put back: {}.": [cell.name for cell in deleted],
        "Of several cells with one id the last counts: {}.": [
            cell.name for cell in cells if cell.points is not None and cell.name in doubled
        ],
        "Checks that stood above their answers came below them: {}.": moved,
    }
    return [said.format(", ".join(names)) for said, names in repairs.items() if names]


def _mark(nb: NotebookNode, cells: Sequence[KnownCell]) -> tuple[set[str], set[str]]:
    """Set the metadata of every cell right; return the grade_ids there, and those there twice."""
    known = {cell.name: cell for cell in cells}
    present: set[str] = set()
    doubled: set[str] = set()
    for cell in reversed(nb.cells):
        name = cell.metadata.pop("nbgrader", {}).get("grade_id")
        if not isinstance(name, str) or name not in known:
            continue
        if name in present:
            doubled.add(name)
            continue
        present.add(name)
        cell.metadata = NotebookNode(nbgrader=NotebookNode(known[name].marks))
        _retype(cell, known[name].kind)
    return present, doubled


def _restore_checks(nb: NotebookNode, sources: dict[str, str]) -> None:
    """Give locked cells their source; nbgrader would warn that each has changed.

    All have, since the hidden tests are not released.
    """
    for cell in nb.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = sources.get(name, cell.source)


def _move_below_answers(
    nb: NotebookNode, cells: Sequence[KnownCell], doubled: set[str]
) -> Iterator[str]:
    """Move each check that stands above the one cell of its answer; yield its name."""
    answers = {exercise_name(cell.name): cell.name for cell in cells if cell.solution}
    places = {c.metadata.get("nbgrader", {}).get("grade_id"): c for c in nb.cells}
    for cell in cells:
        wanted = answers.get(exercise_name(cell.name))
        check, answer = places.get(cell.name), places.get(wanted)
        if cell.solution or check is None or answer is None or {cell.name, wanted} & doubled:
            continue
        above, below = (_place(nb, one) for one in (check, answer))
        if above < below:
            nb.cells.insert(below, nb.cells.pop(above))
            yield cell.name


def _place(nb: NotebookNode, cell: NotebookNode) -> int:
    return next(i for i, other in enumerate(nb.cells) if other is cell)


def imports_among(sources: Iterable[str]) -> str:
    r"""Return the cell of a released notebook that imports check, or a line that does.

    >>> imports_among(["x = 1", "import numpy as np\nfrom helpers import check, quiz"])
    'import numpy as np\nfrom helpers import check, quiz'
    """
    return min(filter(_IMPORTS_CHECK.search, sources), default=IMPORT_CHECK)


def _put_imports_first(nb: NotebookNode, imports: str) -> None:
    """Give a notebook without its imports, or with others, those that it was released with."""
    whole = imports != IMPORT_CHECK
    if not any(
        bare(cell.source) == imports if whole else _IMPORTS_CHECK.search(cell.source)
        for cell in nb.cells
    ):
        nb.cells.insert(0, _new_cell("code", imports, "imports"))


def _put_back(nb: NotebookNode, cell: KnownCell, cells: Sequence[KnownCell]) -> None:
    """Insert a deleted check before the next graded cell that is there, and its heading."""
    later = [other.name for other in cells[cells.index(cell) + 1 :]]
    names = [c.metadata.get("nbgrader", {}).get("grade_id") for c in nb.cells]
    place = next((names.index(name) for name in later if name in names), len(names))
    restored = _new_cell(cell.kind, cell.source, cell.name)
    restored.metadata["nbgrader"] = NotebookNode(cell.marks)
    nb.cells.insert(_above_heading(nb, place), restored)


def _above_heading(nb: NotebookNode, place: int) -> int:
    """Return the place of the text with the heading of a cell, or of the cell if it has none."""
    for i in range(place - 1, -1, -1):
        if nb.cells[i].cell_type != "markdown":
            break
        if _HEADING.search(nb.cells[i].source):
            return i
    return place


_HEADING = re.compile(r"^#{1,6} ", re.M)
_IMPORTS_CHECK = re.compile(r"^from helpers import .*\bcheck\b", re.M)


def cell_order(grade_id: str) -> tuple[int, bool]:
    """Return where a graded cell stands in the course; the gradebook keeps no order."""
    names = list(exercises())
    name = exercise_name(grade_id)
    is_check = grade_id.replace("-", "_") != name  # an exercise may itself be called a check
    return names.index(name) if name in names else len(names), is_check


def _retype(cell: NotebookNode, kind: str) -> None:
    """Make a cell the kind that it was, without what only another kind has."""
    if cell.cell_type != kind:
        for key in ("attachments", "outputs", "execution_count"):
            cell.pop(key, None)
        cell.update({"outputs": [], "execution_count": None} if kind == "code" else {})
        cell.cell_type = kind


ENDED = (
    "⚠ Python ended before this check. Does a cell call exit(), or need more memory than there is?"
)
COULD_NOT_RUN = (
    "⚠ The check could not run{reason}. It needs the name check, which the first code cell of "
    "the notebook imports. Does another cell change it?"
)
