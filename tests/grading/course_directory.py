"""A real course directory in a temporary folder, worked on with nbgrader's own commands."""

import csv
import json
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import matplotlib
import nbformat
import pytest
from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from helpers import reference
from helpers.checks import Exercise, exercises
from helpers.course.nbgrader import exercise_name

from . import commands

REPOSITORY = Path(__file__).parents[2]
MODULES = sorted(  # those with points; practice is not handed in
    source.stem
    for source in REPOSITORY.glob("solutions/*/*.md")
    if re.search(r"^:points: [^0]", source.read_text(encoding="utf-8"), re.M)
)
COURSE_ID = "backprop-by-hand"


needs_wall = pytest.mark.needs("wall")


def exercises_of(module: str) -> list[Exercise]:
    """Return the exercises of a module, in order."""
    return [exercise for exercise in exercises().values() if exercise.module == module[:2]]


@cache
def points_of(module: str) -> dict[str, float]:
    """Return the points of each exercise, as the solutions notebook says."""
    cells = read(REPOSITORY / "solutions" / module / f"{module}.ipynb").cells
    graded = [c.metadata.nbgrader for c in cells if c.metadata.get("nbgrader", {}).get("grade")]
    return {exercise_name(marks.grade_id): float(marks.points) for marks in graded}


def grade_id(exercise: str) -> str:
    """Return the grade_id of an exercise's check."""
    return exercise.replace("_", "-") + "-check"


def read(path: Path) -> NotebookNode:
    """Read a notebook."""
    return nbformat.read(path, as_version=4)


def environment(home: Path) -> dict[str, str]:
    """Return what a command needs: its own HOME, and alembic on PATH."""
    programs = Path(sys.executable).parent
    return {
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "MPLCONFIGDIR": matplotlib.get_cachedir(),  # no new HOME has all fonts searched once more
        "OPENBLAS_NUM_THREADS": "1",
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(REPOSITORY),  # this course, whichever one is installed
    }


@cache
def _warm() -> multiprocessing.context.BaseContext:
    """Return what starts processes that have imported nbgrader already: most of a command's time.

    Each is forked from one that has done nothing else. Where there is no fork, each is new.
    """
    known = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in known else "spawn")
    context.set_forkserver_preload([commands.__name__])
    return context


