"""Explorers: sliders around a figure, each with a text twin."""

from helpers.explorers.perceptron import PerceptronExplorer as perceptron
from helpers.explorers.shapes import ShapesExplorer as shapes

__all__ = ["perceptron", "shapes"]
