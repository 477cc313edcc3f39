"""The weighted sums of a layer."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m03_forward._cases import one_layer


@exercise(
    "3.2",
    "the weighted sums of a layer",
    cases=one_layer,
    whole=("X",),
    hints=(
        "One matrix product makes all weighted sums of all examples. The bias row is then added "
        "to every row.",
        "Z = X @ W + b, with shapes (m, n_in) @ (n_in, n_out) + (1, n_out)",
        "return X @ «W» + «b»",
    ),
)
def linear(X, W, b):
    return X @ W + b


@linear.mistake("The bias is missing: each neuron adds its own b.")
def linear_without_bias(X, W, b):
    return X @ W


@linear.mistake("The bias is subtracted. It is added, even where it is negative.")
def linear_bias_subtracted(X, W, b):
    return X @ W - b


@linear.mistake(
    "The answer lies on its side: each example should be a row, (m, n_out). Write X @ W + b, "
    "without transposing."
)
def linear_in_columns(X, W, b):
    return W.T @ X.T + b.T


@linear.mistake("W is transposed, but its inputs already come first: (n_in, n_out). Write X @ W.")
def linear_weights_transposed(X, W, b):
    return X @ W.T + b


@linear.mistake("The factors are in the wrong order. Each row of X meets W: X @ W, not W @ X.")
def linear_turned_around(X, W, b):
    return W @ X + b


@linear.mistake("np.dot(W, X) has the factors in the wrong order. Write np.dot(X, W), or X @ W.")
def linear_dot_turned_around(X, W, b):
    return np.dot(W, X) + b


@linear.mistake(
    "W.T does not fit: W already has its inputs first, (n_in, n_out). Write np.dot(X, W)."
)
def linear_dot_weights_transposed(X, W, b):
    return np.dot(X, W.T) + b


@linear.mistake("* multiplies entry by entry. The matrix product is @.")
def linear_entry_by_entry(X, W, b):
    return X * W + b


@linear.mistake(
    "All biases are added to every neuron. Add b itself: each column gets its own bias."
)
def linear_biases_summed(X, W, b):
    return X @ W + np.sum(b)


@linear.mistake("Every neuron gets the bias of the first one. Add the whole row b.")
def linear_first_bias_only(X, W, b):
    return X @ W + b[0, 0]


@linear.mistake(
    "These are already activations: the negative numbers are gone. Return the weighted sums."
)
def linear_with_relu(X, W, b):
    return np.maximum(0, X @ W + b)


@linear.mistake("The weighted sums are averaged over the inputs. Sum them, without dividing.")
def linear_averaged(X, W, b):
    return X @ W / X.shape[1] + b


@linear.variant
def linear_with_dot(X, W, b):
    return np.dot(X, W) + b.reshape(-1)


@linear.variant
def linear_with_loops(X, W, b):
    return [
        [sum(x[i] * W[i, j] for i in range(len(x))) + b[0, j] for j in range(W.shape[1])] for x in X
    ]


@linear.variant
def linear_with_einsum(X, W, b):
    return b + np.einsum("mi,ij->mj", X, W)


@linear.variant
def linear_bias_as_a_weight(X, W, b):
    return np.hstack([X, np.ones((len(X), 1))]) @ np.vstack([W, b])
