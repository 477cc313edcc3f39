"""The surface explorer: heights, slopes, walks and words are those of Python."""

import re
from dataclasses import replace

import numpy as np
import pytest

from helpers import explorers
from helpers.explorers.surface import RATES
from helpers.figures.base import number
from helpers.figures.loss_surface import (
    LABELS,
    LANDSCAPES,
    Plane,
    landscape_text,
    network_landscapes,
    rate_text,
    walk,
)
from helpers.reference.numerical import numerical_derivative

from . import javascript
from .page import Shown, press_any

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("surface"),
]


def as_sent(name):
    """Return a landscape of a network with the numbers that are sent: six digits of each."""
    sent = javascript.made("surface").data["surfaces"][name]
    center, *along = (
        {f"{part}{i}": np.array(values, ndmin=2) for i, layer in enumerate(layers, 1)
         for part, values in zip("Wb", layer, strict=True)}
        for layers in (sent["params"], *sent["along"])
    )  # fmt: skip
    recorded = None if sent["recorded"] is None else np.array(sent["recorded"])
    made = Plane(center, tuple(along)).landscape(tuple(sent["center"]), tuple(sent["half"]))
    return replace(made, recorded=recorded)


SHOWN = {**LANDSCAPES, **{name: as_sent(name) for name in network_landscapes()}}
every = pytest.mark.parametrize("name", SHOWN)


@pytest.fixture(scope="module")
def begun():
    return javascript.start(javascript.made("surface"))


def places(name, count, rng):
    shown = SHOWN[name]
    return rng.uniform(-1.2, 1.2, (count, 2)) * shown.half + shown.center


@every
def test_the_slopes_of_the_network_are_those_that_one_measures(name):
    shown = SHOWN[name]
    for w1, w2 in places(name, 40, np.random.default_rng(0)):
        across = numerical_derivative(lambda v, w2=w2: shown.height(v, w2), w1)
        along = numerical_derivative(lambda v, w1=w1: shown.height(w1, v), w2)
        assert shown.gradient(w1, w2) == pytest.approx((across, along), rel=1e-4, abs=1e-5)


@every
def test_heights_and_slopes_are_those_of_python(begun, name):
    surface, shown = begun["surfaces"][name], SHOWN[name]
    at = places(name, 600, np.random.default_rng(1))
    calls = [({}, *place) for place in at]
    heights = javascript.call("surfaces", "height", calls, surface)
    assert heights == pytest.approx(shown.height(*at.T), rel=1e-9, abs=1e-12)
    slopes = javascript.call("surfaces", "slope", calls, surface)
    for place, slope in zip(at[::3], slopes[::3], strict=True):
        expected = [float(part) for part in shown.gradient(*place)]
        assert slope == pytest.approx(expected, rel=1e-9, abs=1e-12)


def states(name, count, rng):
    """Return what the explorer's controls can change."""
    shown, made = SHOWN[name], []
    for _ in range(count):
        corner = rng.integers(0, 41, 2)
        start = (np.array(shown.center) + shown.half * (corner / 20 - 1)).round(12)
        chosen = [one for one in LABELS if rng.random() < 0.4]
        made.append({
            "surface": name, "start": start.tolist(), "chosen": chosen,
            "lr": float(rng.choice(RATES)), "steps": int(rng.integers(1, 101)),
            "azimuth": int(rng.integers(-180, 181)), "elevation": int(rng.integers(0, 91)),
            "zoom": float(rng.choice([1, 1, 1.5, 3, 5])),
        })  # fmt: skip
    return made


def paths_of(state, nudge=0.0):
    shown, start = SHOWN[state["surface"]], np.array(state["start"]) * (1 + nudge)
    names = [name for name in LABELS if name in state["chosen"]]
    return {name: walk(shown, start, name, state["lr"], state["steps"]) for name in names}


def said_by_python(state, nudge=0.0):
    shown = SHOWN[state["surface"]]
    rate = rate_text(shown, state["lr"]) if "gradient_descent" in state["chosen"] else ""
    view = (
        f"Rate {number(state['lr'], 4)}, seen from azimuth {number(state['azimuth'])}°, "
        f"elevation {number(state['elevation'])}°, zoom {number(state['zoom'])}."
    )
    told = landscape_text(shown, paths_of(state, nudge), state["zoom"])
    return " ".join(part for part in (told, rate, view) if part)


NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")


def skeleton(text):
    return NUMBER.sub("#", text)


def numbers(text):
    raised = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
    plain = (found.replace("·10", "e").translate(raised) for found in NUMBER.findall(text))
    return np.array([float(found) for found in plain])


def alike(one, other):
    """Whether two texts say the same, up to the last digit of a number."""
    return skeleton(one) == skeleton(other) and np.allclose(
        numbers(one), numbers(other), rtol=0.06, atol=0.0011
    )


@every
def test_its_words_are_those_of_python(begun, name):
    """A path that a nudge in the tenth digit sends elsewhere is chaos, and no test of the words."""
    made = states(name, 60, np.random.default_rng(2))
    told = javascript.describe("surface", begun, made)
    steady = exact = 0
    for state, seen in zip(made, told, strict=True):
        expected = said_by_python(state)
        if not all(alike(expected, said_by_python(state, nudge)) for nudge in (1e-9, -1e-8)):
            continue
        steady += 1
        exact += seen["said"] == expected
        assert alike(seen["said"], expected), state
    assert steady > 30
    assert exact > 0.9 * steady


