"""The stepper: true numbers at every step, for every control, and clear words for bad input."""

import html
import re
import threading

import numpy as np
import pytest

from helpers import explorers
from helpers.explorers.stepper import read
from helpers.figures.backward_numbers import STEPS, TITLES, explain, training_step, written
from helpers.reference import asd_batch, backward, bce_from_logits, forward

pytestmark = pytest.mark.tier("test")

LAST = len(STEPS) - 1


@pytest.fixture
def stepper():
    return explorers.stepper()


def plain(stepper):
    """Return the text without its tags."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", stepper.text)).split())


def state(stepper):
    return stepper.step.value, stepper.pick


def test_next_and_back_walk_and_stop_at_the_ends(stepper):
    stepper.back.click()
    assert "Step 0 of 15. X: the inputs." in plain(stepper)
    for i in range(1, LAST + 3):
        stepper.next.click()
        name = STEPS[min(i, LAST)]
        assert f"Step {min(i, LAST)} of {LAST}. {name}: {TITLES[name]}." in plain(stepper)
    stepper.back.click()
    assert stepper.step.value == LAST - 1


def test_a_button_that_leads_nowhere_is_switched_off(stepper):
    for step, ends in ((0, (True, False)), (5, (False, False)), (LAST, (False, True))):
        stepper.step.value = step
        assert (stepper.back.disabled, stepper.next.disabled) == ends


def test_indices_are_put_into_words(stepper):
    stepper.step.value = STEPS.index("dZ1")
    assert "Counted from 0: row 0 is sample 1, column 1 is h2." in plain(stepper)
    stepper.step.value = STEPS.index("X")
    assert "Counted from 0" not in plain(stepper)


def test_threads_leave_text_picture_and_controls_at_one_step(stepper):
    def walk(control, values):
        for value in values:
            control.value = value

    walks = [(stepper.step, range(1, 12)), (stepper.step, range(12, 3, -1))]
    threads = [threading.Thread(target=walk, args=each) for each in walks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert f"Step {stepper.step.value} of" in plain(stepper)
    assert stepper._image.value == explorers.stepper(stepper.step.value)._image.value


def test_it_can_begin_anywhere():
    assert "Step 6 of 15." in plain(explorers.stepper("dZ2"))
    assert "Step 14 of 15." in plain(explorers.stepper(14))


def test_a_step_is_drawn_once(stepper, monkeypatch):
    drawn = []
    draw = stepper._draw
    monkeypatch.setattr(stepper, "_draw", lambda: drawn.append(1) or draw())
    stepper.next.click()
    stepper.step.value = 9
    assert len(drawn) == 2


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("step", range(len(STEPS)), ids=STEPS)
def test_every_step_says_formula_numbers_shapes_and_sentence(stepper, step):
    stepper.step.value = step
    said = explain(step, training_step(), stepper.pick)
    text = plain(stepper)
    for part in (said.formula, said.filled, said.shapes, said.sentence):
        assert part in text
    for name in (*said.feeds, *said.results):
        assert f"{name} {training_step()[name].shape}" in text
    assert "In words. The diagram for sample 1." in text


def test_every_step_has_a_picture_of_its_own(stepper):
    pictures = set()
    for step in range(len(STEPS)):
        stepper.step.value = step
        pictures.add(stepper._image.value)
    assert len(pictures) == len(STEPS)


@pytest.mark.usefixtures("unpainted")
def test_the_tables_hold_the_numbers_of_the_reference(stepper):
    X, y, params = asd_batch()
    _, cache = forward(X, params)
    grads = backward(X, y, params, cache)
    for step, value in {**cache, **grads}.items():
        stepper.step.value = STEPS.index(step)
        for entry in value.flat:
            assert f">{written(entry)}</td>" in stepper.text


def test_the_marked_entries_have_frames(stepper):
    stepper.step.value = STEPS.index("dW2")
    assert stepper.text.count("2px solid") == 1
    assert stepper.text.count("2px dashed") == 4


def test_sample_unit_and_input_choose_the_entry(stepper):
    stepper.step.value = STEPS.index("dZ1")
    stepper.sample.value, stepper.unit.value = 0, 0
    assert "Hidden neuron 1 was off for sample 1, so no error passes." in plain(stepper)
    stepper.sample.value = 1
    assert "Hidden neuron 1 was on for sample 2" in plain(stepper)
    stepper.step.value = STEPS.index("dW1")
    before, picture = plain(stepper), stepper._image.value
    stepper.feature.value = 3
    assert "dW1[3, 0] = (0.8·0 + 0.6·0.278) / 2 = 0.083" in plain(stepper)
    assert plain(stepper) != before
    assert stepper._image.value != picture


@pytest.mark.usefixtures("unpainted")
def test_choices_without_effect_are_switched_off(stepper):
    for step in range(len(STEPS)):
        for control in (stepper.sample, stepper.unit, stepper.feature):
            stepper.step.value = step
            control.value = 0
            before = plain(stepper)
            control.value = 1
            assert (plain(stepper) != before) == (not control.disabled), (STEPS[step], control)


def test_every_field_moves_text_and_picture(stepper):
    stepper.step.value = LAST
    for name, field in stepper.fields.items():
        stepper.reset()
        stepper.step.value = STEPS.index("X") if name.startswith("X") else LAST
        stepper.sample.value = int(name[2]) if name.startswith(("X", "y")) else 0
        before, picture = plain(stepper), stepper._image.value
        field.value = {"0": "1", "1": "0"}[field.value] if name[0] == "y" else "0.9"
        assert plain(stepper) != before, name
        assert stepper._image.value != picture, name
        assert state(stepper)[0] == (0 if name.startswith("X") else LAST)


@pytest.mark.usefixtures("unpainted")
def test_edited_numbers_are_those_of_the_reference(stepper):
    rng = np.random.default_rng(7)
    stepper.step.value = STEPS.index("dW1")
    for name, field in stepper.fields.items():
        field.value = "1" if name.startswith("y") else f"{abs(rng.normal()):.2f}"
    n = stepper.numbers()
    params = {name: n[name] for name in ("W1", "b1", "W2", "b2")}
    for name in ("X", "W1", "b1", "W2", "b2"):
        for (i, j), value in np.ndenumerate(n[name]):
            assert value == float(stepper.fields[f"{name}[{i},{j}]"].value)
    _, cache = forward(n["X"], params)
    grads = backward(n["X"], np.ones((2, 1)), params, cache)
    np.testing.assert_array_equal(n["dW1"], grads["dW1"])
    np.testing.assert_allclose(
        n["new W1"], n["W1"] - float(stepper.fields["lr"].value) * grads["dW1"]
    )
    assert float(n["L"]) == bce_from_logits([[1], [1]], cache["Z2"])
    assert f"= {written(n['dW1'][0, 1])}" in plain(stepper)
    assert stepper.step.value == STEPS.index("dW1")


BAD = {
    "X[0,0]": ("abc", "X[0,0] is not a number: “abc”. The last good number is kept: 0.2."),
    "X[1,2]": ("", "X[1,2] is empty: type a number."),
    "W1[0,1]": ("0,5", "W1[0,1] is written with a comma: type 0.5."),
    "b1[0,0]": ("1e300", "b1[0,0] must be between −100 and 100, but is 1e300."),
    "W2[0,0]": ("nan", "W2[0,0] is not a number: “nan”."),
    "W2[1,0]": ("-inf", "W2[1,0] must be between −100 and 100, but is -inf."),
    "y[0,0]": ("2", "y[0,0] must be 0 or 1, but is 2. The last good number is kept: 1."),
    "y[1,0]": ("0.5", "y[1,0] must be 0 or 1, but is 0.5."),
    "lr": ("0", "lr must be above 0 and at most 100, but is 0."),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_keeps_the_last_good_state_and_says_so(stepper, name):
    typed, message = BAD[name]
    stepper.step.value = 7
    stepper.unit.value = 2
    before, picture, where = plain(stepper), stepper._image.value, state(stepper)
    stepper.fields[name].value = typed
    assert f"⚠ {message}" in plain(stepper)
    assert plain(stepper).endswith(before.split("the gradient of W2.")[1])
    assert stepper._image.value == picture
    assert state(stepper) == where
    assert message in stepper._warnings.value
    stepper.reset()
    assert plain(stepper) == before
    assert not stepper._warnings.value
    assert state(stepper) == where


def test_several_bad_fields_are_all_named_and_good_ones_count(stepper):
    stepper.fields["lr"].value = "fast"
    stepper.fields["y[0,0]"].value = "-1"
    stepper.fields["X[0,0]"].value = "−0.75"
    assert plain(stepper).count("⚠") == 2
    assert stepper.numbers()["X"][0, 0] == -0.75
    stepper.fields["lr"].value = " 0.5 "
    assert plain(stepper).count("⚠") == 1
    assert stepper.numbers()["lr"] == 0.5


def test_what_was_typed_is_escaped(stepper):
    stepper.fields["lr"].value = "<script>"
    assert "<script>" not in stepper.text + stepper._warnings.value


@pytest.mark.parametrize(
    "value",
    ["100", "0", *(pytest.param(v, marks=pytest.mark.tier("full")) for v in ("-100", "1e-300"))],
)
def test_extreme_numbers_are_shown_at_every_step(stepper, value):
    texts = {
        name: (field, "100" if name == "lr" else "0" if name.startswith("y") else value)
        for name, field in stepper.fields.items()
    }
    stepper.set(**texts)
    for step in range(len(STEPS)):
        stepper.step.value = step
        text = plain(stepper)
        assert "⚠" not in text
        assert not re.search(r"\b(nan|inf)\b", text)


def test_reading_numbers():
    assert read("X[0,0]", "−1") == -1
    assert read("y[0,0]", "1.0") == 1
    assert read("lr", "1e-3") == 0.001
    with pytest.raises(ValueError, match=r"comma: type 0\.005"):
        read("lr", "0,005")
    with pytest.raises(ValueError, match="not a number: “1,2,3”"):
        read("lr", "1,2,3")


def test_next_and_back_come_first_and_every_control_has_a_name(stepper):
    left = stepper.widget.children[0].children[0].children
    assert [button.description for button in left[1].children] == ["Next", "Back"]
    for control in (*stepper.fields.values(), stepper.step, stepper.sample):
        assert control.description
    assert len({field.description for field in stepper.fields.values()}) == 30
