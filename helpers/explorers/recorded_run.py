"""The training explorer of module 06: scrub through a recorded run, epoch by epoch."""

import io
from collections.abc import Iterable

import ipywidgets as widgets
import numpy as np
from matplotlib.image import imsave

from helpers.explorers.base import Explorer, button, choice
from helpers.figures.base import clear, number
from helpers.figures.training_run import (
    DATA_SETS,
    EPOCHS,
    Run,
    dead_text,
    draw_what_moves,
    draw_what_stays,
    loss_text,
    moving_artists,
    record_run,
    training_canvas,
)

HIDDEN = (1, 2, 3, 4, 8, 16)
RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0, 1000.0)
BATCHES = {"1": 1, "8": 8, "32": 32, "all rows": None}
_WIDE = widgets.Layout(width="23em")
_STYLE = {"description_width": "7em"}
_ROW = widgets.Layout(flex_flow="row wrap", margin="0.5em 0 0")
_SAME = "Every number is the same: same input, same answer."
_STEP = 5  # epochs between two pictures of the film


class TrainingExplorer(Explorer):
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
    """

    def __init__(
        self,
        data: str = "two moons",
        hidden: int = 8,
        lr: float = 0.3,
        batch_size: int | None = 8,
        start: int = 1,
    ) -> None:
        self.data = choice("data", DATA_SETS, data)
        self.hidden = _steps_through("hidden units", HIDDEN, hidden)
        self.lr = _steps_through("learning rate", [(number(lr), lr) for lr in RATES], lr)
        self.batch_size = choice("batch size", BATCHES, _name(batch_size))
        self.epoch = widgets.IntSlider(
            value=0, min=0, max=EPOCHS, description="epoch", style=_STYLE, layout=_WIDE
        )
        self.play = widgets.Play(
            min=0, max=EPOCHS, step=_STEP, interval=200, description="epochs", show_repeat=False
        )
        widgets.link((self.play, "value"), (self.epoch, "value"))
        self.start = start
        self._ground = None  # the pixels of what stays the same from epoch to epoch
        self.run: Run | None = None
        self.before: Run | None = None
        self._first: Run | None = None  # what Same start repeats
        starts = [
            button("Same start", "Train again from the same weights; go to epoch 0", self.again),
            button("New start", "Train from other weights; stay at this epoch", self.new_start),
        ]
        walk = [
            self.play,
            button("Lowest loss", "Go to the epoch with the lowest validation loss", self.go_best),
        ]
        fig, self._axes = training_canvas()
        controls = [
            self.data,
            self.hidden,
            self.lr,
            self.batch_size,
            widgets.HBox(starts, layout=_ROW),
            self.epoch,
            widgets.HBox(walk, layout=_ROW),
        ]
        super().__init__("Training explorer", fig, self._draw_epoch, controls)

    def again(self) -> None:
        """Train once more from the same weights, and go back to them."""
        self._first, self.run = self.run, None
        self.set(epoch=(self.epoch, 0))

    def new_start(self) -> None:
        """Train from other weights, with other shuffles, and stay at the same epoch."""
        self.start += 1
        self.refresh()

    def go_best(self) -> None:
        """Go to the epoch with the lowest validation loss."""
        self.epoch.value = self.run.best

    def _settings(self) -> tuple:
        batch_size = BATCHES[self.batch_size.value]
        return self.data.value, self.hidden.value, self.lr.value, batch_size, self.start

    def _train(self) -> None:
        """Record a run with the settings of the controls; one with others is kept to compare."""
        if self.run is not None:
            self.before, self._first = self.run, None
        self.play.playing = False
        self._twin.value = "<p>Training …</p>"
        self.run = record_run(*self._settings())
        if self.before is not None and self.before.data != self.run.data:
            self.before = None
        for ax in self._axes:
            clear(ax)
        draw_what_stays(self._axes, self.run, self.before)
        self._ground = None

    def _draw_epoch(self) -> str:
        if self.run is None or self.run.settings != self._settings():
            self._train()
        epoch = self.epoch.value
        draw_what_moves(self._axes, self.run, epoch)
        remarks = [_remark(self.run, epoch)]
        if self._first is not None and np.array_equal(
            self._first.loss, self.run.loss, equal_nan=True
        ):
            remarks.insert(0, "Trained again from the same start. " + _SAME)
        remarks += [dead_text(self.run.dead(epoch), self.run.hidden)]
        if self.before is not None:
            remarks.append(_comparison(self.run, self.before))
        return _table(self.run, epoch) + "".join(
            f"<p style='line-height:1.4'>{text}</p>" for text in remarks
        )

    def _picture(self) -> bytes:
        """Draw only what moves, on the pixels of what stays: that takes half the time."""
        canvas = self._fig.canvas
        moving = [artist for artist in moving_artists(self._axes) if artist.get_visible()]
        if self._ground is None:
            for artist in moving:
                artist.set_visible(False)
            canvas.draw()
            self._ground = canvas.copy_from_bbox(self._fig.bbox)
            for artist in moving:
                artist.set_visible(True)
        canvas.restore_region(self._ground)
        for artist in moving:
            artist.draw(canvas.get_renderer())
        buffer = io.BytesIO()
        imsave(buffer, canvas.buffer_rgba(), format="png", pil_kwargs={"compress_level": 1})
        return buffer.getvalue()


def _steps_through(label: str, options: Iterable, value: object) -> widgets.SelectionSlider:
    """Make a slider that goes through values in their order."""
    return widgets.SelectionSlider(
        options=options, value=value, description=label, style=_STYLE, layout=_WIDE
    )


def _name(batch_size: int | None) -> str:
    return next(name for name, size in BATCHES.items() if size == batch_size)


def _table(run: Run, epoch: int) -> str:
    """Write the losses and accuracies of an epoch."""
    head, loss, right = "<th></th>", "", ""
    sides = [("training", run.loss, run.accuracy, run.training)]
    if run.validation is not None:
        sides.append(("validation", run.val_loss, run.val_accuracy, run.validation))
    for name, losses, accuracies, (X, _) in sides:
        head += f"<th scope='col'>{name}<br>({len(X)} rows)</th>"
        loss += f"<td>{loss_text(losses[epoch])}</td>"
        sides_known = not np.isnan(losses[epoch])
        right += f"<td>{number(accuracies[epoch], 3) if sides_known else 'none'}</td>"
    return (
        f"<p><b>Epoch {epoch} of {run.epochs}.</b> Start {run.start}, {_steps(run)}.</p>"
        "<table style='text-align:right;white-space:nowrap;border-spacing:.8em .1em'>"
        f"<tr>{head}</tr><tr><th scope='row'>loss</th>{loss}</tr>"
        f"<tr><th scope='row'>accuracy</th>{right}</tr></table>"
    )


def _steps(run: Run) -> str:
    steps = -(-len(run.training[0]) // (run.batch_size or len(run.training[0])))
    return f"{steps} step{'s' * (steps > 1)} per epoch"


def _judged(run: Run) -> str:
    return "training loss" if run.validation is None else "validation loss"


def _remark(run: Run, epoch: int) -> str:
    """Say where the run was best, and whether it diverged or memorizes."""
    lowest = run.judged_by[run.best]
    said = f"The {_judged(run)} is lowest at epoch {run.best}: {loss_text(lowest)}."
    if run.validation is None:
        said += " All four rows are trained on, so there are none to validate with."
    if run.diverged is not None:
        return (
            f"{said} <b>The run diverged:</b> at epoch {run.diverged} the loss or a weight became "
            "too large for the computer's numbers. Try a lower learning rate."
        )
    if run.loss[epoch] > 10 * run.loss[0]:
        return (
            f"{said} The training loss is more than 10 times that of the start: "
            "the steps are too long."
        )
    if epoch > run.best and _memorizes(run, epoch):
        said += (
            " Since then the training loss has gone down and the validation loss up: "
            "a sign of overfitting."
        )
    return said


def _memorizes(run: Run, epoch: int) -> bool:
    """Whether, since the best epoch, the two losses went clearly apart."""
    if run.validation is None:
        return False
    down = run.loss[epoch] < 0.9 * run.loss[run.best]
    return bool(down and run.val_loss[epoch] > 1.25 * run.val_loss[run.best])


def _comparison(run: Run, before: Run) -> str:
    """Say what is different from the run before, which is drawn in gray."""
    names = ("data", "hidden units", "learning rate", "batch size", "start")
    pairs = zip(names, before.settings, run.settings, strict=True)
    changed = [f"{name} {_setting(old)}" for name, old, new in pairs if old != new]
    lowest = f"lowest {_judged(before)} {loss_text(before.judged_by[before.best])}"
    said = f"Run before (dotted): {', '.join(changed)}; {lowest} at epoch {before.best}."
    if before.hidden != run.hidden:
        said += " Another number of hidden units needs other starting weights."
    return said


def _setting(value: object) -> str:
    if value is None:
        return _name(value)
    return number(value) if isinstance(value, float) else str(value)
