"""The gallery of attacks: none gains a mark, harms a neighbor, or leaves anything behind."""

import ast
import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from helpers.course.grading.sandbox import Limits, Sandbox
from helpers.course.grading.session import Session
from tests.waiting import until

from .commands import JUDGE_SECONDS
from .course_directory import MODULES, CourseDirectory, needs_wall, points_of, read
from .submissions import answer, answered, as_bytes, check, delete, insert, untouched

pytestmark = [needs_wall, pytest.mark.tier("test"), pytest.mark.xdist_group("attacked")]

MODULE = MODULES[0]
ASKED = ("weighted_sum", "step", "perceptron_update")  # a short notebook: there are many
POINTS = {name: points_of(MODULE)[name] for name in ASKED}
HONEST = "zz-honest"
NOT_RUN = "not run by the tests"
SEES = {  # an error says that it saw nothing
    "network": "PermissionError",
    "environment": "LookupError",
    "marks_in_the_gradebook": "FileNotFoundError",
    "shared_log": "PermissionError",
    "user_namespace": "PermissionError",
    "secret_of_the_course": "FileNotFoundError",
    "record_of_the_marks": "FileNotFoundError",
    "memory_of_others": "FileNotFoundError",
    "hidden_tests_in_memory": "LookupError",
    "before_its_neighbors": "PermissionError",
    "neighbor_over_a_socket": "ConnectionRefusedError",
    "name_of_half_a_pair": "PermissionError",
    "lock_on_a_shared_file": "PermissionError",
    "ears_on_files": "PermissionError",
    "terminal_of_others": "FileNotFoundError",
    "log_of_the_kernel": "PermissionError",
    "newest_calls": "PermissionError",
}


def short(notebook):
    """Ask for some of the exercises only."""
    for name in points_of(MODULE).keys() - POINTS:
        delete(notebook, answer(notebook, name), check(notebook, name))
    return notebook


@dataclass(frozen=True)
class Attack:
    """One file of the gallery."""

    path: Path

    @property
    def name(self):
        return self.path.stem

    @property
    def source(self):
        return self.path.read_text(encoding="utf-8")

    @property
    def doc(self):
        return " ".join(ast.get_docstring(ast.parse(self.source)).split())

    def notebook(self, course):
        """A notebook without answers, with the attack in its first cells.

        Who attacks knows where the course is.
        """
        notebook = short(untouched(MODULE))
        insert(notebook, 1, f"COURSE = {str(course.folder)!r}")
        insert(notebook, 2, self.source)
        if "\ndef answer(" in self.source:
            for name in ASKED:
                answer(notebook, name).source = f"{name} = answer({name!r})"
        return notebook


ATTACKS = [Attack(path) for path in sorted((Path(__file__).parent / "hostile").glob("*.py"))]
each_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)


def handed_in(folder, attacks):
    """A class of attackers and one honest student, before it is graded."""
    course = CourseDirectory(folder, MODULE)
    source = course.folder / "solutions" / MODULE / f"{MODULE}.ipynb"
    source.write_bytes(as_bytes(short(read(source))))
    course.generate()
    for attack in attacks:
        course.hand_in(attack.name, attack.notebook(course))
    course.hand_in(HONEST, short(answered(MODULE)))
    course.settings["INSTRUCTOR_TOKEN"] = "a-secret-of-the-instructor"
    return course


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """A class graded by `course grade`."""
    course = handed_in(tmp_path_factory.mktemp("attacked"), ATTACKS)
    course.temporary = tmp_path_factory.mktemp("temporary-of-the-attacked")
    course.temporary.chmod(0o755)
    course.settings["TMPDIR"] = str(course.temporary)
    course.settings[JUDGE_SECONDS] = "1"  # in place of 20, which some attacks use to the end
    course.said = course.course("grade", MODULE, "--timeout", "1", "--workers", "2")
    course.nbgrader("generate_feedback", MODULE)
    return course


