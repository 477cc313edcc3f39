"""Hidden cases come from a pool, are the same at each grading, and leave nothing behind."""

import io
import json
import pickle
import re
import stat
import subprocess
from dataclasses import replace

import numpy as np
import pytest

from helpers.checks import exercises
from helpers.course.folder import CourseError
from helpers.course.grading.assignments import Result
from helpers.course.grading.clean_process import Opening
from helpers.course.grading.command import OTHER_SECRET, Order, grade_class
from helpers.course.grading.pool import FILE, SETS, Pool
from helpers.course.grading.sandbox import Limits
from helpers.course.grading.trace import Trace
from helpers.course.grading.workers import Local

from .course_directory import MODULES, REPOSITORY, CourseDirectory, needs_wall
from .small_class import HIDDEN, NAME, assignment, submission
from .submissions import answered

pytestmark = pytest.mark.tier("check")
MODULE = MODULES[0]
ASSIGNMENT = assignment("affine", "weighted_sum")
POOL = Pool(b"s" * 32)
SPY = """
seen = []
def affine(X, W, b):
    seen.append(X.shape)
    return X @ W + b
"""
EXITS = """
calls = 0
def weighted_sum(x, w, b):
    global calls
    calls += 1
    if calls > {calls}:
        __import__("os")._exit({status})
    return float(x @ w + b)
"""
SUM = "def weighted_sum(x, w, b):\n    return float(x @ w + b)"
SAYS = "print('seen', len(seen))"


def test_a_student_meets_the_same_cases_each_time():
    first, second = (POOL.hidden("ada", ASSIGNMENT) for _ in range(2))
    assert first == second
    assert set(first) == {"affine", "weighted_sum"}


def test_students_and_courses_meet_others():
    sets = {POOL.hidden(f"s{n}", ASSIGNMENT)["affine"] for n in range(40 * SETS)}
    assert {chosen.place for chosen in sets} == set(range(SETS))
    assert len(sets) == SETS
    assert all(chosen.seed == POOL.seed("affine", chosen.place) for chosen in sets)
    others = {Pool(b"t" * 32).seed("affine", place) for place in range(SETS)}
    assert others.isdisjoint(chosen.seed for chosen in sets)
    assert others.isdisjoint(POOL.seed("weighted_sum", place) for place in range(SETS))


def test_the_secret_is_made_once_and_is_nobody_elses_to_read(tmp_path):
    first = Pool.of_course(tmp_path)
    path = tmp_path / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    assert Pool.of_course(tmp_path).name == first.name
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert first.name not in path.read_text(encoding="ascii")
    path.unlink()
    assert Pool.of_course(tmp_path).name != first.name


@pytest.mark.parametrize("content", ["", "secret", "ab" * 31, "zz" * 32, "é"])
def test_a_file_that_holds_no_secret_is_one_sentence(tmp_path, content):
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(CourseError, match=r"Put it back from your backup"):
        Pool.of_course(tmp_path)


def test_what_travels_to_a_worker_is_no_secret():
    handed_in = replace(submission("ada"), hidden=POOL.hidden("ada", ASSIGNMENT))
    assert b"s" * 32 not in pickle.dumps(handed_in)
    assert (b"s" * 32).hex().encode() not in pickle.dumps(handed_in)


def test_the_secret_is_never_committed():
    said = subprocess.run(
        ["git", "check-ignore", "-q", FILE], cwd=REPOSITORY, capture_output=True, check=False
    )
    if said.returncode == 128:  # no repository, as in a release
        assert f"/{FILE}" in (REPOSITORY / ".gitignore").read_text(encoding="utf-8").split()
    else:
        assert said.returncode == 0


@pytest.fixture(scope="module")
def judged():
    local = Local(Opening(Limits(cell_seconds=5, seconds=60)), 2, sample=0)
    local.take(ASSIGNMENT)

    def run(**answers):
        handed_in = submission("ada", **answers)
        handed_in = replace(handed_in, hidden=POOL.hidden("ada", ASSIGNMENT))
        ((_, result),) = local.results([handed_in])
        return result.notebooks[NAME]

    yield run
    local.close()


