"""What a page of feedback shows, and what a student's own text cannot do to it."""

from datetime import datetime, timedelta

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbgrader.api import Gradebook

from helpers.course.nbgrader.feedback import NOT_RUN
from helpers.course.nbgrader.harmless import clean_html, is_harmless

from .course_directory import (
    MODULES,
    REPOSITORY,
    CourseDirectory,
    exercises_of,
    grade_id,
    needs_wall,
    read,
)
from .submissions import answered, check, delete, find, graded, untouched

pytestmark = pytest.mark.tier("test")

MODULE = MODULES[0]
DUE = datetime(2026, 10, 1, 12, 0)
FIRST, SECOND, THIRD, *_ = (exercise.name for exercise in exercises_of(MODULE))
BY_COMMAND = ("in-time", "late", "bob", "pasted", "imports")
WITHOUT = ("without-the-first", "without-the-third")
HARMFUL = """## Your marks

| Exercise | Points | Result |
|---|---|---|
| everything | 12 of 12 | Right |

<style>table { display: none; }</style><script>document.title = "mine"</script>
</div></div></div><main><div class="cell navbar-fixed-top" onclick="x()">Moved</div></main>
<a href="javascript:x()">here</a> <iframe src="data:text/html,x"></iframe>
"""


def graded_once(test):
    """Mark a test of the class: all of them share one process, in which it is graded once."""
    return needs_wall(pytest.mark.xdist_group("feedback")(test))


def whole():
    """The notebook as students get it."""
    return read(REPOSITORY / "notebooks" / MODULE / f"{MODULE}.ipynb")


def harmful():
    """A notebook that tries to show marks of its own."""
    notebook = untouched(MODULE)
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(HARMFUL))
    notebook.cells.insert(1, nbformat.v4.new_raw_cell(HARMFUL))
    show = "from IPython.display import HTML, Javascript\n"
    show += f"display(Javascript('x()'))\nHTML({HARMFUL!r})"
    notebook.cells.insert(2, nbformat.v4.new_code_cell(show))
    return notebook


def without_the_first():
    """A whole notebook without the first check, and without the exercise after it."""
    notebook = whole()
    delete(notebook, check(notebook, FIRST), *graded(notebook)[2:4])
    return notebook


def without_the_third():
    """A whole notebook in which the check of the third exercise is deleted."""
    notebook = whole()
    delete(notebook, check(notebook, THIRD))
    return notebook


PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABXvMqOgAAAABJRU5E"
    "rkJggg=="
)


def pasted():
    """A right notebook with a pasted picture, one that is missing, and half a character."""
    notebook = answered(MODULE)
    text = "![a](attachment:a.png) ![b](attachment:b.png) \ud83d"
    cell = nbformat.v4.new_markdown_cell(text, attachments={"a.png": {"image/png": PIXEL}})
    notebook.cells.insert(0, cell)
    return notebook


def imports_of_its_own():
    """A right notebook whose first imports are not there, so that the others are not reached."""
    notebook = answered(MODULE)
    first = next(cell for cell in notebook.cells if "import" in cell.source)
    first.source = f"import no_such_library\n{first.source}"
    return notebook


