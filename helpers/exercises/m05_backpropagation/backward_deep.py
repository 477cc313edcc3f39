"""Backward at any depth."""

from collections.abc import Callable

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.exercises.m05_backpropagation._cases import (
    averaged_gradients,
    averaged_twice,
    fractions,
    labels,
    summed_gradients,
    untransposed_gradients,
    whole_rows,
)
from helpers.reference import forward_deep
from helpers.reference.activations import sigmoid_derivative, tanh_derivative

_SLOPE: dict[str, Callable] = {
    "relu": lambda Z: (Z > 0).astype(float),
    "sigmoid": sigmoid_derivative,
    "tanh": tanh_derivative,
    "linear": np.ones_like,
}


def deep_networks(rng: np.random.Generator) -> list[Case]:
    """Make networks of one to four layers that have just run forward, every name among them.

    Into the last one went whole numbers, as those of XOR.
    """
    shapes = [
        # Small ones of every name first: their calls, with all digits, can be pasted.
        ((3, 2, 2, 1), ("relu", "sigmoid")),
        ((3, 3, 2, 1), ("tanh", "sigmoid")),
        ((3, 3, 2, 1), ("sigmoid", "sigmoid")),
        ((3, 3, 2, 1), ("linear", "sigmoid")),
        ((3, 2, 3, 2, 1), ("relu", "relu", "sigmoid")),
        ((3, 2, 2, 3, 1), ("relu", "tanh", "sigmoid")),
        ((3, 3, 2, 2), ("relu", "sigmoid")),
        ((7, 3, 2, 4, 1), ("tanh", "relu", "sigmoid")),
        ((5, 4, 1), ("sigmoid",)),
        ((5, 2, 4, 3, 2, 1), ("relu", "linear", "sigmoid", "sigmoid")),
        ((7, 4, 2, 3), ("tanh", "sigmoid")),
        # All sizes alike: wrong products fit here, and differ.
        ((3, 3, 3, 3), ("tanh", "sigmoid")),
    ]
    cases = []
    for (m, *sizes), names in shapes:
        X = fractions(rng, m, sizes[0], parts=2)
        X[0] = 0.0
        layers = [
            (fractions(rng, n, k, parts=2), fractions(rng, 1, k, parts=2), name)
            for n, k, name in zip(sizes, sizes[1:], names)
        ]
        layers[0][1][0, 0] = 0.0  # so the first sum of the first example is 0
        cases.append((X, labels(rng, m, sizes[-1]), layers, forward_deep(X, layers)[1]))
    _, _, layers, _ = cases[1]
    whole = whole_rows(rng, 5, 3)
    return [*cases, (whole, labels(rng, 5), layers, forward_deep(whole, layers)[1])]


def _deep(
    X,
    y,
    layers,
    caches,
    *,
    error=lambda A, y: A - y,
    slope=lambda i, layers, caches: _SLOPE[layers[i][2]](caches[i][0]),
    gather=averaged_gradients,
    inputs=lambda i, X, caches: caches[i - 1][1] if i else X,
    back=lambda dZ: dZ,
    carry=lambda dZ, i, layers: dZ @ layers[i][0].T,
):
    """Go back through all layers; each part can be replaced by a wrong one."""
    dZ = error(caches[-1][1], y)
    grads = []
    for i in reversed(range(len(layers))):
        grads.insert(0, gather(inputs(i, X, caches), dZ))
        if i:
            dZ = back(carry(dZ, i, layers) * slope(i - 1, layers, caches))
    return grads


def from_the_last_layer(gradients):
    """Name the gradients of each layer, the last one first."""
    named = {}
    for i in range(len(gradients), 0, -1):
        named[f"dW{i}"], named[f"db{i}"] = gradients[i - 1]
    return named


@exercise(
    "5.10",
    "backward at any depth",
    cases=deep_networks,
    hints=(
        "Loop from the last layer to the first. In each round: this layer's dW and db, then the "
        "error of the layer before it. What goes into layer i? The A of layer i − 1, or X.",
        "dW = A_beforeᵀ dZ / m; db = mean of dZ; then dZ_before = (dZ Wᵀ) ∗ slope(Z_before). The "
        "slope belongs to the name and the Z of the layer before.",
        "for i in reversed(range(len(layers))):\n    A_before = caches[«i - 1»][1] if i > 0 else X",
    ),
    parts=from_the_last_layer,
)
def backward_deep(X, y, layers, caches):
    return _deep(X, y, layers, caches)


