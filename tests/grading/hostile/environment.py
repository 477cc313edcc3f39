"""Reads the instructor's environment and home, where tokens are.

Stock: reads both.
Here: sees neither.
"""

import os
from pathlib import Path

found = [name for name in os.environ if "TOKEN" in name or "INSTRUCTOR" in name]
found += [*list(Path("/home").glob("*/.*")), *Path("/root").glob(".ssh/*")]
if not found:
    raise LookupError("no secrets")
