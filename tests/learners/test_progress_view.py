"""The progress view: read from saved notebooks, whatever state they are in."""

import json
from pathlib import Path

import pytest

from helpers import progress
from helpers.checks import State, Verdict, exercises
from helpers.checks.messages import message
from helpers.course import outline

pytestmark = pytest.mark.tier("check")

ROOT = Path(__file__).parents[2]
NAMES = [e.name for e in exercises().values() if e.module == "01"]
PRACTICE = [e.name for e in exercises().values() if e.module == "00"]
QUESTIONS = [e.name for e in exercises().values() if e.module == "12"]
TITLE = {"cell_type": "markdown", "metadata": {}, "source": ["# 01 Neurons\n", "\n", "Hello."]}


def printed(name, state):
    """The output that a check leaves behind."""
    text = message(Verdict(state, exercises()[name].number, name, calls=6))
    if state is State.RIGHT:
        return [{"output_type": "stream", "name": "stdout", "text": text.splitlines(keepends=True)}]
    lines = text.split("\n")
    return [{"output_type": "error", "ename": "CheckFailed", "evalue": "", "traceback": lines}]


def check(name, state=None, points=1, source=""):
    """One check cell, as it is saved."""
    return {
        "cell_type": "code",
        "metadata": {"nbgrader": {"grade": True, "points": points}} if points else {},
        "source": source or [f"check.{name}({name})"],
        "outputs": printed(name, state) if state else [],
    }


def save(folder, cells, name="01-neurons"):
    path = folder / name / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")
    return path


def module(folder, number="01"):
    """Return what the view says of one module."""
    numbers = list(dict.fromkeys(e.module for e in exercises().values()))
    return progress.modules(folder)[numbers.index(number)]


def test_states_and_points_come_from_the_saved_outputs(tmp_path):
    states = [State.RIGHT, State.WRONG, State.CRASHED, State.NOT_STARTED, None, State.RIGHT]
    cells = [check(n, s, p) for n, s, p in zip(NAMES, states, (1, 1, 1, 2, 2, 3), strict=False)]
    rest = NAMES[len(states) :]
    save(tmp_path, [TITLE, *cells, *(check(name, None, 2) for name in rest)])
    found, most = module(tmp_path), 10 + 2 * len(rest)
    assert found.title == "01 Neurons"
    assert (found.points, found.most) == (4, most)
    _, passed, points, following = found.row
    assert passed == f"2 of {len(NAMES)} ✓✗⚠○○✓{'○' * len(rest)}"
    assert points == f"4 of {most}"
    assert following == f"1.2 {NAMES[1]}: wrong"


def test_everything_right_is_done(tmp_path):
    save(tmp_path, [check(name, State.RIGHT, 2) for name in NAMES])
    n = len(NAMES)
    assert module(tmp_path).row[1:] == (f"{n} of {n} {'✓' * n}", f"{2 * n} of {2 * n}", "done")


def test_nothing_is_saved_yet(tmp_path):
    save(tmp_path, [check(name) for name in NAMES])
    table = progress.show(tmp_path)
    assert "0 of" in table.caption
    assert "Nothing is saved yet" in table.caption
    assert "1.1 weighted_sum: not started" in repr(table)


def test_a_missing_notebook_says_what_to_do(tmp_path):
    assert module(tmp_path).row[3] == "not found: get a fresh copy of its folder"
    assert "No notebook of the course is in" in progress.show(tmp_path)
    save(tmp_path, [check("affine", State.RIGHT, 0)], "00-start-here")
    assert len(progress.show(tmp_path).rows) == len({e.module for e in exercises().values()})


