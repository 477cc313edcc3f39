"""Module 06, training: ten exercises.

Where rows are dealt at random, an answer is judged by what it does, not by its draws: see
`helpers.checks.training`. Inputs have at most two decimals, so that calls can be pasted.
"""

import warnings

import numpy as np

from helpers import reference
from helpers.checks.cases import Seed, chances, column, hundredths, labels, network_params
from helpers.checks.exercise import Case, exercise
from helpers.checks.training import Replay, dealt, solved, trained, watched

# 6.1 ---------------------------------------------------------------------------------------------


def labels_and_outputs(rng: np.random.Generator) -> list[Case]:
    """Make outputs on both sides of the threshold and on it, in columns and flat."""
    flat, outputs = labels(rng, 7), chances(rng, 7)
    outputs[:2] = [[0.5], [0.45]]
    return [
        (column(1, 0, 1, 1, 0), column(0.9, 0.2, 0.4, 0.5, 0.5), 0.5),
        (flat.ravel(), outputs.ravel()),
        (column(1, 0, 1, 0, 0, 1, 0), column(0.9, 0.3, 0.35, 0.25, 0.4, 0.1, 0.6), 0.3),
        (column(1, 1, 0, 1, 1), np.array([0.8, 0.7, 0.75, 0.6, 0.2]), 0.7),
        (np.array([1, 0, 0, 0, 1]), column(0.9, 0.1, 0.2, 0.3, 0.8), 0.5),
        (column(0, 0, 1, 0, 0, 0, 1), column(0.9, 0.1, 0.2, 0.3, 0.8, 0.85, 0.95), 0.9),
        (column(1, 0, 1, 0, 1), column(0.1, 0.9, 0.4, 0.7, 0.2)),
    ]


@exercise(
    "6.1",
    "accuracy",
    cases=labels_and_outputs,
    hints=(
        "First make decisions: True where a is above the threshold. Then compare them with y, row "
        "by row, and take the mean. Mind the shapes: flatten both before you compare.",
        "accuracy = (number of rows whose decision equals the label) / m",
        "decisions = np.ravel(a) > ____\nreturn np.mean(decisions == np.ravel(____))",
    ),
)
def accuracy(y, a, threshold=0.5):
    return float(np.mean(_decided(y, a, threshold)))


def _decided(y, a, threshold=0.5):
    return (np.ravel(a) > threshold) == np.ravel(y)


@accuracy.mistake(
    "One of the two is a column and the other is flat, so every row is compared with every other. "
    "Flatten both first: np.ravel(y) and np.ravel(a)."
)
def all_pairs_compared(y, a, threshold=0.5):
    return np.mean((a > threshold) == y)


@accuracy.mistake(
    "Only the outputs are flattened. A column of labels then meets a flat array, and every row is "
    "compared with every other. Flatten y too."
)
def outputs_flattened_only(y, a, threshold=0.5):
    return np.mean((np.ravel(a) > threshold) == y)


@accuracy.mistake(
    "Only the labels are flattened. A column of outputs then meets a flat array, and every row is "
    "compared with every other. Flatten a too."
)
def labels_flattened_only(y, a, threshold=0.5):
    return np.mean((a > threshold) == np.ravel(y))


@accuracy.mistake(
    "An output exactly on the threshold counts as positive here. Positive is strictly above: "
    "a > threshold."
)
def at_least_the_threshold(y, a, threshold=0.5):
    return np.mean((np.ravel(a) >= threshold) == np.ravel(y))


@accuracy.mistake(
    "The threshold is always 0.5 here, or the outputs are rounded. Compare a with threshold."
)
def threshold_fixed(y, a, threshold=0.5):
    return np.mean(_decided(y, a))


@accuracy.mistake("This is a percentage. Return the share itself, a number from 0 to 1.")
def in_percent(y, a, threshold=0.5):
    return 100 * np.mean(_decided(y, a, threshold))


@accuracy.mistake("This is the number of right rows. Divide it by the number of all rows.")
def right_rows_counted(y, a, threshold=0.5):
    return np.sum(_decided(y, a, threshold))


@accuracy.mistake("This is the share of wrong rows. Accuracy is the share of right ones.")
def share_of_wrong_rows(y, a, threshold=0.5):
    return 1 - np.mean(_decided(y, a, threshold))


@accuracy.mistake(
    "Numbers like 0.9 are compared with labels, and 0.9 is not 1. Make decisions first, a > "
    "threshold, and compare these with y. Are y and a in the right order?"
)
def outputs_compared(y, a, threshold=0.5):
    return np.mean(np.ravel(a) == np.ravel(y))


@accuracy.mistake(
    "This is the share of rows that are called positive. The labels are not used: compare with y."
)
def share_called_positive(y, a, threshold=0.5):
    return np.mean(np.ravel(a) > threshold)


@accuracy.mistake(
    "Only the rows with label 1 are looked at. That is the recall. Accuracy counts all rows."
)
def recall(y, a, threshold=0.5):
    return np.mean(np.ravel(a)[np.ravel(y) == 1] > threshold)


@accuracy.mistake(
    "A row counts only if it is positive and called positive. A 0 that is called 0 is right, too: "
    "compare with ==."
)
def right_positives(y, a, threshold=0.5):
    return np.mean((np.ravel(a) > threshold) * np.ravel(y))


@accuracy.mistake("This is one answer for each row. Take their mean.")
def not_averaged(y, a, threshold=0.5):
    return _decided(y, a, threshold)


@accuracy.mistake(
    "The result is always 1 or 0: // cuts the decimals off, or the question is whether all rows"
    " are right. Count the right rows, and divide by m with / ."
)
def whole_division(y, a, threshold=0.5):
    return np.sum(_decided(y, a, threshold)) // len(y)


@accuracy.mistake(
    "if asks one question, but here are many numbers. Compare whole arrays: a > threshold."
)
def one_if_for_all(y, a, threshold=0.5):
    return 1.0 if a > threshold else 0.0


@accuracy.variant
def accuracy_with_a_loop(y, a, threshold=0.5):
    right = 0
    for label, output in zip(np.ravel(y), np.ravel(a)):
        if (output > threshold) == label:
            right += 1
    return right / len(y)


@accuracy.variant
def accuracy_by_reshaping(y, a, threshold=0.5):
    decisions = np.where(a > threshold, 1, 0).reshape(-1, 1)
    return (decisions == y.reshape(-1, 1)).sum() / decisions.size


@accuracy.variant
def accuracy_by_differences(y, a, threshold=0.5):
    return np.array(1 - np.abs(y.flatten() - (a.flatten() > threshold).astype(int)).mean())


# 6.2 ---------------------------------------------------------------------------------------------


