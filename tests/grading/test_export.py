"""Marks for Canvas and Moodle, and penalties for being late, through nbgrader itself."""

import csv
from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from traitlets import TraitError

from helpers.course.nbgrader.late import PenaltyPerDay

from .course_directory import CourseDirectory
from .submissions import answered

pytestmark = [pytest.mark.tier("test"), pytest.mark.xdist_group("export")]

MODULE = "01-neurons"
DUE = datetime(2026, 10, 1, 12, 0)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A graded class: ada is right and in time, bob right and two days late, eve is absent."""
    made = CourseDirectory(tmp_path_factory.mktemp("export"), MODULE)
    made.release()
    config = made.folder / "nbgrader_config.py"
    config.write_text(
        config.read_text(encoding="utf-8")
        + "c.AssignLatePenalties.plugin_class = 'helpers.course.nbgrader.late.PenaltyPerDay'\n"
        "c.PenaltyPerDay.share = 0.25\n",
        encoding="utf-8",
    )
    for name in ("ada", "bob"):
        made.hand_in(name, answered(MODULE))
    for name, sent in (("ada", DUE), ("bob", DUE + timedelta(days=1, hours=1))):
        stamp = made.folder / "submitted" / name / MODULE / "timestamp.txt"
        stamp.write_text(f"{sent:%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")
    with Gradebook(f"sqlite:///{made.folder / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_assignment(MODULE, duedate=DUE)
        gradebook.add_student(
            "ada", first_name="Ada", last_name="Lovelace", email="ada@example.org", lms_user_id="17"
        )
        gradebook.add_student("bob", first_name="Bob, Jr.", last_name='"Ümit"')
        gradebook.add_student("eve")
    made.nbgrader("autograde", MODULE)
    return made


def exported(course, kind, *arguments):
    """Run nbgrader's command and read the file back, as a spreadsheet does."""
    path = course.folder / f"{kind}.csv"
    course.nbgrader(
        "export",
        f"--exporter=helpers.course.nbgrader.export.{kind}Export",
        f"--to={path}",
        *arguments,
    )
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_canvas_gets_its_own_columns_and_the_points(course):
    assert exported(course, "Canvas") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", MODULE],
        ["    Points Possible", "", "", "", "", "12"],
        ["Lovelace, Ada", "17", "", "ada", "", "12"],
        ['"Ümit", Bob, Jr.', "", "", "bob", "", "6"],
        ["", "", "", "eve", "", ""],
    ]


def test_what_waits_for_a_person_leaves_its_place_empty(course):
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("step-check", MODULE, MODULE, "ada")
        score, grade.auto_score = grade.auto_score, None
        gradebook.db.commit()
        waiting = exported(course, "Canvas")
        grade.manual_score = 0.5
        gradebook.db.commit()
        decided = exported(course, "Canvas")
        grade.auto_score, grade.manual_score = score, None
        gradebook.db.commit()
    assert [rows[2][-1] for rows in (waiting, decided)] == ["", "11.5"]


def test_canvas_gets_the_title_that_it_knows(course):
    title = "01 Neurons (4711)"
    rows = exported(course, "Canvas", f"--CanvasExport.titles={{'{MODULE}': '{title}'}}")
    assert rows[0][-1] == title


def test_moodle_gets_its_own_columns(course):
    assert exported(course, "Moodle") == [
        ["Username", "First name", "Last name", "Email address", MODULE],
        ["ada", "Ada", "Lovelace", "ada@example.org", "12"],
        ["bob", "Bob, Jr.", '"Ümit"', "", "6"],
        ["eve", "", "", "", ""],
    ]


def test_an_absent_student_can_be_given_zero(course):
    rows = exported(course, "Moodle", "--MoodleExport.missing=0")
    assert [row[-1] for row in rows[1:]] == ["12", "6", "0"]


def test_students_and_assignments_can_be_chosen(course):
    rows = exported(course, "Moodle", "--student=['bob']", f"--assignment=['{MODULE}']")
    assert [row[0] for row in rows[1:]] == ["bob"]


@pytest.mark.parametrize("kind", ["Canvas", "Moodle"])
@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("--student=['adda']", "there is no student 'adda'; there are: ada, bob, eve"),
        ("--assignment=['01']", f"there is no assignment '01'; there are: {MODULE}"),
    ],
)
def test_an_unknown_name_is_one_line_that_says_what_there_is(
    course, tmp_path, kind, wanted, message
):
    exporter = f"--exporter=helpers.course.nbgrader.export.{kind}Export"
    said = course.nbgrader("export", exporter, f"--to={tmp_path}/a.csv", wanted, status=1)
    (line,) = [line for line in said.splitlines() if "INFO" not in line]
    assert line == f"[ExportApp | ERROR] {message}"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("late", "penalty"),
    [(0, 0), (15 * 60, 0), (15 * 60 + 1, 2), (86_400, 2), (2 * 86_400, 4), (10**7, 20)],
)
def test_the_penalty_grows_by_the_day_and_ends_at_the_score(late, penalty):
    assert PenaltyPerDay(share=0.1).late_submission_penalty("ada", 20.0, late) == penalty


@pytest.mark.parametrize("share", [-0.1, 1.5])
def test_a_share_outside_0_and_1_is_an_error(share):
    with pytest.raises(TraitError, match="share must be from 0 to 1"):
        PenaltyPerDay(share=share)
