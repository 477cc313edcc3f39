"""`course grade` as a command: it goes on where it was, and never stops for one student."""

import csv
import io
import os
import signal
import sqlite3
import time

import pytest
from nbgrader.api import Gradebook

from helpers.course.folder import CourseError
from helpers.course.grading import patience, workers
from helpers.course.grading.classroom import Classroom
from helpers.course.grading.clean_process import CleanProcess
from helpers.course.grading.command import Order, grade_class
from helpers.course.grading.workers import Local
from tests.waiting import HANGS, until

from .course_directory import MODULES, CourseDirectory, environment, needs_wall, points_of
from .submissions import answered, as_bytes, insert, untouched

MODULE = MODULES[0]
pytestmark = [needs_wall, pytest.mark.tier("test")]
mixed_class = pytest.mark.xdist_group("mixed class")
ODD_CELLS = {
    "long-name": f"def f(x):\n    return x.__{'a' * 90_000}__",
    "long-sum": f"x = 1{' + 1' * 3000}",
    "long-cell": "'" + 300_000 * "x" + "'",
    "empty-lines": f"x = 1{300_000 * chr(10)}x",
}
BORROWED = {
    "perceptron_update": "def perceptron_update(*args):\n"
    "    from helpers.reference.perceptron import perceptron_update\n"
    "    return perceptron_update(*args)"
}
OFFERED = {
    "predict": "def predict(X, w, b):\n"
    "    from helpers.reference import step\n"
    "    return np.array([step(x @ w + b) for x in X])"
}


def a_class(folder, count):
    """A course directory in which every third student has answered nothing."""
    course = CourseDirectory(folder, MODULE)
    course.release()
    for number in range(count):
        course.hand_in(f"s{number:02}", untouched(MODULE) if number % 3 == 0 else answered(MODULE))
    return course


def expected(count):
    """What such a class earns."""
    full, none = points_of(MODULE), dict.fromkeys(points_of(MODULE), 0)
    return {f"s{number:02}": none if number % 3 == 0 else full for number in range(count)}


def graded_of(course):
    """Whose graded notebooks are in their place."""
    return {
        path.parent.parent.name for path in course.folder.glob(f"autograded/*/{MODULE}/*.ipynb")
    }


@pytest.mark.parametrize(
    ("count", "pauses"),
    [(8, (0.1,)), pytest.param(60, (0.0, 0.1, 0.3), marks=pytest.mark.tier("full"))],
)
def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path, count, pauses):
    course = a_class(tmp_path, count)
    last = course.folder / "submitted" / f"s{count - 1:02}" / MODULE / f"{MODULE}.ipynb"
    slow = answered(MODULE)
    insert(slow, 1, "import time\ntime.sleep(600)")  # however fast it is, it is not done
    last.write_bytes(as_bytes(slow))
    graded: set[str] = set()
    left_to_do = []
    for pause in pauses:
        grading = course.start("grade", MODULE, "--workers", "2")
        before = graded
        until(lambda before=before: graded_of(course) - before, grading)
        time.sleep(pause)
        grading.kill()
        grading.communicate(timeout=HANGS)
        graded = graded_of(course)
        left_to_do.append(count - len(graded))
    assert 0 < left_to_do[0] < count  # it was killed amid its work
    left = course.folder / "autograded" / "s00" / f".{MODULE}-killed" / "new"
    left.mkdir(parents=True)
    (left / "unfinished.ipynb").touch(mode=0o444)
    last.write_bytes(as_bytes(answered(MODULE)))
    said = course.course("grade", MODULE, "--workers", "2")
    assert f"{len(graded)} of {count} are graded already." in said
    assert course.marks == expected(count)
    assert not list(course.folder.glob("autograded/*/.*"))
    again = course.course("grade", MODULE)
    assert again.startswith(f"{count} of {count} are graded already.\n{count} graded, 0 could not")
    assert course.course("stats", MODULE).startswith(f"{count} students")


