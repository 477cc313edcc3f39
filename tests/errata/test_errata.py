"""Each numeric row of ERRATA.md is recomputed; the file and the tests may not drift apart."""

import re
from collections import Counter

import numpy as np
import pytest

from . import (
    errata_across,  # noqa: F401 (registers its rows)
    errata_asd,  # noqa: F401
    errata_dissecting,  # noqa: F401
    errata_fundamentals,  # noqa: F401
    errata_scratch,  # noqa: F401
    errata_step_by_step,  # noqa: F401
    errata_texts,  # noqa: F401
)
from .errata_ledger import (
    ERRATA,
    KINDS,
    ROWS,
    RUN_SAMPLES,
    STARTS_OF,
    agrees,
    bare_decimals,
    read,
    spans,
)

pytestmark = pytest.mark.tier("test")

ENTRIES = {entry.id: entry for entry in read()}


@pytest.fixture
def drawn(monkeypatch):
    """Return the seeds from which random numbers are drawn from here on."""
    seeds, default_rng = [], np.random.default_rng

    def watched(seed):
        seeds.append(seed)
        return default_rng(seed)

    monkeypatch.setattr(np.random, "default_rng", watched)
    return seeds


def the_test_of(row_id):
    slow = [pytest.mark.tier("full")] if row_id in RUN_SAMPLES else []
    return pytest.param(row_id, id=row_id, marks=slow)


@pytest.mark.parametrize("row_id", [the_test_of(row_id) for row_id in ROWS])
def test_row(row_id, drawn):
    finding, entry = ROWS[row_id](), ENTRIES[row_id]

    # What was measured on random numbers says on how many starts.
    starts = STARTS_OF[row_id]
    assert starts is None or bool(drawn) <= bool(starts), "measured on how many starts?"
    if starts:
        assert f"`{starts}`" in entry.right + entry.why, f"the row does not say: {starts} starts"

    # The right values are what ERRATA.md prints.
    for cell, values in ((entry.right, finding.right), (entry.why, finding.why)):
        if cell == "As printed" and finding.published:
            continue  # the comparison below says all of it
        printed = spans(cell)
        assert len(printed) == len(values), f"printed {printed}, computed {list(values)}"
        for text, value in zip(printed, values, strict=True):
            assert agrees(text, value), f"printed {text}, computed {value!r}"
        assert not bare_decimals(cell), "a number outside a code span is not tested"

    # The published values are quoted as they stand, and are off by more than their precision.
    if finding.published:
        assert spans(entry.says) == list(finding.published)
        assert len(finding.published) == len(finding.right)
        agreeing = {
            i
            for i, (text, value) in enumerate(zip(finding.published, finding.right, strict=True))
            if agrees(text, value)
        }
        assert agreeing == set(finding.same)
        assert (len(agreeing) == len(finding.right)) == (entry.kinds == {"right"})


def test_ids_are_unique():
    ids = re.findall(r"^\| ([A-Z]\d+) \|", ERRATA.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert set(ids) == set(ENTRIES)


def test_ids_count_up_without_a_gap():
    for letter in {i[0] for i in ENTRIES}:
        found = [int(i[1:]) for i in ENTRIES if i[0] == letter]
        assert found == list(range(1, len(found) + 1))


def test_kinds_are_known():
    for entry in ENTRIES.values():
        assert entry.kinds, entry.id
        assert entry.kinds <= KINDS, entry.id
        assert ("right" in entry.kinds) == entry.id.startswith("R"), entry.id


def test_every_numeric_row_has_a_test_and_every_test_a_row():
    assert {e.id for e in ENTRIES.values() if e.tested or "number" in e.kinds} == set(ROWS)


def test_only_what_cannot_be_tested_is_not():
    untested = {e.id for e in ENTRIES.values() if not e.tested and "number" not in e.kinds}
    assert {i for i in untested if not i.startswith("X")} == {"R21", "R22"}


def test_number_rows_quote_the_published_numbers():
    for entry in ENTRIES.values():
        if "number" in entry.kinds:
            assert ROWS[entry.id]().published, entry.id


def test_every_consequence_names_an_earlier_cause():
    for entry in ENTRIES.values():
        for group in entry.consequence_of:
            for cause in re.findall(r"[A-Z]\d+", group):
                assert cause in ENTRIES, f"{entry.id} names {cause}"
                assert cause[0] == entry.id[0], f"{entry.id} names {cause}"
                assert int(cause[1:]) < int(entry.id[1:]), f"{entry.id} names {cause}"


def test_every_reference_to_a_row_names_one():
    text = ERRATA.read_text(encoding="utf-8")
    for group in re.findall(r"rows? ((?:[A-Z]\d+(?:, | and | to )?)+)", text):
        for cited in re.findall(r"[A-Z]\d+", group):
            assert cited in ENTRIES


def test_the_word_consequence_always_names_a_row():
    for entry in ENTRIES.values():
        assert len(re.findall("[Cc]onsequence of", entry.why)) == len(entry.consequence_of), (
            entry.id
        )