@pytest.fixture(scope="module")
def stock(tmp_path_factory):
    """The same attackers, graded by `nbgrader autograde`."""
    course = handed_in(
        tmp_path_factory.mktemp("stock"), [a for a in ATTACKS if NOT_RUN not in a.doc]
    )
    course.trust_students()
    course.nbgrader("autograde", MODULE)
    return course


@each_attack
def test_an_attack_earns_nothing(attacked, attack):
    assert attacked.marks[attack.name] == dict.fromkeys(ASKED, 0)


@each_attack
def test_an_attacker_has_feedback_on_every_exercise(attacked, attack):
    feedback = attacked.feedback(attack.name)
    for exercise in ASKED:
        assert feedback.output(exercise)
        assert "Right" not in feedback.table[exercise]


@pytest.mark.tier("check")
@each_attack
def test_every_attack_says_what_stock_nbgrader_does(attack):
    assert "Stock: " in attack.doc
    assert "Here: " in attack.doc


@pytest.mark.parametrize(("name", "error"), SEES.items())
def test_a_spy_sees_nothing(attacked, name, error):
    cells = attacked.autograded(name).cells
    about = next(attack.source for attack in ATTACKS if attack.name == name).split("\n")[0]
    spy = next(cell for cell in cells if cell.source.startswith(about))
    assert [o.ename for o in spy.outputs if o.output_type == "error"] == [error]


def test_the_honest_student_loses_nothing(attacked):
    assert attacked.marks[HONEST] == POINTS


def that_see(folder):
    """Yield the processes behind walls that were built out of a folder; others have other walls."""
    for mounts in Path("/proc").glob("[0-9]*/mountinfo"):
        with contextlib.suppress(OSError):  # it has just ended
            if folder.name in mounts.read_text():
                yield mounts.parent.name


def test_nothing_is_left_behind(attacked):
    assert not Path("/tmp/course-grade-was-here").exists()
    assert not Path("/tmp/left-behind").exists()
    assert not list(attacked.temporary.iterdir())
    until(lambda: not list(that_see(attacked.temporary)))


def test_the_report_names_what_a_person_should_look_at(attacked):
    assert "asked_the_exercise: another cell imports the course's own library" in attacked.said


def test_the_screen_shows_text(attacked):
    assert not [c for c in attacked.said if not c.isprintable() and c not in "\r\n"]


def test_the_gradebook_says_why_python_ended(attacked):
    assert "Python ended early" in attacked.feedback("forged_output").text


if "ATTACK_STOCK" in os.environ:  # for half an hour they attack this machine: only when asked

    @pytest.mark.tier("full")
    @pytest.mark.parametrize(
        "attack", [a for a in ATTACKS if NOT_RUN not in a.doc], ids=lambda attack: attack.name
    )
    def test_stock_nbgrader_does_what_the_attack_says(stock, attack):
        earned = sum(mark or 0 for mark in stock.marks[attack.name].values())
        assert (earned > 0) == ("Stock: full marks" in attack.doc)


SPACES = ("net", "pid", "ipc", "mnt", "uts")


def descendants(pid):
    """Yield the processes below one, as the kernel lists them."""
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in listed.read_text().split():
            yield child
            yield from descendants(child)


def test_what_is_behind_a_wall_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Sandbox(limits=Limits(seconds=60)) as sandbox, sandbox.submission():
        assert list(that_see(tmp_path))
    until(lambda: not list(that_see(tmp_path)))


def test_the_second_wall_stands_behind_the_first():
    """Calls that would reach others are refused; were they not, there would be nobody."""
    with Sandbox(limits=Limits(seconds=60)) as sandbox, sandbox.submission() as inmate:
        Session(inmate.channel, inmate.end).run(1, "1", 10)  # now it is shut in
        below = list(descendants(sandbox._process.pid))
        spaces = {s: [os.readlink(f"/proc/{pid}/ns/{s}") for pid in below] for s in SPACES}
    for space, (*warm, own) in spaces.items():
        assert warm
        assert own != os.readlink(f"/proc/self/ns/{space}"), space
        assert own not in warm or space == "uts"
