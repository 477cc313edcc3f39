"""Numbers are written once: tables and counts follow from the sources, and prose agrees."""

import re
from fractions import Fraction

import pytest

import bootstrap
from helpers.checks import exercises
from helpers.course import build, generated, outline
from helpers.course.cli import main
from helpers.course.folder import CourseError

from .small_course import MODULES, REPOSITORY

pytestmark = pytest.mark.tier("check")

COURSE = outline.course(REPOSITORY)
COUNTS = generated.counts(COURSE)
FACTS = {
    **COUNTS,
    "known mistakes": COUNTS["mistakes"],
    "walkthroughs": len(
        re.findall(r"^## [A-Z]\. ", (REPOSITORY / "CONCEPTS.md").read_text(encoding="utf-8"), re.M)
    ),
}
NUMBER = rf"(?P<number>\b\d[\d,]*|\b(?:{'|'.join(outline.WORDS[2:])}))"
CLAIM = re.compile(
    rf"(?P<least>at least )?{NUMBER} (?:(?!of )[a-z]+ )?(?P<noun>{'|'.join(FACTS)})\b", re.I
)
SOME = NUMBER.replace("?P<number>", "?:")
DRAWN = re.compile(rf"(?<!worth ){SOME} (?:[a-z]+ )?points\b|{SOME} points of\b", re.I)
WRAPPED = re.compile(r"\n(?!\n|[|>#*+`-]|\d+\. )")  # goes on with the line before
GUIDES = sorted({*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/*.md")})


def front(summary="", talk="", weeks=1):
    about = f"course:\n  summary: {summary!r}\n  talk: {talk!r}\n  weeks: {weeks}\n"
    return f"---\n{about}---\n\n"


def source(title="A small module", time="**Time:** an hour. ", **about):
    """A module of one exercise, whose opening counts it."""
    return (
        front(**about) + f"# {title}\n\n{time}<!-- generated: size -->?<!-- end -->\n\n"
        "```{code-cell} ipython3\n:answer: weighted_sum\n\n"
        "### BEGIN SOLUTION\ndef weighted_sum(x, w, b):\n    return x @ w + b\n"
        "### END SOLUTION\n```\n\n"
        "```{code-cell} ipython3\n:check: weighted_sum\n:points: 2\n\n"
        "check.weighted_sum(weighted_sum)\n```\n"
    )


def write(root, name, text):
    path = root / "solutions" / name / f"{name}.md"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


# The course itself


def test_nothing_generated_is_stale():
    assert generated.stale(REPOSITORY) == []


def test_the_outline_has_every_exercise_in_order():
    names = [name for module in COURSE.modules for name in module.exercises]
    assert names == list(exercises())
    assert [module.name for module in COURSE.modules] == MODULES


def test_the_points_are_those_of_the_notebooks():
    for module in COURSE.modules:
        path = REPOSITORY / "solutions" / module.name / f"{module.name}.md"
        cells = build.solutions_notebook(path).cells
        graded = (cell.metadata.get("nbgrader", {}) for cell in cells)
        assert module.points == sum(cell.get("points", 0) for cell in graded), module.name


@pytest.mark.parametrize("module", COURSE.modules, ids=lambda module: module.name)
def test_every_module_says_what_the_tables_need(module):
    assert module.summary
    assert bool(module.exercises) == bool(module.minutes) == bool(module.weeks)
    assert bool(module.weeks) == bool(module.talk)
    text = (REPOSITORY / "solutions" / module.name / f"{module.name}.md").read_text("utf-8")
    assert text.count("<!-- generated: size -->") == bool(module.exercises)


def test_both_tables_are_there():
    readme, guide = (
        (REPOSITORY / f).read_text("utf-8") for f in ("README.md", "docs/instructors.md")
    )
    for module in COURSE.modules:
        assert f"](notebooks/{module.name}/{module.name}.ipynb)" in readme
        assert (f"](../notebooks/{module.name}/{module.name}.ipynb)" in guide) == bool(module.weeks)


def test_students_see_no_marks_of_regions():
    for path in REPOSITORY.glob("notebooks/*/*.ipynb"):
        assert "<!-- " not in path.read_text(encoding="utf-8"), path.name


# Prose


def prose(module):
    """Return a notebook's text without code, cut after its opening."""
    text = (REPOSITORY / "solutions" / module.name / f"{module.name}.md").read_text("utf-8")
    text = re.sub(r"^```.*?^```$", "+++", text.split("\n---\n", 1)[1], flags=re.M | re.S)
    return re.split(r"^(?:\+\+\+|## )", text, maxsplit=1, flags=re.M)


def wrong_claims(text, module=None, points=False):
    """Return the counts in a text that are neither the course's nor those of a named module.

    Tables are left out. Points may be drawn ones, unless `points` says that they are none, or
    the text that something is worth them.
    """
    text = WRAPPED.sub(" ", generated.REGION.sub("", text))
    for line in text.splitlines():
        if line.startswith("|"):
            continue
        line = line if points else DRAWN.sub("", line)
        named = [m for m in COURSE.modules if re.search(rf"\b{m.number}\b", line)]
        for claim in CLAIM.finditer(line):
            noun = claim["noun"].lower()
            right = {FACTS[noun]} | {
                {"points": m.points}.get(noun, len(m.exercises))
                for m in [*named, *([module] if module else [])]
            }
            if not claim["least"] and value(claim["number"]) not in right:
                yield f"{claim[0]} (there are {FACTS[noun]}): {line.strip()[:80]}"


def value(number):
    number = number.lower()
    return outline.WORDS.index(number) if number in outline.WORDS else int(number.replace(",", ""))


def test_the_readme_says_what_the_set_up_says():
    cost, readme = bootstrap.COSTS[bootstrap.LAB], (REPOSITORY / "README.md").read_text("utf-8")
    for said in (f"{cost.load} MB", f"{cost.disk} MB", f"{cost.minutes} minutes"):
        assert said in readme
    assert f"Python {bootstrap.OLDEST[0]}.{bootstrap.OLDEST[1]} or newer" in readme


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_numbers_in_guides_agree(path):
    assert list(wrong_claims(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("module", COURSE.modules, ids=lambda module: module.name)
def test_numbers_in_notebooks_agree(module):
    opening, rest = prose(module)
    assert list(wrong_claims(opening, module, points=True)) == []
    assert list(wrong_claims(rest, module)) == []


@pytest.mark.parametrize(
    "claim",
    [
        "The course has 92 exercises.",
        "Nineteen questions close it.",
        "It closes with nineteen\nquestions.",
        "It knows 1,669 known mistakes.",
        "Module 01 has eight exercises.",
        "Module 01 is worth 13 points.",
        "In four weeks you are done.",
        "It grew out of six public walkthroughs.",
    ],
)
def test_a_wrong_number_is_found(claim):
    assert len(list(wrong_claims(claim))) == 1


@pytest.mark.parametrize(
    "claim",
    [
        f"There are {COUNTS['exercises']} short exercises, {COUNTS['mistakes']:,} known mistakes.",
        "A plane with four points.",
        f"Module 01: {len(COURSE.modules[1].exercises)} exercises.",
        "Write at least five mistakes.",
        "<!-- generated: count points -->7<!-- end --> points",
    ],
)
def test_a_right_number_is_not(claim):
    assert list(wrong_claims(claim)) == []


# The mechanism


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("about an hour.", (60, 60)),
        ("half an hour", (30, 30)),
        ("An hour and a half, if you hurry.", (90, 90)),
        ("two hours and 20 minutes", (140, 140)),
        ("about 1½ to 2 hours", (90, 120)),
        ("three readers took two and a half to three hours", (150, 180)),
        ("about 80 minutes; 20 more for the last task", (80, 80)),
    ],
)
def test_times_are_read_as_people_write_them(text, expected):
    assert outline.minutes(text) == expected


@pytest.mark.parametrize("text", ["an afternoon", "", "some hours"])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(CourseError, match="no time can be read"):
        outline.minutes(text)


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([0.5, 0.5, 1, 2], [[1], [1], [2], [3, 4]]),
        ([1, 0, 1], [[1], None, [2]]),
        ([0.1] * 11, [[1]] * 10 + [[2]]),  # tenths add up exactly
    ],
)
def test_weeks_follow_each_other(tmp_path, weeks, expected):
    for i, length in enumerate(weeks):
        write(tmp_path, f"{i:02d}-module", source(weeks=length))
    course = outline.course(tmp_path)
    found = [course.weeks.get(module.name) for module in course.modules]
    assert [weeks and list(weeks) for weeks in found] == expected


