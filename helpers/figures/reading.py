"""The drawings of module 09: many digits at once, who is taken for whom, what many seeds give."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from helpers.figures.base import BLACK, BLUE, GRAY, ORANGE, PALE, SHADE, VERMILLION, number
from helpers.figures.handwriting import digit


def digit_grid(axes: Sequence[Axes], X: ArrayLike, titles: Sequence[str]) -> str:
    """Draw a picture on each Axes, its title above it.

    Parameters
    ----------
    axes : sequence of Axes
    X : array (at most as many, 64)
        Those Axes that are left over stay empty.
    titles : sequence of str
    """
    axes = list(axes)
    for ax, pixels, title in zip(axes, X, titles, strict=False):
        digit(ax, pixels, title)
    for ax in axes[len(X) :]:
        ax.axis("off")
    return f"{len(X)} pictures of 8 × 8 pixels, with the titles {', '.join(titles[: len(X)])}."


def confusion(ax: Axes, M: ArrayLike) -> str:
    """Draw a confusion matrix: right answers shaded, mistakes framed, each with its number.

    Parameters
    ----------
    ax : Axes
    M : array (k, k) of int
        Row true class, column prediction.
    """
    M = np.asarray(M)
    k = len(M)
    wrong = M * (1 - np.eye(k, dtype=int))
    for (row, column), count in np.ndenumerate(M):
        if row == column:
            ax.barh(row, 1, 1, column - 0.5, color=SHADE, edgecolor="none")
        if count:
            ax.text(column, row, str(count), ha="center", va="center", fontsize=10)
        if wrong[row, column]:
            look = {"color": PALE, "edgecolor": ORANGE, "linewidth": 1.5}
            ax.barh(row, 0.9, 0.9, column - 0.45, **look)
    ticks = range(k)
    ax.set(xticks=ticks, yticks=ticks, xlim=(-0.5, k - 0.5), ylim=(k - 0.5, -0.5), aspect="equal")
    ax.set(xlabel="what the network says", ylabel="what it is")
    pairs = [(int(wrong[i, j]), i, j) for i in ticks for j in ticks if wrong[i, j]]
    pairs.sort(key=lambda pair: -pair[0])
    said = ", ".join(f"{i} for {j} {count} times" for count, i, j in pairs[:5])
    return (
        f"A table of {k} by {k} counts: {int(np.trace(M))} of {int(M.sum())} rows on the diagonal, "
        f"where they are right. Taken most often: {said or 'none'}."
    ).replace(" 1 times", " once")


def spread(ax: Axes, scores: Mapping[str, Sequence[float]]) -> str:
    """Draw each score as a dot, a line for each name, with its mean.

    Parameters
    ----------
    ax : Axes
    scores : dict
        A name, and the shares of one or of many runs.
    """
    said = []
    for place, (name, values) in enumerate(scores.items()):
        values = np.sort(np.asarray(values, dtype=float))
        beside = 0.1 * (np.arange(len(values)) % 3 - 1) * (len(values) > 1)
        ax.plot(values, place + beside, "o", markersize=8, markerfacecolor="white", color=BLUE)
        ax.plot([values.mean()] * 2, [place - 0.28, place + 0.28], color=VERMILLION, linewidth=2)
        ends = number(values[0], 3)
        if len(values) > 1:
            ends = f"{len(values)} from {ends} to {number(values[-1], 3)}, mean "
            ends += number(values.mean(), 3)
        said.append(f"{name}: {ends}")
    ax.set(yticks=range(len(scores)), ylim=(len(scores) - 0.4, -0.6), xlabel="share read rightly")
    ax.set_yticklabels(scores)
    ax.grid(axis="x", color=GRAY, alpha=0.3)
    ax.plot([], [], color=VERMILLION, linewidth=2, label="mean")
    ax.plot([], [], "o", color=BLUE, markerfacecolor="white", label="one run")
    ax.legend(frameon=False, labelcolor=BLACK)
    return f"A dot for each run. {'; '.join(said)}."