def _deep_with_slopes(X, y, layers, caches, **slopes):
    def slope(i, layers, caches):
        name, (Z, A) = layers[i][2], caches[i]
        return slopes[name](Z, A) if name in slopes else _SLOPE[name](Z)

    return _deep(X, y, layers, caches, slope=slope)


@backward_deep.mistake(
    "The list begins with the last layer. The first layer comes first: insert(0, …), or reverse it."
)
def deep_back_to_front(X, y, layers, caches):
    return _deep(X, y, layers, caches)[::-1]


@backward_deep.mistake(
    "The caches are off by one: dW of a layer needs the A that goes into it, caches[i - 1][1], not "
    "the one that comes out."
)
def deep_with_own_activations(X, y, layers, caches):
    return _deep(X, y, layers, caches, inputs=lambda i, X, caches: caches[i][1])


@backward_deep.mistake(
    "The first layer gets the network's output as its input: for i = 0, caches[i - 1] is "
    "caches[-1], the last. What goes into it is X."
)
def deep_wraps_around(X, y, layers, caches):
    return _deep(X, y, layers, caches, inputs=lambda i, X, caches: caches[i - 1][1])


@backward_deep.mistake(
    "dW is made with the sums Z of the layer before. What goes into a layer are activations: A."
)
def deep_with_sums(X, y, layers, caches):
    return _deep(X, y, layers, caches, inputs=lambda i, X, caches: caches[i - 1][0] if i else X)


@backward_deep.mistake("Every layer gets X as its input. That is true of the first one only.")
def deep_with_inputs_everywhere(X, y, layers, caches):
    return _deep(X, y, layers, caches, inputs=lambda i, X, caches: X)


@backward_deep.mistake(
    "The slopes of the hidden activations are missing. The error is multiplied by slope(Z) of the "
    "layer where it arrives."
)
def deep_without_slopes(X, y, layers, caches):
    return _deep(X, y, layers, caches, slope=lambda i, layers, caches: 1)


@backward_deep.mistake(
    "Every hidden layer gets ReLU's slope. Look at the name: sigmoid, tanh and linear have others."
)
def deep_always_relu_slope(X, y, layers, caches):
    return _deep(X, y, layers, caches, slope=lambda i, layers, caches: caches[i][0] > 0)


@backward_deep.mistake(
    "The slope is that of the wrong name. The error arrives at the layer before: use "
    "layers[i - 1][2] with its Z."
)
def deep_slope_of_next_name(X, y, layers, caches):
    return _deep(
        X,
        y,
        layers,
        caches,
        slope=lambda i, layers, caches: _SLOPE[layers[i + 1][2]](caches[i][0]),
    )


@backward_deep.mistake(
    "The slope is taken at the Z of the layer that the error leaves. It arrives at the one before: "
    "caches[i - 1][0]."
)
def deep_slope_of_next_sums(X, y, layers, caches):
    return _deep(
        X,
        y,
        layers,
        caches,
        slope=lambda i, layers, caches: _SLOPE[layers[i][2]](caches[i + 1][0]),
    )


@backward_deep.mistake(
    "Slope and Z are both those of the layer that the error leaves. It arrives at the one before: "
    "index i - 1."
)
def deep_slope_of_next_layer(X, y, layers, caches):
    return _deep(
        X,
        y,
        layers,
        caches,
        slope=lambda i, layers, caches: _SLOPE[layers[i + 1][2]](caches[i + 1][0]),
    )


_BY_OUTPUT: dict[str, Callable] = {  # the same slopes, made from the activations
    "relu": lambda Z, A: Z > 0,
    "sigmoid": lambda Z, A: A * (1 - A),
    "tanh": lambda Z, A: 1 - A**2,
    "linear": lambda Z, A: 1,
}