def test_ctrl_c_and_force_go_together(tmp_path):
    """What was to be graded anew, and was not, counts as not graded."""
    course = a_class(tmp_path, 4)
    course.course("grade", MODULE)
    slow = answered(MODULE)
    insert(slow, 1, "import time\ntime.sleep(9999)")
    course.hand_in("s02-slow", slow)
    grading = course.start("grade", MODULE, "--force", "--workers", "1", "--timeout", "9999")
    table = course.folder / "grading" / MODULE / "timing.csv"
    before = 1 + 4
    until(lambda: table.read_text(encoding="utf-8").count("\n") >= before + 3, grading)
    with (
        pytest.raises(CourseError, match="is at work here"),
        Classroom(course.folder, MODULE).alone(),
    ):
        pass
    os.killpg(grading.pid, signal.SIGINT)
    said, complaints = grading.communicate(timeout=HANGS)
    assert said.endswith("Stopped after 3 of 5. The same command without --force goes on.\n")
    assert "Traceback" not in complaints
    assert grading.returncode == 130
    handed_in = course.folder / "submitted" / "s02-slow" / MODULE / f"{MODULE}.ipynb"
    handed_in.write_bytes(as_bytes(answered(MODULE)))
    again = course.course("grade", MODULE)
    assert again.startswith("3 of 5 are graded already.\n")


def test_ctrl_c_amid_writing_waits_until_what_is_graded_is_in_its_place(tmp_path, monkeypatch):
    course = a_class(tmp_path, 3)
    write, typed = Classroom.write, []

    def interrupted(self, *arguments):
        if not typed:  # a second one would end it at once
            typed.append("^C")
            os.kill(os.getpid(), signal.SIGINT)
        write(self, *arguments)

    monkeypatch.setattr(Classroom, "write", interrupted)
    screen = io.StringIO()
    assert grade_class(course.folder, Order(MODULE), screen) == 130
    done = len(list(course.folder.glob(f"autograded/*/{MODULE}/*.ipynb")))
    assert done > 0
    assert f"Stopped after {done} of 3. The same command goes on.\n" in screen.getvalue()
    assert f"{done} of 3 are graded already." in course.course("grade", MODULE)
    assert course.marks == expected(3)


def test_where_clean_processes_end_as_they_begin_what_is_graded_is_kept(tmp_path, monkeypatch):
    """As where memory runs out."""
    course = a_class(tmp_path, 2)
    results = Local.results

    class Doomed(CleanProcess):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            os.kill(self.pid, signal.SIGKILL)

    def until_the_first(self, *arguments):
        for outcome in results(self, *arguments):
            yield outcome
            os.kill(self._benches[0].pid, signal.SIGKILL)

    monkeypatch.setattr(workers, "CleanProcess", Doomed)
    monkeypatch.setattr(Local, "results", until_the_first)
    with pytest.raises(CourseError, match=r"is gone .*Is there enough memory\? .* goes on"):
        grade_class(course.folder, Order(MODULE, workers=1), io.StringIO())
    assert course.marks == {"s00": expected(2)["s00"]}
    assert graded_of(course) == {"s00"}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """A class with a student for each way in which files go wrong."""
    course = a_class(tmp_path_factory.mktemp("mixed"), 2)
    submitted = course.folder / "submitted"
    (submitted / "empty-folder" / MODULE).mkdir(parents=True)
    course.hand_in("other-name", answered(MODULE))
    folder = submitted / "other-name" / MODULE
    (folder / f"{MODULE}.ipynb").rename(folder / "Untitled.ipynb")
    course.hand_in("huge", b" " * (21 * 2**20))
    many = answered(MODULE)
    for _ in range(2100):
        insert(many, len(many.cells), "1")
    course.hand_in("too-many-cells", many)
    course.hand_in("linked", b"")
    link = submitted / "linked" / MODULE / f"{MODULE}.ipynb"
    link.unlink()
    link.symlink_to(course.folder / "solutions" / MODULE / f"{MODULE}.ipynb")
    slow = answered(MODULE)
    insert(slow, 1, "import time\ntime.sleep(60)")
    course.hand_in("slow-cell", slow)
    course.hand_in("two-files", answered(MODULE))
    folder = submitted / "two-files" / MODULE
    (folder / f"{MODULE}.ipynb").rename(folder / "first.ipynb")
    (folder / "second.ipynb").write_text("{}")
    deleted = answered(MODULE)
    deleted.cells = [c for c in deleted.cells if "check.predict(" not in c.source]
    course.hand_in("deleted-check", deleted)
    data = answered(MODULE)
    insert(data, 1, "assert open('data.csv').read() == '1,2'\nimport own\nassert own.a == 3")
    insert(data, 2, "found = True")
    course.hand_in("with-a-file", data)
    folder = submitted / "with-a-file" / MODULE
    (folder / "data.csv").write_text("1,2")
    (folder / "own.py").write_text("a = 3")
    course.hand_in("with-a-film", answered(MODULE))
    (submitted / "with-a-film" / MODULE / ".film").write_bytes(b"x" * (19 * 2**20))
    course.hand_in("with-a-repository", answered(MODULE))
    objects = submitted / "with-a-repository" / MODULE / ".git"
    objects.mkdir()
    for number in range(1500):
        (objects / str(number)).touch()
    course.hand_in("bad-date", answered(MODULE))
    (submitted / "bad-date" / MODULE / "timestamp.txt").write_text("yesterday")
    course.hand_in("in-our-way", answered(MODULE))
    (submitted / "in-our-way" / MODULE / ".graded.json").mkdir()
    (submitted / "in-our-way" / MODULE / ".graded.json" / "x").touch()
    course.hand_in("odd-file-name", answered(MODULE))
    (submitted / "odd-file-name" / MODULE / os.fsdecode(b"\xff.txt")).touch()
    for student, cell in ODD_CELLS.items():
        odd = answered(MODULE)
        insert(odd, 1, cell)
        course.hand_in(student, odd)
    for student, answer in {"borrower": BORROWED, "offered": OFFERED}.items():
        course.hand_in(student, answered(MODULE, answer))
    course.hand_in("latin-1", as_bytes(answered(MODULE), "latin-1"))
    course.said = course.course("grade", MODULE, "--timeout", "1")
    course.said_again = course.course("grade", MODULE)
    large = "too-many-cells,with-a-repository"  # whose pages take long to make
    others = f"--CourseDirectory.student_id_exclude={large}"
    course.nbgrader("generate_feedback", MODULE, others)
    return course


