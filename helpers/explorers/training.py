"""The training explorer of module 06: go through a recorded run, epoch by epoch."""

from collections.abc import Iterable
from typing import Any

import ipywidgets as widgets
import numpy as np

from helpers.explorers.explorer import Explorer
from helpers.figures import canvas, training_epochs
from helpers.figures.base import Picture, number, one_of
from helpers.figures.training_run import (
    DATA_SETS,
    Run,
    corners,
    loss_text,
    record_run,
)
from helpers.reference.forward_pass import Layer

HIDDEN = (1, 2, 3, 4, 8, 16)
RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0, 1000.0)
BATCHES = {"1": 1, "8": 8, "32": 32, "all rows": None}
_SETTINGS = ("data", "hidden units", "learning rate", "batch size", "start")
_SAME = "Trained again from the same start. Every number is the same: same input, same answer."


class Training(Explorer):
    """One recorded run to scrub and play; with a kernel, controls that train another one.

    Attributes
    ----------
    run : Run
        What is shown.
    before : Run or None
        The run that it is compared with.
    """

    def __init__(self, run: Run, before: Run | None = None) -> None:
        self.run = run
        self.before = before if before is not None and before.data == run.data else None
        super().__init__("training", "Training explorer", _still(run), _data(run, self.before))

    def _repr_mimebundle_(self, **_kwargs: Any) -> dict[str, Any]:
        """Return the run for every reader, and the controls for those who have a kernel."""
        view = {"version_major": 2, "version_minor": 0, "model_id": Controls(self).box.model_id}
        return {
            "text/plain": repr(self),
            "text/html": self._repr_html_(),
            "application/vnd.jupyter.widget-view+json": view,
        }


class Controls:
    """What asks the kernel for another run; the run itself is played in the browser.

    Parameters
    ----------
    shown : Training
        What to begin with.

    Attributes
    ----------
    shown : Training
        The run that is shown now.
    box : Widget
        The controls, and the run below them.
    """

    def __init__(self, shown: Training) -> None:
        run = shown.run
        self.data = widgets.ToggleButtons(
            options=list(DATA_SETS), value=run.data, description="data",
            style={"button_width": "auto"},
        )  # fmt: skip
        self.hidden = _steps_through("hidden units", HIDDEN, run.hidden)
        self.lr = _steps_through("learning rate", [(number(lr), lr) for lr in RATES], run.lr)
        self.batch_size = widgets.ToggleButtons(
            options=list(BATCHES.items()), value=run.batch_size, description="batch size",
            style={"button_width": "auto"},
        )  # fmt: skip
        self.start = run.start
        self.same = _button("Same start", "Train again from the same weights")
        self.new = _button("New start", "Train from other weights")
        self.picture = widgets.Output()
        for control in (self.data, self.hidden, self.lr, self.batch_size):
            control.observe(lambda _change: self.train(), names="value")
        self.same.on_click(lambda _button: self.train())
        self.new.on_click(lambda _button: self.train(self.start + 1))
        row = widgets.Layout(flex_flow="row wrap")
        self.box = widgets.VBox(
            [
                widgets.HBox([self.data, self.batch_size], layout=row),
                widgets.HBox([self.hidden, self.lr, self.same, self.new], layout=row),
                self.picture,
            ]
        )
        self._show(shown)

    def train(self, start: int | None = None) -> None:
        """Train with the settings of the controls, and compare with the run that was shown."""
        self.start = self.start if start is None else start
        settings = (
            self.data.value, self.hidden.value, self.lr.value, self.batch_size.value, self.start
        )  # fmt: skip
        self._show(Training(record_run(*settings), self.shown.run))

    def _show(self, shown: Training) -> None:
        self.shown = shown
        output = {"text/plain": repr(shown), "text/html": shown._repr_html_()}
        self.picture.outputs = ({"output_type": "display_data", "data": output, "metadata": {}},)


