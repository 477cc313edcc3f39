"""The grader distrusts itself: planted submissions, a second look at some, and a trace of all."""

import io
import json
import os
import random
import signal
import stat
from contextlib import closing, nullcontext
from dataclasses import replace

import numpy as np
import pytest

from helpers.checks import Exercise, exercises
from helpers.course.folder import CourseError
from helpers.course.grading import canaries
from helpers.course.grading.assignments import Graded, Mark
from helpers.course.grading.bench import Bench
from helpers.course.grading.clean_process import Opening
from helpers.course.grading.command import Order, grade_class
from helpers.course.grading.package import version
from helpers.course.grading.sandbox import Limits
from helpers.course.grading.workers import Local

from .course_directory import MODULES, CourseDirectory, needs_wall, points_of
from .small_class import NAME, assignment, submission
from .submissions import answered, untouched

pytestmark = [pytest.mark.tier("test"), needs_wall]
MODULE = MODULES[0]
AFFINE = "def affine(X, W, b):\n    return X @ W + b"
FAULTS = {  # what else a broken grader could do
    "finds no mistake": ("_known_mistake", lambda *_: None),
    "says wrong to everything": ("_problem", lambda *_: "No."),
}


@pytest.fixture
def course(tmp_path):
    """A course directory in which two have handed in."""
    made = CourseDirectory(tmp_path, MODULE)
    made.release()
    made.hand_in("ada", answered(MODULE))
    made.hand_in("bob", untouched(MODULE))
    return made


def test_a_grader_that_does_not_grade_as_it_should_writes_no_mark(course, monkeypatch):
    monkeypatch.setattr(Exercise, "_problem", lambda *_: None)  # it says right to everything
    with pytest.raises(CourseError, match="planted submission"):
        grade_class(course.folder, Order(MODULE, workers=1), io.StringIO())
    assert course.marks == {}
    assert not list(course.folder.glob("autograded/*/*/*.ipynb"))


@pytest.mark.tier("full")
@pytest.mark.parametrize("fault", FAULTS)
def test_other_faults_are_noticed_too(monkeypatch, fault):
    monkeypatch.setattr(Exercise, *FAULTS[fault])
    local = Local(Opening(Limits()), 1)
    try:
        local.take(assignment("affine"))
        with pytest.raises(CourseError, match="planted submission"):
            local.protections()
    finally:
        local.close()


def wrongly_expected():
    """A planted submission of right answers, of which it is said that one is wrong."""
    right = next(canary for canary in canaries.drawn() if canary.name == "right answers")
    return replace(right, expected={"affine-check": (0.0, "Wrong", "")})


def begun(sample):
    """Return a run that was tried when it began, and then was all right."""
    local = Local(Opening(Limits()), 1, sample=sample)
    local.take(assignment("affine"))
    local.protections()
    return local


def spoiled_by_now(local, monkeypatch):
    """Let planted submissions get other marks than they must from here on: that is found out."""
    wrong = wrongly_expected()
    monkeypatch.setattr(canaries, "drawn", lambda: [wrong])
    with pytest.raises(CourseError, match=r"affine-check: 1\.0 Right in place of 0\.0 Wrong"):
        list(local.results([submission("ada", affine=AFFINE)]))


def test_some_are_planted_among_students(monkeypatch):
    """A grader that is spoiled while it works is found out, too."""
    with closing(begun(sample=1)) as local:
        spoiled_by_now(local, monkeypatch)


def test_a_process_that_starts_later_is_tried_too(monkeypatch):
    with closing(begun(sample=0)) as local:
        os.kill(local._benches[0].pid, signal.SIGKILL)
        spoiled_by_now(local, monkeypatch)


@pytest.mark.parametrize("times", [1, 2])
def test_a_planted_submission_whose_judge_is_killed_is_judged_once_more(monkeypatch, times):
    ended, killed = Bench.ended, []

    def kills(self):
        seat, sitting = ended(self)
        if seat == 1 and len(killed) < times:
            killed.append(seat)
            sitting = replace(sitting, graded=None, status=-signal.SIGKILL)
        return seat, sitting

    monkeypatch.setattr(Bench, "ended", kills)
    believed = pytest.raises(CourseError, match="planted") if times > 1 else nullcontext()
    with closing(Local(Opening(Limits()), 1)) as local:
        local.take(assignment("affine"))
        with believed:
            assert all(local.protections().values())
    assert len(killed) == times


def planted(count):
    return [one for number in range(count) for one in canaries.drawn(random.Random(number))]


@pytest.mark.tier("check")
def test_what_is_planted_asks_for_exercises_of_the_course():
    asked = {cell.name for cell in canaries.ASSIGNMENT.notebooks[0].cells if cell.points}
    for canary in planted(9):
        assert set(canary.answers) <= set(exercises())
        assert set(canary.expected) == asked


