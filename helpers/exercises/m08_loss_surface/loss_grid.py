"""The loss on a grid, in one call."""

import numpy as np

from helpers.checks.cases import Code
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m08_loss_surface._cases import nonzero_quarters

_LOSSES = {
    Code("lambda w1, w2: w1**2 + 3 * w2"): lambda w1, w2: w1**2 + 3 * w2,
    Code("lambda w1, w2: w1**2 + w2**2"): lambda w1, w2: w1**2 + w2**2,
    Code("lambda w1, w2: np.sin(w1) - w1 * w2"): lambda w1, w2: np.sin(w1) - w1 * w2,
}


def on_a_grid(attempt, code, w1s, w2s):
    """Let a function fill a grid, and count how often it calls the loss."""
    calls = 0

    def loss(w1, w2):
        nonlocal calls
        calls += 1
        return _LOSSES[code](w1, w2)

    L = attempt(loss, w1s, w2s)
    return None if L is None else {"grid": L, "calls of loss": calls}


def grids(rng: np.random.Generator) -> list[Case]:
    """Make two axes of different lengths, and once of the same."""
    slanted, round_, twisted = _LOSSES
    return [
        (slanted, np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.5])),
        (twisted, np.sort(nonzero_quarters(rng, 7)), np.sort(nonzero_quarters(rng, 5))),
        (twisted, nonzero_quarters(rng, 4), nonzero_quarters(rng, 4)),
        (round_, nonzero_quarters(rng, 2), nonzero_quarters(rng, 5)),
        (slanted, np.array([1.5]), nonzero_quarters(rng, 3)),
        (round_, np.array([-1, 0, 2, 3]), np.array([1, 2, -4])),
    ]


@exercise(
    "8.3",
    "the loss on a grid, in one call",
    cases=grids,
    hints=(
        "Every row of the grid has its own w2, every column its own w1. NumPy fills the grid by "
        "itself if w1 comes as a row and w2 as a column.",
        "w1s as a row: shape (1, n1). w2s as a column: shape (n2, 1). Together they broadcast to "
        "(n2, n1). np.meshgrid(w1s, w2s) makes both of the full shape.",
        "return loss(w1s[np.newaxis, :], w2s[:, «np.newaxis»])",
    ),
    adapter=on_a_grid,
    parts=("grid", "calls of loss"),
)
def loss_grid(loss, w1s, w2s):
    return loss(w1s[np.newaxis, :], w2s[:, np.newaxis])


def _table(loss, w1s, w2s):
    return np.array([[loss(w1, w2) for w1 in w1s] for w2 in w2s])


@loss_grid.mistake(
    "The numbers are right, but loss is called once for each point of the grid. One call is "
    "enough: hand the arrays to loss itself."
)
def grid_by_two_loops(loss, w1s, w2s):
    return _table(loss, w1s, w2s)


@loss_grid.mistake(
    "The numbers are right, but loss is called once for each point, and once more. A loop or "
    "np.vectorize does that. Call it once, on whole arrays."
)
def grid_by_vectorize(loss, w1s, w2s):
    return np.vectorize(loss)(*np.meshgrid(w1s, w2s))


@loss_grid.mistake(
    "The numbers are right, but loss is called once for each row. Give it all of w2s at once, as a "
    "column: w2s[:, np.newaxis]."
)
def grid_row_by_row(loss, w1s, w2s):
    return np.array([loss(w1s, w2) for w2 in w2s])


@loss_grid.mistake(
    "The numbers are right, but loss is called once for each column. Give it all of w1s at once, "
    "as a row, and w2s as a column."
)
def grid_column_by_column(loss, w1s, w2s):
    return np.column_stack([loss(w1, w2s) for w1 in w1s])


@loss_grid.mistake(
    "The grid lies on its side, and loss is called for every single point. w2 goes down the rows, "
    "w1 along the columns; and one call is enough."
)
def grid_by_two_loops_on_its_side(loss, w1s, w2s):
    return _table(loss, w1s, w2s).T


