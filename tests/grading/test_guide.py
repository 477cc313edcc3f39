"""What the instructors' guides say of nbgrader's own commands, done in a course directory.

Each test names the sentence that it proves; the sentence must stand in the guide. What the course
itself does is tested where it is made: the exchange in test_exchange, marks for other systems in
test_export, harm in test_harms, pages in test_feedback, hidden tests in test_hidden_tests.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderApp
from nbgrader.exchange.default import Exchange
from nbgrader.server_extensions.formgrader.handlers import default_handlers
from nbgrader.utils import parse_utc

from .course_directory import (
    MODULES,
    REPOSITORY,
    CourseDirectory,
    Student,
    environment,
    needs_wall,
    read,
)

pytestmark = [pytest.mark.tier("full"), pytest.mark.xdist_group("guide"), needs_wall]

MODULE = MODULES[0]
TEXT = (REPOSITORY / "docs" / "instructors.md").read_text(encoding="utf-8")
GUIDE = " ".join((TEXT + (REPOSITORY / "docs" / "grading.md").read_text(encoding="utf-8")).split())


def says(*sentences):
    """The test proves these sentences of the guide; it fails where one is not there any more."""
    for sentence in sentences:
        assert " ".join(sentence.split()) in GUIDE, sentence


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """A course whose first module is in the exchange, and a roster of three."""
    course = CourseDirectory(tmp_path_factory.mktemp("guide"), MODULE)
    course.release()
    (course.folder / "roster.csv").write_text(roster(), encoding="utf-8")
    course.nbgrader("db", "student", "import", "roster.csv")
    course.through_exchange("release_assignment", MODULE)
    return course


def roster():
    """Return the guide's own table, with two more students."""
    (table,) = re.findall(r"^```\n(id,.*?)^```", TEXT, re.M | re.S)
    return table + "bob,Bob,Byte,bob@example.org,1002\neve,Eve,Absent,eve@example.org,1003\n"


@pytest.fixture(scope="module")
def graded(released):
    """The same course: ada came through the exchange, bob's file was put there by hand."""
    solutions = read(REPOSITORY / "solutions" / MODULE / f"{MODULE}.ipynb")
    ada = Student(released.home.parent / f"{released.home.name}-ada", "ada", released)
    ada.through_exchange("fetch_assignment", MODULE)
    ada.through_exchange("submit", MODULE)
    released.through_exchange("collect", MODULE, "--ExchangeCollect.check_owner=False")
    (ada.folder / MODULE / f"{MODULE}.ipynb").write_text(json.dumps(solutions), encoding="utf-8")
    ada.through_exchange("submit", MODULE)
    update = ("--update", "--ExchangeCollect.check_owner=False")
    released.through_exchange("collect", MODULE, *update)
    released.hand_in("bob", read(REPOSITORY / "notebooks" / MODULE / f"{MODULE}.ipynb"))
    released.hand_in("zoe", solutions)  # not on the roster
    released.nbgrader("autograde", MODULE)
    released.nbgrader("generate_feedback", MODULE)
    return released


def book(course):
    return Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}")


def score(course, student):
    with book(course) as gradebook:
        return gradebook.find_submission(MODULE, student).score


def page(course, student):
    path = course.folder / "feedback" / student / MODULE / f"{MODULE}.html"
    return path.read_text(encoding="utf-8")


def test_the_commands_of_the_guide_exist():
    known = {name.replace("_", "-") for name in NbGraderApp.subcommands}
    for name in re.findall(r"^nbgrader (\w+)", TEXT, re.M):
        assert name.replace("_", "-") in known


