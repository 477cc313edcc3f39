"""Draw again, on the grader's own Axes, what a student's function has drawn on its own."""

from typing import Any

import numpy as np

from helpers.course.grading.inside.pictures import METHODS

_LOOK = ("color", "linestyle", "marker", "linewidth")
_MOST_NUMBERS = 200_000


def draw_on(ax: Any, seen: dict[str, Any]) -> None:
    """Draw what `helpers.course.grading.inside.pictures.seen_on` has read elsewhere.

    Raises
    ------
    ValueError
        If there is too much to draw.
    """
    _require_few(seen)
    ax.set_title(str(seen["title"]))
    for name, text in seen["labels"].items():
        getattr(ax, f"set_{name}label")(str(text))
    for line in seen["lines"]:
        for made in ax.plot(*line["data"], **_look(line)):
            _show(made, line)
    for item in seen["collections"]:
        if item["method"] in METHODS:
            _show(getattr(ax, item["method"])(*item["data"]), item)
    for name, limits in seen["limits"].items():
        getattr(ax, f"set_{name}lim")(*limits)
    if seen["legend"] is not None:
        _draw_legend(ax, seen["legend"])


def _require_few(seen: dict[str, Any]) -> None:
    parts = [part for item in (*seen["lines"], *seen["collections"]) for part in item["data"]]
    if sum(np.size(part) for part in parts) > _MOST_NUMBERS:
        raise ValueError("there are too many points")


def _show(artist: Any, seen: dict[str, Any]) -> None:
    artist.set_label(str(seen["label"]))
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
    ax.legend(handles, [str(text) for text in legend["texts"]])
