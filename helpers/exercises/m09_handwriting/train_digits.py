"""Train a network that reads handwriting."""

import numpy as np

from helpers import reference
from helpers.checks.exercise import exercise
from helpers.exercises.m09_handwriting.reading import (
    CLASSES,
    how_it_reads,
    in_words,
    rows_to_learn,
    taught,
)


@exercise(
    "9.7",
    "train a network that reads digits",
    cases=rows_to_learn,
    hints=(
        "Set some rows of X aside for validation, by one permutation. Then the loop of exercise "
        "6.4, with forward_classes and backward_classes in it, and the best weights at the end.",
        "repeat: for each batch: forward, back, one step for each of W1 b1 W2 b2; after the epoch: "
        "the validation loss; stop when it no longer falls; return the best weights",
        "for Xb, Yb in minibatches(X[train], Y[train], 32, rng):\n"
        "    _, cache = forward_classes(Xb, params)\n"
        "    grads = backward_classes(Xb, ____, params, ____)\n"
        '    params = {key: params[key] - lr * grads["d" + key] for key in params}\n'
        "if stopping.update(____, params):\n    break",
    ),
    adapter=taught,
    view=how_it_reads,
    write=in_words,
    seconds=5.0,
    suspects=False,
)
def train_digits(X, y, rng):
    """Train as the module's own solution does, draw for draw: its text quotes what comes of it."""
    order = rng.permutation(len(X))
    val, work = order[:200], order[200:]
    Y, params = reference.one_hot(y, CLASSES), start(rng)
    speed = {key: np.zeros_like(P) for key, P in params.items()}
    stopping = reference.EarlyStopping(patience=8)
    for _ in range(60):
        for Xb, Yb in reference.minibatches(X[work], Y[work], 32, rng):
            _, cache = reference.forward_classes(Xb, params)
            grads = reference.backward_classes(Xb, Yb, params, cache)
            for key in params:
                params[key], speed[key] = reference.momentum_step(
                    params[key], grads[f"d{key}"], speed[key], lr=0.1
                )
        P, _ = reference.forward_classes(X[val], params)
        if stopping.update(reference.cross_entropy(Y[val], P), params):
            break
    return stopping.best_params


