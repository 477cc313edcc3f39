"""Marks for Canvas and Moodle, and penalties for being late, through nbgrader itself."""

import csv
import warnings
from datetime import datetime, timedelta

import pytest
from nbgrader.api import Gradebook
from traitlets import TraitError

from helpers.course.nbgrader.late import PenaltyPerDay
from helpers.course.spreadsheet import safe_cell

from .course_directory import CourseDirectory, needs_wall
from .submissions import answered

pytestmark = [pytest.mark.tier("test"), pytest.mark.xdist_group("export"), needs_wall]

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


def export(course, kind, *arguments, status=0):
    """Run nbgrader's command."""
    return course.nbgrader(
        "export",
        f"--exporter=helpers.course.nbgrader.export.{kind}Export",
        f"--to={course.folder / kind}.csv",
        *arguments,
        status=status,
    )


def exported(course, kind, *arguments):
    """Run nbgrader's command and read the file back, as a spreadsheet does."""
    export(course, kind, *arguments)
    return rows_of(course.folder / f"{kind}-{MODULE}.csv")


def rows_of(path):
    """Read a table."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_canvas_gets_its_own_columns_and_the_points(course):
    assert exported(course, "Canvas") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", MODULE],
        ["    Points Possible", "", "", "", "", "12"],
        ["Lovelace, Ada", "17", "", "ada", "", "12"],
        ['"Ümit", Bob, Jr.', "", "", "bob", "", "6"],
    ]


def test_what_waits_for_a_person_has_no_row(course):
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
    assert [row[3] for row in waiting[2:]] == ["bob"]
    assert [(row[3], row[-1]) for row in decided[2:]] == [("ada", "11.5"), ("bob", "6")]


def test_canvas_gets_the_title_that_it_knows(course):
    title = "01 Neurons (4711)"
    rows = exported(course, "Canvas", f"--CanvasExport.titles={{'{MODULE}': '{title}'}}")
    assert rows[0][-1] == title


def test_moodle_gets_its_own_columns(course):
    assert exported(course, "Moodle") == [
        ["Username", "First name", "Last name", "Email address", MODULE],
        ["ada", "Ada", "Lovelace", "ada@example.org", "12"],
        ["bob", "Bob, Jr.", '"Ümit"', "", "6"],
    ]


def test_an_absent_student_can_be_given_zero(course):
    rows = exported(course, "Moodle", "--MoodleExport.missing=0")
    assert [row[-1] for row in rows[1:]] == ["12", "6", "0"]


def test_students_and_assignments_can_be_chosen(course):
    export(course, "Moodle", "--student=['bob']", f"--assignment=['{MODULE}']")
    rows = rows_of(course.folder / "Moodle.csv")  # the one that was asked for, under its name
    assert [row[0] for row in rows[1:]] == ["bob"]


def canvas(marks, rows):
    """Do what Canvas's gradebook_importer.rb does: a changed column is posted, blanks too."""
    header, possible, *students = rows
    assert "Points Possible" in possible[0]
    after = {login: dict(found) for login, found in marks.items()}
    for place, title in list(enumerate(header))[5:]:
        new = {row[3]: row[place].strip() for row in students}
        old = {login: str(marks[login].get(title) or "") for login in new}
        if new != old:
            for login, mark in new.items():
                after[login][title] = float(mark) if mark else None
    return after


def moodle(marks, rows):
    """Do what Moodle's grade/import/csv/classes/load_data.php does: a blank is no grade."""
    header, *students = rows
    after = {login: dict(found) for login, found in marks.items()}
    for row in students:
        for place, title in list(enumerate(header))[4:]:
            mark = row[place].strip()
            after[row[0]][title] = None if mark in ("", "-") else float(mark)
    return after


IMPORTERS = pytest.mark.parametrize(
    ("kind", "importer", "blank"), [("Canvas", canvas, ["", "", "", "eve", "", ""]),
                                    ("Moodle", moodle, ["eve", "", "", "", ""])]
)  # fmt: skip
BEFORE = {name: {MODULE: 3.0} for name in ("ada", "bob", "eve")}


@IMPORTERS
def test_an_import_wipes_no_mark(course, kind, importer, blank):
    rows = exported(course, kind)
    assert importer(BEFORE, [*rows, blank])["eve"] == {MODULE: None}  # as both of them do
    after = {name: found[MODULE] for name, found in importer(BEFORE, rows).items()}
    assert after == {"ada": 12.0, "bob": 6.0, "eve": 3.0}


@pytest.fixture
def second(course):
    """A second assignment, which only ada has handed in."""
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        gradebook.add_assignment("second")
        gradebook.add_notebook("second", "second")
        with warnings.catch_warnings(action="ignore"):  # nbgrader's own, of SQLAlchemy
            gradebook.add_submission("second", "ada")
    yield
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        gradebook.remove_assignment("second")


@IMPORTERS
def test_a_file_for_each_assignment(course, second, kind, importer, blank):
    said = export(course, kind)
    assert "without a mark, and so left out: bob, eve" in said
    after = BEFORE
    for name in (MODULE, "second"):
        after = importer(after, rows_of(course.folder / f"{kind}-{name}.csv"))
    assert after == {
        "ada": {MODULE: 12.0, "second": 0.0},
        "bob": {MODULE: 6.0},
        "eve": {MODULE: 3.0},
    }


@pytest.mark.parametrize("kind", ["Canvas", "Moodle"])
def test_a_file_of_the_whole_course_has_no_holes(course, second, kind):
    (course.folder / f"{kind}.csv").unlink(missing_ok=True)
    said = export(course, kind, f"--{kind}Export.whole_course=True", status=1)
    assert "would wipe marks: bob (second) have none" in said
    assert not (course.folder / f"{kind}.csv").exists()
    whole = (f"--{kind}Export.whole_course=True", "--student=['ada']")
    export(course, kind, *whole)
    assert rows_of(course.folder / f"{kind}.csv")[-1][-2:] == ["12", "0"]


@pytest.mark.tier("check")
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(start):
    assert safe_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"
    assert safe_cell(f"Ada{start}") == f"Ada{start}"


def test_a_name_that_is_a_formula_is_text(course):
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        gradebook.update_or_create_student("bob", first_name="=1+1")
        rows = exported(course, "Moodle")
        gradebook.update_or_create_student("bob", first_name="Bob, Jr.")
    assert rows[2][:2] == ["bob", "'=1+1"]


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
