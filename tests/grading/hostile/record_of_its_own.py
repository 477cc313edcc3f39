"""Writes records and graded notebooks of its own beside the notebook.

Stock: they are handed in again, and overwritten; no marks.
Here: no marks. Its folder is in memory, and gone with it.
"""

import json
from pathlib import Path

for name in (".graded.json", "autograded.ipynb", "timing.csv", "trace.jsonl", "gradebook.db"):
    Path(name).write_text(json.dumps({"submission": "", "walled": True, "score": 99}))
