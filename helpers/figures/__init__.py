"""Figures: drawing functions on Matplotlib Axes, each returning its own alt text."""

from helpers.figures.activations import (
    activation_curves,
    activation_values,
    dying_neurons,
    gradient_by_depth,
    network_side,
    small,
    softmax_bars,
)
from helpers.figures.base import Picture, canvas, number, show
from helpers.figures.neurons import (
    decision_line,
    equation,
    errors_per_epoch,
    gate_grid,
    learning_path,
    neuron,
    step_function,
    xor_layers,
)

__all__ = [
    "Picture",
    "activation_curves",
    "activation_values",
    "canvas",
    "decision_line",
    "dying_neurons",
    "equation",
    "errors_per_epoch",
    "gate_grid",
    "gradient_by_depth",
    "learning_path",
    "network_side",
    "neuron",
    "number",
    "show",
    "small",
    "softmax_bars",
    "step_function",
    "xor_layers",
]
