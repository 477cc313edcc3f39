"""The stages that the course adds to nbgrader's own `nbgrader autograde`."""

from typing import Any, TextIO

from nbclient.exceptions import DeadKernelError
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from traitlets import Bool

from helpers.course.nbgrader import Resources, error_output
from helpers.course.nbgrader.harmless import harmless
from helpers.course.nbgrader.submission import (
    ENDED,
    KnownCell,
    cell_order,
    mend,
    read_submission,
)


class AnyNotebook(NotebookExporter):
    """Read what students hand in, whatever state it is in.

    A file that nbformat cannot read would end as a submission without marks and
    without feedback.
    """

    def from_file(
        self, file_stream: TextIO, resources: Resources | None = None, **options: Any
    ) -> tuple[NotebookNode, Resources]:
        """Read one file as the bytes that it is, whatever its encoding."""
        notebook = read_submission(file_stream.buffer.read())
        return self.from_notebook_node(notebook, resources, **options)


def known_cells(gradebook: Gradebook, notebook: str, assignment: str) -> list[KnownCell]:
    """Return the cells of a notebook that the gradebook knows, in the order of the course."""
    source = gradebook.find_notebook(notebook, assignment)
    points = {cell.name: cell.max_score for cell in source.grade_cells}
    answers = {cell.name for cell in source.solution_cells}
    return [
        KnownCell(
            cell.name,
            cell.cell_type,
            cell.source,
            cell.checksum,
            cell.locked,
            cell.name in answers,
            points.get(cell.name),
        )
        for cell in sorted(source.source_cells, key=lambda cell: cell_order(cell.name))
    ]


class RepairSubmission(NbGraderPreprocessor):
    """Mend what students do to graded cells, before nbgrader reads them."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Mend one notebook."""
        facts = resources["nbgrader"]
        with Gradebook(facts["db_url"]) as gradebook:
            cells = known_cells(gradebook, facts["notebook"], facts["assignment"])
        for remark in mend(nb, cells):
            self.log.warning("%s: %s", facts["student"], remark)
        return nb, resources


class ExecuteToTheEnd(Execute):
    """Execute a notebook as stock nbgrader does, where an instructor has said so.

    Where its Python ends early, no check after that is passed. Without this the submission
    has no marks at all.
    """

    student_code_runs_as_me = Bool(
        False,
        help=(
            "Run student code without a wall, as whoever types the command or clicks in "
            "Formgrader. It can read and change what they can, and the marks of others."
        ),
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: Resources, **options: Any
    ) -> tuple[NotebookNode, Resources]:
        """Execute one notebook.

        Raises
        ------
        NbGraderException
            If nobody has said that student code may run as them.
        """
        if not self.student_code_runs_as_me:
            raise NbGraderException(f"Student code does not run as you unless {SAY_SO}")
        try:
            return super().preprocess(nb, resources, **options)
        except DeadKernelError as error:
            self.log.warning("%s: %s", resources["nbgrader"]["student"], error)
            for cell in nb.cells:
                if utils.is_grade(cell) and cell.execution_count is None:
                    cell.outputs = [error_output("DeadKernelError", ENDED)]
        return nb, resources


class Harmless(NbGraderPreprocessor):
    """Clean what stock ``nbgrader autograde`` writes."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Clean one notebook."""
        return harmless(nb), resources


SAY_SO = "nbgrader_config.py says: c.ExecuteToTheEnd.student_code_runs_as_me = True"
