"""Exercise 8.4 judges a figure: what was drawn elsewhere is said, and closed."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from helpers.checks import State
from helpers.checks.exercise import exercises


@pytest.fixture
def judge():
    return exercises()["plot_surface"].verdict


def _drawn(ax, w1s, w2s, L, path):
    ax.plot_surface(*np.meshgrid(w1s, w2s), L)
    ax.plot(*path.T)
    ax.set(xlabel="w1", ylabel="w2", zlabel="loss")


def test_a_path_drawn_with_plt_is_elsewhere(judge):
    def attempt(ax, w1s, w2s, L, path):
        _drawn(ax, w1s, w2s, L, path)
        ax.lines[0].remove()
        plt.plot(path[:, 0], path[:, 1])

    before = plt.get_fignums()
    verdict = judge(attempt)
    assert "Something was drawn with plt, on other axes." in verdict.problem
    assert verdict.cause == ""
    assert plt.get_fignums() == before


def test_a_right_figure_may_have_a_companion(judge):
    def attempt(ax, w1s, w2s, L, path):
        _drawn(ax, w1s, w2s, L, path)
        plt.figure()

    assert judge(attempt).state is State.RIGHT


@pytest.mark.parametrize(
    "change", [lambda ax: ax.invert_zaxis(), lambda ax: ax.set_zlim(-5, 50), lambda ax: ax.grid()]
)
def test_taste_is_free(judge, change):
    def attempt(ax, *args):
        _drawn(ax, *args)
        change(ax)

    assert judge(attempt).state is State.RIGHT
