"""The explorer of module 08: a surface to turn, and the paths that optimizers take on it."""

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes

from helpers.explorers.base import Explorer, choice, slider
from helpers.figures import canvas, landscape, number, solid
from helpers.figures.base import clear
from helpers.figures.loss_surface import (
    LABELS,
    LANDSCAPES,
    diverges,
    height_text,
    place_text,
    walk,
)
from helpers.reference.surface import critical_lr

_ALL = "all three"
_STARTS = {  # where each landscape shows most
    "bowl": (4.0, 3.0),
    "ravine": (-4.0, 1.5),
    "two layers": (1.0, -0.9),
    "neuron, cross-entropy": (-0.3, 0.8),
    "neuron, squared error": (-0.3, 0.8),
}
_LIMITS = {"bowl": critical_lr(np.diag([2.0, 2.0])), "ravine": critical_lr(np.diag([1.0, 20.0]))}


class SurfaceExplorer(Explorer):
    """Turn a loss surface, and let optimizers loose on it.

    Parameters
    ----------
    surface : str
        The surface to begin with, a key of `LANDSCAPES`.
    """

    def __init__(self, surface: str = "bowl") -> None:
        self.surface = choice("loss", LANDSCAPES, surface)
        options = [*((label, name) for name, label in LABELS.items()), (_ALL, _ALL)]
        self.optimizer = choice("optimizer", options, options[0][1])
        self.w1, self.w2 = slider("start w1", 0, -1, 1, 0.1), slider("start w2", 0, -1, 1, 0.1)
        wide = widgets.Layout(width="20em")
        self.lr = widgets.FloatLogSlider(
            value=0.1, min=-3, max=0.5, step=0.05, description="rate", layout=wide,
            readout_format=".4f",
        )  # fmt: skip
        self.steps = widgets.IntSlider(value=20, min=1, max=100, description="steps", layout=wide)
        self.azimuth = slider("azimuth °", -60, -180, 180, 5)
        self.elevation = slider("elevation °", 30, 0, 90, 5)
        self.zoom = slider("zoom", 1, 1, 5, 0.25)
        for control in (self.azimuth, self.elevation):
            control.readout_format = ".0f"
        fig, (flat, self._ax2) = canvas(2, 1, size=(5.6, 7.6))
        self._ax3 = solid(flat)
        fig.set_layout_engine("none")  # the parts stay where they are; so it is drawn sooner
        self._ax3.set_position((0.06, 0.49, 0.88, 0.5))
        self._ax2.set_position((0.14, 0.07, 0.82, 0.38))
        for ax in (self._ax3, self._ax2):
            clear(ax)
        self._to_start()
        controls = [self.surface, self.optimizer, self.w1, self.w2, self.lr, self.steps]
        controls += [self.azimuth, self.elevation, self.zoom]
        self.surface.observe(self._on_surface, names="value")  # before the one that draws
        super().__init__("Loss surface explorer", fig, self._draw_surface, controls)

    def _to_start(self) -> None:
        """Give the two start sliders the range and the start of the chosen surface."""
        shown = LANDSCAPES[self.surface.value]
        parts = zip(
            (self.w1, self.w2), shown.names, shown.center, shown.half,
            _STARTS[self.surface.value], strict=True,
        )  # fmt: skip
        for control, name, center, half, value in parts:
            control.min, control.max = -100, 100
            control.value, control.step = value, half / 20
            control.min, control.max = center - half, center + half
            control.description = f"start {name}"

    def _on_surface(self, _change: dict) -> None:
        self._paused = True
        try:
            self._to_start()
        finally:
            self._paused = False

    def _paths(self) -> dict[str, np.ndarray]:
        chosen = LABELS if self.optimizer.value == _ALL else [self.optimizer.value]
        start = self.w1.value, self.w2.value
        shown, lr, steps = LANDSCAPES[self.surface.value], self.lr.value, self.steps.value
        return {name: walk(shown, start, name, lr, steps) for name in chosen}

    def _draw_surface(self) -> str:
        _empty(self._ax3)
        _empty(self._ax2)
        shown, paths = LANDSCAPES[self.surface.value], self._paths()
        view = self.azimuth.value, self.elevation.value, self.zoom.value
        said = landscape((self._ax3, self._ax2), shown, paths, *view)
        rows = "".join(_row(LABELS[name], path) for name, path in paths.items())
        return (
            "<table style='text-align:right;border-spacing:.5em .1em'>"
            f"<tr><th></th><th>reaches</th><th>loss</th><th>lowest</th></tr>{rows}</table>"
            f"<p style='line-height:1.4'>{said} Rate {number(self.lr.value, 4)}, seen from azimuth "
            f"{number(view[0])}°, elevation {number(view[1])}°, zoom {number(view[2])}."
            f"{self._about_the_rate()}</p>"
        )

    def _about_the_rate(self) -> str:
        """Say what module 07 predicts for this rate, where it predicts anything."""
        limit = _LIMITS.get(self.surface.value)
        if limit is None or self.optimizer.value not in ("gradient_descent", _ALL):
            return ""
        lr, size = self.lr.value, number(limit, 3)
        if abs(lr - limit) < 1e-9:
            return f" This is exactly the limit 2/curvature = {size}: gradient descent bounces."
        side = "above" if lr > limit else "below"
        return f" For gradient descent the rate is {side} the limit 2/curvature = {size}."


def _empty(ax: Axes) -> None:
    """Take off what was drawn, and keep the axes and ticks: making those anew takes longest."""
    for artist in (*ax.lines, *ax.collections):
        artist.remove()  # contour lines take their labels along
    for artist in (*ax.texts, *filter(None, [ax.get_legend()])):
        artist.remove()


def _row(label: str, path: np.ndarray) -> str:
    """Write the end of a path, and its lowest point."""
    step = int(np.nanargmin(path[:, 2]))
    lowest = f"{height_text(path[step, 2])}, step {step}"
    height = height_text(path[-1, 2]) if np.isfinite(path[-1, 2]) else "overflow"
    end = "diverges" if diverges(path) else place_text(path[-1])
    return f"<tr><td>{label}</td><td>{end}</td><td>{height}</td><td>{lowest}</td></tr>"
