"""`nbgrader autograde`, Formgrader's button, and an instructor's own tests: all behind the wall."""

import csv
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory as NbGraderCourse

from helpers.course.folder import CourseError
from helpers.course.grading.assignments import Assignment, Notebook, plain_tests, require_checks
from helpers.course.nbgrader import FORGEABLE, RECORD
from helpers.course.nbgrader.autograde import RUNS_AS_YOU
from helpers.course.nbgrader.formgrader import NOT_CLEAN, PLAIN_TEST, UNWALLED, FormgraderPage
from helpers.course.nbgrader.harmless import harmless
from helpers.course.nbgrader.submission import KnownCell

from .course_directory import MODULES, CourseDirectory, environment, needs_wall, points_of, read
from .submissions import answered, insert, untouched

pytestmark = [pytest.mark.tier("test"), pytest.mark.xdist_group("autograde")]
MODULE = MODULES[0]
AS_ME = "--ExecuteToTheEnd.student_code_runs_as_me=True"
OWN = "own-test"  # an instructor's own graded cell
OWN_ANSWER = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
OWN_TEST = (
    "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(-3) == -6\n### END HIDDEN TESTS"
)
ANSWERS = {
    "ada": "def double(x):\n    return x + x",
    "bob": "def double(x):\n    return 4",  # what is visible passes, what is hidden does not
    "eve": "raise SystemExit",
    "trent": "from IPython import get_ipython\n"  # more points than there are
    "get_ipython().run_cell = lambda *_, **__: get_ipython().displayhook(1000)",
    "mallory": "class double(int):\n    __eq__ = lambda *_: True\n    __hash__ = None",
}
SPY = "spied = [open(COURSE + '/gradebook.db').read(), open('/tmp/as-you', 'w').write('x')]"


def graded_cell(name, source, **marks):
    """A code cell with nbgrader's marks on it."""
    cell = nbformat.v4.new_code_cell(source)
    cell.metadata["nbgrader"] = {
        **dict.fromkeys(("grade", "solution", "locked", "task"), False),
        "schema_version": 3,
        "grade_id": name,
        **marks,
    }
    return cell


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with an exercise of the instructor's own, graded by `nbgrader autograde`."""
    made = CourseDirectory(tmp_path_factory.mktemp("own"), MODULE)
    path = made.folder / "solutions" / MODULE / f"{MODULE}.ipynb"
    source = read(path)
    source.cells += [
        graded_cell("own", OWN_ANSWER, solution=True),
        graded_cell(OWN, OWN_TEST, grade=True, locked=True, points=2),
    ]
    nbformat.write(source, path)
    made.generate()
    assert "double(-3)" not in made.notebook("notebooks").cells[-1].source
    for student, answer in ANSWERS.items():
        notebook = answered(MODULE)
        notebook.cells += made.notebook("notebooks").cells[-2:]
        notebook.cells[-2].source = answer
        if student == "mallory":
            insert(notebook, 1, f"COURSE = {str(made.folder)!r}\n{SPY}")
        made.hand_in(student, notebook)
    made.said = made.nbgrader("autograde", MODULE)
    made.nbgrader("generate_feedback", MODULE)
    return made


def own_marks(course):
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        return {
            student: gradebook.find_grade(OWN, MODULE, MODULE, student).auto_score
            for student in ANSWERS
        }


@needs_wall
def test_nbgrader_autograde_grades_behind_the_wall(course):
    assert "Student code runs with: no network" in course.said
    spy = next(cell for cell in course.autograded("mallory").cells if SPY in cell.source)
    assert [output.ename for output in spy.outputs] == ["FileNotFoundError"]
    assert not Path("/tmp/as-you").exists()
    for marks in course.marks.values():
        assert {name: marks[name] for name in points_of(MODULE)} == points_of(MODULE)


@needs_wall
def test_a_plain_test_earns_what_it_says_and_is_called_forgeable(course):
    assert own_marks(course) == {"ada": 2, "bob": 0, "eve": 0, "trent": 0, "mallory": 2}
    assert f"FORGEABLE: {OWN}." in course.said
    with (course.folder / "grading" / MODULE / "timing.csv").open(encoding="utf-8") as table:
        look_at = {row["student"]: row["look_at"] for row in csv.DictReader(table)}
    for student in ("ada", "mallory"):
        assert f"{OWN} is a plain test, which an answer can forge" in look_at[student]
    assert OWN not in look_at["bob"]


@needs_wall
def test_the_feedback_says_how_a_plain_test_went(course):
    assert course.feedback("ada").rows[OWN] == ["2 of 2", "passed"]
    assert course.feedback("bob").rows[OWN] == ["0 of 2", "not passed"]
    assert "double(-3)" not in course.feedback("bob").html


def shown(course, student):
    """What Formgrader's page says of a submission."""
    path = course.folder / "autograded" / student / MODULE / f"{MODULE}.ipynb"
    exporter = FormgraderPage("nonce", template_name="classic")
    page, _ = exporter.from_filename(str(path), {"nbgrader": {}})
    return page


def has(page, text):
    """Whether the beginning of a warning is in a page; it is Markdown."""
    return text.split("**")[1] in page


@needs_wall
def test_formgrader_says_what_can_be_forged(course):
    assert has(shown(course, "ada"), PLAIN_TEST)
    assert not has(shown(course, "ada"), UNWALLED)


