"""The way of an assignment, with nbgrader's own commands, from the author's desk and back."""

import shutil

import pytest

from .course_directory import (
    COURSE_ID,
    MODULES,
    REPOSITORY,
    CourseDirectory,
    Feedback,
    Student,
    needs_wall,
    points_of,
    read,
)

STUDENTS = ("ada", "bob")  # one hands in the solutions, the other nothing new


class Journey:
    """One assignment, taken all the way; every step keeps what its command wrote."""

    def __init__(self, folder, module):
        self.module = module
        self.course = course = CourseDirectory(folder / "instructor", module)
        self.students = {name: Student(folder / name, name, course) for name in STUDENTS}
        course.nbgrader("generate_assignment", module, "--force")
        self.released = course.notebook("notebooks")
        course.through_exchange("release_assignment", module)
        self.listed = self.students["ada"].through_exchange("list")
        for name, student in self.students.items():
            student.through_exchange("fetch_assignment", module)
            path = student.folder / module / f"{module}.ipynb"
            if name == "ada":
                path.write_bytes(
                    (course.folder / "solutions" / module / f"{module}.ipynb").read_bytes()
                )
            student.through_exchange("submit", module)
        self.inbound = course.through_exchange("list", "--inbound")
        course.through_exchange("collect", module, "--ExchangeCollect.check_owner=False")
        self.graded = course.nbgrader("autograde", module)
        self.graded += course.nbgrader("generate_feedback", module)
        course.through_exchange("release_feedback", module)
        for student in self.students.values():
            student.through_exchange("fetch_feedback", module)
        self.exported = course.exported()

    def feedback(self, name):
        """What a student fetched."""
        (path,) = (self.students[name].folder / self.module / "feedback").glob("*/*.html")
        return Feedback(path)


# The way does not depend on the module: one stands for all, in the largest run a long one too.
WAYS = [
    pytest.param(
        module,
        marks=[pytest.mark.tier(tier), pytest.mark.xdist_group(f"{module} way"), needs_wall],
    )
    for module, tier in ((MODULES[0], "test"), ("06-training", "full"))
]


@pytest.fixture(scope="module", params=WAYS)
def journey(request, tmp_path_factory):
    return Journey(tmp_path_factory.mktemp("journey"), request.param)


def test_generating_again_makes_the_notebook_that_is_committed(journey):
    committed = read(REPOSITORY / "notebooks" / journey.module / f"{journey.module}.ipynb")
    assert journey.released == committed


def test_a_student_sees_the_assignment(journey):
    assert f"{COURSE_ID} {journey.module}" in journey.listed


def test_the_instructor_sees_every_submission(journey):
    for name in STUDENTS:
        assert f"{COURSE_ID} {name} {journey.module}" in journey.inbound


def test_the_solutions_earn_full_marks(journey):
    assert journey.course.marks["ada"] == points_of(journey.module)


def test_the_untouched_notebook_earns_nothing(journey):
    assert journey.course.marks["bob"] == dict.fromkeys(points_of(journey.module), 0)


def test_every_check_of_the_untouched_notebook_says_not_started(journey):
    cells = journey.course.autograded("bob").cells
    graded = [c for c in cells if c.metadata.get("nbgrader", {}).get("grade")]
    assert len(graded) == len(points_of(journey.module))
    for cell in graded:
        (output,) = cell.outputs
        assert "Not started" in "\n".join(output.traceback)


def test_the_feedback_says_not_started(journey):
    feedback = journey.feedback("bob")
    for exercise, points in points_of(journey.module).items():
        assert "○ Not started" in feedback.output(exercise)
        assert feedback.table[exercise] == (f"0 of {points:g}", "Not started")


def test_the_feedback_on_the_solutions_says_right(journey):
    feedback = journey.feedback("ada")
    for exercise in points_of(journey.module):
        assert "✓ Right" in feedback.output(exercise)
        assert "Not started" not in feedback.output(exercise)


def test_the_exported_table_has_the_marks(journey):
    total = sum(points_of(journey.module).values())
    for name, score in zip(STUDENTS, (total, 0), strict=True):
        row = journey.exported[name]
        assert row["assignment"] == journey.module
        assert (float(row["score"]), float(row["max_score"])) == (score, total)


def test_commands_do_not_complain_about_the_configuration(journey):
    for complaint in ("Outdated config", "not recognized", "has changed!"):
        assert complaint not in journey.graded


def test_validate_accepts_the_solutions(journey):
    module = journey.module
    output = journey.course.nbgrader("validate", f"solutions/{module}/{module}.ipynb")
    assert "Success! Your notebook passes all the tests." in output


@pytest.mark.tier("full")  # JupyterLab's button says it in every run
def test_validate_names_what_is_not_started(journey):
    module = journey.module
    output = journey.course.nbgrader("validate", f"notebooks/{module}/{module}.ipynb")
    assert f"VALIDATION FAILED ON {len(points_of(module))} CELL(S)!" in output
    for exercise in points_of(module):
        assert f"check.{exercise}({exercise})" in output
    assert output.count("Not started") == len(points_of(module))


def test_a_notebook_with_another_name_cannot_be_submitted(journey, tmp_path):
    eve = Student(tmp_path, "eve", journey.course)
    shutil.copy(REPOSITORY / "nbgrader_config.py", eve.folder)
    folder = eve.folder / journey.module
    folder.mkdir()
    shutil.copy(
        REPOSITORY / "notebooks" / journey.module / f"{journey.module}.ipynb",
        folder / f"{journey.module} (1).ipynb",
    )
    output = eve.through_exchange("submit", journey.module, status=1)
    assert f"{journey.module}.ipynb: MISSING" in output
