"""The diagram of a network: true numbers in the alt text, nothing on top of each other."""

import numpy as np
import pytest

from helpers import figures
from helpers.figures.network import Step, forward_steps, label_places, node_names
from helpers.reference import as_layers, asd_batch, forward, init_params, two_two_one

pytestmark = pytest.mark.tier("test")

SIZES = [(4, 3, 1), (3, 4, 2), (2, 3, 2, 1), (2, 2, 1), (1, 1), (4, 4)]


def random_layers(sizes, biases=True):
    """Make a network whose numbers are as wide as they get."""
    rng = np.random.default_rng(0)
    pairs = init_params(sizes, rng)
    names = ["relu"] * (len(sizes) - 2) + ["sigmoid"]
    return [
        (-np.abs(W).round(2) - 0.11, np.full(b.shape, -0.25 if biases else 0.0), name)
        for (W, b), name in zip(pairs, names, strict=True)
    ]


def drawn(sizes, **options):
    fig, ax = figures.canvas(size=(3 * len(sizes) - 1, 5))
    x = np.linspace(0.15, 0.85, sizes[0])
    alt = figures.forward_network(ax, x, random_layers(sizes), **options)
    fig.draw_without_rendering()
    return fig, ax, alt


def corners(text):
    """Return the corners of a text's own (rotated) box, in pixels."""
    angle = text.get_rotation()
    text.set_rotation(0)
    box = text.get_window_extent()
    text.set_rotation(angle)
    x, y = text.get_transform().transform(text.get_position())
    points = np.array([[box.x0, box.y0], [box.x1, box.y0], [box.x1, box.y1], [box.x0, box.y1]])
    turn = np.radians(angle)
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return (points - (x, y)) @ rotation + (x, y)


def overlap(one, other):
    """Whether two convex boxes overlap: no edge of either separates them."""
    for box in (one, other):
        for start, end in zip(box, np.roll(box, -1, axis=0), strict=True):
            normal = np.array([[0, -1], [1, 0]]) @ (end - start)
            a, b = one @ normal, other @ normal
            if a.max() <= b.min() or b.max() <= a.min():
                return False
    return True


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("step", [None, 2])
def test_no_two_texts_overlap_and_none_is_cropped(sizes, step):
    fig, ax, _ = drawn(sizes, step=step)
    boxes = [(text.get_text(), corners(text)) for text in ax.texts]
    for i, (name, box) in enumerate(boxes):
        assert box.min() >= 0, name
        assert (box.max(axis=0) <= fig.bbox.max).all(), name
        for other, second in boxes[i + 1 :]:
            assert not overlap(box, second), (name, other)


def test_a_label_lies_on_its_edge_between_the_nodes():
    for n_in in range(1, 6):
        for n_out in range(1, 6):
            places = label_places(n_in, n_out)
            assert set(places) == {(i, j) for i in range(n_in) for j in range(n_out)}
            assert all(0.2 < place < 0.8 for place in places.values())


def test_the_alt_text_has_every_true_number():
    X, _, params = asd_batch()
    _, ax = figures.canvas()
    alt = figures.forward_network(ax, X[0], as_layers(params))
    _, cache = forward(X[:1], params)
    for value in (*X[0], *cache["Z1"][0], *cache["A1"][0], cache["Z2"][0, 0], cache["A2"][0, 0]):
        assert figures.number(value, 3) in alt
    for weight in (*params["W1"].flat, *params["W2"].flat):
        assert figures.number(weight) in alt
    assert "h1: 0 (z = −0.185); h2: 0.406 (z = 0.406); h3: 0 (z = −0.117)" in alt
    assert "Highlighted" not in alt


def test_what_comes_later_is_not_known_yet():
    X, _, params = asd_batch()
    _, ax = figures.canvas()
    alt = figures.forward_network(ax, X[1], as_layers(params), step=1)
    assert "h1: 0.008 (this is z); h2: not known yet" in alt
    assert "Highlighted: h1." in alt
    assert "Highlighted edges: x1 to h1, x2 to h1, x3 to h1, x4 to h1." in alt
    alt = figures.forward_network(ax, X[1], as_layers(params), step=0)
    assert alt.count("not known yet") == 4


def test_biases_stand_beside_the_names():
    x, _, params = two_two_one()
    _, ax = figures.canvas()
    alt = figures.forward_network(ax, x[0], as_layers(params))
    assert "h1, b = 0.3: 1.3 (z = 1.3); h2, b = 0.5: 1.8 (z = 1.8)." in alt
    assert "ŷ, b = 0.2: 0.939 (z = 2.73)" in alt
    assert "into h1: 0.2, 0.4." in alt


def test_any_numbers_can_be_drawn():
    gradients = [np.array([[0.042, -0.007]]), np.array([[0.002], [-0.023]])]
    values = [["1"], ["0", "?"], ["−0.5"]]
    _, ax = figures.canvas()
    alt = figures.network(ax, gradients, values, edges={(1, 0, 0)}, decimals=3)
    assert "On the edges into h2: −0.007." in alt
    assert "h2: not known yet" in alt
    assert "Highlighted edges: h1 to ŷ." in alt


def test_steps_of_a_deep_network():
    steps = forward_steps([2, 3, 2, 1])
    assert len(steps) == 1 + 4 + 3 + 2
    assert steps[5] == Step("sum", 2, 0)
    assert steps[-1] == Step("activation", 3)


def test_nodes_of_several_hidden_layers_have_different_names():
    names = [name for row in node_names([2, 3, 2, 1]) for name in row]
    assert len(set(names)) == len(names) == 8


def test_an_unknown_activation_is_refused():
    _, ax = figures.canvas()
    with pytest.raises(ValueError, match="must be one of"):
        figures.forward_network(ax, [1.0], [(np.ones((1, 1)), np.zeros((1, 1)), "swish")])
