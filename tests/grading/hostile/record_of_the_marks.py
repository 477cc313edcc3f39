"""Reads the record of all marks, and the report.

Stock: reads both where `course grade` has run before.
Here: sees neither.
"""

from pathlib import Path

for path in (Path(globals()["COURSE"]) / "grading").iterdir():
    print(path.read_bytes())
