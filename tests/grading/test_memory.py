"""All processes of a submission together have no more memory than one may have."""

import multiprocessing
import os
import tempfile
import time
from pathlib import Path

import pytest

from helpers.course.grading import memory_groups
from helpers.course.grading.inside import usage
from helpers.course.grading.sandbox import Limits, Sandbox
from helpers.course.grading.session import Ended, Session

from .course_directory import needs_wall

pytestmark = [pytest.mark.tier("test"), needs_wall, pytest.mark.xdist_group("memory")]
SLOT = 500  # a user that no other test has: how many processes there may be is counted by user
MEGABYTE = 2**20
WAIT = """
left, end = {count}, time.time() + {seconds}
while left == {count} and time.time() < end:
    time.sleep(0.1)
    left -= os.waitpid(-1, os.WNOHANG) != (0, 0)
print(left)
"""
CHILDREN = """
import os, time
for _ in range({count}):
    if os.fork() == 0:
        held = b"x" * ({megabytes} * 2**20)
        time.sleep(240)
"""
SOCKETS = (Path(__file__).parent / "hostile" / "memory_in_sockets.py").read_text(encoding="utf-8")


@pytest.fixture(
    scope="module",
    params=[pytest.param("kernel", marks=pytest.mark.needs("memory-groups")), "watch"],
)
def sandbox(request):
    """A sandbox of a gigabyte. Who keeps the limit is one or the other."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "watch":
            patch.setattr(memory_groups, "MOUNTS", Path(os.devnull))
        made = Sandbox(slot=SLOT, limits=Limits(memory=1024 * MEGABYTE))
    with made:
        assert request.param in made.keeper
        yield made


def run(sandbox, code):
    """Run a cell in a new process; return what the cell shows, or how its process ended."""
    try:
        with sandbox.submission() as inmate:
            return Session(inmate.channel, inmate.end).run(1, code, 240)[0]["text"]
    except Ended:
        return inmate.ending.status


def is_held_back(came, count):
    """Whether all was ended, as a watch does, or some of so many processes, as the kernel does."""
    return came == -9 or int(came) < count


def test_many_processes_take_no_more_than_one_may(sandbox):
    came = run(sandbox, (CHILDREN + WAIT).format(count=8, megabytes=200, seconds=180))
    assert is_held_back(came, 8)


def test_what_processes_share_counts_once(sandbox):
    """Sixty forks of a warm process hold its pages together."""
    code = (CHILDREN + WAIT).format(count=60, megabytes=1, seconds=1)
    assert run(sandbox, code) == "60\n"


def test_what_sockets_hold_counts(sandbox):
    """Eight gigabytes would be in no process."""
    assert is_held_back(run(sandbox, SOCKETS + WAIT.format(count=60, seconds=180)), 60)


@pytest.mark.parametrize(
    "call",
    ["os.memfd_create('a')", "ctypes.CDLL(None).shmget(0, 4096, 0o1666)"],
)
def test_memory_that_belongs_to_no_process_is_refused(sandbox, call):
    code = f"import ctypes, os\ntry:\n    print({call})\nexcept OSError:\n    print(-1)"
    assert run(sandbox, code) == "-1\n"


def _hold(size, ready):
    held = b"x" * size
    ready.release()
    time.sleep(600)
    return held


def test_the_memory_of_children_counts():
    context = multiprocessing.get_context("fork")
    ready = context.Semaphore(0)
    children = [
        context.Process(target=_hold, args=(50 * MEGABYTE, ready), daemon=True) for _ in range(3)
    ]
    for child in children:
        child.start()
    try:
        for _ in children:
            ready.acquire()
        assert usage.takes_more_memory(os.getpid(), 150 * MEGABYTE)
        assert not usage.takes_more_memory(os.getpid(), 150 * 1024 * MEGABYTE)
    finally:
        for child in children:
            child.kill()
            child.join()


@pytest.mark.needs("memory-groups")
def test_no_group_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Sandbox(slot=SLOT) as sandbox, sandbox.submission():
        (folder,) = tmp_path.glob("course-grade-*")
        group = memory_groups.hierarchy()[1] / folder.name
        assert group.is_dir()
    assert not group.exists()
