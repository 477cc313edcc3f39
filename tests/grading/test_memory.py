"""All processes of a submission together have no more memory than one may have."""

import multiprocessing
import os
import time

import pytest

from helpers.course.grading.inside import usage
from helpers.course.grading.sandbox import Limits, Sandbox
from helpers.course.grading.session import Ended, Session

from .course_directory import needs_wall

pytestmark = [pytest.mark.tier("test"), needs_wall, pytest.mark.xdist_group("memory")]
SLOT = 500  # a user that no other test has: how many processes there may be is counted by user
MEGABYTE = 2**20
CHILDREN = """
import os, time
for _ in range({count}):
    if os.fork() == 0:
        held = b"x" * ({megabytes} * 2**20)
        time.sleep(60)
time.sleep({seconds})
print("still here")
"""


def run(code, limits):
    """Run a cell; return what it shows, or how its process ended."""
    with Sandbox(slot=SLOT, limits=limits) as sandbox:
        try:
            with sandbox.submission() as inmate:
                return Session(inmate.channel, inmate.end).run(1, code, 240)[0]["text"]
        except Ended:
            return inmate.ending.status


def test_many_processes_take_no_more_than_one_may():
    limits = Limits(memory=1024 * MEGABYTE)
    assert run(CHILDREN.format(count=8, megabytes=200, seconds=180), limits) == -9


def test_what_processes_share_counts_once():
    """Sixty forks of a warm process hold its pages together."""
    limits = Limits(memory=1024 * MEGABYTE)
    assert run(CHILDREN.format(count=60, megabytes=1, seconds=1), limits) == "still here\n"


@pytest.mark.parametrize(
    "call",
    ["os.memfd_create('a')", "ctypes.CDLL(None).shmget(0, 4096, 0o1666)"],
)
def test_memory_that_belongs_to_no_process_is_refused(call):
    code = f"import ctypes, os\ntry:\n    print({call})\nexcept OSError:\n    print(-1)"
    assert run(code, Limits()) == "-1\n"


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