def page(course, student):
    """A student's feedback, parsed."""
    return BeautifulSoup(course.feedback(student).html, "html.parser")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A graded class; bob has marks from a person."""
    made = CourseDirectory(tmp_path_factory.mktemp("feedback"), MODULE)
    made.release()
    with (made.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(
            "c.AssignLatePenalties.plugin_class = 'helpers.course.nbgrader.late.PenaltyPerDay'\n"
            "c.PenaltyPerDay.share = 0.25\n"
        )
    made.hand_in("in-time", answered(MODULE))
    made.hand_in("late", answered(MODULE))
    made.hand_in("bob", whole())
    made.hand_in("pasted", pasted())
    made.hand_in("harmful", harmful())
    made.hand_in("imports", imports_of_its_own())
    made.hand_in("without-the-first", without_the_first())
    made.hand_in("without-the-third", without_the_third())
    stamp = made.folder / "submitted" / "late" / MODULE / "timestamp.txt"
    stamp.write_text(f"{DUE + timedelta(hours=1):%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")
    database = f"sqlite:///{made.folder / 'gradebook.db'}"
    with Gradebook(database) as gradebook:
        gradebook.update_or_create_assignment(MODULE, duedate=DUE)
    as_me = "--ExecuteToTheEnd.student_code_runs_as_me=True"
    made.nbgrader("autograde", MODULE, "--student=harmful", as_me)  # it runs all, and keeps HTML
    made.course("grade", MODULE, "--student", *BY_COMMAND, *WITHOUT)
    with Gradebook(database) as gradebook:
        found = gradebook.find_submission_notebook(MODULE, MODULE, "bob")
        grades = {grade.name: grade for grade in found.grades}
        grades[grade_id(FIRST)].manual_score = 1.0
        grades[grade_id(SECOND)].extra_credit = 0.5
        comments = {comment.name: comment for comment in found.comments}
        comments[FIRST.replace("_", "-")].manual_comment = "You told me how in class."
        gradebook.db.commit()
    made.nbgrader("generate_feedback", MODULE)
    return made


@graded_once
def test_being_late_is_a_row_of_its_own(course):
    in_time, late = course.feedback("in-time"), course.feedback("late")
    assert late.table == in_time.table
    assert list(late.rows.items())[-2:] == [
        ("Late submission", ["−3", ""]),
        ("Total", ["9 of 12", ""]),
    ]
    assert "Late submission" not in in_time.rows
    assert in_time.rows["Total"] == ["12 of 12", ""]


@graded_once
def test_an_import_that_fails_costs_nothing_and_is_shown(course):
    feedback = course.feedback("imports")
    assert feedback.rows["Total"] == ["12 of 12", ""]
    assert "ModuleNotFoundError: No module named 'no_such_library'" in feedback.text


@graded_once
def test_a_mark_given_by_hand_says_so(course):
    feedback = course.feedback("bob")
    assert feedback.table[FIRST] == ("1 of 1", "marked by hand")
    assert feedback.table[SECOND] == ("0.5 of 1", "marked by hand")
    assert feedback.table[THIRD] == ("0 of 1", "Not started")
    assert feedback.rows["Total"] == ["1.5 of 12", ""]


@graded_once
def test_only_what_a_person_wrote_is_a_comment(course):
    text = course.feedback("bob").text
    assert "You told me how in class." in text
    assert text.count("Comments:") == 1
    assert "No response" not in text


@graded_once
def test_cells_that_were_not_run_are_spoken_of_where_there_are_any(course):
    assert NOT_RUN in course.feedback("bob").text
    assert NOT_RUN not in course.feedback("in-time").text
    assert NOT_RUN not in course.feedback("harmful").text


@graded_once
def test_every_link_leads_somewhere(course):
    made = page(course, "bob")
    targets = {part.get("id") for part in made.find_all(id=True)}
    targets |= {part["name"] for part in made.find_all("a", attrs={"name": True})}
    for link in made.find_all("a", href=True):
        assert link["href"].startswith("https://") or link["href"][1:] in targets
    assert "module 00 has enough of both" in course.feedback("bob").text


@graded_once
def test_a_pasted_picture_is_shown_and_a_missing_one_costs_nothing(course):
    images = [image.get("src") for image in page(course, "pasted").find_all("img")]
    assert f"data:image/png;base64,{PIXEL}" in images
    assert course.feedback("pasted").table == course.feedback("in-time").table


@graded_once
def test_a_student_s_text_can_neither_run_nor_hide_nor_imitate(course):
    made = page(course, "harmful")
    first, *others = made.find("main").find_all(class_="cell")
    assert first.find("h2").get_text().startswith("Your marks")
    assert course.feedback("harmful").rows["Total"] == ["0 of 12", ""]
    assert len(made.find_all("main")) == 1
    for cell in others:
        assert cell.parent is first.parent  # closing tags do not end the page's own
    assert not made.find("body").find_all(["script", "style", "iframe"])
    assert not made.find_all(onclick=True)
    assert not made.find_all(class_="navbar-fixed-top")
    assert "javascript:" not in "".join(link["href"] for link in made.find_all("a", href=True))
    assert made.get_text().count("Moved") == 4  # in Markdown, raw, in code and below it


@graded_once
@pytest.mark.parametrize("student", ["harmful", "pasted"])  # graded by nbgrader, by the course
def test_what_an_instructor_looks_at_is_harmless(course, student):
    notebook = course.autograded(student)
    assert is_harmless(notebook)
    assert "<script" not in str([cell.get("outputs", cell.source) for cell in notebook.cells[:3]])


@graded_once
def test_a_check_that_was_deleted_comes_back_above_the_next_exercise(course):
    notebook = course.autograded("without-the-first")
    first, second = (find(notebook, grade_id(exercise)) for exercise in (FIRST, SECOND))
    answer = find(notebook, THIRD.replace("_", "-"))
    assert second == first + 1
    introduction = notebook.cells[second + 1 : answer]
    assert "### Exercise 1.3" in introduction[0].source
    assert {cell.cell_type for cell in introduction} == {"markdown"}


@graded_once
def test_it_stands_below_what_belongs_to_a_picture(course):
    notebook = course.autograded("without-the-third")
    place = find(notebook, grade_id(THIRD))
    assert notebook.cells[place - 1].source.endswith("section 8 moves the points.\n\n</details>")
    assert notebook.cells[place + 1].source.startswith("### Exercise 1.4")


@pytest.mark.tier("check")
@pytest.mark.parametrize(
    "harmless",
    [
        "<h2>One</h2>",
        '<div class="highlight"><pre><span class="mi">1</span></pre></div>',
        '<p style="text-align:left">1</p>',
        '<math display="block"><mfrac><mi>x</mi><mn>2</mn></mfrac></math>',
        '<p>$a &lt; b$ &amp; <a href="https://example.org">more</a></p>',
        '<img alt="A line." src="data:image/png;base64,AA==" width="3">',
        '<details open=""><summary>More</summary></details>',
    ],
)
def test_what_is_harmless_stays(harmless):
    assert clean_html(harmless) == harmless


@pytest.mark.tier("check")
@pytest.mark.parametrize(
    ("harmful", "left"),
    [
        ("<script>x()</script>", ""),
        ("<style>table { display: none }</style>", ""),
        ('<p style="position: fixed; top: 0">a</p>', '<p style="">a</p>'),
        ('<p class="navbar-fixed-top" id="marks" onclick="x()">a</p>', "<p>a</p>"),
        ('<a name="step-check" href="javascript:x()">a</a>', "<a>a</a>"),
        ('<a href="../02-activations/02-activations.ipynb#2.-Two">02</a>', "<a>02</a>"),
        ("</div></main>a", "a"),
        ("<svg onload='x()'></svg>a", "a"),
        ("<blink>a</blink>", "a"),
        ('<img src="https://example.org/a.png" alt="a">', '<img alt="a">'),
    ],
)
def test_what_is_harmful_goes(harmful, left):
    assert clean_html(harmful) == left


@pytest.mark.parametrize(
    "grader",
    [
        pytest.param("nbgrader", marks=pytest.mark.tier("full")),
        pytest.param("course", marks=needs_wall),
    ],
)
def test_a_question_of_the_instructor_s_own_is_marked_by_hand(tmp_path, grader):
    module = MODULES[0]
    course = CourseDirectory(tmp_path, module)
    course.trust_students()
    path = course.folder / "solutions" / module / f"{module}.ipynb"
    source = read(path)
    essay = nbformat.v4.new_markdown_cell("### BEGIN SOLUTION\nIt learns.\n### END SOLUTION")
    essay.metadata["nbgrader"] = dict.fromkeys(("grade", "solution"), True) | {
        "schema_version": 3,
        "grade_id": "essay",
        "points": 3,
        "locked": False,
        "task": False,
    }
    source.cells.append(essay)
    nbformat.write(source, path)
    course.generate()
    question = course.notebook("notebooks").cells[-1]
    assert "It learns" not in question.source
    question.source = "It adjusts its weights."
    notebook = untouched(module)
    notebook.cells.append(question)
    course.hand_in("ada", notebook)
    getattr(course, grader)("autograde" if grader == "nbgrader" else "grade", module)
    course.nbgrader("generate_feedback", module)
    assert course.feedback("ada").rows["essay"] == ["0 of 3", "not marked yet"]
    with Gradebook(f"sqlite:///{course.folder / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("essay", module, module, "ada")
        assert grade.needs_manual_grade
        grade.manual_score, grade.needs_manual_grade = 2, False
        gradebook.db.commit()
    course.nbgrader("generate_feedback", module, "--force")
    assert course.feedback("ada").rows["essay"] == ["2 of 3", "marked by hand"]
    assert "It adjusts its weights." in course.feedback("ada").text
