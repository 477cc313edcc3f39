"""The shapes explorer: what fits, and why not, is what NumPy and the course say."""

import itertools

import numpy as np
import pytest

from helpers import explorers
from helpers.figures.shapes import layer_result

from . import javascript
from .page import Shown

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("shapes"),
]
W_SHAPES = ("(n_in, n_out)", "(n_out, n_in)")
B_SHAPES = ("(1, n_out)", "(n_out,)", "(n_out, 1)", "(m, 1)", "(1, n_in)")


def test_every_state_is_judged_as_numpy_does_and_in_the_course_s_words():
    begun = javascript.start(javascript.made("shapes"))
    sizes = range(1, 7)
    states = [
        {"m": m, "n_in": n_in, "n_out": n_out, "w": w, "b": b}
        for m, n_in, n_out, w, b in itertools.product(sizes, sizes, sizes, W_SHAPES, B_SHAPES)
    ]
    found = javascript.describe("shapes", begun, states)
    for state, seen in zip(states, found, strict=True):
        X, W, b = (tuple(seen[name]) for name in ("X", "W", "b"))
        assert b == eval(state["b"], {name: state[name] for name in ("m", "n_in", "n_out")})
        product, total, said = layer_result(X, W, b)
        assert seen["said"] == said
        assert seen["product"] == (list(product) if product else None)
        assert seen["Z"] == (list(total) if total else None)
        try:
            shape = (np.zeros(X) @ np.zeros(W) + np.zeros(b)).shape
        except ValueError:
            shape = None
        assert shape == total


def test_sizes_outside_are_refused():
    with pytest.raises(ValueError, match="n_in must be a whole number from 1 to 6, but is 7"):
        explorers.shapes(n_in=7)


@pytest.mark.needs("browser")
def test_an_entry_of_z_is_followed_back(browser):
    page = Shown(browser, javascript.output("shapes"))
    (explorer,) = page.explorers
    entry = explorer.get_by_role("slider", name="entry of Z")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"):
        entry.press(key)
    assert entry.get_attribute("aria-valuetext") == "row 2, column 1"
    marked = explorer.locator("rect[fill='var(--mark)'][visibility=visible]")
    assert marked.count() == 3 + 3 + 1
    explorer.get_by_role("radio", name="(n_out, n_in)").press("Space")
    assert entry.count() == 0 or not entry.is_visible()
    assert explorer.get_by_text("Z: error").is_visible()
    page.close()
