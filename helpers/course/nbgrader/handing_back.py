"""``nbgrader release_feedback``: what one student lacks keeps nobody else's feedback back.

Stock nbgrader stops at the first submission without the date or the secret that its own
``submit`` writes beside a notebook: at one that came by mail, or whose student deleted them.
"""

import glob
from pathlib import Path

from nbgrader.exchange.default import ExchangeReleaseFeedback

from helpers.course.grading.words import printable

NOT_RELEASED = "%s is not released: it lacks %s. Was it handed in through the exchange?"
_NEEDED = ("timestamp.txt", "submission_secret.txt")


class ReleaseFeedback(ExchangeReleaseFeedback):
    """Releases the feedback of one student after another."""

    def copy_files(self) -> None:
        """Release what can be; the log names the rest."""
        for folder in sorted(glob.glob(self.src_path)):
            lacking = [name for name in _NEEDED if not _is_text(Path(folder, name))]
            if lacking:
                self.log.error(NOT_RELEASED, printable(folder), " and ".join(lacking))
                continue
            self.src_path = glob.escape(folder)
            super().copy_files()


def _is_text(path: Path) -> bool:
    try:
        path.read_text()
    except (OSError, ValueError):
        return False
    return True
