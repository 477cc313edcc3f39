"""What can be seen on Axes, as plain data."""

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

METHODS = ("plot_surface", "plot_wireframe", "plot_trisurf", "contour", "contourf", "scatter")
MOST_ARTISTS = 500  # of each kind


def fresh_axes(projection: str) -> Any:
    """Return the only Axes of a new figure that no screen shows."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    ax = figure.add_subplot(projection=projection)
    for name in METHODS:
        if hasattr(ax, name):
            setattr(ax, name, _recorded(getattr(ax, name), name))
    return ax


def _recorded(method: Callable, name: str) -> Callable:
    """Wrap a drawing method so that what it draws remembers its data."""

    @functools.wraps(method)
    def draw(*args: Any, **options: Any) -> Any:
        made = method(*args, **options)
        data = [*args, *(options[key] for key in ("X", "Y", "Z") if key in options)][:3]
        made.drawn_by, made.drawn_from = name, data
        return made

    return draw


def seen_on(ax: Any) -> dict[str, Any]:
    """Return what can be seen on Axes: labels, limits, lines, surfaces, points and legend."""
    axes = [name for name in "xyz" if hasattr(ax, f"get_{name}label")]
    legend = ax.get_legend() or next(iter(ax.figure.legends), None)
    return {
        "title": str(ax.get_title()),
        "labels": {name: str(getattr(ax, f"get_{name}label")()) for name in axes},
        "limits": {name: list(map(float, getattr(ax, f"get_{name}lim")())) for name in axes},
        "axes shown": bool(getattr(ax, "_axis3don", ax.axison)),  # 3D axes have their own switch
        "lines": [_line(line) for line in ax.get_lines()[:MOST_ARTISTS]],
        "collections": [_collection(item) for item in ax.collections[:MOST_ARTISTS]],
        "legend": None if legend is None else _legend(legend),
    }


def _line(line: Any) -> dict[str, Any]:
    data = line.get_data_3d() if hasattr(line, "get_data_3d") else line.get_data(orig=True)
    return {"data": list(data), **_look(line), **_shown(line)}


def _look(artist: Any) -> dict[str, Any]:
    names = ("color", "linestyle", "marker", "linewidth")
    look = {name: getattr(artist, f"get_{name}")() for name in names}
    return {
        name: value if isinstance(value, str | int | float) else _numbers(value)
        for name, value in look.items()
    }


def _shown(artist: Any) -> dict[str, Any]:
    alpha = artist.get_alpha()
    return {
        "label": str(artist.get_label()),
        "visible": bool(artist.get_visible()),
        "alpha": None if alpha is None else float(np.min(alpha)),
    }


def _numbers(value: Any) -> list[float]:
    return np.asarray(value, dtype=float).ravel().tolist()


def _collection(item: Any) -> dict[str, Any]:
    """Return a surface, contours or points as what they were drawn from."""
    return {
        "method": getattr(item, "drawn_by", ""),
        "data": list(getattr(item, "drawn_from", ())),
        **_shown(item),
    }


def _legend(legend: Any) -> dict[str, Any]:
    return {
        "texts": [str(text.get_text()) for text in legend.get_texts()[:MOST_ARTISTS]],
        "handles": [
            _look(handle)
            if hasattr(handle, "get_linestyle") and hasattr(handle, "get_marker")
            else {}
            for handle in legend.legend_handles[:MOST_ARTISTS]
        ],
    }
