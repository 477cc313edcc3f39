"""The drawings of module 08 say in words, with true numbers, what they show."""

import numpy as np
import pytest

from helpers import figures
from helpers.figures.loss_surface import LANDSCAPES, diverges, height_text, path_text, walk
from helpers.reference import (
    Adam,
    asd_batch,
    bce,
    descent_path_3d,
    half_squared_error,
    network_surface,
    neuron_surface,
    numerical_derivative,
    random_slice,
    sigmoid,
)

pytestmark = pytest.mark.tier("test")

BOWL = LANDSCAPES["bowl"]


@pytest.fixture
def two():
    return figures.canvas(1, 2)[1]


@pytest.mark.parametrize("name", LANDSCAPES)
def test_gradients_are_those_that_one_measures(name):
    shown = LANDSCAPES[name]
    for w1, w2 in ((0.3, -0.7), (-0.2, 1.1), (1.0, 0.4)):
        d1, d2 = shown.gradient(w1, w2)
        measured1 = numerical_derivative(lambda v, w2=w2: shown.height(v, w2), w1, 1e-5)
        measured2 = numerical_derivative(lambda v, w1=w1: shown.height(w1, v), w2, 1e-5)
        assert (d1, d2) == pytest.approx((measured1, measured2), abs=1e-7)


def test_the_neuron_has_one_valley_with_cross_entropy_and_two_with_squared_error():
    ends = {
        name: [
            walk(LANDSCAPES[name], start, "gradient_descent", 0.1, 5000)[-1]
            for start in ((-0.3, 0.8), (1.1, -1.0))
        ]
        for name in ("neuron, cross-entropy", "neuron, squared error")
    }
    one, other = ends["neuron, cross-entropy"]
    assert one == pytest.approx(other, abs=1e-4)
    one, other = ends["neuron, squared error"]
    assert one == pytest.approx((0.011, 0.241, 0.1233), abs=2e-3)
    assert other == pytest.approx((0.618, 0.0, 0.1108), abs=2e-3)


def test_a_walk_of_gradient_descent_is_that_of_the_reference():
    path = walk(BOWL, (4, 3), "gradient_descent", 0.1, 20)
    assert path == pytest.approx(descent_path_3d((4, 3), 0.1, 20))


def test_a_walk_of_adam_uses_its_state():
    rule, w = Adam(), np.array([4.0, 3.0])
    state = rule.start(w)
    for _ in range(3):
        w, state = rule.step(w, 2 * w, state, 0.5)
    assert walk(BOWL, (4, 3), "adam", 0.5, 3)[-1, :2] == pytest.approx(w)


@pytest.mark.parametrize(("lr", "lost"), [(0.5, False), (1.0, False), (1.05, True), (3.0, True)])
def test_divergence(lr, lost):
    path = walk(BOWL, (4, 3), "gradient_descent", lr, 30)
    assert diverges(path) == lost
    assert ("diverges" in path_text(path)) == lost


def test_overflow_is_said_in_words():
    path = walk(BOWL, (4, 3), "gradient_descent", 1e3, 200)
    assert "the numbers overflow" in path_text(path)


@pytest.mark.parametrize(
    ("loss", "text"), [(0, "0"), (0.5, "0.5"), (2e-7, "2·10⁻⁷"), (12345, "1.2·10⁴"), (25, "25")]
)
def test_heights_are_readable(loss, text):
    assert height_text(loss) == text


def test_landscape_numbers(two):
    path = descent_path_3d((4, 3), 0.1, 20)
    alt = figures.landscape(two, BOWL, {"gradient_descent": path})
    assert "between 0 and 50." in alt
    assert "from (4, 3), loss 25, in 20 steps to (0.046, 0.035), loss 0.0033." in alt
    assert "outside" not in alt
    lines = [line for line in two[1].get_lines() if line.get_label() == "gradient descent"]
    assert np.column_stack(lines[0].get_data()) == pytest.approx(path[:, :2])


