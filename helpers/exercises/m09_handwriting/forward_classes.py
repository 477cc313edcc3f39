"""Forward to k classes."""

import numpy as np

from helpers import reference
from helpers.checks.exercise import exercise
from helpers.exercises.m09_handwriting._cases import networks_and_inputs


def with_cache_for_the_way_back(answer, *_):
    """Ask for the four keys by name; more keys are fine."""
    if isinstance(answer, tuple | list) and len(answer) == 2 and isinstance(answer[1], dict):
        missing = [key for key in ("Z1", "A1", "Z2", "A2") if key not in answer[1]]
        if missing:
            raise ValueError(f"The cache has no key {', '.join(map(repr, missing))}.")
    return answer


@exercise(
    "9.2",
    "forward to several classes",
    cases=networks_and_inputs,
    whole=("X",),
    hints=(
        "The first three lines are those of exercise 3.4. The last one is softmax, from exercise "
        "2.5: subtract each row's largest score, then exponentiate, then divide by the row's sum.",
        "Z1 = X @ W1 + b1; A1 = ReLU of Z1; Z2 = A1 @ W2 + b2; P = softmax of each row of Z2",
        "E = np.exp(Z2 - Z2.max(axis=1, keepdims=True))\nP = E / E.sum(axis=«1», keepdims=«True»)",
    ),
    view=with_cache_for_the_way_back,
    returns=("P", "cache"),
    parts=("Z1", "A1", "Z2", "P", "A2"),
)
def forward_classes(X, params):
    return run(X, **params)


def relu(Z):
    return np.maximum(0, Z)


def run(X, W1, b1, W2, b2, hidden=relu, output=reference.softmax):
    """Go forward; the activations can be replaced by wrong ones."""
    Z1 = X @ W1 + b1
    A1 = hidden(Z1)
    Z2 = A1 @ W2 + b2
    P = output(Z2)
    return P, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": P}


def shares(E, axis=1):
    return E / E.sum(axis=axis, keepdims=True)


@forward_classes.mistake(
    "Without a shift np.exp(1000) is infinite, and inf / inf is no number. Subtract each row's "
    "largest score first: the shares stay the same."
)
def softmax_without_shift(X, params):
    return run(X, **params, output=lambda Z: shares(np.exp(Z)))


@forward_classes.mistake(
    "The scores are shifted by the largest of the whole table. A row far below it becomes 0 / 0. "
    "Shift each row by its own: max(axis=1, keepdims=True)."
)
def softmax_shifted_by_the_table(X, params):
    return run(X, **params, output=lambda Z: shares(np.exp(Z - Z.max())))


@forward_classes.mistake(
    "The sums go down the columns, so the chances of a class add up to 1 over the batch. Each row "
    "is an example: axis=1."
)
def softmax_down_the_columns(X, params):
    return run(X, **params, output=lambda Z: reference.softmax(Z.T).T)


@forward_classes.mistake(
    "All numbers of the table together add up to 1. Each row should: sum(axis=1, keepdims=True)."
)
def softmax_of_the_table(X, params):
    return run(X, **params, output=lambda Z: shares(np.exp(Z - Z.max()), axis=None))


@forward_classes.mistake(
    "Scores are cut off before np.exp, so that 1000 and 999 become equal. Shift instead: subtract "
    "each row's largest score."
)
def softmax_of_cut_scores(X, params):
    return run(X, **params, output=lambda Z: shares(np.exp(np.clip(Z, -500, 500))))


@forward_classes.mistake(
    "The output layer uses the sigmoid, each class for itself, and a row does not add up to 1. Use "
    "softmax over each row."
)
def sigmoid_at_the_end(X, params):
    return run(X, **params, output=reference.sigmoid)


@forward_classes.mistake(
    "The output has no activation: P is Z2. Put each row of Z2 through softmax."
)
def no_softmax(X, params):
    return run(X, **params, output=lambda Z: Z)


@forward_classes.mistake(
    "A row does not add up to 1: the division is missing, or it is by the largest entry. Divide by "
    "the row's sum."
)
def powers_alone(X, params):
    return run(X, **params, output=lambda Z: np.exp(Z - Z.max(axis=1, keepdims=True)))


@forward_classes.mistake("The hidden layer has no activation: A1 is Z1. Put Z1 through ReLU.")
def linear_hidden_layer(X, params):
    return run(X, **params, hidden=lambda Z: Z)


@forward_classes.mistake("The hidden layer uses the sigmoid. Here it is ReLU: np.maximum(0, Z1).")
def sigmoid_hidden_layer(X, params):
    return run(X, **params, hidden=reference.sigmoid)


