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
from helpers.figures.shapes import (
    broadcast_row,
    inner_dimension,
    layer_shapes,
    means_over_axes,
    star_and_at,
)

__all__ = [
    "Picture",
    "broadcast_row",
    "canvas",
    "decision_line",
    "equation",
    "errors_per_epoch",
    "gate_grid",
    "inner_dimension",
    "layer_shapes",
    "learning_path",
    "means_over_axes",
    "neuron",
    "number",
    "show",
    "star_and_at",
    "step_function",
    "xor_layers",
]
