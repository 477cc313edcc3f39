"""The explorers of module 02: one input, a temperature, and a depth."""

import ipywidgets as widgets
import numpy as np

from helpers.explorers.base import Explorer, slider
from helpers.figures import (
    activation_curves,
    activation_values,
    canvas,
    gradient_by_depth,
    number,
    small,
    softmax_bars,
)
from helpers.figures.activations import LEAK, Z_RANGE
from helpers.figures.base import scientific
from helpers.reference.activations import ACTIVATIONS, gradient_through_depth, softmax

_TABLE = "<table style='text-align:right;white-space:nowrap;border-spacing:.8em .1em'>"
_WIDE = widgets.Layout(width="20em")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Write an HTML table whose first column names the row."""
    top = "".join(f"<th scope='col'>{text}</th>" for text in head)
    body = "".join(
        f"<tr><th scope='row' style='text-align:left'>{name}</th>"
        + "".join(f"<td>{text}</td>" for text in rest)
        + "</tr>"
        for name, *rest in rows
    )
    return f"{_TABLE}<tr>{top}</tr>{body}</table>"


class ActivationExplorer(Explorer):
    """Move one input; see the value and the slope of five activations.

    Parameters
    ----------
    z : float
        The input to begin with.
    """

    def __init__(self, z: float = 0.0) -> None:
        self.z = slider("input z", z, -Z_RANGE, Z_RANGE, 0.1)
        fig, self._axes = canvas(2, 1, size=(5.2, 6))
        super().__init__("Activation explorer", fig, self._draw_curves, [self.z])

    def _draw_curves(self) -> str:
        z = round(self.z.value, 9)
        for ax in self._axes:
            ax.clear()
        activation_curves(self._axes, z)
        self._axes[0].set_ylim(-1.4, Z_RANGE + 0.2)
        self._axes[0].legend(loc="upper left", edgecolor="none", framealpha=1)
        rows = [
            (label, number(value, 4), small(slope, 4))
            for label, value, slope in activation_values(z)
        ]
        flat = [label for label, _, slope in activation_values(z) if slope < 0.01]
        flat_text = f"Flat here (slope below 0.01): {', '.join(flat)}." if flat else "None is flat."
        return (
            f"<p><b>At z = {number(z)}</b> (leaky ReLU with α = {LEAK}, ELU with α = 1)</p>"
            f"{_table(('', 'value', 'slope'), rows)}<p>{flat_text}</p>"
        )


class TemperatureExplorer(Explorer):
    """Move the temperature and the scores; see what softmax makes of them.

    Parameters
    ----------
    logits : tuple of float
        The three scores to begin with.
    """

    def __init__(self, logits: tuple[float, float, float] = (2.0, 1.0, 0.5)) -> None:
        self.temperature = slider("temperature", 1.0, 0.1, 5.0, 0.1)
        self.logits = [
            slider(f"score {name}", value, -5, 5, 0.5)
            for name, value in zip("ABC", logits, strict=True)
        ]
        fig, self._ax = canvas(size=(4.8, 3.8))
        controls = [self.temperature, *self.logits]
        for control in controls:
            control.style.description_width = "6.5em"  # so that no name is cut
        super().__init__("Temperature explorer", fig, self._draw_bars, controls)

    def _draw_bars(self) -> str:
        logits = [control.value for control in self.logits]
        temperature = round(self.temperature.value, 9)
        self._ax.clear()
        softmax_bars(self._ax, logits, temperature)
        p = softmax(logits, temperature)
        rows = [
            (f"class {name}", number(score), small(share, 5))
            for name, score, share in zip("ABC", logits, p, strict=True)
        ]
        order = np.sort(logits)[::-1]
        gap = float(order[0] - order[1]) / temperature
        factor = "exactly as likely as" if gap == 0 else f"{_times(gap)} times as likely as"
        return (
            f"<p><b>Temperature {number(temperature)}</b></p>"
            f"{_table(('', 'score', 'probability'), rows)}"
            f"<p>The probabilities sum to {number(p.sum(), 4)}. The class with the largest score "
            f"is {factor} the next one: e^{number(gap)}, from the gap of the scores over the "
            f"temperature.</p>"
        )


def _times(gap: float) -> str:
    """Write e^gap, rounded to what can be read."""
    factor = np.exp(gap)
    if factor >= 1e6:
        return scientific(factor)
    return number(factor) if factor < 100 else f"{factor:,.0f}"


def _label(name: str) -> str:
    return activation_values(0.0, [name])[0][0]


class DepthExplorer(Explorer):
    """Move the depth and the input; see how much of a gradient is left.

    Parameters
    ----------
    z : float
        The pre-activation to begin with.
    depth : int
        The number of layers to begin with.
    """

    names = ("sigmoid", "tanh", "relu", "leaky_relu")

    def __init__(self, z: float = 0.0, depth: int = 1) -> None:
        self.depth = widgets.IntSlider(
            value=depth, min=1, max=30, description="layers", layout=_WIDE
        )
        self.z = slider("input z", z, -4, 4, 0.5)
        fig, self._ax = canvas(size=(5.2, 5.2))
        super().__init__("Depth explorer", fig, self._draw_depth, [self.depth, self.z])

    def _draw_depth(self) -> str:
        depth, z = self.depth.value, self.z.value
        self._ax.clear()
        said = gradient_by_depth(self._ax, z, depth, self.names)
        rows = []
        for name in self.names:
            slope = float(ACTIVATIONS[name].slope(z))
            left = gradient_through_depth(z, name, depth)
            rows.append((_label(name), small(slope), small(left)))
        return f"{_table(('', 'slope at z', 'left over'), rows)}<p>{said} (Leaky: α = 0.01.)</p>"