@forward_classes.mistake("The hidden layer uses tanh. Here it is ReLU: np.maximum(0, Z1).")
def tanh_hidden_layer(X, params):
    return run(X, **params, hidden=np.tanh)


@forward_classes.mistake(
    "The hidden layer uses softmax, too. It has ReLU; softmax comes once, at the end."
)
def softmax_hidden_layer(X, params):
    return run(X, **params, hidden=reference.softmax)


@forward_classes.mistake(
    "Z2 is computed from Z1. The second layer sees the activations: A1 @ W2 + b2."
)
def hidden_layer_skipped(X, params):
    cache = run(X, **params)[1]
    Z2 = cache["Z1"] @ params["W2"] + params["b2"]
    return reference.softmax(Z2), cache | {"Z2": Z2}


@forward_classes.mistake("Both biases are missing. Add b1 to the first product, b2 to the second.")
def classes_without_biases(X, params):
    return run(X, **{**params, "b1": 0, "b2": 0})


@forward_classes.mistake("b1 is missing in the first layer: Z1 = X @ W1 + b1.")
def classes_without_b1(X, params):
    return run(X, **{**params, "b1": 0})


@forward_classes.mistake("b2 is missing in the second layer: Z2 = A1 @ W2 + b2.")
def classes_without_b2(X, params):
    return run(X, **{**params, "b2": 0})


@forward_classes.mistake("The cache is missing. Return two things: return P, cache.")
def chances_alone(X, params):
    return run(X, **params)[0]


@forward_classes.mistake("The two returned values are exchanged: first P, then the cache.")
def cache_before_chances(X, params):
    return run(X, **params)[::-1]


@forward_classes.mistake("The cache lacks the sums, Z1 and Z2. The way back needs Z1: keep both.")
def cache_lacks_sums(X, params):
    P, cache = run(X, **params)
    return P, {"A1": cache["A1"], "A2": P}


@forward_classes.mistake('The cache lacks P. The way back looks for it as "A2": add "A2": P.')
def cache_lacks_chances(X, params):
    P, cache = run(X, **params)
    return P, {key: cache[key] for key in ("Z1", "A1", "Z2")}


@forward_classes.mistake('The cache lacks Z2. Keep it as well: "Z2": Z2.')
def cache_lacks_scores(X, params):
    P, cache = run(X, **params)
    return P, {"Z1": cache["Z1"], "A1": cache["A1"], "A2": P}


@forward_classes.mistake(
    "ReLU was written into Z1 itself, so the cache holds A1 twice. Make a new array for A1."
)
def sums_overwritten(X, params):
    P, cache = run(X, **params)
    return P, cache | {"Z1": cache["A1"]}


@forward_classes.mistake(
    "The scores in the cache are already shifted. Keep Z2 itself, and shift a copy of it."
)
def scores_overwritten(X, params):
    P, cache = run(X, **params)
    return P, cache | {"Z2": cache["Z2"] - cache["Z2"].max(axis=1, keepdims=True)}


@forward_classes.mistake(
    "These are decisions. Return the chances, a row of k numbers for each example; exercise 9.5 "
    "decides."
)
def decides_already(X, params):
    P, cache = run(X, **params)
    return P.argmax(axis=1), cache


@forward_classes.mistake(
    "A sum or maximum of each row has lost its dimension, so it does not line up with the rows. "
    "Add keepdims=True."
)
def softmax_without_keepdims(X, params):
    return run(X, **params, output=lambda Z: np.exp(Z - Z.max(axis=1)))


@forward_classes.mistake(
    "The scores are made of Z1. The second layer's inputs are the activations: A1 @ W2 + b2."
)
def scores_without_relu(X, params):
    P, cache = run(X, **params, hidden=lambda Z: Z)
    return P, cache | {"A1": relu(cache["Z1"])}


@forward_classes.variant
def with_a_whole_cache(X, params):
    P, cache = run(X, **params)
    return P, cache | {"X": X}


@forward_classes.variant
def softmax_by_hand(X, params):
    def output(Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    return run(X, **params, output=output)


@forward_classes.variant
def softmax_by_logarithms(X, params):
    def output(Z):
        shifted = Z - Z.max(axis=1, keepdims=True)
        return np.exp(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))

    return run(X, **params, output=output)


@forward_classes.variant
def row_by_row(X, params):
    _, cache = run(X, **params, hidden=lambda Z: Z * (Z > 0))
    rows = []
    for z in cache["Z2"]:
        e = np.exp(z - max(z))
        rows.append((e / sum(e)).tolist())
    return rows, cache
