"""What a class did wrong that has no name, ready to get one."""

from collections import Counter

import pytest

from helpers.course.grading.unnamed import answers, as_text

pytestmark = pytest.mark.tier("check")


def notebook(source, check="step-check", answer="step", **found):
    """A graded notebook with one answer, as `course grade` writes it."""
    return {
        "cells": [
            {"metadata": {}, "source": "some text"},
            {"metadata": {"nbgrader": {"grade_id": answer, "solution": True}}, "source": [source]},
            {"metadata": {"nbgrader": {"grade_id": check, "grade": True}, "course": found}},
        ]
    }


def test_wrong_answers_without_a_name_are_listed():
    source = "def step(z):\n    # mine\n\n    return z\x1b[31m"
    wrong = notebook(source, state="Wrong", mistake="", kind="relation")
    assert list(answers(wrong)) == [("step", "def step(z):\n    return z?[31m", "relation")]
    assert list(answers(notebook(source, state="Crashed", mistake=""))) != []


@pytest.mark.parametrize(
    "found",
    [
        {"state": "Wrong", "mistake": "sign", "kind": ""},
        {"state": "Right", "mistake": "", "kind": ""},
        {"state": "Not started", "mistake": ""},
        {},
    ],
)
def test_all_others_are_not(found):
    assert list(answers(notebook("def step(z): ...", **found))) == []


def test_the_most_frequent_come_first():
    code = "def relu(z):\n    return z"
    found = {"relu": Counter({(code, "relation"): 3, ("def relu(z):\n    return 1", ""): 5})}
    text = as_text(found)
    assert text.index("5 ×\n    def relu(z):\n        return 1") < text.index("3 ×, looks like")
    assert text.startswith("2.3 relu: 8 without a name")
    assert "@NAME.mistake(" in text
    assert as_text({}) == "Every mistake of this class has a name."


def test_a_long_answer_and_a_long_list_are_cut():
    found = {"relu": Counter({("\n".join(["x = 1"] * 25) + f"\n{k}", ""): 1 for k in range(12)})}
    assert "… and 2 others" in as_text(found)
    _, source, _ = next(answers(notebook("\n".join(["x = 1"] * 99), state="Wrong")))
    assert source.count("\n") == 25
    assert source.endswith("…")
    _, source, _ = next(answers(notebook("x = '" + "y" * 10**6, state="Wrong")))
    assert len(source) < 300
