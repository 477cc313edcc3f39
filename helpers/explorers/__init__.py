"""Explorers: sliders around a figure, each with a text twin."""

from helpers.explorers.forward import ForwardExplorer as forward
from helpers.explorers.perceptron import PerceptronExplorer as perceptron

__all__ = ["forward", "perceptron"]