@pytest.mark.tier("check")
def test_what_is_planted_is_known_by_nothing_that_was_there_before():
    """Neither a text, nor a number, nor an order, nor a case."""
    made = [
        [c for c in planted(9) if c.name == name] for name in ("right answers", "wrong answers")
    ]
    for alike in made:
        texts = [source for canary in alike for source in canary.answers.values()]
        assert len(set(texts)) == len(texts)
        assert len({canary.submission().digest for canary in alike}) == len(alike)
        assert len({tuple(canary.answers) for canary in alike}) > 3
        assert len({seed for canary in alike for seed in canary.seeds.values()}) == len(texts)
    assert len({tuple(c.name for c in canaries.drawn(random.Random(n))) for n in range(40)}) == 6


@pytest.mark.tier("check")
def test_nobody_foresees_what_is_planted():
    made = [*canaries.drawn(), *canaries.drawn()]
    assert len({canary.submission().digest for canary in made}) == len(made)


@pytest.mark.tier("check")
def test_what_is_planted_is_what_is_said_of_it():
    """Answers that harm nobody are judged here; the hostile ones are, behind the wall, above."""
    for canary in planted(12):
        if canary.name == "hostile answers":
            continue
        for name, source in canary.answers.items():
            space = {"np": np}
            exec(source, space)
            found = exercises()[name].verdict(space[name])
            if found.right:
                found = exercises()[name].verdict(space[name], canary.seeds[name])
            _, state, mistake = canary.expected[f"{name.replace('_', '-')}-check"]
            assert (found.state.value, found.mistake) == (state, mistake), source


@pytest.mark.tier("check")
@pytest.mark.parametrize("canary", planted(1), ids=lambda canary: canary.name)
def test_a_planted_submission_must_get_exactly_its_marks(canary):
    right = {name: Mark(name, what[0], 1.0, *what[1:]) for name, what in canary.expected.items()}
    canary.require(Graded("", tuple(right.values())))
    for name, mark in right.items():
        others = [one for one in right.values() if one is not mark]
        for other in ({"score": 0.5}, {"state": "Odd"}, {"mistake": "odd"}, {"grade_id": "odd"}):
            with pytest.raises(CourseError, match=f"does not grade as it should.*{name}: "):
                canary.require(Graded("", (*others, replace(mark, **other))))
    with pytest.raises(CourseError):
        canary.require(None)


def graded_twice(*handed_in, walled=True):
    local = Local(Opening(Limits(), walled=walled), 2, sample=1)
    try:
        local.take(assignment("affine"))
        return {result.student: result for _, result in local.results(handed_in)}
    finally:
        local.close()


LUCK = """
import os
right = not os.path.exists(luck)
open(luck, "w").close()

def affine(X, W, b):
    return X @ W + b if right else X
"""


def test_a_second_look_tells_luck_from_knowledge(tmp_path):
    """Whose answers are others each time is told; everybody else has the same marks."""
    found = graded_twice(submission("ada", affine=AFFINE), submission("bob"))
    assert [found[name].second for name in ("ada", "bob")] == ["same", "same"]
    luck = f"luck = {str(tmp_path / 'luck')!r}"  # behind a wall there is no such place
    other = graded_twice(submission("eve", luck, affine=LUCK), walled=False)["eve"]
    assert other.second == "affine-check 1.0 and 0.0"
    assert other.remarks == (
        "graded twice, with different marks: affine-check 1.0 and 0.0; the first ones count",
    )
    assert [mark.score for mark in other.notebooks[NAME].marks] == [1]


def test_each_mark_can_be_traced(course):
    said = io.StringIO()
    assert grade_class(course.folder, Order(MODULE, workers=2), said) == 0
    grade_class(course.folder, Order(MODULE, ["ada"], force=True, workers=1), said)
    path = course.folder / "grading" / MODULE / "trace.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    records = [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]
    assert sorted(one["student"] for one in records) == ["ada", "ada", "bob"]
    last = {one["student"]: one for one in records}
    assert all(one["second"] in ("", "same") and 0 < one["seconds"] < 600 for one in records)
    for student, state in (("ada", "Right"), ("bob", "Not started")):
        assert version().startswith(last[student]["checks"])
        marks = last[student]["marks"][MODULE]
        assert {name: one["points"] for name, one in marks.items()} == {
            f"{name.replace('_', '-')}-check": points for name, points in points_of(MODULE).items()
        }
        assert {one["state"] for one in marks.values()} == {state}
        assert all(bool(one["hidden"]) == (student == "ada") for one in marks.values())
    assert set(course.marks) == {"ada", "bob"}  # and nobody who was planted