def test_the_surface_has_the_heights_and_the_path_of_its_twin():
    fig, axes = figures.canvas(1, 2)
    ax3 = figures.solid(axes[0])
    path = descent_path_3d((4, 3), 0.1, 20)
    figures.landscape((ax3, axes[1]), BOWL, {"gradient_descent": path}, azimuth=20, elevation=50)
    assert np.column_stack(ax3.get_lines()[0].get_data_3d()) == pytest.approx(path)
    assert (ax3.azim, ax3.elev) == (20, 50)
    assert ax3.get_zlim() == pytest.approx((0, 50))
    assert fig.axes == [axes[1], ax3]


def test_what_leaves_the_picture_is_said(two):
    path = walk(BOWL, (4, 3), "gradient_descent", 1.1, 20)
    alt = figures.landscape(two, BOWL, {"gradient_descent": path})
    assert "it diverges: after 20 steps" in alt
    assert "Step 2 of 20 is outside the picture." in alt
    assert [text.get_text() for text in two[1].texts][-1] == "diverges: gradient descent"


def test_zoom_shows_a_smaller_piece(two):
    alt = figures.landscape(two, BOWL, {}, zoom=2)
    assert "w1 from −2.5 to 2.5" in alt
    assert "between 0 and 12.5" in alt


def test_zoom_goes_to_the_end_of_the_path(two):
    path = walk(BOWL, (4, 3), "gradient_descent", 0.1, 2)
    alt = figures.landscape(two, BOWL, {"gradient_descent": path}, zoom=5)
    assert "w1 from 1.56 to 3.56" in alt
    lost = walk(BOWL, (4, 3), "gradient_descent", 1e3, 200)
    assert "w1 from −1 to 1" in figures.landscape(
        figures.canvas(1, 2)[1], BOWL, {"gradient_descent": lost}, zoom=5
    )


def test_the_lines_of_the_bowl_have_equal_differences(two):
    alt = figures.landscape(two, BOWL, {})
    levels = two[1].collections[0].levels
    assert np.diff(levels) == pytest.approx(np.full(8, 5.0))
    assert "the same difference between all lines" in alt
    assert "(more near the bottom)" in figures.landscape(
        figures.canvas(1, 2)[1], LANDSCAPES["ravine"], {}
    )


def test_cut(two):
    names = ("neuron, cross-entropy", "neuron, squared error")
    alt = figures.cut(two, [(0.011, 0.241), (0.618, 0.0)], names)
    assert "nowhere above the chord" in alt.split("neuron, squared")[0]
    assert "0.1233 and 0.1108 at the ends; in between it runs up to 0.0088 above" in alt
    assert two[1].get_lines()[1].get_ydata() == pytest.approx([0.1233, 0.1108], abs=1e-4)


@pytest.mark.parametrize("name", ["cross-entropy", "squared error"])
def test_neuron_landscapes_are_means_over_the_rows(name):
    from helpers.figures.loss_surface import NEURON_X, NEURON_Y

    loss = bce if name == "cross-entropy" else half_squared_error
    expected = loss(NEURON_Y, sigmoid(0.3 * NEURON_X - 0.2))
    assert LANDSCAPES[f"neuron, {name}"].height(0.3, -0.2) == pytest.approx(expected)
    assert neuron_surface(NEURON_X, NEURON_Y)(0.0, 0.0) == pytest.approx(np.log(2))


def test_slices():
    X, y, params = asd_batch()
    rng = np.random.default_rng(1)

    surface = network_surface(params, random_slice(params, rng), random_slice(params, rng), X, y)
    _, ax = figures.canvas()
    alt = figures.slices([ax], {"at the start": surface})
    assert "at the start: the network, in the middle, has loss 0.7166" in alt
    assert "lowest in the part drawn is 0.6735" in alt


def test_flat_spots(two):
    alt = figures.flat_spots(two, [[[0, -1], [-1, 0]], [[1, 1], [1, 1]]])
    assert "curvatures −1 and 1, saddle; curvatures 0 and 2, undetermined" in alt