BROKEN = [
    b"",
    b"<<<<<<< HEAD",
    b"[]",
    b"{}",
    b"\xff\xfe\x00",
    b'{"cells": null}',
    b'{"cells": [null]}',
    b'{"cells": [{"cell_type": "code", "source": null}]}',
    b'{"cells": [{"cell_type": "code", "metadata": {"nbgrader": {"points": "many"}}}]}',
    b'{"cells": [{"cell_type": "code", "outputs": [3]}]}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_corrupt_notebook_says_what_to_do(tmp_path, content):
    save(tmp_path, []).write_bytes(content)
    row = module(tmp_path).row
    assert row[0].text == "01 neurons"
    assert row[3] == "cannot be read: rename it, then get a fresh copy"
    assert progress.show(tmp_path)._repr_html_()


def test_a_corrupt_notebook_does_not_hide_the_others(tmp_path):
    save(tmp_path, []).write_bytes(b"{")
    save(tmp_path, [check("affine", State.RIGHT, 0)], "00-start-here")
    assert module(tmp_path, "00").row[1:] == (
        f"1 of {len(PRACTICE)} ✓{'○' * (len(PRACTICE) - 1)}",
        "practice",
        "0.2 column_means: not started",
    )


def test_the_last_check_counts(tmp_path):
    save(tmp_path, [check("step", State.RIGHT), check("step", State.WRONG)])
    assert module(tmp_path).states["step"] is State.WRONG
    assert module(tmp_path).most == 1


def test_the_last_message_below_a_check_counts(tmp_path):
    twice = check("step", State.RIGHT)
    twice["outputs"] += printed("step", State.WRONG)
    save(tmp_path, [twice])
    assert module(tmp_path).states["step"] is State.WRONG


def test_a_check_without_metadata_counts(tmp_path):
    save(tmp_path, [check("step", State.RIGHT, 0)])
    assert module(tmp_path).states["step"] is State.RIGHT


@pytest.mark.parametrize(
    "source",
    [
        "print('✓ Right · 1.2 step')",
        "# check.step(step)",
        "check.step.hints()",
        "demo.step(step)",
        "check.predict(predict)",
    ],
)
def test_only_the_output_of_its_own_check_counts(tmp_path, source):
    save(tmp_path, [check("step", State.RIGHT, source=source)])
    assert set(module(tmp_path).states.values()) == {State.NOT_STARTED}


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = save(tmp_path, [check("step", State.RIGHT)])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert module(tmp_path).states["step"] is State.RIGHT


def test_copies_and_checkpoints_are_left_out(tmp_path):
    path = save(tmp_path, [check("step", State.RIGHT)])
    path.rename(path.with_name("01-neurons-Copy1.ipynb"))
    assert "not found" in module(tmp_path).problem


def test_it_is_found_from_the_open_notebook(tmp_path, monkeypatch):
    path = save(tmp_path, [TITLE, check("step", State.RIGHT)])
    save(tmp_path, [check("affine", State.RIGHT, 0)], "00-start-here")
    monkeypatch.chdir(tmp_path / "00-start-here")
    table = progress.show()
    assert table.caption.startswith("2 of ")
    assert f'href="../01-neurons/{path.name}"' in table._repr_html_()
    monkeypatch.chdir(tmp_path)
    assert 'href="01-neurons/01-neurons.ipynb"' in progress.show()._repr_html_()


def test_solutions_are_not_somebodys_progress(tmp_path):
    path = save(tmp_path, [check("step", State.RIGHT)])
    path.with_suffix(".md").write_text("# 01")
    said = repr(progress.show(tmp_path))
    assert said == "These are the solutions. Your progress is counted in your own notebooks."


def test_a_title_is_escaped(tmp_path):
    save(tmp_path, [{**TITLE, "source": "# <script>alert(1)</script>"}])
    html = progress.show(tmp_path)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_table_has_headers_for_screen_readers(tmp_path):
    save(tmp_path, [TITLE])
    html = progress.show(tmp_path)._repr_html_()
    assert html.startswith("<table><caption")
    assert html.count('<th scope="col"') == 4
    assert html.count('<th scope="row"') == len(progress.show(tmp_path).rows)


def test_the_text_says_what_the_table_says(tmp_path):
    save(tmp_path, [TITLE, check("step", State.WRONG)])
    table = progress.show(tmp_path)
    text, html = repr(table), table._repr_html_()
    for row in table.rows:
        for entry in row:
            word = getattr(entry, "text", entry)
            assert word in text
            assert word in html


def test_the_example_is_always_the_same():
    text = repr(progress.example())
    most = len(PRACTICE) + len(NAMES)
    points = list(outline.course(ROOT).module("01-neurons").exercises.values())
    said = f"{sum(points[:4]):g} of {sum(points):g} points"
    assert text.startswith(f"{len(PRACTICE) + 4} of {most} exercises passed, {said}.")
    assert "1.5 perceptron_update: wrong" in text


def right_answers(number):
    return {e.name: e.reference() for e in exercises().values() if e.module == number}


def test_a_module_without_checks_has_no_score():
    assert progress.score(99, {}) == "Module 99 has no checks to count here."


def test_the_score_counts_answers_as_they_stand():
    answers = right_answers("12")
    most, last = len(QUESTIONS), QUESTIONS[-1]
    assert str(progress.score(12, answers)) == f"{most} of {most} right."
    wrong = exercises()["question_3"]
    answers["question_3"] = wrong.mistakes[0].attempt()
    del answers[last]
    found = progress.score(12, answers)
    assert found.caption == f"{most - 2} of {most} right."
    assert found.rows == [
        ("question_3", "✗ wrong", wrong.hints[0]),
        (last, "○ not started", exercises()[last].hints[0]),
    ]