def test_a_new_module_needs_no_other_file(tmp_path):
    (tmp_path / "README.md").write_text("<!-- generated: modules --><!-- end -->\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/guide.md").write_text("<!-- generated: weeks -->old<!-- end -->")
    path = write(tmp_path, "07-new", source("07 A new one", summary="a thing", talk="why"))
    assert len(generated.stale(tmp_path)) == 3
    assert len(generated.refresh(tmp_path)) == 3
    row = "[07 A new one](notebooks/07-new/07-new.ipynb) | a thing | 1 | 2 | 1 h |"
    assert row in (tmp_path / "README.md").read_text()
    row = "| 1 | [07 A new one](../notebooks/07-new/07-new.ipynb) | 1 h | 2 | why |"
    assert row in (tmp_path / "docs/guide.md").read_text()
    assert "-->One exercise, 2 points.<!--" in path.read_text()
    assert generated.stale(tmp_path) == generated.refresh(tmp_path) == []


def test_the_notebook_has_the_number_without_its_mark(small):
    small.edit("# A small module", "# A small module\n\n<!-- generated: size --><!-- end -->")
    assert any("is not up to date" in line or "not up to date" in line for line in small.stale())
    generated.refresh(small.root)
    assert small.notebook().cells[0].source.endswith("\n\nOne exercise, 1 point.")


