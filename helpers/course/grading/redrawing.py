"""Draw again, on the grader's own Axes, what a student's function has drawn on its own."""

from typing import Any

import numpy as np

from helpers.checks.plain import plain
from helpers.course.grading.inside.drawings import METHODS, MOST_ARTISTS

_LOOK = ("color", "linestyle", "marker", "linewidth")
_MOST_NUMBERS = 200_000
_MOST_LEVELS = 50
_LONGEST_TEXT = 1_000
_LONGEST_POINT = 100  # of text in place of a number, which NumPy makes as wide as the longest


def draw_on(ax: Any, seen: dict[str, Any]) -> None:
    """Draw what `helpers.course.grading.inside.drawings.seen_on` has read elsewhere.

    Raises
    ------
    ValueError, TypeError
        If there is too much to draw, or it is no picture.
    """
    seen = plain(seen)
    _require_few(seen)
    ax.set_title(_text(seen["title"]))
    for name, text in seen["labels"].items():
        getattr(ax, f"set_{name}label")(_text(text))
    for line in seen["lines"]:
        for made in ax.plot(*line["data"], **_look(line)):
            _show(made, line)
    for item in seen["collections"]:
        if item["method"] in METHODS:
            _show(getattr(ax, item["method"])(*_drawn_from(item)), item)
    for name, limits in seen["limits"].items():
        getattr(ax, f"set_{name}lim")(*limits)
    if not seen["axes shown"]:
        ax.set_axis_off()
    if seen["legend"] is not None:
        _draw_legend(ax, seen["legend"])


def _require_few(seen: dict[str, Any]) -> None:
    legend = seen["legend"] or {"handles": [], "texts": []}
    kinds = (seen["lines"], seen["collections"], legend["handles"], legend["texts"])
    if any(len(artists) > MOST_ARTISTS for artists in kinds):
        raise ValueError("there are too many lines")
    if sum(_size(item["data"]) for artists in kinds[:2] for item in artists) > _MOST_NUMBERS:
        raise ValueError("there are too many points")


def _size(data: Any) -> int:
    """Count numbers without making an array of them."""
    if isinstance(data, list | tuple):
        return sum(map(_size, data))
    if isinstance(data, str) and len(data) > _LONGEST_POINT:
        raise ValueError("this is no number")
    return data.size if isinstance(data, np.ndarray) else 1


def _drawn_from(seen: dict[str, Any]) -> list[Any]:
    """Return what surfaces, contours or points are drawn from; of contours, not too many."""
    data = seen["data"][:3]
    if seen["method"].startswith("contour") and len(data) == 2:
        levels = data[1]
        data[1] = min(levels, _MOST_LEVELS) if np.ndim(levels) == 0 else levels[:_MOST_LEVELS]
    return data


def _text(text: Any) -> str:
    return str(text)[:_LONGEST_TEXT]


def _show(artist: Any, seen: dict[str, Any]) -> None:
    artist.set_label(_text(seen["label"]))
    artist.set_visible(seen["visible"])
    if seen["alpha"] is not None:
        artist.set_alpha(float(seen["alpha"]))


def _look(seen: dict[str, Any]) -> dict[str, Any]:
    look = {key: seen[key] for key in _LOOK}
    if not isinstance(look["color"], str):
        look["color"] = tuple(look["color"])
    if str(look["marker"]).startswith("$"):  # a formula, which would be typeset here
        look["marker"] = "o"
    return look


def _draw_legend(ax: Any, legend: dict[str, Any]) -> None:
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], **(_look(look) if look else {})) for look in legend["handles"]]
    ax.legend(handles, [_text(text) for text in legend["texts"]])
