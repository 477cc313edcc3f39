"""One layer, with its activation."""

import numpy as np

from helpers.checks.exercise import exercise
from helpers.exercises.m03_forward._cases import layers_with_activation, with_activation
from helpers.exercises.m03_forward.linear import linear_with_einsum
from helpers.reference.activations import sigmoid


@exercise(
    "3.3",
    "one layer, with its activation",
    cases=layers_with_activation,
    whole=("X",),
    hints=(
        "Two steps: the weighted sums Z, as in exercise 3.2. Then the function that you were "
        "given.",
        "Z = X @ W + b, then A = activation(Z). Call activation as you call any function.",
        "return Z, «activation»(Z)",
    ),
    adapter=with_activation,
    returns=("Z", "A"),
    parts=("Z", "A"),
)
def layer_forward(X, W, b, activation):
    Z = X @ W + b
    return Z, activation(Z)


@layer_forward.mistake("Return both, the weighted sums and the activations: return Z, A.")
def only_the_activations(X, W, b, activation):
    return activation(X @ W + b)


@layer_forward.mistake("The two are swapped: the weighted sums Z come first, then A.")
def activations_first(X, W, b, activation):
    Z = X @ W + b
    return activation(Z), Z


@layer_forward.mistake(
    "The activation is not used: A is the same as Z. Call it: A = activation(Z). It is a "
    "function, not a name to compare with."
)
def activation_unused(X, W, b, activation):
    Z = X @ W + b
    return Z, Z


@layer_forward.mistake(
    "Z was overwritten by the activations, so both returned arrays are A. Give A a name of its own."
)
def sums_overwritten(X, W, b, activation):
    A = activation(X @ W + b)
    return A, A


@layer_forward.mistake(
    "A is ReLU of Z in every call. Use the function that is passed in: activation(Z)."
)
def always_relu(X, W, b, activation):
    Z = X @ W + b
    return Z, np.maximum(0, Z)


@layer_forward.mistake(
    "A is the sigmoid of Z, whatever activation is. Call the function that is passed in."
)
def always_sigmoid(X, W, b, activation):
    Z = X @ W + b
    return Z, sigmoid(Z)


@layer_forward.mistake("The bias is missing in Z, and so in A. Z = X @ W + b.")
def layer_without_bias(X, W, b, activation):
    Z = X @ W
    return Z, activation(Z)


@layer_forward.mistake(
    "The bias is added after the activation. It belongs into Z: A = activation(X @ W + b)."
)
def bias_after_activation(X, W, b, activation):
    Z = X @ W
    return Z, activation(Z) + b


@layer_forward.mistake(
    "The activation is applied to the inputs. First the weighted sums, then the activation."
)
def activation_of_the_inputs(X, W, b, activation):
    Z = activation(X) @ W + b
    return Z, Z


@layer_forward.mistake("The activation is applied twice. Once is enough: A = activation(Z).")
def activated_twice(X, W, b, activation):
    Z = X @ W + b
    return Z, activation(activation(Z))


@layer_forward.mistake("The second value is the function itself. Call it: activation(Z).")
def function_not_called(X, W, b, activation):
    return X @ W + b, activation


@layer_forward.variant
def layer_with_dot(X, W, b, activation):
    Z = np.dot(X, W) + b
    A = activation(Z)
    return [Z, A]


@layer_forward.variant
def layer_row_by_row(X, W, b, activation):
    rows = [x @ W + b[0] for x in X]
    return np.array(rows), [activation(row).tolist() for row in rows]


@layer_forward.variant
def layer_with_linear(X, W, b, activation):
    Z = linear_with_einsum(X, W, b)
    return Z, activation(Z.copy())