def numbered(rng: np.random.Generator, m: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Make rows that can be told apart, and labels or targets that can, too."""
    X = hundredths(rng, m, n)
    X[:, 0] = np.arange(1, m + 1)
    return X, (10.0 * np.arange(1, m + 1))[:, None]


def rows_to_deal(rng: np.random.Generator) -> list[Case]:
    """Make data with batches that fit, that do not, of one row, and larger than the data."""
    X5, y5 = numbered(rng, 5, 2)
    X7, _ = numbered(rng, 7, 3)
    X12, y12 = numbered(rng, 12, 1)
    seed = Seed(rng.integers(1, 1000))
    while list(np.random.default_rng(seed).permutation(5)) == list(range(5)):  # looks unshuffled
        seed = Seed(seed + 1)
    return [
        (X5, y5, 2, seed),
        (X12, y12, 4, Seed(seed + 20)),
        (X7, labels(rng, 7), 3, Seed(seed + 40)),
        (X7, labels(rng, 7), 1, Seed(seed + 60)),
        (X5, y5, 8, Seed(seed + 80)),
    ]


@exercise(
    "6.2",
    "mini-batches",
    cases=rows_to_deal,
    hints=(
        "Draw one order of the row numbers, and use it for X and for y. Then walk through it in "
        "steps of batch_size. A slice may reach past the end: it is then shorter.",
        "order = a permutation of 0 … m − 1; batch k has the rows order[k·size : (k + 1)·size]",
        "order = rng.permutation(len(X))\nfor start in range(0, len(X), ____):\n"
        "    chosen = order[start : start + ____]\n    yield X[chosen], y[____]",
    ),
    adapter=dealt,
)
def minibatches(X, y, batch_size, rng):
    yield from _deal(X, y, batch_size, rng.permutation(len(X)))


def _deal(X, y, batch_size, order, labels=None):
    labels = order if labels is None else labels
    for start in range(0, len(order), batch_size):
        yield X[order[start : start + batch_size]], y[labels[start : start + batch_size]]


@minibatches.mistake(
    "Most rows get the label of another: X and y do not come in the same order. Draw one "
    "order, and "
    "use it once for each: X[order] and y[order]."
)
def shuffled_apart(X, y, batch_size, rng):
    yield from _deal(X, y, batch_size, rng.permutation(len(X)), rng.permutation(len(X)))


@minibatches.mistake("X is shuffled and y is not. Take both in the same order: X[order], y[order].")
def labels_not_shuffled(X, y, batch_size, rng):
    yield from _deal(X, y, batch_size, rng.permutation(len(X)), np.arange(len(X)))


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
    yield from _deal(X, y, batch_size, np.arange(len(X)))


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
    yield from _deal(X, y, batch_size, np.arange(len(X)))


@minibatches.mistake(
    "Two things: X and y are shuffled apart, and the caller's own arrays are changed. Draw one "
    "order of the row numbers, and pick from both with it."
)
def shuffled_apart_in_place(X, y, batch_size, rng):
    rng.shuffle(X)
    rng.shuffle(y)
    yield from _deal(X, y, batch_size, np.arange(len(X)))


@minibatches.mistake(
    "Some rows come twice and others never, as if each were drawn anew. In an epoch every row has "
    "its turn once: draw a permutation."
)
def drawn_with_replacement(X, y, batch_size, rng):
    yield from _deal(X, y, batch_size, rng.integers(0, len(X), len(X)))


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
    yield from _deal(X, y, batch_size, np.roll(np.arange(len(X)), rng.integers(len(X))))


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
    yield from _deal(X, y, batch_size, np.resize(order, number * batch_size))


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


# 6.3 ---------------------------------------------------------------------------------------------


def steps(rng: np.random.Generator) -> list[Case]:
    """Make networks of several sizes; in one, a weighted sum is exactly 0."""
    at_zero = {
        "W1": np.array([[0.5, -1.0, 0.25], [-0.5, 1.0, 0.5]]),
        "b1": np.array([[0.0, -0.75, 0.5]]),
        "W2": np.array([[2.0], [-1.5], [0.75]]),
        "b2": np.array([[0.5]]),
    }
    X = np.array([[1.0, 1.0], [0.5, 0.5], [-1.0, 0.5], [2.0, -1.0], [0.25, 1.5]])
    X_asd, y_asd, params = reference.asd_batch()
    return [
        (at_zero, X, column(1, 0, 1, 1, 0), 0.5),
        (network_params(rng, 3, 4, 1), hundredths(rng, 7, 3), labels(rng, 7), 0.1),
        (network_params(rng, 4, 2, 1), hundredths(rng, 5, 4), labels(rng, 5), 2.0),
        (params, X_asd, y_asd, 0.005),
        (network_params(rng, 2, 3, 1), hundredths(rng, 1, 2), column(1), 0.3),
    ]


@exercise(
    "6.3",
    "one training step",
    cases=steps,
    hints=(
        "Four calls, each on the result of the one before: forward, the loss, backward, update. "
        "Which of them belongs before the step?",
        "A2, cache = forward(…); loss = bce(…); grads = backward(…); new params = update(…)",
        "A2, cache = forward(X, params)\nloss = bce(y, ____)\n"
        "grads = backward(X, y, params, ____)\nreturn update(params, ____, lr), loss",
    ),
    returns=("params", "loss"),
)
def train_step(params, X, y, lr):
    return _step(params, X, y, lr)


def _gradients(params, X, y):
    """Go forward and back, without the reference's inspection of all inputs, which takes time."""
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    Z2 = A1 @ params["W2"] + params["b2"]
    dZ2 = (1 / (1 + np.exp(-Z2)) - y) / len(X)
    dZ1 = dZ2 @ params["W2"].T * (Z1 > 0)
    db1, db2 = dZ1.sum(axis=0, keepdims=True), dZ2.sum(axis=0, keepdims=True)
    loss = np.mean(np.maximum(Z2, 0) - y * Z2 + np.log1p(np.exp(-np.abs(Z2))))
    return {"dW1": X.T @ dZ1, "db1": db1, "dW2": A1.T @ dZ2, "db2": db2}, float(loss)


def _moved(params, grads, lr):
    return {key: P - lr * grads[f"d{key}"] for key, P in params.items()}


def _step(params, X, y, lr):
    grads, loss = _gradients(params, X, y)
    return _moved(params, grads, lr), loss


@train_step.mistake(
    "The loss is that of the new parameters. Return the loss from before the step: it belongs to "
    "the same forward pass as the gradients."
)
def loss_after_the_step(params, X, y, lr):
    new, _ = _step(params, X, y, lr)
    return new, reference.bce(y, reference.forward(X, new)[0])


@train_step.mistake(
    "The parameters come back as they were: no step, or its result is lost. update returns new "
    "ones: keep what it returns."
)
def step_not_kept(params, X, y, lr):
    return dict(params), _step(params, X, y, lr)[1]


@train_step.mistake(
    "The numbers are right, but the caller's params are changed: -= writes into the old arrays,"
    " and params[...] = ... into the old dict. Make new arrays in a new dict, as update does."
)
def step_in_place(params, X, y, lr):
    new, loss = _step(params, X, y, lr)
    for key in params:
        params[key][:] = new[key]
    return params, loss


@train_step.mistake("The step goes uphill. Subtract lr times the gradient.")
def uphill(params, X, y, lr):
    return _step(params, X, y, -lr)[0], _step(params, X, y, lr)[1]


@train_step.mistake(
    "The gradients are m times too large: they are summed over the batch. Divide by the number of "
    "rows, once."
)
def summed_gradients(params, X, y, lr):
    return _step(params, X, y, lr * len(X))[0], _step(params, X, y, lr)[1]


@train_step.mistake(
    "The gradients are m times too small. backward divides by the number of rows already: do not "
    "do it again."
)
def divided_twice(params, X, y, lr):
    return _step(params, X, y, lr / len(X))[0], _step(params, X, y, lr)[1]


@train_step.mistake("The learning rate is missing: the whole gradient is subtracted.")
def without_learning_rate(params, X, y, lr):
    return _step(params, X, y, 1.0)


@train_step.mistake(
    "lr is ignored: the step is 0.1 times the gradient, whatever lr is. Use the lr that "
    "is passed in."
)
def step_of_a_tenth(params, X, y, lr):
    return _step(params, X, y, 0.1)


@train_step.mistake(
    "lr is ignored: the step is 0.01 times the gradient, whatever lr is. Use the lr that "
    "is passed in."
)
def step_of_a_hundredth(params, X, y, lr):
    return _step(params, X, y, 0.01)


@train_step.mistake(
    "lr is ignored: the step is 0.5 times the gradient, whatever lr is. Use the lr that "
    "is passed in."
)
def step_of_a_half(params, X, y, lr):
    return _step(params, X, y, 0.5)


@train_step.mistake(
    "The biases stay where they were. They are parameters, too: subtract lr·db1 and lr·db2."
)
def biases_forgotten(params, X, y, lr):
    new, loss = _step(params, X, y, lr)
    return {**params, "W1": new["W1"], "W2": new["W2"]}, loss


@train_step.mistake(
    "The second layer moves and the first does not. Update all four: W1, b1, W2 and b2."
)
def first_layer_forgotten(params, X, y, lr):
    new, loss = _step(params, X, y, lr)
    return {**params, "W2": new["W2"], "b2": new["b2"]}, loss


@train_step.mistake(
    "W2 is updated before the error of the hidden layer is computed with it. Compute all "
    "gradients first, then update."
)
def second_layer_first(params, X, y, lr):
    new, loss = _step(params, X, y, lr)
    _, cache = reference.forward(X, params)
    late = reference.backward(X, y, {**params, "W2": new["W2"]}, cache)
    return {**_moved(params, late, lr), "W2": new["W2"], "b2": new["b2"]}, loss


@train_step.mistake("The two returned values are swapped: first the parameters, then the loss.")
def loss_first(params, X, y, lr):
    return _step(params, X, y, lr)[::-1]


@train_step.mistake("The loss is missing. Return two things: the new parameters and the loss.")
def step_without_loss(params, X, y, lr):
    return _step(params, X, y, lr)[0]


@train_step.mistake("The gradients come back. Take the step with them, and return the new params.")
def gradients_returned(params, X, y, lr):
    return _gradients(params, X, y)


@train_step.mistake("The loss is a sum over the batch. Take the mean, as bce does.")
def loss_summed(params, X, y, lr):
    new, loss = _step(params, X, y, lr)
    return new, loss * len(X)


@train_step.mistake(
    "The loss is the mean of ½(a − y)², but the network trains on cross-entropy. Report that one."
)
def other_loss(params, X, y, lr):
    A2, _ = reference.forward(X, params)
    return _step(params, X, y, lr)[0], reference.half_squared_error(y, A2)


@train_step.mistake(
    "The first value is the output of the network. Return the updated parameters and the loss."
)
def output_returned(params, X, y, lr):
    return reference.forward(X, params)[0], _step(params, X, y, lr)[1]


@train_step.mistake(
    "Two steps are taken, the second with the gradients of where the first one ended. Take one."
)
def two_steps(params, X, y, lr):
    new, loss = _step(params, X, y, lr)
    return _step(new, X, y, lr)[0], loss


@train_step.mistake(
    "The gradients are those of the squared error: the slope of the sigmoid, A2·(1 − A2), is in "
    "them. With cross-entropy the output error is A2 − y alone."
)
def slope_in_the_output_error(params, X, y, lr):
    A2, cache = reference.forward(X, params)
    Z1, A1 = cache["Z1"], cache["A1"]
    dZ2 = (A2 - y) * A2 * (1 - A2) / len(X)
    dZ1 = dZ2 @ params["W2"].T * (Z1 > 0)
    grads = {"dW1": X.T @ dZ1, "db1": dZ1.sum(0), "dW2": A1.T @ dZ2, "db2": dZ2.sum(0)}
    return _moved(params, grads, lr), _step(params, X, y, lr)[1]


@train_step.variant
def step_written_out(params, X, y, lr):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    m = len(X)
    Z1 = X @ W1 + b1
    A1 = np.maximum(0, Z1)
    A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
    loss = -np.mean(y * np.log(A2) + (1 - y) * np.log(1 - A2))
    dZ2 = A2 - y
    dZ1 = dZ2 @ W2.T * (A1 > 0)
    return {
        "W1": W1 - lr * X.T @ dZ1 / m,
        "b1": b1 - lr * dZ1.mean(axis=0, keepdims=True),
        "W2": W2 - lr * A1.T @ dZ2 / m,
        "b2": b2 - lr * dZ2.mean(axis=0, keepdims=True),
    }, loss


@train_step.variant
def step_on_a_copy(params, X, y, lr):
    params = {key: P.copy() for key, P in params.items()}
    grads, loss = _gradients(params, X, y)
    for key in params:
        params[key] -= lr * grads["d" + key]
    return [params, np.array(loss)]


@train_step.variant
def step_with_logits(params, X, y, lr):
    _, cache = reference.forward(X, params)
    grads = reference.backward(X, y, params, cache)
    loss = reference.bce_from_logits(y, cache["Z2"])
    return reference.update(params, grads, lr) | {"steps": 1}, loss


# 6.4 ---------------------------------------------------------------------------------------------


def runs(rng: np.random.Generator) -> list[Case]:
    """Make runs with one batch in each epoch, which depend on no draw, and two with several."""
    seed = Seed(rng.integers(1, 1000))
    small, (X5, y5) = network_params(rng, 2, 3, 1), (hundredths(rng, 5, 2), labels(rng, 5))
    while len(set(_fit(small, X5, y5, 4, 5, 1.5, rng)[1]["accuracy"])) < 4:
        small, X5 = network_params(rng, 2, 3, 1), hundredths(rng, 5, 2)
    X7, y7, X3 = hundredths(rng, 7, 3), labels(rng, 7), hundredths(rng, 5, 3)
    other, y3 = network_params(rng, 3, 2, 1), column(1, 0, 0, 1, 0)
    while _lowest_at(_fit(other, X7, y7, 4, 10, 0.25, rng, (X3, y3))[1]) in (0, 3):
        other, X3 = network_params(rng, 3, 2, 1), hundredths(rng, 5, 3)
    dealt_out, rows = network_params(rng, 2, 3, 1), hundredths(rng, 5, 2)
    data = hundredths(rng, 3, 2), column(0, 1, 1)
    long_run = dealt_out, rows, y5, 4, 2, 0.25, seed, data
    while not _tells_all_apart(*long_run):
        dealt_out, rows = network_params(rng, 2, 3, 1), hundredths(rng, 5, 2)
        long_run = dealt_out, rows, y5, 4, 2, 0.25, seed, data
    return [
        (small, X5, y5, 3, 5, 1.5, seed),
        (other, X7, y7, 4, 10, 0.25, seed, (X3, y3)),
        (dealt_out, rows, y5, 1, 2, 0.25, seed),
        long_run,
    ]


def _tells_all_apart(params, X, y, epochs, batch_size, lr, seed, data):
    """Whether a run shows the order of its rows, and when its accuracies were measured."""
    if not Replay(params, X, y, batch_size, lr).tells_apart(data, epochs):
        return False
    run = params, X, y, epochs, batch_size, lr, seed, data
    stepwise = trained(accuracy_after_each_step, *run)["accuracy"]
    return stepwise != trained(accuracy_after_the_epoch, *run)["accuracy"]


def _lowest_at(history):
    """Return the epoch, from 0, with the lowest validation loss."""
    return int(np.argmin(history["val_loss"]))


@exercise(
    "6.4",
    "the training loop",
    cases=runs,
    hints=(
        "Two loops, one inside the other: epochs outside, batches inside. Keep the loss and the "
        "accuracy of each batch in lists that start empty in every epoch. Validate after the "
        "inner loop, with a forward pass and no training.",
        "For each epoch: for each batch of minibatches(X, y, batch_size, rng): note its accuracy, "
        "then params, loss = train_step(…). After the batches: append the means to history.",
        "for epoch in range(epochs):\n    losses, shares = [], []\n"
        "    for Xb, yb in minibatches(X, y, batch_size, ____):\n"
        "        shares.append(accuracy(yb, forward(Xb, params)[0]))\n"
        "        params, loss = train_step(params, ____, ____, lr)\n        losses.append(loss)\n"
        '    history["loss"].append(np.mean(____))',
    ),
    adapter=trained,
    seconds=20.0,
    returns=("params", "history"),
)
def fit(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data)


def _noted(history, params, data, prefix="val_"):
    """Append the loss and the accuracy on some data."""
    history[f"{prefix}loss"].append(_gradients(params, *data)[1])
    history[f"{prefix}accuracy"].append(_share(params, *data))


def _share(params, X, y):
    """Return the accuracy: the output is above 0.5 where Z2 is above 0."""
    Z2 = np.maximum(0, X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
    return float(np.mean((Z2 > 0) == y))


def _history():
    return {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}


def _mean(values, _sizes):
    return float(np.mean(values))


def _by_size(values, sizes):
    return float(np.average(values, weights=sizes))


def _last(values, _sizes):
    return values[-1]


def _total(values, _sizes):
    return sum(values)


def _fit(
    params, X, y, epochs, batch_size, lr, rng, val_data=None, deal=minibatches.reference,
    step=_step, loss_of=_mean, share_of=_mean, validate=_noted, forget=True,
):  # fmt: skip
    """Train; each option is a place where students go astray."""
    history, seen = _history(), []
    for _ in range(epochs):
        seen = [] if forget else seen
        for Xb, yb in deal(X, y, batch_size, rng):
            share = _share(params, Xb, yb)
            params, loss = step(params, Xb, yb, lr)
            seen.append((loss, share, len(Xb)))
        losses, shares, sizes = zip(*seen, strict=True)
        history["loss"].append(loss_of(losses, sizes))
        history["accuracy"].append(share_of(shares, sizes))
        if val_data is not None:
            validate(history, params, val_data)
    return params, history


@fit.mistake(
    "The network is trained on the validation rows. Validation only looks: a forward pass, the "
    "loss and the accuracy, and no train_step."
)
def trains_in_validation(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    history = _history()
    for _ in range(epochs):
        params, seen = _fit(params, X, y, 1, batch_size, lr, rng)
        history["loss"] += seen["loss"]
        history["accuracy"] += seen["accuracy"]
        if val_data is not None:
            _noted(history, params, val_data)
            params, _ = _step(params, *val_data, lr)
    return params, history


@fit.mistake(
    "The validation rows are mixed into the training rows. Train on X and y alone: only rows that "
    "were never trained on tell the truth."
)
def validation_rows_mixed_in(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    if val_data is not None:
        X, y = np.vstack([X, val_data[0]]), np.vstack([y, val_data[1]])
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data)


@fit.mistake(
    "The validation is that of the weights before the epoch. Validate after the loop over the "
    "batches."
)
def validation_too_early(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    history = _history()
    for _ in range(epochs):
        if val_data is not None:
            _noted(history, params, val_data)
        params, seen = _fit(params, X, y, 1, batch_size, lr, rng)
        history["loss"] += seen["loss"]
        history["accuracy"] += seen["accuracy"]
    return params, history


@fit.mistake(
    "val_loss and val_accuracy are those of the training rows. Use val_data: X_val, y_val = "
    "val_data."
)
def validated_on_training_rows(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(
        params, X, y, epochs, batch_size, lr, rng, None if val_data is None else (X, y)
    )  # fmt: skip


@fit.mistake(
    "The numbers are right, but the caller's params are changed. Some line, or your train_step, "
    "writes into the old arrays or the old dict. Make a new dict, of new arrays."
)
def fit_in_place(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, step=step_in_place)


@fit.mistake(
    "The loss of the epoch is that of its last batch alone. Collect the losses of all batches, and "
    "take their mean."
)
def last_loss(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, loss_of=_last)


@fit.mistake(
    "The accuracy of the epoch is that of its last batch alone. Collect those of all batches, and "
    "take their mean."
)
def last_accuracy(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, share_of=_last)


@fit.mistake(
    "The loss and the accuracy of the epoch are those of its last batch alone. Collect both for "
    "all batches, and take the means."
)
def last_loss_and_accuracy(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, loss_of=_last, share_of=_last)


@fit.mistake(
    "The losses of the batches are added up. Divide by the number of batches: take their mean."
)
def losses_added(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, loss_of=_total)


@fit.mistake(
    "The losses and the accuracies of the batches are added up. Divide both by the number of "
    "batches."
)
def both_added(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(
        params, X, y, epochs, batch_size, lr, rng, val_data, loss_of=_total, share_of=_total
    )


@fit.mistake(
    "Every epoch deals the same batches in the same order. Call minibatches anew in every epoch, "
    "with the one rng, and set no seed inside."
)
def not_reshuffled(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    batches = list(minibatches.reference(X, y, batch_size, rng))
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, deal=lambda *_: batches)


@fit.mistake(
    "The order of the rows is the same whatever rng is, and in every epoch. Pass the rng that fit "
    "was given to minibatches; make none of your own."
)
def reseeded(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    def deal(X, y, size, _rng):
        return minibatches.reference(X, y, size, np.random.default_rng(3))

    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, deal=deal)


@fit.mistake(
    "The run is the same whatever rng is: fit uses a generator of its own. Pass the rng that it "
    "was given to minibatches."
)
def own_generator_in_fit(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, np.random.default_rng(0), val_data)


@fit.mistake(
    "The same rng gives other weights, so nobody can repeat the run. Draw the batches from the rng "
    "that is passed in, and not from np.random."
)
def unseeded_in_fit(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, np.random.default_rng(), val_data)


@fit.mistake(
    "The rows are not shuffled: the batches come in the order of X. Deal them with minibatches. If "
    "you do: does check.minibatches pass?"
)
def not_shuffled_at_all(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, deal=not_shuffled)


@fit.mistake(
    "The rows of a batch have the labels of other rows: X and y are shuffled apart. Deal them with "
    "minibatches. If you do: does check.minibatches pass?"
)
def shuffled_apart_in_fit(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, deal=shuffled_apart)


@fit.mistake(
    "Some rows come twice in an epoch, and others never. Deal each of them once, with minibatches. "
    "If you do: does check.minibatches pass?"
)
def drawn_with_replacement_in_fit(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, deal=drawn_with_replacement)


@fit.mistake(
    "An iterator can be used once: after the first epoch it is empty. Call minibatches inside the "
    "loop over the epochs."
)
def iterator_used_up(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    history, batches = _history(), minibatches.reference(X, y, batch_size, rng)
    for _ in range(epochs):
        losses, shares = [], []
        for Xb, yb in batches:
            shares.append(reference.accuracy(yb, reference.forward(Xb, params)[0]))
            params, loss = _step(params, Xb, yb, lr)
            losses.append(loss)
        history["loss"].append(np.mean(losses))
        history["accuracy"].append(np.mean(shares))
        if val_data is not None:
            _noted(history, params, val_data)
    return params, history


@fit.mistake(
    "An iterator can be used once: after the first epoch it is empty, and the number of batches is "
    "0. Call minibatches inside the loop over the epochs."
)
def iterator_used_up_and_divided(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    batches = minibatches.reference(X, y, batch_size, rng)
    for _ in range(epochs):
        losses = [_step(params, Xb, yb, lr)[1] for Xb, yb in batches]
        mean = sum(losses) / len(losses)
    return params, {**_history(), "loss": [mean]}


@fit.mistake(
    "The history has an entry for every batch. Append after the loop over the batches: one entry "
    "for each epoch."
)
def entry_for_each_batch(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    history = _history()
    for _ in range(epochs):
        for Xb, yb in minibatches.reference(X, y, batch_size, rng):
            history["accuracy"].append(reference.accuracy(yb, reference.forward(Xb, params)[0]))
            params, loss = _step(params, Xb, yb, lr)
            history["loss"].append(loss)
        if val_data is not None:
            _noted(history, params, val_data)
    return params, history


@fit.mistake(
    "The loop over the batches also validates, so the history has too many entries. Move all four "
    "appends after that loop."
)
def everything_for_each_batch(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    history = _history()
    for _ in range(epochs):
        for Xb, yb in minibatches.reference(X, y, batch_size, rng):
            history["accuracy"].append(reference.accuracy(yb, reference.forward(Xb, params)[0]))
            params, loss = _step(params, Xb, yb, lr)
            history["loss"].append(loss)
            if val_data is not None:
                _noted(history, params, val_data)
    return params, history


@fit.mistake(
    "Nothing is learned: every step starts from the first weights, or its result is not kept. "
    "Write params, loss = train_step(params, …)."
)
def steps_not_kept(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    def step(params, X, y, lr):
        return params, _step(params, X, y, lr)[1]

    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, step=step)


@fit.mistake("The starting weights come back: the trained ones have another name. Return those.")
def start_returned(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return params, _fit(params, X, y, epochs, batch_size, lr, rng, val_data)[1]


@fit.mistake(
    "Without val_data the validation lists hold something. They stay empty: a 0 there would look "
    "like a perfect loss."
)
def zeros_for_no_validation(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    params, history = _fit(params, X, y, epochs, batch_size, lr, rng, val_data)
    if val_data is None:
        history |= {"val_loss": [0] * epochs, "val_accuracy": [0] * epochs}
    return params, history


@fit.mistake(
    "Without val_data the lists val_loss and val_accuracy are missing. Make all four lists at the "
    "start; these two then stay empty."
)
def keys_missing(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    params, history = _fit(params, X, y, epochs, batch_size, lr, rng, val_data)
    return params, {key: values for key, values in history.items() if values}


@fit.mistake(
    "val_data may be None, and None cannot be taken apart. Ask first: if val_data is not None."
)
def always_unpacks(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    X_val, y_val = val_data
    return _fit(params, X, y, epochs, batch_size, lr, rng, (X_val, y_val))


@fit.mistake(
    "Where val_data is None, this line asks it for a part, and None has none. Ask first: "
    "if val_data "
    "is not None."
)
def always_indexes(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, (val_data[0], val_data[1]))


@fit.mistake(
    "Where val_data is None, this line asks for its length, and None has none. Ask first: if "
    "val_data is not None."
)
def asks_for_the_length(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data if len(val_data) else None)


@fit.mistake(
    "Where val_data is None, this line unpacks it with a star, and None holds nothing. Ask first: "
    "if val_data is not None."
)
def unpacks_with_a_star(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, tuple(*[[*val_data]]))


@fit.mistake(
    "The loss is measured on all rows after the epoch. Asked for is the mean of the batch losses, "
    "each from before its step: what train_step returns."
)
def loss_after_the_epoch(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _afterwards(params, X, y, epochs, batch_size, lr, rng, val_data, ("loss",))


@fit.mistake(
    "Each batch's loss is measured after its step, with the new weights. Measure it before: it is "
    "what train_step returns."
)
def loss_after_each_step(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _stepwise(params, X, y, epochs, batch_size, lr, rng, val_data, ("loss",))


@fit.mistake(
    "Each batch's accuracy is measured after its step, with the new weights. Measure it before "
    "train_step, with the old ones."
)
def accuracy_after_each_step(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _stepwise(params, X, y, epochs, batch_size, lr, rng, val_data, ("accuracy",))


@fit.mistake(
    "Each batch's loss and accuracy are measured after its step, with the new weights. Measure "
    "both before it, with the old ones."
)
def both_after_each_step(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _stepwise(params, X, y, epochs, batch_size, lr, rng, val_data, ("loss", "accuracy"))


def _stepwise(params, X, y, epochs, batch_size, lr, rng, val_data, keys):
    history = _history()
    for _ in range(epochs):
        seen = _history()
        for Xb, yb in minibatches.reference(X, y, batch_size, rng):
            before, after = _history(), _history()
            _noted(before, params, (Xb, yb), "")
            params, _ = _step(params, Xb, yb, lr)
            _noted(after, params, (Xb, yb), "")
            for key in ("loss", "accuracy"):
                seen[key] += (after if key in keys else before)[key]
        for key in ("loss", "accuracy"):
            history[key].append(np.mean(seen[key]))
        if val_data is not None:
            _noted(history, params, val_data)
    return params, history


def _afterwards(params, X, y, epochs, batch_size, lr, rng, val_data, keys):
    history = _history()
    for _ in range(epochs):
        params, seen = _fit(params, X, y, 1, batch_size, lr, rng, val_data)
        after = _history()
        _noted(after, params, (X, y), "")
        for key in history:
            history[key] += (after if key in keys else seen)[key]
    return params, history


@fit.mistake(
    "The accuracy is measured on all rows after the epoch. Asked for is the mean of the batch "
    "accuracies, each from before its step, like the loss."
)
def accuracy_after_the_epoch(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _afterwards(params, X, y, epochs, batch_size, lr, rng, val_data, ("accuracy",))


@fit.mistake(
    "Loss and accuracy are measured on all rows after the epoch. Asked for are the means over the "
    "batches, each from before its step."
)
def both_after_the_epoch(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _afterwards(params, X, y, epochs, batch_size, lr, rng, val_data, ("loss", "accuracy"))


@fit.mistake(
    "The lists of batch losses and accuracies are never emptied, so each entry is the mean over "
    "all epochs so far. Start them anew in every epoch."
)
def lists_never_emptied(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, forget=False)


@fit.mistake(
    "Each epoch is one step on all rows. Take one for each batch of minibatches, inside the loop "
    "over the batches."
)
def always_one_batch(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, len(X), lr, rng, val_data)


@fit.mistake(
    "Each step uses all of X and y. Inside the loop over the batches, pass Xb and yb to train_step."
)
def steps_on_all_rows(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    def step(params, _Xb, _yb, lr):
        return _step(params, X, y, lr)

    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, step=step)


@fit.mistake(
    "A last batch that is not full is left out: where all rows fit into one, nothing is left, and "
    "a mean of nothing is nan. Deal every row. Does check.minibatches pass?"
)
def last_batch_left_out(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit_on(last_batch_dropped, params, X, y, epochs, batch_size, lr, rng, val_data)


@fit.mistake(
    "The last batch is always left out, even a full one: where there is one alone, "
    "nothing is left, "
    "and a mean of nothing is nan. Deal every row. Does check.minibatches pass?"
)
def last_batch_always_left_out(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit_on(last_batch_always_dropped, params, X, y, epochs, batch_size, lr, rng, val_data)


def _fit_on(deal, params, X, y, epochs, batch_size, lr, rng, val_data):
    """Train on batches of which there may be none."""
    history = _history()
    for _ in range(epochs):
        losses, shares = [], []
        for Xb, yb in deal(X, y, batch_size, rng):
            shares.append(_share(params, Xb, yb))
            params, loss = _step(params, Xb, yb, lr)
            losses.append(loss)
        history["loss"].append(np.mean(losses))
        history["accuracy"].append(np.mean(shares))
        if val_data is not None:
            _noted(history, params, val_data)
    return params, history


@fit.mistake(
    "The best weights of the validation come back. That is early stopping, and comes later: fit "
    "returns the weights after the last step."
)
def best_weights_returned(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    history, ends = _history(), []
    for _ in range(epochs):
        params, seen = _fit(params, X, y, 1, batch_size, lr, rng, val_data)
        ends.append(params)
        for key in history:
            history[key] += seen[key]
    return ends[-1 if val_data is None else _lowest_at(history)], history


@fit.mistake(
    "The network is trained on the validation rows, before it is judged by them. Validation only "
    "looks: a forward pass, and no train_step."
)
def trains_before_validation(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    history = _history()
    for _ in range(epochs):
        params, seen = _fit(params, X, y, 1, batch_size, lr, rng)
        history["loss"] += seen["loss"]
        history["accuracy"] += seen["accuracy"]
        if val_data is not None:
            params, _ = _step(params, *val_data, lr)
            _noted(history, params, val_data)
    return params, history


@fit.mistake("The accuracies are percentages. Note the shares themselves, numbers from 0 to 1.")
def fit_in_percent(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    params, history = _fit(params, X, y, epochs, batch_size, lr, rng, val_data)
    for key in ("accuracy", "val_accuracy"):
        history[key] = [100 * share for share in history[key]]
    return params, history


@fit.mistake("There is one epoch too many. range(epochs) has as many rounds as it should.")
def one_epoch_too_many(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs + 1, batch_size, lr, rng, val_data)


@fit.mistake(
    "lr is ignored: each step is 0.1 times the gradient. Pass the lr of fit to train_step."
)
def fit_at_a_tenth(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, 0.1, rng, val_data)


@fit.mistake(
    "lr is ignored: each step is 0.01 times the gradient. Pass the lr of fit to train_step."
)
def fit_at_a_hundredth(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, 0.01, rng, val_data)


@fit.mistake("Each step is taken on a single row. A step takes batch_size rows at a time.")
def always_single_rows(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, 1, lr, rng, val_data)


@fit.mistake("Training ends after one epoch: the return is inside the loop. Move it to the left.")
def returns_in_the_loop(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, 1, batch_size, lr, rng, val_data)


@fit.mistake("One epoch is missing. range(epochs) has as many rounds as it should.")
def one_epoch_too_few(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    if epochs == 1:
        return params, _history()
    return _fit(params, X, y, epochs - 1, batch_size, lr, rng, val_data)


@fit.mistake("Validation happens once, at the end. Do it after every epoch, inside the outer loop.")
def validated_once(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    params, history = _fit(params, X, y, epochs, batch_size, lr, rng)
    if val_data is not None:
        _noted(history, params, val_data)
    return params, history


@fit.mistake("The history is missing. Return two things: return params, history.")
def params_only(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data)[0]


@fit.mistake("The two returned values are swapped: first the parameters, then the history.")
def history_first(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data)[::-1]


@fit.variant
def fit_weighted_by_size(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(
        params, X, y, epochs, batch_size, lr, rng, val_data, loss_of=_by_size, share_of=_by_size
    )  # fmt: skip


@fit.variant
def fit_by_the_reference(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return reference.fit(params, X, y, epochs, batch_size, lr, rng, val_data)


@fit.variant
def fit_written_out(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    params = {key: P.copy() for key, P in params.items()}
    history = {key: np.zeros(0) for key in _history()}
    for _ in range(epochs):
        order = np.argsort(rng.random(len(X)))
        loss, right = 0.0, 0.0
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            A2, _ = reference.forward(X[rows], params)
            grads, mean = _gradients(params, X[rows], y[rows])
            loss += mean * len(rows)
            right += np.sum((A2 > 0.5) == y[rows])
            for key in params:
                params[key] -= lr * grads["d" + key]
        history["loss"] = np.append(history["loss"], loss / len(X))
        history["accuracy"] = np.append(history["accuracy"], right / len(X))
        if val_data:
            A2, _ = reference.forward(val_data[0], params)
            history["val_loss"] = np.append(history["val_loss"], reference.bce(val_data[1], A2))
            share = reference.accuracy(val_data[1], A2)
            history["val_accuracy"] = np.append(history["val_accuracy"], share)
    return params, history


@fit.variant
def fit_with_all_orders_drawn_first(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    orders = iter([rng.permutation(len(X)) for _ in range(epochs)])

    def deal(X, y, size, _rng):
        return _deal(X, y, size, next(orders))

    params, history = _fit(params, X, y, epochs, batch_size, lr, rng, val_data, deal=deal)
    return [params, history | {"epochs": epochs}]


# 6.5 ---------------------------------------------------------------------------------------------


def penalties(rng: np.random.Generator) -> list[Case]:
    """Make gradients and parameters of several sizes, with small, large and no penalty."""

    def some(n: int, hidden: int, lam: float, m: int) -> Case:
        params, like = network_params(rng, n, hidden, 1), network_params(rng, n, hidden, 1)
        return {f"d{key}": P for key, P in like.items()}, params, lam, m

    return [some(2, 3, 0.5, 5), some(3, 4, 0.1, 7), some(4, 2, 2.0, 10), some(2, 4, 0.0, 5)]


@exercise(
    "6.5",
    "the gradient of the L2 penalty",
    cases=penalties,
    hints=(
        "Make a new dict. The two weight matrices get something added, the two biases are taken "
        "over as they are.",
        "dW1 + (λ/m)·W1 and dW2 + (λ/m)·W2; db1 and db2 unchanged",
        'new = dict(grads)\nfor key in ("W1", "W2"):\n'
        '    new[f"d{key}"] = grads[f"d{key}"] + ____ * params[key]\nreturn new',
    ),
)
def add_l2(grads, params, lam, m):
    return _decayed(grads, params, lam / m)


def _decayed(grads, params, factor, keys=("W1", "W2"), of=lambda P: P):
    return grads | {f"d{key}": grads[f"d{key}"] + factor * of(params[key]) for key in keys}


@add_l2.mistake(
    "The biases are penalized too. L2 leaves them alone: db1 and db2 stay what they were."
)
def biases_decayed(grads, params, lam, m):
    return _decayed(grads, params, lam / m, keys=("W1", "b1", "W2", "b2"))


@add_l2.mistake("The division by m is missing: add (lam / m) times the weights.")
def decay_without_m(grads, params, lam, m):
    return _decayed(grads, params, lam)


@add_l2.mistake(
    "The ½ of the penalty cancels with the 2 of the derivative. The gradient is (lam / m) * W."
)
def half_in_the_gradient(grads, params, lam, m):
    return _decayed(grads, params, lam / (2 * m))


@add_l2.mistake("The factor is twice too large: (λ/2m)·W² has the derivative (λ/m)·W.")
def two_in_the_gradient(grads, params, lam, m):
    return _decayed(grads, params, 2 * lam / m)


@add_l2.mistake(
    "The penalty is subtracted. Add its gradient: the step then subtracts it, and weights shrink."
)
def decay_subtracted(grads, params, lam, m):
    return _decayed(grads, params, -lam / m)


@add_l2.mistake("W is squared here. The square is in the penalty; its derivative has W itself.")
def decay_of_squares(grads, params, lam, m):
    return _decayed(grads, params, lam / m, of=np.square)


@add_l2.mistake(
    "Every weight gets the same amount with its sign. That is L1. L2 adds (lam / m) * W."
)
def decay_of_signs(grads, params, lam, m):
    return _decayed(grads, params, lam / m, of=np.sign)


@add_l2.mistake("The size of each weight is added, without its sign. Add (lam / m) * W itself.")
def decay_of_sizes(grads, params, lam, m):
    return _decayed(grads, params, lam / m, of=np.abs)


@add_l2.mistake(
    "The gradients are lost: only the penalty comes back. Add it to dW1 and dW2, for example with "
    "grads[...] + (lam / m) * params[...]."
)
def penalty_alone(grads, params, lam, m):
    return grads | {f"d{key}": lam / m * params[key] for key in ("W1", "W2")}


@add_l2.mistake("Only W2 is penalized. W1 holds weights, too.")
def second_layer_decayed(grads, params, lam, m):
    return _decayed(grads, params, lam / m, keys=("W2",))


@add_l2.mistake("Only W1 is penalized. W2 holds weights, too.")
def first_layer_decayed(grads, params, lam, m):
    return _decayed(grads, params, lam / m, keys=("W1",))


@add_l2.mistake(
    "The numbers are right, but the caller's grads are changed: by += or by a new value in the old "
    "dict. A copy of the dict still shares its arrays: make new ones with a + b."
)
def decayed_in_place(grads, params, lam, m):
    for key in ("W1", "W2"):
        grads[f"d{key}"] += lam / m * params[key]
    return grads


@add_l2.mistake("The gradients of the biases are missing. Hand them on as they are: db1 and db2.")
def weights_only(grads, params, lam, m):
    new = _decayed(grads, params, lam / m)
    return {"dW1": new["dW1"], "dW2": new["dW2"]}


@add_l2.mistake(
    "The keys have lost their d. The dict that comes back holds gradients: dW1, db1, dW2, db2."
)
def keys_without_d(grads, params, lam, m):
    return {key[1:]: value for key, value in _decayed(grads, params, lam / m).items()}


@add_l2.mistake(
    "m is the number of training rows, and it is passed in. Here the size of a matrix is taken, "
    "such as len(W1)."
)
def divided_by_the_size(grads, params, lam, m):
    return grads | {
        f"d{key}": grads[f"d{key}"] + lam / len(params[key]) * params[key] for key in ("W1", "W2")
    }


@add_l2.mistake(
    "The gradient is multiplied by (lam / m), too. Only the weights are: grads + (lam / m) * W."
)
def gradient_scaled_too(grads, params, lam, m):
    return grads | {f"d{key}": lam / m * (grads[f"d{key}"] + params[key]) for key in ("W1", "W2")}


@add_l2.mistake(
    "grads has the keys dW1, db1, dW2, db2, and params has W1, b1, W2, b2. One is asked for a key "
    'of the other: build the names with f"d{key}".'
)
def keys_mixed_up(grads, params, lam, m):
    return {key: grads[key] + lam / m * params[key] for key in ("W1", "W2")}


@add_l2.mistake(
    "grads has the keys dW1, db1, dW2, db2, and params has W1, b1, W2, b2. For the weights that "
    "belong to dW1, ask params for W1: key[1:] leaves the d out."
)
def gradient_keys_for_params(grads, params, lam, m):
    return {key: grads[key] + lam / m * params[key] for key in grads}


@add_l2.variant
def decayed_key_by_key(grads, params, lam, m):
    new = {}
    for key, gradient in grads.items():
        new[key] = gradient.copy()
        if key.startswith("dW"):
            new[key] += (lam * params[key[1:]]) / m
    return new


@add_l2.variant
def decayed_written_out(grads, params, lam, m):
    return {
        "dW1": grads["dW1"] + (lam / m) * params["W1"],
        "db1": grads["db1"],
        "dW2": grads["dW2"] + (lam / m) * params["W2"],
        "db2": grads["db2"],
    }


@add_l2.variant
def decayed_by_the_reference(grads, params, lam, m):
    return reference.add_l2(grads, params, lam, m)


def penalized(rng: np.random.Generator) -> list[Case]:
    """Make parameters with several strengths; in one the weights are 0 and the biases are not."""
    cases = [case[1:] for case in penalties(rng)]
    params = network_params(rng, 3, 2, 1)
    zeros = {key: 0 * P if key.startswith("W") else P for key, P in params.items()}
    return [*cases, (zeros, 1.0, 5)]


@exercise(
    "6.5",
    "the L2 penalty",
    cases=penalized,
    hints=(
        "Square every weight, sum them all, over both matrices. The biases do not count.",
        "penalty = λ/(2m) · (ΣW1² + ΣW2²)",
        "squares = np.sum(params['W1'] ** 2) + ____\nreturn lam / (2 * ____) * squares",
    ),
)
def l2_penalty(params, lam, m):
    return lam / (2 * m) * _squares(params)


def _squares(params, keys=("W1", "W2"), of=lambda P: np.sum(P**2)):
    return float(sum(of(params[key]) for key in keys))


@l2_penalty.mistake("The ½ is missing: divide by 2·m.")
def penalty_without_the_half(params, lam, m):
    return lam / m * _squares(params)


@l2_penalty.mistake("The biases are counted too. The penalty is on the weights, W1 and W2, alone.")
def biases_penalized(params, lam, m):
    return lam / (2 * m) * _squares(params, ("W1", "b1", "W2", "b2"))


@l2_penalty.mistake("The division by m is missing: the factor is lam / (2 * m).")
def penalty_without_m(params, lam, m):
    return lam / 2 * _squares(params)


@l2_penalty.mistake(
    "lam / 2 * m divides by 2 and then multiplies by m. Put the product in parentheses: "
    "lam / (2 * m)."
)
def parentheses_missing(params, lam, m):
    return lam / 2 * m * _squares(params)


@l2_penalty.mistake("The factor is missing: multiply the sum of the squares by lam / (2 * m).")
def penalty_without_factor(params, lam, m):
    return _squares(params)


@l2_penalty.mistake("A root is taken, of each matrix or of the sum. L2 sums the squares, no root.")
def penalty_with_norms(params, lam, m):
    return lam / (2 * m) * _squares(params, of=np.linalg.norm)


@l2_penalty.mistake(
    "A root is taken of the whole sum: that is a length. The penalty has the squares themselves."
)
def penalty_with_one_norm(params, lam, m):
    return lam / (2 * m) * _squares(params) ** 0.5


@l2_penalty.mistake("These are sizes, |W|, summed: that is L1. L2 sums squares.")
def penalty_of_sizes(params, lam, m):
    return lam / (2 * m) * _squares(params, of=lambda P: np.sum(np.abs(P)))


@l2_penalty.mistake("The weights are summed and then squared. Square each one first.")
def sum_squared(params, lam, m):
    return lam / (2 * m) * _squares(params, of=lambda P: np.sum(P) ** 2)


@l2_penalty.mistake("The squares are averaged over the weights. Sum them: np.sum.")
def squares_averaged(params, lam, m):
    return lam / (2 * m) * _squares(params, of=lambda P: np.mean(P**2))


@l2_penalty.mistake("The weights are not squared, so those of opposite sign cancel.")
def weights_not_squared(params, lam, m):
    return lam / (2 * m) * _squares(params, of=np.sum)


@l2_penalty.mistake("Only W1 is counted. W2 holds weights, too.")
def first_layer_penalized(params, lam, m):
    return lam / (2 * m) * _squares(params, ("W1",))


@l2_penalty.mistake("Only W2 is counted. W1 holds weights, too.")
def second_layer_penalized(params, lam, m):
    return lam / (2 * m) * _squares(params, ("W2",))


@l2_penalty.mistake("lam is squared here. The factor is lam / (2 * m).")
def strength_squared(params, lam, m):
    return lam**2 / (2 * m) * _squares(params)


@l2_penalty.mistake(
    "m is the number of training rows, and it is passed in. Here the size of W1 is taken."
)
def penalty_by_the_size(params, lam, m):
    return lam / (2 * len(params["W1"])) * _squares(params)


@l2_penalty.mistake("In Python a power is written **. The sign ^ means something else.")
def power_with_a_caret(params, lam, m):
    return lam / (2 * m) * np.sum(params["W1"] ^ 2)


@l2_penalty.mistake(
    "W1 and W2 have different shapes, so they do not fit into one array, nor can they be added. "
    "Sum the squares of each on its own, then add the two numbers."
)
def both_in_one_array(params, lam, m):
    return lam / (2 * m) * np.sum([params["W1"] ** 2, params["W2"] ** 2])


@l2_penalty.mistake("W @ W is a matrix product. To square each entry write W ** 2, then np.sum.")
def matrix_squared(params, lam, m):
    return lam / (2 * m) * np.sum(params["W1"] @ params["W1"])


@l2_penalty.variant
def penalty_with_a_loop(params, lam, m):
    total = 0.0
    for key in params:
        if key[0] == "W":
            for w in params[key].flat:
                total += w * w
    return total * lam / m / 2


@l2_penalty.variant
def penalty_with_dot(params, lam, m):
    w = np.concatenate([params["W1"].ravel(), params["W2"].ravel()])
    return np.array(0.5 * lam / m * w @ w)


@l2_penalty.variant
def penalty_with_squared_norms(params, lam, m):
    return lam / (2 * m) * sum(np.linalg.norm(params[key]) ** 2 for key in ("W1", "W2"))


# 6.6 ---------------------------------------------------------------------------------------------


def courses_of_validation(rng: np.random.Generator) -> list[Case]:
    """Make validation losses that fall, tie, recover and rise; the last ones never say stop."""
    start = float(rng.integers(60, 90)) / 100
    return [
        (2, [0.75, 0.5, 0.625, 0.875, 1.0]),
        (2, [start, start - 0.25, start - 0.25, start - 0.25, start]),
        (3, [250.0, 9.5, 9.75, 10.0, 9.0, 9.5, 9.25, 9.0, 9.125]),
        (1, [start, start - 0.25, start - 0.125, start]),
        (4, [start, start + 0.5, start + 0.375, start + 0.25, start + 0.125, start + 0.5]),
        (5, [0.75, 0.5, 0.25]),
        (3, [0.5, 0.499, 0.498, 0.497, 0.496, 0.4955, 0.496, 0.496, 0.497]),
        (2, [0.5, 0.499999, 0.499998, 0.499997, 0.5, 0.5]),
    ]


@exercise(
    "6.6",
    "early stopping",
    cases=courses_of_validation,
    hints=(
        "Remember three things from one update to the next: the best loss, a copy of the params "
        "that went with it, and how many updates in a row were no better.",
        "better (strictly below the best): remember loss and params, count = 0; otherwise count "
        "+= 1. Return count ≥ patience.",
        "if val_loss < self.best_loss:\n    self.best_loss = val_loss\n"
        "    self.best_params = copy.deepcopy(____)\n    self.waited = ____\nelse:\n"
        "    self.waited += 1\nreturn self.waited >= ____",
    ),
    adapter=watched,
)
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss, self.best_params, self.waited = np.inf, None, 0

    def better(self, val_loss):
        return val_loss < self.best_loss

    def kept(self, params):
        return {key: P.copy() for key, P in params.items()}

    def update(self, val_loss, params):
        if self.better(val_loss):
            self.best_loss, self.best_params, self.waited = val_loss, self.kept(params), 0
        else:
            self.waited += 1
        return self.waited >= self.patience


_Right = EarlyStopping.reference


@EarlyStopping.mistake(
    "best_params changes with the caller's arrays: it is no copy, or a copy of the dict alone, "
    "which shares the arrays. Copy every array: copy.deepcopy(params)."
)
class KeepsAReference(_Right):
    def kept(self, params):
        return params


class _LastKept(_Right):
    def update(self, val_loss, params):
        stop = super().update(val_loss, params)
        self.best_params = _Right.kept(self, params)
        return stop


@EarlyStopping.mistake(
    "best_params are those of the last update. Store them only where the loss is better than the "
    "best one so far."
)
class KeepsTheLast(_LastKept):
    pass


@EarlyStopping.mistake(
    "It stops one update too late. After exactly patience updates without a better loss, return "
    "True: compare with >=."
)
class OneTooLate(_Right):
    def update(self, val_loss, params):
        super().update(val_loss, params)
        return self.waited > self.patience


@EarlyStopping.mistake(
    "It stops one update too early, unless patience is 1. Return True after exactly patience "
    "updates in a row without a better loss."
)
class OneTooEarly(_Right):
    def update(self, val_loss, params):
        super().update(val_loss, params)
        return self.waited >= max(self.patience - 1, 1)


@EarlyStopping.mistake(
    "A better loss is counted as waiting too. After it the count is 0, not 1: count only where the "
    "loss is no better."
)
class CountsTheBetter(_Right):
    def update(self, val_loss, params):
        if self.better(val_loss):
            self.best_loss, self.best_params, self.waited = val_loss, self.kept(params), 0
        self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake(
    "It stops after patience updates in all, better ones too. Count only those that are no better, "
    "in a row."
)
class CountsEveryUpdate(_Right):
    def __init__(self, patience):
        super().__init__(patience)
        self.seen = 0

    def update(self, val_loss, params):
        super().update(val_loss, params)
        self.seen += 1
        return self.seen >= self.patience


@EarlyStopping.mistake(
    "It always waits for 3 updates, whatever patience is. Keep it: self.patience = patience."
)
class WaitsForThree(_Right):
    def __init__(self, patience):
        super().__init__(3)


@EarlyStopping.mistake(
    "It always waits for 5 updates, whatever patience is. Keep it: self.patience = patience."
)
class WaitsForFive(_Right):
    def __init__(self, patience):
        super().__init__(5)


@EarlyStopping.mistake(
    "It says stop only once, where the count equals patience. At the next loss, no better, it is "
    "still enough: compare with >=."
)
class StopsOnce(_Right):
    def update(self, val_loss, params):
        super().update(val_loss, params)
        return self.waited == self.patience


@EarlyStopping.mistake(
    "At the stop the count begins anew. At the next loss, no better, it is still enough: only a "
    "better loss sets the count back."
)
class CountsAnewAtTheStop(_Right):
    def update(self, val_loss, params):
        stop = super().update(val_loss, params)
        if stop:
            self.waited = 0
        return stop


@EarlyStopping.mistake(
    "A fall of 0.001 is not taken as better. Any strictly smaller loss is: val_loss < best, with "
    "no margin."
)
class WithAMargin(_Right):
    def better(self, val_loss):
        return val_loss < self.best_loss - 0.01


@EarlyStopping.mistake(
    "A fall of a millionth is not taken as better. Any strictly smaller loss is: val_loss < best, "
    "with no margin and no rounding."
)
class WithASmallMargin(_Right):
    def better(self, val_loss):
        return val_loss < self.best_loss - 1e-4


@EarlyStopping.mistake(
    "One object knows what another has seen: its numbers belong to the class. Set them in __init__ "
    "with self: self.best_loss = np.inf."
)
class SharesItsNumbers(_Right):
    def __init__(self, patience):
        super().__init__(patience)
        self.best_loss = -np.inf
        self.best_params = {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}


@EarlyStopping.mistake(
    "The parameters of update are swapped: def update(self, val_loss, params), the loss first."
)
class UpdateSwapped(_Right):
    def update(self, params, val_loss):
        return super().update(val_loss, params)


@EarlyStopping.mistake(
    "Where the first loss stays the best, its parameters are missing. Keep a copy of them at the "
    "first update, too."
)
class FirstWithoutParams(_Right):
    def kept(self, params):
        return None if self.best_loss == np.inf else _Right.kept(self, params)


@EarlyStopping.mistake(
    "The count is never set back. A better loss starts the waiting anew: set it to 0 there."
)
class CountsAll(_Right):
    def update(self, val_loss, params):
        waited = self.waited
        super().update(val_loss, params)
        self.waited = max(waited, self.waited)
        return self.waited >= self.patience


@EarlyStopping.mistake(
    "An equal loss counts as an improvement here. Only a strictly smaller one does: val_loss < "
    "best."
)
class TiesAreBetter(_Right):
    def better(self, val_loss):
        return val_loss <= self.best_loss


@EarlyStopping.mistake(
    "update never says stop: it returns None or False every time. End it with a return: True "
    "once the count has reached patience, otherwise False."
)
class NeverAnswers(_Right):
    def update(self, val_loss, params):
        super().update(val_loss, params)


@EarlyStopping.mistake(
    "The first loss already says stop. update answers the question: have patience updates in a "
    "row brought nothing better? It is not: is this one better?"
)
class AnswersTheOpposite(_Right):
    def update(self, val_loss, params):
        return not super().update(val_loss, params)


@EarlyStopping.mistake(
    "Each loss is compared with the one before it. Compare with the best one so far: a small "
    "recovery is no new best."
)
class ComparesWithTheLast(_Right):
    def update(self, val_loss, params):
        stop = super().update(val_loss, params)
        self.best_loss = val_loss
        return stop


@EarlyStopping.mistake(
    "A larger loss counts as better. Losses should be small: start at np.inf, and compare with <."
)
class LargerIsBetter(_Right):
    def __init__(self, patience):
        super().__init__(patience)
        self.best_loss = -np.inf

    def better(self, val_loss):
        return val_loss > self.best_loss


@EarlyStopping.mistake(
    "Nothing is ever better than the best loss: does it start at 0? Start at np.inf, so that the "
    "first loss is always better."
)
class StartsAtZero(_Right):
    def __init__(self, patience):
        super().__init__(patience)
        self.best_loss = 0


@EarlyStopping.mistake(
    "The best loss starts too low: a first loss of 250 is not accepted. Start at np.inf."
)
class StartsAtOne(_Right):
    def __init__(self, patience):
        super().__init__(patience)
        self.best_loss = 1.0


@EarlyStopping.mistake(
    "The best loss stays the first one, so anything below it counts as better. Store the new best "
    "loss, too."
)
class BestNeverMoves(_Right):
    def update(self, val_loss, params):
        best = self.best_loss
        stop = super().update(val_loss, params)
        self.best_loss = best if np.isfinite(best) else self.best_loss
        return stop


@EarlyStopping.mistake(
    "best_params stays None. Where the loss is better, store a copy: self.best_params = ..., with "
    "the self."
)
class KeepsNothing(_Right):
    def kept(self, params):
        return None


@EarlyStopping.mistake(
    "It stops at the first loss that is no better. Wait for patience of them in a row."
)
class WithoutPatience(_Right):
    def update(self, val_loss, params):
        super().update(val_loss, params)
        return self.waited > 0


@EarlyStopping.mistake(
    "The count and the best loss are local to update, so each call begins with nothing. Keep them "
    "in the object: self.waited, self.best_loss."
)
class ForgetsEverything(_Right):
    def update(self, val_loss, params):
        self.best_loss, self.waited = np.inf, 0
        return super().update(val_loss, params)


@EarlyStopping.mistake(
    "Inside a method the object's own things are reached through self: self.best_loss, not "
    "best_loss."
)
class ForgetsSelf(_Right):
    def update(self, val_loss, params):
        return not val_loss < best_loss  # noqa: F821


@EarlyStopping.mistake(
    "update needs self as its first parameter: def update(self, val_loss, params)."
)
class UpdateWithoutSelf(_Right):
    def update(self, val_loss, params):
        raise TypeError("EarlyStopping.update() takes 2 positional arguments but 3 were given")


@EarlyStopping.mistake("__init__ needs self as its first parameter: def __init__(self, patience).")
class InitWithoutSelf(_Right):
    def __init__(self, patience):
        raise TypeError("EarlyStopping.__init__() takes 1 positional argument but 2 were given")


@EarlyStopping.variant
class StopperWithDeepcopy:
    def __init__(self, patience):
        self.patience = patience
        self.losses = []
        self.best_params = None

    def update(self, val_loss, params):
        import copy

        if not self.losses or val_loss < min(self.losses):
            self.best_params = copy.deepcopy(params)
        self.losses.append(val_loss)
        return len(self.losses) - 1 - self.losses.index(min(self.losses)) >= self.patience


@EarlyStopping.variant
class StopperThatOnlySaysYes:
    def __init__(self, patience):
        self.left = self.patience = patience
        self.best = None

    def update(self, val_loss, params):
        if self.best is None or val_loss < self.best:
            self.best, self.left = val_loss, self.patience
            self.best_params = {key: np.array(P) for key, P in params.items()}
            return
        self.left -= 1
        if self.left <= 0:
            return True


@EarlyStopping.variant
class StopperWithNumbers(_Right):
    def update(self, val_loss, params):
        return np.bool_(super().update(val_loss, params))


@EarlyStopping.variant
class StopperByTheReference(reference.EarlyStopping):
    pass


# 6.7 ---------------------------------------------------------------------------------------------


def columns_to_measure(rng: np.random.Generator) -> list[Case]:
    """Make columns of different scales; some are constant, one of those is 0."""
    X = hundredths(rng, 5, 3) * [1.0, 100.0, 1.0] + [0.0, 250.0, 4.0]
    constant = hundredths(rng, 7, 4)
    constant[:, 1], constant[:, 3] = 0.25, 0.0
    return [
        (np.array([[1.0, 10.0], [2.0, 30.0], [3.0, 20.0], [4.0, 60.0], [5.0, 30.0]]),),
        (X.round(2),),
        (constant,),
        (hundredths(rng, 7, 2) + 3,),
        (np.array([[2.0, -3.0, 0.5]]),),
    ]


@exercise(
    "6.7",
    "measure the columns",
    cases=columns_to_measure,
    hints=(
        "Mean and standard deviation of each column: which axis? Keep the dimension. Then look "
        "for columns whose standard deviation is 0.",
        "mean = column means, (1, n); std = column deviations, (1, n), and 1 where that is 0",
        "mean = X.mean(axis=____, keepdims=True)\nstd = X.std(axis=____, keepdims=True)\n"
        "return mean, np.where(std == 0, ____, std)",
    ),
    returns=("mean", "std"),
)
def fit_scaler(X):
    return _scaler(X)


def _scaler(X, axis=0, keepdims=True, ddof=0, power=1):
    std = X.std(axis=axis, keepdims=keepdims, ddof=ddof if len(X) > ddof else 0) ** power
    return X.mean(axis=axis, keepdims=keepdims), np.where(std == 0, 1.0, std)


@fit_scaler.mistake(
    "The standard deviation divides by m − 1 here (ddof=1). In this course it divides by m: leave "
    "ddof out."
)
def sample_deviation(X):
    return _scaler(X, ddof=1)


@fit_scaler.mistake(
    "The standard deviation divides by m − 1 here (ddof=1); for one row that is a division by 0, "
    "nan. In this course it divides by m: leave ddof out."
)
def sample_deviation_of_one_row(X):
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
        std = X.std(axis=0, keepdims=True, ddof=1)
    return X.mean(axis=0, keepdims=True), np.where(std == 0, 1.0, std)


@fit_scaler.mistake(
    "Two things: the deviation divides by m − 1 (ddof=1), and a constant column keeps its 0. Leave "
    "ddof out, and put 1 where std is 0."
)
def sample_deviation_kept(X):
    with np.errstate(all="ignore"), warnings.catch_warnings(action="ignore"):
        return X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True, ddof=1)


@fit_scaler.mistake("mean and std are flat, (n,). Add keepdims=True, which makes them (1, n).")
def flat_scaler(X):
    return _scaler(X, keepdims=False)


@fit_scaler.mistake("Mean and deviation go along the rows. Each column has its own scale: axis=0.")
def scaler_along_rows(X):
    return _scaler(X, axis=1)


@fit_scaler.mistake(
    "There is one mean and one deviation for the whole table. Each column needs its own: axis=0."
)
def scaler_of_the_table(X):
    return _scaler(X, axis=None, keepdims=False)


@fit_scaler.mistake(
    "There is one mean and one deviation for the whole table. Each column needs its own: add "
    "axis=0."
)
def scaler_of_the_table_kept(X):
    return _scaler(X, axis=None)


@fit_scaler.mistake("This is the variance. The standard deviation is its square root: X.std.")
def variance(X):
    return _scaler(X, power=2)


@fit_scaler.mistake(
    "A constant column has the deviation 0, and dividing by it gives nan. Put 1 in its place, for "
    "example with np.where(std == 0, 1, std)."
)
def constant_column_kept(X):
    return X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True)


@fit_scaler.mistake(
    "A deviation of 0 becomes a tiny number, by adding it or by putting it there. Dividing by "
    "that blows up the smallest difference in new data: put 1 there."
)
def tiny_number_added(X):
    return X.mean(axis=0, keepdims=True), X.std(axis=0, keepdims=True) + 1e-8


@fit_scaler.mistake(
    "As soon as one column is constant, all deviations become 1. Replace only the zeros: np.where."
)
def one_constant_for_all(X):
    mean, std = constant_column_kept(X)
    return mean, np.ones_like(std) if (std == 0).any() else std


@fit_scaler.mistake(
    "Every deviation below 1 becomes 1, not only those that are 0. Small ones are fine."
)
def at_least_one(X):
    mean, std = constant_column_kept(X)
    return mean, np.maximum(std, 1)


@fit_scaler.mistake("The two returned values are swapped: first the mean, then the deviation.")
def deviation_first(X):
    return _scaler(X)[::-1]


@fit_scaler.mistake(
    "This is the smallest value and the range. Asked for are the mean and the standard deviation."
)
def smallest_and_range(X):
    span = np.ptp(X, axis=0, keepdims=True)
    return X.min(axis=0, keepdims=True), np.where(span == 0, 1.0, span)


@fit_scaler.mistake(
    "The squares are averaged without subtracting the mean first. X.std(axis=0) does both."
)
def not_centered(X):
    std = np.sqrt(np.mean(X**2, axis=0, keepdims=True))
    return X.mean(axis=0, keepdims=True), np.where(std == 0, 1.0, std)


@fit_scaler.mistake(
    "The data come back, scaled. This function only measures: return mean, std. Exercise 6.7b "
    "scales."
)
def scales_already(X):
    mean, std = _scaler(X)
    return (X - mean) / std


@fit_scaler.mistake("The deviation is missing. Return two things: return mean, std.")
def mean_only(X):
    return X.mean(axis=0, keepdims=True)


@fit_scaler.mistake(
    "if asks one question, but std holds a number for each column. Ask about all of them: "
    "np.where(std == 0, 1, std)."
)
def one_if_for_all_columns(X):
    mean, std = constant_column_kept(X)
    if std == 0:
        std = 1
    return mean, std


@fit_scaler.variant
def scaler_by_its_formula(X):
    mean = np.sum(X, axis=0, keepdims=True) / len(X)
    std = np.sqrt(((X - mean) ** 2).mean(axis=0, keepdims=True))
    std[std == 0] = 1
    return mean, std


@fit_scaler.variant
def scaler_reshaped(X):
    mean, std = X.mean(0).reshape(1, -1), X.std(0).reshape(1, -1)
    return mean, std + (std == 0)


@fit_scaler.variant
def scaler_with_a_loop(X):
    mean, std = np.zeros((1, X.shape[1])), np.ones((1, X.shape[1]))
    for j in range(X.shape[1]):
        mean[0, j] = np.mean(X[:, j])
        if X[:, j].max() > X[:, j].min():
            std[0, j] = np.var(X[:, j]) ** 0.5
    return [mean.tolist(), std]


def rows_to_scale(rng: np.random.Generator) -> list[Case]:
    """Make new rows beside the scaler of other rows."""

    def case(m: int, n: int) -> Case:
        mean, std = hundredths(rng, 1, n), np.abs(hundredths(rng, 1, n)) + 0.5
        return hundredths(rng, m, n), (mean, std.round(2))

    return [
        (
            np.array([[1.0, 20.0], [2.0, 50.0], [6.0, 30.0], [3.0, 10.0], [0.0, 40.0]]),
            (np.array([[3.0, 30.0]]), np.array([[2.0, 10.0]])),
        ),
        case(5, 3),
        case(7, 4),
        case(1, 2),
    ]


@exercise(
    "6.7",
    "scale with a scaler",
    cases=rows_to_scale,
    hints=(
        "The scaler is a pair: take it apart. Do not measure X again.",
        "scaled = (X − mean) / std, with the mean and std of the training rows",
        "mean, std = scaler\nreturn (X - ____) / ____",
    ),
)
def scale(X, scaler):
    mean, std = scaler
    return (X - mean) / std


@scale.mistake(
    "X is measured anew, and the scaler is not used. New rows are scaled with the mean and std of "
    "the training rows: mean, std = scaler."
)
def measured_anew(X, scaler):
    mean, std = _scaler(X)
    return (X - mean) / std


@scale.mistake(
    "X is measured anew, with a deviation that may be 0, and the scaler is not used. New rows are "
    "scaled with the numbers of the training rows: mean, std = scaler."
)
def measured_anew_without_guard(X, scaler):
    return (X - X.mean(axis=0)) / X.std(axis=0)


@scale.mistake(
    "X is centered by its own mean, before or after. Subtract the mean of the training rows, and "
    "nothing else: mean, std = scaler."
)
def own_mean(X, scaler):
    return (X - X.mean(axis=0)) / scaler[1]


@scale.mistake(
    "X is divided by its own deviation. Divide by that of the training rows: mean, std = scaler."
)
def own_deviation(X, scaler):
    return (X - scaler[0]) / _scaler(X)[1]


@scale.mistake(
    "This undoes a scaling: times std, plus the mean. Scale: subtract the mean, divide by std."
)
def scaling_undone(X, scaler):
    return X * scaler[1] + scaler[0]


@scale.mistake("The mean is not subtracted. Subtract it first, then divide.")
def not_shifted(X, scaler):
    return X / scaler[1]


@scale.mistake("The division by the standard deviation is missing.")
def not_divided(X, scaler):
    return X - scaler[0]


@scale.mistake("X is multiplied by the standard deviation. Divide by it.")
def multiplied(X, scaler):
    return (X - scaler[0]) * scaler[1]


@scale.mistake(
    "Only the mean is divided by std, because / comes before -. Put the difference in parentheses."
)
def parentheses_forgotten(X, scaler):
    return X - scaler[0] / scaler[1]


@scale.mistake("X is divided first and shifted afterwards. Subtract the mean, then divide.")
def divided_first(X, scaler):
    return X / scaler[1] - scaler[0]


@scale.mistake("mean and std are mixed up: the scaler is (mean, std), in this order.")
def mean_and_std_mixed_up(X, scaler):
    std, mean = scaler
    return (X - mean) / std


@scale.mistake("The sign is turned around: it is X minus the mean, not the mean minus X.")
def mean_minus_x(X, scaler):
    return (scaler[0] - X) / scaler[1]


@scale.mistake("The mean is added. Subtract it.")
def mean_added(X, scaler):
    return (X + scaler[0]) / scaler[1]


@scale.mistake("This divides by the variance, std². The scaler's std is the deviation already.")
def divided_by_the_variance(X, scaler):
    return (X - scaler[0]) / scaler[1] ** 2


@scale.mistake("This divides by the root of std. The scaler's std is the deviation already.")
def divided_by_a_root(X, scaler):
    return (X - scaler[0]) / np.sqrt(scaler[1])


@scale.mistake(
    "The numbers are right, but -= and /= write into the caller's X. Make a new array: "
    "(X - mean) / std."
)
def scaled_in_place(X, scaler):
    X -= scaler[0]
    X /= scaler[1]
    return X


@scale.mistake("scaler is a tuple. It has no names: take it apart with mean, std = scaler.")
def scaler_with_dots(X, scaler):
    return (X - scaler.mean) / scaler.std


@scale.mistake(
    "scaler is a tuple, so it has places and no keys. Take it apart with mean, std = scaler."
)
def scaler_with_keys(X, scaler):
    return (X - scaler["mean"]) / scaler["std"]


@scale.mistake("Two values come back, not one array. Return the scaled X alone.")
def scaler_handed_on(X, scaler):
    return scale.reference(X, scaler), scaler


@scale.variant
def scaled_by_places(X, scaler):
    return np.divide(np.subtract(X, scaler[0]), scaler[1])


@scale.variant
def scaled_column_by_column(X, scaler):
    mean, std = (np.ravel(part) for part in scaler)
    return np.column_stack([(X[:, j] - mean[j]) / std[j] for j in range(X.shape[1])])


@scale.variant
def scaled_term_by_term(X, scaler):
    mean, std = scaler
    return X / std - mean / std


# 6.8 ---------------------------------------------------------------------------------------------


@exercise(
    "6.8",
    "train XOR from any start",
    cases=lambda rng: [(Seed(rng.integers(1, 1000)),)],
    hints=(
        "One start may fail. So train, test on the four rows, and draw new weights until all four "
        "are right. More hidden neurons fail less often.",
        "repeat: params = new random weights; params, history = fit(…); until the accuracy is 1",
        "while True:\n    params = a new start, drawn from rng\n"
        "    params, _ = fit(params, X, y, 1000, 4, 0.5, rng)\n"
        "    if accuracy(y, forward(X, params)[0]) == ____:\n        return ____",
    ),
    adapter=solved,
    seconds=60.0,
)
def train_xor(rng):
    while True:
        params = _xor_trained(rng)
        if _share(params, *reference.xor()) == 1:
            return params


def _xor_start(rng, hidden, scale=1.0):
    (W1, b1), (W2, b2) = reference.init_params((2, hidden, 1), rng)
    return {"W1": scale * W1, "b1": b1, "W2": scale * W2, "b2": b2}


def _xor_trained(rng, hidden=8, epochs=150, start=None):
    params = start or _xor_start(rng, hidden)
    X, y = reference.xor()
    for _ in range(epochs):
        params, _ = _step(params, X, y, 1.0)
    return params


def _by_hand(gain=1.0):
    """Set the weights of module 01, made a little surer by the gain."""
    return {
        "W1": np.ones((2, 2)),
        "b1": np.array([[0.0, -1.0]]),
        "W2": gain * np.array([[10.0], [-20.0]]),
        "b2": gain * np.array([[-5.0]]),
    }


@train_xor.mistake(
    "From some starts it works, from others training is stuck. Test the trained network, and draw "
    "new weights from rng until all four rows are right."
)
def without_restarts(rng):
    return _xor_trained(rng, hidden=3)


@train_xor.mistake(
    "The output is the same for every input, and the weights do not depend on rng. Do they all "
    "start at 0? Then the hidden neurons stay equal. Draw them from rng."
)
def zeros_at_the_start(rng):
    return {key: 0 * P for key, P in _xor_start(rng, 4).items()}


@train_xor.mistake(
    "The outputs are still near 0.5: the network has hardly moved. Train for more epochs, or with "
    "a larger learning rate, and keep what fit returns."
)
def hardly_trained(rng):
    return _xor_trained(rng, epochs=1, start=_xor_start(rng, 4, scale=0.01))


@train_xor.mistake(
    "Four wrong answers: the network has learned the opposite. The labels of XOR are 0, 1, 1, 0 in "
    "the order 00, 01, 10, 11."
)
def the_opposite(rng):
    return _by_hand(-1 - rng.random())


@train_xor.mistake(
    "The same weights come back whatever rng is: they are set by hand, or drawn from a generator "
    "of your own. Draw the start from the rng that is passed in, and train it."
)
def weights_by_hand(rng):
    return _by_hand()


@train_xor.mistake(
    "The same rng gives other weights, so nobody can repeat it. Draw everything from the rng that "
    "is passed in, and nothing from np.random."
)
def unseeded_start(rng):
    return _by_hand(1 + np.random.default_rng().random())


@train_xor.mistake(
    "More than the params comes back, or something else: fit returns (params, history). Take the "
    "two apart, and return the params, the dict."
)
def history_too(rng):
    return _by_hand(), {}


@train_xor.mistake(
    "No generator leads to four right answers. Test on all four rows, and go on until the accuracy "
    "is 1. The hidden layer is judged with ReLU, and one neuron is too few."
)
def three_are_enough(rng):
    gain = 10 + rng.random()
    return _by_hand() | {"W1": gain * np.ones((2, 2)), "W2": np.array([[1.0], [0.0]])}


@train_xor.variant
def xor_with_many_neurons(rng):
    tries = (_xor_trained(rng, 16, 200) for _ in range(99))
    return next(params for params in tries if _share(params, *reference.xor()) == 1)


@train_xor.variant
def xor_with_two_neurons(rng):
    while True:
        params = _xor_trained(rng, hidden=2)
        A2, _ = reference.forward(reference.xor()[0], params)
        if np.array_equal(A2.ravel() > 0.5, [0, 1, 1, 0]):
            return params


@train_xor.variant
def xor_from_uniform_weights(rng):
    for _ in range(100):
        start = {"W1": rng.uniform(-1, 1, (2, 6)), "b1": rng.uniform(-1, 1, (1, 6))}
        start |= {"W2": rng.uniform(-1, 1, (6, 1)), "b2": np.zeros((1, 1))}
        params = _xor_trained(rng, start=start)
        if _share(params, *reference.xor()) == 1:
            break
    return {key: P.tolist() for key, P in params.items()}
