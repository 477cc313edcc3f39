"""Digits written by hand, the ten bars that a network answers with, and weights as pictures."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from numpy.typing import ArrayLike

from helpers.figures.base import BLACK, BLUE, GRAY, SKY, number
from helpers.figures.colors import MINUS, PLUS

_SIGNS = LinearSegmentedColormap.from_list("signs", [MINUS, "white", PLUS])
_MARKED = 0.4  # weights from this share of the largest on have their sign written on them
_SAID = 0.01  # bars below this are not listed


def digit(ax: Axes, pixels: ArrayLike, title: str = "") -> str:
    """Draw a picture of ink on paper.

    Parameters
    ----------
    ax : Axes
    pixels : array (64,) or (8, 8)
        From 0, paper, to 1, ink, row by row from the upper left.
    title : str
        What stands above it.
    """
    picture = _square(pixels)
    ax.imshow(picture, cmap="gray_r", vmin=0, vmax=1)
    _frame(ax, title)
    rows, columns = picture.shape
    inked = int(np.count_nonzero(picture >= 0.5))
    name = f"“{title}”, a" if title else "A"
    return f"{name} picture of {rows} × {columns} pixels, {inked} of them dark."


def class_bars(
    ax: Axes,
    probabilities: ArrayLike,
    label: int | None = None,
    names: Sequence[str] | None = None,
) -> str:
    """Draw how probable each class is.

    Parameters
    ----------
    ax : Axes
    probabilities : array (k,)
    label : int, optional
        The right class; its bar is hatched and marked.
    names : sequence of str, optional
        What the classes are called; 0 to k − 1 by default.
    """
    p = np.ravel(probabilities)
    names = [str(i) for i in range(len(p))] if names is None else list(names)
    bars = ax.bar(names, p, color=SKY, edgecolor=BLUE, width=0.7)
    ax.bar_label(bars, [number(share) if share >= _SAID else "" for share in p], padding=2)
    ax.set(ylim=(0, 1.15), yticks=(0, 0.5, 1), ylabel="probability", xlabel="class")
    ranked = [i for i in np.argsort(-p, kind="stable") if p[i] >= _SAID]
    said = ", ".join(f"{names[i]} {number(p[i])}" for i in ranked)
    alt = f"A bar for each of {len(p)} classes: {said}; all others below {_SAID}."
    if label is None:
        return alt
    bars[label].set(hatch="///", edgecolor=BLACK)
    tick = ax.get_xticklabels()[label]
    tick.set(fontweight="bold")
    ax.set_xlabel(f"class (label: {names[label]}, hatched)")
    return f"{alt} The label is {names[label]}, with probability {number(p[label], 3)}."


def weight_picture(ax: Axes, w: ArrayLike, title: str = "", largest: float | None = None) -> str:
    """Draw the weights of one neuron where its inputs are: green pulls up, purple pulls down.

    The sign stands on those that are large, so that nothing depends on the colors.

    Parameters
    ----------
    ax : Axes
    w : array (64,) or (8, 8)
    title : str
    largest : float, optional
        The size that has the full color, where several pictures share it; that of these
        weights by default.
    """
    picture = _square(w)
    full = float(np.abs(picture).max() if largest is None else largest) or 1.0
    ax.imshow(picture, cmap=_SIGNS, vmin=-full, vmax=full)
    _frame(ax, title)
    for (row, column), weight in np.ndenumerate(picture):
        if abs(weight) >= _MARKED * full:
            sign = "+" if weight > 0 else "−"
            ax.text(column, row, sign, ha="center", va="center", color=BLACK, fontsize=9)
    name = f"“{title}”, weights" if title else "Weights"
    return (
        f"{name} as a picture of {picture.shape[0]} × {picture.shape[1]}: "
        f"{_extreme(picture, np.argmax(picture), 'the largest')}, "
        f"{_extreme(picture, np.argmin(picture), 'the lowest')}."
    )


def _extreme(picture: np.ndarray, place: int, which: str) -> str:
    row, column = np.unravel_index(place, picture.shape)
    return f"{which} is {number(picture[row, column])}, in row {row + 1}, column {column + 1}"


def _square(values: ArrayLike) -> np.ndarray:
    """Return values as a square picture.

    Raises
    ------
    ValueError
        If their number is no square.
    """
    values = np.asarray(values, dtype=float)
    side = round(values.size**0.5)
    if side * side != values.size:
        raise ValueError(f"a square picture is needed, such as 8 × 8, not {values.shape}")
    return values.reshape(side, side)


def _frame(ax: Axes, title: str) -> None:
    ax.set(xticks=(), yticks=(), title=title)
    for spine in ax.spines.values():
        spine.set(visible=True, color=GRAY)