def learned(X, y, rng, epochs=60, k=CLASSES, **settings):
    """Train by Adam until some rows that are set aside are read no better; return the layers."""
    order = rng.permutation(len(y))
    work, val = order[len(y) // 6 :], order[: len(y) // 6]
    Y = reference.one_hot(y, k)
    network = reference.Network(
        (X.shape[1], 32, k), loss="cross_entropy", optimizer="adam", lr=0.005, epochs=epochs,
        batch_size=32, patience=8, rng=rng, **settings,
    )  # fmt: skip
    return network.fit(X[work], Y[work], val_data=(X[val], Y[val])).layers_


def briefly(X, y, rng, **settings):
    """Train for a few epochs: enough to read most rows."""
    return reference.as_params(learned(X, y, rng, epochs=12, **settings))


def solved(X, y, rng, hidden):
    """Draw the hidden layer, and find the output layer by least squares: quick, and good."""
    W1, b1 = rng.normal(0, 0.5, (64, 400)), rng.normal(0, 1, 400)
    A1 = np.column_stack([hidden(X @ W1 + b1), np.ones(len(X))])
    right = A1.T @ reference.one_hot(y, CLASSES)
    *W2, b2 = np.linalg.solve(A1.T @ A1 + np.eye(401), right)
    return {"W1": W1, "b1": b1, "W2": np.array(W2), "b2": b2}


def start(rng, hidden=32, k=CLASSES):
    (W1, b1), (W2, b2) = reference.init_params((64, hidden, k), rng)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@train_digits.mistake(
    "It only guesses. Is the start returned, and not the trained weights? Are the rate or the "
    "epochs far too small? Has each row kept its own label, in the split and in the batches? Do "
    "steps go against the gradient?"
)
def the_start_comes_back(X, y, rng):
    return start(rng, hidden=96)


@train_digits.mistake(
    "Every row gets the same answer. Weights that all start at 0 stay equal: draw them by He's "
    "rule. Or each step goes up in place of down, or a rate that is too high has silenced every "
    "hidden neuron: lower it."
)
def zeros_stay_zeros(X, y, rng):
    params = {key: 0 * P for key, P in start(rng).items()}
    return params | {"b2": reference.one_hot(y, CLASSES).mean(axis=0, keepdims=True)}


@train_digits.mistake(
    "Training diverged: the weights have grown beyond all bounds, to inf or nan. Lower the "
    "learning rate, and divide gradients by m."
)
def weights_beyond_all_bounds(X, y, rng):
    return {key: np.full_like(P, np.nan) for key, P in start(rng).items()}


@train_digits.mistake(
    "It has begun to learn, and needs more: more epochs, a higher learning rate, Adam or momentum, "
    "or more hidden neurons. Watch the validation loss while you try."
)
def one_epoch(X, y, rng):
    return reference.as_params(learned(X, y, rng, epochs=1))


@train_digits.mistake(
    "The weights expect rows that were scaled inside the function, and nobody will scale them so. "
    "Train on X as it comes: pixels from 0 to 1 need no scaler."
)
def scaled_inside(X, y, rng):
    return briefly(reference.scale(X, reference.fit_scaler(X)), y, rng)


@train_digits.mistake(
    "The hidden layer was trained with tanh, and is judged with ReLU. Use your forward_classes and "
    "backward_classes for training, too."
)
def trained_with_tanh(X, y, rng):
    return solved(X, y, rng, np.tanh)


@train_digits.mistake(
    "It reads digits, but not under the names in y: in this check a 3 may be called 7. Train on "
    "the X and y that are passed in, and on no other rows."
)
def rows_of_the_notebook(X, y, rng):
    return briefly(*reference.digits(), rng)


@train_digits.mistake(
    "More than the params comes back. Return the dict alone, without history, loss or rng."
)
def with_its_history(X, y, rng):
    return start(rng), {"loss": []}


@train_digits.mistake(
    "These are layers, not a dict. Return the four arrays by their names: W1, b1, W2, b2."
)
def pairs_of_arrays(X, y, rng):
    return reference.init_params((64, 32, CLASSES), rng)


@train_digits.mistake(
    "The gradients come back, or arrays under another name. Return params, with the keys W1, b1, "
    "W2 and b2."
)
def gradients_come_back(X, y, rng):
    return {f"d{key}": P for key, P in start(rng).items()}


@train_digits.mistake(
    "W1 lies on its side. Rows are examples here, so W1 is (64, n), and Z1 = X @ W1 + b1."
)
def columns_for_examples(X, y, rng):
    return {key: P.T for key, P in start(rng).items()}


@train_digits.mistake(
    "The output layer has one neuron. Ten classes need ten: one_hot(y, 10), and W2 is (n, 10)."
)
def one_output(X, y, rng):
    return start(rng, k=1)


@train_digits.mistake(
    "The rows of X or their labels are shuffled in place. Shuffle row numbers instead, with "
    "rng.permutation(len(X)), and take X[order] and y[order]."
)
def shuffled_in_place(X, y, rng):
    rng.shuffle(y)
    return start(rng, hidden=96)


@train_digits.variant
def by_momentum(X, y, rng):
    params = start(rng, hidden=48)
    speed = {key: 0 * P for key, P in params.items()}
    Y = reference.one_hot(y, CLASSES)
    for _ in range(25):
        for Xb, Yb in reference.minibatches(X, Y, 32, rng):
            grads = _slopes(Xb, Yb, params)
            for key in params:
                speed[key] = 0.9 * speed[key] + grads[key]
                params[key] = params[key] - 0.1 * speed[key]
    return params | {"epochs": 25}


def _slopes(X, Y, params):
    """Go forward and back, without the reference's inspection of all inputs."""
    Z1 = X @ params["W1"] + params["b1"]
    A1 = np.maximum(Z1, 0)
    dZ2 = (reference.softmax(A1 @ params["W2"] + params["b2"]) - Y) / len(X)
    dZ1 = dZ2 @ params["W2"].T * (Z1 > 0)
    bias = {"b1": dZ1.sum(axis=0), "b2": dZ2.sum(axis=0)}
    return {"W1": X.T @ dZ1, "W2": A1.T @ dZ2} | bias


@train_digits.variant
def by_least_squares(X, y, rng):
    return solved(X, y, rng, reference.relu)


@train_digits.variant
def each_class_by_itself(X, y, rng):
    Y = reference.one_hot(y, CLASSES)
    network = reference.Network(
        (64, 40, CLASSES), optimizer="adam", lr=0.01, epochs=20, batch_size=32, rng=rng
    )
    params = reference.as_params(network.fit(X, Y).layers_)
    return {key: P.tolist() for key, P in params.items()}


@train_digits.variant
def the_generators_own_way(X, y, rng):
    return briefly(X, y, np.random.default_rng(int(rng.integers(100))), l2=0.1)
