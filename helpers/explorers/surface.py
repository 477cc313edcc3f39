"""The explorer of module 08: a surface to turn, and the paths that optimizers take on it."""

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_hex

from helpers.explorers.explorer import Explorer
from helpers.figures import canvas, landscape
from helpers.figures.base import Picture, one_of
from helpers.figures.loss_surface import (
    LABELS,
    LANDSCAPES,
    NEURON_X,
    NEURON_Y,
    Landscape,
    Plane,
    network_landscapes,
    slice_plane,
    training_plane,
    walk,
)
from helpers.reference.by_hand import Params
from helpers.reference.data import asd_batch

NEURON = {"kind": "neuron", "X": NEURON_X.ravel(), "y": NEURON_Y.ravel()}
SHADES = 48  # of cividis: dark is low, light is high
RATES = [float(f"{10.0**exponent:.3g}") for exponent in np.arange(-3, 0.51, 0.05)]


def _arithmetic() -> dict[str, dict[str, Any]]:
    """Return what JavaScript computes each surface from, and where its walks begin."""
    return {
        "bowl": {"kind": "quadratic", "start": (4.0, 3.0)},
        "ravine": {"kind": "quadratic", "start": (-4.0, 1.5)},
        "two layers": {"kind": "product", "start": (1.0, -0.9)},
        "neuron, cross-entropy": {**NEURON, "loss": "bce", "start": (-0.32, 0.8)},
        "neuron, squared error": {**NEURON, "loss": "half_squared_error", "start": (-0.32, 0.8)},
        "network, random slice": {**_network(slice_plane()), "start": (-0.8, -0.4)},
        "network, plane of its training": {**_network(training_plane()[0]), "start": None},
    }


def _network(plane: Plane) -> dict[str, Any]:
    X, y, _ = asd_batch()
    params, *along = (_layers(part) for part in (plane.center, *plane.along))
    return {"kind": "network", "X": X, "y": y.ravel(), "params": params, "along": along}


def _layers(params: Params) -> list[tuple[np.ndarray, np.ndarray]]:
    return [(params[f"W{i}"], params[f"b{i}"].ravel()) for i in (1, 2)]


def _surface(shown: Landscape, arithmetic: dict[str, Any]) -> dict[str, Any]:
    start = arithmetic["start"] or shown.recorded[0, :2]
    steps = np.array(shown.half) / 20  # a walk begins on a corner of the grid
    at = shown.center + np.round((np.array(start) - shown.center) / steps) * steps
    return {
        **arithmetic,
        "start": at,
        "formula": shown.formula,
        "center": shown.center,
        "half": shown.half,
        "names": shown.names,
        "even": shown.even,
        "curvatures": shown.curvatures,
        "recorded": shown.recorded,
    }


def surface(surface: str = "bowl") -> Explorer:
    """Turn a loss surface, and let optimizers loose on it.

    Parameters
    ----------
    surface : str
        The surface to begin with: a key of ``LANDSCAPES`` or of ``network_landscapes()``, both
        in ``helpers.figures.loss_surface``.

    Raises
    ------
    ValueError
        If there is no such surface.
    """
    landscapes = {**LANDSCAPES, **network_landscapes()}
    one_of("surface", surface, landscapes)
    arithmetic = _arithmetic()
    data = {
        "surface": surface,
        "surfaces": {name: _surface(landscapes[name], arithmetic[name]) for name in landscapes},
        "labels": LABELS,
        "rates": RATES,
        "shades": [to_hex(colormaps["cividis"](t)) for t in np.linspace(0, 1, SHADES)],
    }
    return Explorer("surface", "Loss surface explorer", _still(), data)


def _still() -> Picture:
    """Draw the bowl, and the path of gradient descent on it.

    Smaller than where the module draws the same: an executed notebook carries them all.
    """
    fig, axes = canvas(1, 2, size=(7, 3.1))
    bowl = LANDSCAPES["bowl"]
    path = walk(bowl, (4.0, 3.0), "gradient_descent", 0.1, 20)
    return Picture(fig, landscape(axes, bowl, {"gradient_descent": path}))