@mixed_class
@pytest.mark.parametrize(
    "student",
    [
        "s01",
        "too-many-cells",
        "slow-cell",
        "with-a-file",
        "with-a-film",
        "with-a-repository",
        "latin-1",
        "other-name",
        "deleted-check",
        "bad-date",
        "in-our-way",
        "odd-file-name",
        "borrower",
        "offered",
        *ODD_CELLS,
    ],
)
def test_what_can_be_graded_is(mixed, student):
    assert mixed.marks[student] == points_of(MODULE)


@mixed_class
@pytest.mark.parametrize("student", ["empty-folder", "two-files", "huge", "linked"])
def test_what_cannot_be_graded_earns_nothing_and_says_why(mixed, student):
    assert mixed.marks[student] == dict.fromkeys(points_of(MODULE), 0)
    assert f"{student}: " in mixed.said


@mixed_class
@pytest.mark.parametrize(
    "sentence",
    [
        f"other-name: {MODULE}.ipynb was not handed in; Untitled.ipynb was graded in its place",
        f"two-files: {MODULE}.ipynb was not handed in; handed in were first.ipynb, second.ipynb",
        "with-a-repository: too large or too many, and left out: .git/",
        "too-many-cells: Only the first 2000 cells were read.",
        f"empty-folder: {MODULE}.ipynb was not handed in\n",
        "bad-date: timestamp.txt holds no date, so the submission counts as in time",
        "long-cell: another cell is too long to be looked at",
        "deleted-check: Deleted checks were put back: predict-check.",
    ],
)
def test_the_report_says_what_was_set_right(mixed, sentence):
    assert sentence in mixed.said
    assert sentence in mixed.said_again


@mixed_class
def test_a_file_that_is_too_large_says_so_in_the_feedback(mixed):
    feedback = mixed.feedback("huge")
    assert "This file is too large" in feedback.text
    assert {result for _, result in feedback.table.values()} == {"not readable"}


@mixed_class
def test_a_cell_that_was_stopped_says_so_in_the_feedback(mixed):
    assert "The cell was stopped: its time was up." in mixed.feedback("slow-cell").text


@mixed_class
def test_the_marks_are_exported_as_ever(mixed):
    rows = mixed.exported()
    assert float(rows["s01"]["score"]) == sum(points_of(MODULE).values())
    assert float(rows["huge"]["score"]) == 0


