"""A gradient through many layers."""

import numpy as np

from helpers.checks.comparing import Tolerance
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m02_activations.sigmoid import sigmoid
from helpers.exercises.m02_activations.sigmoid_derivative import (
    slope_by_symmetry,
    slope_from_a_warning_sigmoid,
)
from helpers.reference import activations


def depths(rng: np.random.Generator) -> list[Case]:
    """Make every function at several inputs and depths; z is a NumPy number, as from an array."""
    near = rng.uniform(0.3, 2.5, 6).round(2).tolist()
    cases = [
        (0.5, "sigmoid", 3),
        (0.0, "sigmoid", 10),
        (near[0], "sigmoid", 2),
        (-near[1], "sigmoid", 20),
        (0.0, "tanh", 7),
        (near[2], "tanh", 5),
        (-near[3], "tanh", 12),
        (near[4], "relu", 25),
        (-near[5], "relu", 4),
        (0.0, "relu", 1),
        (-0.75, "sigmoid", 1),
        (1000.0, "tanh", 3),
        (-1000.0, "sigmoid", 3),
    ]
    return [(np.float64(z), activation, depth) for z, activation, depth in cases]


@exercise(
    "2.8",
    "a gradient through many layers",
    cases=depths,
    hints=(
        "First find the slope of the chosen function at z. Then multiply it by itself, once for "
        "each layer.",
        "gradient = slope(z) ** depth; the slopes are σ(1 − σ), 1 − tanh², and 1 or 0 for ReLU",
        'slopes = {"sigmoid": sigmoid_derivative(z), "tanh": 1 - np.tanh(z) ** «2», '
        '"relu": relu_derivative(z)}\nreturn slopes[activation] ** «depth»',
    ),
    tolerance=Tolerance(atol=1e-25),
    settings=("depth",),
)
def gradient_through_depth(z, activation, depth):
    return activations.gradient_through_depth(z, activation, depth)


def _slope(z, activation):
    return float(activations.ACTIVATIONS[activation].slope(z))


@gradient_through_depth.mistake(
    "This is the slope times the depth: one slope for each layer, added up. They are multiplied: "
    "slope ** depth."
)
def times_depth(z, activation, depth):
    return _slope(z, activation) * depth


@gradient_through_depth.mistake(
    "This uses the value of the function. A gradient is multiplied by its slope."
)
def value_to_the_power(z, activation, depth):
    return float(activations.ACTIVATIONS[activation].function(z)) ** depth


@gradient_through_depth.mistake(
    "The depth has no effect: this is the slope of a single layer. Multiply once for each layer. "
    "If return stands inside a loop, the first round ends the function."
)
def depth_unused(z, activation, depth):
    return _slope(z, activation)


@gradient_through_depth.mistake(
    "Every name gets the slope of the sigmoid. Use activation to choose."
)
def always_sigmoid(z, activation, depth):
    return _slope(z, "sigmoid") ** depth


@gradient_through_depth.mistake(
    "0.25 is the slope of the sigmoid at z = 0 only. Compute the slope at the z that is given."
)
def always_a_quarter(z, activation, depth):
    return (0.25 if activation == "sigmoid" else _slope(z, activation)) ** depth


@gradient_through_depth.mistake(
    "0.25 is the slope of the sigmoid at z = 0, and of nothing else. Compute the slope of the "
    "chosen function at the z that is given."
)
def a_quarter_for_all(z, activation, depth):
    return 0.25**depth


@gradient_through_depth.mistake(
    "The answer is 0 for every input. A product that starts at 0 stays 0: start at 1."
)
def product_from_zero(z, activation, depth):
    return 0.0 * depth


@gradient_through_depth.mistake(
    'The dict has no key "relu". The names are spelled as in the docstring: "sigmoid", "tanh" and '
    '"relu", in small letters.'
)
def relu_spelled_otherwise(z, activation, depth):
    slopes = {"sigmoid": _slope(z, "sigmoid"), "tanh": _slope(z, "tanh"), "ReLU": float(z > 0)}
    return slopes[activation] ** depth


@gradient_through_depth.mistake(
    "activation is a name, not a function, so it cannot be called. Choose the slope by its name, "
    "with if or a dict."
)
def name_called(z, activation, depth):
    return activation(z) ** depth


@gradient_through_depth.mistake(
    'For "sigmoid" the answer is that of ReLU. Is the name compared as it is spelled in the '
    "docstring, in small letters?"
)
def sigmoid_falls_to_relu(z, activation, depth):
    return _slope(z, "relu" if activation == "sigmoid" else activation) ** depth


@gradient_through_depth.mistake(
    'Every name gets the slope of ReLU. Does a comparison ever succeed? Names are texts: "sigmoid" '
    'and "tanh" stand in quotes, in small letters.'
)
def all_fall_to_relu(z, activation, depth):
    return _slope(z, "relu") ** depth


