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
from helpers.figures.forward import matrix_product, size_by_depth, slips
from helpers.figures.loss import (
    batch_losses,
    class_surprises,
    errors_and_squares,
    hinge_and_bump,
    loss_curves,
    prediction_text,
    slopes_by_z,
    surprise,
)
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
from helpers.figures.shapes import (
    broadcast_row,
    inner_dimension,
    layer_shapes,
    means_over_axes,
    star_and_at,
)
from helpers.figures.training import dealt_rows, loss_by_rows, loss_history, many_seeds
from helpers.figures.training_run import record_run, training_canvas, training_epochs, training_run

__all__ = [
    "Picture",
    "activation_curves",
    "activation_values",
    "batch_losses",
    "broadcast_row",
    "canvas",
    "class_surprises",
    "dealt_rows",
    "decision_line",
    "dying_neurons",
    "equation",
    "errors_and_squares",
    "errors_per_epoch",
    "forward_network",
    "forward_steps",
    "gate_grid",
    "gradient_by_depth",
    "hinge_and_bump",
    "inner_dimension",
    "layer_shapes",
    "learning_path",
    "loss_by_rows",
    "loss_curves",
    "loss_history",
    "many_seeds",
    "matrix_product",
    "means_over_axes",
    "network",
    "network_side",
    "neuron",
    "number",
    "prediction_text",
    "record_run",
    "show",
    "size_by_depth",
    "slips",
    "slopes_by_z",
    "small",
    "softmax_bars",
    "star_and_at",
    "step_function",
    "surprise",
    "training_canvas",
    "training_epochs",
    "training_run",
    "xor_layers",
]
