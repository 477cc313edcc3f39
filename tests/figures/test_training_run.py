"""A recorded run holds what the reference computes, and its drawings say so."""

import io

import numpy as np
import pytest
from matplotlib.image import imread

from helpers import figures, reference
from helpers.figures.training_run import DATA_SETS, dead_text, epoch_text
from helpers.reference.initializers import init_params

from .painted import png

pytestmark = pytest.mark.tier("test")

EXPLODING = {"hidden": 16, "lr": 1000.0, "batch_size": None, "start": 2}


def trained(data, hidden, lr, batch_size, start, epochs):
    """Train the same network without the recorder."""
    training, validation = DATA_SETS[data]()
    (W1, b1), (W2, b2) = init_params((2, hidden, 1), np.random.default_rng(start))
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    shuffles = np.random.default_rng([start, 1])
    size = batch_size or len(training[0])
    return reference.fit(params, *training, epochs, size, lr, shuffles, validation)


def texts(ax):
    return [text.get_text() for text in ax.texts]


def drawn(run, epoch):
    """Draw one epoch; return the plane, the losses and the signs."""
    _, axes = figures.canvas(1, 3, size=(11, 3.6))
    figures.training_epochs(axes, run, (epoch,))
    return axes


@pytest.fixture
def exploded():
    return figures.record_run("200 points", **EXPLODING)


@pytest.mark.parametrize("data", DATA_SETS)
@pytest.mark.parametrize(("hidden", "lr", "batch_size"), [(3, 0.3, 8), (8, 0.1, 1), (2, 1.0, None)])
def test_a_run_holds_what_fit_computes(data, hidden, lr, batch_size):
    run = figures.record_run(data, hidden, lr, batch_size, start=5, epochs=12)
    params, history = trained(data, hidden, lr, batch_size, 5, 12)
    assert run.epochs == 12
    for W, b, i in ((*run.layers[-1][0][:2], 1), (*run.layers[-1][1][:2], 2)):
        np.testing.assert_array_equal(W, params[f"W{i}"])
        np.testing.assert_array_equal(b, params[f"b{i}"])
    A, cache = reference.forward(run.training[0], params)
    assert run.loss[-1] == pytest.approx(
        reference.bce_from_logits(run.training[1], cache["Z2"]), rel=1e-12
    )
    assert run.accuracy[-1] == reference.accuracy(run.training[1], A)
    if run.validation is None:
        assert np.isnan(run.val_loss).all()
        assert run.best == int(np.argmin(run.loss))
    else:
        assert run.val_loss[1:].tolist() == history["val_loss"]
        assert run.val_accuracy[1:].tolist() == history["val_accuracy"]
        assert run.best == int(np.argmin(run.val_loss))


def test_the_rows_are_those_of_the_reference():
    sizes = {
        "XOR": (4, 0),
        "two moons": (40, 100),
        "13-row table": (8, 5),
        "200 points": (100, 100),
    }
    for name, (m, k) in sizes.items():
        training, validation = DATA_SETS[name]()
        assert (len(training[0]), 0 if validation is None else len(validation[0])) == (m, k)
    (X, _), (X_val, _) = DATA_SETS["200 points"]()
    np.testing.assert_array_equal(np.vstack([X, X_val]), reference.sum_points()[0])
    (X, _), (X_val, _) = DATA_SETS["13-row table"]()
    np.testing.assert_array_equal(np.vstack([X, X_val]), reference.sun_and_water()[0])


def test_same_start_same_run_and_new_start_another():
    first, again, other = (figures.record_run("two moons", start=s, epochs=5) for s in (1, 1, 2))
    assert first.loss.tolist() == again.loss.tolist()
    assert first.loss[0] != other.loss[0]


def test_a_change_of_the_rate_alone_keeps_weights_and_shuffles():
    slow, fast = (figures.record_run("two moons", lr=lr, epochs=2) for lr in (0.1, 1.0))
    assert slow.loss[0] == fast.loss[0]
    assert slow.loss[1] != fast.loss[1]


