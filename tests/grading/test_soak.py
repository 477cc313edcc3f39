"""A large class with kills at random: no mark is lost, none is doubled, and nothing grows.

``SOAK=2000`` grades so many submissions; by itself it grades fewer.
"""

import json
import os
import random
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from .course_directory import MODULES, CourseDirectory, needs_wall, points_of
from .submissions import answered, untouched

pytestmark = [pytest.mark.tier("full"), needs_wall]
MODULE = MODULES[0]
COUNT = int(os.environ.get("SOAK", "150"))
KILLS = max(COUNT // 50, 3)
MEGABYTE = 2**20
WRONG = {"step": "def step(z):\n    return np.where(z >= 0, 1, 0)"}


def handed_in(number):
    return [answered(MODULE), untouched(MODULE), answered(MODULE, WRONG)][number % 3]


def expected(number):
    full = points_of(MODULE)
    return [full, dict.fromkeys(full, 0), {**full, "step": 0}][number % 3]


def graded(course):
    return len(list(course.folder.glob(f"autograded/*/{MODULE}/.graded.json")))


def memory(pid):
    """Bytes that a process and all that it has started hold; what they share counts once."""
    total = 0
    for number in [pid, *below(pid)]:
        try:
            with open(f"/proc/{number}/smaps_rollup", encoding="ascii") as sizes:
                total += sum(1024 * int(line.split()[1]) for line in sizes if "Pss:" in line)
        except OSError:  # it has just ended
            continue
    return total


def below(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as listed:
            children = [int(child) for child in listed.read().split()]
    except OSError:
        return []
    return [one for child in children for one in (child, *below(child))]


def test_a_large_class_with_kills_at_random(tmp_path):
    course = CourseDirectory(tmp_path, MODULE)
    course.release()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    temporary.chmod(0o755)
    course.settings["TMPDIR"] = str(temporary)
    for number in range(COUNT):
        course.hand_in(f"s{number:04}", handed_in(number))
    dice = random.Random(14)
    sizes = []
    started = time.monotonic()
    for run in range(KILLS + 1):
        before = graded(course)
        target = before + dice.randint(1, max((COUNT - before) // (KILLS + 1 - run), 1))
        grading = course.start("grade", MODULE, "--workers", "2")
        while grading.poll() is None and (run == KILLS or graded(course) < target):
            sizes.append((run, memory(grading.pid)))
            time.sleep(0.25)
        if run < KILLS:
            time.sleep(dice.random() / 5)
            os.killpg(grading.pid, signal.SIGKILL)
        grading.communicate(timeout=900)
    assert grading.returncode == 0
    seconds = time.monotonic() - started
    assert course.marks == {f"s{number:04}": expected(number) for number in range(COUNT)}
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        rows = Counter(one.student_id for one in gradebook.assignment_submissions(MODULE))
    assert set(rows.values()) == {1}
    trace = course.folder / "grading" / MODULE / "trace.jsonl"
    records = [json.loads(line) for line in trace.read_text(encoding="ascii").splitlines()]
    assert {one["student"] for one in records} == set(rows)
    assert not [one for one in records if one["second"] not in ("", "same")]
    assert list(temporary.iterdir()) == []  # what the killed ones have left is gone, too
    assert list(Path(tempfile.gettempdir()).glob("course-grade-was-here")) == []
    last = [size for run, size in sizes if run == KILLS]
    print(
        f"{COUNT} submissions, {KILLS} kills, {seconds:.0f} s; "
        f"{max(last) / MEGABYTE:.0f} MB at most, {last[-1] / MEGABYTE:.0f} MB at the end"
    )
    settled, end = last[len(last) // 3 : 2 * len(last) // 3], last[2 * len(last) // 3 :]
    if len(end) > 8:
        assert max(end) < max(settled) + 60 * MEGABYTE
