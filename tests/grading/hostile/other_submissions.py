"""Copies the answers of whoever sits next to them.

Stock: full marks, copied. Every other submission can be read.
Here: no marks. There is no other submission in this file system.
"""

import json
from pathlib import Path


def answer(name):
    """Copy the answer of the honest student."""
    for folder in (Path(globals()["COURSE"]), Path.cwd(), *Path.cwd().parents):
        for path in folder.glob("submitted/zz-honest/*/*.ipynb"):
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                if cell["metadata"].get("nbgrader", {}).get("grade_id") == name.replace("_", "-"):
                    exec("".join(cell["source"]), globals())
                    return globals()[name]
    raise FileNotFoundError("nobody to copy from")
