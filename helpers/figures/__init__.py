"""Figures: drawing functions on Matplotlib Axes, each returning its own alt text."""

from helpers.figures.base import Picture, canvas, number, show
from helpers.figures.forward import matrix_product, size_by_depth, slips
from helpers.figures.network import forward_network, forward_steps, network
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
    "forward_network",
    "forward_steps",
    "gate_grid",
    "learning_path",
    "matrix_product",
    "network",
    "neuron",
    "number",
    "show",
    "size_by_depth",
    "slips",
    "step_function",
    "xor_layers",
]
