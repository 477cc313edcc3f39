"""The questions, and how they are shown."""

import html
import re
import subprocess
import sys

import pytest

from helpers import quiz
from helpers.checks import exercises
from helpers.quiz import Option, Question, Quiz
from helpers.quiz.closing import QUESTIONS as CLOSING

pytestmark = pytest.mark.tier("check")

QUIZZES = quiz.quizzes()
QUESTIONS = [
    pytest.param(question, id=f"{module}-{i}")
    for module, made in [*QUIZZES.items(), ("closing", Quiz(CLOSING))]
    for i, question in enumerate(made.questions, 1)
]
every_question = pytest.mark.parametrize("question", QUESTIONS)


@pytest.mark.parametrize("module", QUIZZES)
def test_a_quiz_has_enough_different_questions(module):
    questions = QUIZZES[module].questions
    assert len(questions) >= 5
    assert len({question.text for question in questions}) == len(questions)


@every_question
def test_a_question_has_one_right_option_and_says_why(question):
    assert sum(option.right for option in question.options) == 1
    assert len(question.options) >= 3
    assert len({option.text for option in question.options}) == len(question.options)
    assert question.text.endswith("?")
    for option in question.options:
        assert len(option.why) >= 20
        assert option.why.endswith(".")


@pytest.mark.parametrize("module", QUIZZES)
def test_the_place_of_the_right_option_gives_nothing_away(module):
    places = [
        [option.right for option in question.shuffled].index(True)
        for question in QUIZZES[module].questions
    ]
    assert len(set(places)) >= 2
    assert max(map(places.count, places)) <= len(places) * 2 / 3


@every_question
def test_shuffling_keeps_every_option(question):
    assert question.shuffled == question.shuffled
    assert set(question.shuffled) == set(question.options)


def test_the_order_is_the_same_in_every_process():
    code = "from helpers import quiz; print(quiz.show(1))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout.decode()
        for seed in ("1", "2")
    }
    assert runs == {f"{quiz.show(1)}\n"}


def test_html_is_closed_and_escaped():
    question = Question("Is a < b & c?", (Option("<b>", "x > y.", True), Option('"q"', "1 < 2.")))
    html = Quiz((question,))._repr_html_()
    assert "1. Is a &lt; b &amp; c?" in html
    assert "<summary>&lt;b&gt;</summary>" in html
    assert "<b>✓ Right.</b> x &gt; y." in html
    assert "<b>✗ Not quite.</b> 1 &lt; 2." in html
    assert "<summary>&quot;q&quot;</summary>" in html
    assert "open" not in html


def test_plain_text_lists_the_options_without_the_answer():
    question = Question("Which?", (Option("one", "No.", False), Option("two", "Yes.", True)))
    lines = repr(Quiz((question,))).split("\n")
    assert lines[0] == "1. Which?"
    assert sorted(line[6:] for line in lines[1:]) == ["one", "two"]


@pytest.mark.parametrize("right", [0, 2])
def test_a_question_needs_exactly_one_right_option(right):
    options = tuple(Option(str(i), "Because.", i < right) for i in range(3))
    with pytest.raises(ValueError, match="exactly one option must be right in 'Why"):
        Question("Why?", options)


@pytest.mark.parametrize("module", [99, "1", None])
def test_an_unknown_module_is_an_error(module):
    with pytest.raises(ValueError, match=r"module must be one of \[.*\], not"):
        quiz.show(module)


def test_a_question_is_asked_without_its_answer():
    for number, question in enumerate(CLOSING, 1):
        asked = quiz.ask(number)
        for shown in (repr(asked), html.unescape(asked._repr_html_())):
            assert question.text in shown
            assert all(option.text in shown for option in question.options)
            assert not any(option.why in shown for option in question.options)


def test_the_letters_are_the_places_that_are_shown():
    for number, question in enumerate(CLOSING, 1):
        items = re.findall(r"<li[^>]*>(.*?)</li>", quiz.ask(number)._repr_html_())
        right = next(option.text for option in question.options if option.right)
        assert html.unescape(items["abcd".index(question.letter)]) == right
        assert f"   {question.letter}. {right}" in repr(quiz.ask(number))


@pytest.mark.parametrize("number", [0, len(CLOSING) + 1, -1, True, "1", None, 1.5])
def test_an_unknown_question_is_an_error(number):
    with pytest.raises(ValueError, match=f"number must be one of 1 to {len(CLOSING)}, not"):
        quiz.ask(number)


def stands_out(question, end):
    """Whether the right option alone is the longest (max) or the shortest (min)."""
    lengths = [len(option.text) for option in question.options]
    right = lengths[[option.right for option in question.options].index(True)]
    return right == end(lengths) and lengths.count(right) == 1


@pytest.mark.parametrize("end", [max, min])
def test_length_gives_the_right_option_away_no_more_often_than_chance(end):
    made = {**QUIZZES, "closing": Quiz(CLOSING)}
    for module, questions in ((name, one.questions) for name, one in made.items()):
        by_chance = sum(1 / len(question.options) for question in questions)
        found = [question.text for question in questions if stands_out(question, end)]
        assert len(found) <= by_chance, f"{module}: {found}"


def test_the_letters_of_the_closing_quiz_give_nothing_away():
    letters = [question.letter for question in CLOSING]
    assert max(map(letters.count, "abcd")) <= len(CLOSING) * 0.4
    assert min(map(letters.count, "abcd")) >= 2


def test_a_letter_gets_its_reason_and_never_the_right_letter():
    for number, question in enumerate(CLOSING, 1):
        exercise = exercises()[f"question_{number}"]
        for letter, option in question.lettered:
            verdict = exercise.verdict(letter)
            assert verdict.right is option.right
            assert (verdict.note if option.right else verdict.cause) == option.why
            assert verdict.expected == ""


@pytest.mark.parametrize("answer", ["", "e", "ab", 1, None, ["a"], b"a", object()])
def test_what_is_no_letter_is_wrong_and_told_so(answer):
    verdict = exercises()["question_1"].verdict(answer)
    assert not verdict.right
    assert verdict.expected == ""
    assert verdict.problem
