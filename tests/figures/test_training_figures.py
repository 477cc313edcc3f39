"""The drawings of module 06: their alt texts carry the true numbers."""

import numpy as np
import pytest

from helpers import figures

pytestmark = pytest.mark.tier("test")


@pytest.fixture
def ax():
    return figures.canvas()[1]


@pytest.mark.parametrize(
    ("batch_size", "last"), [(4, "batch 3: rows 1."), (3, "batch 3: rows 0, 6, 1.")]
)
def test_dealt_rows(ax, batch_size, last):
    alt = figures.dealt_rows(ax, [2, 4, 8, 3, 7, 5, 0, 6, 1], batch_size)
    assert alt.startswith(f"9 rows are shuffled and cut into batches of {batch_size}. batch 1: ")
    assert alt.endswith(last)


def test_dealt_rows_in_one_batch(ax):
    assert figures.dealt_rows(ax, np.array([1, 0]), 5).endswith("batch 1: rows 1, 0.")


def test_loss_by_rows(ax):
    runs = {
        "all": (np.array([0, 4]), np.array([0.7, 0.6])),
        "one": (np.arange(5), np.array([0.7, 0.8, 0.5, 0.6, 0.25])),
    }
    alt = figures.loss_by_rows(ax, runs)
    assert "all: from 0.7 to 0.6 in 1 steps, of which 0% raise the loss" in alt
    assert "one: from 0.7 to 0.25 in 4 steps, of which 50% raise the loss" in alt


def test_loss_history_marks_the_best_epoch(ax):
    history = {"loss": [0.7, 0.4, 0.3, 0.2], "val_loss": [0.8, 0.5, 0.45, 0.9]}
    alt = figures.loss_history(ax, history, best=True)
    assert "training loss from 0.7 to 0.2, higher than before 0 times" in alt
    assert "validation loss from 0.8 to 0.9, higher than before 1 times" in alt
    assert "lowest validation loss 0.45 after epoch 3" in alt
    assert "lowest: epoch 3" in [text.get_text() for text in ax.get_legend().get_texts()]


def test_loss_history_without_validation(ax):
    alt = figures.loss_history(ax, {"loss": [0.7, 0.4], "val_loss": []}, top=1.5)
    assert "validation" not in alt
    assert ax.get_ylim() == (0, 1.5)


def test_loss_history_writes_down_what_is_cut_off(ax):
    history = {"loss": [0.7, 9.25, 0.3], "val_loss": [0.8, 0.5, 0.45]}
    alt = figures.loss_history(ax, history, top=1.5)
    assert (
        "training loss from 0.7 to 0.3, higher than before 1 times, up to 9.25 in epoch 2;" in alt
    )
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert names == ["training", "training: up to 9.25 in epoch 2", "validation"]


def test_many_seeds():
    _, axes = figures.canvas(1, 2)
    alt = figures.many_seeds(axes, [0.4, 0.4, 1.0], [2, 2, 0], [5, 4, 8])
    assert "over 3 seeds: 0.4 for 2, 1 for 1." in alt
    assert "0 dead: 8, 2 dead: 4.5." in alt
    names = [text.get_text() for text in axes[1].get_legend().get_texts()]
    assert names == ["mean", "1 seed"]
