"""The learning-rate explorer of module 07: one rate, a path, a loss curve, three zones."""

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes

from helpers.explorers.base import Explorer, choice, slider
from helpers.figures import canvas, losses_by_step, parabola_path, rate_zones, valley
from helpers.figures.base import clear
from helpers.figures.learning_rate import (
    DIVERGES,
    GOOD,
    plain_rate,
    quadratic,
    quadratic_path,
    share_left,
    size_text,
    zone,
)
from helpers.reference.surface import critical_lr

STEPS = 100
SURFACES = {
    "one weight, curvature 2": (2.0,),
    "round bowl, 2 and 2": (2.0, 2.0),
    "valley, 1 and 10": (1.0, 10.0),
    "narrow valley, 1 and 50": (1.0, 50.0),
}
_WIDEST = "valley, 1 and 10"  # the surface that needs the widest margins
# The limits 1, 0.2 and 0.04 are among the rates, and so are their neighbors.
_DIGITS = (1, 1.2, 1.5, 1.8, 1.9, 2, 2.1, 2.5, 3, 3.5, 3.9, 4, 4.1, 5, 6, 7, 8, 9, 9.5)
RATES = [float(f"{d}e{power}") for power in range(-3, 2) for d in _DIGITS] + [100.0]


class LearningRateExplorer(Explorer):
    """Choose a learning rate on a log scale and see what a hundred steps make of it.

    Parameters
    ----------
    surface : str
        The surface to begin with, a key of ``SURFACES``.
    lr : float
        The rate to begin with, one of ``RATES``.
    """

    def __init__(self, surface: str = "one weight, curvature 2", lr: float = 0.1) -> None:
        self.surface = choice("surface", SURFACES, _WIDEST)
        self.lr = widgets.SelectionSlider(
            options=[(plain_rate(rate), rate) for rate in RATES],
            value=lr,
            description="lr (log)",
            continuous_update=True,
            layout=widgets.Layout(width="20em"),
        )
        self.w1 = slider("start w1", -1.5, -2, 2, 0.25)
        self.w2 = slider("start w2", 1.0, -2, 2, 0.25)
        fig, axes = canvas(2, 2, size=(7.6, 5.4), gridspec_kw={"height_ratios": [4, 1]})
        self._path_ax, self._loss_ax = axes[0]
        self._shown = ""  # the surface that the axis lines were made for
        grid = axes[1, 0].get_gridspec()
        for ax in axes[1]:
            ax.remove()
        self._zone_ax = fig.add_subplot(grid[1, :])
        super().__init__(
            "Learning-rate explorer",
            fig,
            self._draw_descent,
            [self.surface, self.lr, self.w1, self.w2],
        )
        fig.set_layout_engine("none")  # the first drawing found the layout; this halves the time
        self.surface.value = surface

    def _make_room(self) -> None:
        """Empty the three Axes; a new surface also needs new axis lines."""
        new = self._shown != self.surface.value
        self._shown = self.surface.value
        for ax in (self._path_ax, self._loss_ax, self._zone_ax):
            if new:
                clear(ax)
                ax.set_aspect("auto")
            else:
                _tidy(ax)

    def _draw_descent(self) -> str:
        curvatures, lr = SURFACES[self.surface.value], self.lr.value
        self.w2.disabled = len(curvatures) == 1
        start = [self.w1.value, self.w2.value][: len(curvatures)]
        self._make_room()
        path = quadratic_path(curvatures, start, lr, STEPS)
        losses = quadratic(curvatures, path)
        if len(curvatures) == 1:
            parabola_path(self._path_ax, curvatures[0], start[0], lr, STEPS)
            self._path_ax.set_title("")  # the rate stands beside its slider
        else:
            valley(self._path_ax, np.diag(curvatures), {"path": path})
        losses_by_step(self._loss_ax, {"loss": losses}, limits=(1e-6, 1e4))
        zones = rate_zones(self._zone_ax, curvatures, STEPS, lr)
        said = f"<b>{_verdict(curvatures, path, losses, lr)}</b> {_factors(curvatures, lr)} {zones}"
        return f"{_table(path, losses)}<p style='line-height:1.4'>{said}</p>"


def _tidy(ax: Axes) -> None:
    """Take what was drawn off an Axes and leave its axis lines: new ticks cost half the time."""
    for artist in (*ax.lines, *ax.collections, *ax.patches, *ax.texts):
        artist.remove()


def _table(path: np.ndarray, losses: np.ndarray) -> str:
    """Write where the path is after a few steps."""
    weights = [f"w{i + 1}" for i in range(path.shape[1])] if path.shape[1] > 1 else ["w"]
    head = "".join(f"<th>{name}</th>" for name in ("step", *weights, "loss"))
    rows = "".join(
        f"<tr><td>{step}</td>"
        + "".join(f"<td>{size_text(w)}</td>" for w in path[step])
        + f"<td>{size_text(losses[step])}</td></tr>"
        for step in (0, 1, 2, 10, STEPS)
    )
    return (
        "<table style='text-align:right;white-space:nowrap;border-spacing:.6em .1em'>"
        f"<tr>{head}</tr>{rows}</table>"
    )


def _verdict(curvatures: tuple[float, ...], path: np.ndarray, losses: np.ndarray, lr: float) -> str:
    """Say in a sentence or two what became of the descent."""
    own = tuple(h for h, w in zip(curvatures, path[0], strict=True) if w)
    if not own:
        return "The start is the minimum: the gradient is 0 there, and no rate moves it."
    fate = _fate(own, losses, lr)
    if set(own) == set(curvatures):
        return fate
    missing = "steep" if max(own) < max(curvatures) else "flat"
    return (
        f"{fate} The zones hold for a general start; this start has no part in the {missing} "
        f"direction, and its own limit is {plain_rate(critical_lr(np.diag(own)))}."
    )


def _fate(curvatures: tuple[float, ...], losses: np.ndarray, lr: float) -> str:
    """Say what becomes of a start that has a part in every direction."""
    limit = critical_lr(np.diag(curvatures))
    if zone(curvatures, lr, STEPS) == DIVERGES:
        over = " The numbers overflow." if not np.isfinite(losses[-1]) else ""
        return f"Diverges: every step overshoots by more than the one before.{over}"
    if abs(lr - limit) <= 1e-9 * limit:
        where = " along the steep direction" if len(set(curvatures)) > 1 else ""
        return f"At the limit: it swings from side to side{where} and gets no closer."
    if zone(curvatures, lr, STEPS) == GOOD:
        swings = lr * max(curvatures) > 1
        return f"Good: it converges{', swinging from side to side' if swings else ''}."
    if lr * max(curvatures) > 1:
        crawls = ", or crawls along the flat direction" if len(set(curvatures)) > 1 else ""
        return f"Slow: it swings across the minimum{crawls}."
    return "Slow: it crawls. The steps are too short."


def _factors(curvatures: tuple[float, ...], lr: float) -> str:
    """Give the factor of each direction, and what the worst one leaves."""
    each = ", ".join(
        f"1 − {plain_rate(lr)}·{plain_rate(h)} = {size_text(1 - lr * h)}".replace("-", "−")
        for h in dict.fromkeys(curvatures)
    )
    left = share_left(curvatures, lr, STEPS)
    return (
        f"One step multiplies the distance by {each}. After {STEPS} steps the worst direction has "
        f"{size_text(left)} times its distance left."
    )
