"""Takes the reference from the list of exercises.

Stock: full marks, silently.
Here: no marks, and a line in the report. The exercises are not in this process.
"""

from helpers.checks import exercises


def answer(name):
    """Return the reference."""
    return exercises()[name].reference