def training(
    data: str = "two moons",
    hidden: int = 8,
    lr: float = 0.3,
    batch_size: int | None = 8,
    start: int = 1,
) -> Training:
    """Train a small network, then go through its epochs: boundary, losses and weights.

    Parameters
    ----------
    data : str
        The data set to begin with: ``"XOR"``, ``"two moons"``, ``"13-row table"`` or
        ``"200 points"``.
    hidden, lr, batch_size : int, float, and int or None for all rows
        The settings to begin with; each is one of those that the controls offer.
    start : int
        The number of the start: which weights training begins from, and how it shuffles.

    Raises
    ------
    ValueError
        If a setting is none of those that the controls offer.
    """
    offered = {"data": DATA_SETS, "hidden": HIDDEN, "lr": RATES, "batch_size": BATCHES.values()}
    given = {"data": data, "hidden": hidden, "lr": lr, "batch_size": batch_size}
    for name, values in offered.items():
        one_of(name, given[name], values)
    return Training(record_run(**given, start=start))


def _data(run: Run, before: Run | None) -> dict[str, Any]:
    low, high = corners(run)
    judged = run.validation is not None
    return {
        "data": run.data,
        "X": run.training[0],
        "y": run.training[1].ravel(),
        "Xv": run.validation[0] if judged else None,
        "yv": run.validation[1].ravel() if judged else None,
        "low": low,
        "high": high,
        "epochs": [_flat(layers) for layers in run.layers],
        "loss": _shown(run.loss),
        "accuracy": _known(run.accuracy, run.loss),
        "valLoss": _shown(run.val_loss) if judged else None,
        "valAccuracy": _known(run.val_accuracy, run.val_loss) if judged else None,
        "best": run.best,
        "diverged": run.diverged,
        "largest": run.largest,
        "before": None if before is None else _shown(before.judged_by),
        "compared": "" if before is None else _comparison(run, before),
    }


def _flat(layers: list[Layer]) -> np.ndarray:
    """Put the weights of an epoch in a row, small enough to send: W1, b1, W2, b2."""
    return np.concatenate([part.ravel() for W, b, _ in layers for part in (W, b)])


def _shown(losses: np.ndarray) -> np.ndarray:
    """Round losses as they are written, so that no second rounding can fall to the other side."""
    with np.errstate(over="ignore"):
        return np.where(np.abs(losses) < 100, np.round(losses, 3), np.round(losses))


def _known(accuracy: np.ndarray, loss: np.ndarray) -> np.ndarray:
    """Return accuracies; nan where some predictions are not numbers."""
    return np.where(np.isnan(loss), np.nan, accuracy)


def _still(run: Run) -> Picture:
    fig, axes = canvas(2, 3, size=(10.5, 6.6))
    alt = training_epochs(axes.flat, run, (0, min(10, run.epochs), run.best, run.epochs))
    return Picture(fig, alt)


def _steps_through(label: str, options: Iterable, value: object) -> widgets.SelectionSlider:
    """Make a slider that goes through values in their order, and trains when it is let go."""
    return widgets.SelectionSlider(
        options=options,
        value=value,
        description=label,
        continuous_update=False,
        style={"description_width": "7em"},
    )


def _button(label: str, tooltip: str) -> widgets.Button:
    return widgets.Button(description=label, tooltip=tooltip, layout=widgets.Layout(width="auto"))


def _comparison(run: Run, before: Run) -> str:
    """Say what is different from the run before, which is dotted."""
    pairs = zip(_SETTINGS, before.settings, run.settings, strict=True)
    changed = [f"{name} {_setting(old)}" for name, old, new in pairs if old != new]
    if not changed:
        return _SAME
    judged = "training loss" if before.validation is None else "validation loss"
    lowest = f"lowest {judged} {loss_text(before.judged_by[before.best])}"
    said = f"Run before (dotted): {', '.join(changed)}; {lowest} at epoch {before.best}."
    if before.hidden != run.hidden:
        said += " Another number of hidden units needs other starting weights."
    return said


def _setting(value: object) -> str:
    if value is None:
        return "all rows"
    return number(value) if isinstance(value, float) else str(value)
