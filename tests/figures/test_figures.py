"""Drawings say what they show, and show what they say."""

import base64
import functools
import io
import re
from typing import NamedTuple

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from PIL import Image

from helpers import figures
from helpers.figures import base
from helpers.figures.base import Picture
from helpers.figures.colors import MINUS, PLUS
from helpers.figures.loss_surface import LANDSCAPES, walk
from helpers.reference.data import gate
from helpers.reference.perceptron import Perceptron

from .painted import png

pytestmark = pytest.mark.tier("test")

OKABE_ITO = {
    "#000000",
    "#e69f00",
    "#56b4e9",
    "#009e73",
    "#f0e442",
    "#0072b2",
    "#d55e00",
    "#cc79a7",
}
NEUTRAL = {"#ffffff", "#666666", "#dddddd", "#f5f5f5", "#bfe0f4", "#f4d7bf", "#e8b08c"}
X, AND = gate("AND")
LABELS, CHANCES = np.array([[1], [0], [1]]), np.array([[0.9], [0.2], [0.4]])


def learned(name):
    return Perceptron().fit(*gate(name))


TABLE = np.array([[1, 2, 6], [3, 2, 4], [5, 8, 2], [7, 0, 8]])
SQUARE = np.array([[1, 2], [3, 4]])
LAYERS = [(np.array([[0.5, -1.0]]), np.zeros((1, 2)), "relu"),
          (np.array([[2.0], [1.0]]), np.zeros((1, 1)), "sigmoid")]  # fmt: skip
