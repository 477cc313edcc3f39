"""Explorers: sliders around a figure, each with a text twin."""

from helpers.explorers.activations import ActivationExplorer as activations
from helpers.explorers.activations import DepthExplorer as depth
from helpers.explorers.activations import TemperatureExplorer as temperature
from helpers.explorers.draw_digit import draw_digit, drawings
from helpers.explorers.forward import ForwardExplorer as forward
from helpers.explorers.learning_rate import learning_rate
from helpers.explorers.loss import LossExplorer as loss
from helpers.explorers.loss_surface import SurfaceExplorer as surface
from helpers.explorers.perceptron import perceptron
from helpers.explorers.shapes import ShapesExplorer as shapes
from helpers.explorers.stepper import Stepper as stepper
from helpers.explorers.training import training

__all__ = [
    "activations",
    "depth",
    "draw_digit",
    "drawings",
    "forward",
    "learning_rate",
    "loss",
    "perceptron",
    "shapes",
    "stepper",
    "surface",
    "temperature",
    "training",
]
