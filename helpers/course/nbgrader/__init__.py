"""What the course adds to nbgrader, by stage; nbgrader_config.py names the classes."""

from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.checks import exercises

Resources = dict[str, Any]
NO_RESPONSE = "No response."  # nbgrader's own words
FORGEABLE = "forgeable"  # the state of a graded cell that the student's own process has judged
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")  # that a student may show
RECORD = ".graded.json"  # beside a graded notebook: of which submission it is, and how it was run


def exercise_name(grade_id: str) -> str:
    """Return the exercise that a graded cell belongs to.

    >>> exercise_name("weighted-sum-check"), exercise_name("weighted-sum")
    ('weighted_sum', 'weighted_sum')
    >>> exercise_name("gradient-check-check"), exercise_name("gradient-check")
    ('gradient_check', 'gradient_check')
    """
    name = grade_id.replace("-", "_")
    return name if name in exercises() else name.removesuffix("_check")


def error_output(name: str, text: str) -> NotebookNode:
    """Return an output that costs a check its points, and says why."""
    return nbformat.v4.new_output("error", ename=name, evalue="", traceback=[text])
