"""The perceptron explorer: what the controls do to the picture and to its text twin."""

import base64
import html
import io
import re
import threading

import ipywidgets as widgets
import numpy as np
import pytest
import traitlets
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from helpers import explorers
from helpers.explorers import base
from helpers.figures import canvas, decision_line
from helpers.figures.base import png
from helpers.reference.data import gate

pytestmark = pytest.mark.tier("test")

quarters = st.integers(-12, 12).map(lambda n: n / 4)


@pytest.fixture
def explorer():
    return explorers.perceptron()


@pytest.fixture(scope="module")
def without_pictures():
    """One explorer that does not paint, for tests that take many steps."""
    explorer = explorers.perceptron()
    explorer._picture = lambda: b""  # of this one alone: others stand beside it
    return explorer


def words(explorer):
    return " ".join(re.sub(r"<[^>]+>", " ", explorer.text).split())


def all_widgets(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from all_widgets(child)


def put(explorer, w1, w2, b):
    explorer.set(w1=(explorer.w1, w1), w2=(explorer.w2, w2), b=(explorer.b, b))


def test_every_control_has_a_description(explorer):
    controls = [w for w in all_widgets(explorer.widget) if isinstance(w, widgets.DOMWidget)]
    interactive = (widgets.FloatSlider, widgets.ToggleButtons, widgets.Button, widgets.Play)
    found = [w for w in controls if isinstance(w, interactive)]
    assert len(found) == 8
    assert all(w.description for w in found)
    sliders = [w for w in found if isinstance(w, widgets.FloatSlider)]
    assert [w.description for w in sliders] == ["w1", "w2", "b"]
    assert all(w.continuous_update for w in sliders)
    assert all(w.tooltip for w in found if isinstance(w, widgets.Button))


def test_the_picture_is_the_drawing_of_the_static_figure(explorer):
    put(explorer, 1, 1, -1.5)
    fig, ax = canvas(size=(4.6, 4.4))
    said = decision_line(ax, [1, 1], -1.5, *gate("AND"), "AND")
    assert html.escape(said) in words(explorer)
    for _ in range(2):  # the layout of a fresh figure settles when it is drawn
        picture = png(fig)
    assert explorer._image.value == picture


def test_the_same_weights_give_the_same_picture(explorer):
    pictures = set()
    for w1 in (1.0, -3.0) * 3:
        put(explorer, w1, 1, -1.5)
        pictures.add(bytes(explorer._image.value))
    assert len(pictures) == 2


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("w1", 2.0, "2·x1 + 1·x2 − 0.5 &gt; 0"),
        ("w2", -0.5, "1·x1 − 0.5·x2 − 0.5 &gt; 0"),
        ("b", 0.25, "1·x1 + 1·x2 + 0.25 &gt; 0"),
        ("gate", "NOR", "NOR: "),
    ],
)
def test_picture_and_text_follow_each_control(explorer, name, value, says):
    picture = explorer._image.value
    getattr(explorer, name).value = value
    assert says in words(explorer)
    assert explorer._image.value != picture


def test_the_text_twin_has_the_whole_table(explorer):
    put(explorer, 1, 1, -0.5)
    assert words(explorer) == (
        "x1 x2 z output target 0 0 −0.5 0 0 right 0 1 0.5 1 0 ✗ wrong 1 0 0.5 1 0 ✗ wrong "
        "1 1 1.5 1 1 right Errors: 2 of 4. AND: prediction 1 where 1·x1 + 1·x2 − 0.5 &gt; 0. "
        "2 of 4 points are wrong: (0, 1), (1, 0)."
    )
    assert 'aria-live="polite"' in explorer.text


def test_one_redraw_for_each_set(explorer, monkeypatch):
    drawn = []
    monkeypatch.setattr(base, "png", lambda fig: drawn.append(1) or b"")
    put(explorer, 1, 2, 3)
    assert len(drawn) == 1
    explorer.learn()
    explorer.same_start()
    explorer.new_start()
    assert len(drawn) == 4
    explorer.w1.value = -1.25
    assert len(drawn) == 5


def test_a_set_that_fails_does_not_stop_the_drawing(explorer):
    with pytest.raises(traitlets.TraitError):
        explorer.set(w1=(explorer.w1, 2.0), w2=(explorer.w2, "two"))
    assert "2·x1 + 1·x2" in words(explorer)
    explorer.w2.value = 1.5
    assert "2·x1 + 1.5·x2" in words(explorer)


@given(st.sampled_from(["AND", "OR", "NAND", "NOR"]), quarters, quarters, quarters)
def test_learning_finds_a_line_from_any_start(without_pictures, name, w1, w2, b):
    explorer = without_pictures
    explorer.gate.value = name
    put(explorer, w1, w2, b)
    updates = 0
    while explorer.learn():
        updates += 1
        assert updates <= explorer.play.max
    assert "Errors: 0 of 4." in words(explorer)
    assert ("The rule has found a line and stops." in words(explorer)) == bool(updates)


