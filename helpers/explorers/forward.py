"""The forward explorer of module 03: one example walks through the 4-3-1 network."""

import itertools

from helpers.explorers.explorer import Explorer
from helpers.figures import canvas, forward_network
from helpers.figures.base import Picture
from helpers.figures.network import label_places
from helpers.reference.data import asd_batch
from helpers.reference.forward_pass import as_layers

SIZES = (4, 3, 1)


def forward(sample: int = 0) -> Explorer:
    """Walk through the network; click a node or an edge, and change any number.

    Parameters
    ----------
    sample : int
        The row of the batch to begin with, 0 or 1.

    Raises
    ------
    ValueError
        If there is no such row.
    """
    X, _, params = asd_batch()
    if sample not in range(len(X)):
        raise ValueError(f"sample must be 0 or 1, but is {sample!r}")
    fig, axes = canvas(2, 1, size=(8, 9.6))
    pairs = zip(axes, (1, 6), strict=True)
    alts = [forward_network(ax, X[1], as_layers(params), step) for ax, step in pairs]
    data = {"samples": X, "sample": sample, **params, "labels": edge_labels(SIZES)}
    return Explorer("forward", "Forward explorer", Picture(fig, " ".join(alts)), data)


def edge_labels(sizes: tuple[int, ...]) -> list[list[list[float]]]:
    """Say where along each edge its number stands: for each gap a matrix, from 0 to 1.

    Behind a hidden layer the first third is left to the biases.
    """
    return [
        [[max(label_places(n, k)[i, j], 0.45 if gap else 0.0) for j in range(k)] for i in range(n)]
        for gap, (n, k) in enumerate(itertools.pairwise(sizes))
    ]