def test_dead_units_give_zero_for_every_row_and_never_move_again():
    run = figures.record_run("two moons", 16, 1.0, 1)
    dead = run.dead(200)
    assert 0 < len(dead) < 16
    H = np.maximum(run.training[0] @ run.layers[200][0][0] + run.layers[200][0][1], 0)
    assert dead == [i + 1 for i in range(16) if not H[:, i].any()]
    for earlier, later in zip(run.layers[200], run.layers[300], strict=True):
        columns = [i - 1 for i in dead]
        if earlier[2] == "relu":
            np.testing.assert_array_equal(earlier[0][:, columns], later[0][:, columns])
        else:
            np.testing.assert_array_equal(earlier[0][columns], later[0][columns])


def test_an_unknown_data_set_is_named():
    with pytest.raises(
        ValueError, match=r"data must be one of 'XOR', 'two moons', .*, but is 'moon'"
    ):
        figures.record_run("moon")


def test_a_run_is_small():
    run = figures.record_run("two moons", 16)
    assert sum(W.nbytes + b.nbytes for layers in run.layers for W, b, _ in layers) < 200_000


def test_the_text_of_an_epoch_holds_the_numbers():
    run = figures.record_run("two moons")
    wrong = int(((run.chance(40, run.training[0]) > 0.5) != run.training[1].ravel()).sum())
    assert epoch_text(run, 40) == (
        f"two moons after epoch 40 of 300: {wrong} of 40 training rows on the wrong side, "
        f"training loss {run.loss[40]:.3f}, validation loss {run.val_loss[40]:.3f}."
    )


def test_several_epochs_are_told_one_by_one():
    run = figures.record_run("13-row table", 4)
    _, axes = figures.canvas(1, 5, size=(15, 3.4))
    alt = figures.training_epochs(axes, run, (0, run.best, 300))
    for epoch in (0, run.best, 300):
        assert epoch_text(run, epoch) in alt
        assert dead_text(run.dead(epoch), 4) in alt
    with pytest.raises(ValueError, match="zip"):
        figures.training_epochs(axes, run, (0, 300))


def test_huge_losses_are_seen_on_a_logarithmic_axis():
    for lr, scale in ((0.3, "linear"), (1000.0, "log")):
        assert drawn(figures.record_run("two moons", 8, lr), 40)[1].get_yscale() == scale


def test_a_run_that_diverges_is_drawn_and_named(exploded):
    assert exploded.diverged is not None
    assert not np.isfinite(exploded.loss[exploded.diverged])
    assert np.isfinite(exploded.loss[: exploded.diverged]).all()
    for epoch in (0, exploded.diverged - 1, exploded.diverged, exploded.epochs):
        axes = drawn(exploded, epoch)
        assert f"diverged at epoch {exploded.diverged}" in texts(axes[1])
        assert png(axes[0].figure)


def test_weights_that_are_not_numbers_have_no_boundary():
    run = figures.record_run("200 points", 8, 1000.0, None, start=1)
    assert np.isnan(run.layers[-1][0][0]).all()
    axes = drawn(run, 300)
    assert "some predictions are not numbers, training loss not a finite" in epoch_text(run, 300)
    assert any("no boundary" in text for text in texts(axes[0]))


def test_the_sides_have_the_hues_of_their_classes():
    run = figures.record_run("200 points", 4)
    axes = drawn(run, run.epochs)
    pixels = imread(io.BytesIO(png(axes[0].figure)))
    for corner, blue in (((-2.5, -2.5), True), ((2.5, 3.0), False)):
        assert (run.chance(run.epochs, np.array([corner]))[0] < 0.5) == blue
        x, y = axes[0].transData.transform(corner)
        red, _, blueness, _ = pixels[len(pixels) - round(y), round(x)]
        assert (blueness > red) == blue