BOWL = LANDSCAPES["bowl"]
PATHS = {
    name: walk(BOWL, (4, 3), name, 0.25, 5) for name in ("gradient_descent", "momentum", "adam")
}
GRAPH = [("x", 2), ("w", 3), ("x·w", 6), ("b", 1), ("z", 7), ("y", 49)]
USES = [(0, 2, 3), (1, 2, 2), (2, 4, 1), (3, 4, 1), (4, 5, 14)]
DRAWINGS = {
    "cut": (
        (1, 2),
        lambda axes: figures.cut(axes, [(0, 0.2), (0.6, 0)], list(LANDSCAPES)[3:]),
    ),
    "flat_spots": ((1, 2), lambda axes: figures.flat_spots(axes, [np.eye(2), -np.eye(2)])),
    "landscape": ((1, 2), lambda axes: figures.landscape(axes, BOWL, PATHS)),
    "landscape, diverging, from above": (
        (1, 2),
        lambda axes: figures.landscape(
            axes, BOWL, {"adam": walk(BOWL, (9, 9), "gradient_descent", 2.0, 900)}, 0, 90, 5
        ),
    ),
    "slices": ((1, 1), lambda ax: figures.slices([ax], {"a slice": BOWL.height})),
    "measured_slope": ((1, 1), lambda ax: figures.measured_slope(ax, lambda x: x**3, 2.0, 1.0)),
    "measuring_errors": (
        (1, 1),
        lambda ax: figures.measuring_errors(ax, [0.1, 0.01], {"one": [0.1, 0.01], "two": [0, 1]}),
    ),
    "computation": ((1, 1), lambda ax: figures.computation(ax, GRAPH, USES)),
    "computation, forward only": (
        (1, 1),
        lambda ax: figures.computation(ax, GRAPH, USES, backward=False),
    ),
    "relu_curve": (
        (1, 1),
        lambda ax: figures.relu_curve(ax, [-1, 0, 1], [0, 1, 0, 0.5], "wave"),
    ),
    "relu_gate": ((1, 1), lambda ax: figures.relu_gate(ax, SQUARE, SQUARE - 2)),
    "loss_along": (
        (1, 1),
        lambda ax: figures.loss_along(
            ax, np.array([0.0, 1.0, 2.0]), np.array([1.0, 0.5, 0.7]), -0.8, 0.1
        ),
    ),
    "slip_trail": (
        (1, 1),
        lambda ax: figures.slip_trail(ax, {"Z1": "first", "A1": "passed on", "b": "right"}, 2),
    ),
    "computation, a column skipped": (
        (1, 1),
        lambda ax: figures.computation(ax, GRAPH[:3], [(0, 1, 2), (1, 2, 3), (0, 2, 4)]),
    ),
    "stored_weights": ((1, 1), lambda ax: figures.stored_weights(ax, TABLE, 1, 2)),
    "matrix_product": ((1, 1), lambda ax: figures.matrix_product(ax, TABLE, TABLE[:3], 0, 1)),
    "slips": ((1, 1), lambda ax: figures.slips(ax, SQUARE, SQUARE.T, SQUARE != SQUARE.T)),
    "size_by_depth": (
        (1, 1),
        lambda ax: figures.size_by_depth(ax, {"He": [1.0, 0.9], "uniform": [2.0, 4.0]}),
    ),
    "network": (
        (1, 1),
        lambda ax: figures.network(ax, [SQUARE, SQUARE[:, :1]], [["1", "2"], ["3", "4"], ["5"]]),
    ),
    "forward_network": ((1, 1), lambda ax: figures.forward_network(ax, [2.0], LAYERS)),
    "backward_step": ((1, 1), lambda ax: figures.backward_step(ax, "dZ1")),
    "dealt_rows": ((1, 1), lambda ax: figures.dealt_rows(ax, [3, 0, 2, 1], 3)),
    "loss_by_rows": (
        (1, 1),
        lambda ax: figures.loss_by_rows(ax, {"all": (np.arange(3), np.array([0.7, 0.5, 0.4]))}),
    ),
    "loss_history": (
        (1, 1),
        lambda ax: figures.loss_history(ax, {"loss": [0.7, 0.4], "val_loss": [0.8, 0.9]}, True),
    ),
    "many_seeds": ((1, 2), lambda axes: figures.many_seeds(axes, [0.4, 1.0], [2, 0], [4, 8])),
    "inner_dimension": ((1, 1), lambda ax: figures.inner_dimension(ax, 5, 3, 2)),
    "broadcast_row": ((1, 1), lambda ax: figures.broadcast_row(ax, TABLE, TABLE[:1])),
    "means_over_axes": ((1, 2), lambda axes: figures.means_over_axes(axes, TABLE)),
    "star_and_at": ((1, 2), lambda axes: figures.star_and_at(axes, SQUARE, SQUARE.T)),
    "layer_shapes": ((1, 1), lambda ax: figures.layer_shapes(ax, 5, (3, 2), 3, (1, 2))),
    "layer_shapes, none fit": (
        (1, 1),
        lambda ax: figures.layer_shapes(ax, 5, (2, 3), 3, (1, 2)),
    ),
    "neuron": ((1, 1), lambda ax: figures.neuron(ax, [0.5, 0.3, 0.2], [0.4, 0.6, 0.8], -0.1)),
    "step_function": ((1, 1), figures.step_function),
    "decision_line": ((1, 1), lambda ax: figures.decision_line(ax, [1, 1], -1.5, X, AND, "AND")),
    "decision_line, all wrong": (
        (1, 1),
        lambda ax: figures.decision_line(ax, [-1, -1], 1.5, X, AND),
    ),
    "learning_path": (
        (2, 5),
        lambda axes: figures.learning_path(axes, learned("AND").path_, X, AND),
    ),
    "errors_per_epoch": ((1, 1), lambda ax: figures.errors_per_epoch(ax, [1, 3, 3, 2, 1, 0])),
    "gate_grid": ((4, 4), figures.gate_grid),
    "xor_layers": ((1, 2), figures.xor_layers),
    "errors_and_squares": ((1, 2), lambda axes: figures.errors_and_squares(axes, LABELS, CHANCES)),
    "surprise": ((1, 1), lambda ax: figures.surprise(ax, [1, 0.5, 0.01])),
    "loss_curves": ((1, 1), lambda ax: figures.loss_curves(ax, 1, 0.2)),
    "loss_curves, off the top": ((1, 1), lambda ax: figures.loss_curves(ax, 0, 0.9999)),
    "batch_losses": ((1, 1), lambda ax: figures.batch_losses(ax, LABELS, CHANCES)),
    "slopes_by_z": ((1, 1), lambda ax: figures.slopes_by_z(ax, -6)),
    "hinge_and_bump": ((1, 1), figures.hinge_and_bump),
    "class_surprises": (
        (1, 2),
        lambda axes: figures.class_surprises(
            axes, np.array([[0.7, 0.3], [0.4, 0.6]]), [0, 0], "ab"
        ),
    ),
    "activation_curves": ((2, 1), lambda axes: figures.activation_curves(axes, 0.5)),
    "softmax_bars": ((1, 1), lambda ax: figures.softmax_bars(ax, [2.0, 1.0, 0.5], 0.5)),
    "gradient_by_depth": ((1, 1), lambda ax: figures.gradient_by_depth(ax, -2.0, 10)),
    "network_side": (
        (1, 1),
        lambda ax: figures.network_side(ax, lambda P: P[:, :1], X, AND, "first input"),
    ),
    "parabola_path": ((1, 1), lambda ax: figures.parabola_path(ax, 2.0, 1.5, 0.9, 8)),
    "parabola_path, diverging": ((1, 1), lambda ax: figures.parabola_path(ax, 2.0, 1.5, 9.0, 400)),
    "step_factor": ((1, 1), lambda ax: figures.step_factor(ax, 2.0)),
    "valley": (
        (1, 1),
        lambda ax: figures.valley(ax, SQUARE + SQUARE.T, {"path": np.eye(2), "other": -SQUARE}),
    ),
    "losses_by_step": (
        (1, 1),
        lambda ax: figures.losses_by_step(ax, {"one": [1, 0.5, 0], "other": [1, 9, np.inf]}),
    ),
    "sweep": ((1, 1), lambda ax: figures.sweep(ax, [0.1, 1, 10], {"run": [0.5, 0.1, np.inf]}, 0.7)),
    "rates_by_epoch": ((1, 1), lambda ax: figures.rates_by_epoch(ax, {"rate": [0.1, 0.1, 0.05]})),
    "rate_zones": ((1, 1), lambda ax: figures.rate_zones(ax, [1.0, 10.0], 100, 0.05)),
    "digit": ((1, 1), lambda ax: figures.digit(ax, np.linspace(0, 1, 64), "a slope")),
    "class_bars": ((1, 1), lambda ax: figures.class_bars(ax, [0.7, 0.2, 0.1], label=1)),
    "weight_picture": ((1, 1), lambda ax: figures.weight_picture(ax, np.linspace(-1, 2, 64))),
    "digit_grid": (
        (1, 2),
        lambda axes: figures.digit_grid(axes, np.eye(64)[:2] + 0.5, ["one", "two"]),
    ),
    "confusion": ((1, 1), lambda ax: figures.confusion(ax, np.array([[5, 1], [0, 4]]))),
    "spread": ((1, 1), lambda ax: figures.spread(ax, {"one": [0.9], "ten": [0.7, 0.8, 0.9]})),
    "training_epochs": (
        (2, 3),
        lambda axes: figures.training_epochs(
            np.ravel(axes), figures.record_run("two moons", epochs=9), (0, 4, 7, 9)
        ),
    ),
    "training_epochs, diverged": (
        (1, 3),
        lambda axes: figures.training_epochs(
            axes, figures.record_run("200 points", 16, 1000.0, None, start=2, epochs=80), (66,)
        ),
    ),
    "gradient_by_layer": (
        (1, 1),
        lambda ax: figures.gradient_by_layer(ax, {"relu": [0.1, 0.2], "sigmoid": [0.001, 0.1]}),
    ),
    "bias_path": ((1, 1), lambda ax: figures.bias_path(ax, 0.5, 2.5, 40)),
    "dying_neurons": (
        (1, 2),
        lambda axes: figures.dying_neurons(axes, {"relu": ([0.9, 0.7], [1, 4])}, 4),
    ),
}
every_drawing = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in DRAWINGS]
)


