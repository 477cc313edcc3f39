"""Forward, with examples in columns."""

import numpy as np

from helpers.checks.cases import hundredths, network_params
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m03_forward._cases import forward_with, identity
from helpers.reference.activations import relu, sigmoid
from helpers.reference.data import two_two_one


def columns(rng: np.random.Generator) -> list[Case]:
    """Make networks in the other convention: a column is an example."""
    cases = [
        (hundredths(rng, m, n), network_params(rng, n, hidden, 1))
        for m, n, hidden in ((5, 3, 4), (7, 2, 3), (5, 4, 2))
    ]
    X, _, params = two_two_one()
    return [(A.T, {key: P.T for key, P in p.items()}) for A, p in [*cases, (X, params)]]


def without_cache(answer, *_):
    """Ask for A2 alone, whatever the cache beside it holds."""
    if isinstance(answer, tuple | list) and len(answer) == 2 and isinstance(answer[1], dict):
        raise ValueError("Two things come back, and the second is a dict.")
    return answer


@exercise(
    "3.5",
    "forward, with examples in columns",
    cases=columns,
    whole=("X",),
    hints=(
        "Here a column of X is one example, and W1 has a row for each neuron. Which of the two "
        "goes first in the product?",
        "Z1 = W1 @ X + b1; A1 = relu(Z1); Z2 = W2 @ A1 + b2; A2 = sigmoid(Z2)",
        'Z1 = params["W1"] @ «X» + params["b1"]',
    ),
    view=without_cache,
)
def forward_columns(X, params):
    return _in_columns(X, **params)


def _in_columns(X, W1, b1, W2, b2, hidden=relu, output=sigmoid):
    return output(W2 @ hidden(W1 @ X + b1) + b2)


@forward_columns.mistake(
    "This is the formula for rows, X @ W1. With examples in columns the weights go first: W1 @ X."
)
def columns_by_the_rule_for_rows(X, params):
    return forward_with(X, **params)[0]


@forward_columns.mistake(
    "np.dot(X, W1) is the formula for rows. With examples in columns write np.dot(W1, X)."
)
def columns_by_dot_for_rows(X, params):
    A1 = relu(np.dot(X, params["W1"]) + params["b1"])
    return sigmoid(np.dot(A1, params["W2"]) + params["b2"])


@forward_columns.mistake(
    "The weights are transposed, but they already fit: W1 is (n1, n) here, and X is (n, m)."
)
def columns_weights_transposed(X, params):
    return _in_columns(X, params["W1"].T, params["b1"], params["W2"].T, params["b2"])


@forward_columns.mistake(
    "The answer stands upright, (m, 1). In this convention every example is a column: (1, m)."
)
def columns_answered_in_rows(X, params):
    return _in_columns(X, **params).T


@forward_columns.mistake("The answer is flat, (m,). Keep the row that the product gives: (1, m).")
def columns_flattened(X, params):
    return _in_columns(X, **params).ravel()


@forward_columns.mistake(
    "The biases are turned into rows. Here b1 is a column (n1, 1), and each example is a column "
    "too: add it as it is."
)
def columns_with_bias_rows(X, params):
    return _in_columns(X, params["W1"], params["b1"].T, params["W2"], params["b2"])


@forward_columns.mistake(
    "The second layer sees Z1 without ReLU: is A1 computed, and is it A1 that goes on?"
)
def columns_without_relu(X, params):
    return _in_columns(X, **params, hidden=identity)


@forward_columns.mistake("The sigmoid is missing at the end: A2 = sigmoid(Z2).")
def columns_without_sigmoid(X, params):
    return _in_columns(X, **params, output=identity)


@forward_columns.mistake("The hidden layer uses the sigmoid. It is ReLU, as in exercise 3.4.")
def columns_hidden_sigmoid(X, params):
    return _in_columns(X, **params, hidden=sigmoid)


@forward_columns.mistake("The first bias, b1, is missing: Z1 = W1 @ X + b1.")
def columns_without_b1(X, params):
    return _in_columns(X, **{**params, "b1": 0})


@forward_columns.mistake("The second bias, b2, is missing: Z2 = W2 @ A1 + b2.")
def columns_without_b2(X, params):
    return _in_columns(X, **{**params, "b2": 0})


@forward_columns.mistake("Both biases are missing: add b1 to W1 @ X, and b2 to W2 @ A1.")
def columns_without_biases(X, params):
    return _in_columns(X, **{**params, "b1": 0, "b2": 0})


@forward_columns.mistake(
    "A cache comes back as well. Return A2 alone: where you call your forward, forward(...)[0]."
)
def columns_with_cache(X, params):
    A2, cache = forward_with(X.T, **{key: P.T for key, P in params.items()})
    return A2.T, cache


@forward_columns.mistake(
    "The function changes the dict that it was given. Make a new one: "
    "{name: value.T for name, value in params.items()}."
)
def columns_change_the_dict(X, params):
    for key in params:
        params[key] = params[key].T
    return forward_with(X.T, **params)[0].T


@forward_columns.mistake(
    "The function changes the dict that it was given, and the answer stands upright. Make a new "
    "dict with .T of every value, and transpose the answer back."
)
def columns_change_the_dict_and_stay_rows(X, params):
    return columns_change_the_dict(X, params).T


@forward_columns.mistake(
    "Only X is transposed. For the formula in rows, transpose the parameters too, and the answer "
    "back at the end."
)
def columns_transpose_x_only(X, params):
    return forward_with(X.T, **params)[0].T


@forward_columns.mistake("The hidden layer uses tanh. It is ReLU, as in exercise 3.4.")
def columns_hidden_tanh(X, params):
    return _in_columns(X, **params, hidden=np.tanh)


@forward_columns.mistake("b1 is added after ReLU. It belongs into the sum: relu(W1 @ X + b1).")
def columns_bias_after_relu(X, params):
    A1 = relu(params["W1"] @ X) + params["b1"]
    return sigmoid(params["W2"] @ A1 + params["b2"])


@forward_columns.mistake(
    "W1 is not a name here, but a key of the dict that is passed in. Look it up, in quotes: "
    'params["W1"].'
)
def columns_with_bare_names(X, params):
    return W1 @ X  # noqa: F821


@forward_columns.variant
def columns_by_translation(X, params):
    return forward_with(X.T, **{key: P.T for key, P in params.items()})[0].T


@forward_columns.variant
def columns_one_by_one(X, params):
    outputs = [_in_columns(X[:, [i]], **params) for i in range(X.shape[1])]
    return np.hstack(outputs).tolist()


@forward_columns.variant
def columns_with_dot(X, params):
    A1 = np.maximum(np.dot(params["W1"], X) + params["b1"], 0)
    return 1 / (1 + np.exp(-(np.dot(params["W2"], A1) + params["b2"])))
