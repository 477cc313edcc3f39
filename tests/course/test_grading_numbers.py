"""docs/grading.md: what follows from its measured numbers follows, and what can be counted is.

The seconds themselves are measured, by two programs in `benchmarks/`; no test waits for a clock.
"""

import re

import nbformat
import pytest

from helpers.course.grading import command
from helpers.course.outline import WORDS

from .small_course import REPOSITORY

pytestmark = pytest.mark.tier("check")

TEXT = (REPOSITORY / "docs" / "grading.md").read_text(encoding="utf-8")
CLASS = 50_000
# The first table of modules and times is of both graders; this one has a column for each module.
HEAD = re.search(r"^\| module \| (\d\d(?: \| \d\d)+) \|$", TEXT, re.M)[1].split(" | ")
SECONDS = re.search(r"^\| seconds \| (.*) \|$", TEXT, re.M)[1].split(" | ")
COSTS = dict(zip(HEAD, map(float, SECONDS), strict=True))


def found(pattern):
    """Return the numbers that a sentence of the text prints."""
    return [float(n.replace(",", "")) for n in re.search(pattern, TEXT).groups()]


def notebooks(module):
    """Return the paths of a module's solutions notebook and of the student's."""
    return [
        next(REPOSITORY.glob(f"{part}/{module}-*/*.ipynb")) for part in ("solutions", "notebooks")
    ]


def rows_for_a_student(module):
    """A submission, its notebook, a mark for each check and a comment for each answer."""
    cells = nbformat.read(notebooks(module)[0], as_version=4).cells
    marks = [cell.metadata.get("nbgrader", {}) for cell in cells]
    return 2 + sum(bool(m.get("grade")) + bool(m.get("solution")) for m in marks)


def test_the_costs_of_a_class():
    cost, total, on_2 = found(
        r"500 submissions at ([\d.]+) s \| (\d+) s of processor time: (\d+) s on 2 cores"
    )
    assert cost == COSTS["05"]
    assert 500 * cost == total == 2 * on_2
    seconds, hours, minutes, on_16 = found(
        r"50,000 submissions \| ([\d,]+) s: (\d) hours (\d+) minutes .*, (\d+) minutes on 16"
    )
    assert seconds == CLASS * cost == 3600 * hours + 60 * minutes
    assert on_16 == round(seconds / 16 / 60)


def test_the_costs_of_all_modules():
    word = re.search(r"^\| all (\w+), ", TEXT, re.M)[1]
    assert WORDS.index(word) == len(COSTS)
    each, total, minutes = found(r"all \w+, ([\d.]+) s together \| ([\d,]+) s: (\d+) minutes on 16")
    assert each == pytest.approx(sum(COSTS.values()))
    assert total == pytest.approx(CLASS * each)
    assert minutes == round(total / 16 / 60)


def test_the_costs_of_feedback():
    each, total = found(
        r"feedback by nbgrader, ([\d.]+) s .* \| ([\d,]+) s: over 4 hours on one core"
    )
    assert total == CLASS * each
    assert total > 4 * 3600


def test_what_travels():
    small, large, few, many = found(
        r"at most ([\d.]+) MB \(01\) to ([\d.]+) MB \(08\) \| (\d+) to (\d+) GB a module"
    )
    for module, megabytes in (("01", small), ("08", large)):
        assert notebooks(module)[0].stat().st_size / 1e6 <= megabytes + 0.05
    sizes = [notebooks(module)[0].stat().st_size / 1e6 for module in COSTS]
    assert max(sizes) <= large + 0.05
    assert (CLASS * small / 1000, CLASS * large / 1000) == pytest.approx((few, many))
    low, high = found(r"one without outputs has (\d+) to (\d+) KB")
    bare = [notebooks(module)[1].stat().st_size / 1000 for module in COSTS]
    assert min(bare) >= low - 0.5
    assert max(bare) <= high + 0.5


def test_the_rows_of_the_gradebook():
    one, every, small, large = found(
        r"a student: (\d+) in module 01, (\d+) in all \w+ \| ([\d,]+), and ([\d.]+) million"
    )
    assert one == rows_for_a_student("01")
    assert every == sum(map(rows_for_a_student, COSTS))
    assert small == CLASS * one
    assert large == CLASS * every / 1e6


def test_how_fast_the_gradebook_is_written():
    assert WORDS.index(re.search(r"transactions of (\w+) submissions", TEXT)[1]) == command.BATCH
    assert WORDS.index(re.search(r"gradebook, (\w+) submissions in one", TEXT)[1]) == command.BATCH
    (a_second,) = found(r"(\d+) new submissions of module 05 a second")
    assert CLASS / a_second / 60 == pytest.approx(5, abs=0.5)  # "take it five minutes"
    (cores,) = found(r"more than some (\d+) cores would wait for it")
    assert cores == pytest.approx(a_second * COSTS["05"], rel=0.1)
    (cores,) = found(r"such as 04, more than some (\d+)\.")
    assert cores == round(a_second * COSTS["04"])


def test_how_much_faster():
    for module in ("01", "05"):
        stock, ours, times = found(
            rf"\| {module} \| (\d+) s \| ([\d.]+) s \| (\d+) times as fast, the same marks"
        )
        assert times == round(stock / ours)