class Drawing(NamedTuple):
    """What a drawing function made of empty axes."""

    fig: Figure
    empty: bool
    alt: str
    png: bytes


def made(name):
    shape, draw = DRAWINGS[name]
    fig, axes = figures.canvas(*shape)
    empty = all(not ax.has_data() for ax in np.ravel(axes))
    return Drawing(fig, empty, draw(axes), png(fig))


drawing = functools.cache(made)  # looked at from several sides


@pytest.fixture
def ax():
    return figures.canvas()[1]


def luminance(color):
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast_on_white(color):
    return 1.05 / (luminance(color) + 0.05)


def drawn_colors(fig):
    for artist in fig.findobj(lambda artist: artist.get_visible()):
        if isinstance(artist, Line2D) and artist.get_linestyle() == "None":
            yield from _hex(artist.get_markeredgecolor())
            continue
        for name in ("get_facecolor", "get_edgecolor", "get_color", "get_markerfacecolor"):
            if hasattr(artist, name):
                yield from _hex(getattr(artist, name)())


def _hex(color):
    if isinstance(color, str):
        return [] if color == "none" else [to_hex(color)]
    rows = np.atleast_2d(np.asarray(color, dtype=float))
    return [to_hex(row[:3]) for row in rows if len(row) == 3 or row[3]]


