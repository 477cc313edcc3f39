"""The processes behind the wall: one that ends is replaced, and nothing is left behind."""

import contextlib
import os
import signal
import subprocess
import sysconfig
import tempfile
from pathlib import Path

import pytest

from helpers.course.folder import CourseError
from helpers.course.grading import sandbox as sandbox_module
from helpers.course.grading.interrupts import Interrupts
from helpers.course.grading.probing import protections
from helpers.course.grading.sandbox import Limits, Sandbox, list_of_fonts
from helpers.course.grading.session import Session
from tests.waiting import HANGS, until

from .course_directory import MODULES, CourseDirectory, needs_wall
from .submissions import answered, insert

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="fork is missing: use Linux or macOS"),
]


@pytest.mark.parametrize(
    "walled",
    [pytest.param(True, marks=needs_wall), pytest.param(False, marks=pytest.mark.tier("full"))],
)
def test_a_warm_process_that_ends_is_replaced(walled):
    with Sandbox(limits=Limits(), walled=walled) as sandbox:
        assert seen(sandbox, "1 + 1") == 2
        sandbox._process.kill()
        with contextlib.suppress(ConnectionError), sandbox.submission():
            pass  # it may or may not be gone by now; what comes next must work
        assert seen(sandbox, "1 + 1") == 2


def seen(sandbox, code):
    """What a piece of code shows behind the wall."""
    with sandbox.submission() as inmate:
        (shown,) = Session(inmate.channel, inmate.end).run(1, f"import glob, os; {code}", 60)
    return eval(shown["text"])


@needs_wall
def test_only_what_is_named_is_shown():
    """Programs and libraries are there; a course, an exchange or a home among them is not."""
    course = str(Path(sysconfig.get_path("stdlib")) / "xmlrpc")  # which nothing here needs
    assert os.listdir(course)
    with Sandbox(course=course) as sandbox:
        assert seen(sandbox, f"os.listdir({course!r})") == []
        assert set(seen(sandbox, "os.listdir('/usr')")) <= {
            *("bin", "sbin", "lib", "lib32", "lib64", "share", "local")
        }
        assert seen(
            sandbox, "[os.path.exists(f) for f in ('/usr/local/share', '/srv', '/opt')]"
        ) == [
            False,
            False,
            False,
        ]
        assert seen(sandbox, "len(os.listdir('/usr/bin')) > 3") is True


INSTALLED = "python3.11/site-packages/helpers/exercises/m01_neurons"


@pytest.fixture
def prefix(monkeypatch):
    """A prefix with Python's packages in it, the course among them, in a folder that is shown."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as home:  # no student sees /tmp
        made = Path(home)
        (made / "lib" / INSTALLED).mkdir(parents=True)
        (made / "lib" / INSTALLED / "step.py").write_text("def step(z): ...")
        made.chmod(0o755)
        shown = sandbox_module.shown_paths()
        monkeypatch.setattr(sandbox_module, "shown_paths", lambda: [*shown, f"{made}/lib"])
        monkeypatch.syspath_prepend(str(made / "lib/python3.11/site-packages"))
        yield made


@needs_wall
def test_a_course_installed_under_the_systems_prefix_is_hidden(prefix):
    with Sandbox() as sandbox:
        assert seen(sandbox, f"os.listdir({str(prefix)!r})") == ["lib"]
        assert seen(sandbox, f"glob.glob({str(prefix / 'lib/**/step.py')!r}, recursive=True)") == []
        assert all(protections(sandbox).values())


@needs_wall
def test_where_an_exercise_can_be_read_nothing_is_graded(prefix, monkeypatch):
    monkeypatch.setattr(sandbox_module, "_PACKAGES", ())
    with (
        Sandbox() as sandbox,
        pytest.raises(CourseError, match=r"student code could read the exercises, in .*m01_n"),
    ):
        protections(sandbox)


@pytest.fixture
def no_fonts(tmp_path, monkeypatch):
    """A place where Matplotlib finds no list of fonts."""
    monkeypatch.setenv("MPLCONFIGDIR", str(tmp_path / "nothing"))


def test_a_list_of_fonts_is_made_where_there_is_none(tmp_path, no_fonts):
    assert list(Path(list_of_fonts(str(tmp_path))).glob("fontlist-*.json"))


def test_ctrl_c_ends_the_search_for_fonts(tmp_path, no_fonts, monkeypatch):
    """Or it would go on, and write into a folder that is removed already."""
    searches = []

    class Popen(subprocess.Popen):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            searches.append(self)
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(subprocess, "Popen", Popen)
    with Interrupts().heard(), pytest.raises(KeyboardInterrupt):
        list_of_fonts(str(tmp_path))
    assert [search.returncode for search in searches] == [-signal.SIGKILL]


@needs_wall
def test_no_temporary_file_is_left_behind(tmp_path):
    """Not even of what Ctrl-C has stopped in the middle of tidying: that goes with the next run."""
    course = CourseDirectory(tmp_path, MODULES[0])
    course.release()
    handed_in = answered(MODULES[0])
    insert(handed_in, 1, "import time\ntime.sleep(9999)")  # it does not come to its end before
    course.hand_in("ada", handed_in)
    temporary = tmp_path / "temporary"
    temporary.mkdir(mode=0o755)
    course.settings["TMPDIR"] = str(temporary)
    grading = course.start("grade", MODULES[0], "--workers", "2")
    until(lambda: list(temporary.glob("course-grade-*/*")), grading)
    grading.send_signal(signal.SIGINT)
    said = grading.communicate(timeout=HANGS)
    assert grading.returncode == 130, said
    course.course("grade", MODULES[0], "--force", "--timeout", "1")
    assert not list(temporary.iterdir())
