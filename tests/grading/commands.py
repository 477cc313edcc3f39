"""The commands that people type, in a process that has imported what they need."""

import os
import sys
from functools import partial
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

from helpers.checks import exercises
from helpers.course.grading import clean_process

COMMANDS = {
    script.name: script.load()
    for script in entry_points(group="console_scripts")
    if script.name in ("course", "nbgrader")
}
for name in (
    "helpers.course.grading.command",
    "helpers.course.grading.statistics",
    "helpers.course.nbgrader.export",
    "helpers.course.nbgrader.feedback",
    "helpers.course.nbgrader.formgrader",
    "helpers.course.nbgrader.late",
    "helpers.course.nbgrader.release",
    "helpers.course.nbgrader.stages",
    "matplotlib.figure",
    "nbconvert.exporters.html",
    "nbgrader.exchange",
    "nbgrader.server_extensions.formgrader.handlers",
    "sqlalchemy.dialects.sqlite",
):
    import_module(name)
exercises()  # finds and imports all of them


JUDGE_SECONDS = "JUDGE_SECONDS"  # a setting of tests: a judge's processor time for one exercise


def run(command: tuple[str, ...], folder: Path, environment: dict[str, str], output: str) -> None:
    """Do a command as a new process does it; what it writes goes into a file."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    if seconds := os.environ.pop(JUDGE_SECONDS, ""):
        clean_process.Opening = partial(clean_process.Opening, judge_seconds=int(seconds))
    sys.argv = list(command)
    descriptor = os.open(output, os.O_WRONLY | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    sys.exit(COMMANDS[command[0]]())