@gradient_through_depth.mistake(
    "Python does not know tanh by itself. The name of an activation is a text in quotes, "
    '"tanh"; the function is np.tanh.'
)
def tanh_without_quotes(z, activation, depth):
    if activation == tanh:  # noqa: F821
        return (1 - np.tanh(z) ** 2) ** depth
    return _slope(z, activation) ** depth


@gradient_through_depth.mistake(
    "slope is used before it has a value. Does any of the comparisons succeed? Names are texts, in "
    'quotes and small letters: activation == "sigmoid".'
)
def no_branch_fits(z, activation, depth):
    if activation == sigmoid:
        slope = _slope(z, "sigmoid")
    elif activation == np.tanh:
        slope = _slope(z, "tanh")
    return slope**depth


@gradient_through_depth.mistake(
    'The dict has no key "sigmoid". Write its keys as texts, in quotes and small letters; without '
    "the quotes the key is a function."
)
def sigmoid_as_a_key(z, activation, depth):
    slopes = {sigmoid: _slope(z, "sigmoid"), "tanh": _slope(z, "tanh"), "relu": float(z > 0)}
    return slopes[activation] ** depth


@gradient_through_depth.mistake(
    "For ReLU this uses its value, z or 0. A gradient is multiplied by the slope, 1 or 0."
)
def relu_value_to_the_power(z, activation, depth):
    return (max(0.0, z) if activation == "relu" else _slope(z, activation)) ** depth


@gradient_through_depth.mistake(
    "For tanh this uses its value. A gradient is multiplied by the slope, 1 - tanh(z)²."
)
def tanh_value_to_the_power(z, activation, depth):
    return (np.tanh(z) if activation == "tanh" else _slope(z, activation)) ** depth


@gradient_through_depth.mistake(
    "The power is turned around: it is slope ** depth, not depth ** slope."
)
def power_turned_around(z, activation, depth):
    return depth ** _slope(z, activation)


@gradient_through_depth.mistake("One factor too many: depth layers give depth factors.")
def one_layer_too_many(z, activation, depth):
    return _slope(z, activation) ** (depth + 1)


@gradient_through_depth.mistake("One factor is missing: depth layers give depth factors.")
def one_layer_missing(z, activation, depth):
    return _slope(z, activation) ** (depth - 1)


@gradient_through_depth.mistake("The slope of tanh is 1 - tanh(z)²: the square is missing.")
def tanh_not_squared(z, activation, depth):
    slope = 1 - np.tanh(z) if activation == "tanh" else _slope(z, activation)
    return slope**depth


@gradient_through_depth.mistake(
    "For tanh this uses the sigmoid's rule, a(1 - a). The slope of tanh is 1 - tanh(z)²."
)
def tanh_by_the_sigmoids_rule(z, activation, depth):
    slope = np.tanh(z) * (1 - np.tanh(z)) if activation == "tanh" else _slope(z, activation)
    return slope**depth


@gradient_through_depth.mistake("At z = 0 the slope of ReLU is 0 in this course: use >, not >=.")
def relu_slope_of_one_at_zero(z, activation, depth):
    return float(z >= 0) if activation == "relu" else _slope(z, activation) ** depth


@gradient_through_depth.mistake(
    "For the sigmoid, z(1 - z) takes the input for the output: use s(1 - s)."
)
def sigmoid_slope_of_the_output(z, activation, depth):
    slope = z * (1 - z) if activation == "sigmoid" else _slope(z, activation)
    return slope**depth


@gradient_through_depth.mistake(
    "z itself goes through the layers here. The exercise keeps z the same in every layer."
)
def passed_on_from_layer_to_layer(z, activation, depth):
    gradient = 1.0
    for _ in range(depth):
        gradient *= _slope(z, activation)
        z = float(activations.ACTIVATIONS[activation].function(z))
    return gradient


@gradient_through_depth.variant
def depth_by_a_loop(z, activation, depth):
    gradient = 1.0
    for _ in range(depth):
        if activation == "sigmoid":
            gradient *= slope_from_a_warning_sigmoid(z)
        elif activation == "tanh":
            gradient *= 1 - np.tanh(z) ** 2
        else:
            gradient *= z > 0
    return gradient


@gradient_through_depth.variant
def depth_by_a_dict(z, activation, depth):
    slopes = {"sigmoid": slope_by_symmetry(z), "tanh": np.cosh(min(abs(z), 300)) ** -2}
    return np.power(slopes.get(activation, z > 0), float(depth))


@gradient_through_depth.variant
def depth_by_prod(z, activation, depth):
    return np.prod(np.full(depth, _slope(z, activation)))
