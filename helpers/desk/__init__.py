"""What the course looks like in Jupyter: its page, its settings, and how it is opened.

A server extension: Jupyter itself imports this module, and calls the two functions
below. The settings are in ``settings/``; ``python -m helpers.desk lab`` opens the course
with them.
"""

from pathlib import Path
from typing import Any

SETTINGS = Path(__file__).parent / "settings"


def settings(student: bool, exchange: bool) -> list[Path]:
    """Return the folders of settings for a desk; what stands in an earlier one wins.

    Parameters
    ----------
    student : bool
        Whether it is a student's; else it is an instructor's.
    exchange : bool
        Whether there is a folder through which files go between the two.
    """
    layers = {
        "student_without_exchange": student and not exchange,
        "without_exchange": not exchange,
        "student": student,
        "everyone": True,
    }
    return [SETTINGS / name for name, wanted in layers.items() if wanted]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell Jupyter which module to load."""
    return [{"module": "helpers.desk"}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Add the course's pages to a Jupyter server."""
    from helpers.desk.handlers import add_to

    add_to(server)