@needs_wall
@pytest.mark.tier("test")
def test_no_later_cell_knows_the_hidden_cases(judged):
    graded = judged(affine=SPY, weighted_sum=f"{SAYS}\n{EXITS.format(calls=99, status=0)}")
    assert [mark.score for mark in graded.marks] == [1, 1]
    assert all(re.fullmatch(r"set \d+", mark.hidden) for mark in graded.marks)
    seen = len(exercises()["affine"].case_set().cases) + 1
    assert f"seen {seen}\\n" in graded.text


def by_heart(*seeds):
    """An answer that is right in the cases of these sets, and in no others."""
    case_sets = map(exercises()["affine"].case_set, (None, *seeds))
    known = sorted(float(np.sum(X)) for cases in case_sets for X, _, _ in cases.cases)
    right = f"min(abs(np.sum(X) - known) for known in {known!r}) < 1e-9"
    return f"def affine(X, W, b):\n    return (X @ W + b) * ({right})"


@needs_wall
@pytest.mark.tier("test")
def test_the_cases_that_are_met_are_those_of_the_student_and_not_those_of_the_check(judged):
    own = POOL.hidden("ada", ASSIGNMENT)["affine"].seed
    for seed, score in ((own, 1), (HIDDEN, 0)):
        graded = judged(affine=by_heart(seed), weighted_sum=SUM)
        assert [mark.score for mark in graded.marks] == [score, 1]


@needs_wall
@pytest.mark.tier("test")
@pytest.mark.parametrize("status", [0, 7])
def test_an_answer_that_exits_in_a_hidden_case_costs_that_exercise_alone(judged, status):
    calls = len(exercises()["weighted_sum"].case_set().cases) + 1
    graded = judged(affine=SPY, weighted_sum=EXITS.format(calls=calls, status=status))
    assert [mark.score for mark in graded.marks] == [1, 0]
    assert "The inputs you can see pass, but others do not." in graded.text
    assert graded.trouble == ""


def test_a_trace_knows_with_which_secret_it_was_made_and_nobody_else_reads_it(tmp_path):
    path = tmp_path / "trace.jsonl"
    ours, others = Trace(path, "ours"), Trace(path, "others")
    assert not ours.of_another_secret()  # there are no marks yet
    ours.add([Result("ada", "0" * 64, {})])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert others.of_another_secret()
    assert not ours.of_another_secret()
    others.add([Result("ada", "0" * 64, {})])
    assert ours.of_another_secret()
    path.write_text(path.read_text(encoding="ascii")[:-20], encoding="ascii")  # broken off
    assert not ours.of_another_secret()


@needs_wall
@pytest.mark.tier("test")
def test_a_secret_that_is_lost_is_said_and_marks_stay(tmp_path):
    course = CourseDirectory(tmp_path, MODULE)
    course.release()
    course.hand_in("ada", answered(MODULE))
    for number, other in ((1, False), (2, True), (3, False)):
        if other:
            (course.folder / FILE).unlink()
        screen = io.StringIO()
        assert grade_class(course.folder, Order(MODULE, force=True, workers=1), screen) == 0
        assert (OTHER_SECRET in screen.getvalue()) == other, number
    path = course.folder / "grading" / MODULE / "trace.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]
    first, second, third = (one["marks"][MODULE] for one in records)
    assert first != second == third
    scores = [{name: one["score"] for name, one in marks.items()} for marks in (first, second)]
    assert scores[0] == scores[1]


SLOW = {"train_digits": 4, "plot_activations": 8}  # of a set they take a second, or a third of one


@pytest.mark.tier("full")
@pytest.mark.parametrize("name", exercises())
def test_right_answers_pass_every_set(name):
    """For some course, whose secret nobody has looked at."""
    exercise = exercises()[name]
    pool = Pool(name.encode().ljust(32, b"."))
    for place in range(SLOW.get(name, SETS)):
        seed = pool.seed(name, place)
        for answer in (exercise.reference, *exercise.variants):
            assert exercise.verdict(answer, seed).right, (place, answer)
