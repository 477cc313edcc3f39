"""What a run that was killed has left behind, the next one removes; another run's it leaves."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.course.grading.assignments import Result
from helpers.course.grading.leftovers import WorkFolder
from helpers.course.grading.report import Report

pytestmark = pytest.mark.tier("check")
_AT_WORK = """
import sys
from helpers.course.grading.leftovers import WorkFolder
folder = WorkFolder()
print(folder.path, flush=True)
sys.stdin.read()
"""


def test_the_folder_of_a_killed_run_is_removed_by_the_next_one(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    other = subprocess.Popen(
        [sys.executable, "-c", _AT_WORK], env={"TMPDIR": str(tmp_path)}, cwd=Path.cwd(), **pipes
    )
    theirs = Path(other.stdout.readline().strip())
    (theirs / "package").mkdir()
    own = WorkFolder()
    assert theirs.exists()  # it is at work
    other.kill()
    other.communicate()
    third = WorkFolder()
    assert not theirs.exists()
    assert Path(own.path).exists()
    own.remove()
    third.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_student_with_a_formula_for_a_name_is_text_in_the_table(tmp_path):
    name, path = "=HYPERLINK(1)", tmp_path / "timing.csv"
    for _ in range(2):  # the second time it is read again
        report = Report(path)
        report.add([Result(name, "", {}, remarks=("+1", "a"))])
        report.close()
    with path.open(encoding="utf-8", newline="") as table:
        (row,) = csv.DictReader(table)
    assert row["student"] == f"'{name}"
    assert row["trouble"] == "'+1; a"
    assert f"{name}: +1; a" in report.as_text([name], [])
