"""The training explorer: its text holds the numbers of the run, its buttons begin runs."""

import io
import re

import numpy as np
import pytest
from matplotlib.image import imread

from helpers import explorers, figures, reference
from helpers.explorers.recorded_run import BATCHES, HIDDEN, RATES
from helpers.figures.base import png
from helpers.figures.training_run import DATA_SETS, loss_text

pytestmark = pytest.mark.tier("test")


@pytest.fixture
def explorer():
    return explorers.training()


@pytest.fixture
def exploding():
    return explorers.training("200 points", 16, 1000.0, None, start=2)


def read(explorer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", explorer.text))


def cells(explorer):
    """Return the numbers of the table: losses, then accuracies."""
    return re.findall(r"<td>(.*?)</td>", explorer.text)


def losses(explorer):
    return explorer.run.loss.tolist()


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("epoch", [1, 7, 60])
def test_the_text_holds_what_the_reference_computes(explorer, epoch):
    explorer.epoch.value = epoch
    training, validation = DATA_SETS["two moons"]()
    (W1, b1), (W2, b2) = reference.init_params((2, 8, 1), np.random.default_rng(1))
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    rng = np.random.default_rng([1, 1])
    params, history = reference.fit(params, *training, epoch, 8, 0.3, rng, validation)
    A, cache = reference.forward(training[0], params)
    loss = reference.bce_from_logits(training[1], cache["Z2"])
    expected = [loss, history["val_loss"][-1]]
    expected += [reference.accuracy(training[1], A), history["val_accuracy"][-1]]
    assert [float(cell) for cell in cells(explorer)] == pytest.approx(expected, abs=5e-4)
    assert f"Epoch {epoch} of 300. Start 1, 5 steps per epoch." in read(explorer)
    off = int((cache["A1"] == 0).all(axis=0).sum())
    assert f"Dead hidden units: {off or 'none'} of 8" in read(explorer)


def test_the_lowest_loss_is_named_and_found(explorer):
    best = int(np.argmin(explorer.run.val_loss))
    lowest = loss_text(explorer.run.val_loss[best])
    assert f"The validation loss is lowest at epoch {best}: {lowest}." in read(explorer)
    explorer.go_best()
    assert explorer.epoch.value == best
    assert cells(explorer)[1] == lowest


def test_overfitting_is_named_only_after_it_began(explorer):
    explorer.epoch.value = explorer.run.best
    assert "overfitting" not in explorer.text
    explorer.epoch.value = 300
    assert "a sign of overfitting" in explorer.text


@pytest.mark.parametrize("end", [0, 300])
def test_the_ends_of_the_slider(explorer, end):
    assert (explorer.epoch.min, explorer.epoch.max) == (0, explorer.run.epochs) == (0, 300)
    explorer.epoch.value = end
    assert cells(explorer)[0] == loss_text(explorer.run.loss[end])


def test_picture_and_text_follow_the_slider(explorer):
    seen = set()
    for epoch in range(0, 300, 60):
        explorer.epoch.value = epoch
        seen.add((explorer._image.value, explorer.text))
    assert len({picture for picture, _ in seen}) == len({text for _, text in seen}) == 5


@pytest.mark.parametrize("epoch", [0, 115, 300])
def test_the_quick_picture_is_the_whole_picture(explorer, epoch):
    explorer.hidden.value, explorer.lr.value, explorer.batch_size.value = 16, 1.0, "1"
    assert explorer.run.dead(300)
    explorer.epoch.value = 30
    explorer.epoch.value = epoch
    quick, whole = (imread(io.BytesIO(p)) for p in (explorer._image.value, png(explorer._fig)))
    assert np.abs(quick - whole).max() < 0.1


@pytest.mark.usefixtures("unpainted")
def test_same_start_gives_the_same_run(explorer):
    explorer.epoch.value = 200
    before = losses(explorer)
    explorer.again()
    assert losses(explorer) == before
    assert explorer.epoch.value == 0
    assert "Every number is the same: same input, same answer." in read(explorer)


@pytest.mark.usefixtures("unpainted")
def test_same_start_keeps_the_run_before(explorer):
    explorer.lr.value = 1.0
    explorer.again()
    assert "Run before (dotted): learning rate 0.3;" in read(explorer)
    assert "Trained again from the same start." in read(explorer)
    explorer.lr.value = 3.0
    assert "Run before (dotted): learning rate 1;" in read(explorer)
    assert "Trained again" not in read(explorer)


@pytest.mark.usefixtures("unpainted")
def test_new_start_gives_another_run_and_stays_at_the_epoch(explorer):
    explorer.epoch.value = 200
    before = losses(explorer)
    explorer.new_start()
    assert losses(explorer)[0] != before[0]
    assert explorer.epoch.value == 200
    assert "Start 2" in explorer.text
    assert "Run before (dotted): start 1;" in read(explorer)


@pytest.mark.usefixtures("unpainted")
def test_one_change_is_judged_from_the_same_weights(explorer):
    before = losses(explorer)
    explorer.lr.value = 1.0
    assert losses(explorer)[0] == before[0]
    assert losses(explorer)[1] != before[1]
    assert "Run before (dotted): learning rate 0.3; lowest validation loss" in read(explorer)
    explorer.hidden.value = 4
    assert "Another number of hidden units needs other starting weights." in explorer.text


def test_the_same_clicks_show_the_same_pictures():
    pictures = []
    for _ in range(2):
        explorer = explorers.training("XOR", 4, 1.0, None)
        explorer.new_start()
        explorer.epoch.value = 50
        pictures.append((explorer._image.value, explorer.text))
    assert pictures[0] == pictures[1]


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("data", DATA_SETS)
def test_every_data_set_with_every_control(explorer, data):
    explorer.epoch.value = 300
    explorer.data.value = data
    assert explorer.epoch.value == 300
    assert explorer.before is None
    for control, values in (
        (explorer.hidden, (HIDDEN[0], HIDDEN[-1])),
        (explorer.lr, (RATES[0], RATES[-1])),
        (explorer.batch_size, BATCHES),
    ):
        for value in values:
            control.value = value
            assert explorer.run.settings == explorer._settings()
            assert cells(explorer)[0] == loss_text(explorer.run.loss[300])
    assert len(cells(explorer)) == (2 if data == "XOR" else 4)
    assert ("none to validate with" in explorer.text) == (data == "XOR")


def test_scrubbing_does_not_train_again(explorer):
    run = explorer.run
    explorer.epoch.value = 10
    assert explorer.run is run


@pytest.mark.usefixtures("unpainted")
def test_divergence_is_said_in_words(exploding):
    run = exploding.run
    assert f"The run diverged: at epoch {run.diverged} the loss or a weight" in read(exploding)
    for epoch in (run.diverged, 300):
        exploding.epoch.value = epoch
        assert cells(exploding)[0] == loss_text(run.loss[epoch])
        assert "Try a lower learning rate." in exploding.text
    exploding.epoch.value = run.diverged
    assert cells(exploding)[0] in ("infinite", "not a number")


def test_predictions_that_are_not_numbers_have_no_accuracy():
    explorer = explorers.training("200 points", 8, 1000.0, None)
    explorer.epoch.value = 300
    assert cells(explorer) == ["not a number", "not a number", "none", "none"]


def test_a_learning_rate_that_is_right_does_not_diverge(explorer):
    assert explorer.run.diverged is None
    assert "diverged" not in explorer.text


def test_play_moves_the_epoch(explorer):
    explorer.play.value = 25
    assert explorer.epoch.value == 25
    explorer.epoch.value = 40
    assert explorer.play.value == 40


def test_controls_are_described(explorer):
    controls = (explorer.data, explorer.hidden, explorer.lr, explorer.batch_size, explorer.epoch)
    assert [control.description for control in controls] == [
        "data",
        "hidden units",
        "learning rate",
        "batch size",
        "epoch",
    ]
    assert explorer.epoch.continuous_update


def test_the_static_twin_shows_the_same_run(explorer):
    explorer.epoch.value = 90
    fig, axes = figures.training_canvas()
    alt = figures.training_run(axes, figures.record_run("two moons"), 90)
    for cell in cells(explorer)[:2]:
        assert f"loss {cell}" in alt
    assert png(fig) == png(explorer._fig)
