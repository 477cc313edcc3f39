"""The drawings of module 03 besides the network: matrix products, slips, starting weights."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.figures.base import (
    BLACK,
    BLUE,
    FAINT,
    GRAY,
    GREEN,
    ORANGE,
    PURPLE,
    SHADE,
    VERMILLION,
    YELLOW,
    number,
    scientific,
)

_MARKERS = ("o", "s", "^", "D")
_DASHES = ("-", "--", "-.", ":")
_COLORS = (VERMILLION, BLUE, GREEN, PURPLE)


def matrix_product(
    ax: Axes,
    left: np.ndarray,
    right: np.ndarray,
    row: int,
    column: int,
    names: tuple[str, str, str] = ("X", "W1", "Z1"),
) -> str:
    """Draw a matrix product and mark which numbers make one of its entries.

    Parameters
    ----------
    ax : Axes
    left, right : arrays (m, k) and (k, n)
    row, column : int
        The entry that is marked, counted from 0.
    names : three str
        What the factors and the product are called.

    Returns
    -------
    str
        The alt text, with the marked products and their sum.
    """
    product = left @ right
    matrices = (left, right, product)
    marks = (
        lambda i, _j: i == row,
        lambda _i, j: j == column,
        lambda i, j: (i, j) == (row, column),
    )
    x, tallest = 0.0, max(len(matrix) for matrix in matrices)
    for matrix, name, mark, sign in zip(matrices, names, marks, ("@", "=", ""), strict=True):
        _grid(ax, matrix, x, f"{name} {matrix.shape}", mark)
        x += matrix.shape[1]
        ax.text(x + 0.35, 0, sign, ha="center", va="center", fontsize=14)
        x += 0.7
    ax.set(xlim=(-0.1, x - 0.5), ylim=(-tallest / 2 - 0.1, tallest / 2 + 0.75), aspect="equal")
    ax.axis("off")
    terms = " + ".join(
        f"{_in_brackets(a)}·{_in_brackets(b)}"
        for a, b in zip(left[row], right[:, column], strict=True)
    )
    shapes = " and ".join(f"{n} {m.shape}" for n, m in zip(names[:2], matrices[:2], strict=True))
    return (
        f"The matrix product of {shapes} is {names[2]} {product.shape}. Marked: row {row + 1} of "
        f"{names[0]}, column {column + 1} of {names[1]}, and the entry of {names[2]} that they "
        f"make: {terms} = {number(product[row, column], 3)}."
    )


def _in_brackets(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _grid(ax: Axes, matrix: np.ndarray, left: float, title: str, marked: object) -> None:
    """Draw a matrix as a grid of numbers, its middle at height 0."""
    rows, columns = matrix.shape
    for (i, j), value in np.ndenumerate(matrix):
        mark = marked(i, j)
        x, y = left + j, rows / 2 - i - 1
        ax.add_patch(
            Rectangle(
                (x, y), 1, 1, facecolor=YELLOW if mark else "white", edgecolor=GRAY, linewidth=0.8
            )
        )
        weight = "bold" if mark else "normal"
        text = number(value, 3)
        ax.text(x + 0.5, y + 0.5, text, ha="center", va="center", fontsize=9, fontweight=weight)
    ax.text(left + columns / 2, rows / 2 + 0.15, title, ha="center", va="bottom")


def stored_weights(ax: Axes, W: np.ndarray, row: int, column: int) -> str:
    """Draw a weight matrix, its transpose and its reshape; mark where one weight is in each.

    Parameters
    ----------
    ax : Axes
        About 9 by 3 inches for a matrix of 4 by 3.
    W : array (n_in, n_out)
    row, column : int
        The weight that is marked, counted from 0.

    Returns
    -------
    str
        The alt text: where the weight is in each of the three.
    """
    n_in, n_out = W.shape
    flat = row * n_out + column
    shown = (
        ("NumPy, Keras, scikit-learn: W", W, (row, column)),
        ("PyTorch: W.T", W.T, (column, row)),
        (f"not this: W.reshape({n_out}, {n_in})", W.reshape(n_out, n_in), divmod(flat, n_in)),
    )
    left, said = 0.0, []
    for title, matrix, place in shown:
        shift = max(0.0, (len(title) * 0.17 - matrix.shape[1]) / 2)
        _grid(ax, matrix, left + shift, title, lambda i, j, place=place: (i, j) == place)
        left += matrix.shape[1] + 2 * shift + 0.8
        said.append(f"{title}, {matrix.shape}: row {place[0] + 1}, column {place[1] + 1}")
    tallest = max(W.shape)
    ax.set(xlim=(-0.1, left - 0.7), ylim=(-tallest / 2 - 0.1, tallest / 2 + 0.7), aspect="equal")
    ax.axis("off")
    return f"Where the weight {number(W[row, column], 3)} is. {'; '.join(said)}."


def slips(ax: Axes, published: np.ndarray, true: np.ndarray, wrong: np.ndarray) -> str:
    """Draw a published matrix; strike out its wrong entries and write the true ones below.

    Parameters
    ----------
    ax : Axes
    published, true : arrays (m, n)
    wrong : bool array (m, n)

    Returns
    -------
    str
        The alt text, with every wrong entry and what it should be.
    """
    rows, columns = published.shape
    said = []
    for (i, j), value in np.ndenumerate(published):
        x, y = j, rows - 1 - i
        off = bool(wrong[i, j])
        face = "white" if off else SHADE
        ax.add_patch(Rectangle((x, y), 1, 1, facecolor=face, edgecolor=GRAY, linewidth=0.8))
        height = 0.66 if off else 0.5
        ax.text(x + 0.5, y + height, f"{value:.3f}".replace("-", "−"), ha="center", va="center")
        if off:
            ax.plot([x + 0.27, x + 0.73], [y + height] * 2, color=VERMILLION, linewidth=2)
            text = f"{true[i, j]:.3f}".replace("-", "−")
            ax.text(x + 0.5, y + 0.27, text, ha="center", va="center", fontweight="bold")
            said.append(
                f"row {i + 1}, column {j + 1}: {number(value, 3)} should be {number(true[i, j], 3)}"
            )
        else:
            ax.text(x + 0.5, y + 0.18, "right", ha="center", va="center", fontsize=8, color=GRAY)
    ax.set(xlim=(-0.05, columns + 0.05), ylim=(-0.05, rows + 0.05), aspect=0.6)
    ax.axis("off")
    if not said:
        return f"A table of {rows} rows and {columns} columns. Every entry is right."
    return (
        f"{len(said)} of {wrong.size} published entries are struck out. "
        f"{'; '.join(said)[0].upper()}{'; '.join(said)[1:]}."
    )


def size_by_depth(ax: Axes, sizes: Mapping[str, Sequence[float]], title: str = "") -> str:
    """Draw how large the activations are after each layer, one line for each rule.

    Parameters
    ----------
    ax : Axes
    sizes : mapping from str to sequence of float
        For each rule, the typical size of the activations layer by layer.
    title : str

    Returns
    -------
    str
        The alt text, with the sizes after the first and the last layer.
    """
    said = []
    for (name, values), marker, dash, color in zip(
        sizes.items(), _MARKERS, _DASHES, _COLORS, strict=False
    ):
        depths = np.arange(1, len(values) + 1)
        ax.plot(depths, values, marker=marker, linestyle=dash, color=color, label=name)
        first, last = _size(values[0]), _size(values[-1])
        said.append(f"{name}: {first} after layer 1, {last} after {len(values)}")
    ax.axhline(1, color=ORANGE, linewidth=1, zorder=0)
    ax.set_yscale("log")
    ax.set(xlabel="layer", title=title, xticks=depths[::3])
    ax.grid(axis="y", color=FAINT, linewidth=0.6)
    ax.tick_params(colors=BLACK)
    return f"{title}. Typical size of an activation. {'; '.join(said)}."


def _size(value: float) -> str:
    """Write a size with two digits or so."""
    return number(value, 2) if 0.01 <= value < 1000 else scientific(value)
