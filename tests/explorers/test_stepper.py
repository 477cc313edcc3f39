"""The stepper: every quantity, formula and sentence is that of the course, whatever is typed."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers import explorers
from helpers.figures.backward_numbers import (
    PARAMETERS,
    STEPS,
    TITLES,
    Pick,
    explain,
    training_step,
    written,
)

from . import javascript
from .page import Shown

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("stepper"),
]
PICKS = [(s, k, i) for s in (0, 1) for k in (0, 1, 2) for i in (0, 3)]


def numbers(count):
    """Draw numbers that a hand could have typed: small, large, zero, rounded to few digits."""
    begun = javascript.start(javascript.made("stepper"))
    yield {name: begun[name] for name in ("X", "y", "lr", *PARAMETERS)}
    rng = np.random.default_rng(0)
    for i in range(count):
        size, digits = ((1, 2), (0.5, 1), (100, 0), (5, 2), (0, 0))[i % 5]
        draw = {
            name: (rng.normal(size=np.shape(begun[name])) * size).clip(-100, 100).round(digits)
            for name in ("X", *PARAMETERS)
        }
        yield {
            **{name: (value + 0.0).tolist() for name, value in draw.items()},
            "y": rng.integers(0, 2, (2, 1)).tolist(),
            "lr": float(rng.choice([0.005, 0.5, 1, 100])),
        }


def in_python(n):
    return training_step(n["X"], n["y"], {name: n[name] for name in PARAMETERS}, n["lr"])


def test_every_quantity_is_that_of_the_reference():
    drawn = list(numbers(600))
    made = javascript.call("backward_numbers", "trainingStep", [[n] for n in drawn])
    for n, found in zip(drawn, made, strict=True):
        expected = in_python(n)
        assert set(found) == set(expected)
        for name, value in expected.items():
            np.testing.assert_allclose(found[name], value, rtol=1e-11, atol=1e-12, err_msg=name)


def alike(one, other):
    """Whether two texts are the same, but for the last digit of a number: sums have an order."""
    number = r"\d+(?:\.\d+)?"
    if re.split(number, one) != re.split(number, other):
        return False
    for a, b in zip(re.findall(number, one), re.findall(number, other), strict=True):
        digits = max(len(text.partition(".")[2]) for text in (a, b))
        if abs(float(a) - float(b)) > 1.01 * 10.0**-digits:
            return False
    return True


def test_every_formula_and_sentence_is_that_of_the_course():
    drawn = list(numbers(25))
    begun = javascript.start(javascript.made("stepper"))
    begun["first"] = {}
    states = [
        {**n, "step": step, "s": s, "k": k, "i": i}
        for n in drawn
        for step in range(len(STEPS))
        for s, k, i in PICKS
    ]
    found = iter(javascript.describe("stepper", begun, states))
    off = 0
    for n in drawn:
        expected = in_python(n)
        for step in STEPS:
            for s, k, i in PICKS:
                seen, said = next(found), explain(step, expected, Pick(s, k, i))
                for part in ("formula", "shapes", "filled", "sentence"):
                    assert alike(seen[part], getattr(said, part)), (seen[part], getattr(said, part))
                    off += seen[part] != getattr(said, part)
                for part in ("results", "feeds"):
                    marked = {name: set(map(tuple, at)) for name, at in seen[part].items()}
                    assert marked == getattr(said, part)
                assert f"{step}: {TITLES[step]}." in seen["said"]
    assert off < 0.01 * len(states)


def test_where_an_entry_stands_is_put_into_words():
    begun = javascript.start(javascript.made("stepper"))
    (seen,) = javascript.describe("stepper", begun, [{"step": STEPS.index("dZ1")}])
    assert seen["where"] == "Counted from 0: row 0 is sample 1, column 1 is h2."


def test_the_diagram_shows_what_a_step_makes():
    begun, n = javascript.start(javascript.made("stepper")), training_step()
    changes = [{"step": step, "s": s} for step in range(len(STEPS)) for s in (0, 1)]
    found = iter(javascript.describe("stepper", begun, changes))
    for step in STEPS:
        for s in (0, 1):
            parts = next(found)["scene"]["parts"]
            texts = [parts[f"node 1 {j}"]["text"] for j in range(3)]
            if step in ("Z1", "A1", "dA1", "mask", "dZ1"):
                assert texts == [written(value) for value in n[step][s]]
            if step in ("Z2", "A2", "dZ2"):
                assert parts["node 2 0"]["text"] == written(n[step][s, 0])
            if step == "dW1":
                edges = [[parts[f"edge 0 {i} {j}"]["text"] for j in range(3)] for i in range(4)]
                assert edges == [[written(value) for value in row] for row in n["dW1"]]
            off = [parts[f"node 1 {j}"]["off"] for j in range(3)]
            assert off == [z <= 0 and step not in ("X", "Z1", "update") for z in n["Z1"][s]]


def test_it_begins_anywhere_and_refuses_what_is_no_step():
    assert javascript.start(explorers.stepper("dZ2"))["step"] == 6
    assert javascript.start(explorers.stepper(14))["step"] == 14
    with pytest.raises(ValueError, match="step must be from 0 to 15, but is 16"):
        explorers.stepper(16)


@pytest.mark.needs("browser")
def test_a_weight_is_changed_where_weights_are_shown_and_everything_follows(browser):
    page = Shown(browser, explorers.stepper("dW1")._repr_html_())
    (explorer,) = page.explorers
    explorer.get_by_role("button", name="dW1 from x4 to h1").click()
    expect(explorer).to_contain_text("dW1[3, 0] = (0.8·0 + 0.6·0.278) / 2 = 0.083")
    page.page.keyboard.press("Enter")
    expect(explorer.get_by_role("alert")).to_contain_text("This step shows dW1.")
    explorer.get_by_role("button", name="Back").click()
    explorer.get_by_role("button", name="W1 from x4 to h1").focus()
    page.page.keyboard.press("Enter")
    explorer.get_by_role("textbox", name="W1[3, 0]").fill("0.4")
    page.page.keyboard.press("Enter")
    expect(explorer.get_by_role("button", name="W1 from x4 to h1: 0.4")).to_be_focused()
    expect(explorer.get_by_role("alert")).to_be_empty()
    explorer.get_by_role("button", name="Reset the numbers").click()
    expect(explorer.get_by_role("button", name="W1 from x4 to h1: −0.28")).to_have_count(1)
    assert explorer.locator("td[style*=solid]").count() == 1
    assert page.errors == []
    page.close()
