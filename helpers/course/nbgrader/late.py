"""A late penalty that grows with each day that was begun.

In nbgrader_config.py::

    c.AssignLatePenalties.plugin_class = "helpers.course.nbgrader.late.PenaltyPerDay"
    c.PenaltyPerDay.share = 0.1
"""

import math

from nbgrader.plugins import LateSubmissionPlugin
from traitlets import Float, TraitError, validate

_DAY = 24 * 60 * 60


class PenaltyPerDay(LateSubmissionPlugin):
    """Take off a share of the score for each day that was begun, after some grace.

    >>> PenaltyPerDay(share=0.1, grace_minutes=0).late_submission_penalty("ada", 20.0, 90_000)
    4.0
    """

    share = Float(0.1, help="The share of the score that each day costs, from 0 to 1.").tag(
        config=True
    )
    grace_minutes = Float(15.0, help="How late counts as in time, in minutes.").tag(config=True)

    @validate("share")
    def _valid_share(self, proposal: dict) -> float:
        if not 0 <= proposal["value"] <= 1:
            raise TraitError(f"share must be from 0 to 1, not {proposal['value']}")
        return proposal["value"]

    def late_submission_penalty(
        self,
        student_id: str,  # noqa: ARG002 (nbgrader hands it over)
        score: float,
        total_seconds_late: float,
    ) -> float:
        """Return the points to take off: never more than the score."""
        late = total_seconds_late - 60 * self.grace_minutes
        if late <= 0:
            return 0.0
        return min(1.0, self.share * math.ceil(late / _DAY)) * score
