"""Figures: drawing functions on Matplotlib Axes, each returning its own alt text."""

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
    "canvas",
    "decision_line",
    "equation",
    "errors_per_epoch",
    "gate_grid",
    "learning_path",
    "neuron",
    "number",
    "show",
    "step_function",
    "xor_layers",
]
