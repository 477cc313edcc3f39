"""Explorers: sliders around a figure, each with a text twin."""

from helpers.explorers.loss import LossExplorer as loss
from helpers.explorers.perceptron import PerceptronExplorer as perceptron

__all__ = ["loss", "perceptron"]
