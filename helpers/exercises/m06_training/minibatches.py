"""Mini-batches."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m06_training._cases import deal_out, rows_to_deal
from helpers.exercises.m06_training.behavior import dealt


@exercise(
    "6.2",
    "mini-batches",
    cases=rows_to_deal,
    hints=(
        "Draw one order of the row numbers, and use it for X and for y. Then walk through it in "
        "steps of batch_size. A slice may reach past the end: it is then shorter.",
        "order = a permutation of 0 … m − 1; batch k has the rows order[k·size : (k + 1)·size]",
        "order = rng.permutation(len(X))\nfor start in range(0, len(X), «batch_size»):\n"
        "    chosen = order[start : start + «batch_size»]\n    yield X[chosen], y[«chosen»]",
    ),
    adapter=dealt,
    parts=("batches", "rows", "labels", "order", "rng"),
)
def minibatches(X, y, batch_size, rng):
    yield from deal_out(X, y, batch_size, rng.permutation(len(X)))


@minibatches.mistake(
    "Most rows get the label of another: X and y do not come in the same order. Draw one "
    "order, and "
    "use it once for each: X[order] and y[order]."
)
def shuffled_apart(X, y, batch_size, rng):
    yield from deal_out(X, y, batch_size, rng.permutation(len(X)), rng.permutation(len(X)))


@minibatches.mistake("X is shuffled and y is not. Take both in the same order: X[order], y[order].")
def labels_not_shuffled(X, y, batch_size, rng):
    yield from deal_out(X, y, batch_size, rng.permutation(len(X)), np.arange(len(X)))


@minibatches.mistake(
    "Rows that do not fill a whole batch are left out. Let the last batch be smaller: go on until "
    "every row has been dealt."
)
def last_batch_dropped(X, y, batch_size, rng):
    yield from list(minibatches.reference(X, y, batch_size, rng))[: len(X) // batch_size]


@minibatches.mistake(
    "The last batch is always missing, even where it is full. Let the starts run up to len(X): "
    "range(0, len(X), batch_size)."
)
def last_batch_always_dropped(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X) - batch_size, batch_size):
        chosen = order[start : start + batch_size]
        yield X[chosen], y[chosen]


@minibatches.mistake(
    "The rows come in the order of X, whatever rng is. Shuffle their numbers first, with "
    "rng.permutation."
)
def not_shuffled(X, y, batch_size, rng):
    yield from deal_out(X, y, batch_size, np.arange(len(X)))


@minibatches.mistake(
    "The same rng gives a different order, so nobody can repeat your run. Draw from the rng that "
    "is passed in, and not from np.random or the module random."
)
def global_generator(X, y, batch_size, rng):
    yield from minibatches.reference(X, y, batch_size, np.random.default_rng())


@minibatches.mistake(
    "The order is the same whatever rng is, so every epoch would see the same batches. Draw a new "
    "one from the rng that is passed in, at each call; keep none, and set no seed of your own."
)
def own_seed(X, y, batch_size, rng):
    yield from minibatches.reference(X, y, batch_size, np.random.default_rng(0))


@minibatches.mistake(
    "All batches come at once, in a list. Hand them out one by one: write yield Xb, yb inside the "
    "loop."
)
def all_in_a_list(X, y, batch_size, rng):
    return list(minibatches.reference(X, y, batch_size, rng))


@minibatches.mistake(
    "The function ends with its first batch: return leaves it. Write yield in place of return."
)
def first_batch_returned(X, y, batch_size, rng):
    for batch in minibatches.reference(X, y, batch_size, rng):
        return batch


@minibatches.mistake(
    "The rows are right, but the caller's arrays are shuffled as well. Leave X and y alone, and "
    "pick rows: X[chosen], y[chosen]."
)
def shuffled_in_place(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    X[:], y[:] = X[order], y[order]
    yield from deal_out(X, y, batch_size, np.arange(len(X)))


@minibatches.mistake(
    "Two things: X and y are shuffled apart, and the caller's own arrays are changed. Draw one "
    "order of the row numbers, and pick from both with it."
)
def shuffled_apart_in_place(X, y, batch_size, rng):
    rng.shuffle(X)
    rng.shuffle(y)
    yield from deal_out(X, y, batch_size, np.arange(len(X)))


@minibatches.mistake(
    "Some rows come twice and others never, as if each were drawn anew. In an epoch every row has "
    "its turn once: draw a permutation."
)
def drawn_with_replacement(X, y, batch_size, rng):
    yield from deal_out(X, y, batch_size, rng.integers(0, len(X), len(X)))


@minibatches.mistake(
    "batch_size is used as the number of batches. It is the number of rows in each of them."
)
def size_as_number(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for chosen in np.array_split(order, min(batch_size, len(X))):
        yield X[chosen], y[chosen]


@minibatches.mistake(
    "The same rows share a batch each time: only the batches change places. Shuffle the row "
    "numbers before you cut."
)
def batches_shuffled(X, y, batch_size, rng):
    starts = rng.permutation(np.arange(0, len(X), batch_size))
    for start in sorted(starts, key=lambda s: s + batch_size > len(X)):
        yield X[start : start + batch_size], y[start : start + batch_size]


@minibatches.mistake(
    "The same rows share a batch each time: they are shuffled only inside their batches. Shuffle "
    "all row numbers before you cut."
)
def shuffled_inside(X, y, batch_size, rng):
    for start in range(0, len(X), batch_size):
        chosen = start + rng.permutation(len(X[start : start + batch_size]))
        yield X[chosen], y[chosen]


@minibatches.mistake(
    "The order is only turned in a circle: each row has the same neighbor after it, every time. "
    "Draw a whole new order, with rng.permutation."
)
def turned_in_a_circle(X, y, batch_size, rng):
    yield from deal_out(X, y, batch_size, np.roll(np.arange(len(X)), rng.integers(len(X))))


@minibatches.mistake(
    "batch_size is used as the number of batches, and some of these are empty. It is the number of "
    "rows in each of them."
)
def size_as_number_with_empty_ones(X, y, batch_size, rng):
    for chosen in np.array_split(rng.permutation(len(X)), batch_size):
        yield X[chosen], y[chosen]


@minibatches.mistake(
    "The rows are spread evenly over the batches. Make every batch full, batch_size rows; only the "
    "last one may be smaller."
)
def balanced(X, y, batch_size, rng):
    for chosen in np.array_split(rng.permutation(len(X)), -(-len(X) // batch_size)):
        yield X[chosen], y[chosen]


@minibatches.mistake(
    "The labels are flat. y is a column, and yb should stay one: y[chosen], (b, 1)."
)
def flat_labels(X, y, batch_size, rng):
    for Xb, yb in minibatches.reference(X, y, batch_size, rng):
        yield Xb, yb.ravel()


@minibatches.mistake(
    "Only the first batch has rows: the others end before they begin. A slice needs the "
    "place where "
    "it ends: order[start : start + batch_size]."
)
def slices_end_too_soon(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        yield X[order[start:batch_size]], y[order[start:batch_size]]


@minibatches.mistake(
    "A batch without rows comes last where the rows fill the others. No start may be as large as "
    "len(X): range(0, len(X), batch_size)."
)
def empty_last_batch(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X) + 1, batch_size):
        yield X[order[start : start + batch_size]], y[order[start : start + batch_size]]


@minibatches.mistake(
    "A batch begins at every row, so the batches overlap. The next one begins where the last one "
    "ended: go in steps of batch_size."
)
def sliding_window(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(len(X)):
        yield X[order[start : start + batch_size]], y[order[start : start + batch_size]]


@minibatches.mistake("The two parts of each batch are swapped: first the inputs, then the labels.")
def labels_first(X, y, batch_size, rng):
    for Xb, yb in minibatches.reference(X, y, batch_size, rng):
        yield yb, Xb


@minibatches.mistake("The labels are missing: yield two things, Xb and yb.")
def inputs_only(X, y, batch_size, rng):
    for Xb, _ in minibatches.reference(X, y, batch_size, rng):
        yield Xb


@minibatches.mistake(
    "The last batch is filled up, so some rows come twice. Let it be smaller: each row once."
)
def last_batch_filled(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    number = -(-len(X) // batch_size)
    yield from deal_out(X, y, batch_size, np.resize(order, number * batch_size))


@minibatches.mistake(
    "Each item is a single row. Take batch_size rows at a time, as a slice of the order."
)
def single_rows(X, y, batch_size, rng):
    for i in rng.permutation(len(X)):
        yield X[i], y[i]


@minibatches.mistake(
    "Each batch has one row too few. A slice leaves its end out: order[start : start + batch_size]."
)
def one_row_too_few(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        chosen = order[start : start + batch_size - 1]
        yield X[chosen], y[chosen]


@minibatches.mistake(
    "rng.shuffle changes its argument and returns None, and X[None] is all of X with one more "
    "dimension. Write order = rng.permutation(len(X))."
)
def order_is_none(X, y, batch_size, rng):
    order = rng.shuffle(np.arange(len(X)))
    X, y = X[order], y[order]
    for start in range(0, len(X), batch_size):
        yield X[start : start + batch_size], y[start : start + batch_size]


@minibatches.mistake(
    "rng.shuffle changes its argument and returns None, so there is no order to cut. Write "
    "order = rng.permutation(len(X))."
)
def slice_of_none(X, y, batch_size, rng):
    order = rng.shuffle(np.arange(len(X)))
    for start in range(0, len(X), batch_size):
        yield X[order[start : start + batch_size]], y[order[start : start + batch_size]]


@minibatches.mistake(
    "Only one batch is dealt: do you leave the loop after the first yield? Go on until every row "
    "has had its turn."
)
def one_batch_only(X, y, batch_size, rng):
    yield next(minibatches.reference(X, y, batch_size, rng))


@minibatches.mistake("All rows come as one batch. Cut the order into pieces of batch_size rows.")
def one_batch_of_all(X, y, batch_size, rng):
    yield from minibatches.reference(X, y, len(X), rng)


@minibatches.mistake(
    "Each batch is drawn anew from all rows, so some come twice and others never. Draw one "
    "permutation, and cut it into batches; the last one may be smaller."
)
def each_batch_drawn_anew(X, y, batch_size, rng):
    for _ in range(0, len(X), batch_size):
        chosen = rng.integers(0, len(X), batch_size)
        yield X[chosen], y[chosen]


@minibatches.mistake(
    "Each batch is drawn anew from all rows, so some come in several batches and others in none. "
    "Draw one permutation, and cut it into batches; the last one may be smaller."
)
def each_batch_drawn_by_choice(X, y, batch_size, rng):
    for _ in range(0, len(X), batch_size):
        chosen = rng.choice(len(X), min(batch_size, len(X)), replace=False)
        yield X[chosen], y[chosen]


@minibatches.mistake(
    "The first row of the order is never dealt: the starts begin at 1. Places count from 0: "
    "range(0, len(X), batch_size)."
)
def starts_from_one(X, y, batch_size, rng):
    yield from deal_out(X, y, batch_size, rng.permutation(len(X))[1:])


@minibatches.variant
def batches_shuffling_a_list(X, y, batch_size, rng):
    order = list(range(len(X)))
    rng.shuffle(order)
    while order:
        chosen, order = order[:batch_size], order[batch_size:]
        yield X[chosen], y[chosen]


@minibatches.variant
def batches_of_shuffled_copies(X, y, batch_size, rng):
    order = np.argsort(rng.random(len(X)))
    X, y = X[order], y[order]
    starts = range(0, len(X), batch_size)
    return ((X[i : i + batch_size], y[i : i + batch_size]) for i in starts)


@minibatches.variant
def batches_from_a_list(X, y, batch_size, rng):
    together = rng.permutation(np.hstack([X, y]))
    n = X.shape[1]
    cuts = np.split(together, range(batch_size, len(X), batch_size))
    return iter([[part[:, :n], part[:, n:]] for part in cuts])
