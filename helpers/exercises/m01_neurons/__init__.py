"""Neurons and perceptrons.

Inputs are multiples of 1/4, so sums are exact and every way to write a right
answer puts a point on the same side of a line.
"""
