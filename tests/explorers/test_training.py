"""The training explorer: its recorded run, what is said of it, and the runs that one asks for."""

import functools

import numpy as np
import pytest

from helpers import explorers
from helpers.explorers.training import HIDDEN, RATES, Controls
from helpers.figures import record_run
from helpers.figures.training_run import dead_text, epoch_text, loss_text

from . import javascript
from .page import Shown, seen

pytestmark = [
    pytest.mark.tier("test"),
    pytest.mark.needs("node"),
    javascript.group("training"),
]

SETTINGS = {
    "two moons": {},
    "XOR": {"data": "XOR", "hidden": 2, "lr": 1.0, "batch_size": None, "start": 2},
    "13-row table": {"data": "13-row table", "hidden": 4},
    "all dead": {"hidden": 16, "lr": 1.0, "batch_size": 1},
    "diverged": {
        "data": "200 points", "hidden": 16, "lr": 1000.0, "batch_size": None, "start": 2,
    },
    "not numbers": {"data": "200 points", "lr": 1000.0, "batch_size": None},
}  # fmt: skip


def call(name, calls):
    return javascript.call("training", name, calls)


@functools.cache
def trained(name="two moons"):
    return explorers.training(**SETTINGS[name])


@pytest.fixture(params=SETTINGS)
def shown(request):
    return trained(request.param)


def described(shown, epochs):
    state = javascript.start(shown)
    return javascript.describe("training", state, [{"epoch": epoch} for epoch in epochs])


def every_epoch(shown, step=23):
    """Return what is said of many epochs, and the epochs."""
    epochs = sorted({*range(0, shown.run.epochs, step), shown.run.best, shown.run.epochs})
    return epochs, described(shown, epochs)


def test_every_epoch_is_told_as_python_tells_it(shown):
    for epoch, found in zip(*every_epoch(shown), strict=True):
        assert found["said"].startswith(epoch_text(shown.run, epoch))
        if found["known"]:
            assert dead_text(shown.run.dead(epoch), shown.run.hidden) in found["said"]


def test_predictions_are_pythons(shown):
    grid = np.random.default_rng(0).uniform(-2, 3, (20, 2))
    for epoch in (0, 7, shown.run.best, shown.run.epochs):
        expected = shown.run.chance(epoch, grid)
        if not all(
            weight is not None and abs(weight) < 1e6 for weight in shown.data["epochs"][epoch]
        ):
            continue  # numbers that overflow on the way are told in words alone
        (weights,) = call("parameters", [[shown.data["epochs"][epoch]]])
        found = call("chance", [[row, weights] for row in grid])
        # Weights come with six digits, which a steep sigmoid magnifies.
        np.testing.assert_allclose(found, expected, atol=1e-3)


def test_the_boundary_lies_where_the_prediction_is_one_half():
    run = trained().run
    xs, ys = np.linspace(-1.5, 2.5, 60), np.linspace(-1.5, 2.0, 60)
    p = run.chance(300, np.array([[x, y] for y in ys for x in xs])).reshape(60, 60)
    (pieces,) = call("contour", [[{"xs": xs, "ys": ys, "p": p}, 0.5]])
    ends = np.array(pieces).reshape(-1, 2)
    assert len(ends) > 40
    steep = np.abs(np.diff(p)).max()
    assert np.abs(run.chance(300, ends) - 0.5).max() < steep / 2


def said(shown, epoch):
    (found,) = described(shown, [epoch])
    return found["said"]


def test_the_lowest_loss_and_overfitting_are_named():
    shown = trained()
    run = shown.run
    lowest = f"lowest at epoch {run.best}: {loss_text(run.val_loss[run.best])}."
    assert f"The validation loss is {lowest}" in said(shown, 0)
    assert "overfitting" not in said(shown, run.best)
    assert "a sign of overfitting" in said(shown, 300)
    assert "diverged" not in said(shown, 300)


def test_rows_that_nothing_judges_are_said():
    assert "there are none to validate with" in said(trained("XOR"), 10)


def test_divergence_is_said_in_words():
    shown = trained("diverged")
    for epoch in (0, shown.run.diverged, 300):
        assert f"The run diverged: at epoch {shown.run.diverged} the loss" in said(shown, epoch)
    assert "not a finite number" in said(trained("not numbers"), 300)


def test_numbers_are_written_as_python_does():
    losses = [0.0, 0.0005, 0.12345, 1.0625, 99.9999, 100, 12345.678, 2e30, np.inf, np.nan]
    assert call("lossText", [[loss] for loss in losses]) == [loss_text(loss) for loss in losses]
    weights = {-1.234: "−1.23", 56.78: "57", -4.3e25: "−4·10²⁵", 0.0: "0", np.inf: "∞"}
    assert call("weightText", [[weight] for weight in weights]) == list(weights.values())


