"""The same grading as Dask tasks, with the gradebook in PostgreSQL; a worker that is killed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import closing

import pytest
from distributed import Client
from nbgrader.api import Gradebook

from helpers.course.folder import CourseError
from helpers.course.grading.clean_process import Opening
from helpers.course.grading.cluster import Cluster
from helpers.course.grading.sandbox import Limits
from helpers.course.grading.workers import Failure
from tests import needs
from tests.waiting import HANGS, until

from .course_directory import (
    MODULES,
    REPOSITORY,
    CourseDirectory,
    environment,
    exercise_name,
    needs_wall,
    points_of,
)
from .small_class import NAME, assignment, submission
from .submissions import answered, untouched

MODULE = MODULES[0]
STUDENTS = 40
AFFINE = "def affine(X, W, b):\n    return X @ W + b"
# Dask looks every two seconds which copies nobody needs
_AT_ONCE = {"DASK_DISTRIBUTED__SCHEDULER__ACTIVE_MEMORY_MANAGER__INTERVAL": "50ms"}

pytestmark = [
    needs_wall,
    pytest.mark.needs("postgresql"),
    pytest.mark.tier("full"),
    pytest.mark.xdist_group("cluster"),
]


@pytest.fixture(scope="module")
def postgresql():
    """The address of an empty database on a server of its own."""
    with tempfile.TemporaryDirectory(prefix="postgresql-") as folder:
        yield from served(folder)


def served(folder):
    """Serve a database out of a folder, through a socket in it: another program takes no file."""
    shield = []
    if os.geteuid() == 0:  # PostgreSQL does not run as root
        shutil.chown(folder, "postgres")
        shield = ["runuser", "-u", "postgres", "--"]
    run = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/"}
    program = needs.postgresql()
    subprocess.run(
        [
            *shield,
            f"{program}/initdb",
            "-D",
            str(folder),
            "-U",
            "grader",
            "-A",
            "trust",
            "-E",
            "UTF8",
        ],
        **run,
    )
    options = f"-c listen_addresses= -c unix_socket_directories={folder}"
    log = f"{folder}/log"
    subprocess.run(
        [*shield, f"{program}/pg_ctl", "-D", folder, "-w", "-l", log, "-o", options, "start"],
        **run,
    )
    yield f"postgresql+psycopg://grader@/postgres?host={folder}"
    subprocess.run([*shield, f"{program}/pg_ctl", "-D", folder, "-m", "immediate", "stop"], **run)


def address_in(text):
    """What a scheduler says of itself, once it has said all of it."""
    try:
        return json.loads(text)["address"]
    except ValueError:
        return ""


class Grid:
    """A Dask scheduler and two workers, each in a process of its own."""

    def __init__(self, home):
        self.home = home
        found = home / "scheduler.json"
        options = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(found))
        self.scheduler = self.start("scheduler", *options, "--no-dashboard")
        until(found.exists, self.scheduler)
        self.address = until(lambda: address_in(found.read_text()), self.scheduler)
        self.workers = [self.new_worker() for _ in range(2)]

    def holder_of_the_task(self):
        """Return the only worker that has what all of them need to know, once there is only one."""

        def only():
            copies = [who for key, who in client.who_has().items() if key.startswith("task-")]
            return copies[0] if [len(who) for who in copies] == [1] else ()

        with Client(self.address) as client:
            (address,) = until(only)
            pid = client.run(os.getpid)[address]
        return next(worker for worker in self.workers if worker.pid == pid)

    def new_worker(self, path=None):
        """Start a worker that nobody restarts."""
        return self.start(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
            "--local-directory", str(self.home), path=path,
        )  # fmt: skip

    def start(self, *arguments, path=None):
        """Start one process; it takes the course from another folder, if one is given."""
        settings = environment(self.home) | ({"PYTHONPATH": str(path)} if path else {}) | _AT_ONCE
        with (self.home / f"{arguments[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{arguments[0]}", *arguments[1:]],
                env=settings,
                cwd=self.home,
                stdout=log,
                stderr=log,
            )

    def stop(self):
        """Stop all processes."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def grid(tmp_path):
    grid = Grid(tmp_path)
    with Client(grid.address) as client:
        client.wait_for_workers(len(grid.workers), timeout=HANGS)
    yield grid
    grid.stop()


@pytest.fixture
def course(tmp_path, postgresql):
    """A class whose gradebook is in PostgreSQL; every third student has answered nothing."""
    course = CourseDirectory(tmp_path / "desk", MODULE)
    course.nbgrader("generate_assignment", MODULE, "--force", f"--db={postgresql}")
    for number in range(STUDENTS):
        made = untouched(MODULE) if number % 3 == 0 else answered(MODULE)
        course.hand_in(f"student-{number:02}", made)
    return course


def test_a_worker_that_is_killed_loses_nothing(grid, course, postgresql):
    grading = course.start("grade", MODULE, "--scheduler", grid.address, "--db", postgresql)
    until(lambda: list(course.folder.glob("autograded/*")), grading)
    grid.workers[0].send_signal(signal.SIGKILL)
    assert grading.poll() is None  # there is work left
    said, _ = grading.communicate(timeout=HANGS)
    assert grading.returncode == 0, said
    assert f"{STUDENTS} graded, 0 could not be graded." in said
    full, none = points_of(MODULE), dict.fromkeys(points_of(MODULE), 0)
    with Gradebook(postgresql, "backprop-by-hand") as gradebook:
        for number in range(STUDENTS):
            page = gradebook.find_submission(MODULE, f"student-{number:02}").notebooks[0]
            marks = {exercise_name(grade.name): grade.auto_score for grade in page.grades}
            assert marks == (none if number % 3 == 0 else full)
            assert not any(grade.needs_manual_grade for grade in page.grades)
    assert len(list(course.folder.glob(f"autograded/*/{MODULE}/{MODULE}.ipynb"))) == STUDENTS