def test_alembic_must_be_on_the_path(tmp_path):
    says("Put `.venv/bin` on your path first, since nbgrader calls a program called `alembic`")
    nbgrader = Path(sys.executable).with_name("nbgrader")
    done = subprocess.run(
        [sys.executable, nbgrader, "db", "student", "list"],
        cwd=tmp_path,
        env=environment(tmp_path) | {"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert "No such file or directory: 'alembic'" in done.stderr


def test_the_exchange_has_a_place_of_its_own_until_it_is_named(tmp_path):
    says(
        "Without that line nbgrader takes `/usr/local/share/nbgrader/exchange`, and as root it "
        "makes that folder without asking."
    )
    course = CourseDirectory(tmp_path, MODULE)
    assert Exchange(coursedir=None, authenticator=None).root == "/usr/local/share/nbgrader/exchange"
    course.release()
    course.through_exchange("release_assignment", MODULE)  # who may make the folder, makes it
    assert course.exchange.is_dir()


def test_an_exchange_that_is_closed_says_what_the_guide_says(tmp_path, monkeypatch):
    says(
        '"Unwritable directory, please contact your instructor" means that the exchange is '
        "missing, or not open to all."
    )
    exchange = Exchange(coursedir=None, authenticator=None)
    said = []
    monkeypatch.setattr(exchange, "fail", said.append)
    for root in (tmp_path / "missing", tmp_path / "closed"):
        exchange.root = str(root)
        if root.name == "closed":
            root.mkdir()
            monkeypatch.setattr(os, "access", lambda *a, **k: False)
        exchange.ensure_root()
    assert [message.split(":")[0] for message in said] == [
        "Unwritable directory, please contact your instructor"
    ] * 2


def test_the_roster_can_be_imported_again(released):
    says("You can import it again at any time.")
    released.nbgrader("db", "student", "import", "roster.csv")
    listed = released.nbgrader("db", "student", "list")
    assert "ada (Lovelace, Ada) -- ada@example.org, 1001" in listed


def test_a_due_date_is_said_in_utc(released):
    says('nbgrader db assignment add 01-neurons --duedate="2027-01-15 23:59:00 Europe/Berlin"')
    released.nbgrader(
        "db", "assignment", "add", MODULE, "--duedate=2027-01-15 23:59:00 Europe/Berlin"
    )
    assert "2027-01-15 22:59:00" in released.nbgrader("db", "assignment", "list")


def test_time_zones_are_named_in_full():
    says(
        "Name the time zone in full. nbgrader takes a zone that it does not know for UTC, and "
        "misreads `+0100` in this command."
    )
    day = "2027-01-15 23:59:00"
    assert str(parse_utc(f"{day} Europe/Berlin")) == "2027-01-15 22:59:00"
    assert str(parse_utc(f"{day} Europa/Berlin")) == day
    assert str(parse_utc(f"{day} +0100")) not in (day, "2027-01-15 22:59:00")


def test_formgrader_has_its_address():
    says("or open the address `/formgrader`")
    assert any(re.fullmatch(handler[0], "/formgrader") for handler in default_handlers)


def test_handing_in_again_counts_once_it_is_collected(graded):
    says(
        "nbgrader submit 01-neurons                        # as often as they like",
        "`nbgrader collect 01-neurons --update` takes what is newer.",
    )
    assert score(graded, "ada") > 0  # the second, not the untouched first


def test_who_handed_in_nothing_has_0_in_nbgraders_own_table(graded):
    says("nbgrader's own grades.csv: a row for each student and module; missing is 0")
    table = graded.exported()
    assert set(table) == {"ada", "bob", "eve", "zoe"}
    assert float(table["eve"]["score"]) == 0


def test_who_is_not_on_the_roster_has_no_name_and_no_id(graded):
    says("Without it you can grade, but the tables of marks have no names and no `ID`")
    exporter = "--exporter=helpers.course.nbgrader.export.CanvasExport"
    graded.nbgrader("export", exporter, "--to=canvas.csv")
    with (graded.folder / "canvas-01-neurons.csv").open(encoding="utf-8", newline="") as table:
        rows = {row["SIS Login ID"]: row for row in csv.DictReader(table)}
    assert (rows["ada"]["Student"], rows["ada"]["ID"]) == ("Lovelace, Ada", "1001")
    assert (rows["zoe"]["Student"].strip(", "), rows["zoe"]["ID"]) == ("", "")


def test_the_exchange_does_not_work_on_windows(monkeypatch):
    says("not on Windows")

    def fail(message):
        raise RuntimeError(message)

    exchange = Exchange(coursedir=None, authenticator=None)
    monkeypatch.setattr(exchange, "fail", fail)
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(RuntimeError, match="not available on Windows"):
        exchange.start()


def test_a_submission_without_a_time_is_never_late(graded):
    says("A submission without that file is never late.")
    with book(graded) as gradebook:
        assert gradebook.find_submission(MODULE, "bob").total_seconds_late == 0
    stamp = graded.folder / "submitted" / "ada" / MODULE / "timestamp.txt"
    says("`nbgrader submit` writes the time into `timestamp.txt`, beside the notebook.")
    assert stamp.exists()


def test_feedback_is_made_anew_only_by_force(graded):
    says(
        "nbgrader takes a page of feedback for up to date while the submission is the same. "
        "So: `nbgrader generate_feedback 01-neurons --force`, and release it."
    )
    with book(graded) as gradebook:
        comment = gradebook.find_submission(MODULE, "ada").notebooks[0].comments[0]
        comment.manual_comment = "Well spotted, Ada."
        gradebook.db.commit()
    graded.nbgrader("generate_feedback", MODULE)
    assert "Well spotted, Ada." not in page(graded, "ada")
    graded.nbgrader("generate_feedback", MODULE, "--force")
    assert "Well spotted, Ada." in page(graded, "ada")


def test_feedback_can_be_made_for_a_part_of_the_class(graded):
    says("Run it for parts of the class, `--student='a*'`, on several machines")
    before = {name: when_written(graded, name) for name in ("ada", "zoe")}
    graded.nbgrader("generate_feedback", MODULE, "--student=a*", "--force")
    assert when_written(graded, "ada") > before["ada"]
    assert when_written(graded, "zoe") == before["zoe"]


def when_written(course, student):
    path = course.folder / "feedback" / student / MODULE / f"{MODULE}.html"
    return path.stat().st_mtime_ns


def test_both_ways_in_one_class_go_together(graded):
    says("`release_feedback` passes over whoever did not hand in through the exchange, and names")
    said = graded.through_exchange("release_feedback", MODULE)
    passed_over = {
        line.split("/feedback/")[1].split("/")[0] for line in said.split("\n") if "lacks" in line
    }
    assert passed_over == {"bob", "zoe"}
    assert "Releasing feedback for student 'ada'" in said


def test_a_file_that_was_replaced_by_hand_is_graded_again(graded):
    says(
        "Both graders compare the files themselves.",
    )
    shutil.copy(
        REPOSITORY / "solutions" / MODULE / f"{MODULE}.ipynb",
        graded.folder / "submitted" / "bob" / MODULE / f"{MODULE}.ipynb",
    )
    graded.nbgrader("autograde", MODULE, "--student=bob")
    assert score(graded, "bob") == score(graded, "ada")


def test_what_a_person_gave_outlives_grading_again(graded):
    says(
        "What is graded already keeps its mark.",
        "Marks that a person gave, extra credit and comments are kept. A mark by hand goes on "
        "counting in place of the automatic one, even for a new submission",
    )
    full = score(graded, "ada")
    with book(graded) as gradebook:
        notebook = gradebook.find_submission(MODULE, "ada").notebooks[0]
        first, second = notebook.grades[:2]
        lost = first.auto_score
        first.manual_score, second.extra_credit = 0, 0.5
        gradebook.db.commit()
    says("A submission without that file is never late.")
    (graded.folder / "submitted" / "ada" / MODULE / "timestamp.txt").unlink()
    graded.nbgrader("db", "assignment", "add", MODULE, "--duedate=2020-01-01 00:00:00 UTC")
    assert score(graded, "ada") == full - lost + 0.5
    graded.nbgrader("autograde", MODULE, "--student=ada", "--force")
    assert score(graded, "ada") == full - lost + 0.5
    with book(graded) as gradebook:
        assert gradebook.find_submission(MODULE, "ada").total_seconds_late == 0
        comments = gradebook.find_submission(MODULE, "ada").notebooks[0].comments
        assert "Well spotted, Ada." in [comment.manual_comment for comment in comments]


def test_nbgrader_refuses_another_graded_cell_once_there_are_submissions(graded):
    says("After submissions have come in, add no graded cell and remove none: nbgrader refuses.")
    path = graded.folder / "solutions" / MODULE / f"{MODULE}.ipynb"
    notebook = read(path)
    graded_cells = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]
    notebook.cells.remove(graded_cells[0])
    path.write_text(json.dumps(notebook), encoding="utf-8")
    graded.nbgrader("generate_assignment", MODULE, "--force", status=1)


def test_the_menus_to_hide_have_these_names():
    says(
        "`jupyter labextension disable @jupyter/nbgrader:create-assignment` and "
        "`@jupyter/nbgrader:formgrader`"
    )
    extension = Path(sys.prefix) / "share/jupyter/labextensions/@jupyter/nbgrader/static"
    code = "".join(path.read_text(encoding="utf-8") for path in extension.glob("*.js"))
    for name in ("create-assignment", "formgrader"):
        assert f'"@jupyter/nbgrader:{name}"' in code


def test_the_installed_package_grades_wherever_one_stands(tmp_path):
    says("`course grade` and the kernels take the `helpers` that is installed")
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("raise RuntimeError('another checkout')")
    course = Path(sys.executable).with_name("course")
    subprocess.run(
        [sys.executable, course, "--help"], cwd=tmp_path, check=True, capture_output=True
    )


def test_the_two_graders_take_turns(tmp_path):
    says("Whatever stock execution has graded since, it grades again.")
    course = CourseDirectory(tmp_path, MODULE)
    course.trust_students()
    course.release()
    course.hand_in("ada", read(REPOSITORY / "notebooks" / MODULE / f"{MODULE}.ipynb"))
    assert "1 graded" in course.course("grade", MODULE)
    assert "1 of 1 are graded already." in course.course("grade", MODULE)
    course.nbgrader("autograde", MODULE, "--force")
    said = course.course("grade", MODULE)
    assert "1 graded" in said
    assert "already" not in said
    assert "Skipping" in course.nbgrader("autograde", MODULE)  # and the other way round
