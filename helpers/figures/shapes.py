"""The drawings of module 00: matrices as boxes, with their shapes."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.figures.base import (
    BLACK,
    BLUE,
    GRAY,
    GREEN,
    ORANGE,
    PALE,
    PURPLE,
    SHADE,
    VERMILLION,
    number,
)

_GAP = 1.5  # between two matrices, in cells
Shape = tuple[int, ...]


def box(
    ax: Axes,
    left: float,
    values: np.ndarray,
    label: str,
    color: str,
    face: str = "white",
    bottom: float = 0.0,
    dashed: bool = False,
) -> None:
    """Draw one matrix: a grid of cells, its numbers, and its label above.

    Parameters
    ----------
    ax : Axes
    left, bottom : float
        Where it stands, in cells; `bottom` is its middle line.
    values : array, (rows, columns)
        What the cells say; nan for nothing.
    label : str
        What stands above.
    color, face : str
        The color of the lines and of the cells.
    dashed : bool
        Whether the cells are drawn as not really there.
    """
    rows, columns = values.shape
    top = bottom + rows / 2
    for i in range(rows):
        for j in range(columns):
            ax.add_patch(
                Rectangle(
                    (left + j, top - i - 1),
                    1,
                    1,
                    facecolor=face,
                    edgecolor=color,
                    linewidth=1.5,
                    linestyle="--" if dashed else "-",
                )
            )
            if not np.isnan(values[i, j]):
                ax.text(
                    left + j + 0.5, top - i - 0.5, number(values[i, j]), ha="center", va="center"
                )
    ax.text(left + columns / 2, top + 0.25, label, ha="center", va="bottom")


def _mark(ax: Axes, corner: tuple[float, float], width: float, height: float) -> None:
    """Shade and frame some cells, under their numbers."""
    ax.add_patch(Rectangle(corner, width, height, facecolor=ORANGE, alpha=0.3, zorder=2))
    frame = Rectangle(corner, width, height, fill=False, edgecolor=BLACK, linewidth=3.5, zorder=2)
    ax.add_patch(frame)


def _sign(ax: Axes, x: float, text: str, y: float = 0.0) -> None:
    ax.text(x, y, text, ha="center", va="center", fontsize=16)


def _empty(rows: int, columns: int) -> np.ndarray:
    return np.full((rows, columns), np.nan)


def _finish(ax: Axes, right: float, half_height: float, below: float = 0.6) -> None:
    """Fit the picture, with room for labels above and notes below."""
    ax.set(xlim=(-0.4, right + 0.4), ylim=(-half_height - below, half_height + 1.3), aspect="equal")
    ax.axis("off")


def inner_dimension(ax: Axes, m: int, n_in: int, n_out: int) -> str:
    """Draw X @ W with the dimension that must agree, and the shape of the product.

    Parameters
    ----------
    ax : Axes
    m, n_in, n_out : int
        X is (m, n_in) and W is (n_in, n_out).
    """
    w = n_in + _GAP
    z = w + n_out + _GAP
    half = max(m, n_in) / 2
    box(ax, 0, _empty(m, n_in), f"X ({m}, {n_in})", BLUE)
    box(ax, w, _empty(n_in, n_out), f"W ({n_in}, {n_out})", VERMILLION)
    box(ax, z, _empty(m, n_out), f"X @ W ({m}, {n_out})", GREEN)
    _mark(ax, (0, m / 2 - 1), n_in, 1)
    _mark(ax, (w, -n_in / 2), 1, n_in)
    _mark(ax, (z, m / 2 - 1), 1, 1)
    _sign(ax, n_in + _GAP / 2, "@")
    _sign(ax, w + n_out + _GAP / 2, "=")
    note = f"inner dimensions agree: {n_in} and {n_in}; the outer ones stay: {m} and {n_out}"
    ax.text((z + n_out) / 2, -half - 0.35, note, ha="center", va="top")
    _finish(ax, z + n_out, half, 1.4)
    return (
        f"X with {m} rows and {n_in} columns, times W with {n_in} rows and {n_out} columns, gives "
        f"{m} rows and {n_out} columns. The inner dimensions, {n_in} and {n_in}, agree and "
        f"disappear. Framed: the first row of X and the first column of W make the first entry "
        f"of the product."
    )


def broadcast_row(ax: Axes, Z: np.ndarray, b: np.ndarray) -> str:
    """Draw how one row is added to every row of a matrix.

    Parameters
    ----------
    ax : Axes
    Z : array, (m, n)
    b : array, (1, n)
    """
    m, n = Z.shape
    second = n + _GAP
    third = second + n + _GAP
    box(ax, 0, Z, f"({m}, {n})", BLUE)
    repeated = np.vstack([_empty(1, n), np.tile(b, (m - 1, 1))])
    box(ax, second, repeated, f"(1, {n}), repeated", GRAY, PALE, dashed=True)
    box(ax, second, b, "", VERMILLION, bottom=m / 2 - 0.5)
    box(ax, third, Z + b, f"({m}, {n})", GREEN)
    _sign(ax, n + _GAP / 2, "+")
    _sign(ax, second + n + _GAP / 2, "=")
    _finish(ax, third + n, m / 2, 0.3)
    row = ", ".join(map(number, b[0]))
    return (
        f"A matrix of shape ({m}, {n}) plus one row of shape (1, {n}), the numbers {row}. NumPy "
        f"uses the row {m} times, once for each row of the matrix; the repeated rows are dashed. "
        f"The first row of the sum is {', '.join(map(number, (Z + b)[0]))}."
    )


def means_over_axes(axes: Sequence[Axes], X: np.ndarray) -> str:
    """Draw the means of the columns and of the rows beside the matrix that they come from.

    Parameters
    ----------
    axes : two Axes
    X : array, (m, n)
    """
    m, n = X.shape
    columns, rows = X.mean(axis=0, keepdims=True), X.mean(axis=1, keepdims=True)
    arrow = {"arrowstyle": "->", "color": BLACK, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0}
    down, across = axes
    box(down, 0, X, f"X ({m}, {n})", BLUE)
    box(down, 0, columns, "", VERMILLION, SHADE, bottom=-m / 2 - 1.5)
    for j in range(n):
        down.annotate("", (j + 0.5, -m / 2 - 0.95), (j + 0.5, -m / 2 - 0.05), arrowprops=arrow)
    down.text(n + 0.25, -m / 2 - 1.5, f"(1, {n})", va="center")
    down.set(xlim=(-0.6, n + 2.2), ylim=(-m / 2 - 2.2, m / 2 + 1.2), aspect="equal")
    box(across, 0, X, f"X ({m}, {n})", BLUE)
    box(across, n + 1, rows, f"({m}, 1)", VERMILLION, SHADE)
    for i in range(m):
        y = m / 2 - i - 0.5
        across.annotate("", (n + 0.95, y), (n + 0.05, y), arrowprops=arrow)
    across.set(xlim=(-0.6, n + 2.4), ylim=(-m / 2 - 2.2, m / 2 + 1.2), aspect="equal")
    down.set_title("axis=0: the rows go")
    across.set_title("axis=1: the columns go")
    for ax in axes:
        ax.axis("off")
    said = ", ".join(map(number, columns[0])), ", ".join(map(number, rows[:, 0]))
    return (
        f"A matrix of shape ({m}, {n}), twice. With axis=0 the mean runs down each column and "
        f"leaves one row, (1, {n}): {said[0]}. With axis=1 it runs across each row and leaves one "
        f"column, ({m}, 1): {said[1]}. Both with keepdims=True."
    )


def star_and_at(axes: Sequence[Axes], A: np.ndarray, B: np.ndarray) -> str:
    """Draw A * B above or beside A @ B, for two square matrices.

    Parameters
    ----------
    axes : two Axes
    A, B : array, (n, n)
    """
    n = len(A)
    second, third = n + _GAP, 2 * (n + _GAP)
    for ax, sign, C in zip(axes, ("*", "@"), (A * B, A @ B), strict=True):
        for left, values, name, color in (
            (0, A, "A", BLUE),
            (second, B, "B", VERMILLION),
            (third, C, f"A {sign} B", GREEN),
        ):
            box(ax, left, values, name, color)
        _sign(ax, n + _GAP / 2, sign)
        _sign(ax, second + n + _GAP / 2, "=")
        _finish(ax, third + n, n / 2, 1.3)
    a, b = A[0], B[:, 0]
    products = " + ".join(f"{number(x)}·{number(y)}" for x, y in zip(a, b, strict=True))
    one = f"{number(a[0])}·{number(b[0])} = {number(a[0] * b[0])}"
    other = f"{products} = {number(a @ b)}"
    for ax, note in zip(axes, (f"first entry: {one}", f"first entry: {other}"), strict=True):
        ax.text((third + n) / 2, -n / 2 - 0.35, note, ha="center", va="top")
        for left, width, height in (
            (0, 1 if ax is axes[0] else n, 1),
            (second, 1, 1 if ax is axes[0] else n),
            (third, 1, 1),
        ):
            _mark(ax, (left, n / 2 - height), width, height)
    return (
        f"Two pairs of the same matrices A and B. A * B multiplies entry by entry; its first entry "
        f"is {one}. A @ B multiplies rows by columns and sums; its first entry is {other}."
    )


def layer_shapes(ax: Axes, m: int, w_shape: Shape, n_in: int, b_shape: Shape) -> str:
    """Draw the shapes of X @ W + b, as far as they fit.

    Parameters
    ----------
    ax : Axes
    m, n_in : int
        X is (m, n_in).
    w_shape : tuple of int, (2,)
        The shape of W.
    b_shape : tuple of int
        The shape of b, flat or two-dimensional.
    """
    ax.clear()
    product, total, said = layer_result((m, n_in), w_shape, b_shape)
    shown_b = (1, *b_shape)[-2:]
    matrices = [
        ("X", (m, n_in), (m, n_in), BLUE),
        ("W", w_shape, w_shape, VERMILLION),
        ("b", b_shape, shown_b, PURPLE),
        ("Z", total, total, GREEN),
    ]
    left, ends = 0.0, []
    half = max(s[0] for _, _, s, _ in matrices if s) / 2
    for name, shape, shown, color in matrices:
        if shown is None:
            ax.text(left + 1, 0, "?", ha="center", va="center", fontsize=22)
            ax.text(left + 1, 1.25, f"{name}: error", ha="center", va="bottom")
            ends.append(left + 2)
        else:
            width = max(shown[1], 2)  # room for the label
            inset = (width - shown[1]) / 2
            face = SHADE if name == "Z" else "white"
            box(ax, left + inset, _empty(*shown), f"{name}\n{shape}", color, face)
            ends.append(left + width)
        left = ends[-1] + _GAP
    for end, sign in zip(ends, "@+=", strict=False):
        _sign(ax, end + _GAP / 2, sign)
    if not total:
        stop = ends[1 if product else 0] + _GAP / 2
        ax.text(stop, -0.9, "✗", ha="center", va="top", fontsize=16, fontweight="bold")
    verdict = said.split(". ")[0]
    ax.text(ends[-1] / 2, -half - 0.5, verdict, ha="center", va="top", fontweight="bold")
    _finish(ax, ends[-1], half, 1.9)
    ax.set_ylim(-half - 1.9, half + 2.2)
    return said


def layer_result(
    x_shape: Shape, w_shape: Shape, b_shape: Shape
) -> tuple[Shape | None, Shape | None, str]:
    """Return the shapes of X @ W and of X @ W + b, and what there is to say about them.

    A shape is None where there is none, because NumPy stops.

    >>> layer_result((5, 3), (3, 2), (1, 2))[:2]
    ((5, 2), (5, 2))
    >>> print(layer_result((5, 3), (2, 3), (1, 2))[2])
    ✗ NumPy stops at X @ W. The inner dimensions are 3 and 2, and they must agree.
    """
    m, n_in = x_shape
    if n_in != w_shape[0]:
        problem = f"The inner dimensions are {n_in} and {w_shape[0]}, and they must agree."
        return None, None, f"✗ NumPy stops at X @ W. {problem}"
    product = (m, w_shape[1])
    works = f"X @ W has the shape {product}: the inner dimensions, {n_in} and {n_in}, agree."
    try:
        total = np.broadcast_shapes(product, b_shape)
    except ValueError:
        problem = f"b is {b_shape}. Compared from the right, two sizes must be equal, or one is 1."
        return product, None, f"✗ NumPy stops at + b. {works} {problem}"
    if total != product:
        warning = f"Adding b {b_shape} makes it {total}: both are repeated until they fit."
        return product, total, f"⚠ It runs, but Z has a wrong shape. {works} {warning}"
    if (1, *b_shape)[-2:] != (1, product[1]):
        warning = f"b {b_shape} does not hold one number for each output, so NumPy repeats it."
        return product, total, f"⚠ It runs, but b is no bias. {works} {warning}"
    used = "used for the one row" if m == 1 else f"repeated for all {m} rows"
    return product, total, f"✓ It fits. {works} b {b_shape} is {used}. Z is {total}."
