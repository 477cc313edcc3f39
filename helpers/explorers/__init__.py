"""Explorers: what the hand moves, each with a text twin."""

from helpers.explorers.activations import activations
from helpers.explorers.depth import depth
from helpers.explorers.draw_digit import draw_digit, drawings
from helpers.explorers.forward import forward
from helpers.explorers.learning_rate import learning_rate
from helpers.explorers.loss import loss
from helpers.explorers.perceptron import perceptron
from helpers.explorers.relu_curve import relu_curve
from helpers.explorers.shapes import shapes
from helpers.explorers.stepper import stepper
from helpers.explorers.surface import surface
from helpers.explorers.temperature import temperature
from helpers.explorers.training import training
from helpers.explorers.xor_layers import xor_layers

__all__ = [
    "activations",
    "depth",
    "draw_digit",
    "drawings",
    "forward",
    "learning_rate",
    "loss",
    "perceptron",
    "relu_curve",
    "shapes",
    "stepper",
    "surface",
    "temperature",
    "training",
    "xor_layers",
]
