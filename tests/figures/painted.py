"""A figure as it is painted."""

import io

from matplotlib.figure import Figure


def png(fig: Figure) -> bytes:
    """Paint a figure and return it as a PNG image, without laying it out a second time."""
    buffer = io.BytesIO()
    fig.canvas.print_png(buffer)
    return buffer.getvalue()
