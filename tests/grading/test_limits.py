"""What a student's process sends cannot make the grader swell, wait or fail."""

import tracemalloc

import numpy as np
import pytest

from helpers.checks.comparing import Tolerance, difference
from helpers.checks.plain import NotPlain, plain

MEGABYTE = 2**20


@pytest.fixture
def peak():
    """A function that returns how many bytes were in use at most."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def doubled(times):
    """A list that holds a list twice, which holds a list twice, and so on."""
    value = [0]
    for _ in range(times):
        value = [value, value]
    return value


# Answers ------------------------------------------------------------------------------------------


def test_long_text_among_short_takes_no_more_than_it_is(peak):
    answer = ["x" * 10**6] + [""] * 1000
    assert difference(answer, np.zeros(3), Tolerance())
    assert difference(answer, ["x"] * 1001, Tolerance())
    assert peak() < 20 * MEGABYTE


def test_lists_that_unfold_without_end_are_no_answer(peak):
    with pytest.raises(NotPlain, match="too large"):
        plain(doubled(50))
    assert peak() < 200 * MEGABYTE


def test_an_array_that_stands_in_a_list_many_times_is_no_answer(peak):
    with pytest.raises(NotPlain, match="too large"):
        plain([np.zeros(10**6)] * 10**4)
    assert peak() < 200 * MEGABYTE


def test_what_an_honest_answer_holds_is_plain():
    assert plain(doubled(14)) == doubled(14)
    assert plain(np.zeros(1_500_000)).size == 1_500_000
