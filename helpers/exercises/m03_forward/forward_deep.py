"""Forward at any depth."""

import numpy as np

from helpers.checks.cases import hundredths
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m03_forward._cases import identity
from helpers.reference import forward_pass
from helpers.reference.activations import relu, sigmoid, tanh


def deep_networks(rng: np.random.Generator) -> list[Case]:
    """Make networks of one to four layers; every name occurs, in the middle and at the end."""

    def network(m, sizes, names):
        layers = [
            (hundredths(rng, n, k), hundredths(rng, 1, k), name)
            for n, k, name in zip(sizes[:-1], sizes[1:], names)
        ]
        return hundredths(rng, m, sizes[0]), layers

    return [
        network(2, (2, 3, 1), ("relu", "sigmoid")),
        network(5, (2, 3, 2, 1), ("relu", "relu", "sigmoid")),
        network(7, (3, 4, 2), ("tanh", "linear")),
        network(5, (2, 4, 3, 5, 1), ("linear", "sigmoid", "relu", "tanh")),
        network(2, (3, 1), ("relu",)),
    ]


def layer_by_layer(answer):
    """Name what comes out of each layer, the first one first."""
    A, caches = answer
    named = {}
    for i, pair in enumerate(caches, 1):
        named[f"Z{i}"], named[f"A{i}"] = pair
    return {**named, "A": A}


@exercise(
    "3.6",
    "forward at any depth",
    cases=deep_networks,
    whole=("X",),
    hints=(
        "Write a loop over the layers. What does the second layer take as its input?",
        "Start with A = X. In each layer: Z = A @ W + b, then A = f(Z), and (Z, A) goes into the "
        "list. A dict from names to functions saves four ifs.",
        "for W, b, name in layers: Z = «A» @ W + b",
    ),
    returns=("A", "caches"),
    parts=layer_by_layer,
)
def forward_deep(X, layers):
    return _deep(X, layers)


_FUNCTIONS = {"relu": relu, "sigmoid": sigmoid, "tanh": tanh, "linear": identity}


def _deep(X, layers, functions=_FUNCTIONS, entry=lambda A, Z, A_next: (Z, A_next), bias=True):
    A, caches = X, []
    for W, b, name in layers:
        Z = A @ W + b if bias else A @ W
        A_next = functions[name](Z)
        caches.append(entry(A, Z, A_next))
        A = A_next
    return A, caches


@forward_deep.mistake(
    "Every layer gets X. From the second layer on, the input is the A of the layer before."
)
def deep_from_the_inputs(X, layers):
    caches = []
    for W, b, name in layers:
        Z = X @ W + b
        A = _FUNCTIONS[name](Z)
        caches.append((Z, A))
    return A, caches


@forward_deep.mistake("The sums Z are passed on to the next layer. Pass on A, the activations.")
def deep_passes_sums_on(X, layers):
    before, caches = X, []
    for W, b, name in layers:
        Z = before @ W + b
        A = _FUNCTIONS[name](Z)
        caches.append((Z, A))
        before = Z
    return A, caches


@forward_deep.mistake("The pairs in caches are turned around: each is (Z, A), the sums first.")
def deep_pairs_turned(X, layers):
    return _deep(X, layers, entry=lambda A, Z, A_next: (A_next, Z))


@forward_deep.mistake(
    "Each pair in caches holds the layer's input. Store (Z, A) with the A that the layer puts out."
)
def deep_stores_inputs(X, layers):
    return _deep(X, layers, entry=lambda A, Z, A_next: (Z, A))


@forward_deep.mistake("caches holds only the activations. Store the pair: caches.append((Z, A)).")
def deep_stores_activations(X, layers):
    return _deep(X, layers, entry=lambda A, Z, A_next: A_next)


@forward_deep.mistake("Every layer uses ReLU. Each layer names its own activation.")
def deep_always_relu(X, layers):
    return _deep(X, layers, dict.fromkeys(_FUNCTIONS, relu))


@forward_deep.mistake(
    "ReLU is used in all layers but the last, and the sigmoid there. Look at the names instead."
)
def deep_relu_then_sigmoid(X, layers):
    names = ["relu"] * (len(layers) - 1) + ["sigmoid"]
    return _deep(X, [(W, b, name) for (W, b, _), name in zip(layers, names)])


@forward_deep.mistake(
    "No activation is used in any layer. Is A the function of Z? And name is a text: compare with "
    '"relu", in quotes and lower case.'
)
def deep_always_linear(X, layers):
    return _deep(X, layers, dict.fromkeys(_FUNCTIONS, identity))


