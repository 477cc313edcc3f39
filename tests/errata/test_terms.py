"""What ERRATA.md quotes stands in the walkthroughs: its rows, and the table between them."""

import re

import pytest

from ..walkthroughs import text_of
from .errata_ledger import read, read_terms

pytestmark = pytest.mark.tier("check")

TERMS = {term.term: term for term in read_terms()}
# What must not occur in a walkthrough that has a dash in the table.
ABSENT = {
    "batch": {"B": "batch"},
    "epoch": {"E": "epoch"},
    "stochastic gradient descent": {"B": "stochastic|SGD", "E": "stochastic|SGD"},
    "guard of the logarithm": dict.fromkeys("BDE", r"epsilon|\beps\b|clip"),
    "stopping rule": {"E": "epoch|patience|iterations"},
    "error at the hidden layer": {"B": r"dZ1|dA1|z_1"},
    "rows held out": dict.fromkeys("BCE", r"validation|\btest set|_test\b|\bval_"),
}


def plain(text):
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("`", "")).lower()


@pytest.mark.parametrize("letter", "ABCDE")
def test_what_a_row_quotes_stands_there(letter):
    text = plain(text_of(letter))
    quoted = [words for e in read() if e.id[0] == letter for words in re.findall("“(.+?)”", e.says)]
    assert quoted
    for words in quoted:
        at = 0
        for part in plain(words).split("…"):  # what is left out
            found = text.find(part.strip(" .,;:"), at)
            assert found >= 0, words
            at = found


def test_a_dash_says_that_a_term_is_missing():
    dashes = {
        name: {letter for letter, use in term.uses.items() if use == "—"}
        for name, term in TERMS.items()
    }
    assert {name: letters for name, letters in dashes.items() if letters} == {
        name: set(patterns) for name, patterns in ABSENT.items()
    }


@pytest.mark.parametrize("name", TERMS)
def test_what_is_quoted_stands_there(name):
    for letter, use in TERMS[name].uses.items():
        if use in ("—", "One example"):
            continue
        quoted = re.findall("`(.+?)`", use)
        assert quoted, f"{letter} quotes nothing"
        text = plain(text_of(letter))
        for words in quoted:
            assert len(words.split()) <= 6, "a term, not a sentence"
            assert plain(words) in text, f"{letter} has no {words!r}"


@pytest.mark.parametrize("name", ABSENT)
def test_what_is_missing_is_missing(name):
    for letter, pattern in ABSENT[name].items():
        assert not re.search(pattern, text_of(letter), re.IGNORECASE), f"{letter} has {name}"