@every
def test_walks_are_those_of_python(begun, name):
    rng = np.random.default_rng(3)
    made = states(name, 40, rng)
    surface = begun["surfaces"][name]
    for optimizer in LABELS:
        calls = [({}, state["start"], optimizer, 0.05, 15) for state in made]
        paths = javascript.call("surfaces", "walk", calls, surface)
        for (_, start, *_), path in zip(calls, paths, strict=True):
            expected = walk(SHOWN[name], start, optimizer, 0.05, 15)
            assert np.allclose(path, expected, rtol=1e-6, atol=1e-9)


def test_divergence_and_overflow_are_said_in_words(begun):
    changed = {"lr": 3.16, "steps": 100, "surface": "two layers", "start": [2, -2]}
    state = {**begun, **changed}
    (seen,) = javascript.describe("surface", state)
    assert "it diverges: at step" in seen["said"]
    assert "the numbers overflow" in seen["said"]
    assert seen["rows"][0][1:3] == ["diverges", "overflow"]
    assert seen["said"] == said_by_python(state)


def test_the_table_tells_the_lowest_step(begun):
    (seen,) = javascript.describe("surface", begun)
    assert seen["rows"][0] == ["● gradient descent", "(0.046, 0.035)", "0.0033", "0.0033, step 20"]
    assert [row[1:] for row in seen["rows"][1:]] == [["–"] * 3] * 3


def test_the_view_is_matplotlib_s():
    """Both turn alike: the same azimuth and elevation show the same side."""
    from mpl_toolkits.mplot3d import proj3d

    from helpers.figures import canvas, solid

    ax = solid(canvas()[1])
    ax.set(xlim=(-1, 1), ylim=(-1, 1), zlim=(-1, 1), box_aspect=(1, 1, 1))
    ax.set_proj_type("ortho")
    rng = np.random.default_rng(4)
    for _ in range(20):
        azimuth, elevation = rng.uniform(-180, 180), rng.uniform(0, 90)
        ax.view_init(elev=elevation, azim=azimuth)
        points = rng.uniform(-1, 1, (30, 3))
        x, y, _ = proj3d.proj_transform(*points.T, ax.get_proj())
        calls = [(point, azimuth, elevation) for point in points]
        ours = np.array(javascript.call("surface", "project", calls))
        for theirs, mine in ((x, ours[:, 0]), (y, ours[:, 1])):
            assert np.corrcoef(theirs, mine)[0, 1] > 0.999999


def test_lines_of_equal_height_run_where_the_height_is():
    rng = np.random.default_rng(5)
    calls = [(rng.standard_normal(4), float(rng.standard_normal() / 2)) for _ in range(500)]
    for (corners, height), found in zip(
        calls, javascript.call("surface", "cellLines", calls), strict=True
    ):
        above = corners > height
        assert len(found) == np.sum(above != np.roll(above, 1)) / 2
        for x, y in (end for line in found for end in line):
            v00, v10, v11, v01 = corners
            here = (1 - y) * ((1 - x) * v00 + x * v10) + y * ((1 - x) * v01 + x * v11)
            assert here == pytest.approx(height)


def test_an_unknown_surface_is_refused():
    with pytest.raises(ValueError, match=r"surface must be one of 'bowl', .* but is 'plane'"):
        explorers.surface("plane")


# In the browser ----------------------------------------------------------------------------------


@pytest.fixture
def explorer(browser):
    page = Shown(browser, javascript.output("surface"), height=1000)
    (found,) = page.explorers
    yield found
    assert page.errors == []
    page.close()


def words(explorer):
    return explorer.locator(".words > p").text_content()


@pytest.mark.needs("browser")
def test_a_click_on_the_ground_is_the_start(explorer):
    canvas = explorer.locator("canvas")
    canvas.scroll_into_view_if_needed()
    explorer.get_by_role("button", name="From above").click()
    box = canvas.bounding_box()
    size = min(box["width"] / 3.25, box["height"] / 2.85)
    x = box["x"] + 0.53 * box["width"] - size * 0.5
    y = box["y"] + 0.5 * box["height"] - size * 0.25
    explorer.page.mouse.move(x, y)
    reading = explorer.locator("p.aside")
    assert reading.inner_text() == "w1 −2.5, w2 1.25: loss 7.8125. Click to start here."
    explorer.page.mouse.click(x, y)
    assert "Gradient descent from (−2.5, 1.25), loss 7.8125" in words(explorer)


@pytest.mark.needs("browser")
def test_the_mouse_turns_and_keys_turn(explorer):
    canvas = explorer.locator("canvas")
    box = canvas.bounding_box()
    x, y = box["x"] + 100, box["y"] + 100
    explorer.page.mouse.move(x, y)
    explorer.page.mouse.down()
    explorer.page.mouse.move(x + 40, y - 20, steps=4)
    explorer.page.mouse.up()
    assert "azimuth −80°, elevation 20°" in words(explorer)
    assert press_any(canvas, ("ArrowRight",))
    assert "azimuth −75°" in words(explorer)


@pytest.mark.needs("browser")
def test_every_surface_is_drawn_and_named(explorer):
    for label in LABELS.values():
        explorer.get_by_label(label).check()
    for name, shown in SHOWN.items():
        explorer.get_by_role("radio", name=name, exact=True).check(force=True)
        assert shown.formula[1:] in words(explorer)
        for axis in shown.names:
            assert explorer.get_by_role("slider", name=f"start {axis}", exact=True).is_visible()
        assert explorer.get_by_role("cell", name="–").count() == 0
