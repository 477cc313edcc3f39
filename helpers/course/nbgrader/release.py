"""What students get: stubs instead of solutions, and a notebook that runs to its end."""

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor

from helpers.checks import exercises
from helpers.course.nbgrader import Resources, exercise_name


class StubAnswers(ClearSolutions):
    """Replace each solution by a line that raises and says which exercise it is.

    A stub that returned something could pass for an answer.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Clear one cell."""
        if utils.is_solution(cell):
            name = exercise_name(cell.metadata.nbgrader["grade_id"])
            exercise = exercises().get(name)  # none where an instructor has added a cell
            task = f"Exercise {exercise.number}: {exercise.title}" if exercise else name
            self.code_stub = {"python": _stub(task)}
        return super().preprocess_cell(cell, resources, cell_index)


def _stub(task: str) -> str:
    """Return what stands where the solution was, in lines that fit on a printed page."""
    line = f'raise NotImplementedError("{task}")'
    return line if len(line) <= 70 else f'raise NotImplementedError(\n    "{task}"\n)'


class TagExercises(NbGraderPreprocessor):
    """Let the student notebook run on past answers that fail and checks that are not passed."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, _cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Tag one cell, if it is an answer or a check."""
        if utils.is_locked(cell) or utils.is_solution(cell):
            cell.metadata["tags"] = ["raises-exception"]
        return cell, resources
