"""Powers of ten are written in one way: 10⁻¹⁰ in words and pictures, 1e-10 in code alone."""

import re
from itertools import chain

import pytest

from helpers import quiz
from helpers.figures import scientific
from helpers.quiz.closing import QUESTIONS as CLOSING

from .small_course import REPOSITORY

pytestmark = pytest.mark.tier("check")

SOURCES = sorted(REPOSITORY.glob("solutions/*/*.md"))
CODE = r"^```.*?^```$|`[^`]*`"
FORMULA = r"\$\$.*?\$\$|\$[^$]*\$"
OTHERWISE = re.compile(r"\d(?:\.\d+)?e[-−+]?\d|10\^|10\*\*|\b10-\d")


def found(text):
    """Return powers of ten that are written in another way than they should."""
    return [match[0] for match in OTHERWISE.finditer(text)]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_the_prose_of_a_module_has_powers_of_ten_in_formulas(source):
    text = source.read_text(encoding="utf-8").split("\n---\n", 1)[1]
    text = re.sub(CODE, "", text, flags=re.S | re.M)
    assert found(re.sub(FORMULA, "", text, flags=re.S)) == []


def test_questions_and_their_hints_have_raised_digits():
    asked = [question for made in quiz.quizzes().values() for question in made.questions]
    for question in (*asked, *CLOSING):
        said = [question.text, *getattr(question, "hints", ())]
        said += [text for option in question.options for text in (option.text, option.why)]
        assert found(" ".join(said)) == []


def test_only_one_function_writes_them_in_pictures_and_explorers():
    drawing = (REPOSITORY.glob(f"helpers/{folder}/*.py") for folder in ("figures", "explorers"))
    for path in chain(*drawing):
        code = path.read_text(encoding="utf-8")
        code = re.sub(r'float\(f".*', "", code)  # a number that is rounded, not written
        formats = re.findall(r"\{[^{}]*:[^{}]*\.(?:\d+|\{\w+\})[eg]\}", code)
        assert path.name == "base.py" or formats == [], path


@pytest.mark.parametrize(
    ("value", "text"), [(1e-10, "1·10⁻¹⁰"), (-2.04e-7, "−2·10⁻⁷"), (9.96e5, "1·10⁶"), (0, "0")]
)
def test_a_power_of_ten(value, text):
    assert scientific(value) == text
