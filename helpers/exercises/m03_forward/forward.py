"""Forward through two layers."""

import numpy as np

from helpers.checks.cases import hundredths, network_params
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m03_forward._cases import forward_with, identity
from helpers.exercises.m03_forward.layer_forward import layer_with_dot
from helpers.reference.activations import relu, sigmoid
from helpers.reference.data import asd_batch


def two_layers(rng: np.random.Generator) -> list[Case]:
    """Make networks of several sizes; one has weighted sums that are exactly 0."""
    at_zero = {
        "W1": np.array([[0.5, -1.0], [-0.5, 1.0], [0.25, 0.75]]),
        "b1": np.array([[0.0, -0.75]]),
        "W2": np.array([[2.0], [-1.5]]),
        "b2": np.array([[0.5]]),
    }
    X, _, params = asd_batch()
    return [
        (np.array([[1.0, 1.0, 0.0], [0.5, 0.5, 1.0], [-1.0, 0.5, 2.0]]), at_zero),
        (hundredths(rng, 5, 2), network_params(rng, 2, 3, 1)),
        (hundredths(rng, 7, 3), network_params(rng, 3, 4, 2)),
        (X, params),
        (4 * hundredths(rng, 5, 4), network_params(rng, 4, 6, 1)),
    ]


def with_whole_cache(answer, *_):
    """Ask for the four keys by name; more keys are fine."""
    if isinstance(answer, tuple | list) and len(answer) == 2 and isinstance(answer[1], dict):
        missing = [key for key in ("Z1", "A1", "Z2", "A2") if key not in answer[1]]
        if missing:
            raise ValueError(f"The cache has no key {', '.join(map(repr, missing))}.")
    return answer


@exercise(
    "3.4",
    "forward through two layers",
    cases=two_layers,
    whole=("X",),
    hints=(
        "Four lines, one for each of Z1, A1, Z2, A2. Each uses the one before it.",
        "Z1 = X @ W1 + b1; A1 = relu(Z1); Z2 = A1 @ W2 + b2; A2 = sigmoid(Z2)",
        'Z2 = «A1» @ params["W2"] + params["b2"]',
    ),
    view=with_whole_cache,
    returns=("A2", "cache"),
    parts=("Z1", "A1", "Z2", "cache['A2']", "A2"),
)
def forward(X, params):
    return forward_with(X, **params)


@forward.mistake(
    "The hidden layer has no activation: A1 is Z1. Put Z1 through ReLU, or two layers are only one."
)
def hidden_layer_linear(X, params):
    return forward_with(X, **params, hidden=identity)


@forward.mistake("The hidden layer uses the sigmoid. Here it is ReLU; the sigmoid comes last.")
def hidden_layer_sigmoid(X, params):
    return forward_with(X, **params, hidden=sigmoid)


@forward.mistake("The two activations are swapped: ReLU in the hidden layer, sigmoid at the end.")
def activations_swapped(X, params):
    return forward_with(X, **params, hidden=sigmoid, output=relu)


@forward.mistake("The output layer uses ReLU. The sigmoid turns Z2 into numbers from 0 to 1.")
def output_layer_relu(X, params):
    return forward_with(X, **params, output=relu)


@forward.mistake("The output has no activation: A2 is Z2. Put Z2 through the sigmoid.")
def output_layer_linear(X, params):
    return forward_with(X, **params, output=identity)


@forward.mistake(
    "A1 is a mask of True and False, or 1 and 0. ReLU keeps the positive numbers themselves: "
    "np.maximum(0, Z1)."
)
def relu_as_a_mask(X, params):
    return forward_with(X, **params, hidden=lambda Z: (Z > 0).astype(float))


@forward.mistake("A1 holds absolute values. ReLU makes negative numbers 0: np.maximum(0, Z1).")
def relu_as_absolute_value(X, params):
    return forward_with(X, **params, hidden=np.abs)