def test_every_public_drawing_is_tested():
    tools = {"activation_values", "canvas", "decision_text", "equation", "number", "record_run"}
    tools |= {"scientific", "show", "small", "solid"}
    drawings = {name.split(",")[0] for name in DRAWINGS}
    assert set(figures.__all__) == tools | drawings


@every_drawing
def test_draws_and_says_what_can_be_seen(name):
    fig, empty, alt, image = drawing(name)
    assert empty
    assert len(alt) > 20
    assert alt.endswith(".")
    assert all(ax.has_data() or ax.patches or not ax.axison for ax in fig.axes)
    assert image.startswith(b"\x89PNG")


@every_drawing
def test_colors_are_those_of_okabe_and_ito(name):
    signs = {PLUS.lower(), MINUS.lower()}  # its green and purple, darkened
    assert set(drawn_colors(drawing(name).fig)) <= OKABE_ITO | NEUTRAL | signs


@every_drawing
def test_text_is_readable(name):
    for text in drawing(name).fig.findobj(Text):
        if text.get_text():
            assert contrast_on_white(to_hex(text.get_color())) >= 4.5, text


@every_drawing
def test_the_same_drawing_gives_the_same_bytes(name):
    assert made(name).png == drawing(name).png


@pytest.mark.tier("check")
def test_points_are_told_by_shape_and_filling(ax):
    base.points(ax, np.eye(2), np.array([[0], [1]]))
    zero, one = ax.get_lines()
    assert (zero.get_marker(), one.get_marker()) == ("o", "s")
    assert zero.get_markerfacecolor() == "white"
    assert one.get_markerfacecolor() == one.get_markeredgecolor()


def test_gray_is_readable():
    assert contrast_on_white(base.GRAY) >= 4.5


def test_neuron_numbers(ax):
    alt = figures.neuron(ax, [0.5, 0.3, 0.2], [0.4, 0.6, 0.8], -0.1)
    assert "0.5·0.4 + 0.3·0.6 + 0.2·0.8 + (−0.1) = 0.44" in alt
    assert alt.endswith("the output 1.")
    texts = {text.get_text() for text in ax.texts}
    assert {"0.44", "1", "0.5", "bias $b$ = −0.1", "$w_3$ = 0.8"} <= texts


def test_decision_line_right(ax):
    alt = figures.decision_line(ax, [1, 1], -1.5, X, AND, "AND")
    assert alt == (
        "AND: prediction 1 where 1·x1 + 1·x2 − 1.5 > 0. All 4 points are on the right side."
    )
    assert wrong_points(ax) == []
    assert ax.get_title() == "AND"


def test_decision_line_all_wrong(ax):
    alt = figures.decision_line(ax, [-1, -1], 1.5, X, AND)
    assert alt == (
        "prediction 1 where −1·x1 − 1·x2 + 1.5 > 0. "
        "4 of 4 points are wrong: (0, 0), (0, 1), (1, 0), (1, 1)."
    )
    assert len(wrong_points(ax)) == 4


def test_decision_line_takes_targets_in_a_column(ax):
    alt = figures.decision_line(ax, [1, 1], -1.5, X, AND[:, None])
    assert "All 4 points are on the right side." in alt


@pytest.mark.parametrize(("b", "predicted"), [(0.0, 0), (-1.0, 0), (0.5, 1)])
def test_decision_line_without_weights(ax, b, predicted):
    alt = figures.decision_line(ax, [0, 0], b, X, AND)
    assert f"no line and every point is predicted {predicted}." in alt
    assert line_points(ax) is None
    assert bool(ax.patches) == bool(predicted)


def test_decision_line_outside_the_picture(ax):
    alt = figures.decision_line(ax, [1, 1], -9, X, AND)
    assert alt.endswith(" The line lies outside the picture.")
    assert line_points(ax) is None
    assert not ax.patches


def test_decision_line_vertical(ax):
    figures.decision_line(ax, [2, 0], -1, X, AND)
    assert line_points(ax) == {(0.5, -0.6), (0.5, 1.6)}


