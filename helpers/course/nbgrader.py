"""What the course adds to nbgrader: preprocessors, named in nbgrader_config.py."""

from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor

from helpers.checks import exercises

Resources = dict[str, Any]


class StubAnswers(ClearSolutions):
    """Replace each solution by a line that raises and says which exercise it is.

    A stub that returned something could pass for an answer.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Clear one cell."""
        if utils.is_solution(cell):
            name = cell.metadata.nbgrader["grade_id"].replace("-", "_")
            exercise = exercises()[name]
            task = f"Exercise {exercise.number}: {exercise.title}"
            self.code_stub = {"python": f'raise NotImplementedError("{task}")'}
        return super().preprocess_cell(cell, resources, cell_index)


class TagChecks(NbGraderPreprocessor):
    """Let the student notebook run on past checks that are not passed yet."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, _cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Tag one cell, if it is a check."""
        if utils.is_grade(cell):
            cell.metadata["tags"] = ["raises-exception"]
        return cell, resources


class RepairSubmission(NbGraderPreprocessor):
    """Mend what students do to graded cells, before nbgrader reads them.

    Cells keep their code. Only the marks on them are set right: what nbgrader
    knows of a cell comes from the gradebook, a second cell with the same id is an
    ordinary cell, and a check that was deleted comes back before the next graded
    cell, so that it finds the answer wherever the student wrote it.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Mend one notebook."""
        facts = resources["nbgrader"]
        with Gradebook(facts["db_url"]) as gradebook:
            source = gradebook.find_notebook(facts["notebook"], facts["assignment"])
            points = {cell.name: cell.max_score for cell in source.grade_cells}
            answers = {cell.name for cell in source.solution_cells}
            wanted = {
                cell.name: self._metadata(cell, points.get(cell.name), cell.name in answers)
                for cell in source.source_cells
            }
            present = self._mark(nb, wanted)
            for cell in source.source_cells:
                if cell.name not in present and cell.name in points:
                    self.log.warning("Putting back the deleted check %r", cell.name)
                    self._put_back(nb, cell, wanted)
        return nb, resources

    @staticmethod
    def _metadata(cell: Any, points: float | None, solution: bool) -> dict[str, Any]:
        return {
            "schema_version": 3,
            "grade_id": cell.name,
            "grade": points is not None,
            "solution": solution,
            "locked": cell.locked,
            "task": False,
            "cell_type": cell.cell_type,
            "checksum": cell.checksum,
            **({} if points is None else {"points": points}),
        }

    def _mark(self, nb: NotebookNode, wanted: dict[str, dict]) -> set[str]:
        """Set nbgrader's metadata right on every cell; return the ids that are there.

        Of cells with the same id the first counts, as it stands where it was made.
        """
        present: set[str] = set()
        for cell in nb.cells:
            marks = cell.metadata.pop("nbgrader", None)
            name = marks.get("grade_id") if isinstance(marks, dict) else None
            if not isinstance(name, str) or name not in wanted:
                continue
            if name in present:
                self.log.warning("A second cell called %r is treated as an ordinary cell", name)
                continue
            cell.metadata["nbgrader"] = NotebookNode(wanted[name])
            present.add(name)
        return present

    @staticmethod
    def _put_back(nb: NotebookNode, cell: Any, wanted: dict[str, dict]) -> None:
        """Insert a deleted check before the next graded cell that is there."""
        later = list(wanted)[list(wanted).index(cell.name) + 1 :]
        names = [c.metadata.get("nbgrader", {}).get("grade_id") for c in nb.cells]
        place = next((names.index(name) for name in later if name in names), len(names))
        restored = {
            "cell_type": cell.cell_type,
            "metadata": {"nbgrader": wanted[cell.name]},
            "source": cell.source,
            "execution_count": None,
            "outputs": [],
        }
        nb.cells.insert(place, NotebookNode(restored))
