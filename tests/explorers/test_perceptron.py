"""The perceptron explorer: its words and its arithmetic are those of the course."""

import itertools
from functools import partial

import numpy as np
import pytest
from playwright.sync_api import expect

from helpers import explorers
from helpers.explorers.perceptron import GATES, LIMITS, LR, MOST_UPDATES
from helpers.figures import decision_text
from helpers.reference.activations import step
from helpers.reference.data import gate
from helpers.reference.perceptron import perceptron_update

from . import javascript
from .page import Shown

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("perceptron"),
]
LOW, HIGH = LIMITS


def states():
    """Return all gates with weights from the sliders, learned ones and points that were moved."""
    rng = np.random.default_rng(0)
    begun = {**javascript.start(javascript.made("perceptron")), "starts": []}
    found = []
    for name in GATES:
        X, y = gate(name)
        weights = [np.array(w) for w in itertools.product(np.arange(-3, 3.1, 0.75), repeat=3)]
        moved = [(X, w) for w in weights]
        for _ in range(600):
            corners = rng.integers(-2, 7, (4, 2)) / 4
            moved.append((corners, rng.integers(-48, 49, 3) / 16))
        for points, (w1, w2, b) in moved:
            state = {"gate": name, "X": points.tolist(), "y": y.tolist(), "w": [w1, w2], "b": b}
            found.append({**begun, **state})
    return found


@pytest.fixture(scope="module")
def described():
    made = states()
    return list(
        zip(
            made,
            javascript.call("perceptron", "explorer.describe", [[s] for s in made]),
            strict=True,
        )
    )


def test_sums_outputs_and_words_are_those_of_python(described):
    assert len(described) > 6000
    for state, seen in described:
        X, y, w, b = (np.array(state[name], dtype=float) for name in ("X", "y", "w", "b"))
        z = X @ w + b
        assert seen["z"] == z.tolist()
        assert seen["out"] == step(z).tolist()
        assert seen["wrong"] == np.flatnonzero(step(z) != y).tolist()
        assert seen["said"] == decision_text(w, b, X, y, state["gate"], LIMITS)


def area(corners):
    x, y = np.array(corners).reshape(-1, 2).T
    return 0.5 * abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) if len(x) else 0.0


def test_the_shaded_side_is_where_the_sum_is_positive(described):
    rng = np.random.default_rng(1)
    inside = rng.uniform(LOW, HIGH, (4000, 2))
    for state, seen in described[::7]:
        part = np.mean(inside @ state["w"] + state["b"] > 0)
        assert abs(area(seen["side"]) / (HIGH - LOW) ** 2 - part) < 0.04
        for end in seen["ends"]:
            assert abs(np.dot(state["w"], end) + state["b"]) < 1e-12
            assert LOW - 1e-12 <= min(end) <= max(end) <= HIGH + 1e-12


def test_the_arrow_begins_on_the_line_and_nearest_to_the_middle(described):
    chosen = [(state, seen) for state, seen in described if len(seen["ends"]) == 2]
    feet = javascript.call("lines", "foot", [[state] for state, _ in chosen])
    for (state, seen), foot in zip(chosen, feet, strict=True):
        on_line = abs(np.dot(state["w"], foot) + state["b"]) < 1e-9
        at_edge = {round(v, 9) for v in foot} & {LOW, HIGH}
        assert on_line or at_edge
        assert len(seen["ends"]) == 2


def test_the_rule_is_the_course_s(described):
    calls = [(state, i) for state, seen in described for i in range(4)][::7]
    learned = javascript.call("perceptron", "update", calls)
    for (state, i), after in zip(calls, learned, strict=True):
        w, b = np.array(state["w"]), state["b"]
        w, b = perceptron_update(w, b, np.array(state["X"][i]), state["y"][i], LR)
        assert (after["w"], after["b"]) == (w.tolist(), b)


def test_the_rule_goes_round_the_rows():
    rows = [(wrong, next_) for n in range(1, 5) for wrong in itertools.combinations(range(4), n)
            for next_ in range(4)]  # fmt: skip
    for (wrong, next_), i in zip(
        rows, javascript.call("perceptron", "nextWrong", rows), strict=True
    ):
        assert i == min(wrong, key=lambda row: (row - next_) % 4)


