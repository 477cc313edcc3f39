"""Leaves code where Python and IPython look for it, for the next student to run.

Stock: it lands in the instructor's home; not run by the tests.
Here: every submission has empty folders of its own.
"""

from pathlib import Path

places = [Path.home() / ".ipython/profile_default/startup/00.py", Path("/tmp/usercustomize.py")]
places += [Path("/course/helpers/__init__.py"), Path("/packages/0/numpy/__init__.py")]
written = 0
for place in places:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("raise SystemExit('left behind')")
    except OSError:
        continue
