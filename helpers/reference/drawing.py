"""From a drawing to what a network reads: reduced as the digits of the data were."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from helpers.reference import _validate

_SIDE, _BLOCK = 32, 4  # the grid of the scanned forms, and the blocks that were counted
_WIDEST = 24  # most digits of the data leave four columns free at each side
_INK = 310  # squares that a digit of the data covers: 303 to 330 on average, by class
_PEN = (2.5, 7.0)  # thinnest and thickest, in squares
_SMALLEST = 0.08  # of the paper: less is not enlarged


def reduce_drawing(strokes: Sequence[ArrayLike]) -> np.ndarray:
    """Reduce strokes to 64 numbers: how much of each block of 4 × 4 squares is inked.

    Drawings fill the height of a grid of 32 × 32, as the scanned digits do, and the pen is as
    thick as it takes to cover as much of it as they cover.

    Parameters
    ----------
    strokes : sequence of arrays (points, 2)
        x and y of where the pen went, on paper of side 1; y points down.

    Returns
    -------
    array (64,), from 0 for paper to 1 for ink, row by row from the upper left

    Raises
    ------
    ValueError
        If there is no stroke, or one is not finite points of two numbers.

    Examples
    --------
    >>> one = reduce_drawing([[[0.5, 0.1], [0.5, 0.9]]]).reshape(8, 8)
    >>> one[0]
    array([0.  , 0.  , 0.  , 0.75, 0.75, 0.  , 0.  , 0.  ])

    Notes
    -----
    The data: E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits, 1998. Bitmaps
    of 32 × 32 were divided into blocks of 4 × 4, and the inked squares of each were counted.
    """
    grid, pen = _fitted(_checked(strokes))
    middles = np.stack(np.meshgrid(*[np.arange(_SIDE) + 0.5] * 2), axis=-1)
    inked = np.zeros((_SIDE, _SIDE), dtype=bool)
    for stroke in grid:
        for a, b in zip([stroke[0], *stroke[:-1]], stroke, strict=True):
            inked |= _distance(middles, a, b) <= pen / 2
    return inked.reshape(8, _BLOCK, 8, _BLOCK).mean(axis=(1, 3)).ravel()


def _checked(strokes: Sequence[ArrayLike]) -> list[np.ndarray]:
    if not len(strokes):
        raise ValueError("strokes must hold at least one stroke, but there is none")
    found = [_validate.floats("strokes", stroke, ndim=2) for stroke in strokes]
    for stroke in found:
        _validate.shape("strokes", stroke, (len(stroke), 2))
    return found


def _fitted(strokes: list[np.ndarray]) -> tuple[list[np.ndarray], float]:
    """Enlarge strokes to the whole grid; return them and the pen's width."""
    low, high = np.min([s.min(0) for s in strokes], 0), np.max([s.max(0) for s in strokes], 0)
    wide, tall = np.maximum(high - low, _SMALLEST)
    pen = float(_BLOCK)
    for _ in range(3):  # the pen takes room, and the room decides about the pen
        down = (_SIDE - pen) / tall
        across = min(down, (_WIDEST - pen) / wide)
        grid = [(stroke - (low + high) / 2) * [across, down] + _SIDE / 2 for stroke in strokes]
        length = sum(np.linalg.norm(np.diff(stroke, axis=0), axis=1).sum() for stroke in grid)
        pen = float(np.clip(_INK / max(length, 1e-9), *_PEN))
    return grid, pen


def _distance(points: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return how far each point is from the line between a and b."""
    along = b - a
    t = np.clip((points - a) @ along / max(along @ along, 1e-300), 0, 1)[..., np.newaxis]
    return np.linalg.norm(points - a - t * along, axis=-1)