@settings(max_examples=settings.default.max_examples // 5)  # 70 updates each
@given(quarters, quarters, quarters)
def test_learning_never_ends_on_xor(without_pictures, w1, w2, b):
    explorer = without_pictures
    explorer.gate.value = "XOR"
    put(explorer, w1, w2, b)
    assert all(explorer.learn() for _ in range(70))
    assert "for XOR there is no line to find" in words(explorer)


def test_same_start_and_new_start(explorer):
    put(explorer, -1, 0.5, 2)
    for _ in range(3):
        explorer.learn()
    assert explorer.weights != (-1, 0.5, 2)
    assert "Update 3 used the row" in words(explorer)
    explorer.same_start()
    assert explorer.weights == (-1, 0.5, 2)
    assert "Update" not in words(explorer)
    explorer.new_start()
    first = explorer.weights
    assert first != (-1, 0.5, 2)
    explorer.learn()
    explorer.same_start()
    assert explorer.weights == first
    explorer.new_start()
    assert explorer.weights != first


def test_new_starts_are_the_same_for_every_reader():
    starts = []
    for _ in range(2):
        explorer = explorers.perceptron()
        explorer.new_start()
        starts.append(explorer.weights)
    assert starts[0] == starts[1]


@pytest.mark.parametrize("by_hand", ["slider", "gate"])
def test_a_change_by_hand_starts_the_count_anew(explorer, by_hand):
    explorer.play.playing = True
    explorer.learn()
    explorer.learn()
    if by_hand == "slider":
        explorer.w1.value = -2.0
    else:
        explorer.gate.value = "NOR"
    assert "Update" not in words(explorer)
    assert not explorer.play.playing
    start = explorer.weights
    explorer.learn()
    assert "Update 1 used the row" in words(explorer)
    explorer.same_start()
    assert explorer.weights == start


def test_play_stops_by_itself(explorer):
    explorer.play.playing = True
    for tick in range(1, explorer.play.max + 1):
        explorer.play.value = tick
        if not explorer.play.playing:
            break
    assert not explorer.play.playing
    assert tick < explorer.play.max
    assert "Errors: 0 of 4." in words(explorer)


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize("name", ["AND", "XOR"])
def test_the_limits_of_the_sliders_hold(explorer, sign, name):
    explorer.gate.value = name
    put(explorer, 3 * sign, 3 * sign, 3 * sign)
    for _ in range(5):
        explorer.learn()
    assert all(-3 <= weight <= 3 for weight in explorer.weights)


def test_buttons_do_what_they_say(explorer):
    buttons = {
        w.description: w for w in all_widgets(explorer.widget) if isinstance(w, widgets.Button)
    }
    buttons["One update"].click()
    assert "Update 1" in words(explorer)
    buttons["Same start"].click()
    assert explorer.weights == (1, 1, -0.5)
    buttons["New start"].click()
    assert explorer.weights != (0, 0, 0)


def test_output_in_a_notebook_is_the_same_each_time(explorer):
    bundle = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == "Perceptron explorer: run this cell, then move the sliders."
    view = bundle["application/vnd.jupyter.widget-view+json"]
    assert view == {
        "version_major": 2,
        "version_minor": 0,
        "model_id": explorer.widget.model_id,
    }
    assert explorer._repr_mimebundle_()["text/html"] == bundle["text/html"]


def test_where_there_are_no_widgets_a_picture_stands_folded(explorer):
    still = explorer._repr_mimebundle_()["text/html"]
    assert still.startswith("<details><summary>Perceptron explorer: run this cell to move it.")
    assert explorer.text in still
    assert "<details open" not in still
    address = re.search(r'src="data:image/webp;base64,([^"]+)"', still)[1]
    picture = Image.open(io.BytesIO(base64.b64decode(address)))
    (image,) = [w for w in all_widgets(explorer.widget) if isinstance(w, widgets.Image)]
    drawn = Image.open(io.BytesIO(image.value))
    pixels = [np.asarray(p.convert("RGB")).astype(int) for p in (picture, drawn)]
    assert np.abs(pixels[0] - pixels[1]).max() <= 12  # as far as packing may move a color


def test_an_unknown_gate_is_refused():
    with pytest.raises(traitlets.TraitError):
        explorers.perceptron("XAND")


def test_pictures_are_whole_when_messages_come_on_many_threads(explorer):
    def move(k):
        for i in range(5):
            put(explorer, (i + k) % 3, 1, -0.25 * k)

    threads = [threading.Thread(target=move, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    explorer.refresh()
    picture = explorer._image.value
    w1, w2, b = explorer.weights
    put(explorer, -3, -3, 3)
    put(explorer, w1, w2, b)
    assert explorer._image.value == picture


def test_a_value_that_the_browser_sends_back_a_bit_off_changes_nothing(explorer):
    put(explorer, 1, 1, -1)
    before = explorer.text
    explorer.w1.value = 1.0000000000000002
    assert explorer.weights == (1, 1, -1)
    assert explorer.text == before
