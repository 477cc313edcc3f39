"""Figures: drawing functions on Matplotlib Axes, each returning its own alt text."""

from helpers.figures.activations import (activation_curves, activation_values, dying_neurons, gradient_by_depth, network_side, small, softmax_bars)
from helpers.figures.base import (Picture, canvas, number, show)
from helpers.figures.loss import (batch_losses, class_surprises, errors_and_squares, hinge_and_bump, loss_curves, prediction_text, slopes_by_z, surprise)
from helpers.figures.neurons import (decision_line, equation, errors_per_epoch, gate_grid, learning_path, neuron, step_function, xor_layers)

__all__ = ['Picture', 'activation_curves', 'activation_values', 'batch_losses', 'canvas', 'class_surprises', 'decision_line', 'dying_neurons', 'equation', 'errors_and_squares', 'errors_per_epoch', 'gate_grid', 'gradient_by_depth', 'hinge_and_bump', 'learning_path', 'loss_curves', 'network_side', 'neuron', 'number', 'prediction_text', 'show', 'slopes_by_z', 'small', 'softmax_bars', 'step_function', 'surprise', 'xor_layers']