@mixed_class
def test_the_times_are_in_a_table(mixed):
    path = mixed.folder / "grading" / MODULE / "timing.csv"
    with path.open(encoding="utf-8", newline="") as table:
        rows = {row["student"]: row for row in csv.DictReader(table)}
    assert set(rows) == set(mixed.marks)
    assert "was graded in its place" in rows["other-name"]["trouble"]
    assert float(rows["slow-cell"]["seconds"]) > 1


@mixed_class
def test_it_says_which_protections_are_active(mixed):
    assert mixed.said.startswith("Student code runs with: no network")
    assert "NOT active" not in mixed.said


@mixed_class
def test_the_statistics_count_and_explain(mixed):
    said = mixed.course("stats", MODULE)
    assert f"{len(mixed.marks)} students" in said
    assert (mixed.folder / "grading" / MODULE / "items.png").stat().st_size > 5000
    rows = [line.split() for line in said.splitlines() if line.startswith("1.")]
    assert rows
    for _, _, passed, _, _, *states, _ in rows:
        assert int(passed) + sum(map(int, states)) == len(mixed.marks)


@mixed_class
def test_mistakes_without_a_name_are_listed(mixed):
    said = mixed.course("mistakes", "--unnamed", MODULE)
    assert "without a name" in said or said.startswith("Every mistake of this class has a name.")
    assert "is graded" in mixed.course("mistakes", "--unnamed", "02-activations", status=2)


