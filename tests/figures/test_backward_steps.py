"""The drawings of one training step: true numbers, said in words, nothing in each other's way."""

import re

import numpy as np
import pytest

from helpers import figures
from helpers.figures.backward_numbers import (
    PARAMETERS,
    STEPS,
    Pick,
    explain,
    labels,
    step_name,
    training_step,
    written,
)
from helpers.reference import (
    asd_batch,
    backward,
    bce,
    bce_from_logits,
    forward,
    numerical_gradient,
    update,
)

from .test_network_figures import corners, overlap

pytestmark = pytest.mark.tier("test")

X, Y, PARAMS = asd_batch()
RNG = np.random.default_rng(5)
EDITED = {
    "X": RNG.normal(size=(2, 4)).round(2),
    "y": np.array([[0], [1]]),
    "params": {name: RNG.normal(size=P.shape).round(2) for name, P in PARAMS.items()},
    "lr": 0.3,
}
HUGE = {
    "X": np.full((2, 4), -100.0),
    "y": np.array([[0], [1]]),
    "params": {name: np.full(P.shape, -100.0) for name, P in PARAMS.items()},
    "lr": 100.0,
}
ZERO = {
    "X": np.zeros((2, 4)),
    "y": np.ones((2, 1)),
    "params": {name: np.zeros(P.shape) for name, P in PARAMS.items()},
    "lr": 1e-9,
}
SATURATED = {
    "X": np.ones((2, 4)),
    "y": np.array([[1], [1]]),
    "params": {name: np.full(P.shape, 0.7) for name, P in PARAMS.items()},
    "lr": 1e-6,
}
SETTINGS = {"course": {}, "edited": EDITED, "huge": HUGE, "zero": ZERO, "saturated": SATURATED}
PICKS = [Pick(0, 0, 3), Pick(), Pick(1, 2, 2)]
FIRST = ("course", "huge")  # the others wait for the long run
every_setting = pytest.mark.parametrize(
    "setting",
    [
        pytest.param(each, id=name, marks=[] if name in FIRST else pytest.mark.tier("full"))
        for name, each in SETTINGS.items()
    ],
)
every_step = pytest.mark.parametrize("step", STEPS)


def drawn(step, setting, pick=None):
    fig, ax = figures.canvas(size=(8, 5.5))
    fig.set_layout_engine("none")
    ax.set_position((0, 0, 1, 1))
    alt = figures.backward_step(ax, step, training_step(**setting), pick)
    return fig, ax, alt


@pytest.mark.parametrize("setting", [{}, EDITED], ids=["course", "edited"])
def test_every_number_is_that_of_the_reference(setting):
    n = training_step(**setting)
    given = {"X": X, "y": Y, "params": PARAMS, "lr": 0.005, **setting}
    a, cache = forward(given["X"], given["params"])
    grads = backward(given["X"], given["y"], given["params"], cache)
    new = update(given["params"], grads, given["lr"])
    for name, value in {**cache, **grads, **{f"new {p}": P for p, P in new.items()}}.items():
        np.testing.assert_array_equal(n[name], value)
    assert n["L"] == pytest.approx(bce(given["y"], a))
    assert n["losses"].mean() == pytest.approx(n["L"])
    assert n["L after"] == pytest.approx(bce(given["y"], forward(given["X"], new)[0]))
    np.testing.assert_allclose(n["dA1"] * n["mask"], n["dZ1"])


@pytest.mark.parametrize("setting", [{}, EDITED], ids=["course", "edited"])
def test_gradients_agree_with_measured_ones(setting):
    n = training_step(**setting)
    params = {name: n[name] for name in PARAMETERS}

    def loss(changed):
        return bce_from_logits(n["y"], forward(n["X"], changed)[1]["Z2"])

    for name, measured in numerical_gradient(loss, params).items():
        np.testing.assert_allclose(n[name], measured, atol=1e-8)


@pytest.mark.parametrize("setting", [{}, EDITED], ids=["course", "edited"])
def test_errors_agree_with_measured_ones_per_sample(setting):
    n = training_step(**setting)

    def loss(p, s):
        return bce_from_logits(n["y"][[s]], p["A1"] @ n["W2"] + n["b2"])

    for s in range(2):
        measured = numerical_gradient(lambda p, s=s: loss(p, s), {"A1": n["A1"][[s]]})
        np.testing.assert_allclose(n["dA1"][[s]], measured["dA1"], atol=1e-8)
        by_z = numerical_gradient(
            lambda p, s=s: bce_from_logits(n["y"][[s]], p["Z2"]), {"Z2": n["Z2"][[s]]}
        )
        np.testing.assert_allclose(n["dZ2"][[s]], by_z["dZ2"], atol=1e-8)


@pytest.mark.parametrize("pick", PICKS, ids=str)
@every_step
def test_the_filled_formula_gives_the_entry(step, pick):
    """Compute what is written with the written numbers, and meet what is written behind it."""
    n = training_step(**EDITED)
    said = explain(step, n, pick)
    if step in ("X", "mask", "L after"):
        return
    for line in said.filled.split("; "):
        *_, term, result = line.split(" = ")
        python = term.split(": ")[-1].replace("−", "-").replace("·10⁻", "e-")
        python = python.replace("·", "*").replace("e^", "np.exp").replace("log", "np.log")
        value = float(result.replace("−", "-"))
        assert eval(python, {"np": np, "max": max}) == pytest.approx(value, abs=0.02)


