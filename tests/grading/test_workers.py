"""The processes behind the wall: one that ends is replaced, and nothing is left behind."""

import contextlib
import os
import signal
import time

import pytest

from helpers.course.grading.sandbox import Limits, Sandbox
from helpers.course.grading.session import Session

from .course_directory import MODULES, CourseDirectory, needs_wall
from .submissions import answered

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is missing: use Linux or macOS"),
]


@pytest.mark.parametrize("walled", [False, pytest.param(True, marks=needs_wall)])
def test_a_warm_process_that_ends_is_replaced(walled):
    with Sandbox(limits=Limits(), walled=walled) as sandbox:
        for _ in range(2):
            with sandbox.submission() as inmate:
                (shown,) = Session(inmate.channel, inmate.end).run(1, "print(1 + 1)", 10)
            assert shown["text"] == "2\n"
            sandbox._process.kill()
            with contextlib.suppress(ConnectionError), sandbox.submission():
                pass  # it may or may not be gone by now; what comes next must work


@needs_wall
def test_what_lies_in_a_folder_that_is_shown_is_hidden(tmp_path):
    """Programs are shown; a course or an exchange among them is not."""
    listed = (
        "import os; [len(os.listdir(f)) for f in ('/usr/local/share', '/usr/share/doc', '/usr')]"
    )
    with Sandbox(course="/usr/share/doc") as sandbox, sandbox.submission() as inmate:
        (shown,) = Session(inmate.channel, inmate.end).run(1, listed, 10)
    empty, hidden, programs = eval(shown["text"])
    assert (empty, hidden) == (0, 0)
    assert programs > 3


@needs_wall
@pytest.mark.parametrize("interrupted", [False, True])
def test_no_temporary_file_is_left_behind(tmp_path, interrupted):
    course = CourseDirectory(tmp_path, MODULES[0])
    course.release()
    course.hand_in("ada", answered(MODULES[0]))
    temporary = tmp_path / "temporary"
    temporary.mkdir(mode=0o755)
    course.settings["TMPDIR"] = str(temporary)
    grading = course.start("grade", MODULES[0], "--workers", "2")
    if interrupted:
        while not list(temporary.glob("course-grade-*/*")):
            assert grading.poll() is None
            time.sleep(0.01)
        grading.send_signal(signal.SIGINT)
    grading.communicate(timeout=60)
    assert grading.returncode == (130 if interrupted else 0)
    assert not list(temporary.iterdir())
