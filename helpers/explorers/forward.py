"""The forward explorer of module 03: one example walks through the 4-3-1 network."""

from collections.abc import Sequence

import ipywidgets as widgets
import numpy as np

from helpers.explorers.base import Explorer, button, slider
from helpers.figures import canvas, forward_network, forward_steps, number
from helpers.figures.network import ACTIVATION_NAMES, Step, node_names
from helpers.reference.data import asd_batch
from helpers.reference.forward_pass import as_layers, forward_deep

_ROW = widgets.Layout(flex_flow="row wrap")


class ForwardExplorer(Explorer):
    """Set the inputs of one example, then go through the network step by step.

    Parameters
    ----------
    sample : int
        The row of the batch to begin with, 0 or 1.
    """

    def __init__(self, sample: int = 0) -> None:
        self._X, _, params = asd_batch()
        self._layers = as_layers(params)
        self._sizes = [4, 3, 1]
        self._steps = forward_steps(self._sizes)
        self._names = node_names(self._sizes)
        self.inputs = [
            slider(f"x{i}", value, -1, 1, 0.05) for i, value in enumerate(self._X[sample], start=1)
        ]
        self.step = widgets.IntSlider(
            value=0, min=0, max=len(self._steps) - 1, description="step", layout={"width": "20em"}
        )
        walk = [
            button("Back", "Go one step back", lambda: self.go(-1)),
            button("Next", "Go one step on", lambda: self.go(1)),
        ]
        samples = [
            button("Sample 1", "Set the inputs of sample 1", lambda: self.choose(0)),
            button("Sample 2", "Set the inputs of sample 2", lambda: self.choose(1)),
        ]
        fig, self._ax = canvas(size=(8, 5))
        fig.set_layout_engine("none")  # the diagram fills the figure; so a step is drawn sooner
        self._ax.set_position((0, 0, 1, 1))
        controls = [
            widgets.HBox(samples, layout=_ROW),
            *self.inputs,
            self.step,
            widgets.HBox(walk, layout=_ROW),
        ]
        super().__init__("Forward explorer", fig, self._draw_network, controls)

    @property
    def x(self) -> list[float]:
        """The values of the four input sliders."""
        return [control.value for control in self.inputs]

    def go(self, steps: int) -> None:
        """Move by so many steps; the ends stay where they are."""
        self.step.value = min(max(self.step.value + steps, 0), self.step.max)

    def choose(self, sample: int) -> None:
        """Give the sliders the inputs of a row of the batch."""
        pairs = zip(self.inputs, self._X[sample], strict=True)
        self.set(**{control.description: (control, value) for control, value in pairs})

    def _draw_network(self) -> str:
        self._ax.clear()
        said = forward_network(self._ax, self.x, self._layers, self.step.value)
        here = self.step.value
        return (
            f"<p style='line-height:1.4'><b>Step {here} of {self.step.max}.</b> "
            f"{self._formula(self._steps[here])}</p>"
            f"<p style='line-height:1.4'>{said}</p>"
        )

    def _formula(self, step: Step) -> str:
        """Write what this step computes, with its numbers."""
        if step.kind == "input":
            return "The inputs are set. Nothing has been computed yet. Press Next."
        _, caches = forward_deep(np.reshape(self.x, (1, -1)), self._layers)
        Z, A = caches[step.layer - 1]
        names = self._names[step.layer]
        W, b, activation = self._layers[step.layer - 1]
        if step.kind == "activation":
            f = ACTIVATION_NAMES.get(activation, activation)
            lines = [
                f"{name} = {f}({number(z, 3)}) = {number(a, 3)}"
                for name, z, a in zip(names, Z[0], A[0], strict=True)
            ]
            return f"The activation of each sum: {'; '.join(lines)}."
        before = self.x if step.layer == 1 else caches[step.layer - 2][1][0]
        k = step.neuron
        total = number(Z[0, k], 3)
        return f"The sum of {names[k]}: z = {written_sum(before, W[:, k], b[0, k])} = {total}"


def written_sum(inputs: Sequence[float], weights: Sequence[float], bias: float) -> str:
    """Write a weighted sum with its numbers.

    >>> written_sum([0.2, 0.5], [0.35, -0.15], 0.0)
    '0.2·0.35 + 0.5·(−0.15) + 0'
    """
    texts = [f"{_bracketed(x, 3)}·{_bracketed(w, 2)}" for x, w in zip(inputs, weights, strict=True)]
    return " + ".join([*texts, _bracketed(bias, 2)])


def _bracketed(value: float, decimals: int) -> str:
    text = number(value, decimals)
    return f"({text})" if text.startswith("−") else text
