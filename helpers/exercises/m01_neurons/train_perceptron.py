"""Train a perceptron."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m01_neurons._cases import CORNERS, quarters
from helpers.exercises.m01_neurons.perceptron_update import (
    perceptron_update,
    update_as_lists,
    update_with_ifs,
)
from helpers.exercises.m01_neurons.predict import predict
from helpers.reference.data import GATES


def training_sets(rng: np.random.Generator) -> list[Case]:
    """Make gates, XOR, and random points that a line separates."""
    corners = CORNERS.astype(float)
    cases = [
        (corners, np.array(GATES["AND"]), 1.0, 20),
        (corners, np.array(GATES["NAND"]), 0.5, 20),
        (corners, np.array(GATES["XOR"]), 0.25, 6),
        (corners, np.array(GATES["OR"]), 0.5, 2),
    ]
    for m, n in ((7, 3), (5, 4)):
        X = quarters(rng, m, n)
        cases.append((X, (X @ quarters(rng, n) + 0.125 > 0).astype(int), 0.5, 12))
    return cases


@exercise(
    "1.6",
    "train a perceptron",
    cases=training_sets,
    whole=("X",),
    hints=(
        "Two loops: epochs outside, rows inside. Use your perceptron_update for each row, with "
        "the weights that the row before it left.",
        "Count a row as an error when its prediction differs from its target. After each epoch "
        "list the count; stop when it is 0.",
        "for epoch in range(epochs):\n"
        "    errors = 0\n"
        "    for x, target in zip(X, y):\n"
        "        prediction = «int(x @ w + b > 0)»\n"
        "        errors += int(prediction != «target»)\n"
        "        w, b = perceptron_update(w, b, x, target, lr)\n"
        "    errors_per_epoch.append(errors)\n"
        "    if «errors == 0»:\n"
        "        break",
    ),
    returns=("w", "b", "errors_per_epoch"),
    parts=("w", "b", "errors_per_epoch"),
    settings=("lr", "epochs"),
)
def train_perceptron(X, y, lr, epochs):
    w, b, errors_per_epoch = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        errors = 0
        for x, target in zip(X, y):
            errors += int(target != int(x @ w + b > 0))
            w, b = perceptron_update.reference(w, b, x, target, lr)
        errors_per_epoch.append(errors)
        if errors == 0:
            break
    return w, b, errors_per_epoch


def _train(X, y, lr, epochs, *, stop=True, list_clean=True, count=abs, frozen=False, learn_b=True):
    """Train with one thing done wrong."""
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        errors, w0, b0 = 0, w, b
        for x, target in zip(X, y):
            error = target - int(x @ (w0 if frozen else w) + (b0 if frozen else b) > 0)
            w, b = w + lr * error * x, b + lr * error * learn_b
            errors += count(error)
        if errors == 0 and stop:
            return w, b, history + [0] * list_clean
        history.append(errors)
    return w, b, history


@train_perceptron.mistake("Training goes on after an epoch without errors. Stop there: break.")
def never_stops(X, y, lr, epochs):
    return _train(X, y, lr, epochs, stop=False)


@train_perceptron.mistake(
    "The last, clean epoch is missing from the list. Append its 0, then stop."
)
def clean_epoch_not_listed(X, y, lr, epochs):
    return _train(X, y, lr, epochs, list_clean=False)


@train_perceptron.mistake(
    "The errors are added with their signs, so +1 and -1 cancel. Count them: every wrong row is 1."
)
def signed_errors(X, y, lr, epochs):
    return _train(X, y, lr, epochs, count=int)


@train_perceptron.mistake(
    "All rows of an epoch are predicted with the weights that the epoch began with. "
    "The perceptron uses each update at once, on the next row."
)
def weights_of_the_epoch_before(X, y, lr, epochs):
    return _train(X, y, lr, epochs, frozen=True)


@train_perceptron.mistake(
    "The bias stays 0. Keep both values: w, b = perceptron_update(...). Does your update move b?"
)
def bias_stays_zero(X, y, lr, epochs):
    return _train(X, y, lr, epochs, learn_b=False)


@train_perceptron.mistake(
    "The learning rate is not used: with it, w and b would be lr times as large."
)
def training_without_learning_rate(X, y, lr, epochs):
    return train_perceptron.reference(X, y, 1.0, epochs)


@train_perceptron.mistake(
    "The weights start anew in every epoch. Set them to zero once, before the loop."
)
def starts_anew_every_epoch(X, y, lr, epochs):
    history = []
    for _ in range(epochs):
        w, b, (errors,) = train_perceptron.reference(X, y, lr, 1)
        history.append(errors)
        if errors == 0:
            break
    return w, b, history


@train_perceptron.mistake(
    "Training stops after one epoch, although it had errors. Look at the condition of the stop, "
    "and at where return stands."
)
def one_epoch_only(X, y, lr, epochs):
    return train_perceptron.reference(X, y, lr, 1)


@train_perceptron.mistake(
    "The weights never change: what the update returns is thrown away. "
    "Write w, b = perceptron_update(...) to keep it."
)
def update_thrown_away(X, y, lr, epochs):
    wrong = int((np.asarray(y) == 1).sum())
    return np.zeros(X.shape[1]), 0.0, [wrong] * epochs


@train_perceptron.mistake(
    "The count goes on from epoch to epoch. Set errors = 0 at the start of every epoch."
)
def count_never_reset(X, y, lr, epochs):
    w, b, history = _train(X, y, lr, epochs, stop=False)
    return w, b, np.cumsum(history)


@train_perceptron.mistake(
    "A row is counted after its update, with the new weights. Predict and count first, then update."
)
def counted_after_the_update(X, y, lr, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        errors = 0
        for x, target in zip(X, y):
            w, b = perceptron_update.reference(w, b, x, target, lr)
            errors += int(target != int(x @ w + b > 0))
        history.append(errors)
        if errors == 0:
            break
    return w, b, history


@train_perceptron.mistake(
    "The errors are counted at the end of the epoch, for all rows at once. "
    "Count each row when its turn comes, before its update."
)
def counted_after_the_epoch(X, y, lr, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        for x, target in zip(X, y):
            w, b = perceptron_update.reference(w, b, x, target, lr)
        history.append(int((predict.reference(X, w, b) != y).sum()))
        if history[-1] == 0:
            break
    return w, b, history


@train_perceptron.mistake(
    "A row on the line, z = 0, is predicted 1 here. The step function gives 0 there: use >."
)
def training_fires_at_zero(X, y, lr, epochs):
    w, b, history = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        errors = 0
        for x, target in zip(X, y):
            error = target - int(x @ w + b >= 0)
            w, b = w + lr * error * x, b + lr * error
            errors += abs(error)
        history.append(errors)
        if errors == 0:
            break
    return w, b, history


@train_perceptron.variant
def training_with_one_vector(X, y, lr, epochs):
    inputs = np.column_stack([X, np.ones(len(X))])
    v, history = np.zeros(inputs.shape[1]), []
    while len(history) < epochs and (not history or history[-1] != 0):
        errors = 0
        for x, target in zip(inputs, y):
            error = target - int(v @ x > 0)
            v = v + lr * error * x
            errors += error != 0
        history.append(errors)
    return v[:-1], v[-1], np.array(history)


@train_perceptron.variant
def training_counts_before_updating(X, y, lr, epochs):
    w, b, history = np.zeros(X.shape[1]), 0, []
    for _ in range(epochs):
        wrong = []
        for x, target in zip(X, y):
            before = (w, b)
            w, b = update_with_ifs(w, b, x, target, lr)
            wrong.append(b != before[1])
        history.append(sum(wrong))
        if not any(wrong):
            break
    return w, b, history


@train_perceptron.variant
def training_as_lists(X, y, lr, epochs):
    w, b, history = [0.0] * X.shape[1], 0.0, []
    for _ in range(epochs):
        history.append(0)
        for i in range(len(X)):
            predicted = int(sum(w[j] * X[i, j] for j in range(len(w))) + b > 0)
            if predicted != y[i]:
                history[-1] += 1
                w, b = update_as_lists(w, b, X[i], y[i], lr)
        if history[-1] == 0:
            return w, b, history
    return w, b, history
