"""Reads the secret that chooses hidden cases.

Stock: reads it, though stock execution has no use for it.
Here: sees no such file.
"""

from pathlib import Path

print((Path(globals()["COURSE"]) / "grading-secret").read_bytes())