def _listen_to_ctrl_c() -> None:
    """Undo what a shell does to commands in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass
class Desk:
    """A place where somebody types nbgrader commands."""

    folder: Path
    home: Path
    settings: dict[str, str] = field(default_factory=dict)  # more for the environment

    def __post_init__(self) -> None:
        for place in (self.folder, self.home):
            place.mkdir(parents=True, exist_ok=True)

    def nbgrader(self, *arguments: str, status: int = 0) -> str:
        """Run a command of nbgrader's."""
        return self._do("nbgrader", *arguments, status=status)

    def course(self, *arguments: str, status: int = 0) -> str:
        """Run a command of the course's."""
        return self._do("course", *arguments, status=status)

    def _do(self, *command: str, status: int) -> str:
        """Do a command, expect its exit status, and return all that it wrote."""
        with tempfile.NamedTemporaryFile() as output:
            if not hasattr(
                sys.modules["__main__"], "__spec__"
            ):  # IPython left one of its own there
                sys.modules["__main__"].__spec__ = None
            process = _warm().Process(
                target=commands.run,
                args=(command, self.folder, self._environment(), output.name),
            )
            process.start()
            process.join(900)
            process.kill()
            process.join()
            said = output.read().decode()
        assert process.exitcode == status, f"{' '.join(command)}\n{said}"
        return said

    def _environment(self) -> dict[str, str]:
        return environment(self.home) | self.settings

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command of the course's, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "helpers.course.cli", *arguments],
            cwd=self.folder,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_listen_to_ctrl_c,
        )

    def run(self, *command: str, status: int = 0, seconds: float = 900) -> str:
        """Run a command, expect its exit status, and return all that it wrote."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
        )
        assert done.returncode == status, f"{' '.join(done.args)}\n{done.stdout}"
        return done.stdout


@cache
def empty_gradebook() -> bytes:
    """Return what nbgrader makes where there is none: it starts a program for that."""
    with tempfile.TemporaryDirectory() as folder:
        Desk(Path(folder), Path(folder)).nbgrader("db", "student", "list")
        return (Path(folder) / "gradebook.db").read_bytes()


_gradebooks: dict[str, bytes] = {}  # of each module, with nothing handed in


class CourseDirectory(Desk):
    """The instructor's desk: a copy of the repository's course, and an exchange folder."""

    def __init__(self, home: Path, module: str) -> None:
        super().__init__(home / "course", home)
        self.module = module
        self.exchange = home / "exchange"
        shutil.copy(REPOSITORY / "nbgrader_config.py", self.folder)
        for part in ("solutions", "notebooks"):
            shutil.copytree(REPOSITORY / part / module, self.folder / part / module)

    def release(self) -> None:
        """Do what ``nbgrader generate_assignment`` does; its gradebook is kept for the next."""
        path = self.folder / "gradebook.db"
        if self.module not in _gradebooks:
            self.generate()
            _gradebooks[self.module] = path.read_bytes()
        path.write_bytes(_gradebooks[self.module])

    def generate(self) -> None:
        """Run ``nbgrader generate_assignment``, with a new gradebook."""
        (self.folder / "gradebook.db").write_bytes(empty_gradebook())
        self.nbgrader("generate_assignment", self.module, "--force")

    def configure(self, *lines: str) -> None:
        """Add lines to the course's configuration."""
        with (self.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
            config.writelines(f"{line}\n" for line in lines)

    def trust_students(self) -> None:
        """Let `nbgrader autograde` run student code as stock nbgrader does."""
        self.configure("c.ExecuteToTheEnd.student_code_runs_as_me = True")

    def lend_everything(self) -> None:
        """Name all of the library in the release: known mistakes call what they like of it."""
        released = self.notebook("notebooks")
        names = " ".join(f"`reference.{name}`" for name in dir(reference))
        released.cells.append(nbformat.v4.new_markdown_cell(names))
        path = self.folder / "notebooks" / self.module / f"{self.module}.ipynb"
        nbformat.write(released, path)

    def through_exchange(self, *arguments: str) -> str:
        """Run a command that reads or writes the exchange folder."""
        return self.nbgrader(*arguments, f"--Exchange.root={self.exchange}")

    def notebook(self, part: str) -> NotebookNode:
        """Read the notebook in ``solutions`` or ``notebooks``."""
        return read(self.folder / part / self.module / f"{self.module}.ipynb")

    def hand_in(self, student: str, notebook: NotebookNode | bytes) -> None:
        """Put a submission where ``nbgrader collect`` would put it."""
        path = self.folder / "submitted" / student / self.module / f"{self.module}.ipynb"
        path.parent.mkdir(parents=True)
        if isinstance(notebook, bytes):
            path.write_bytes(notebook)
        else:
            path.write_text(json.dumps(notebook), encoding="utf-8")

    def autograded(self, student: str) -> NotebookNode:
        """Read a submission as it was graded."""
        return read(self.folder / "autograded" / student / self.module / f"{self.module}.ipynb")

    def feedback(self, student: str) -> "Feedback":
        """Read a student's feedback."""
        return Feedback(self.folder / "feedback" / student / self.module / f"{self.module}.html")

    @cached_property
    def marks(self) -> dict[str, dict[str, float | None]]:
        """What each student earned in each exercise."""
        with Gradebook(f"sqlite:///{self.folder / 'gradebook.db'}") as gradebook:
            return {
                submission.student.id: {
                    exercise_name(grade.name): grade.auto_score
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
                for submission in gradebook.assignment_submissions(self.module)
            }

    def lost(self, student: str) -> set[str]:
        """Return the exercises in which a student did not earn every point."""
        return {n for n, mark in self.marks[student].items() if mark != points_of(self.module)[n]}

    def exported(self) -> dict[str, dict[str, str]]:
        """Export the marks, and return one row for each student."""
        self.nbgrader("export")
        with (self.folder / "grades.csv").open(encoding="utf-8", newline="") as table:
            return {row["student_id"]: row for row in csv.DictReader(table)}


class Student(Desk):
    """A student's desk: another folder, another HOME, another name."""

    def __init__(self, home: Path, name: str, course: CourseDirectory) -> None:
        super().__init__(home / "work", home)
        self.name = name
        self.exchange = course.exchange

    def through_exchange(self, *arguments: str, status: int = 0) -> str:
        """Run a command that reads or writes the exchange folder."""
        me = (f"--course={COURSE_ID}", f"--student={self.name}")
        root = f"--Exchange.root={self.exchange}"
        return self.nbgrader(*arguments, *me, root, status=status)


@dataclass
class Feedback:
    """One student's feedback, as text."""

    path: Path
    html: str = field(init=False)

    def __post_init__(self) -> None:
        self.html = self.path.read_text(encoding="utf-8")

    @cached_property
    def _page(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @property
    def text(self) -> str:
        """Everything that is to read, with white space folded."""
        return folded(self._page)

    @property
    def rows(self) -> dict[str, list[str]]:
        """Return the table at the top by its first column, less the head."""
        rows = self._page.find("table").find_all("tr")[1:]
        cells = [map(folded, row.find_all("td")) for row in rows]
        return {first: rest for first, *rest in cells}

    @property
    def table(self) -> dict[str, tuple[str, ...]]:
        """Return the points and the result of each exercise, from the table at the top."""
        names = {f"{e.number} {e.title}": e.name for e in exercises().values()}
        return {names[first]: tuple(rest) for first, rest in self.rows.items() if first in names}

    def output(self, exercise: str) -> str:
        """Return what stands below the check of an exercise; empty where there is no check."""
        anchor = self._page.find("a", attrs={"name": grade_id(exercise)})
        wrapper = anchor and anchor.find_parent(class_="cell").find(class_="output_wrapper")
        return folded(wrapper) if wrapper else ""


def folded(part: Tag | str) -> str:
    """Return text with every run of white space as one space."""
    return " ".join((part.get_text() if isinstance(part, Tag) else part).split())
