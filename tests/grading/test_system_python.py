"""A course that is installed, not editable, into a Python of the system: Docker images, conda."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

import helpers

from .course_directory import MODULES, CourseDirectory, needs_wall, points_of
from .submissions import answered

pytestmark = [pytest.mark.tier("test"), needs_wall]
LARGE = ("torch*", "nvidia*", "triton*", "cuda*", "tensorflow*", "keras*", "jax*", "*.pth")
FIND = """
import json, subprocess
names = ["*helpers/exercises/m*", "*/solutions/0*", "*quiz/modules/m*", "*quiz/closing.py"]
tests = " -o ".join(f"-path '{name}'" for name in names)
done = subprocess.run(["sh", "-c", f"find / {tests}"], capture_output=True, text=True)
import helpers, numpy
print(json.dumps([done.stdout.split(), helpers.__file__, numpy.__file__]))
"""
LOOK = """
import json, sys
from helpers.course.grading import sandbox
from helpers.course.grading.probing import protections
from helpers.course.grading.session import Session
if "--unhidden" in sys.argv:
    sandbox._hidden = lambda course: ()
with sandbox.Sandbox() as made:
    held = protections(made)
    with made.submission() as inmate:
        (shown,) = Session(inmate.channel, inmate.end).run(1, FIND, 200)
print(json.dumps([sandbox.__file__, held, json.loads(shown["text"])]))
"""


def copied(source: str, target: str) -> None:
    """Copy a file; one more name for it is enough."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


@pytest.fixture(scope="module")
def python():
    """A Python of its own, with the course among its packages; not in a folder that is hidden."""
    with tempfile.TemporaryDirectory(dir=Path.home(), prefix=".python-of-a-test-") as home:
        os.chmod(home, 0o755)
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        target = Path(home) / "lib" / version
        ignore = shutil.ignore_patterns("site-packages", "test", "__pycache__")
        standard = sysconfig.get_path("stdlib", vars={"installed_base": sys.base_prefix})
        shutil.copytree(standard, target, copy_function=copied, ignore=ignore, symlinks=True)
        for library in Path(sys.base_prefix, "lib").glob("lib*.so*"):
            copied(str(library), str(target.parent / library.name))
        packages = target / "site-packages"
        ignore = shutil.ignore_patterns(*LARGE)
        shutil.copytree(
            sysconfig.get_path("purelib"), packages, copy_function=copied, ignore=ignore
        )
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(packages / "helpers")
        shutil.copytree(Path(helpers.__file__).parent, packages / "helpers")
        program = Path(home) / "bin" / version
        program.parent.mkdir()
        shutil.copy2(os.path.realpath(sys.executable), program)
        yield program


def look(python, *options, status=0):
    """Look from inside for what must not be there; return what is said."""
    done = subprocess.run(
        [python, "-P", "-c", LOOK.replace("FIND", repr(FIND)), *options],
        cwd="/",
        env={"PATH": os.environ["PATH"], "PYTHONHOME": str(python.parents[1])},
        capture_output=True,
        text=True,
    )
    assert done.returncode == status, done.stderr
    return done.stdout if status == 0 else done.stderr


def test_nothing_of_the_course_can_be_read(python):
    installed, held, (found, package, numpy) = json.loads(look(python))
    assert installed.startswith(str(python.parents[1]))
    assert all(held.values())
    assert found == []
    assert package.startswith("/course/")
    assert numpy.startswith("/packages/")


def test_where_it_could_be_read_nothing_is_graded(python):
    assert "student code could read the exercises, in " in look(python, "--unhidden", status=1)


@contextlib.contextmanager
def packages_of_a_user(python):
    """Move the packages to where ``pip install --user`` puts them; yield what tells Python so."""
    packages = next(python.parents[1].glob("lib/python3*/site-packages"))
    base = python.parents[1] / "user"
    theirs = base / packages.relative_to(python.parents[1])
    theirs.parent.mkdir(parents=True)
    packages.rename(theirs)
    try:
        yield {"PYTHONUSERBASE": str(base)}
    finally:
        theirs.rename(packages)


@pytest.mark.tier("full")
@pytest.mark.parametrize("place", [lambda _: contextlib.nullcontext({}), packages_of_a_user])
def test_a_class_is_graded(python, place, tmp_path):
    """By the command itself, wherever its packages are."""
    course = CourseDirectory(tmp_path, MODULES[0])
    course.release()
    course.hand_in("ada", answered(course.module))
    with place(python) as more:
        home = {"PYTHONHOME": str(python.parents[1]), "HOME": str(tmp_path)}
        done = subprocess.run(
            [python, "-P", "-m", "helpers.course.cli", "grade", course.module],
            cwd=course.folder,
            env={"PATH": os.environ["PATH"], **home, **more},
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    assert "NOT active" not in done.stdout
    assert course.marks == {"ada": points_of(course.module)}
