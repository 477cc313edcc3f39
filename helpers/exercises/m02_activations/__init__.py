"""Activation functions.

Inputs are rounded, so that the call in a message can be pasted. Every exercise
sees zeros, points on both sides of zero, and ±1000.
"""