@backward_deep.mistake(
    "The slope's name is that of the layer that the error leaves. It arrives one layer earlier: "
    "take layers[i - 1][2], with caches[i - 1]."
)
def deep_output_slope_of_next_name(X, y, layers, caches):
    def slope(i, layers, caches):
        return _BY_OUTPUT[layers[i + 1][2]](*caches[i])

    return _deep(X, y, layers, caches, slope=slope)


@backward_deep.mistake(
    "The slope is made from the Z and A of the layer that the error leaves. It arrives one layer "
    "earlier: caches[i - 1]."
)
def deep_output_slope_of_next_cache(X, y, layers, caches):
    def slope(i, layers, caches):
        return _BY_OUTPUT[layers[i][2]](*caches[i + 1])

    return _deep(X, y, layers, caches, slope=slope)


@backward_deep.mistake(
    "The error is multiplied by a slope before it goes back through W. First dZ @ W.T, then the "
    "slope of the layer where it arrives."
)
def deep_slope_before_the_weights(X, y, layers, caches):
    dZ, grads = caches[-1][1] - y, []
    for i in reversed(range(len(layers))):
        W, _, name = layers[i]
        grads.insert(0, averaged_gradients(caches[i - 1][1] if i else X, dZ))
        dZ = (dZ * _SLOPE[name](caches[i][0])) @ W.T
    return grads


@backward_deep.mistake(
    "Z and A are swapped where a cache is taken apart. Each is (Z, A): Z, A = caches[i - 1]."
)
def deep_swapped_caches(X, y, layers, caches):
    turned = [(A, Z) for Z, A in caches]
    return _deep(
        X,
        y,
        layers,
        caches,
        slope=lambda i, layers, _: _BY_OUTPUT[layers[i][2]](*turned[i]),
        inputs=lambda i, X, _: turned[i - 1][1] if i else X,
    )


@backward_deep.mistake(
    "The slopes of sigmoid and tanh are made from Z. They take the output: A(1 − A) and 1 − A²."
)
def deep_slopes_of_sums(X, y, layers, caches):
    def slope(i, layers, caches):
        return _BY_OUTPUT[layers[i][2]](*caches[i][::-1])

    return _deep(X, y, layers, caches, slope=slope)


@backward_deep.mistake(
    'Every name but "relu" gets the sigmoid\'s slope. tanh has 1 − A², and linear has 1.'
)
def deep_relu_or_sigmoid(X, y, layers, caches):
    def other(Z, A):
        return A * (1 - A)

    return _deep_with_slopes(X, y, layers, caches, tanh=other, linear=other)


@backward_deep.mistake(
    "The loop goes from the first layer to the last. The output's error belongs to the last layer: "
    "begin there, reversed(range(len(layers)))."
)
def deep_front_to_back(X, y, layers, caches):
    dZ, grads = caches[-1][1] - y, []
    for i in range(len(layers)):
        grads.append(averaged_gradients(caches[i - 1][1] if i else X, dZ))
        if i:
            dZ = dZ @ layers[i][0].T * _SLOPE[layers[i - 1][2]](caches[i - 1][0])
    return grads


@backward_deep.mistake(
    "The error goes back through the gradient dW. It must go through the weights: dZ @ W.T, with "
    "W = layers[i][0]."
)
def deep_through_the_gradient(X, y, layers, caches):
    dZ, grads = caches[-1][1] - y, []
    for i in reversed(range(len(layers))):
        grads.insert(0, averaged_gradients(caches[i - 1][1] if i else X, dZ))
        if i:
            dZ = dZ @ grads[0][0].T * _SLOPE[layers[i - 1][2]](caches[i - 1][0])
    return grads


@backward_deep.mistake(
    "ReLU stops nothing: its slope is 1 everywhere. A is never negative, so A >= 0 shuts no gate. "
    "Use Z > 0."
)
def deep_relu_always_open(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, relu=lambda Z, A: A >= 0)