@pytest.mark.parametrize(
    ("region", "message"),
    [
        ("<!-- generated: sizes --><!-- end -->", "there is no generated 'sizes'"),
        ("<!-- generated: count birds --><!-- end -->", "'birds' are not counted"),
        ("<!-- generated: count points -->", "close each"),
        ("<!-- generated: Count --><!-- end -->", "close each"),
    ],
)
def test_a_region_that_cannot_be_written_is_named(tmp_path, region, message, monkeypatch, capsys):
    (tmp_path / build.CONFIG).touch()
    (tmp_path / "README.md").write_text(region)
    monkeypatch.chdir(tmp_path)
    assert main(["build", "--check"]) == 2
    assert re.search(f"README.md: .*{message}", capsys.readouterr().err)


def test_round_numbers_are_rounded_down(tmp_path):
    (tmp_path / "README.md").write_text("<!-- generated: hundreds mistakes --><!-- end -->")
    generated.refresh(tmp_path)
    (number,) = re.findall(r"-->([\d,]+)<!--", (tmp_path / "README.md").read_text())
    assert 0 <= COUNTS["mistakes"] - int(number.replace(",", "")) < 100


def test_a_source_without_a_title_is_named(tmp_path):
    write(tmp_path, "01-none", front() + "No heading.\n")
    with pytest.raises(CourseError, match=r"01-none\.md: it needs a heading"):
        outline.course(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"# A title\n", "it needs, at its top, what other sources have"),
        (b'---\ncourse:\n  talk: "a\nx: [\n---\n# A title\n', "is no YAML from line "),
        (b"---\ncourse: 5\n---\n# A title\n", "it needs course: and below that lines"),
        (b"---\ncourse:\n  weeks: soon\n---\n# A title\n", "a number such as 1 or 0.5, not 'soon'"),
        (b"---\ncourse: {}\n---\n# Caf\xe9\n", "byte 24 is no UTF-8"),
    ],
)
def test_what_cannot_be_read_of_a_source_is_said(tmp_path, text, said):
    source = tmp_path / "solutions" / "01-none" / "01-none.md"
    source.parent.mkdir(parents=True)
    source.write_bytes(text)
    with pytest.raises(CourseError, match=rf"01-none\.md: .*{re.escape(said)}"):
        outline.course(tmp_path)


def test_the_plan_is_as_long_as_its_weeks():
    lengths = [module.weeks for module in COURSE.modules]
    assert COUNTS["weeks"] == sum(lengths, Fraction(0))
