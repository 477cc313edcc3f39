"""Parts of an answer: which are right, which are wrong, and where to start."""

import numpy as np
import pytest

from helpers.checks.parts import parts_of

from .known import COURSE

pytestmark = pytest.mark.tier("check")


def changed(name, **parts):
    """A right answer, some of whose parts are computed otherwise."""
    reference = COURSE[name].reference

    def answer(*args):
        found = reference(*args)
        return {**found, **{key: change(found[key]) for key, change in parts.items()}}

    return answer


def test_the_first_wrong_part_is_the_one_that_is_computed_first():
    verdict = COURSE["backward"].verdict(
        changed("backward", dW1=lambda g: g + 1, dW2=lambda g: g * 1.5, db1=lambda g: g - 1)
    )
    assert verdict.parts == "right: db2 · wrong: dW2, dW1, db1 · start with dW2"
    assert verdict.problem.startswith("The first difference is in dW2.")
    assert "dW2 = " in verdict.got
    assert "db2" not in verdict.got + verdict.expected


def test_a_part_that_is_wrong_in_one_case_only_is_never_called_right():
    def answer(X, y, params, cache):
        found = COURSE["backward"].reference(X, y, params, cache)
        found["dW1"] = found["dW1"] + 1
        if len(X) == 5:
            found["dW2"] = found["dW2"] + 1
        return found

    verdict = COURSE["backward"].verdict(answer)
    assert verdict.parts == "right: db2, db1 · wrong: dW2, dW1 · start with dW2"
    assert "dW2 = " in verdict.got


def test_parts_of_a_network_of_any_depth():
    def answer(X, y, layers, caches):
        found = COURSE["backward_deep"].reference(X, y, layers, caches)
        return [(found[0][0] + 1, found[0][1]), *found[1:]]

    verdict = COURSE["backward_deep"].verdict(answer)
    assert verdict.parts == "right: db1 · wrong: dW1"  # of a network with one layer


def test_a_missing_part_is_wrong():
    def answer(X, y, params, cache):
        found = COURSE["backward"].reference(X, y, params, cache)
        return {key: part for key, part in found.items() if key != "db2"}

    verdict = COURSE["backward"].verdict(answer)
    assert verdict.parts == "right: dW2, dW1, db1 · wrong: db2"
    assert (verdict.got, verdict.expected) == ("db2: missing", "db2 = [[0.01428]]")


@pytest.mark.parametrize("value", [None, 3, [1], (1, 2, 3), np.eye(2), "ab"])
def test_an_answer_of_another_form_has_no_parts(value):
    assert parts_of(value, ("w", "b", "c", "d"), ("w", "b")) == {}
    assert parts_of(value, (), lambda answer: answer["w"]) == {}


def test_a_value_that_is_missing_beside_a_dict_is_named():
    verdict = COURSE["train_step"].verdict(lambda *args: COURSE["train_step"].reference(*args)[0])
    assert verdict.parts == "right: W2, b2, W1, b1 · wrong: loss"


def test_a_cache_that_is_returned_alone_is_shown_as_it_came_back():
    """Its A2 has the name of the value beside it, and is not missing."""
    verdict = COURSE["forward"].verdict(lambda *args: COURSE["forward"].reference(*args)[1])
    assert verdict.problem == "The answer is a dict, but it should be 2 values: return A2, cache."
    assert verdict.parts == ""
    assert "missing" not in verdict.got
    assert "'A2': " in verdict.got


def test_long_answers_show_what_is_computed_first():
    relu = next(m for m in COURSE["forward_deep"].mistakes if m.name == "deep_always_relu")
    found = COURSE["forward_deep"].verdict(relu.attempt)
    assert found.got.startswith("A1 = ")
    assert found.got.endswith("…")
    assert found.expected.endswith("…")
