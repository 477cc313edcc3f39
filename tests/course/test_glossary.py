"""The glossary: each term is introduced once, in bold, where the glossary says."""

import re
from itertools import pairwise

import pytest

from .links import LINK, resolve, text_of
from .small_course import REPOSITORY

pytestmark = pytest.mark.tier("check")
GLOSSARY = REPOSITORY / "notebooks/14-glossary/14-glossary.ipynb"
ROW = re.compile(r"^\| \*\*(?P<term>[^*]+)\*\* \| (?P<meaning>.+) \| (?P<where>[^|]+) \|$", re.M)
ROWS = {row["term"]: row for row in ROW.finditer(text_of(GLOSSARY))}
SEE = re.compile(r"^\| (?P<word>[^*|]+) \| see (?P<term>[^|]+) \| \|$", re.M)
ELSEWHERE = {row["word"]: row["term"] for row in SEE.finditer(text_of(GLOSSARY))}
PAGES = ("12", "13", "14")  # the closing quiz, and what one looks things up in
MODULES = [p for p in sorted(REPOSITORY.glob("notebooks/*/*.ipynb")) if p.stem[:2] not in PAGES]
BOLD = re.compile(r"\*\*(.+?)\*\*")
# An explorer's controls are in bold where the reader is told to move them.
CONTROLS = {
    ("03", "step"), ("05", "step"), ("06", "epoch"), ("08", "loss"), ("08", "optimizer"),
    ("08", "step"),
}  # fmt: skip


def forms(term):
    """Return a term as it may stand in a sentence: plural, or a verb in another form."""
    short, stem = re.sub(r"\s*\(.*\)", "", term.lower()), term.lower().rstrip("e")
    ending = {short, f"{short}s", f"{short}es", f"{short}d", f"{stem}ing"}
    return ending | {re.sub("y$", "ies", short)}


def bold(text):
    """Return what stands in bold in a text, in small letters."""
    return {words.lower().rstrip(".:,") for words in BOLD.findall(text)}


def test_there_are_terms():
    assert 90 <= len(ROWS) <= 140
    assert len(ROWS) == text_of(GLOSSARY).count("\n| **")


def test_the_order_is_alphabetical_without_duplicates():
    rows = re.findall(r"^\| \**([^*|]+?)\** \| (?!what it means)", text_of(GLOSSARY), re.M)
    assert len(rows) == len(ROWS) + len(ELSEWHERE)
    terms = [term.lower() for term in rows]
    assert all(one < other for one, other in pairwise(terms))


def test_a_word_of_other_texts_leads_to_a_term_that_names_it():
    assert ELSEWHERE
    for word, term in ELSEWHERE.items():
        assert word not in ROWS
        assert word.split()[0].lower() in ROWS[term]["meaning"].lower(), word


@pytest.mark.parametrize("term", ROWS)
def test_a_term_is_introduced_where_the_glossary_says(term):
    (link,) = LINK.finditer(ROWS[term]["where"])
    heading = resolve(GLOSSARY, link["target"])
    assert heading is not None, "the link names no section"
    assert forms(term) & bold(heading.body)
    number, section = re.fullmatch(r"\[(\d\d), section (\d+)\]\(.*\)", link[0]).groups()
    assert f"../{number}-" in link["target"]
    assert heading.text.startswith(f"{section}. ")


@pytest.mark.parametrize("term", ROWS)
def test_a_term_is_introduced_in_one_module_alone(term):
    found = {path.stem[:2] for path in MODULES if forms(term) & bold(text_of(path))}
    controls = {number for number, name in CONTROLS if name == term}
    assert found - controls == {re.search(r"\[(\d\d)", ROWS[term]["where"])[1]}


@pytest.mark.parametrize("term", ROWS)
def test_a_meaning_is_one_or_two_sentences(term):
    meaning = ROWS[term]["meaning"]
    assert meaning.endswith(".")
    assert len(re.findall(r"\.(?= [A-Z]|$)", meaning)) <= 3
    assert len(meaning) < 220
