"""Two layers for XOR: what the explorer computes and says, against Python."""

import numpy as np
import pytest

from helpers.reference import sigmoid, step

from . import javascript
from .page import Shown

pytestmark = [
    pytest.mark.tier("check"),
    pytest.mark.needs("node"),
    javascript.group("xor_layers"),
]


def states(count=1500):
    """Return states with lines as a hand can set them, points on a line among them."""
    state = javascript.start(javascript.made("xor_layers"))
    rng = np.random.default_rng(7)
    for k in range(count):
        lines = [
            {"w": (rng.integers(-12, 13, 2) / 4).tolist(), "b": rng.integers(-12, 13) / 4}
            for _ in range(3)
        ]
        yield {**state, "lines": lines, "kind": ("step", "sigmoid")[k % 2]}
    for kind in ("step", "sigmoid"):
        yield {**state, "lines": state["solution"], "kind": kind}


def network(state):
    """Compute the hidden layer and the sum of the output for the four points."""
    first, second, output = ((np.array(one["w"]), one["b"]) for one in state["lines"])
    activation = step if state["kind"] == "step" else lambda z: sigmoid(4 * z)
    X = np.array(state["X"])
    H = activation(np.column_stack([X @ w + b for w, b in (first, second)]))
    return H, H @ output[0] + output[1]


def test_hidden_layer_and_output_are_pythons():
    given = list(states())
    seen = javascript.describe("xor_layers", {}, given)
    solved = 0
    for state, found in zip(given, seen, strict=True):
        H, z = network(state)
        np.testing.assert_allclose(found["seen"], H, rtol=1e-12)
        # With a sigmoid a sum that is 0 but for rounding may fall to either side.
        clear = (np.abs(z) > 1e-9) | (state["kind"] == "step")
        assert (np.array(found["out"]) == step(z))[clear].all()
        right = found["out"] == state["y"]
        assert ("this network computes XOR" in found["said"]) == right
        solved += right
    assert solved > 1


def test_the_start_is_wrong_and_the_solution_right():
    state = javascript.start(javascript.made("xor_layers"))
    start, solved = javascript.describe("xor_layers", state, [{}, {"lines": state["solution"]}])
    assert start["said"].startswith("3 of 4 points are wrong.")
    assert "hidden line 1: 1·x1 + 1·x2 − 0.5 > 0" in solved["said"]
    assert "output line: 1·h1 + 1·h2 − 1.5 > 0." in solved["said"]
    assert "(0, 1) lands on (1, 1); (1, 0) lands on (1, 1)" in solved["said"]


@pytest.mark.needs("browser")
def test_a_hidden_line_that_is_dragged_moves_the_points(browser):
    page = Shown(browser, javascript.output("xor_layers"))
    (explorer,) = page.explorers
    page_words = explorer.locator(".words > p")
    before = page_words.text_content()
    line = explorer.get_by_role("slider", name="hidden line 1, moved by the bias")
    line.focus()
    for _ in range(4):
        line.press("ArrowLeft")
    assert page_words.text_content() != before
    assert "hidden line 1: 1·x1 + 0·x2 + 0.5 > 0" in page_words.text_content()
    explorer.get_by_role("button", name="One solution").click()
    assert "this network computes XOR" in page_words.text_content()
    assert page.errors == []
    page.close()