@forward.mistake("Z2 is computed from Z1. The second layer sees the activations: A1 @ W2 + b2.")
def second_layer_skips_relu(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    Z2 = Z1 @ params["W2"] + params["b2"]
    A2 = sigmoid(Z2)
    return A2, {"Z1": Z1, "A1": relu(Z1), "Z2": Z2, "A2": A2}


@forward.mistake(
    "Something as wide as X meets something with a row for each hidden neuron. Is W1 transposed, "
    "or does the second layer get X or relu(X)? A1 = relu(X @ W1 + b1), Z2 = A1 @ W2 + b2."
)
def second_layer_sees_the_inputs(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    Z2 = X @ params["W2"] + params["b2"]
    return sigmoid(Z2), {"Z1": Z1, "A1": relu(Z1), "Z2": Z2, "A2": sigmoid(Z2)}


@forward.mistake("b1 is missing in the first layer: Z1 = X @ W1 + b1.")
def forward_without_b1(X, params):
    return forward_with(X, **{**params, "b1": 0})


@forward.mistake("b2 is missing in the second layer: Z2 = A1 @ W2 + b2.")
def forward_without_b2(X, params):
    return forward_with(X, **{**params, "b2": 0})


@forward.mistake("Both biases are missing. Add b1 to the first product and b2 to the second.")
def forward_without_biases(X, params):
    return forward_with(X, **{**params, "b1": 0, "b2": 0})


@forward.mistake("The cache is missing. Return two things: return A2, cache.")
def forward_without_cache(X, params):
    return forward_with(X, **params)[0]


@forward.mistake("The two returned values are swapped: first A2, then the cache.")
def forward_cache_first(X, params):
    return forward_with(X, **params)[::-1]


@forward.mistake(
    "The cache lacks Z1 and Z2. The way back needs them: keep the sums and the activations."
)
def cache_without_sums(X, params):
    A2, cache = forward_with(X, **params)
    return A2, {"A1": cache["A1"], "A2": A2}


@forward.mistake('The cache lacks A2. Put it in as well: "A2": A2.')
def cache_without_output(X, params):
    A2, cache = forward_with(X, **params)
    return A2, {key: cache[key] for key in ("Z1", "A1", "Z2")}


@forward.mistake(
    "These are decisions, 0 or 1. Return the outputs of the sigmoid; a threshold comes later."
)
def forward_decides(X, params):
    A2, cache = forward_with(X, **params)
    return (A2 > 0.5).astype(int), cache


@forward.mistake(
    "The first returned value is Z2. Return A2, the sigmoid of Z2, and then the cache."
)
def forward_returns_z2(X, params):
    _, cache = forward_with(X, **params)
    return cache["Z2"], cache


@forward.mistake(
    "ReLU was written into Z1 itself, so the cache holds A1 twice. Make a new array for A1."
)
def relu_in_place(X, params):
    A2, cache = forward_with(X, **params)
    return A2, cache | {"Z1": cache["A1"]}


@forward.mistake('params is a dict. Look a parameter up by its name: params["W1"], not params.W1.')
def forward_with_dots(X, params):
    return forward_with(X, params.W1, params.b1, params.W2, params.b2)


@forward.mistake(
    'Unpacking a dict gives its keys, so W1 is the text "W1". Look each one up: W1 = params["W1"].'
)
def forward_unpacks_the_keys(X, params):
    W1, b1, W2, b2 = params
    return forward_with(X, W1, b1, W2, b2)


@forward.mistake("The factors of the first product are in the wrong order: X @ W1, not W1 @ X.")
def forward_turned_around(X, params):
    return params["W1"] @ X + params["b1"]


@forward.mistake(
    "np.dot(W1, X) has its factors in the wrong order. Write np.dot(X, W1), or X @ W1."
)
def forward_dot_turned_around(X, params):
    return np.dot(params["W1"], X) + params["b1"]


@forward.mistake("np.dot(X, W1.T) does not fit: W1 already has its inputs first. Write X @ W1.")
def forward_dot_weights_transposed(X, params):
    return np.dot(X, params["W1"].T) + params["b1"]


@forward.mistake("X * W1 multiplies entry by entry. The matrix product is X @ W1.")
def forward_entry_by_entry(X, params):
    return X * params["W1"] + params["b1"]


@forward.mistake("The hidden layer uses tanh. In this exercise it is ReLU: A1 = relu(Z1).")
def hidden_layer_tanh(X, params):
    return forward_with(X, **params, hidden=np.tanh)


@forward.mistake(
    "The output layer uses softmax on each row. With one output, that gives 1 for every example. "
    "Use the sigmoid."
)
def output_layer_softmax(X, params):
    return forward_with(X, **params, output=lambda Z: _shares(Z, axis=1))


@forward.mistake(
    "The output layer uses softmax on the whole batch, so all outputs add up to 1. Use the "
    "sigmoid: each example has its own answer."
)
def output_layer_softmax_of_all(X, params):
    return forward_with(X, **params, output=lambda Z: _shares(Z, axis=None))


def _shares(Z, axis):
    powers = np.exp(Z)
    return powers / powers.sum(axis=axis, keepdims=True)


@forward.mistake("In the cache Z1 and A1 are swapped. Z1 holds the sums, A1 is relu(Z1).")
def cache_swaps_the_first_layer(X, params):
    A2, cache = forward_with(X, **params)
    return A2, cache | {"Z1": cache["A1"], "A1": cache["Z1"]}


@forward.mistake(
    "There is no W1 by itself: the arrays are in the dict that is passed in. Look it up by its "
    'name, in quotes: params["W1"].'
)
def forward_with_bare_names(X, params):
    return relu(X @ W1), {}  # noqa: F821


@forward.variant
def forward_written_out(X, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    Z1 = np.dot(X, W1) + b1
    A1 = Z1 * (Z1 > 0)
    Z2 = np.dot(A1, W2) + b2
    A2 = 1 / (1 + np.exp(-Z2))
    return A2, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "W2": W2}


@forward.variant
def forward_by_tanh(X, params):
    A2, cache = forward_with(X, **params, output=lambda Z: 0.5 * (1 + np.tanh(Z / 2)))
    return [A2, cache]


@forward.variant
def forward_with_where(X, params):
    return forward_with(X, **params, hidden=lambda Z: np.where(Z > 0, Z, 0))


@forward.variant
def forward_layer_by_layer(X, params):
    Z1, A1 = layer_with_dot(X, params["W1"], params["b1"], relu)
    Z2, A2 = layer_with_dot(A1, params["W2"], params["b2"], sigmoid)
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2.tolist()}
