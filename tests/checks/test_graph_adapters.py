"""What is said of numbers that remember: of right answers of any form, and of strange ones."""

import pytest

from helpers.checks import State, exercises
from helpers.checks.plain import Unusable
from helpers.exercises.m10_elsewhere.graphs import SKIPPED, SQUARE, computed, sorted_out, walked
from helpers.reference import Value, backpropagate, topological_order

pytestmark = pytest.mark.tier("check")

INPUTS = {"x": 2.0, "w": 3.0, "b": 1.0}


def test_a_computation_is_told_part_by_part():
    assert computed(Value, INPUTS, SQUARE[:2]) == {
        **{f"{name}.data": number for name, number in INPUTS.items()},
        **{f"{name}.grad": 0.0 for name in ("x", "w", "b", "p", "z")},
        "p.data": 6.0,
        "z.data": 7.0,
        "p changes with": {"x": 3.0, "w": 2.0},
        "z changes with": {"p": 1.0, "b": 1.0},
    }


def test_plain_numbers_need_not_be_remembered():
    made = computed(Value, {"x": 2.0}, [("y", "+", 1, "x"), ("z", "*", "y", "y")])
    assert made["y changes with"] == {"x": 1.0}
    assert made["z changes with"] == {"y": 6.0}


def changed(**parts):
    """A class of Values whose products have something else in their attributes."""

    class Changed(Value):
        def __mul__(self, other):
            made = super().__mul__(other)
            for name, part in parts.items():
                setattr(made, name, part)
            return made

    return Changed


@pytest.mark.parametrize(
    ("attempt", "said"),
    [
        (changed(slopes=5), r"p\.slopes should be a tuple"),
        (changed(slopes=(1.0,)), "p has 2 inputs, but 1 slopes"),
        (changed(inputs={1, 2}), r"p\.inputs should be a tuple"),
        (float, "x \\* w is no Value"),
        (type("NoTanh", (), {"__init__": lambda self, data: None}), "Python does not know what"),
    ],
)
def test_a_class_that_is_none_of_ours_is_told_what_is_missing(attempt, said):
    with pytest.raises((Unusable, TypeError), match=said):
        computed(attempt, INPUTS, SQUARE)


def test_a_missing_method_is_named():
    with pytest.raises(Unusable, match=r"A Value has no sinh\. Define it with def"):
        computed(Value, {"x": 1.0}, [("y", "sinh", "x")])


def test_any_topological_order_is_right():
    good = {"Values": "each once", "order": "each after its inputs"}
    assert sorted_out(topological_order, INPUTS, SQUARE) == good
    inputs_first = sorted_out(
        lambda last: sorted(topological_order(last), key=lambda v: bool(v.inputs)), INPUTS, SQUARE
    )
    assert inputs_first == good


@pytest.mark.parametrize(
    ("attempt", "part", "said"),
    [
        (lambda last: topological_order(last)[1:], "Values", "x is missing"),
        (lambda last: [*topological_order(last), last], "Values", "y is there twice"),
        (lambda last: [Value(0), *topological_order(last)], "Values", "not of this graph"),
        (lambda last: topological_order(last)[::-1], "order", "the other way around"),
        (lambda last: [*topological_order(last)[1:], last.inputs[1]], "Values", "u is there twice"),
    ],
)
def test_a_wrong_order_is_told_by_name(attempt, part, said):
    assert said in sorted_out(attempt, {"x": 2.0}, SKIPPED)[part]


@pytest.mark.parametrize("answer", [None, 3, "xyz", {1: 2}])
def test_what_is_no_list_is_named(answer):
    with pytest.raises(Unusable, match="should be a list of Values"):
        sorted_out(lambda last: answer, INPUTS, SQUARE)


def test_entries_that_are_no_values_are_named():
    with pytest.raises(Unusable, match="should hold Values, but some of its entries are none"):
        sorted_out(lambda last: [v.data for v in topological_order(last)], INPUTS, SQUARE)


def test_the_grad_of_every_value_is_read():
    found = walked(backpropagate, INPUTS, SQUARE, ["y"])
    grads = {"x": 42.0, "w": 28.0, "b": 14.0, "p": 14.0, "z": 14.0, "y": 1.0}
    assert found == {f"{name}.grad": grad for name, grad in grads.items()}


def test_a_message_can_be_pasted_into_a_cell():
    verdict = exercises()["backpropagate"].verdict(lambda last: None)
    names = {"Value": Value, "backpropagate": backpropagate}
    exec(verdict.call, names)
    assert names["y"].grad == 1.0
    assert names["x"].grad != 0


def test_a_class_whose_methods_are_stubs_is_no_crash_of_ours():
    class Unfinished(Value):
        def tanh(self):
            raise NotImplementedError("later")

    verdict = exercises()["Value"].verdict(Unfinished)
    assert verdict.state in (State.WRONG, State.CRASHED)
    assert "NotImplementedError" in verdict.problem + verdict.got
