"""What is special about the checks of module 08: a solid figure, counted calls, described draws."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from helpers.checks import State, exercises
from helpers.checks.cases import Seed
from helpers.checks.messages import message, without_color
from helpers.checks.plain import Unusable
from helpers.exercises.m08_loss_surface.random_slice import described

pytestmark = pytest.mark.tier("check")

COURSE = exercises()
PLOT, GRID, SLICE = (COURSE[name] for name in ("plot_surface", "loss_grid", "random_slice"))
PARAMS = {
    "W1": np.ones((4, 3)),
    "b1": np.ones((1, 3)),
    "W2": np.ones((3, 1)),
    "b2": np.ones((1, 1)),
}


def names(ax):
    ax.set(xlabel="w1", ylabel="w2", zlabel="loss")


def whole(ax, w1s, w2s, L, path, **options):
    W1, W2 = np.meshgrid(w1s, w2s)
    ax.plot_surface(W1, W2, L)
    ax.plot(*path.T, **options)
    names(ax)


def told(verdict):
    return " ".join(without_color(message(verdict)).split())


def test_everything_that_is_missing_is_said():
    verdict = PLOT.verdict(lambda ax, w1s, w2s, L, path: ax.plot([0, 1], [0, 1], [0, 1]))
    assert verdict.state is State.WRONG
    for part in ("no surface", "No line goes from row 0", "x-axis", "y-axis", "z-axis"):
        assert part in verdict.problem


@pytest.mark.parametrize(
    "options",
    [
        {"alpha": 0}, {"visible": False}, {"linestyle": ""}, {"linestyle": "None"},
        {"color": "none"}, {"linewidth": 0}, {"color": "white"},
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_seen_does_not_count(options):
    def hidden(ax, w1s, w2s, L, path):
        whole(ax, w1s, w2s, L, path, **options)

    assert "There is a line, but it is invisible" in PLOT.verdict(hidden).problem


def test_a_surface_that_cannot_be_seen_does_not_count():
    def hidden(ax, w1s, w2s, L, path):
        whole(ax, w1s, w2s, L, path)
        ax.collections[0].set_visible(False)

    assert "The surface is drawn, but invisible" in PLOT.verdict(hidden).problem


@pytest.mark.parametrize("options", [{"color": "red", "marker": "*"}, {"linestyle": ":"}])
def test_any_line_that_can_be_seen_counts(options):
    assert PLOT.verdict(lambda *args: whole(*args, **options)).right


def test_a_path_in_the_wrong_order_is_not_the_path():
    def shuffled(ax, w1s, w2s, L, path):
        whole(ax, w1s, w2s, L, path[np.argsort(path[:, 0])][[1, *range(2, len(path)), 0]])

    verdict = PLOT.verdict(shuffled)
    assert verdict.state is State.WRONG
    assert "No line goes from row" in verdict.problem


def test_a_drawing_with_pyplot_is_told(capfd):
    from matplotlib import pyplot as plt

    def elsewhere(ax, w1s, w2s, L, path):
        whole(plt.figure().add_subplot(projection="3d"), w1s, w2s, L, path)
        plt.close("all")

    assert PLOT.verdict(elsewhere).mistake == "surface_elsewhere"
    assert capfd.readouterr() == ("", "")


def test_calls_of_the_loss_are_counted():
    def twice(loss, w1s, w2s):
        loss(w1s[0], w2s[0])
        return loss(w1s, w2s[:, None])

    verdict = GRID.verdict(twice)
    assert verdict.state is State.WRONG
    assert verdict.problem == "The first difference is in calls of loss."
    assert verdict.got == "calls of loss: 2"


def test_a_grid_that_is_printed_is_told():
    def printed(loss, w1s, w2s):
        print(loss(w1s, w2s[:, None]))

    assert "returns None" in GRID.verdict(printed).problem


def test_a_direction_does_not_depend_on_luck():
    facts = [described(SLICE.reference, PARAMS, Seed(seed)) for seed in range(5)]
    assert all(found == facts[0] for found in facts)
    assert facts[0]["norms that are kept"] == "W1 of each column, W2 of each column"


def test_any_seed_accepts_the_reference_and_another_order_of_draws():
    for seed in range(20):
        for attempt in (SLICE.reference, *SLICE.variants):
            assert SLICE.verdict(attempt, seed).right


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (None, "returns None"),
        ([1, 2], "a dict with the same keys"),
        ({"W1": "a"}, "array of finite numbers"),
        ({"W1": np.full((4, 3), np.nan)}, "array of finite numbers"),
        ({1: 2}, "a dict with the same keys"),
        ((x for x in "ab"), "It should be a dict"),
    ],
)
def test_an_answer_of_the_wrong_make_is_named(answer, sentence):
    with pytest.raises(Unusable, match=sentence):
        described(lambda params, rng: answer, PARAMS, Seed(1))


def test_a_key_that_is_missing_is_told_as_such():
    def short(params, rng):
        return {name: D for name, D in SLICE.reference(params, rng).items() if name != "b2"}

    assert "in keys." in SLICE.verdict(short).problem
    assert "W1, W2, b1" in told(SLICE.verdict(short))


def test_an_earlier_stub_is_named():
    def bowl_gradient(w1, w2):
        raise NotImplementedError("Exercise 8.1: the gradient of the bowl")

    verdict = COURSE["descent_path_3d"].verdict(lambda start, lr, steps: bowl_gradient(*start))
    assert "uses exercise 8.1" in verdict.problem


def test_a_path_drawn_with_plt_is_elsewhere():
    def attempt(ax, w1s, w2s, L, path):
        whole(ax, w1s, w2s, L, path)
        ax.lines[0].remove()
        plt.plot(path[:, 0], path[:, 1])

    before = plt.get_fignums()
    verdict = PLOT.verdict(attempt)
    assert "Something was drawn with plt, on other axes." in verdict.problem
    assert verdict.cause == ""
    assert plt.get_fignums() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda ax: plt.figure(), lambda ax: ax.invert_zaxis(), lambda ax: ax.set_zlim(-5, 50),
        lambda ax: ax.grid(),
    ],
)  # fmt: skip
def test_taste_is_free(change):
    def attempt(ax, *args):
        whole(ax, *args)
        change(ax)

    assert PLOT.verdict(attempt).state is State.RIGHT
