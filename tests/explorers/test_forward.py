"""The forward explorer: its numbers are those of the reference, and can be changed in place."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers import explorers, figures
from helpers.reference import asd_batch, forward

from . import javascript
from .page import Shown

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("forward"),
]


def states(count):
    """Return states that a hand could have made: other inputs, weights and biases, any step."""
    begun = javascript.start(javascript.made("forward"))
    rng = np.random.default_rng(0)
    for i in range(count):
        changed = {
            name: (rng.normal(size=np.shape(begun[name])) * (1, 5)[i % 2]).round(2).tolist()
            for name in ("x", "W1", "b1", "W2", "b2")
        }
        yield {**begun, **changed, "step": i % 7, "samples": [], "labels": [], "first": {}}


def number_after(text, pattern):
    return float(re.search(pattern + r"(−?\d+(?:\.\d+)?)", text).group(1).replace("−", "-"))


def test_all_numbers_are_those_of_the_reference():
    made = list(states(1500))
    picks = ["", "node 1 0", "node 1 2", "node 2 0"]
    calls = [[{**state, "chosen": pick}] for state in made for pick in picks]
    found = iter(javascript.call("forward", "explorer.describe", calls))
    for state in made:
        params = {name: np.array(state[name]) for name in ("W1", "b1", "W2", "b2")}
        A2, cache = forward([state["x"]], params)
        for pick, seen in zip(picks, found, strict=False):
            for name in ("Z1", "A1", "Z2", "A2"):
                np.testing.assert_allclose(seen[name], cache[name], rtol=1e-12, atol=1e-13)
            if pick.startswith("node 1"):
                j = int(pick[-1])
                z = number_after(seen["formula"], f"The sum of h{j + 1}: z = [^=]* = ")
                assert z == pytest.approx(cache["Z1"][0, j], abs=6e-4)
            if state["step"] == 6 and pick in ("", "node 2 0"):
                shown = number_after(seen["formula"], r"ŷ = sigmoid\(.*\) = ")
                assert shown == pytest.approx(A2[0, 0], abs=6e-4)


def test_the_walkthrough_s_first_example_step_by_step():
    begun = javascript.start(javascript.made("forward"))
    found = javascript.describe("forward", begun, [{"step": i} for i in range(7)])
    X, _, params = asd_batch()
    A2, cache = forward(X, params)
    terms = "0.2·0.35 + 0.5·(−0.15) + 0.1·0.44 + 0.8·(−0.28) + 0 = −0.185"
    assert f"The sum of h1: z = {terms}" in found[1]["said"]
    assert "h1 = ReLU(−0.185) = 0; h2 = ReLU(0.406) = 0.406" in found[4]["said"]
    assert "0·0.58 + 0.406·(−0.42) + 0·0.31 + 0 = −0.171" in found[5]["said"]
    assert f"= {figures.number(A2[0, 0], 3)}." in found[6]["said"]
    hidden = [found[4]["parts"][f"node 1 {j}"] for j in range(3)]
    assert [part["text"] for part in hidden] == [figures.number(a, 3) for a in cache["A1"][0]]
    assert [part["off"] for part in hidden] == [True, False, True]
    assert [found[i]["parts"]["node 2 0"]["text"] for i in (4, 5, 6)] == ["?", "−0.171", "0.457"]


def test_a_row_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="sample must be 0 or 1, but is 2"):
        explorers.forward(2)


@pytest.fixture(scope="module")
def shown(browser):
    page = Shown(browser, javascript.output("forward"))
    (page.explorer,) = page.explorers
    yield page
    assert page.errors == []
    page.close()


class TestByHand:
    pytestmark = pytest.mark.needs("browser")

    def item(self, shown, name):
        return shown.explorer.get_by_role("button", name=name)

    def test_a_click_shows_a_formula_and_a_second_one_opens_a_field(self, shown):
        self.item(shown, "weight from x4 to h1").click()
        expect(shown.explorer).to_contain_text("It adds 0.8·(−0.28) = −0.224 to the sum of h1.")
        self.item(shown, "weight from x4 to h1").click()
        field = shown.explorer.get_by_role("textbox", name="W1[3, 0]")
        expect(field).to_have_value("-0.28")
        field.fill("0.5")
        field.press("Enter")
        expect(field).to_have_count(0)
        expect(shown.explorer).to_contain_text("It adds 0.8·0.5 = 0.4 to the sum of h1.")
        expect(self.item(shown, "weight from x4 to h1")).to_be_focused()

    def test_the_keyboard_goes_from_item_to_item_and_edits(self, shown):
        self.item(shown, "input x1").focus()
        for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Enter"):
            shown.page.keyboard.press(key)
        field = shown.explorer.get_by_role("textbox", name="x4")
        expect(field).to_be_focused()
        field.press("ArrowDown")
        expect(field).to_have_value("0.75")
        field.press("Escape")
        expect(self.item(shown, "input x4: 0.75")).to_be_focused()

    def test_a_node_that_is_not_known_yet_brings_its_step(self, shown):
        step = shown.explorer.get_by_role("slider", name="step")
        step.press("Home")
        self.item(shown, "h2: not known yet").click()
        assert step.get_attribute("aria-valuetext") == "2"
        expect(shown.explorer).to_contain_text("The sum of h2: z =")

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("abc", "x1 is not a number: “abc”. The last good number is kept: 0.2."),
            ("", "x1 is empty: type a number."),
            ("0,5", "x1 is written with a comma: type 0.5."),
            ("1e300", "x1 must be between −10 and 10, but is 1e300."),
            ("nan", "x1 is not a number: “nan”."),
            ("<img>", "x1 is not a number: “<img>”."),
            ("−0.75", ""),
        ],
    )
    def test_bad_input_keeps_the_last_good_number_and_says_so(self, shown, typed, said):
        shown.explorer.get_by_role("button", name="Sample 1").click()
        self.item(shown, "input x1").focus()
        shown.page.keyboard.press("Enter")
        field = shown.explorer.get_by_role("textbox", name="x1")
        field.fill(typed)
        field.press("Enter")
        complaint = f"⚠ {said}" if said else ""
        assert shown.explorer.get_by_role("alert").inner_text().startswith(complaint)
        assert bool(shown.explorer.get_by_role("alert").inner_text()) == bool(said)
        expect(self.item(shown, "input x1")).to_have_accessible_name(
            "input x1: 0.2" if said else "input x1: −0.75"
        )