@loss_grid.mistake(
    "The grid lies on its side: w1 goes down the rows. That comes from indexing='ij', from w1s as "
    "a column, or from a .T too many. Make w1s the row and w2s the column."
)
def grid_on_its_side(loss, w1s, w2s):
    return loss(*np.meshgrid(w1s, w2s, indexing="ij"))


@loss_grid.mistake(
    "The shape is right, but loss gets its arguments in the wrong order. It takes w1 first, then "
    "w2."
)
def grid_arguments_swapped(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s)
    return loss(W2, W1)


@loss_grid.mistake(
    "w1s and w2s have changed places: loss gets values of w2s for w1. Call np.meshgrid(w1s, w2s), "
    "and then loss(W1, W2)."
)
def grid_axes_swapped(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w2s, w1s)
    return loss(W1, W2)


@loss_grid.mistake(
    "The right numbers stand in the wrong places: reshape fills row by row, but the points came "
    "column by column. In each row of the grid w2 stays the same."
)
def grid_reshaped(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s, indexing="ij")
    return loss(W1.ravel(), W2.ravel()).reshape(len(w2s), len(w1s))


@loss_grid.mistake(
    "The right numbers stand in the wrong places, and loss is called for every point. In each row "
    "of the grid w2 stays the same; and one call is enough."
)
def grid_reshaped_from_a_loop(loss, w1s, w2s):
    values = [loss(w1, w2) for w1 in w1s for w2 in w2s]
    return np.array(values).reshape(len(w2s), len(w1s))


@loss_grid.mistake(
    "The numbers are right and in order, but in one long row. Give it the shape "
    "(len(w2s), len(w1s))."
)
def grid_flat(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s)
    return loss(W1.ravel(), W2.ravel())


@loss_grid.mistake(
    "NumPy pairs w1s with w2s one by one, and their lengths differ. Make w2s a column, "
    "w2s[:, np.newaxis], or use np.meshgrid."
)
def grid_without_a_column(loss, w1s, w2s):
    return loss(w1s, w2s)


@loss_grid.mistake(
    "Both axes are columns, and their lengths differ. Make one of them a row: w1s[np.newaxis, :]."
)
def grid_of_two_columns(loss, w1s, w2s):
    return loss(w1s[:, np.newaxis], w2s[:, np.newaxis])


@loss_grid.mistake("loss is never called: this is the bowl, whatever loss is. Call loss itself.")
def grid_of_the_bowl(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s)
    return W1**2 + W2**2


@loss_grid.mistake("Three arrays come back. Return only the losses.")
def grid_with_its_axes(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s)
    return W1, W2, loss(W1, W2)


@loss_grid.mistake(
    "The rows are upside down. Row 0 belongs to w2s[0]; a plot puts it at the bottom by itself."
)
def grid_upside_down(loss, w1s, w2s):
    return loss(*np.meshgrid(w1s, w2s))[::-1]


@loss_grid.mistake(
    "loss gets one argument that holds both arrays. np.meshgrid gives two: "
    "W1, W2 = np.meshgrid(w1s, w2s), then loss(W1, W2)."
)
def grid_in_one_argument(loss, w1s, w2s):
    return loss(np.meshgrid(w1s, w2s))


@loss_grid.variant
def grid_by_meshgrid(loss, w1s, w2s):
    W1, W2 = np.meshgrid(w1s, w2s)
    return loss(W1, W2)


@loss_grid.variant
def grid_by_sparse_meshgrid(loss, w1s, w2s):
    return loss(*np.meshgrid(w1s, w2s, sparse=True)).tolist()


@loss_grid.variant
def grid_turned_back(loss, w1s, w2s):
    return loss(*np.meshgrid(w1s, w2s, indexing="ij")).T


@loss_grid.variant
def grid_by_ix(loss, w1s, w2s):
    W2, W1 = np.ix_(w2s, w1s)
    return loss(W1, W2)


@loss_grid.variant
def grid_from_one_long_row(loss, w1s, w2s):
    values = loss(np.tile(w1s, len(w2s)), np.repeat(w2s, len(w1s)))
    return values.reshape(len(w2s), len(w1s))


@loss_grid.variant
def grid_by_one_column(loss, w1s, w2s):
    return loss(w1s, w2s.reshape(-1, 1))
