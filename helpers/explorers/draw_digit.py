"""The explorer of module 09: draw a digit, and see what the network makes of it."""

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from helpers.explorers.explorer import Explorer
from helpers.figures import canvas, class_bars, digit
from helpers.figures.base import Picture
from helpers.reference import forward_classes, reduce_drawing

_DRAWINGS = files("helpers.explorers") / "drawings.json"


def drawings() -> list[dict[str, Any]]:
    """Return drawings to begin with: each a ``digit`` and its ``strokes``, 0 to 9 again and again.

    A stroke is a list of [x, y], as a mouse leaves them, on paper of side 1; y points down.
    """
    return json.loads(_DRAWINGS.read_text(encoding="utf-8"))


def draw_digit(params: Mapping[str, ArrayLike]) -> Explorer:
    """Draw a digit with mouse, finger or keys: it is reduced to 8 × 8 and read by a network.

    Parameters
    ----------
    params : dict ``W1 b1 W2 b2``, as `reference.forward_classes` takes them
        64 inputs from 0, paper, to 1, ink; any number of hidden neurons; 10 classes.

    Raises
    ------
    ValueError
        If a parameter is missing, does not fit, or is not finite.
    """
    examples = drawings()[:10]
    seen = reduce_drawing(examples[0]["strokes"])
    _check_ends(params)
    P, _ = forward_classes(seen[np.newaxis], params)
    weights = {name: np.asarray(params[name], dtype=float) for name in ("W1", "W2")}
    biases = {name: np.ravel(params[name]).astype(float) for name in ("b1", "b2")}
    data = {"params": {**weights, **biases}, "examples": examples}
    return Explorer("draw_digit", "Draw-a-digit explorer", _still(seen, P[0]), data)


def _check_ends(params: Mapping[str, ArrayLike]) -> None:
    """Raise unless a network begins with 64 inputs and ends with 10 classes."""
    for name, axis, needed in (("W1", 0, (64, "n")), ("W2", 1, ("n", 10))):
        if name not in params:
            continue  # what is missing is named by the forward pass
        found = np.shape(params[name])
        if len(found) != 2 or found[axis] != needed[axis]:
            wanted = f"({needed[0]}, {needed[1]})"
            raise ValueError(f"{name} must have shape {wanted}, but has shape {found}.")


def _still(seen: np.ndarray, P: np.ndarray) -> Picture:
    fig, (left, right) = canvas(1, 2, size=(8, 3.2), gridspec_kw={"width_ratios": [1, 2]})
    alts = digit(left, seen, "a drawing, reduced"), class_bars(right, P)
    return Picture(fig, " ".join(alts))
