"""The training loop."""

import numpy as np

from helpers import reference
from helpers.checks.cases import Seed, column, hundredths, labels, network_params
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m06_training._cases import deal_out, fast_gradients, fast_step, share_right
from helpers.exercises.m06_training.behavior import Replay, trained
from helpers.exercises.m06_training.minibatches import (
    drawn_with_replacement,
    last_batch_always_dropped,
    last_batch_dropped,
    minibatches,
    not_shuffled,
    shuffled_apart,
)
from helpers.exercises.m06_training.train_step import step_in_place


def runs(rng: np.random.Generator) -> list[Case]:
    """Make runs with one batch in each epoch, which depend on no draw, and two with several.

    The last one has rows of whole numbers, as those of XOR.
    """
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
        (small, np.sign(X5).astype(int), y5, 2, 5, 0.5, seed),
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
        "    for Xb, yb in minibatches(X, y, batch_size, «rng»):\n"
        "        shares.append(accuracy(yb, forward(Xb, params)[0]))\n"
        "        params, loss = train_step(params, «Xb», «yb», lr)\n        losses.append(loss)\n"
        '    history["loss"].append(np.mean(«losses»))',
    ),
    adapter=trained,
    seconds=20.0,
    returns=("params", "history"),
    parts=(
        "entries",
        "order",
        "weights",
        "W2",
        "b2",
        "W1",
        "b1",
        "loss",
        "accuracy",
        "val_loss",
        "val_accuracy",
        "rng",
    ),
    settings=("epochs", "batch_size", "lr"),
)
def fit(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data)


def _noted(history, params, data, prefix="val_"):
    """Append the loss and the accuracy on some data."""
    history[f"{prefix}loss"].append(fast_gradients(params, *data)[1])
    history[f"{prefix}accuracy"].append(share_right(params, *data))


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
    step=fast_step, loss_of=_mean, share_of=_mean, validate=_noted, forget=True,
):  # fmt: skip
    """Train; each option is a place where students go astray."""
    history, seen = _history(), []
    for _ in range(epochs):
        seen = [] if forget else seen
        for Xb, yb in deal(X, y, batch_size, rng):
            share = share_right(params, Xb, yb)
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
            params, _ = fast_step(params, *val_data, lr)
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
            params, loss = fast_step(params, Xb, yb, lr)
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
        losses = [fast_step(params, Xb, yb, lr)[1] for Xb, yb in batches]
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
            params, loss = fast_step(params, Xb, yb, lr)
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
            params, loss = fast_step(params, Xb, yb, lr)
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
        return params, fast_step(params, X, y, lr)[1]

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
            params, _ = fast_step(params, Xb, yb, lr)
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
        return fast_step(params, X, y, lr)

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
            shares.append(share_right(params, Xb, yb))
            params, loss = fast_step(params, Xb, yb, lr)
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
            params, _ = fast_step(params, *val_data, lr)
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


@fit.mistake(
    "The losses of the batches are added up and divided by the number of rows. Each is a mean "
    "already: divide their sum by the number of batches, or count each times its rows."
)
def losses_over_rows(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    def over_rows(losses, sizes):
        return sum(losses) / sum(sizes)

    return _fit(params, X, y, epochs, batch_size, lr, rng, val_data, loss_of=over_rows)


@fit.mistake(
    "Every step starts from the same parameters, so all but the last are lost. Keep what "
    "train_step returns under the name that the next step reads: params, loss = train_step(…)."
)
def steps_not_carried_over(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    history, new = _history(), params
    for _ in range(epochs):
        seen = []
        for Xb, yb in minibatches.reference(X, y, batch_size, rng):
            new, loss = fast_step(params, Xb, yb, lr)
            seen.append((loss, share_right(params, Xb, yb)))
        losses, shares = zip(*seen, strict=True)
        history["loss"].append(np.mean(losses))
        history["accuracy"].append(np.mean(shares))
        if val_data is not None:
            _noted(history, new, val_data)
    return new, history


@fit.mistake(
    "The validation rows are looked at after every batch. Once in each epoch is asked for: move "
    "that below the loop over the batches."
)
def validated_after_each_batch(params, X, y, epochs, batch_size, lr, rng, val_data=None):
    history = _history()
    for _ in range(epochs):
        losses, shares = [], []
        for Xb, yb in minibatches.reference(X, y, batch_size, rng):
            shares.append(share_right(params, Xb, yb))
            params, loss = fast_step(params, Xb, yb, lr)
            losses.append(loss)
            if val_data is not None:
                _noted(history, params, val_data)
        history["loss"].append(np.mean(losses))
        history["accuracy"].append(np.mean(shares))
    return params, history


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
            grads, mean = fast_gradients(params, X[rows], y[rows])
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
        return deal_out(X, y, size, next(orders))

    params, history = _fit(params, X, y, epochs, batch_size, lr, rng, val_data, deal=deal)
    return [params, history | {"epochs": epochs}]
