"""A drawing as a small picture: as few colors as look the same, packed without loss.

Executed notebooks carry their pictures, and git keeps each version of them. Most colors of a
drawing are the soft edges of its lines and letters: hundreds of steps, of which an eye tells a
few dozen apart.
"""

import io

import numpy as np
from PIL import Image

_TOLERANCE = 12  # of 255, in each channel: how far the color of an edge may move
_AREA = 1 / 1000  # of the picture: a color that covers more stays as it is


def few_colors(pixels: np.ndarray) -> np.ndarray:
    """Return a picture whose rare colors have become frequent ones close to them.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (height, width, 4)
        Red, green, blue and alpha.

    Returns
    -------
    ndarray of uint8, same shape
        No channel of a pixel has moved by more than 12 of 255, and no color has moved that
        covers a thousandth of the picture or more.
    """
    whole = np.ascontiguousarray(pixels).view(np.uint32)[..., 0]  # a pixel is one number
    values, counts = np.unique(whole, return_counts=True)
    order = np.argsort(-counts, kind="stable")  # the frequent ones first
    colors = values[order].view(np.uint8).reshape(-1, 4).astype(int)
    is_area = counts[order] >= _AREA * whole.size
    nearest = np.arange(len(colors))
    distance = np.full(len(colors), _TOLERANCE + 1)
    for i, color in enumerate(colors):
        if distance[i] <= _TOLERANCE and not is_area[i]:
            continue  # it has become another one
        apart = np.abs(colors - color).max(axis=1)
        closer = apart < distance
        nearest[closer], distance[closer] = i, apart[closer]
    replaced = np.empty_like(values)
    replaced[order] = values[order][nearest]
    return replaced[np.searchsorted(values, whole)].view(np.uint8).reshape(pixels.shape)


def webp(pixels: np.ndarray) -> bytes:
    """Pack an opaque picture without loss; about half as large as a PNG image of it."""
    buffer = io.BytesIO()
    opaque = Image.fromarray(few_colors(pixels)[..., :3])
    opaque.save(buffer, format="WEBP", lossless=True, quality=100, method=4)
    return buffer.getvalue()