def drawn(folder, record="", student="ada", **metadata):
    """Formgrader's page of a small graded notebook, with what the grader noted beside it."""
    cell = nbformat.v4.new_code_cell("test()", metadata=metadata)
    text = nbformat.v4.new_markdown_cell("A notebook")
    nbformat.write(harmless(nbformat.v4.new_notebook(cells=[text, cell])), folder / "a.ipynb")
    (folder / RECORD).write_text(record)
    exporter = FormgraderPage("nonce", template_name="classic")
    resources = {"nbgrader": {}, "student": student}
    page, resources = exporter.from_filename(str(folder / "a.ipynb"), resources)
    assert "A notebook" in page
    return page, resources


@pytest.mark.tier("check")
@pytest.mark.parametrize(
    ("record", "walled"),
    [('{"walled": true}', True), ('{"walled": false}', False), ("{}", False), ("", False)],
)
def test_formgrader_says_where_there_was_no_wall(tmp_path, record, walled):
    page, _ = drawn(tmp_path, record)
    assert has(page, UNWALLED) != walled


@pytest.mark.tier("check")
@pytest.mark.parametrize("state", [FORGEABLE, "Right"])
def test_formgrader_says_which_mark_can_be_forged(tmp_path, state):
    page, _ = drawn(tmp_path, course={"state": state, "mistake": ""})
    assert has(page, PLAIN_TEST) == (state == FORGEABLE)


@pytest.mark.tier("check")
def test_the_name_of_a_student_is_text(tmp_path):
    _, resources = drawn(tmp_path, student="<img src=x>")
    assert resources["student"] == "&lt;img src=x&gt;"


@pytest.mark.tier("check")
def test_formgrader_shows_no_notebook_that_is_not_clean(tmp_path):
    drawn(tmp_path)
    path = tmp_path / "a.ipynb"
    path.write_text(path.read_text().replace("A notebook", "A notebook <img src=x onerror=x()>"))
    exporter = FormgraderPage("nonce", template_name="classic")
    page, _ = exporter.from_filename(str(path), {"nbgrader": {}})
    assert has(page, NOT_CLEAN)
    assert "A notebook" not in page


@needs_wall
def test_stock_execution_says_what_it_is_in_the_log_and_in_the_page(course):
    said = course.nbgrader("autograde", MODULE, "--student=ada", "--force", AS_ME)
    assert RUNS_AS_YOU in said
    assert own_marks(course)["ada"] == 2
    assert has(shown(course, "ada"), UNWALLED)
    said = course.nbgrader("autograde", MODULE)  # what was graded that way is graded anew
    assert "4 of 5 are graded already." in said
    assert not has(shown(course, "ada"), UNWALLED)


@needs_wall
def test_formgrader_s_button_does_what_the_command_does(course, monkeypatch):
    """What the button calls, with the same configuration, in a process that does more besides."""
    with (course.folder / "submitted" / "bob" / MODULE / "note.txt").open("w") as changed:
        changed.write("handed in again")
    monkeypatch.chdir(course.folder)
    for name, value in environment(course.home).items():
        monkeypatch.setenv(name, value)
    app = NbGrader()
    app.load_config_file()
    api = NbGraderAPI(NbGraderCourse(parent=app), config=app.config)
    answer = api.autograde(MODULE, "bob")
    assert answer["success"], answer
    assert "Student code runs with: no network" in answer["log"]
    assert "1 graded, 0 could not be graded" in answer["log"]


def test_without_a_wall_nothing_runs(tmp_path):
    course = CourseDirectory(tmp_path, MODULE)
    course.release()
    course.hand_in("ada", answered(MODULE))
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "alembic").symlink_to(Path(sys.executable).parent / "alembic")
    course.settings["PATH"] = str(programs)
    said = course.nbgrader("autograde", MODULE, status=1)
    assert "student code cannot be walled off: " in said
    assert "student_code_runs_as_me = True" in said
    assert "Traceback" not in said
    assert not course.marks
    assert not (course.folder / "autograded" / "ada").exists()


@needs_wall
@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("--notebook=x", "leave out --notebook"),
        ("--student=nobody", f"nobody handed in nothing of {MODULE}"),
        ("--Autograde.create_student=False", "the gradebook does not know zoe"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(course, option, sentence):
    if "create" in option:
        course.hand_in("zoe", untouched(MODULE))
    said = course.nbgrader("autograde", MODULE, option, status=1)
    assert sentence in said
    assert "Traceback" not in said


def assignment(source):
    cell = KnownCell("test", "code", source, "", locked=True, solution=False, points=1.0)
    return Assignment("own", (Notebook("own", {}, (cell,)),))


@pytest.mark.tier("check")
@pytest.mark.parametrize(
    "source", ["assert f(2) == 4", "check_it = f(1)\nassert check_it", "%time f(2)"]
)
def test_a_plain_test_can_be_graded(source):
    require_checks(assignment(source))
    assert plain_tests(assignment(source)) == ["test"]


@pytest.mark.tier("check")
@pytest.mark.parametrize(
    "source",
    ["check.step(step)\nassert f(2) == 4", "check.nothing(nothing)", "%time check.step(step)"],
)
def test_a_check_that_would_be_passed_over_is_refused(source):
    with pytest.raises(CourseError, match="a cell of its own"):
        require_checks(assignment(source))


@pytest.mark.tier("check")
def test_a_check_is_no_plain_test():
    assert plain_tests(assignment("check.step(step)")) == []
