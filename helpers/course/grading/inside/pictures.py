"""What can be seen on Axes, as plain data."""

from typing import Any

import numpy as np

_MOST_ARTISTS = 500


def fresh_axes(projection: str) -> Any:
    """Return the only Axes of a new figure that no screen shows."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    return figure.add_subplot(projection=projection)


def seen_on(ax: Any) -> dict[str, Any]:
    """Return what can be seen on Axes: labels, limits, lines, surfaces, points and legend."""
    axes = [name for name in "xyz" if hasattr(ax, f"get_{name}label")]
    legend = ax.get_legend()
    return {
        "title": str(ax.get_title()),
        "labels": {name: str(getattr(ax, f"get_{name}label")()) for name in axes},
        "limits": {name: list(map(float, getattr(ax, f"get_{name}lim")())) for name in axes},
        "scales": {name: str(getattr(ax, f"get_{name}scale")()) for name in axes},
        "lines": [_line(line) for line in ax.get_lines()[:_MOST_ARTISTS]],
        "collections": [_collection(item) for item in ax.collections[:_MOST_ARTISTS]],
        "legend": None if legend is None else _legend(legend),
    }


def _line(line: Any) -> dict[str, Any]:
    data = line.get_data_3d() if hasattr(line, "get_data_3d") else line.get_data(orig=True)
    return {"data": list(data), **_look(line)}


def _look(artist: Any) -> dict[str, Any]:
    names = ("color", "linestyle", "marker", "linewidth", "label")
    look = {name: getattr(artist, f"get_{name}")() for name in names}
    return {
        name: value if isinstance(value, str | int | float) else _numbers(value)
        for name, value in look.items()
    }


def _numbers(value: Any) -> list[float]:
    return np.asarray(value, dtype=float).ravel().tolist()


def _collection(item: Any) -> dict[str, Any]:
    """Return a surface as its polygons, and anything else as its points and its lines."""
    found: dict[str, Any] = {"kind": type(item).__name__, "label": str(item.get_label())}
    if hasattr(item, "_offsets3d"):
        found["points"] = [np.ma.filled(part, np.nan) for part in item._offsets3d]
    elif hasattr(item, "_segments3d"):
        found["segments"] = [np.asarray(part, dtype=float) for part in item._segments3d]
    elif hasattr(item, "_vec"):
        found["polygons"] = _polygons(item)
    elif hasattr(item, "get_offsets"):
        found["points"] = list(np.ma.filled(item.get_offsets().astype(float), np.nan).T)
    if item.get_array() is not None:
        found["values"] = np.ma.filled(np.ma.asarray(item.get_array(), dtype=float), np.nan)
    return found


def _polygons(item: Any) -> list[np.ndarray]:
    if hasattr(item, "_faces"):
        return [np.asarray(face, dtype=float) for face in item._faces]
    corners = np.asarray(item._vec[:3], dtype=float).T
    return [corners[part] for part in item._segslices]


def _legend(legend: Any) -> dict[str, Any]:
    return {
        "texts": [str(text.get_text()) for text in legend.get_texts()],
        "handles": [
            _look(handle)
            if hasattr(handle, "get_linestyle") and hasattr(handle, "get_marker")
            else {}
            for handle in legend.legend_handles
        ],
    }