@pytest.mark.parametrize("name", GATES)
def test_so_many_updates_are_enough_from_every_start(name):
    X, y = gate(name)
    most = 0
    for w1, w2, b in itertools.product(np.arange(-3, 3.1), repeat=3):
        w, row, updates = np.array([w1, w2]), 0, 0
        while updates <= MOST_UPDATES and (wrong := np.flatnonzero(step(X @ w + b) != y)).size:
            row = next((i for i in wrong if i >= row), wrong[0])
            w, b = perceptron_update(w, b, X[row], y[row], LR)
            row, updates = (row + 1) % 4, updates + 1
        most = max(most, updates)
    assert (most > MOST_UPDATES) == (name == "XOR")


def test_an_unknown_gate_is_refused():
    with pytest.raises(ValueError, match=r"gate_name must be one of 'AND', 'OR', .* but is 'XAND'"):
        explorers.perceptron("XAND")


def test_new_starts_are_the_same_for_every_reader_and_differ():
    first, again, other = (explorers.perceptron(seed=seed).data["starts"] for seed in (1, 1, 2))
    assert first == again != other
    assert len({tuple(start) for start in first}) > 10


# In the browser ----------------------------------------------------------------------------------


@pytest.fixture
def explorer(browser):
    page = Shown(browser, javascript.output("perceptron"))
    (found,) = page.explorers
    yield found
    page.close()


def words(explorer):
    return explorer.locator(".words > p").text_content()


def press(explorer, name, times=1):
    for _ in range(times):
        explorer.get_by_role("button", name=name, exact=True).click()


@pytest.mark.needs("browser")
def test_it_learns_goes_back_and_begins_anew(explorer):
    press(explorer, "One update", 2)
    assert "Update 2 used the row" in words(explorer)
    press(explorer, "Same start")
    assert words(explorer).startswith("AND: prediction 1 where 1·x1 + 1·x2 − 0.5 > 0.")
    assert "Update" not in words(explorer)
    update = explorer.get_by_role("button", name="One update")
    for _ in range(MOST_UPDATES):
        if update.is_disabled():
            break
        update.click()
    assert words(explorer).endswith("The rule has found a line and stops.")
    assert explorer.get_by_role("cell", name="✗ wrong").count() == 0
    press(explorer, "New start")
    first = words(explorer)
    press(explorer, "New start")
    assert words(explorer) != first


@pytest.mark.needs("browser")
def test_learning_plays_until_nothing_is_wrong_and_a_hand_stops_it(explorer):
    gate = partial(explorer.get_by_role, "radio", exact=True)
    gate(name="XOR").check(force=True)  # for which there is no line: it plays until it is stopped
    press(explorer, "Learn")
    pause = explorer.get_by_role("button", name="Pause")
    expect(pause).to_have_attribute("aria-pressed", "true")
    explorer.get_by_label("w1 more").click()
    expect(explorer.get_by_role("button", name="Learn")).to_have_attribute("aria-pressed", "false")
    gate(name="AND").check(force=True)
    press(explorer, "Learn")
    expect(explorer.locator(".words > p")).to_contain_text("has found a line and stops.")
    expect(explorer.get_by_role("button", name="Learn")).to_be_visible()


@pytest.mark.needs("browser")
def test_the_arrow_turns_the_line_and_the_line_follows_the_hand(explorer):
    page = explorer.page
    tip = explorer.get_by_role("slider", name="decision line, turned by its weights")
    box = tip.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 - 80, box["y"] + box["height"] / 2, steps=3)
    page.mouse.up()
    turned = tip.get_attribute("aria-valuetext")
    assert turned.startswith("w1 −")
    assert turned.endswith("w2 1")
    line = explorer.get_by_role("slider", name="decision line, moved by the bias")
    line.focus()
    before = line.get_attribute("aria-valuetext")
    line.press("ArrowUp")
    assert line.get_attribute("aria-valuetext") != before