@mixed_class
def test_points_given_by_hand_count_as_passed(mixed):
    with Gradebook(f"sqlite:///{mixed.folder / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("step-check", MODULE, MODULE, "s00")
        before = mixed.course("stats", MODULE)
        grade.manual_score = grade.max_score
        gradebook.db.commit()
        after = mixed.course("stats", MODULE)
        grade.manual_score = None
        gradebook.db.commit()
    said = (before.splitlines(), after.splitlines())
    rows = [next(line.split() for line in lines if " step " in line) for lines in said]
    (*_, passed, _, _, not_started), (*_, passed_by_hand, _, _, fewer) = (r[:6] for r in rows)
    assert int(passed_by_hand) == int(passed) + 1
    assert int(fewer) == int(not_started) - 1


@mixed_class
def test_an_answer_that_is_the_course_s_own_is_reported(mixed):
    """What the notebook offers to borrow on the way is not."""
    calls = {
        line.partition(":")[0].strip(): line.partition("an answer calls ")[2]
        for line in mixed.said.splitlines()
        if "an answer calls " in line
    }
    assert calls == {"borrower": "the course's own perceptron_update"}


@mixed_class
def test_a_new_submission_is_graded_anew(mixed):
    path = mixed.folder / "submitted" / "s00" / MODULE / f"{MODULE}.ipynb"
    path.write_bytes(as_bytes(answered(MODULE)))
    outdated = mixed.folder / "feedback" / "s00" / MODULE
    assert outdated.exists()
    mixed.course("grade", MODULE, "--student", "s00")
    mixed.__dict__.pop("marks", None)  # it is cached
    assert mixed.marks["s00"] == points_of(MODULE)
    assert not outdated.exists()


def test_being_late_costs_what_the_configuration_says(tmp_path):
    course = a_class(tmp_path, 2)
    with (course.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(
            '\nc.AssignLatePenalties.plugin_class = "helpers.course.nbgrader.late.PenaltyPerDay"\n'
            "c.PenaltyPerDay.share = 0.1\n"
        )
    course.nbgrader("db", "assignment", "add", MODULE, "--duedate=2026-01-01 12:00:00 UTC")
    stamp = course.folder / "submitted" / "s01" / MODULE / "timestamp.txt"
    stamp.write_text("2026-01-02 10:00:00 UTC")
    course.course("grade", MODULE)
    total = sum(points_of(MODULE).values())
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        page = gradebook.find_submission_notebook(MODULE, MODULE, "s01")
        assert page.late_submission_penalty == pytest.approx(0.1 * total)
        assert gradebook.find_submission_notebook(MODULE, MODULE, "s00").score == 0


def test_without_a_wall_it_refuses(tmp_path):
    course = a_class(tmp_path, 2)
    course.settings["PATH"] = str(tmp_path)
    refused = course.course("grade", MODULE, status=2)
    assert "bubblewrap is not installed" in refused
    assert "--no-sandbox" in refused
    del course.settings["PATH"]
    said = course.course("grade", MODULE, "--no-sandbox")
    assert "NOT active here: " in said
    assert course.marks == expected(2)


def test_a_file_that_cannot_be_read_stops_nobody_else(tmp_path, monkeypatch):
    course = a_class(tmp_path, 3)
    read = Classroom.submission

    def submission(self, student):
        if student == "s01":
            raise PermissionError(13, "Permission denied", "a file")
        return read(self, student)

    monkeypatch.setattr(Classroom, "submission", submission)
    screen = io.StringIO()
    assert grade_class(course.folder, Order(MODULE, workers=1), screen) == 1
    assert "s01: a file: Permission denied" in screen.getvalue()
    assert set(course.marks) == {"s00", "s02"}


def test_an_unknown_assignment_is_one_sentence(tmp_path):
    course = a_class(tmp_path, 1)
    said = course.course("grade", "99-nothing", status=2)
    assert said.startswith("course: ")
    assert "Traceback" not in said


AWAY = "postgresql+psycopg://grader@127.0.0.1:1/course"


@pytest.mark.parametrize(
    ("command", "url", "reason"),
    [
        ("grade", "gradebook", "Could not parse SQLAlchemy URL"),
        ("stats", "gradebook", "Could not parse SQLAlchemy URL"),
        ("stats", "postgresql+nothing://grader@localhost/course", "Can't load plugin"),
        (
            "stats",
            "postgresql+pg8000://grader@localhost/course",
            "Run: pip install -e '.[cluster]'",
        ),
    ],
)
def test_a_gradebook_that_does_not_open_is_one_sentence(tmp_path, command, url, reason):
    course = CourseDirectory(tmp_path, MODULE)
    course.hand_in("ada", answered(MODULE))
    said = course.course(command, MODULE, "--db", url, status=2)
    assert said.startswith("course: the gradebook does not open: ")
    assert reason in said
    assert said.count("\n") == 1


def test_a_gradebook_that_is_away_is_waited_for_and_then_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(patience, "PAUSES", (0.0, 0.0))
    course = CourseDirectory(tmp_path, MODULE)
    course.hand_in("ada", answered(MODULE))
    screen = io.StringIO()
    with pytest.raises(CourseError, match=r"cannot be used .*connection to server") as stopped:
        grade_class(course.folder, Order(MODULE, workers=1, database=AWAY), screen)
    assert "\n" not in str(stopped.value)
    assert screen.getvalue().startswith("Waiting: the gradebook cannot be used")
    said = course.course("stats", MODULE, "--db", AWAY, status=2)  # who only reads does not wait
    assert said.startswith("course: the gradebook cannot be used")
    assert said.count("\n") == 1


class _Screen(io.StringIO):
    """A screen before which somebody sits who ends the other program when it is waited for."""

    def write(self, text):
        if text.startswith("Waiting"):
            self.other.rollback()
        return super().write(text)


def test_a_gradebook_that_is_locked_at_the_start_is_waited_for(tmp_path, monkeypatch):
    monkeypatch.setattr(patience, "PAUSES", (0.0, 0.0))
    monkeypatch.setenv("PATH", environment(tmp_path)["PATH"])  # alembic's
    course = a_class(tmp_path, 2)
    path = course.folder / "gradebook.db"
    screen = _Screen()
    screen.other = sqlite3.connect(path)
    screen.other.execute("BEGIN EXCLUSIVE")
    database = f"sqlite:///{path}?timeout=0.01"
    assert grade_class(course.folder, Order(MODULE, workers=1, database=database), screen) == 0
    assert "Waiting: the gradebook cannot be used (database is locked)" in screen.getvalue()
    screen.other.close()
    assert course.marks == expected(2)


def test_nobody_waits_for_their_mark_until_somebody_else_is_graded(tmp_path):
    course = a_class(tmp_path, 2)
    slow = answered(MODULE)
    insert(slow, 1, "import time\ntime.sleep(9999)")
    course.hand_in("s02-slow", slow)
    grading = course.start("grade", MODULE, "--workers", "3", "--timeout", "9999")
    try:
        until(lambda: graded_of(course) == {"s00", "s01"}, grading)
        assert course.marks == expected(2)
        assert grading.poll() is None
    finally:
        grading.kill()
        grading.communicate(timeout=HANGS)