@backward_deep.mistake(
    "Each db is divided by m twice: the error already carries 1/m. Then add it up for db, do not "
    "average again."
)
def deep_biases_averaged_twice(X, y, layers, caches):
    return [(dW, db / len(X)) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake(
    "The gradients are right, but an array inside caches was changed in place, as -= or *= does. "
    "Make a new one: dZ = caches[-1][1] - y."
)
def deep_in_place(X, y, layers, caches):
    grads = _deep(X, y, layers, caches)
    caches[-1][1][:] -= y
    return grads


@backward_deep.mistake(
    "Where a ReLU's Z is exactly 0 the error gets through. Its slope there is 0."
)
def deep_open_at_zero(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, relu=lambda Z, A: Z >= 0)


@backward_deep.mistake("The slope of tanh is made of Z here. It is 1 − A², with A = tanh(Z).")
def deep_tanh_slope_of_sums(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, tanh=lambda Z, A: 1 - Z**2)


@backward_deep.mistake("tanh is applied twice in its slope. It is 1 − A², with A = tanh(Z).")
def deep_tanh_slope_twice(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, tanh=lambda Z, A: 1 - np.tanh(A) ** 2)


@backward_deep.mistake("The square is missing in the slope of tanh: 1 − A², not 1 − A.")
def deep_tanh_slope_without_square(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, tanh=lambda Z, A: 1 - A)


@backward_deep.mistake(
    "The sigmoid's slope is made of Z here. It is A(1 − A), with A = sigmoid(Z)."
)
def deep_sigmoid_slope_of_sums(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, sigmoid=lambda Z, A: Z * (1 - Z))


@backward_deep.mistake("A hidden sigmoid is applied twice in its slope. It is A(1 − A).")
def deep_sigmoid_slope_twice(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, sigmoid=lambda Z, A: sigmoid_derivative(A))


@backward_deep.mistake(
    "Slopes are taken at A: functions of Z got the activations. Give them Z, caches[i - 1][0]."
)
def deep_slopes_at_activations(X, y, layers, caches):
    return _deep(
        X, y, layers, caches, slope=lambda i, layers, caches: _SLOPE[layers[i][2]](caches[i][1])
    )


@backward_deep.mistake('Nothing passes a layer called "linear". There A is Z, so the slope is 1.')
def deep_linear_closed(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, linear=lambda Z, A: np.zeros_like(Z))


@backward_deep.mistake('"linear" gets a slope Z. There A is Z itself, so the slope is 1.')
def deep_linear_slope_of_sums(X, y, layers, caches):
    return _deep_with_slopes(X, y, layers, caches, linear=lambda Z, A: Z)


@backward_deep.mistake(
    'The name "linear" is not in your dict of slopes. Add it: its slope is 1 everywhere.'
)
def deep_linear_unknown(X, y, layers, caches):
    slopes = {key: f for key, f in _SLOPE.items() if key != "linear"}
    return _deep(
        X, y, layers, caches, slope=lambda i, layers, caches: slopes[layers[i][2]](caches[i][0])
    )


@backward_deep.mistake(
    "The output's sigmoid slope is multiplied in once more. It has cancelled: the first error is "
    "A − y."
)
def deep_slope_at_the_output(X, y, layers, caches):
    return _deep(X, y, layers, caches, error=lambda A, y: (A - y) * A * (1 - A))


@backward_deep.mistake("All signs are turned around: the first error is A − y, not y − A.")
def deep_sign(X, y, layers, caches):
    return _deep(X, y, layers, caches, error=lambda A, y: y - A)


@backward_deep.mistake("All gradients are m times too large: average over the examples.")
def deep_summed(X, y, layers, caches):
    return _deep(X, y, layers, caches, gather=summed_gradients)


@backward_deep.mistake("All gradients are divided by m twice. Once is enough.")
def deep_averaged_twice(X, y, layers, caches):
    return _deep(X, y, layers, caches, gather=averaged_twice)


@backward_deep.mistake(
    "The error is divided by m in every layer, so earlier gradients are much too small. Divide "
    "once: where dW and db are made."
)
def deep_averaged_in_each_layer(X, y, layers, caches):
    return _deep(X, y, layers, caches, back=lambda dZ: dZ / len(dZ))


@backward_deep.mistake("Each db lost a dimension. Add keepdims=True: then it is a row, (1, n).")
def deep_flat_biases(X, y, layers, caches):
    return [(dW, db.ravel()) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake("Each dW lies on its side. It has the shape of its W: A_before.T @ dZ / m.")
def deep_transposed(X, y, layers, caches):
    return [(dW.T, db) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake("The pairs are turned around. Each is (dW, db), dW first.")
def deep_biases_first(X, y, layers, caches):
    return [(db, dW) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake("The first layer is left out. The loop ends at layer 0, not at layer 1.")
def deep_without_first_layer(X, y, layers, caches):
    grads = _deep(X, y, layers, caches)
    return grads[1:] or grads[:0]


@backward_deep.mistake("Only the last layer comes back. Is return inside the loop? Move it out.")
def deep_last_layer_only(X, y, layers, caches):
    return _deep(X, y, layers, caches)[-1:]


@backward_deep.mistake(
    "The loop begins with the first layer. The output's error belongs to the last one: go through "
    "the layers in reverse."
)
def deep_from_the_front(X, y, layers, caches):
    return deep_front_to_back(X, y, layers, caches)[::-1]


@backward_deep.mistake(
    "The error goes back through the weights untransposed: dZ @ W does not fit. Write dZ @ W.T."
)
def deep_not_transposed(X, y, layers, caches):
    return _deep(X, y, layers, caches, carry=lambda dZ, i, layers: dZ @ layers[i][0])


@backward_deep.mistake(
    "W.T @ dZ does not fit. Each row of dZ is an example, so it stands first: dZ @ W.T."
)
def deep_weights_first(X, y, layers, caches):
    return _deep(X, y, layers, caches, carry=lambda dZ, i, layers: layers[i][0].T @ dZ)


@backward_deep.mistake(
    "W @ dZ does not fit. Each row of dZ is an example, so dZ stands first, and W is transposed: "
    "dZ @ W.T."
)
def deep_turned_around(X, y, layers, caches):
    return _deep(X, y, layers, caches, carry=lambda dZ, i, layers: layers[i][0] @ dZ)


@backward_deep.mistake(
    "np.dot(dZ, W) does not fit: going back, the weights are transposed. np.dot(dZ, W.T)."
)
def deep_dot_not_transposed(X, y, layers, caches):
    return _deep(X, y, layers, caches, carry=lambda dZ, i, layers: np.dot(dZ, layers[i][0]))


@backward_deep.mistake(
    "A_before @ dZ does not fit: both have a row for each example. A_before.T @ dZ / m."
)
def deep_activations_untransposed(X, y, layers, caches):
    return _deep(X, y, layers, caches, gather=untransposed_gradients)


@backward_deep.mistake(
    "The slope is multiplied in before W. It belongs to the layer where the error arrives: first "
    "dZ @ W.T, then its slope."
)
def deep_slope_before_its_layer(X, y, layers, caches):
    dZ, grads = caches[-1][1] - y, []
    for i in reversed(range(len(layers))):
        grads.insert(0, averaged_gradients(caches[i - 1][1] if i else X, dZ))
        if i:
            dZ = (dZ * _SLOPE[layers[i - 1][2]](caches[i - 1][0])) @ layers[i][0].T
    return grads


@backward_deep.mistake(
    "The error goes back through the weights of the layer before. It leaves layer i through its "
    "own W: layers[i][0].T."
)
def deep_through_other_weights(X, y, layers, caches):
    return _deep(X, y, layers, caches, carry=lambda dZ, i, layers: dZ @ layers[i - 1][0].T)


@backward_deep.mistake("Each layer has three parts: W, b, name = layers[i].")
def deep_with_two_parts(X, y, layers, caches):
    W, b = layers[-1]
    return [(W, b)]


@backward_deep.mistake("Return a list of pairs (dW, db), one for each layer, not a dict.")
def deep_as_a_dict(X, y, layers, caches):
    grads = {}
    for i, (dW, db) in enumerate(_deep(X, y, layers, caches), start=1):
        grads |= {f"dW{i}": dW, f"db{i}": db}
    return grads


@backward_deep.mistake(
    "The error is carried on beyond the first layer: for i = 0 there is no layer before, and index "
    "−1 means the last. Put that line under if i > 0."
)
def deep_beyond_the_first_layer(X, y, layers, caches):
    dZ = caches[-1][1] - y
    for i in reversed(range(len(layers))):
        W, (Z, _) = layers[i][0], caches[i - 1]
        dZ = (dZ @ W.T) * _SLOPE[layers[i - 1][2]](Z)
    return _deep(X, y, layers, caches)


@backward_deep.mistake("The loop begins one layer too late: the last index is len(layers) − 1.")
def deep_index_too_large(X, y, layers, caches):
    return layers[len(layers)]


@backward_deep.mistake("Each entry is one pair, (dW, db), not two entries of their own.")
def deep_flat_list(X, y, layers, caches):
    return [part for pair in _deep(X, y, layers, caches) for part in pair]


@backward_deep.mistake("Each entry is a dict. Make it a pair: (dW, db).")
def deep_list_of_dicts(X, y, layers, caches):
    return [{"dW": dW, "db": db} for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake(
    'Every name but "relu" gets the slope of tanh. A sigmoid has A(1 − A), and linear has 1.'
)
def deep_relu_or_tanh(X, y, layers, caches):
    def other(Z, A):
        return 1 - A**2

    return _deep_with_slopes(X, y, layers, caches, sigmoid=other, linear=other)


@backward_deep.mistake(
    "Every hidden layer gets the sigmoid's slope, A(1 − A). Look at the name: relu, tanh and "
    "linear have others."
)
def deep_always_sigmoid_slope(X, y, layers, caches):
    def slope(i, layers, caches):
        return _BY_OUTPUT["sigmoid"](*caches[i])

    return _deep(X, y, layers, caches, slope=slope)


@backward_deep.mistake("Each db is m times too large: take the mean over the examples, not a sum.")
def deep_biases_summed(X, y, layers, caches):
    return [(dW, db * len(X)) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake("Each dW is m times too large: divide A_before.T @ dZ by m.")
def deep_weights_summed(X, y, layers, caches):
    return [(dW * len(X), db) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.mistake(
    "Each db is one number. Each neuron has its own bias: average with axis=0, keepdims=True."
)
def deep_biases_of_one_number(X, y, layers, caches):
    return [(dW, np.mean(db)) for dW, db in _deep(X, y, layers, caches)]


@backward_deep.variant
def deep_back_with_ifs(X, y, layers, caches):
    m = X.shape[0]
    dZ = (caches[-1][1] - y) / m
    grads = []
    for i in range(len(layers) - 1, -1, -1):
        A_before = X if i == 0 else caches[i - 1][1]
        grads.append([np.dot(A_before.T, dZ), dZ.sum(axis=0).reshape(1, -1)])
        if i > 0:
            A, name = caches[i - 1][1], layers[i - 1][2]
            dA = np.dot(dZ, layers[i][0].T)
            if name == "relu":
                dZ = np.where(A > 0, dA, 0)
            elif name == "sigmoid":
                dZ = dA * A * (1 - A)
            elif name == "tanh":
                dZ = dA * (1 - A * A)
            else:
                dZ = dA
    return grads[::-1]


@backward_deep.variant
def deep_back_by_recursion(X, y, layers, caches):
    def go(i, dZ):
        A_before = caches[i - 1][1] if i else X
        own = (A_before.T @ dZ / len(X), np.mean(dZ, axis=0, keepdims=True))
        if not i:
            return [own]
        slope = _SLOPE[layers[i - 1][2]](caches[i - 1][0])
        return [*go(i - 1, (layers[i][0] @ dZ.T).T * slope), own]

    return go(len(layers) - 1, caches[-1][1] - y)


@backward_deep.variant
def deep_errors_first(X, y, layers, caches):
    errors = [caches[-1][1] - y]
    for (W, _, _), (_, _, name), (Z, _) in zip(layers[:0:-1], layers[-2::-1], caches[-2::-1]):
        errors.append(errors[-1] @ W.T * _SLOPE[name](Z))
    inputs = [X, *(A for _, A in caches[:-1])]
    return tuple(
        (np.einsum("mi,mj->ij", A, dZ) / len(X), dZ.mean(axis=0, keepdims=True))
        for A, dZ in zip(inputs, errors[::-1])
    )
