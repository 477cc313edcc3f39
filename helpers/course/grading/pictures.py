"""Draw again, on the grader's own Axes, what a student's function has drawn on its own."""

from typing import Any

import numpy as np

_LOOK = ("color", "linestyle", "marker", "linewidth")


def draw_on(ax: Any, seen: dict[str, Any]) -> None:
    """Draw what `helpers.course.grading.inside.pictures.seen_on` has read elsewhere."""
    ax.set_title(str(seen["title"]))
    for name, text in seen["labels"].items():
        getattr(ax, f"set_{name}label")(str(text))
    for line in seen["lines"]:
        ax.plot(*line["data"], **_look(line), label=str(line["label"]))
    for item in seen["collections"]:
        _draw_collection(ax, item)
    for name, limits in seen["limits"].items():
        getattr(ax, f"set_{name}lim")(*limits)
    if seen["legend"] is not None:
        _draw_legend(ax, seen["legend"])


def _look(seen: dict[str, Any]) -> dict[str, Any]:
    look = {key: seen[key] for key in _LOOK}
    if not isinstance(look["color"], str):
        look["color"] = tuple(look["color"])
    if str(look["marker"]).startswith("$"):  # a formula, which would be typeset here
        look["marker"] = "o"
    return look


def _draw_collection(ax: Any, item: dict[str, Any]) -> None:
    """Draw a surface, lines in space, or points."""
    made = None
    if "polygons" in item:
        from mpl_toolkits.mplot3d.art3d import Poly3DCollection

        made = Poly3DCollection(item["polygons"])
        ax.add_collection3d(made)
    elif "segments" in item:
        from mpl_toolkits.mplot3d.art3d import Line3DCollection

        made = Line3DCollection(item["segments"])
        ax.add_collection3d(made)
    elif len(item.get("points", ())) >= 2 and np.size(item["points"][0]):
        made = ax.scatter(*item["points"])
    if made is not None:
        made.set_label(str(item["label"]))
        values = item.get("values")
        if values is not None and (
            "points" not in item or np.size(values) == np.size(item["points"][0])
        ):
            made.set_array(values)


def _draw_legend(ax: Any, legend: dict[str, Any]) -> None:
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], **(_look(look) if look else {})) for look in legend["handles"]]
    ax.legend(handles, [str(text) for text in legend["texts"]])
