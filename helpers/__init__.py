"""Backprop by Hand: the network, its checks, its figures and its explorers.

Subpackages load on first use, so ``import helpers`` costs next to nothing:
Matplotlib and ipywidgets are imported only when a figure or an explorer is.
"""
