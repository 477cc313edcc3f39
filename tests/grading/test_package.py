"""What of the course a student's process can read: neither exercises nor questions."""

import subprocess
import sys

import pytest

from helpers.checks import exercises
from helpers.course.grading.package import write_package
from helpers.quiz.closing import QUESTIONS

pytestmark = pytest.mark.tier("check")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A copy of the package, as it stands behind the wall."""
    folder = tmp_path_factory.mktemp("package")
    write_package(folder)
    return folder


@pytest.fixture(scope="module")
def text(package):
    """All of its sources."""
    return "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))


def test_it_knows_no_mistake(text):
    hints = [mistake.hint for exercise in exercises().values() for mistake in exercise.mistakes]
    assert len(hints) > 1000
    assert [hint for hint in hints if hint in text] == []


def test_it_knows_no_question_that_is_graded(text):
    assert [question.text for question in QUESTIONS if question.text in text] == []


def test_its_parts_can_be_imported(package):
    subprocess.run(
        [
            sys.executable,
            "-c",
            "from helpers import check, figures, progress, quiz, reference; quiz.ask(1)",
        ],
        cwd=package,
        check=True,
    )