# With a kernel -----------------------------------------------------------------------------------


@pytest.fixture
def controls():
    return Controls(trained())


def html(controls):
    (output,) = controls.picture.outputs
    return output["data"]["text/html"]


def test_a_run_is_for_every_reader_and_controls_for_those_with_a_kernel():
    bundle = trained()._repr_mimebundle_()
    assert bundle["text/html"] == trained()._repr_html_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"]


def test_one_change_is_judged_from_the_same_weights(controls):
    before = controls.shown.run
    controls.lr.value = 1.0
    run = controls.shown.run
    assert run.settings == (*before.settings[:2], 1.0, *before.settings[3:])
    assert run.loss[0] == before.loss[0]
    assert run.loss[1] != before.loss[1]
    lowest = loss_text(before.val_loss[before.best])
    words = f"Run before (dotted): learning rate 0.3; lowest validation loss {lowest} at epoch"
    assert words in said(controls.shown, 0)
    assert html(controls) == controls.shown._repr_html_()
    controls.hidden.value = 4
    assert "Another number of hidden units needs other starting weights." in said(controls.shown, 0)


def test_same_start_and_new_start(controls):
    before = controls.shown.run
    controls.same.click()
    assert controls.shown.run.loss.tolist() == before.loss.tolist()
    assert "Every number is the same: same input, same answer." in said(controls.shown, 0)
    controls.new.click()
    assert controls.shown.run.loss[0] != before.loss[0]
    assert "Run before (dotted): start 1;" in said(controls.shown, 0)


@pytest.mark.parametrize("data", ["XOR", "200 points"])
def test_runs_are_compared_where_their_rows_are_the_same(controls, data):
    controls.data.value = data
    assert controls.shown.run.data == data
    assert controls.shown.before is None
    controls.new.click()
    assert controls.shown.before.data == data


@pytest.mark.tier("full")  # runs at the ends are in SETTINGS, controls that train are above
def test_both_ends_of_every_control(controls):
    for control, values in (
        (controls.hidden, (HIDDEN[0], HIDDEN[-1])),
        (controls.lr, (RATES[0], RATES[-1])),
        (controls.batch_size, (1, None)),
    ):
        for value in values:
            control.value = value
            assert value in controls.shown.run.settings


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"data": "moons"}, "data must be one of 'XOR', 'two moons'"),
        ({"hidden": 5}, "hidden must be one of 1, 2, 3"),
        ({"lr": 0.2}, "lr must be one of 0.01, 0.03"),
        ({"batch_size": 7}, "batch_size must be one of 1, 8, 32, None"),
    ],
)
def test_settings_that_are_not_offered_are_named(given, words):
    with pytest.raises(ValueError, match=words):
        explorers.training(**given)


# In the browser ----------------------------------------------------------------------------------


@pytest.fixture
def page(browser):
    page = Shown(browser, javascript.output("training"))
    (page.explorer,) = page.explorers
    yield page
    page.close()


def epoch(page):
    return int(page.explorer.get_by_role("slider", name="epoch").get_attribute("aria-valuetext"))


@pytest.mark.needs("browser")
def test_buttons_go_through_the_run(page):
    best = record_run("two moons").best
    page.explorer.get_by_role("button", name="Lowest loss").click()
    assert epoch(page) == best
    page.explorer.get_by_role("button", name="Start").click()
    assert epoch(page) == 0
    page.page.emulate_media(reduced_motion="reduce")  # an epoch a second: it does not end meanwhile
    page.explorer.get_by_role("button", name="Play").click()
    page.page.wait_for_function(
        "() => document.querySelector('[data-state]').shadowRoot.querySelector('input').value > 1"
    )
    page.explorer.get_by_role("button", name="Pause").click()
    assert 1 < epoch(page) < 300
    assert page.errors == []


@pytest.mark.needs("browser")
def test_a_click_on_a_hidden_unit_shows_what_it_sees(page):
    before = seen(page.explorer)
    page.explorer.locator("svg g", has_text="h3").last.click()
    assert page.explorer.get_by_role("radio", name="h3").is_checked()
    assert seen(page.explorer) != before
    assert "Hidden unit 3 is above 0 where" in page.explorer.locator(".words > p").text_content()


@pytest.mark.needs("browser")
def test_a_dead_unit_has_a_sign(browser):
    shown = explorers.training("XOR")
    page = Shown(browser, shown._repr_html_())
    (drawn,) = page.explorers
    names = [name for name in drawn.locator("svg text").all_text_contents() if name.endswith("†")]
    page.close()
    assert names == [f"h{unit}†" for unit in shown.run.dead(0)] != []