def test_decision_line_through_corners(ax):
    figures.decision_line(ax, [1, -1], 0, X, AND)
    assert line_points(ax) == {(-0.6, -0.6), (1.6, 1.6)}


@pytest.mark.parametrize("scale", [1e-12, 1e-3, 1.0, 1e9, 1e15])
def test_decision_line_does_not_depend_on_the_scale_of_the_weights(ax, scale):
    figures.decision_line(ax, np.array([1.0, 2.0]) * scale, -1.3 * scale, X, AND)
    ends = line_points(ax)
    assert len(ends) == 2
    for x1, x2 in ends:
        assert abs(x1 + 2 * x2 - 1.3) < 1e-6


def test_decision_line_follows_wider_points(ax):
    wide = np.array([[-3.0, 2.0], [5.0, 1.0]])
    figures.decision_line(ax, [1, 0], 0, wide, np.array([0, 1]))
    assert ax.get_xlim() == (-3.5, 5.5)


def line_points(ax):
    for line in ax.get_lines():
        if line.get_label() == "decision line":
            return {tuple(np.round(p, 6)) for p in np.column_stack(line.get_data()).tolist()}
    return None


def wrong_points(ax):
    crosses = next(line for line in ax.get_lines() if line.get_label() == "wrong")
    return np.column_stack(crosses.get_data()).tolist()


def test_learning_path_numbers():
    perceptron = learned("AND")
    _, axes = figures.canvas(2, 6)
    alt = figures.learning_path(axes, perceptron.path_, X, AND)
    assert [ax.axison for ax in axes.flat] == [True] * 10 + [False] * 2
    assert alt.startswith(f"The decision line after each of {len(perceptron.path_) - 1} updates.")
    assert "1·x2 − 2 = 0." in alt
    with pytest.raises(ValueError, match="axes must be at least 10, one for each update"):
        figures.learning_path(axes[:1], perceptron.path_, X, AND)


def test_errors_per_epoch_numbers(ax):
    assert figures.errors_per_epoch(ax, [1, 3, 0]) == "Wrong rows in epochs 1 to 3: 1, 3, 0."
    figures.errors_per_epoch(ax, [9] * 30)
    assert ax.get_ylim()[1] > 9


def test_gate_grid_numbers():
    _, axes = figures.canvas(4, 4)
    assert figures.gate_grid(axes) == (
        "The 16 gates with two inputs. A perceptron found a line for 14 of them. "
        "It found none for XOR and XNOR."
    )


@pytest.mark.parametrize(
    ("w", "b", "text"),
    [([1, -0.5], -1.5, "1·x1 − 0.5·x2 − 1.5"), ([-2, 0], 0.25, "−2·x1 + 0·x2 + 0.25")],
)
def test_equation(w, b, text):
    assert figures.equation(w, b) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(-0.0, 2, "0"), (100, 0, "100"), (0.125, 3, "0.125"), (-1.5, 2, "−1.5"), (10.0, 2, "10")],
)
def test_number(value, decimals, text):
    assert figures.number(value, decimals) == text


def test_pictures_are_twice_as_sharp_as_they_are_shown():
    fig, ax = figures.canvas(size=(3, 2))
    markup = Picture(fig, figures.step_function(ax))._repr_html_()
    shown = int(re.search(r'width="(\d+)"', markup)[1])
    data = re.search(r"base64,([^\"]+)", markup)[1]
    picture = Image.open(io.BytesIO(base64.b64decode(data)))
    assert (shown, picture.size) == (240, (480, 320))


@pytest.mark.tier("check")
def test_alt_texts_are_escaped():
    fig, _ = figures.canvas()
    picture = Picture(fig, 'a < b\n & "c" > d')
    assert 'alt="a &lt; b &amp; &quot;c&quot; &gt; d"' in picture._repr_html_()
    assert repr(picture) == 'Figure: a < b & "c" > d'


@pytest.mark.tier("check")
@pytest.mark.parametrize("alt", ["", "  \n"])
def test_a_figure_without_alt_text_is_an_error(alt):
    fig, _ = figures.canvas()
    with pytest.raises(ValueError, match="alt must say in words what the figure shows"):
        figures.show(fig, alt)


def test_show_displays_html(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    fig, ax = figures.canvas()
    figures.show(fig, figures.step_function(ax))
    assert "<figure" in shown[0]._repr_html_()
    assert 'data-jp-theme-light="false"' in shown[0]._repr_html_()