@pytest.fixture
def cluster(grid):
    """Ask two workers, who are told what is graded."""
    with closing(Cluster(Opening(Limits()), grid.address)) as cluster:
        cluster.take(assignment("affine"))
        yield cluster


def test_what_all_workers_need_to_know_outlives_the_worker_that_has_it(grid, cluster):
    (first,) = cluster.results([submission("ada", affine=AFFINE)])
    grid.holder_of_the_task().kill()
    (second,) = cluster.results([submission("bob", affine=AFFINE)])
    assert not isinstance(second, Failure), second.reason
    assert [mark.points for mark in second[1].notebooks[NAME].marks] == [1]
    assert second[1].notebooks[NAME].marks == first[1].notebooks[NAME].marks
    assert cluster.protections()["no network"]


def test_the_protections_of_a_worker_that_leaves_are_waited_for_no_longer(grid, cluster):
    leaving, staying = grid.workers
    leaving.send_signal(signal.SIGSTOP)
    killing = threading.Timer(2, leaving.kill)  # by then it has been asked
    killing.start()
    assert cluster.protections()["no network"]
    assert leaving.wait() == -signal.SIGKILL
    assert staying.poll() is None


def test_workers_who_come_where_all_who_were_asked_leave_are_asked(grid, cluster):
    leaving = list(grid.workers)
    for worker in leaving:
        worker.send_signal(signal.SIGSTOP)

    def relieve():
        grid.workers.append(grid.new_worker())
        with Client(grid.address, set_as_default=False) as client:
            client.wait_for_workers(len(grid.workers), timeout=HANGS)
        for worker in leaving:
            worker.kill()

    relieving = threading.Timer(1, relieve)
    relieving.start()
    assert cluster.protections()["no network"]
    relieving.join()


def test_a_cluster_that_all_workers_have_left_is_not_waited_for(grid, cluster, monkeypatch):
    monkeypatch.setattr("helpers.course.grading.cluster._DESERTED_SECONDS", 0.5)
    for worker in grid.workers:
        worker.kill()
    left = pytest.raises(CourseError, match="every worker of the cluster has left")
    with left:
        list(cluster.results([submission("ada", affine=AFFINE)], tick=0.1))
    with left:
        cluster.protections()


def test_a_scheduler_that_goes_is_said_and_not_waited_for(grid, cluster):
    many = (submission(f"student-{number}", affine=AFFINE) for number in range(100))
    outcomes = cluster.results(many, tick=0.1)
    assert next(filter(None, outcomes))
    grid.scheduler.kill()
    gone = pytest.raises(CourseError, match="the cluster's scheduler does not answer any more")
    came = []
    with gone:
        came.extend(outcomes)
    assert not any(isinstance(outcome, Failure) for outcome in came)
    with gone:
        cluster.protections()


NO_DISK = "import tempfile; tempfile.tempdir = '/nowhere'"  # what it says of a full one is alike
NO_PROCESS = """
from helpers.course.grading import workers

def gone(self, assignment):
    raise workers.ProcessGone("killed")

workers.Bench.take = gone
"""


@pytest.mark.parametrize(
    ("fault", "said"),
    [(NO_DISK, "FileNotFoundError: .*nowhere"), (NO_PROCESS, "ProcessGone: .*killed")],
    ids=["no disk", "no process"],
)
def test_what_a_worker_lacks_is_not_said_of_the_scheduler(grid, cluster, fault, said):
    with Client(grid.address) as client:
        bad = next(iter(client.nthreads()))
        client.run(exec, fault, {}, workers=[bad])
    with pytest.raises(CourseError, match=f"the worker {bad} cannot grade \\({said}"):
        cluster.protections()


def test_a_worker_without_the_course_costs_the_others_nothing(grid):
    """Dask ends it as soon as it is asked what it does not have."""
    other = grid.home / "other"
    (other / "helpers").mkdir(parents=True)
    (other / "helpers" / "__init__.py").touch()
    grid.workers.append(grid.new_worker(other))
    with Client(grid.address) as client:
        client.wait_for_workers(3, timeout=HANGS)
    with closing(Cluster(Opening(Limits()), grid.address)) as cluster:
        cluster.take(assignment("affine"))
        assert cluster.protections()["no network"]
        ((_, result),) = cluster.results([submission("ada", affine=AFFINE)])
    assert [mark.points for mark in result.notebooks[NAME].marks] == [1]


def test_a_worker_with_another_version_of_the_course_is_refused(grid, course, postgresql):
    other = grid.home / "other"
    shutil.copytree(REPOSITORY / "helpers", other / "helpers")
    with (other / "helpers" / "reference" / "losses.py").open("a", encoding="utf-8") as changed:
        changed.write("# changed\n")
    grid.workers.append(grid.new_worker(other))
    with Client(grid.address) as client:
        client.wait_for_workers(3, timeout=HANGS)
    command = ("grade", MODULE, "--scheduler", grid.address, "--db", postgresql)
    assert "another version of the course" in course.course(*command, status=2)
