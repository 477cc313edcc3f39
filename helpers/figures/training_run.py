"""A recorded training run of module 06: its boundary, its losses and its weights at any epoch."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from helpers.figures.base import (
    BLACK,
    BLUE,
    GRAY,
    GREEN,
    ONES,
    PURPLE,
    SHADE,
    VERMILLION,
    YELLOW,
    one_of,
    points,
    scientific,
)
from helpers.reference.data import sum_points, sun_and_water, two_moons, xor
from helpers.reference.forward_pass import Layer, run_forward
from helpers.reference.initializers import init_params
from helpers.reference.losses import network_loss
from helpers.reference.training import train

EPOCHS = 300
Rows = tuple[np.ndarray, np.ndarray]

_SIDES = (SHADE, ONES)  # the hues of the two classes, lightened
_PIXELS = 70  # of the plane, per side
_TOP = 3.0  # losses above this are cut off, unless most are
_HIGHEST = 1e30
_BOX = {"facecolor": "white", "edgecolor": BLACK, "pad": 4}


def _moons() -> tuple[Rows, Rows]:
    rng = np.random.default_rng(6)
    X, y = two_moons(140, rng, noise=0.3)
    order = rng.permutation(len(X))
    return _split(X[order], y[order], 40)


def _split(X: np.ndarray, y: np.ndarray, m: int) -> tuple[Rows, Rows]:
    return (X[:m], y[:m]), (X[m:], y[m:])


# Each gives the rows to train on, and those to validate on or None.
DATA_SETS = {
    "XOR": lambda: (xor(), None),
    "two moons": _moons,
    "13-row table": lambda: _split(*sun_and_water(), 8),  # as the walkthrough splits it
    "200 points": lambda: _split(*sum_points(), 100),
}


@dataclass(frozen=True)
class Run:
    """A training run, with the weights and the losses after every epoch; 0 is the start.

    Attributes
    ----------
    data, hidden, lr, batch_size, start : the settings, as given to `record_run`
    training, validation : (X, y), and (X, y) or None
    layers : list of lists of (W, b, name), one for each epoch
    loss, accuracy, val_loss, val_accuracy : arrays (epochs + 1,)
        Measured on all rows with the weights after each epoch; nan without validation rows.
    """

    data: str
    hidden: int
    lr: float
    batch_size: int | None
    start: int
    training: Rows
    validation: Rows | None
    layers: list[list[Layer]]
    loss: np.ndarray
    accuracy: np.ndarray
    val_loss: np.ndarray
    val_accuracy: np.ndarray

    @property
    def settings(self) -> tuple:
        """What `record_run` was given."""
        return self.data, self.hidden, self.lr, self.batch_size, self.start

    @property
    def epochs(self) -> int:
        """How many epochs were trained."""
        return len(self.layers) - 1

    @property
    def judged_by(self) -> np.ndarray:
        """The validation losses; the training losses where there are no validation rows."""
        return self.loss if self.validation is None else self.val_loss

    @property
    def best(self) -> int:
        """The epoch with the lowest validation loss, or training loss; the first of several."""
        return int(np.argmin(np.nan_to_num(self.judged_by, nan=np.inf)))

    @functools.cached_property
    def diverged(self) -> int | None:
        """The first epoch after which a loss or a weight is not a finite number, or None."""
        losses = np.isfinite(self.loss) & np.isfinite(self.judged_by)
        finite = [
            ok and all(np.isfinite(W).all() and np.isfinite(b).all() for W, b, _ in layers)
            for ok, layers in zip(losses, self.layers, strict=True)
        ]
        return None if all(finite) else finite.index(False)

    @functools.cached_property
    def largest(self) -> float:
        """The largest weight or bias of the run, but from 1 to 6: it is drawn as a full square."""
        arrays = [np.abs(a) for layers in self.layers for W, b, _ in layers for a in (W, b)]
        return float(np.clip(max(a[np.isfinite(a)].max(initial=0) for a in arrays), 1, 6))

    def dead(self, epoch: int) -> list[int]:
        """List the hidden units, from 1, that are 0 for every training row: they learn no more."""
        (W, b, _), _ = self.layers[epoch]
        with np.errstate(over="ignore", invalid="ignore"):
            Z = self.training[0] @ W + b
        return [i for i, off in enumerate((Z <= 0).all(axis=0), start=1) if off]

    def chance(self, epoch: int, X: np.ndarray) -> np.ndarray:
        """Predict each row of X with the weights after an epoch; (m,)."""
        with np.errstate(over="ignore", invalid="ignore"):
            return run_forward(X, self.layers[epoch])[0].ravel()


def record_run(
    data: str,
    hidden: int = 8,
    lr: float = 0.3,
    batch_size: int | None = 8,
    start: int = 1,
    epochs: int = EPOCHS,
) -> Run:
    """Train a 2-hidden-1 network with ReLU, and keep every epoch of it.

    Parameters
    ----------
    data : "XOR", "two moons", "13-row table" or "200 points"
    hidden : int
        Hidden units.
    lr : float
    batch_size : int, or None for all rows at once
    start : int
        The seed of the starting weights and of the shuffles. Runs with the same number of hidden
        units and the same start begin with the same weights.
    epochs : int

    Raises
    ------
    ValueError
        If there is no data set of that name, or `train` finds a setting wrong.
    """
    training, validation = DATA_SETS[one_of("data", data, DATA_SETS)]()
    params = init_params((2, hidden, 1), np.random.default_rng(start))
    layers = [(W, b, f) for (W, b), f in zip(params, ("relu", "sigmoid"), strict=True)]
    kept = [layers]
    train(
        layers,
        *training,
        rng=np.random.default_rng([start, 1]),
        lr=lr,
        batch_size=batch_size or len(training[0]),
        epochs=epochs,
        progress=False,
        on_epoch=lambda _epoch, layers: kept.append(layers),
    )
    measured = [_measure(training, layers) for layers in kept]
    if validation is None:
        judged = [(np.nan, np.nan)] * len(kept)
    else:
        judged = [_measure(validation, layers) for layers in kept]
    numbers = (*np.array(measured).T, *np.array(judged).T)
    return Run(data, hidden, lr, batch_size, start, training, validation, kept, *numbers)


def _measure(rows: Rows, layers: list[Layer]) -> tuple[float, float]:
    """Return the mean loss and the accuracy, also of weights that are not finite any more."""
    X, y = rows
    with np.errstate(over="ignore", invalid="ignore"):
        A, caches = run_forward(X, layers)
        loss = network_loss("bce", "sigmoid").value(y, caches[-1][0], A)
    return loss, float(np.mean((A > 0.5) == y))


def training_epochs(axes: Sequence[Axes], run: Run, epochs: Sequence[int]) -> str:
    """Draw the boundary after each of several epochs, and the losses with these epochs marked.

    Parameters
    ----------
    axes : sequence of Axes
        One for each epoch, one for the losses, and one for what the signs mean.
    run : Run
        From `record_run`.
    epochs : sequence of int
    """
    *planes, losses, signs = axes
    _draw_curves(losses, run)
    losses.get_legend().remove()
    said = []
    for plane, epoch in zip(planes, epochs, strict=True):
        _draw_plane(plane, run)
        _draw_boundary(plane, run, epoch)
        _mark_losses(losses, run, epoch)
        said += [epoch_text(run, epoch), dead_text(run.dead(epoch), run.hidden)]
    _draw_signs(signs, losses, run)
    return " ".join(said)


def _draw_signs(ax: Axes, losses: Axes, run: Run) -> None:
    """Say what the signs in the other panels mean."""
    looks = {"linestyle": "none", "marker": "o", "markerfacecolor": "white", "markersize": 8}
    ones = looks | {"marker": "s", "color": VERMILLION, "markerfacecolor": VERMILLION}
    rows = [
        Line2D([], [], color=BLUE, label="a row with label 0", **looks),
        Line2D([], [], label="a row with label 1", **ones),
    ]
    if run.validation is not None:
        small = looks | {"markersize": 4}
        rows.append(Line2D([], [], color=BLUE, label="small: a validation row", **small))
    lines = [
        Line2D([], [], color=BLACK, linewidth=2, label="boundary, ŷ = 0.5"),
        Line2D([], [], color=GRAY, linewidth=1, linestyle="--", label="ŷ = 0.1 and ŷ = 0.9"),
    ]
    curves, names = losses.get_legend_handles_labels()
    curves = [
        Line2D([], [], color=curve.get_color(), linestyle=curve.get_linestyle(), label=name,
               linewidth=1.8, marker=curve.get_marker(), markeredgecolor=BLACK,
               markersize=14 if curve.get_marker() == "*" else 8)
        for curve, name in zip(curves, names, strict=True)
    ]  # fmt: skip
    for curve, (*_, marker) in zip(curves, _curves(run), strict=False):
        curve.set_marker(marker)
        curve.set_label(f"{curve.get_label()} loss")
    shown = Line2D([], [], color=GRAY, linewidth=1, label="an epoch that is shown")
    handles = [*rows, *lines, *curves, shown]
    ax.legend(handles=handles, loc="center", frameon=False, handlelength=2.6)
    ax.axis("off")


def _draw_plane(ax: Axes, run: Run) -> None:
    """Draw the rows in the plane of the two inputs."""
    if run.validation is not None:
        points(ax, *run.validation, size=3.5, edge=0.8)
    points(ax, *run.training, size=7, edge=1.6)
    low, high = corners(run)
    ax.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), xlabel="$x_1$", ylabel="$x_2$")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(5, integer=True))


def corners(run: Run) -> tuple[np.ndarray, np.ndarray]:
    """Return the lower left and the upper right corner of the plane that is drawn."""
    parts = [run.training] if run.validation is None else [run.training, run.validation]
    X = np.vstack([rows[0] for rows in parts])
    return X.min(axis=0) - 0.4, X.max(axis=0) + 0.4


def _draw_boundary(ax: Axes, run: Run, epoch: int) -> None:
    """Color the sides that the network predicts 0 and 1 on, and draw the line between them."""
    low, high = corners(run)
    xs, ys = (np.linspace(a, b, _PIXELS) for a, b in zip(low, high, strict=True))
    grid = np.column_stack([values.ravel() for values in np.meshgrid(xs, ys)])
    p = run.chance(epoch, grid).reshape(_PIXELS, _PIXELS)
    if np.isfinite(p).all():
        _shade(ax, xs, ys, p)
    else:
        said = "no boundary: some predictions\nare not numbers any more"
        place = {"transform": ax.transAxes, "ha": "center", "va": "center"}
        ax.text(0.5, 0.5, said, zorder=5, bbox=_BOX, **place)
    ax.set_title(f"{run.data}, epoch {epoch}")


def _shade(ax: Axes, xs: np.ndarray, ys: np.ndarray, p: np.ndarray) -> None:
    ax.contourf(xs, ys, p, levels=[-1, 0.5, 2], colors=_SIDES)
    if p.min() <= 0.5 < p.max():
        ax.contour(xs, ys, p, levels=[0.5], colors=[BLACK], linewidths=2)
    sure = [level for level in (0.1, 0.9) if p.min() < level < p.max()]
    if sure:
        ax.contour(xs, ys, p, levels=sure, colors=[GRAY], linewidths=1, linestyles="--")


def _curves(run: Run) -> list[tuple[str, np.ndarray, str, str, str]]:
    """List each curve: name, losses, color, dash, marker."""
    curves = [("training", run.loss, GREEN, "-", "o")]
    if run.validation is not None:
        curves.append(("validation", run.val_loss, PURPLE, "--", "D"))
    return curves


def _draw_curves(ax: Axes, run: Run) -> None:
    """Draw the losses of a whole run."""
    for name, values, color, dash, _ in _curves(run):
        ax.plot(values, dash, color=color, linewidth=1.8, label=name)
    largest = max(values[np.isfinite(values)].max(initial=0) for _, values, *_ in _curves(run))
    top = min(max(1.45 * largest, 0.8), _TOP)
    high = _mostly_high(run)
    if high:
        top = min(10 * largest, _HIGHEST)
    lowest = run.judged_by[run.best]
    if lowest <= top:
        looks = {
            "markersize": 14,
            "color": YELLOW,
            "markeredgecolor": BLACK,
            "zorder": 4,
        }
        label = f"lowest: epoch {run.best}"
        ax.plot(run.best, lowest, "*", label=label, linestyle="none", clip_on=False, **looks)
    ax.set(xlabel="epoch", title="loss", xlim=(0, run.epochs), ylim=(0, top))
    if high:
        ax.set(title="loss, on a logarithmic axis", yscale="log")
        ax.set_ylim(max(run.judged_by[run.best] / 10, 1e-3), top)
    ax.legend(loc="upper right", framealpha=1, edgecolor="none", fontsize=10)
    if run.diverged is not None:
        text = f"diverged at epoch {run.diverged}"
        ax.text(0.97, 0.15, text, transform=ax.transAxes, ha="right", bbox=_BOX, zorder=6)


def _mostly_high(run: Run) -> bool:
    """Whether most losses would be cut off: they are drawn on a logarithmic axis."""
    return bool(np.mean([np.nan_to_num(run.loss, nan=np.inf) > _TOP]) > 0.5)


def _mark_losses(ax: Axes, run: Run, epoch: int) -> None:
    """Mark the losses of one epoch, but where the star of the lowest loss stands."""
    ax.axvline(epoch, color=GRAY, linewidth=1)
    top = ax.get_ylim()[1]
    for _, values, color, _, marker in _curves(run):
        starred = epoch == run.best and values is run.judged_by
        if values[epoch] <= top and not starred:
            looks = {"color": color, "markeredgecolor": BLACK, "markersize": 8, "zorder": 5}
            ax.plot(epoch, values[epoch], marker, clip_on=False, **looks)


def epoch_text(run: Run, epoch: int) -> str:
    """Say what a run is like after an epoch: its mistakes and its losses."""
    m = len(run.training[0])
    said = "some predictions are not numbers"
    if np.isfinite(run.loss[epoch]):
        wrong = round((1 - run.accuracy[epoch]) * m)
        said = f"{wrong} of {m} training rows on the wrong side"
    losses = ", ".join(
        f"{name} loss {loss_text(values[epoch])}" for name, values, *_ in _curves(run)
    )
    return f"{run.data} after epoch {epoch} of {run.epochs}: {said}, {losses}."


def dead_text(dead: Sequence[int], hidden: int) -> str:
    """Say which hidden units are dead.

    >>> dead_text([], 8), dead_text([2], 3)
    ('Dead hidden units: none of 8.', 'Dead hidden units: 1 of 3 (h2).')
    >>> dead_text([1, 2], 2)
    'Dead hidden units: all 2. Every training row gets the same prediction.'
    """
    if not dead:
        return f"Dead hidden units: none of {hidden}."
    if len(dead) == hidden:
        return f"Dead hidden units: all {hidden}. Every training row gets the same prediction."
    names = ", ".join(f"h{i}" for i in dead)
    return f"Dead hidden units: {len(dead)} of {hidden} ({names})."


def loss_text(value: float) -> str:
    """Write a loss with three decimals; without, where it is large.

    >>> loss_text(0.12345), loss_text(12345.678), loss_text(2e30), loss_text(np.inf)
    ('0.123', '12,346', '2·10³⁰', 'not a finite number')
    """
    if not np.isfinite(value):
        return "not a finite number"
    if value >= 1e6:
        return scientific(value, 0)
    return f"{value:,.0f}" if value >= 100 else f"{value:.3f}"
