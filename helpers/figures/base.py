"""Canvases, colors and the one way in which a figure reaches the reader.

A drawing function takes a Matplotlib ``Axes``, draws on it, and returns a text
that says what can be seen. The same function serves the static figure, the
explorer and the test; the same text is the figure's alt text and the explorer's
text twin, so neither can fall behind the picture.
"""

import base64
import html
import threading
from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers.figures.packing import webp
from helpers.style import PICTURE_CLASS, STYLE_SHEET

# Okabe and Ito's palette, distinguishable with every common color vision.
BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GRAY, FAINT, PALE = "#666666", "#DDDDDD", "#F5F5F5"  # lines and words; grids; grounds
SHADE = "#BFE0F4"  # sky, lightened: for areas behind points and lines
ONES, ONES_EDGE = "#F4D7BF", "#E8B08C"  # vermillion, lightened: where class 1 is predicted

DOTS_PER_INCH = 80
_SHARPNESS = 2  # pictures have twice the pixels that they are shown with
_STYLE = {
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "figure.constrained_layout.use": True,
}

# One picture at a time: JupyterLab handles the messages of widgets on threads of their own, beside
# the cell that runs, and Matplotlib does not bear two threads.
_DRAWING = threading.RLock()


def canvas(
    rows: int = 1, columns: int = 1, size: tuple[float, float] = (5.5, 4.2), **options: Any
) -> tuple[Figure, Any]:
    """Make a figure with one Axes, or an array of them, in the course's style.

    Parameters
    ----------
    rows, columns : int
        How many Axes there are.
    size : tuple of float
        Width and height in inches; an inch is 80 pixels on the page.
    **options
        Passed to ``Figure.subplots``, for example ``subplot_kw``.

    Returns
    -------
    fig : Figure
    ax : Axes, or an array of Axes
    """
    with rc_context(_STYLE):
        fig = Figure(figsize=size, dpi=DOTS_PER_INCH)
        FigureCanvasAgg(fig)
        axes = fig.subplots(rows, columns, **options)
    return fig, axes


def embedded(fig: Figure) -> str:
    """Draw a figure and return it as the address of an image, as small as can be: for what stays.

    The picture has twice the pixels that it is shown with.
    """
    with _DRAWING:
        fig.dpi = _SHARPNESS * DOTS_PER_INCH
        try:
            fig.canvas.draw()
            pixels = np.asarray(fig.canvas.buffer_rgba())
        finally:
            fig.dpi = DOTS_PER_INCH
    return f"data:image/webp;base64,{base64.b64encode(webp(pixels)).decode()}"


class Picture:
    """A figure on the page: an HTML ``<figure>`` with its alt text.

    JupyterLab drops the alt text of PNG outputs and keeps that of HTML.
    """

    def __init__(self, fig: Figure, alt: str) -> None:
        if not alt.strip():
            raise ValueError("alt must say in words what the figure shows, but it is empty")
        self.fig = fig
        self.alt = " ".join(alt.split())

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"

    def _repr_html_(self) -> str:
        width = round(self.fig.get_figwidth() * DOTS_PER_INCH)
        return (
            f'{STYLE_SHEET}<figure style="margin:.5em 0">'
            f'<img class="{PICTURE_CLASS}" width="{width}" alt="{html.escape(self.alt)}" '
            f'src="{embedded(self.fig)}"></figure>'
        )


def show(fig: Figure, alt: str) -> None:
    """Show a figure in the notebook.

    Parameters
    ----------
    fig : Figure
        Made by `canvas`.
    alt : str
        What the figure shows, in words; drawing functions return it.

    Raises
    ------
    ValueError
        If `alt` is empty.
    """
    from IPython.display import display

    display(Picture(fig, alt))


def number(value: float, decimals: int = 2) -> str:
    """Write a number with a real minus sign and no needless zeros.

    >>> number(-1.50), number(2.0), number(-0.001)
    ('−1.5', '2', '0')
    """
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{value:.0f}"
    return "0" if text in ("-0", "") else text.replace("-", "−")


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def scientific(value: float, decimals: int = 1) -> str:
    """Write a very small or large number as a multiple of a power of ten.

    The one way in which texts and pictures write it. In code, and in what code prints, the same
    number is 9.5e-07.

    >>> scientific(9.54e-7), scientific(-4e25), scientific(1e-10, 0), scientific(np.inf)
    ('9.5·10⁻⁷', '−4·10²⁵', '1·10⁻¹⁰', 'inf')
    """
    if value == 0 or not np.isfinite(value):
        return number(value)
    digits, power = f"{value:.{decimals}e}".split("e")
    return f"{number(float(digits), decimals)}·10{str(int(power)).translate(_RAISED)}"


def small(value: float, decimals: int = 3) -> str:
    """Write a number that may be very small.

    >>> small(0.25), small(9.54e-7), small(0.0)
    ('0.25', '9.5·10⁻⁷', '0')
    """
    if value == 0 or abs(value) >= 10.0**-decimals:
        return number(value, decimals)
    return scientific(value)


def one_of(name: str, value: Any, known: Iterable) -> Any:
    """Return a choice that somebody has made, if there is such a one.

    Raises
    ------
    ValueError
        If there is not; lists those that there are.

    >>> one_of("gate", "XOR", ("AND", "XOR"))
    'XOR'
    """
    known = tuple(known)
    if value not in known:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, known))}, but is {value!r}.")
    return value


def square(ax: Axes, low: float, high: float) -> None:
    """Give both axes the same range and the same scale."""
    ax.set(xlim=(low, high), ylim=(low, high), aspect="equal")


def points(ax: Axes, X: np.ndarray, y: np.ndarray, size: float = 11, edge: float = 2) -> None:
    """Draw labeled points: hollow circles for 0, filled squares for 1.

    Parameters
    ----------
    ax : Axes
    X : array, (m, 2)
    y : array, (m,) or (m, 1)
        Labels, 0 or 1.
    size, edge : float
        How large a mark is, and how thick its edge, in points.
    """
    for label, marker, face, color in ((0, "o", "white", BLUE), (1, "s", VERMILLION, VERMILLION)):
        rows = X[np.ravel(y) == label]
        ax.plot(
            rows[:, 0],
            rows[:, 1],
            marker,
            markersize=size,
            markerfacecolor=face,
            markeredgecolor=color,
            markeredgewidth=edge,
            label=f"target {label}",
            zorder=3,
        )