@pytest.mark.parametrize("pick", PICKS, ids=str)
@every_step
def test_the_entry_that_is_worked_out_is_the_marked_one(step, pick):
    n = training_step(**EDITED)
    said = explain(step, n, pick)
    if step in ("X", "L", "L after", "mask"):
        return
    name, place = re.match(r"([\w ]+)(\[[\d, ]+\])", said.filled).groups()
    entry = tuple(map(int, place.strip("[]").split(",")))
    assert said.results[name] == {entry}
    decimals = 5 if step == "update" else 3
    assert said.filled.endswith(f"= {written(n[name][entry], decimals)}")
    for feeding, marked in said.feeds.items():
        assert marked or step == "update"
        for i, j in marked:
            assert 0 <= i < n[feeding].shape[0]
            assert 0 <= j < n[feeding].shape[1]


@every_step
def test_shapes_are_those_of_the_matrices(step):
    n = training_step()
    said = explain(step, n)
    for name in said.results:
        rows, columns = labels(name, n)
        assert (len(rows), len(columns)) == n[name].shape
        if step not in ("L", "update", "L after"):
            assert str(n[name].shape) in said.shapes


@every_step
@every_setting
def test_alt_texts_say_the_formula_and_the_numbers(step, setting):
    for pick in PICKS:
        _, _, alt = drawn(step, setting, pick)
        said = explain(step, training_step(**setting), pick)
        assert alt.startswith(f"Step {STEPS.index(step)}, {step}: ")
        assert said.filled in alt
        assert said.sentence in alt
        assert f"The diagram for sample {pick.sample + 1}." in alt
        assert alt.endswith(".")
        for word in ("nan", "inf", "  "):
            assert word not in alt


def test_the_numbers_of_the_course():
    alt = drawn("dZ2", {})[2]
    assert "dZ2[0, 0] = 0.457 − 1 = −0.543" in alt
    assert "loss 0.782, mean L = 0.717" in alt
    assert "h1: 0 (off); h2: 0.228 (on); h3: 0 (off)" in drawn("dZ1", {})[2]
    alt = drawn("update", {}, Pick(0, 1, 0))[2]
    assert "new W1[0, 1] = −0.21 − 0.005·(−0.00737) = −0.20996" in alt
    assert "On the edges into output: −0.41988." in alt
    assert "h1: new b = −0.00069;" in alt
    assert "output, dZ2: −0.543" in drawn("dZ2", {})[2]
    assert "fell by 0.00029" in drawn("L after", {})[2]


def test_sentences_follow_the_case():
    off, on = Pick(0, 0), Pick(1, 0)
    n = training_step()
    assert explain("dZ1", n, off).sentence == (
        "Hidden neuron 1 was off for sample 1, so no error passes."
    )
    assert "was on for sample 2" in explain("dZ1", n, on).sentence
    assert "too low" in explain("dZ2", n, off).sentence
    assert "too high" in explain("dZ2", n, on).sentence
    zero = training_step(**ZERO)
    assert "exactly 0" in explain("mask", zero).sentence
    assert "exactly between" in explain("A2", zero).sentence
    assert "off for both samples" in explain("dW2", zero).sentence
    assert "off for both samples" in explain("dW1", zero).sentence
    assert "leaves the loss as it is" in explain("db1", zero).sentence
    assert "stays: its gradient is 0" in explain("update", zero).sentence
    assert "would not change the loss" in explain("dA1", zero).sentence
    assert "less than the decimals show" in explain("update", training_step(**SATURATED)).sentence
    rose = training_step(**{**EDITED, "lr": 100.0})
    assert rose["L after"] > rose["L"]
    assert "too long" in explain("L after", rose).sentence


@every_step
@pytest.mark.parametrize(
    "setting", ["course", "huge", pytest.param("saturated", marks=pytest.mark.tier("full"))]
)
def test_no_two_texts_overlap_and_none_is_cropped(step, setting):
    for pick in PICKS:
        fig, ax, _ = drawn(step, SETTINGS[setting], pick)
        fig.draw_without_rendering()
        boxes = [(text.get_text(), corners(text)) for text in ax.texts if text.get_text()]
        for i, (name, box) in enumerate(boxes):
            assert box.min() >= 0, name
            assert (box.max(axis=0) <= fig.bbox.max).all(), name
            for other, second in boxes[i + 1 :]:
                assert not overlap(box, second), (name, other)


def test_only_highlighted_edges_carry_numbers():
    _, ax, alt = drawn("Z1", {}, Pick(0, 1, 0))
    texts = {text.get_text() for text in ax.texts}
    assert {"−0.21", "0.67", "−0.39", "0.19"} <= texts
    assert not {"0.35", "0.48", "0.58", "−0.42"} & texts
    assert "On the edges into h2: −0.21, 0.67, −0.39, 0.19." in alt
    assert "0.58" not in alt
    widths = sorted(line.get_linewidth() for line in ax.lines)
    assert widths == [1] * 11 + [3] * 4


def test_steps_have_names_and_numbers():
    assert [step_name(i) for i in range(len(STEPS))] == list(STEPS)
    assert drawn(6, {})[2] == drawn("dZ2", {})[2]
    for wrong in (-1, len(STEPS), "dz2"):
        with pytest.raises(ValueError, match="step must be"):
            step_name(wrong)


def test_inputs_stay_as_they_are():
    before = {name: P.copy() for name, P in EDITED["params"].items()}
    training_step(**EDITED)
    for name, P in before.items():
        np.testing.assert_array_equal(EDITED["params"][name], P)
