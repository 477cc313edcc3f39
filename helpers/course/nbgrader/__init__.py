"""What the course adds to nbgrader, by stage; nbgrader_config.py names the classes."""

from typing import Any

import nbformat
from nbformat import NotebookNode

Resources = dict[str, Any]


def exercise_name(grade_id: str) -> str:
    """Return the exercise that a graded cell belongs to.

    >>> exercise_name("weighted-sum-check")
    'weighted_sum'
    """
    return grade_id.removesuffix("-check").replace("-", "_")


def error_output(name: str, text: str) -> NotebookNode:
    """Return an output that costs a check its points, and says why."""
    return nbformat.v4.new_output("error", ename=name, evalue="", traceback=[text])
