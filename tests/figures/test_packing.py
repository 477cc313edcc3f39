"""Pictures are small, and look the same."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from helpers import figures
from helpers.figures.base import embedded
from helpers.figures.packing import few_colors, webp

pytestmark = pytest.mark.tier("check")


def opaque(colors):
    """Return a picture of these colors, with alpha."""
    return np.concatenate([colors, np.full_like(colors[..., :1], 255)], axis=-1)


def decoded(image):
    return np.asarray(Image.open(io.BytesIO(image)))


def noise(size=(60, 80)):
    return opaque(np.random.default_rng(3).integers(0, 256, (*size, 3), dtype=np.uint8))


def drawing():
    fig, ax = figures.canvas()
    figures.decision_line(ax, [1, 1], -1.5, np.eye(2), np.array([[0], [1]]))
    return fig


def test_no_pixel_moves_further_than_the_tolerance():
    pixels = noise()
    merged = few_colors(pixels)
    assert np.abs(merged.astype(int) - pixels).max() <= 12
    assert len(np.unique(merged.reshape(-1, 4), axis=0)) < 4000 < 60 * 80


def test_the_nearest_color_of_an_area_attracts_the_rare_ones():
    gray = np.zeros((100, 100), dtype=np.uint8)
    gray[50:] = 20
    gray[0, :4] = (8, 11, 12, 33)
    merged = few_colors(opaque(np.repeat(gray[..., np.newaxis], 3, axis=2)))
    assert merged[0, :5, 0].tolist() == [0, 20, 20, 33, 0]


def test_a_pale_area_stays_apart_from_white():
    colors = np.full((100, 100, 3), 255, dtype=np.uint8)
    colors[:10, :10] = 245
    assert (few_colors(opaque(colors))[..., :3] == colors).all()


def test_packing_loses_nothing_more():
    pixels = noise()
    assert (decoded(webp(pixels)) == few_colors(pixels)[..., :3]).all()


def test_a_figure_is_embedded_twice_as_sharp_small_and_stays_as_it_was():
    fig = drawing()
    kind, data = embedded(fig).split(",")
    image = base64.b64decode(data)
    assert kind == "data:image/webp;base64"
    assert decoded(image).shape == (int(4.2 * 160), int(5.5 * 160), 3)
    assert fig.dpi == 80
    png = io.BytesIO()
    Image.fromarray(decoded(image)).save(png, "PNG", optimize=True)
    assert len(image) < len(png.getvalue())


def test_the_same_drawing_is_embedded_as_the_same_bytes():
    assert embedded(drawing()) == embedded(drawing())