@forward_deep.mistake('"tanh" is treated like "linear". Give it a case of its own: np.tanh(Z).')
def deep_without_tanh(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "tanh": identity})


@forward_deep.mistake('"linear" gets the sigmoid. It means: A is Z itself.')
def deep_linear_is_sigmoid(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "linear": sigmoid})


@forward_deep.mistake('"linear" gets ReLU. It means: A is Z itself, negative numbers included.')
def deep_linear_is_relu(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "linear": relu})


@forward_deep.mistake(
    'The name "linear" is not in your dict of functions. Add it, with a function that returns Z '
    "as it is."
)
def deep_linear_unknown(X, layers):
    return _deep(X, layers, {key: f for key, f in _FUNCTIONS.items() if key != "linear"})


@forward_deep.mistake(
    'In a layer named "linear" A does not change: it is still what went in. Give that name a case '
    "of its own, in which A becomes Z."
)
def deep_linear_keeps_a(X, layers):
    A, caches = X, []
    for W, b, name in layers:
        Z = A @ W + b
        if name != "linear":
            A = _FUNCTIONS[name](Z)
        caches.append((Z, A))
    return A, caches


@forward_deep.mistake("The biases are missing. Each layer computes A @ W + b.")
def deep_without_biases(X, layers):
    return _deep(X, layers, bias=False)


@forward_deep.mistake("It returns after the first layer. Move return out of the loop.")
def deep_returns_in_the_loop(X, layers):
    return _deep(X, layers[:1])


@forward_deep.mistake("The last layer is left out. The loop goes through all layers.")
def deep_without_last_layer(X, layers):
    return _deep(X, layers[:-1])


@forward_deep.mistake(
    "caches holds one pair only, the last one. Make the empty list before the loop, and append "
    "inside."
)
def deep_one_cache(X, layers):
    A, caches = _deep(X, layers)
    return A, caches[-1:]


@forward_deep.mistake("Return two things: the last A, and the list of pairs.")
def deep_without_caches(X, layers):
    return _deep(X, layers)[0]


@forward_deep.mistake(
    '"relu" is treated like "linear". Names are in lower case: "relu", not "ReLU".'
)
def deep_without_relu(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "relu": identity})


@forward_deep.mistake("Each layer has three parts: for W, b, name in layers.")
def deep_with_two_parts(X, layers):
    caches = []
    for W, b in layers:
        caches.append((X @ W + b, X))
    return X, caches


@forward_deep.mistake(
    "name is a text, not a function. Look up the function in a dict: functions[name](Z)."
)
def deep_calls_the_name(X, layers):
    return _deep(X, [(W, b, name(X @ W + b)) for W, b, name in layers])


@forward_deep.mistake(
    '"tanh" and "linear" both get ReLU. Each of the four names needs a case of its own.'
)
def deep_relu_otherwise(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "tanh": relu, "linear": relu})


@forward_deep.mistake(
    '"tanh" and "linear" both get the sigmoid. Give each of the four names its own case.'
)
def deep_sigmoid_otherwise(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "tanh": sigmoid, "linear": sigmoid})


@forward_deep.mistake("The two returned values are swapped: first the last A, then caches.")
def deep_caches_first(X, layers):
    return _deep(X, layers)[::-1]


@forward_deep.mistake("The first returned value is the last Z. Return the last A, then caches.")
def deep_returns_the_sums(X, layers):
    _, caches = _deep(X, layers)
    return caches[-1][0], caches


@forward_deep.mistake(
    'The function of exercise 3.2 is called for "linear". Here "linear" means no activation: '
    "lambda z: z."
)
def deep_calls_the_weighted_sum(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "linear": forward_pass.linear})


@forward_deep.variant
def deep_with_ifs(X, layers):
    A = X
    caches = ()
    for W, b, name in layers:
        Z = np.dot(A, W) + b
        if name == "relu":
            A = np.maximum(0, Z)
        elif name == "sigmoid":
            A = 1 / (1 + np.exp(-Z))
        elif name == "tanh":
            A = np.tanh(Z)
        else:
            A = Z
        caches += ([Z, A],)
    return [A, caches]


@forward_deep.variant
def deep_by_recursion(X, layers):
    (W, b, name), *rest = layers
    Z = X @ W + b
    A = _FUNCTIONS[name](Z)
    if not rest:
        return A, [(Z, A)]
    out, caches = deep_by_recursion(A, rest)
    return out, [(Z, A), *caches]


@forward_deep.variant
def deep_tanh_by_sigmoid(X, layers):
    return _deep(X, layers, {**_FUNCTIONS, "tanh": lambda Z: 2 * sigmoid(2 * Z) - 1})
